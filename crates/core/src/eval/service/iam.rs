//! `iam:PassRole`: a permission, not a call, checked when a service is handed a role. And what IAM
//! changes for nobody.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>

use crate::{
    eval::service::ResourceRule,
    request::{Principal, Request, Resource, is_service_linked_role},
    trace::Note,
};

/// How the names of actions begin that change nothing.
const READS: [&str; 4] = ["get", "list", "generate", "simulate"];

/// What may be done to a role that belongs to a service, besides reading.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
const OPEN_FOR_SERVICE_LINKED: [&str; 4] = [
    "passrole",
    "createservicelinkedrole",
    "deleteservicelinkedrole",
    "updateroledescription",
];

/// A role has no policy that says who may pass it: its trust policy says who may assume it.
pub(super) fn resource_rule(request: &Request) -> Option<ResourceRule> {
    request
        .action
        .is("iam:PassRole")
        .then_some(ResourceRule::NoPolicy)
}

/// Policies of AWS and roles of services are not the account's to change.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>
/// <https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html>
pub(super) fn refusal(request: &Request) -> Option<Note> {
    let name = request.action.folded().1;
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let is_service = matches!(request.principal, Principal::Service { .. });
    let is_read = READS.iter().any(|it| name.starts_with(it));
    if is_read || is_service || arn.service() != "iam" {
        return None;
    }
    let [.., account, resource] = arn.parts();
    if account == "aws" && resource.starts_with("policy/") {
        return Some(Note::AwsManagedPolicy);
    }
    let is_reserved = resource.starts_with("role/aws-reserved/");
    let is_service_linked = is_service_linked_role(arn);
    let is_open = OPEN_FOR_SERVICE_LINKED.contains(&name);
    ((is_reserved || is_service_linked) && !is_open).then_some(Note::ProtectedRole)
}
