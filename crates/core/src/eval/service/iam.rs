//! `iam:PassRole`: a permission, not a call, checked when a service is handed a role.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>

use crate::{eval::service::ResourceRule, request::Request};

/// A role has no policy that says who may pass it: its trust policy says who may assume it.
pub(super) fn resource_rule(request: &Request, _has_policy: bool) -> Option<ResourceRule> {
    request
        .action
        .is("iam:PassRole")
        .then_some(ResourceRule::NoPolicy)
}
