//! Names for the things of a world, by which a screen or a finding points at them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    names::{AccountId, Arn},
    world::{AppOwner, AppType, OrganizationPolicyKind, Owner, World, key},
};

/// One thing in a world that has settings of its own. JSON has its [`EntityId::key`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntityId {
    /// The account it is in; `None` for the home account, and for what belongs to no account or
    /// says its account itself.
    pub account: Option<AccountId>,
    /// What it is.
    pub thing: Thing,
}

/// What a thing is, and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// The account itself.
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
    /// A space.
    Space {
        /// Its domain's id.
        domain: String,
        /// Its name.
        name: String,
    },
    /// An app.
    App {
        /// Its domain's id.
        domain: String,
        /// The profile or space that it runs for.
        owner: AppOwner,
        /// What kind of app it is.
        app_type: AppType,
        /// Its name, unique with its owner and kind.
        name: String,
    },
    /// A policy of one user, group or role.
    InlinePolicy {
        /// Whose.
        owner: Owner,
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
    /// A VPC.
    Vpc {
        /// Its id.
        id: String,
    },
    /// A subnet.
    Subnet {
        /// Its id.
        id: String,
    },
    /// A security group.
    SecurityGroup {
        /// Its id.
        id: String,
    },
    /// A VPC endpoint.
    VpcEndpoint {
        /// Its id.
        id: String,
    },
    /// The organization.
    Organization,
    /// The organization's root, or one of its units.
    OrganizationalUnit {
        /// Its id.
        id: String,
    },
    /// A policy of the organization.
    OrganizationPolicy {
        /// What it limits.
        kind: OrganizationPolicyKind,
        /// Its name.
        name: String,
    },
}

impl From<Thing> for EntityId {
    fn from(thing: Thing) -> Self {
        Self::home(thing)
    }
}

impl EntityId {
    /// A thing of the home account, or one that belongs to no account.
    pub const fn home(thing: Thing) -> Self {
        Self {
            account: None,
            thing,
        }
    }

    /// Another thing of the same account.
    #[must_use]
    pub fn beside(&self, thing: Thing) -> Self {
        Self {
            account: self.account.clone(),
            thing,
        }
    }

    /// What it is and its name, such as `role:ChurnExecutionRole`; with the account in between
    /// where that is not the home account: `role:222233334444:ChurnExecutionRole`.
    pub fn key(&self) -> String {
        let (kind, name) = match &self.thing {
            Thing::Account => {
                return match &self.account {
                    Some(account) => format!("account:{account}"),
                    None => "account".to_owned(),
                };
            }
            Thing::Organization => return "organization".to_owned(),
            Thing::ManagedPolicy { arn } => return format!("policy:{arn}"),
            Thing::OrganizationalUnit { id } => return format!("unit:{id}"),
            Thing::OrganizationPolicy { kind, name } => {
                return format!("{}:{name}", kind.as_str());
            }
            Thing::UserProfile { domain, name } => ("user-profile", &format!("{domain}:{name}")),
            Thing::Space { domain, name } => ("space", &format!("{domain}:{name}")),
            Thing::App {
                domain,
                owner,
                app_type,
                name,
            } => ("app", &owner.written(domain, *app_type, name)),
            Thing::InlinePolicy { owner, name } => ("inline", &owner.written(name)),
            Thing::User { name } => ("user", name),
            Thing::Group { name } => ("group", name),
            Thing::Role { name } => ("role", name),
            Thing::Domain { id } => ("domain", id),
            Thing::Bucket { name } => ("bucket", name),
            Thing::Repository { name } => ("repository", name),
            Thing::LogGroup { name } => ("log-group", name),
            Thing::Key { id } => ("key", id),
            Thing::Vpc { id } => ("vpc", id),
            Thing::Subnet { id } => ("subnet", id),
            Thing::SecurityGroup { id } => ("security-group", id),
            Thing::VpcEndpoint { id } => ("vpc-endpoint", id),
        };
        format!("{kind}:{}", key::written(self.account.as_ref(), name))
    }

