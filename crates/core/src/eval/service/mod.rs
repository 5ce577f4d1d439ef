//! Where a service has rules of its own: what the resource's policy is worth for a request.
//!
//! Knows the request only. One file for each service that differs from the ordinary rule.

mod iam;
mod kms;
mod sts;

use crate::request::Request;

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
}

impl ResourceRule {
    /// Whether identity policies alone are never enough.
    pub(super) const fn must_allow(self) -> bool {
        matches!(self, Self::KeyPolicy | Self::TrustPolicy)
    }
}

/// `has_policy`: whether the evaluation was given a policy of the resource.
pub(super) fn resource_rule(request: &Request, has_policy: bool) -> ResourceRule {
    let rules = [iam::resource_rule, kms::resource_rule, sts::resource_rule];
    rules
        .iter()
        .find_map(|it| it(request, has_policy))
        .unwrap_or(ResourceRule::Ordinary)
}
