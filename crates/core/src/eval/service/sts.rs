//! Assuming a role: the role's trust policy must allow it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>

use crate::{eval::service::ResourceRule, request::Request};

/// What is asked besides `AssumeRole…` when tags, a source identity or a context are passed along.
const PASSED_ALONG: [&str; 3] = ["TagSession", "SetSourceIdentity", "SetContext"];

/// Every role has a trust policy, so assuming a role without one is a question that the policy has
/// not answered. What is passed along is asked of the trust policy too, where it is known.
pub(super) fn resource_rule(request: &Request, has_policy: bool) -> Option<ResourceRule> {
    if !request.action.service().eq_ignore_ascii_case("sts") {
        return None;
    }
    let name = request.action.name();
    let assume = "AssumeRole";
    let is_assume = name
        .get(..assume.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(assume));
    let is_passed_along = PASSED_ALONG.iter().any(|it| it.eq_ignore_ascii_case(name));
    (is_assume || is_passed_along && has_policy).then_some(ResourceRule::TrustPolicy)
}
