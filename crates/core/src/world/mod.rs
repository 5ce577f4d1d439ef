//! The world a request walks through: accounts with their users, groups, roles, policies,
//! SageMaker domains and resources, the organization around them; and which policies bear on a
//! request in it.
//!
//! Plain data that reads from and writes to JSON with AWS's own field names. Knows nothing of what
//! people do in it (that is `flow`). Invariant: policies are kept as the text they were given in,
//! to the character; a broken policy is as welcome as a good one.

mod account;
pub mod change;
mod changed;
mod check;
mod document;
mod document_id;
mod domain;
mod entity;
mod format;
mod iam;
mod key;
mod named_key;
mod network;
mod organization;
mod policies;
mod resource;
mod text;
mod things;

use serde::{Deserialize, Serialize};

pub use self::{
    account::Account,
    check::{
        Checked, FieldError, Form, Limited, Reference, WorldFinding, WorldFindingKind, check,
        check_role_arn, check_tag_key,
    },
    document::{Document, Documents},
    document_id::{DocumentId, Owner, Text},
    domain::{
        App, AppNetworkAccessType, AppOwner, AppSecurityGroupManagement, AppType, AuthMode,
        DefaultSpaceSettings, Domain, DomainSettings, ExecutionRoleIdentityConfig,
        ExecutionRoleSessionNameMode, RStudioServerProDomainSettings, RoleSource, SharingType,
        Space, Status, StudioWebPortalSettings, Switch, TrustedIdentityPropagationSettings,
        UserProfile, UserSettings,
    },
    entity::{EntityId, KeyError, Thing},
    iam::{
        AccessKey, AccessKeyStatus, Group, InlinePolicy, ManagedPolicy, PolicyVersion, Role, User,
    },
    network::{SecurityGroup, Subnet, Vpc},
    organization::{
        Level, MemberAccount, Organization, OrganizationPolicy, OrganizationPolicyKind,
        OrganizationalUnit,
    },
    policies::{level_of, policies_for, policy_of_resource},
    resource::{Bucket, Key, LogGroup, Repository, VpcEndpoint},
    text::PolicyText,
    things::{Named, Things, ThingsIter, ThingsIterMut},
};
pub(crate) use self::{
    iam::OF_SAGEMAKER,
    named_key::{NamedBy, NamedKey},
    things::List,
};
use crate::names::{ALIAS, AccountId, Arn};

/// Accounts in one partition and region, and the organization around them.
///
/// One of the accounts is the home account: its domains are where people work. Where a function
/// takes no account, it speaks of that one, except for buckets and managed policies, whose names
/// are unique among all accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "format::Shape")]
pub struct World {
    /// The partition, such as `aws`.
    pub partition: String,
    /// The region everything regional lies in.
    pub region: String,
    /// The organization, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// The account whose domains people work in.
    pub home: Account,
    /// The accounts that it works with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_accounts: Vec<Account>,
}

/// Accounts.
impl World {
    /// All accounts, the home account first.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.home).chain(&self.other_accounts)
    }

    /// The same, to be changed.
    pub fn accounts_mut(&mut self) -> impl Iterator<Item = &mut Account> {
        std::iter::once(&mut self.home).chain(&mut self.other_accounts)
    }

    /// The account with that id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts().find(|it| it.account == *id)
    }

    /// The same, to be changed.
    pub fn account_mut(&mut self, id: &AccountId) -> Option<&mut Account> {
        self.accounts_mut().find(|it| it.account == *id)
    }

    /// The account that an [`EntityId`] or a [`DocumentId`] names; `None` is the home account.
    pub fn account_of(&self, id: Option<&AccountId>) -> Option<&Account> {
        id.map_or(Some(&self.home), |it| self.account(it))
    }

    /// The same, to be changed.
    pub fn account_of_mut(&mut self, id: Option<&AccountId>) -> Option<&mut Account> {
        match id {
            None => Some(&mut self.home),
            Some(it) => self.account_mut(it),
        }
    }

    /// An account as an [`EntityId`] or a [`DocumentId`] names it: the home account is `None`.
    pub fn place_of(&self, account: &AccountId) -> Option<AccountId> {
        (self.home.account != *account).then(|| account.clone())
    }

    /// The id of a thing in an account.
    pub fn entity(&self, account: &AccountId, thing: Thing) -> EntityId {
        EntityId {
            account: self.place_of(account),
            thing,
        }
    }

    /// The account that owns what an ARN names: the one in it, or for a bucket and its objects, whose
    /// ARNs name none, the one that has the bucket. Nothing where this world does not have the account.
    pub fn owner_of(&self, arn: &Arn) -> Option<&AccountId> {
        let owner = match arn.account() {
            Some(id) => self.account(&id),
            None if arn.service() == "s3" => {
                let bucket = arn.resource().split('/').next().unwrap_or_default();
                self.bucket_owner(bucket)
            }
            None => None,
        };
        owner.map(|it| &it.account)
    }
}

