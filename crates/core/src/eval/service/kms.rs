//! Keys: nobody has access to a key, not even its account, unless the key's policy says so.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>

use crate::{
    eval::service::ResourceRule,
    names::ALIAS,
    request::{Request, Resource},
    trace::Note,
};

/// Aliases, key stores and lists are not keys: the ordinary rule holds for them.
pub(super) fn resource_rule(request: &Request) -> Option<ResourceRule> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let is_kms = request.action.folded().0 == "kms";
    (is_kms && arn.resource().starts_with("key/")).then_some(ResourceRule::KeyPolicy)
}

/// Whether the operation is about the alias itself.
fn is_of_alias(name: &str) -> bool {
    matches!(name, "createalias" | "deletealias" | "updatealias")
}

/// Whether an alias names the key that is asked about: a policy that names the alias says nothing of the key.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html>
pub(crate) fn names_key_by_alias(request: &Request) -> bool {
    let Resource::Arn(arn) = &request.resource else {
        return false;
    };
    let (service, name) = request.action.folded();
    service == "kms" && arn.resource().starts_with(ALIAS) && !is_of_alias(name)
}

/// What callers of another account can do with a key, in lower case: cryptography, and what these few tell or grant.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html>
const ACROSS_ACCOUNTS: [&str; 22] = [
    "creategrant",
    "decapsulate",
    "decrypt",
    "derivesharedsecret",
    "describekey",
    "encapsulate",
    "encrypt",
    "generatedatakey",
    "generatedatakeypair",
    "generatedatakeypairwithoutplaintext",
    "generatedatakeywithoutplaintext",
    "generatemac",
    "getkeyrotationstatus",
    "getpublickey",
    "listgrants",
    "retiregrant",
    "revokegrant",
    "sign",
    "verify",
    "verifymac",
    "reencryptfrom",
    "reencryptto",
];

/// Aliases that begin with `aws/` are AWS's, and most of what is done to a key is for its own account.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html>
pub(super) fn refusal(request: &Request) -> Option<Note> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let name = request.action.folded().1;
    let alias = arn.resource().strip_prefix(ALIAS);
    if is_of_alias(name) && alias.is_some_and(|it| it.starts_with("aws/")) {
        return Some(Note::AwsManagedAlias);
    }
    let is_open = ACROSS_ACCOUNTS.contains(&name);
    (request.is_cross_account() && !is_open).then_some(Note::KeyOperationWithinAccount)
}
