//! Grants on KMS keys: who may use a key besides those whom policies let in, and under which
//! constraints.
//!
//! A grant only ever allows: a deny of any policy outweighs it, and what the organization's policies
//! do not allow it does not give. Invariant: a grant speaks of one key, so which key it is on is not
//! asked here.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>

use serde::{Deserialize, Serialize};

use crate::{
    by_name::{ByName, Tags},
    eval::{principal::entry_match, scope::Scope, service::ResourceRule, tally::Worth},
    names::{AccountId, Arn, ContextKey},
    policy::PrincipalPattern,
    request::{Context, ContextValue, Request},
    trace::{GrantMiss, GrantTrace, Layer, LayerOutcome, LayerTrace},
};

/// A grant on a key.
///
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyGrant {
    /// Its id, unique at its key.
    pub grant_id: String,
    /// What people call it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Who gets its permissions: the ARN of an account, user, role or session, or a service's
    /// principal.
    pub grantee_principal: String,
    /// Who may end it, in the same forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retiring_principal: Option<String>,
    /// What it allows: names of KMS operations, such as `Decrypt`.
    pub operations: Vec<String>,
    /// Under which constraints.
    #[serde(default, skip_serializing_if = "GrantConstraints::is_empty")]
    pub constraints: GrantConstraints,
}

/// What a request must bring for a grant to count.
///
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GrantConstraints {
    /// Pairs that the encryption context must have among others.
    #[serde(skip_serializing_if = "ByName::is_empty")]
    pub encryption_context_subset: Tags,
    /// The pairs that it must have, and no others.
    #[serde(skip_serializing_if = "ByName::is_empty")]
    pub encryption_context_equals: Tags,
    /// The resource on whose behalf the request must be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_arn: Option<String>,
}

impl GrantConstraints {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn has_encryption_context(&self) -> bool {
        !self.encryption_context_subset.is_empty() || !self.encryption_context_equals.is_empty()
    }
}

/// What a grant can allow.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations>
pub const GRANT_OPERATIONS: [&str; 19] = [
    "CreateGrant",
    "Decapsulate",
    "Decrypt",
    "DeriveSharedSecret",
    "DescribeKey",
    "Encapsulate",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GetPublicKey",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
    "Sign",
    "Verify",
    "VerifyMac",
];

/// The operations with an encryption context: of others the constraints on it ask nothing.
const WITH_CONTEXT: [&str; 8] = [
    "decrypt",
    "encrypt",
    "generatedatakey",
    "generatedatakeypair",
    "generatedatakeypairwithoutplaintext",
    "generatedatakeywithoutplaintext",
    "reencryptfrom",
    "reencryptto",
];

/// The condition keys that carry an encryption context.
const CONTEXT: &str = "kms:EncryptionContext:";

/// Whether grants have a say: only about keys, and only where there is one.
pub(super) fn are_asked(scope: &Scope<'_>) -> bool {
    scope.rule == ResourceRule::KeyPolicy && !scope.policies.grants.is_empty()
}

/// Tests every grant.
pub(super) fn test(scope: &Scope<'_>) -> LayerTrace {
    let grants: Vec<GrantTrace> = scope
        .policies
        .grants
        .iter()
        .map(|it| test_one(it, scope))
        .collect();
    LayerTrace {
        layer: Layer::Grant,
        level: None,
        outcome: if grants.iter().any(GrantTrace::allows) {
            LayerOutcome::Allows
        } else {
            LayerOutcome::Silent
        },
        statements: Vec::new(),
        grants,
        unread: Vec::new(),
    }
}

/// What the grants are worth together: the most that one of them is.
pub(super) fn worth<'t>(
    grants: impl Iterator<Item = &'t GrantTrace>,
    scope: &Scope<'_>,
) -> Option<Worth> {
    let allowing = grants.filter(|it| it.allows());
    allowing
        .map(|it| Worth::of(it.principal, scope.asked.caller))
        .min()
}

