//! Goals about how a world is built, where no request would show it.
//!
//! Asks about access only to say which services get a role. Invariant: a fact names a thing by its name, and of a thing that is not
//! there nothing is so.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    lesson::only,
    names::Arn,
    scenario::Scenario,
    world::{AppType, Documents, SharingType},
};

/// Something that is so in a world, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Fact {
    /// No IAM user of the home account has a policy of its own, inline or attached: what people may do
    /// comes from their groups and roles.
    NoUserPolicies {},
    /// A role of the home account does not have that managed policy attached, nor its text inline.
    NotAttached {
        /// The role's name.
        role: String,
        /// The policy's ARN.
        policy: Arn,
    },
    /// An app of that profile in a private space runs as that role.
    ExecutionRole {
        /// The domain's id.
        domain: String,
        /// The user profile's name.
        profile: String,
        /// The role's name.
        role: String,
    },
    /// An app in a shared space of the domain runs as that role.
    SpaceRole {
        /// The domain's id.
        domain: String,
        /// The role's name.
        role: String,
    },
    /// Somebody hands a role of the home account to no other service: those that the world's policies name are tried,
    /// and a few that are usual.
    PassedOnlyTo {
        /// Who, as an ARN.
        by: String,
        /// The role's name.
        role: String,
        /// The services, such as `sagemaker.amazonaws.com`.
        services: Vec<String>,
    },
    /// A role of the home account lets no other service put it on, and these do nothing else of a trust policy, each when
    /// it says that it does so for this account.
    TrustedOnlyTo {
        /// The role's name.
        role: String,
        /// The services.
        services: Vec<String>,
        /// What these may do, such as `sts:AssumeRole`.
        actions: Vec<String>,
    },
    /// A value of the world, such as `world/home/domains/d-1/appNetworkAccessType`, is that one.
    Value {
        /// Where: steps behind one another, things of lists by name.
        at: String,
        /// What is there.
        is: Value,
    },
}

impl Fact {
    /// Whether it is so.
    pub fn holds(&self, scenario: &Scenario, documents: &Documents) -> bool {
        let home = &scenario.world.home;
        match self {
            Self::NoUserPolicies {} => home
                .users
                .iter()
                .all(|it| it.inline_policies.is_empty() && it.attached_policies.is_empty()),
            Self::NotAttached { role, policy } => home.role(role).is_some_and(|role| {
                let text = scenario.world.policy(policy).map(|it| &it.document);
                let mut inline = role.inline_policies.iter();
                !role.attached_policies.contains(policy)
                    && !inline.any(|it| Some(&it.document) == text)
            }),
            Self::ExecutionRole {
                domain,
                profile,
                role,
            } => home.domain(domain).is_some_and(|domain| {
                let profile = domain.user_profile(profile);
                let arn = profile.and_then(|it| domain.execution_role(it));
                arn.is_some_and(|it| names(it, role, scenario))
            }),
            Self::SpaceRole { domain, role } => home.domain(domain).is_some_and(|domain| {
                let profile = domain.user_profiles.first();
                let arn = profile.and_then(|it| {
                    domain.role_of_app(it, AppType::JupyterLab, SharingType::Shared)
                });
                arn.is_some_and(|it| names(it, role, scenario))
            }),
            Self::PassedOnlyTo { by, role, services } => {
                only::is_passed_only_to((by, role), services, scenario, documents)
            }
            Self::TrustedOnlyTo {
                role,
                services,
                actions,
            } => only::is_trusted_only_to(role, (services, actions), scenario, documents),
            Self::Value { at, is } => {
                // By way of text: writing that is there already, for the page's size.
                let json: Value = serde_json::from_str(&scenario.to_json()).unwrap_or_default();
                let mut steps = at.trim_start_matches('/').split('/');
                let found = steps.try_fold(&json, value_at);
                found.unwrap_or(&Value::Null) == is
            }
        }
    }
}

fn names(arn: &str, role: &str, scenario: &Scenario) -> bool {
    let found = scenario.world.role_by_arn(arn);
    found.is_some_and(|it| it.name == role)
}

pub(super) fn value_at<'a>(place: &'a Value, step: &str) -> Option<&'a Value> {
    match place {
        Value::Object(members) => members.get(step),
        Value::Array(items) => match step.parse::<usize>() {
            Ok(idx) => items.get(idx),
            Err(_) => items
                .iter()
                .find(|it| crate::scenario::name_in_list(it) == Some(step)),
        },
        _ => None,
    }
}