/// Things by name.
impl World {
    /// The user of that name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.home.user(name)
    }

    /// The group of that name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.home.group(name)
    }

    /// The role of that name.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.home.role(name)
    }

    /// The role with exactly that ARN, its path included, in the account that the ARN names.
    pub fn role_by_arn(&self, arn: &str) -> Option<&Role> {
        self.role_by_arn_in(self.account_in(arn)?, arn)
    }

    /// The user with exactly that ARN, its path included, in the account that the ARN names.
    pub fn user_by_arn(&self, arn: &str) -> Option<&User> {
        self.user_by_arn_in(self.account_in(arn)?, arn)
    }

    /// The account that the fifth part of an ARN names.
    fn account_in(&self, arn: &str) -> Option<&Account> {
        let named = arn.split(':').nth(4)?;
        self.accounts().find(|it| it.account.as_str() == named)
    }

    /// The account that has the domain with that id.
    pub fn domain_owner(&self, id: &str) -> Option<&Account> {
        self.accounts().find(|it| it.domain(id).is_some())
    }

    /// The thing of this world that an ARN names, or for an object the bucket that it is in.
    pub fn entity_of(&self, arn: &Arn) -> Option<EntityId> {
        let owner = self.owner_of(arn)?.clone();
        let (kind, rest) = arn.resource().split_once(['/', ':']).unwrap_or_default();
        let name = rest.to_owned();
        let in_domain = rest.split_once('/');
        let thing = match (arn.service(), kind) {
            ("iam", "role") => Thing::Role {
                name: self.role_by_arn(arn.as_str())?.name.clone(),
            },
            ("iam", "user") => Thing::User {
                name: self.user_by_arn(arn.as_str())?.name.clone(),
            },
            ("s3", _) => return Some(self.bucket_id(arn.resource().split('/').next()?)),
            ("ecr", "repository") => Thing::Repository { name },
            ("kms", "key") => Thing::Key { id: name },
            ("logs", "log-group") => Thing::LogGroup {
                name: rest.split(':').next()?.to_owned(),
            },
            ("sagemaker", "domain") => Thing::Domain { id: name },
            ("sagemaker", "user-profile") => Thing::UserProfile {
                domain: in_domain?.0.to_owned(),
                name: in_domain?.1.to_owned(),
            },
            ("sagemaker", "space") => Thing::Space {
                domain: in_domain?.0.to_owned(),
                name: in_domain?.1.to_owned(),
            },
            _ => return None,
        };
        let entity = self.entity(&owner, thing);
        entity.exists_in(self).then_some(entity)
    }

    /// The same in any account.
    pub fn role_by_arn_in<'a>(&self, account: &'a Account, arn: &str) -> Option<&'a Role> {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        let role = account.role(name);
        if let Some(role) = role.filter(|it| self.role_arn_in(account, it).as_str() == arn) {
            return Some(role);
        }
        // A name that AWS would refuse, or a second thing of a name. Few names end as the ARN does.
        let mut roles = account.roles.iter().filter(|it| arn.ends_with(&it.name));
        roles.find(|it| self.role_arn_in(account, it).as_str() == arn)
    }

    /// The user with exactly that ARN in an account, its path included.
    pub fn user_by_arn_in<'a>(&self, account: &'a Account, arn: &str) -> Option<&'a User> {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        let user = account.user(name);
        if let Some(user) = user.filter(|it| self.user_arn_in(account, it).as_str() == arn) {
            return Some(user);
        }
        let mut users = account.users.iter().filter(|it| arn.ends_with(&it.name));
        users.find(|it| self.user_arn_in(account, it).as_str() == arn)
    }

    /// The managed policy with that ARN, in any account.
    pub fn policy(&self, arn: &Arn) -> Option<&ManagedPolicy> {
        self.accounts()
            .find_map(|it| it.policies.named(arn.as_str()))
    }

    /// The domain with that id.
    pub fn domain(&self, id: &str) -> Option<&Domain> {
        self.home.domain(id)
    }

    /// The bucket of that name, in any account.
    pub fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.accounts().find_map(|it| it.bucket(name))
    }

    /// The account that has the bucket of that name.
    pub fn bucket_owner(&self, name: &str) -> Option<&Account> {
        self.accounts().find(|it| it.bucket(name).is_some())
    }

    /// The id of the bucket of that name, in the account that has it, else in the home account.
    pub fn bucket_id(&self, name: &str) -> EntityId {
        let owner = self.bucket_owner(name).unwrap_or(&self.home);
        let name = name.to_owned();
        self.entity(&owner.account, Thing::Bucket { name })
    }

    /// The repository of that name.
    pub fn repository(&self, name: &str) -> Option<&Repository> {
        self.home.repository(name)
    }

    /// The key with that id.
    pub fn key(&self, id: &str) -> Option<&Key> {
        self.home.key(id)
    }

    /// The key of an [`EntityId`].
    pub fn key_of(&self, entity: &EntityId) -> Option<&Key> {
        match &entity.thing {
            Thing::Key { id } => self.account_of(entity.account.as_ref())?.key(id),
            _ => None,
        }
    }

    /// The key that encrypts a bucket, whether this world has it or not; nothing where S3's own does.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html>
    pub fn bucket_key(&self, bucket: &str) -> Option<EntityId> {
        let owner = self.bucket_owner(bucket)?;
        let key = owner.bucket(bucket)?.kms_key_id.as_deref()?;
        Some(self.key_named(&owner.account, key))
    }

    /// The key that somebody of an account names by its id, by its alias with `alias/` in front, or by the ARN of either,
    /// whether this world has it or not.
    pub fn key_named(&self, account: &AccountId, named: &str) -> EntityId {
        let named = NamedKey::read(named);
        let account = named.account.as_ref().unwrap_or(account);
        let id = match named.by {
            NamedBy::Id(id) => id.to_owned(),
            NamedBy::Alias(alias) => {
                let mut keys = self.account(account).into_iter().flat_map(|it| &it.keys);
                let key = keys.find(|it| it.alias.as_deref() == Some(alias));
                key.map_or_else(|| format!("{ALIAS}{alias}"), |it| it.key_id.clone())
            }
        };
        self.entity(account, Thing::Key { id })
    }

    /// The ARN of the key that somebody of an account names by an alias; nothing where it is named by its id, or where this
    /// world does not know which key has the alias.
    pub(crate) fn arn_behind_alias(&self, account: &AccountId, named: &str) -> Option<Arn> {
        let is_alias = matches!(NamedKey::read(named).by, NamedBy::Alias(_));
        let key = self.key_named(account, named);
        let is_known = is_alias && self.key_of(&key).is_some();
        self.arn_of(&key).filter(|_| is_known)
    }

    /// The log group of that name.
    pub fn log_group(&self, name: &str) -> Option<&LogGroup> {
        self.home.log_group(name)
    }

    /// The VPC endpoint with that id, in any account, and its account.
    pub fn vpc_endpoint(&self, id: &str) -> Option<(&Account, &VpcEndpoint)> {
        self.accounts()
            .find_map(|it| Some((it, it.vpc_endpoint(id)?)))
    }
}

