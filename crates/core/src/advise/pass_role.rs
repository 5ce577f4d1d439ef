//! `iam:PassRole` on any role, or to any service.
//!
//! Who may hand a role to a service has, through the service, what the role has. On `*` that is what
//! the strongest role has.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
//!
//! Asked for a role of a name that nothing has, and for a service that there is not. A `Deny`, a
//! boundary or a narrower `Resource` takes the finding away. Administrators may do everything, so
//! nothing is said of them here.

use std::collections::BTreeMap;

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Holder, Inquiry},
        list,
        steps::rest,
    },
    explain::{Spot, entity_name},
    flow::SAGEMAKER,
    syntax::Span,
    world::{DocumentId, EntityId, World},
};

/// A statement that lets roles be passed too freely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassRole {
    /// How freely.
    pub width: PassRoleWidth,
    /// The users and roles that have it.
    pub holders: Vec<EntityId>,
    /// The roles that can be passed to any service; empty where it is any role.
    pub roles: Vec<String>,
}

/// How freely roles may be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassRoleWidth {
    /// Any role to any service.
    AnyRoleToAnyService,
    /// Any role to SageMaker.
    AnyRoleToSageMaker,
    /// Some roles to any service.
    AnyService,
}

/// A service that there is not.
const ANY_SERVICE: &str = "zq7-any-service.amazonaws.com";

pub(super) async fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let world = inquiry.world;
    let mut found: BTreeMap<(DocumentId, Span), PassRole> = BTreeMap::new();
    let may_be = |it: &&Holder| !it.is_administrator && it.is_ever_allowed("iam:PassRole");
    for holder in inquiry.holders().filter(may_be) {
        rest().await;
        let mut note = |role: &str, service: &str, width| {
            let arn = world
                .role(role)
                .map_or_else(|| world.iam_arn("role", "/", role), |it| world.role_arn(it));
            let request = inquiry.pass_request(holder, arn, service);
            if !inquiry.is_allowed(&request) {
                return false;
            }
            for grant in inquiry.grants(&request) {
                let Spot::Text { document, span } = grant.resource() else {
                    continue;
                };
                let finding = found.entry((document, span)).or_insert_with(|| PassRole {
                    width,
                    holders: Vec::new(),
                    roles: Vec::new(),
                });
                finding.width = finding.width.min(width);
                if !finding.holders.contains(&holder.entity()) {
                    finding.holders.push(holder.entity());
                }
                let is_new = !finding.roles.iter().any(|it| it == role);
                if is_new && width == PassRoleWidth::AnyService {
                    finding.roles.push(role.to_owned());
                }
            }
            true
        };
        if note(ANY_NAME, ANY_SERVICE, PassRoleWidth::AnyRoleToAnyService) {
            continue;
        }
        note(ANY_NAME, SAGEMAKER, PassRoleWidth::AnyRoleToSageMaker);
        let roles = world.home.roles.iter();
        // What belongs to one service is of no use to another.
        for role in roles.filter(|it| !it.is_service_linked()) {
            note(&role.name, ANY_SERVICE, PassRoleWidth::AnyService);
            rest().await;
        }
    }
    let advice = |((document, span), finding): ((DocumentId, Span), PassRole)| Advice {
        severity: match finding.width {
            PassRoleWidth::AnyRoleToAnyService => Severity::Danger,
            PassRoleWidth::AnyRoleToSageMaker => Severity::Warning,
            PassRoleWidth::AnyService => Severity::Info,
        },
        finding: Finding::PassRole(finding),
        place: Spot::Text { document, span },
    };
    found.into_iter().map(advice).collect()
}

impl PassRole {
    pub(super) fn words(&self, world: &World) -> Words {
        let holders: Vec<String> = self
            .holders
            .iter()
            .map(|it| entity_name(it, world))
            .collect();
        let holders = list(&holders);
        let (title, why) = match self.width {
            PassRoleWidth::AnyRoleToAnyService => (
                format!("{holders} may pass any role to any service"),
                "Through a service it has what the strongest role of the account has.",
            ),
            PassRoleWidth::AnyRoleToSageMaker => (
                format!("{holders} may pass any role to SageMaker"),
                "A job or notebook then runs as any role that trusts SageMaker, also one that is stronger.",
            ),
            PassRoleWidth::AnyService => (
                format!("{holders} may pass {} to any service", list(&self.roles)),
                "The role is meant for one service; any other that it trusts can be given it too.",
            ),
        };
        let fix = match self.width {
            PassRoleWidth::AnyService => {
                "Add the condition `\"StringEquals\": { \"iam:PassedToService\": \"sagemaker.amazonaws.com\" }`."
            }
            _ => {
                "Name in `Resource` the execution roles that the work needs, and the service in `iam:PassedToService`; where the policy is AWS’s own, attach one of your own in its place."
            }
        };
        Words {
            title,
            why: why.to_owned(),
            fix: fix.to_owned(),
        }
    }
}
