//! Keys: nobody has access to a key, not even its account, unless the key's policy says so.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>

use crate::{
    eval::service::ResourceRule,
    request::{Request, Resource},
    trace::Note,
};

/// Aliases, key stores and lists are not keys: the ordinary rule holds for them.
pub(super) fn resource_rule(request: &Request, _has_policy: bool) -> Option<ResourceRule> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let is_kms = request.action.folded().0 == "kms";
    (is_kms && arn.resource().starts_with("key/")).then_some(ResourceRule::KeyPolicy)
}

/// Aliases that begin with `aws/` are AWS's.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html>
pub(super) fn refusal(request: &Request) -> Option<Note> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let name = request.action.folded().1;
    let is_change = matches!(name, "createalias" | "deletealias" | "updatealias");
    (is_change && arn.resource().starts_with("alias/aws/")).then_some(Note::AwsManagedAlias)
}
