//! One execution role for every profile of a domain.
//!
//! Profiles keep their files apart, their roles keep their data apart. With one role for all,
//! everybody reads what anybody may read, and only a source identity tells them apart in the logs.
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html>

use crate::{
    advise::{Advice, Finding, Severity, Words, inquiry::Inquiry},
    explain::{Spot, entity_name},
    world::{Domain, EntityId, ExecutionRoleIdentityConfig, Thing, World},
};

/// A domain whose profiles all run as one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneRoleForAll {
    /// The domain.
    pub domain: EntityId,
    /// The role.
    pub role: String,
    /// How many profiles.
    pub n_profiles: usize,
    /// Whether the profile's name goes along as the source identity.
    pub has_source_identity: bool,
}

pub(super) fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let domains = inquiry.world.home.domains.iter();
    domains.filter_map(|it| of_domain(inquiry, it)).collect()
}

fn of_domain(inquiry: &Inquiry<'_>, domain: &Domain) -> Option<Advice> {
    let mut arns = domain.user_profiles.iter();
    let first = domain.execution_role(arns.next()?)?;
    let n_profiles = domain.user_profiles.len();
    if n_profiles < 2 || !arns.all(|it| domain.execution_role(it) == Some(first)) {
        return None;
    }
    let (role, _) = inquiry.role_with_arn(first)?;
    let entity = EntityId::home(Thing::Domain {
        id: domain.domain_id.clone(),
    });
    let identity = domain.domain_settings.execution_role_identity_config;
    Some(Advice {
        severity: Severity::Info,
        finding: Finding::OneRoleForAll(OneRoleForAll {
            domain: entity.clone(),
            role: role.name.clone(),
            n_profiles,
            has_source_identity: identity == ExecutionRoleIdentityConfig::UserProfileName,
        }),
        place: Spot::Entity(entity),
    })
}

impl OneRoleForAll {
    pub(super) fn words(&self, world: &World) -> Words {
        let logs = if self.has_source_identity {
            "in the logs the source identity tells them apart"
        } else {
            "the logs do not tell them apart"
        };
        Words {
            title: format!(
                "All {} profiles of `{}` run as `{}`",
                self.n_profiles,
                entity_name(&self.domain, world),
                self.role
            ),
            why: format!("Everybody reads and writes what anybody may, and {logs}."),
            fix: "Give each profile, or each team, an execution role of its own in the profile’s user settings.".to_owned(),
        }
    }
}