fn test_one(grant: &KeyGrant, scope: &Scope<'_>) -> GrantTrace {
    let request = scope.request;
    let found = |text: &str| entry_match(&pattern(text), &request.principal, &request.context);
    let mut principal = found(&grant.grantee_principal);
    let mut misses = Vec::new();
    let name = request.action.folded().1;
    let lists = |name: &str| {
        grant
            .operations
            .iter()
            .any(|it| it.eq_ignore_ascii_case(name))
    };
    let retires = grant.retiring_principal.as_deref().and_then(found);
    if name == "retiregrant" && retires.is_some() {
        // Whoever may end the grant needs no operation of it.
        principal = retires;
    } else if !lists(name) {
        misses.push(GrantMiss::Operation);
    }
    if principal.is_none() {
        misses.insert(0, GrantMiss::Principal);
    }
    misses.extend(constraints(grant, request, name));
    if name == "creategrant" {
        misses.extend(wider(grant, request));
    }
    GrantTrace {
        grant_id: grant.grant_id.clone(),
        name: grant.name.clone(),
        principal: principal.filter(|_| misses.is_empty()),
        grantee: grant.grantee_principal.clone(),
        misses,
    }
}

fn pattern(text: &str) -> PrincipalPattern {
    let Some(arn) = Arn::parse(text) else {
        let account = AccountId::parse(text).map(PrincipalPattern::Account);
        return account.unwrap_or_else(|| PrincipalPattern::Service(text.to_owned()));
    };
    match arn.account() {
        Some(account) if arn.resource() == "root" => PrincipalPattern::Account(account),
        _ => PrincipalPattern::Arn(arn),
    }
}

fn constraints(grant: &KeyGrant, request: &Request, name: &str) -> Vec<GrantMiss> {
    let constraints = &grant.constraints;
    let mut misses = Vec::new();
    // The resource is asked of every operation but that by which the grant ends.
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
    if let Some(wanted) = &constraints.source_arn
        && name != "retiregrant"
    {
        let found = request.context.single("aws:SourceArn");
        if found != Some(wanted) {
            misses.push(GrantMiss::SourceArn {
                wanted: wanted.clone(),
                requested: found.map(str::to_owned),
            });
        }
    }
    if !WITH_CONTEXT.contains(&name) {
        return misses;
    }
    let subset = &constraints.encryption_context_subset;
    let equals = &constraints.encryption_context_equals;
    for (key, wanted) in subset.iter().chain(equals) {
        let requested = encryption_context(&request.context, key);
        if requested.as_deref() != Some(wanted) {
            misses.push(GrantMiss::EncryptionContext {
                key: key.clone(),
                wanted: Some(wanted.clone()),
                requested,
            });
        }
    }
    if !equals.is_empty() {
        for (key, value) in request.context.iter() {
            let name = key.as_str().get(CONTEXT.len()..).unwrap_or_default();
            let is_pair = is_context(key);
            if is_pair && !equals.keys().any(|it| it.eq_ignore_ascii_case(name)) {
                misses.push(GrantMiss::EncryptionContext {
                    key: name.to_owned(),
                    wanted: None,
                    requested: value.values().first().cloned(),
                });
            }
        }
    }
    misses
}

fn is_context(key: &ContextKey) -> bool {
    let start = key.as_str().get(..CONTEXT.len());
    start.is_some_and(|it| it.eq_ignore_ascii_case(CONTEXT))
}

/// In a grant the key of a pair is compared without case and its value with.
fn encryption_context(context: &Context, key: &str) -> Option<String> {
    let value = context.get(&ContextKey::new(format!("{CONTEXT}{key}")))?;
    value.values().first().cloned()
}

/// A grant made by right of a grant may give no more operations, and must keep the constraints.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant>
fn wider(grant: &KeyGrant, request: &Request) -> Vec<GrantMiss> {
    let value = |key: &str| request.context.get(&ContextKey::new(key));
    let asked = value("kms:GrantOperations").map_or(&[][..], ContextValue::values);
    let is_new = |it: &&String| {
        !grant
            .operations
            .iter()
            .any(|own| own.eq_ignore_ascii_case(it))
    };
    let operations: Vec<String> = asked.iter().filter(is_new).cloned().collect();
    let mut misses = Vec::new();
    if !operations.is_empty() {
        misses.push(GrantMiss::MoreOperations { operations });
    }
    if grant.constraints.has_encryption_context() && value("kms:GrantConstraintType").is_none() {
        misses.push(GrantMiss::NoConstraint);
    }
    misses
}
