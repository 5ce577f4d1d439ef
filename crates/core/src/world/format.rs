//! Reads worlds of both formats: the first had one account, whose things stood in the world itself.
//!
//! Invariant: a world that says where its things are in both ways is refused, never half read.

use std::fmt;

use serde::Deserialize;

use crate::{
    names::AccountId,
    world::{
        Account, Bucket, Domain, Group, Key, LogGroup, ManagedPolicy, Organization, Repository,
        Role, User, World,
    },
};

/// A world in either format.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AnyWorld {
    #[serde(default = "aws")]
    partition: String,
    region: String,
    #[serde(default)]
    organization: Option<Organization>,
    #[serde(default)]
    home: Option<Account>,
    #[serde(default)]
    other_accounts: Vec<Account>,
    // What follows is of the first format.
    #[serde(default)]
    account: Option<AccountId>,
    #[serde(default)]
    policies: Option<Vec<ManagedPolicy>>,
    #[serde(default)]
    groups: Option<Vec<Group>>,
    #[serde(default)]
    users: Option<Vec<User>>,
    #[serde(default)]
    roles: Option<Vec<Role>>,
    #[serde(default)]
    domains: Option<Vec<Domain>>,
    #[serde(default)]
    buckets: Option<Vec<Bucket>>,
    #[serde(default)]
    repositories: Option<Vec<Repository>>,
    #[serde(default)]
    log_groups: Option<Vec<LogGroup>>,
    #[serde(default)]
    keys: Option<Vec<Key>>,
}

fn aws() -> String {
    "aws".to_owned()
}

/// Why a text is not a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormatError {
    /// There is no home account.
    NoHome,
    /// Things stand in the world itself, beside an account that should have them.
    Both,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHome => "missing field `home`: put the account that people work in there",
            Self::Both => {
                "things stand in the world itself and in `home`: move them all into `home`"
            }
        })
    }
}

impl AnyWorld {
    fn has_things_of_its_own(&self) -> bool {
        self.account.is_some()
            || self.policies.is_some()
            || self.groups.is_some()
            || self.users.is_some()
            || self.roles.is_some()
            || self.domains.is_some()
            || self.buckets.is_some()
            || self.repositories.is_some()
            || self.log_groups.is_some()
            || self.keys.is_some()
    }
}

impl TryFrom<AnyWorld> for World {
    type Error = FormatError;

    fn try_from(it: AnyWorld) -> Result<Self, FormatError> {
        if it.home.is_some() && it.has_things_of_its_own() {
            return Err(FormatError::Both);
        }
        let home = match (it.home, it.account) {
            (Some(home), _) => home,
            (None, None) => return Err(FormatError::NoHome),
            (None, Some(account)) => Account {
                policies: it.policies.unwrap_or_default(),
                groups: it.groups.unwrap_or_default(),
                users: it.users.unwrap_or_default(),
                roles: it.roles.unwrap_or_default(),
                domains: it.domains.unwrap_or_default(),
                buckets: it.buckets.unwrap_or_default(),
                repositories: it.repositories.unwrap_or_default(),
                log_groups: it.log_groups.unwrap_or_default(),
                keys: it.keys.unwrap_or_default(),
                ..Account::new(account)
            },
        };
        Ok(Self {
            partition: it.partition,
            region: it.region,
            organization: it.organization,
            home,
            other_accounts: it.other_accounts,
        })
    }
}