/// ARNs.
impl World {
    /// `arn:aws:iam::…:user/path/name`.
    pub fn user_arn(&self, user: &User) -> Arn {
        self.user_arn_in(&self.home, user)
    }

    /// The same in any account.
    pub fn user_arn_in(&self, account: &Account, user: &User) -> Arn {
        self.iam_arn_in(&account.account, "user", &user.path, &user.name)
    }

    /// `arn:aws:iam::…:role/path/name`.
    pub fn role_arn(&self, role: &Role) -> Arn {
        self.role_arn_in(&self.home, role)
    }

    /// The same in any account.
    pub fn role_arn_in(&self, account: &Account, role: &Role) -> Arn {
        self.iam_arn_in(&account.account, "role", &role.path, &role.name)
    }

    /// `arn:aws:s3:::name`, or of an object in it.
    pub fn bucket_arn(&self, bucket: &str, object_key: Option<&str>) -> Arn {
        let resource =
            object_key.map_or_else(|| bucket.to_owned(), |key| format!("{bucket}/{key}"));
        self.arn("s3", "", "", &resource)
    }

    /// The ARN of something in the home account and the region.
    pub fn regional_arn(&self, service: &str, resource: &str) -> Arn {
        self.regional_arn_in(&self.home.account, service, resource)
    }

