//! Where a service has rules of its own: what the resource's policy is worth for a request, what
//! always succeeds, what never does.
//!
//! Knows the request and the settings, and of policies only whether they are public. One file for
//! each service that differs from the ordinary rule.

mod api;
mod iam;
mod kms;
mod logs;
mod rcp;
mod s3;
mod s3_public;
mod sts;

use std::borrow::Cow;

pub(crate) use self::{
    api::{action_of_operation, authorized_as},
    kms::names_key_by_alias,
    sts::asks_trust_policy,
};
pub use self::{
    logs::{as_asked, resource_asked},
    rcp::RCP_SERVICES,
};
pub(super) use self::{
    rcp::asks_rcp,
    s3::{
        asked_of, ignores_bucket_tags, is_above_bucket_policy, is_public_access_asked, restriction,
    },
    sts::let_through,
};
use crate::{
    eval::{PolicySet, Settings},
    request::{Context, Request},
    trace::{Note, Unmodelled},
};

/// What the policy of the resource is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResourceRule {
    /// Within an account, identity policies or the resource's policy: one of them is enough.
    Ordinary,
    /// A key's policy must allow, or leave it to the account's identity policies.
    KeyPolicy,
    /// A role's trust policy must allow, or leave it to the account's identity policies.
    TrustPolicy,
    /// There is no such policy.
    NoPolicy,
    /// There is none, and the caller's account decides also about what lies in another one.
    CallerAlone,
}

impl ResourceRule {
    /// Whether identity policies alone are never enough.
    pub(super) const fn must_allow(self) -> bool {
        matches!(self, Self::KeyPolicy | Self::TrustPolicy)
    }
}

/// `has_policy`: whether the evaluation was given a policy of the resource.
///
/// What has no resource is asked of no resource's policy: `ecr:GetAuthorizationToken`, `s3:ListAllMyBuckets`.
pub(super) fn resource_rule(request: &Request, has_policy: bool) -> ResourceRule {
    if request.wildcard_only_action {
        return ResourceRule::NoPolicy;
    }
    iam::resource_rule(request)
        .or_else(|| kms::resource_rule(request))
        .or_else(|| sts::resource_rule(request, has_policy))
        .unwrap_or(ResourceRule::Ordinary)
}

/// What AWS itself stops, whatever policies say.
pub(super) fn refusal(request: &Request) -> Option<Note> {
    let of_caller = sts::refusal(request);
    of_caller.or_else(|| match request.action.folded().0 {
        "iam" => iam::refusal(request),
        "kms" => kms::refusal(request),
        _ => None,
    })
}

/// The keys that count for this request.
pub(super) fn context_in_force(settings: Settings, request: &Request) -> Cow<'_, Context> {
    if ignores_bucket_tags(settings, request) {
        Cow::Owned(request.context.without(s3::is_bucket_tag))
    } else {
        Cow::Borrowed(&request.context)
    }
}

/// What bears on the request and is not known here.
pub(super) fn unmodelled(policies: &PolicySet, request: &Request) -> Vec<Unmodelled> {
    let found = [
        kms::names_key_by_alias(request).then_some(Unmodelled::AliasStandsForKey),
        s3::access_point(request),
        s3::content(policies.settings, request),
    ];
    found.into_iter().flatten().collect()
}
