//! The world a request walks through: one account with its users, groups, roles, policies,
//! SageMaker domains and resources; and which policies bear on a request in it.
//!
//! Plain data that reads from and writes to JSON with AWS's own field names. Knows nothing of what
//! people do in it (that is `flow`). Invariant: policies are kept as the text they were given in,
//! to the character; a broken policy is as welcome as a good one.

mod document;
mod domain;
mod entity;
mod iam;
mod network;
mod policies;
mod resource;
mod text;

use serde::{Deserialize, Serialize};

pub use self::{
    document::{Document, DocumentId, Documents, Owner},
    domain::{
        App, AppNetworkAccessType, AppSecurityGroupManagement, AppType, AuthMode,
        DefaultSpaceSettings, Domain, DomainSettings, ExecutionRoleIdentityConfig,
        ExecutionRoleSessionNameMode, RStudioServerProDomainSettings, RoleSource, SharingType,
        Space, Status, StudioWebPortalSettings, Switch, TrustedIdentityPropagationSettings,
        UserProfile, UserSettings,
    },
    entity::{EntityId, KeyError},
    iam::{Group, InlinePolicy, ManagedPolicy, Role, User},
    network::{SecurityGroup, Subnet, Vpc},
    policies::{policies_for, policy_of_resource},
    resource::{Bucket, Key, LogGroup, Repository},
    text::PolicyText,
};
use crate::names::{AccountId, Arn};

/// One AWS account and region, with what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct World {
    /// The account.
    pub account: AccountId,
    /// The partition, such as `aws`.
    #[serde(default = "aws")]
    pub partition: String,
    /// The region everything regional lies in.
    pub region: String,
    /// Managed policies, AWS's and the account's own.
    #[serde(default)]
    pub policies: Vec<ManagedPolicy>,
    /// IAM groups.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// IAM users.
    #[serde(default)]
    pub users: Vec<User>,
    /// IAM roles.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// SageMaker domains.
    #[serde(default)]
    pub domains: Vec<Domain>,
    /// S3 buckets.
    #[serde(default)]
    pub buckets: Vec<Bucket>,
    /// ECR repositories.
    #[serde(default)]
    pub repositories: Vec<Repository>,
    /// CloudWatch log groups.
    #[serde(default)]
    pub log_groups: Vec<LogGroup>,
    /// KMS keys.
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vpcs: Vec<network::Vpc>,
}

fn aws() -> String {
    "aws".to_owned()
}

impl World {
    /// The user of that name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|it| it.name == name)
    }

    /// The group of that name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|it| it.name == name)
    }

    /// The role of that name.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|it| it.name == name)
    }

    /// The role with exactly that ARN, its path included.
    pub fn role_by_arn(&self, arn: &str) -> Option<&Role> {
        self.roles
            .iter()
            .find(|it| self.role_arn(it).as_str() == arn)
    }

    /// The managed policy with that ARN.
    pub fn policy(&self, arn: &Arn) -> Option<&ManagedPolicy> {
        self.policies.iter().find(|it| it.arn == *arn)
    }

    /// The domain with that id.
    pub fn domain(&self, id: &str) -> Option<&Domain> {
        self.domains.iter().find(|it| it.domain_id == id)
    }

    /// The bucket of that name.
    pub fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|it| it.name == name)
    }

    /// The repository of that name.
    pub fn repository(&self, name: &str) -> Option<&Repository> {
        self.repositories.iter().find(|it| it.name == name)
    }

    /// The key with that id.
    pub fn key(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|it| it.key_id == id)
    }

    /// The log group of that name.
    pub fn log_group(&self, name: &str) -> Option<&LogGroup> {
        self.log_groups.iter().find(|it| it.name == name)
    }

    /// `arn:aws:iam::…:user/path/name`.
    pub fn user_arn(&self, user: &User) -> Arn {
        self.iam_arn("user", &user.path, &user.name)
    }

    /// `arn:aws:iam::…:role/path/name`.
    pub fn role_arn(&self, role: &Role) -> Arn {
        self.iam_arn("role", &role.path, &role.name)
    }

    /// `arn:aws:s3:::name`, or of an object in it.
    pub fn bucket_arn(&self, bucket: &str, object_key: Option<&str>) -> Arn {
        let resource =
            object_key.map_or_else(|| bucket.to_owned(), |key| format!("{bucket}/{key}"));
        self.arn("s3", "", "", &resource)
    }

    /// The ARN of something in this account and region.
    pub fn regional_arn(&self, service: &str, resource: &str) -> Arn {
        self.arn(service, &self.region, self.account.as_str(), resource)
    }

    /// The ARN of something in IAM; `path` begins and ends with `/`.
    pub fn iam_arn(&self, kind: &str, path: &str, name: &str) -> Arn {
        self.arn(
            "iam",
            "",
            self.account.as_str(),
            &format!("{kind}{path}{name}"),
        )
    }

    /// `arn:aws:sts::…:assumed-role/name/session`: the role's path is not in it.
    pub fn session_arn(&self, role_name: &str, session: &str) -> Arn {
        let resource = format!("assumed-role/{role_name}/{session}");
        self.arn("sts", "", self.account.as_str(), &resource)
    }

    fn arn(&self, service: &str, region: &str, account: &str, resource: &str) -> Arn {
        Arn::from_parts([&self.partition, service, region, account, resource])
    }

    /// The execution role that an app of this profile runs as: the profile's own, else the
    /// domain's default.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html>
    pub fn execution_role_arn<'a>(domain: &'a Domain, profile: &'a UserProfile) -> Option<&'a str> {
        let named = |role: &'a Option<String>| role.as_deref().filter(|it| !it.is_empty());
        named(&profile.user_settings.execution_role)
            .or_else(|| named(&domain.default_user_settings.execution_role))
    }
}