    /// The thing with that key; nothing where the key was not made by [`Self::key`].
    pub fn of(key: &str) -> Option<Self> {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        let of_no_account = match kind {
            "account" if !rest.is_empty() => {
                return Some(Self {
                    account: Some(AccountId::parse(rest)?),
                    thing: Thing::Account,
                });
            }
            "account" => Some(Thing::Account),
            "organization" => Some(Thing::Organization),
            "policy" => Some(Thing::ManagedPolicy {
                arn: Arn::parse(rest)?,
            }),
            "unit" => Some(Thing::OrganizationalUnit {
                id: rest.to_owned(),
            }),
            _ => OrganizationPolicyKind::parse(kind).map(|kind| Thing::OrganizationPolicy {
                kind,
                name: rest.to_owned(),
            }),
        };
        if let Some(thing) = of_no_account {
            return Some(Self::home(thing));
        }
        let (account, name) = key::read(rest);
        let own = || name.to_owned();
        let thing = match kind {
            "user" => Thing::User { name: own() },
            "group" => Thing::Group { name: own() },
            "role" => Thing::Role { name: own() },
            "domain" => Thing::Domain { id: own() },
            "user-profile" => {
                let (domain, name) = name.split_once(':')?;
                Thing::UserProfile {
                    domain: domain.to_owned(),
                    name: name.to_owned(),
                }
            }
            "space" => {
                let (domain, name) = name.split_once(':')?;
                Thing::Space {
                    domain: domain.to_owned(),
                    name: name.to_owned(),
                }
            }
            "app" => {
                let (domain, owner, app_type, name) = AppOwner::read(name)?;
                Thing::App {
                    domain,
                    owner,
                    app_type,
                    name,
                }
            }
            "inline" => {
                let (owner, name) = Owner::read(name)?;
                Thing::InlinePolicy { owner, name }
            }
            "bucket" => Thing::Bucket { name: own() },
            "repository" => Thing::Repository { name: own() },
            "log-group" => Thing::LogGroup { name: own() },
            "key" => Thing::Key { id: own() },
            "vpc" => Thing::Vpc { id: own() },
            "subnet" => Thing::Subnet { id: own() },
            "security-group" => Thing::SecurityGroup { id: own() },
            "vpc-endpoint" => Thing::VpcEndpoint { id: own() },
            _ => return None,
        };
        Some(Self { account, thing })
    }

