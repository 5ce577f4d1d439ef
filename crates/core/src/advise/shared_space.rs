//! What everybody in a domain can do through its shared spaces.
//!
//! A shared space runs as the role of the domain's default space settings, never as the profile's, and
//! everybody in the domain may open every shared space. So that role is everybody's: what it may do
//! beyond the weakest profile, that profile's owner may do as well.
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/execution-roles-and-spaces.html>
//!
//! Compared by asking, for each profile's role and for that of spaces, a list of things that matter:
//! objects and keys of this world, its roles, IAM itself. A role that may do no more draws no advice.

use crate::{
    advise::{
        Advice, Finding, Severity, Words,
        inquiry::{ANY_NAME, Holder, Inquiry},
        list,
    },
    explain::{Spot, entity_name},
    names::Arn,
    world::{Domain, EntityId, SharingType, Thing, World},
};

/// A role of shared spaces that is stronger than a profile's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceRole {
    /// The domain.
    pub domain: EntityId,
    /// The role of its shared spaces.
    pub role: String,
    /// The profiles whose own role may do less.
    pub profiles: Vec<EntityId>,
    /// What they gain: an action, and on what.
    pub gains: Vec<(&'static str, Arn)>,
    /// Whether the role can give itself all the rest.
    pub is_administrator: bool,
}

/// A domain with shared spaces and no role for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSpaceRole {
    /// The domain.
    pub domain: EntityId,
    /// Its shared spaces.
    pub spaces: Vec<String>,
}

pub(super) fn find(inquiry: &Inquiry<'_>) -> Vec<Advice> {
    let domains = inquiry.world.home.domains.iter();
    domains.filter_map(|it| of_domain(inquiry, it)).collect()
}

fn of_domain(inquiry: &Inquiry<'_>, domain: &Domain) -> Option<Advice> {
    let entity = EntityId::home(Thing::Domain {
        id: domain.domain_id.clone(),
    });
    let advice = |severity, finding| Advice {
        severity,
        finding,
        place: Spot::Entity(entity.clone()),
    };
    let named = domain.default_space_settings.execution_role.as_deref();
    if named.is_none_or(str::is_empty) {
        let spaces = domain.spaces.iter();
        let shared = spaces.filter(|it| it.sharing_type == SharingType::Shared);
        let spaces: Vec<String> = shared.map(|it| it.space_name.clone()).collect();
        let finding = NoSpaceRole {
            domain: entity.clone(),
            spaces,
        };
        let is_there = !finding.spaces.is_empty();
        return is_there.then(|| advice(Severity::Info, Finding::NoSpaceRole(finding)));
    }
    let (role, spaces) = inquiry.role_of_spaces(domain)?;
    let can = probes(inquiry).into_iter();
    let can: Vec<(&str, Arn)> = can.filter(|it| may(inquiry, spaces, it)).collect();
    let mut finding = SpaceRole {
        domain: entity.clone(),
        role: role.name.clone(),
        profiles: Vec::new(),
        gains: Vec::new(),
        is_administrator: spaces.is_administrator,
    };
    for profile in &domain.user_profiles {
        let Some((own, holder)) = inquiry.role_of_profile(domain, profile) else {
            continue;
        };
        if own.name == role.name {
            continue;
        }
        let gains = can.iter().filter(|it| !may(inquiry, holder, it));
        let gains: Vec<&(&str, Arn)> = gains.collect();
        if gains.is_empty() {
            continue;
        }
        finding.profiles.push(EntityId::home(Thing::UserProfile {
            domain: domain.domain_id.clone(),
            name: profile.user_profile_name.clone(),
        }));
        for gain in gains {
            if !finding.gains.contains(gain) {
                finding.gains.push(gain.clone());
            }
        }
    }
    let severity = if finding.is_administrator {
        Severity::Danger
    } else {
        Severity::Warning
    };
    let is_stronger = !finding.profiles.is_empty();
    is_stronger.then(|| advice(severity, Finding::SpaceRole(finding)))
}

fn may(inquiry: &Inquiry<'_>, by: &Holder, (action, on): &(&str, Arn)) -> bool {
    if *action == "iam:PassRole" {
        let sagemaker = crate::flow::SAGEMAKER;
        return inquiry.is_allowed(&inquiry.pass_request(by, on.clone(), sagemaker));
    }
    inquiry.may(by, action, on.clone())
}

/// What is asked of each role.
fn probes(inquiry: &Inquiry<'_>) -> Vec<(&'static str, Arn)> {
    let world = inquiry.world;
    let mut all = vec![("iam:AttachRolePolicy", world.iam_arn("role", "/", ANY_NAME))];
    for account in world.accounts() {
        for bucket in &account.buckets {
            for action in ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"] {
                all.push((action, world.bucket_arn(&bucket.name, Some(ANY_NAME))));
            }
        }
        for key in &account.keys {
            let on = world.regional_arn_in(&account.account, "kms", &format!("key/{}", key.key_id));
            all.push(("kms:Decrypt", on));
        }
    }
    for role in &world.home.roles {
        all.push(("iam:PassRole", world.role_arn(role)));
        all.push(("sts:AssumeRole", world.role_arn(role)));
    }
    all
}

impl SpaceRole {
    pub(super) fn words(&self, world: &World) -> Words {
        let names = self.profiles.iter().map(|it| entity_name(it, world));
        let profiles: Vec<String> = names.collect();
        let gains = self
            .gains
            .iter()
            .map(|(action, on)| format!("{action} {on}"));
        let gains: Vec<String> = gains.collect();
        Words {
            title: format!(
                "Shared spaces of `{}` run as `{}`, which is stronger than the roles of {}",
                entity_name(&self.domain, world),
                self.role,
                list(&profiles)
            ),
            why: format!(
                "Everybody in the domain may open every shared space, and there has {}.",
                list(&gains)
            ),
            fix: format!(
                "Give the domain’s default space settings a role that may do only what all profiles may, or take that from `{}`.",
                self.role
            ),
        }
    }
}

impl NoSpaceRole {
    pub(super) fn words(&self, world: &World) -> Words {
        Words {
            title: format!(
                "`{}` has shared spaces and no role for them",
                entity_name(&self.domain, world)
            ),
            why: format!(
                "A shared space never takes a profile’s role, so nothing can run in {}.",
                list(&self.spaces)
            ),
            fix: "Name an execution role in the domain’s default space settings.".to_owned(),
        }
    }
}
