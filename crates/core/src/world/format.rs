//! Reads worlds of both formats: the first had one account, whose things stood in the world itself.
//!
//! A world of the first format, one of the second and an account are read as one and the same: each
//! reader of its own would weigh as much again in the page. Invariant: what does not belong together
//! is refused, never half read.

use std::fmt;

use serde::Deserialize;

use crate::{
    eval::BlockPublicAccess,
    names::AccountId,
    world::{
        Account, Bucket, Domain, Group, Key, LogGroup, ManagedPolicy, Organization, Repository,
        Role, Things, User, Vpc, VpcEndpoint, World,
    },
};

/// A world of either format, or an account.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Shape {
    // Of a world.
    partition: Option<String>,
    region: Option<String>,
    organization: Option<Organization>,
    home: Option<Box<Shape>>,
    other_accounts: Vec<Shape>,
    // Of an account, or of a world of the first format.
    account: Option<AccountId>,
    name: String,
    policies: Things<ManagedPolicy>,
    groups: Things<Group>,
    users: Things<User>,
    roles: Things<Role>,
    domains: Vec<Domain>,
    buckets: Vec<Bucket>,
    block_public_access: Option<BlockPublicAccess>,
    repositories: Vec<Repository>,
    log_groups: Vec<LogGroup>,
    keys: Vec<Key>,
    vpcs: Vec<Vpc>,
    vpc_endpoints: Vec<VpcEndpoint>,
}

/// Why a text is not a world, or not an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormatError {
    /// A world without a region.
    NoRegion,
    /// A world without a home account.
    NoHome,
    /// An account without an id.
    NoAccount,
    /// Things stand in the world itself, beside an account that should have them.
    ThingsInWorld,
    /// An account has what only a world has.
    WorldInAccount,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRegion => "missing field `region`: say which region everything lies in",
            Self::NoHome => "missing field `home`: put the account that people work in there",
            Self::NoAccount => "missing field `account`: give each account its twelve digits",
            Self::ThingsInWorld => {
                "things stand in the world itself and in `home`: move them all into `home`"
            }
            Self::WorldInAccount => {
                "an account has no partition, region, organization or accounts: move them into the world"
            }
        })
    }
}

impl Shape {
    /// Whether there is anything that belongs into an account.
    fn has_things(&self) -> bool {
        let n = [
            self.policies.len(),
            self.groups.len(),
            self.users.len(),
            self.roles.len(),
            self.domains.len(),
            self.buckets.len(),
            self.repositories.len(),
            self.log_groups.len(),
            self.keys.len(),
            self.vpcs.len(),
            self.vpc_endpoints.len(),
            self.name.len(),
        ];
        self.account.is_some() || self.block_public_access.is_some() || n.iter().any(|it| *it > 0)
    }
}

impl TryFrom<Shape> for Account {
    type Error = FormatError;

    fn try_from(it: Shape) -> Result<Self, FormatError> {
        let is_world = it.partition.is_some()
            || it.region.is_some()
            || it.organization.is_some()
            || it.home.is_some()
            || !it.other_accounts.is_empty();
        if is_world {
            return Err(FormatError::WorldInAccount);
        }
        Ok(Self {
            account: it.account.ok_or(FormatError::NoAccount)?,
            name: it.name,
            policies: it.policies,
            groups: it.groups,
            users: it.users,
            roles: it.roles,
            domains: it.domains,
            buckets: it.buckets,
            block_public_access: it.block_public_access,
            repositories: it.repositories,
            log_groups: it.log_groups,
            keys: it.keys,
            vpcs: it.vpcs,
            vpc_endpoints: it.vpc_endpoints,
        })
    }
}

impl TryFrom<Shape> for World {
    type Error = FormatError;

    fn try_from(mut it: Shape) -> Result<Self, FormatError> {
        let partition = it.partition.take().unwrap_or_else(|| "aws".to_owned());
        let region = it.region.take().ok_or(FormatError::NoRegion)?;
        let organization = it.organization.take();
        let mut other_accounts = Vec::new();
        for account in std::mem::take(&mut it.other_accounts) {
            other_accounts.push(account.try_into()?);
        }
        let home = match it.home.take() {
            Some(_) if it.has_things() => return Err(FormatError::ThingsInWorld),
            Some(home) => *home,
            None if it.account.is_none() => return Err(FormatError::NoHome),
            None => it,
        };
        Ok(Self {
            partition,
            region,
            organization,
            home: home.try_into()?,
            other_accounts,
        })
    }
}
