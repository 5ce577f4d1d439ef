//! Keys: nobody has access to a key, not even its account, unless the key's policy says so.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>

use crate::{
    eval::service::ResourceRule,
    request::{Request, Resource},
};

/// Aliases, key stores and lists are not keys: the ordinary rule holds for them.
pub(super) fn resource_rule(request: &Request, _has_policy: bool) -> Option<ResourceRule> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let is_kms = request.action.service().eq_ignore_ascii_case("kms");
    (is_kms && arn.resource().starts_with("key/")).then_some(ResourceRule::KeyPolicy)
}