    /// The same in any account.
    pub fn regional_arn_in(&self, account: &AccountId, service: &str, resource: &str) -> Arn {
        self.arn(service, &self.region, account.as_str(), resource)
    }

    /// The ARN of something in IAM; `path` begins and ends with `/`.
    pub fn iam_arn(&self, kind: &str, path: &str, name: &str) -> Arn {
        self.iam_arn_in(&self.home.account, kind, path, name)
    }

    /// The same in any account.
    pub fn iam_arn_in(&self, account: &AccountId, kind: &str, path: &str, name: &str) -> Arn {
        let resource = format!("{kind}{path}{name}");
        self.arn("iam", "", account.as_str(), &resource)
    }

    /// `arn:aws:sts::…:assumed-role/name/session`: the role's path is not in it.
    pub fn session_arn(&self, role_name: &str, session: &str) -> Arn {
        self.session_arn_in(&self.home.account, role_name, session)
    }

    /// The same in any account.
    pub fn session_arn_in(&self, account: &AccountId, role_name: &str, session: &str) -> Arn {
        let resource = format!("assumed-role/{role_name}/{session}");
        self.arn("sts", "", account.as_str(), &resource)
    }

    /// The ARN of a thing that policies can name; nothing where it has none, or where its ARN needs
    /// more than its id and the thing is not there.
    pub fn arn_of(&self, entity: &EntityId) -> Option<Arn> {
        let id = entity.account.as_ref().unwrap_or(&self.home.account);
        let account = self.account_of(entity.account.as_ref());
        let regional = |service, resource: String| self.regional_arn_in(id, service, &resource);
        Some(match &entity.thing {
            Thing::User { name } => self.user_arn_in(account?, account?.user(name)?),
            Thing::Role { name } => self.role_arn_in(account?, account?.role(name)?),
            Thing::Group { name } => self.iam_arn_in(id, "group", "/", name),
            Thing::ManagedPolicy { arn } => arn.clone(),
            Thing::Domain { id } => regional("sagemaker", format!("domain/{id}")),
            Thing::UserProfile { domain, name } => {
                regional("sagemaker", format!("user-profile/{domain}/{name}"))
            }
            Thing::Space { domain, name } => {
                regional("sagemaker", format!("space/{domain}/{name}"))
            }
            Thing::App {
                domain,
                owner,
                app_type,
                name,
            } => {
                let (_, owner) = owner.parts();
                let owner = if owner.is_empty() {
                    "domain-shared"
                } else {
                    owner
                };
                let app = app_type.as_str();
                regional("sagemaker", format!("app/{domain}/{owner}/{app}/{name}"))
            }
            Thing::Vpc { id } => regional("ec2", format!("vpc/{id}")),
            Thing::Subnet { id } => regional("ec2", format!("subnet/{id}")),
            Thing::SecurityGroup { id } => regional("ec2", format!("security-group/{id}")),
            Thing::Bucket { name } => self.bucket_arn(name, None),
            Thing::Repository { name } => regional("ecr", format!("repository/{name}")),
            Thing::LogGroup { name } => regional("logs", format!("log-group:{name}")),
            Thing::Key { id } => regional("kms", format!("key/{id}")),
            Thing::VpcEndpoint { id } => regional("ec2", format!("vpc-endpoint/{id}")),
            Thing::Account
            | Thing::InlinePolicy { .. }
            | Thing::Organization
            | Thing::OrganizationalUnit { .. }
            | Thing::OrganizationPolicy { .. } => return None,
        })
    }

    fn arn(&self, service: &str, region: &str, account: &str, resource: &str) -> Arn {
        Arn::from_parts([&self.partition, service, region, account, resource])
    }
}
