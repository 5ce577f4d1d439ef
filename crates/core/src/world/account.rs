//! One AWS account with what is in it.
//!
//! Knows nothing of other accounts, nor of the organization. Invariant: lookups compare names as AWS
//! writes them, to the character; names that AWS would hold for the same are what `check` is for.

use serde::{Deserialize, Serialize};

use crate::{
    eval::BlockPublicAccess,
    names::{AccountId, Arn},
    world::{
        Bucket, Domain, Group, Key, LogGroup, ManagedPolicy, Repository, Role, Thing, Things, User,
        Vpc, VpcEndpoint,
    },
};

/// One AWS account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "crate::world::format::Shape")]
pub struct Account {
    /// Its id.
    pub account: AccountId,
    /// What people call it; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Managed policies, AWS's and the account's own.
    pub policies: Things<ManagedPolicy>,
    /// IAM groups.
    pub groups: Things<Group>,
    /// IAM users.
    pub users: Things<User>,
    /// IAM roles.
    pub roles: Things<Role>,
    /// SageMaker domains.
    pub domains: Vec<Domain>,
    /// S3 buckets.
    pub buckets: Vec<Bucket>,
    /// S3 Block Public Access for all its buckets; `None` where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_public_access: Option<BlockPublicAccess>,
    /// ECR repositories.
    pub repositories: Vec<Repository>,
    /// CloudWatch log groups.
    pub log_groups: Vec<LogGroup>,
    /// KMS keys.
    pub keys: Vec<Key>,
    /// Networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vpcs: Vec<Vpc>,
    /// VPC endpoints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vpc_endpoints: Vec<VpcEndpoint>,
}

impl Account {
    /// An account with nothing in it.
    pub const fn new(account: AccountId) -> Self {
        Self {
            account,
            name: String::new(),
            policies: Things::new(),
            groups: Things::new(),
            users: Things::new(),
            roles: Things::new(),
            domains: Vec::new(),
            buckets: Vec::new(),
            block_public_access: None,
            repositories: Vec::new(),
            log_groups: Vec::new(),
            keys: Vec::new(),
            vpcs: Vec::new(),
            vpc_endpoints: Vec::new(),
        }
    }

    /// The user of that name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.named(name)
    }

    /// The same, to be changed.
    pub fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        self.users.named_mut(name)
    }

    /// The group of that name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.named(name)
    }

    /// The same, to be changed.
    pub fn group_mut(&mut self, name: &str) -> Option<&mut Group> {
        self.groups.named_mut(name)
    }

    /// The role of that name.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.named(name)
    }

    /// The same, to be changed.
    pub fn role_mut(&mut self, name: &str) -> Option<&mut Role> {
        self.roles.named_mut(name)
    }

    /// The domain with that id.
    pub fn domain(&self, id: &str) -> Option<&Domain> {
        self.domains.iter().find(|it| it.domain_id == id)
    }

    /// The same, to be changed.
    pub fn domain_mut(&mut self, id: &str) -> Option<&mut Domain> {
        self.domains.iter_mut().find(|it| it.domain_id == id)
    }

    /// The bucket of that name.
    pub fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|it| it.name == name)
    }

    /// The same, to be changed.
    pub fn bucket_mut(&mut self, name: &str) -> Option<&mut Bucket> {
        self.buckets.iter_mut().find(|it| it.name == name)
    }

    /// The repository of that name.
    pub fn repository(&self, name: &str) -> Option<&Repository> {
        self.repositories.iter().find(|it| it.name == name)
    }

    /// The same, to be changed.
    pub fn repository_mut(&mut self, name: &str) -> Option<&mut Repository> {
        self.repositories.iter_mut().find(|it| it.name == name)
    }

    /// The key with that id.
    pub fn key(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|it| it.key_id == id)
    }

    /// The same, to be changed.
    pub fn key_mut(&mut self, id: &str) -> Option<&mut Key> {
        self.keys.iter_mut().find(|it| it.key_id == id)
    }

    /// The log group of that name.
    pub fn log_group(&self, name: &str) -> Option<&LogGroup> {
        self.log_groups.iter().find(|it| it.name == name)
    }

    /// The same, to be changed.
    pub fn log_group_mut(&mut self, name: &str) -> Option<&mut LogGroup> {
        self.log_groups.iter_mut().find(|it| it.name == name)
    }

    /// The VPC endpoint with that id.
    pub fn vpc_endpoint(&self, id: &str) -> Option<&VpcEndpoint> {
        self.vpc_endpoints
            .iter()
            .find(|it| it.vpc_endpoint_id == id)
    }

    /// The same, to be changed.
    pub fn vpc_endpoint_mut(&mut self, id: &str) -> Option<&mut VpcEndpoint> {
        self.vpc_endpoints
            .iter_mut()
            .find(|it| it.vpc_endpoint_id == id)
    }

    /// The managed policies that are attached to a user, group or role; `None` for what is nothing of these.
    pub fn attached_policies(&self, owner: &Thing) -> Option<&[Arn]> {
        Some(match owner {
            Thing::User { name } => &self.user(name)?.attached_policies,
            Thing::Group { name } => &self.group(name)?.attached_policies,
            Thing::Role { name } => &self.role(name)?.attached_policies,
            _ => return None,
        })
    }

    /// The same, to be changed.
    pub fn attached_policies_mut(&mut self, owner: &Thing) -> Option<&mut Vec<Arn>> {
        Some(match owner {
            Thing::User { name } => &mut self.user_mut(name)?.attached_policies,
            Thing::Group { name } => &mut self.group_mut(name)?.attached_policies,
            Thing::Role { name } => &mut self.role_mut(name)?.attached_policies,
            _ => return None,
        })
    }
}
