//! Names for the things of a world, by which a screen or a finding points at them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    names::Arn,
    world::{Domain, UserProfile, World},
};

/// One thing in a world that has settings of its own. JSON has its [`EntityId::key`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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

    /// What it is and its name, such as `role:ChurnExecutionRole`.
    pub fn key(&self) -> String {
        match self {
            Self::Account => "account".to_owned(),
            Self::User { name } => format!("user:{name}"),
            Self::Group { name } => format!("group:{name}"),
            Self::Role { name } => format!("role:{name}"),
            Self::ManagedPolicy { arn } => format!("policy:{arn}"),
            Self::Domain { id } => format!("domain:{id}"),
            Self::UserProfile { domain, name } => format!("user-profile:{domain}:{name}"),
            Self::Bucket { name } => format!("bucket:{name}"),
            Self::Repository { name } => format!("repository:{name}"),
            Self::LogGroup { name } => format!("log-group:{name}"),
            Self::Key { id } => format!("key:{id}"),
        }
    }

    /// The thing with that key; nothing where the key was not made by [`Self::key`].
    pub fn of(key: &str) -> Option<Self> {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        let name = rest.to_owned();
        Some(match kind {
            "account" => Self::Account,
            "user" => Self::User { name },
            "group" => Self::Group { name },
            "role" => Self::Role { name },
            "policy" => Self::ManagedPolicy {
                arn: Arn::parse(rest)?,
            },
            "domain" => Self::Domain { id: name },
            "user-profile" => {
                let (domain, name) = rest.split_once(':')?;
                Self::UserProfile {
                    domain: domain.to_owned(),
                    name: name.to_owned(),
                }
            }
            "bucket" => Self::Bucket { name },
            "repository" => Self::Repository { name },
            "log-group" => Self::LogGroup { name },
            "key" => Self::Key { id: name },
            _ => return None,
        })
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

impl TryFrom<String> for EntityId {
    type Error = KeyError;

    fn try_from(key: String) -> Result<Self, KeyError> {
        Self::of(&key).ok_or(KeyError::Entity(key))
    }
}

/// Why a text does not name anything of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not what [`EntityId::key`] gives.
    Entity(String),
    /// Not what [`DocumentId::name`](crate::world::DocumentId::name) gives.
    Document(String),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, what, example) = match self {
            Self::Entity(text) => (text, "a thing of an account", "role:Name"),
            Self::Document(text) => (text, "a policy text", "trust:RoleName"),
        };
        write!(
            f,
            "`{text}` does not name {what}: write it like `{example}`"
        )
    }
}

impl std::error::Error for KeyError {}

impl From<EntityId> for String {
    fn from(id: EntityId) -> Self {
        id.key()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_thing() {
        let name = || "a/b".to_owned();
        for id in [
            EntityId::Account,
            EntityId::User { name: name() },
            EntityId::Group { name: name() },
            EntityId::Role { name: name() },
            EntityId::ManagedPolicy {
                arn: Arn::parse("arn:aws:iam::aws:policy/ReadOnlyAccess").unwrap(),
            },
            EntityId::Domain { id: name() },
            EntityId::UserProfile {
                domain: "d-1".to_owned(),
                name: name(),
            },
            EntityId::Bucket { name: name() },
            EntityId::Repository { name: name() },
            EntityId::LogGroup { name: name() },
            EntityId::Key { id: name() },
        ] {
            assert_eq!(EntityId::of(&id.key()), Some(id));
        }
        assert_eq!(EntityId::of("planet:earth"), None);
    }
}
