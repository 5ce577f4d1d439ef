//! Names for the things of a world, by which a screen or a finding points at them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    names::Arn,
    world::{Domain, UserProfile, World},
};

/// One thing in a world that has settings of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum EntityId {
    /// The account.
    Account,
    /// A user.
    User {
        /// Its name.
        name: String,
    },
    /// A group.
    Group {
        /// Its name.
        name: String,
    },
    /// A role.
    Role {
        /// Its name.
        name: String,
    },
    /// A managed policy.
    ManagedPolicy {
        /// Its ARN.
        arn: Arn,
    },
    /// A domain.
    Domain {
        /// Its id.
        id: String,
    },
    /// A user profile.
    UserProfile {
        /// Its domain's id.
        domain: String,
        /// Its name.
        name: String,
    },
    /// A bucket.
    Bucket {
        /// Its name.
        name: String,
    },
    /// A repository.
    Repository {
        /// Its name.
        name: String,
    },
    /// A log group.
    LogGroup {
        /// Its name.
        name: String,
    },
    /// A key.
    Key {
        /// Its id.
        id: String,
    },
}

impl EntityId {
    /// The domain's id.
    pub fn domain(domain: &Domain) -> Self {
        Self::Domain {
            id: domain.domain_id.clone(),
        }
    }

    /// The profile's id.
    pub fn user_profile(domain: &Domain, profile: &UserProfile) -> Self {
        Self::UserProfile {
            domain: domain.domain_id.clone(),
            name: profile.user_profile_name.clone(),
        }
    }

    /// Whether the world has it.
    pub fn exists_in(&self, world: &World) -> bool {
        match self {
            Self::Account => true,
            Self::User { name } => world.user(name).is_some(),
            Self::Group { name } => world.group(name).is_some(),
            Self::Role { name } => world.role(name).is_some(),
            Self::ManagedPolicy { arn } => world.policy(arn).is_some(),
            Self::Domain { id } => world.domain(id).is_some(),
            Self::UserProfile { domain, name } => world
                .domain(domain)
                .is_some_and(|it| it.user_profile(name).is_some()),
            Self::Bucket { name } => world.bucket(name).is_some(),
            Self::Repository { name } => world.repository(name).is_some(),
            Self::LogGroup { name } => world.log_group(name).is_some(),
            Self::Key { id } => world.key(id).is_some(),
        }
    }
}

/// The bare name, for people.
impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::ManagedPolicy { arn } => f.write_str(arn.last_segment()),
            Self::Domain { id } | Self::Key { id } => f.write_str(id),
            Self::User { name }
            | Self::Group { name }
            | Self::Role { name }
            | Self::UserProfile { name, .. }
            | Self::Bucket { name }
            | Self::Repository { name }
            | Self::LogGroup { name } => f.write_str(name),
        }
    }
}