    /// Whether the world has it.
    pub fn exists_in(&self, world: &World) -> bool {
        let organization = world.organization.as_ref();
        match &self.thing {
            Thing::ManagedPolicy { arn } => return world.policy(arn).is_some(),
            Thing::Organization => return organization.is_some(),
            Thing::OrganizationalUnit { id } => {
                return organization.is_some_and(|it| it.root.unit(id).is_some());
            }
            Thing::OrganizationPolicy { kind, name } => {
                return organization.is_some_and(|it| it.policy(*kind, name).is_some());
            }
            _ => {}
        }
        let Some(account) = world.account_of(self.account.as_ref()) else {
            let member = self.account.as_ref().zip(organization);
            return self.thing == Thing::Account
                && member.is_some_and(|(id, it)| it.member(id).is_some());
        };
        match &self.thing {
            Thing::User { name } => account.user(name).is_some(),
            Thing::Group { name } => account.group(name).is_some(),
            Thing::Role { name } => account.role(name).is_some(),
            Thing::Domain { id } => account.domain(id).is_some(),
            Thing::UserProfile { domain, name } => account
                .domain(domain)
                .is_some_and(|it| it.user_profile(name).is_some()),
            Thing::Space { domain, name } => account
                .domain(domain)
                .is_some_and(|it| it.space(name).is_some()),
            Thing::App {
                domain,
                owner,
                app_type,
                name,
            } => account
                .domain(domain)
                .is_some_and(|it| it.app(owner, *app_type, name).is_some()),
            Thing::InlinePolicy { owner, name } => account
                .inline_policies(owner)
                .is_some_and(|it| it.iter().any(|it| it.name == *name)),
            Thing::Bucket { name } => account.bucket(name).is_some(),
            Thing::Repository { name } => account.repository(name).is_some(),
            Thing::LogGroup { name } => account.log_group(name).is_some(),
            Thing::Key { id } => account.key(id).is_some(),
            Thing::Vpc { id } => account.vpc(id).is_some(),
            Thing::Subnet { id } => account.subnet(id).is_some(),
            Thing::SecurityGroup { id } => account.security_group(id).is_some(),
            Thing::VpcEndpoint { id } => account.vpc_endpoint(id).is_some(),
            Thing::Account
            | Thing::ManagedPolicy { .. }
            | Thing::Organization
            | Thing::OrganizationalUnit { .. }
            | Thing::OrganizationPolicy { .. } => true,
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
        match &self.thing {
            Thing::Account => match &self.account {
                Some(account) => account.fmt(f),
                None => f.write_str("account"),
            },
            Thing::Organization => f.write_str("organization"),
            Thing::ManagedPolicy { arn } => f.write_str(arn.last_segment()),
            Thing::Domain { id }
            | Thing::Key { id }
            | Thing::Vpc { id }
            | Thing::Subnet { id }
            | Thing::SecurityGroup { id }
            | Thing::VpcEndpoint { id }
            | Thing::OrganizationalUnit { id } => f.write_str(id),
            Thing::User { name }
            | Thing::Group { name }
            | Thing::Role { name }
            | Thing::UserProfile { name, .. }
            | Thing::Space { name, .. }
            | Thing::App { name, .. }
            | Thing::InlinePolicy { name, .. }
            | Thing::Bucket { name }
            | Thing::Repository { name }
            | Thing::LogGroup { name }
            | Thing::OrganizationPolicy { name, .. } => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_thing() {
        let name = || "a/b".to_owned();
        let id = name;
        let domain = || "d-1".to_owned();
        let app = |owner| Thing::App {
            domain: domain(),
            owner,
            app_type: AppType::CodeEditor,
            name: name(),
        };
        let in_accounts = [
            Thing::Account,
            Thing::User { name: name() },
            Thing::Group { name: name() },
            Thing::Role { name: name() },
            Thing::Domain { id: id() },
            Thing::UserProfile {
                domain: domain(),
                name: name(),
            },
            Thing::Space {
                domain: domain(),
                name: name(),
            },
            app(AppOwner::Profile(name())),
            app(AppOwner::Space(name())),
            app(AppOwner::Domain),
            Thing::InlinePolicy {
                owner: Owner::Group(name()),
                name: name(),
            },
            Thing::Bucket { name: name() },
            Thing::Repository { name: name() },
            Thing::LogGroup { name: name() },
            Thing::Key { id: id() },
            Thing::Vpc { id: id() },
            Thing::Subnet { id: id() },
            Thing::SecurityGroup { id: id() },
            Thing::VpcEndpoint { id: id() },
        ];
        for thing in in_accounts {
            let home = EntityId::home(thing);
            let other = EntityId {
                account: AccountId::parse("222233334444"),
                ..home.clone()
            };
            assert!(other.key().contains(":222233334444"), "{}", other.key());
            assert_eq!(EntityId::of(&home.key()), Some(home));
            assert_eq!(EntityId::of(&other.key()), Some(other));
        }
        for thing in [
            Thing::ManagedPolicy {
                arn: Arn::parse("arn:aws:iam::aws:policy/ReadOnlyAccess").unwrap(),
            },
            Thing::Organization,
            Thing::OrganizationalUnit { id: id() },
            Thing::OrganizationPolicy {
                kind: OrganizationPolicyKind::Scp,
                name: name(),
            },
            Thing::OrganizationPolicy {
                kind: OrganizationPolicyKind::Rcp,
                name: name(),
            },
        ] {
            let id = EntityId::home(thing);
            assert_eq!(EntityId::of(&id.key()), Some(id));
        }
        assert_eq!(EntityId::of("planet:earth"), None);
        assert_eq!(EntityId::of("account:earth"), None);
    }

    #[test]
    fn the_keys_of_the_home_account_stay_as_they_were() {
        let role = Thing::Role {
            name: "Name".to_owned(),
        };
        assert_eq!(EntityId::home(role.clone()).key(), "role:Name");
        let account = AccountId::parse("222233334444");
        let other = EntityId {
            account,
            thing: role,
        };
        assert_eq!(other.key(), "role:222233334444:Name");
        assert_eq!(EntityId::home(Thing::Account).key(), "account");
    }
}
