//! Users, groups, roles and managed policies.

use serde::{Deserialize, Serialize};

use crate::{
    by_name::{ByName, Tags},
    names::Arn,
    world::{Named, PolicyText},
};

/// A managed policy: a document of its own that users, groups and roles attach by its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManagedPolicy {
    /// Its ARN; AWS's own have `aws` for an account.
    pub arn: Arn,
    /// The version in force, such as `v29`; `None` where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The document in force.
    pub document: PolicyText,
    /// What else is kept of it. None of these counts until somebody makes it the default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_versions: Vec<PolicyVersion>,
}

/// A version of a managed policy that is not in force.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyVersion {
    /// Its id, such as `v2`.
    pub version: String,
    /// The document.
    pub document: PolicyText,
}

impl ManagedPolicy {
    /// The name behind the path.
    pub fn name(&self) -> &str {
        self.arn.last_segment()
    }

    /// Whether AWS keeps it.
    pub fn is_aws_managed(&self) -> bool {
        self.arn.is_aws_owned()
    }
}

/// A policy that belongs to one user, group or role and to nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InlinePolicy {
    /// Its name, unique with its owner.
    pub name: String,
    /// The document.
    pub document: PolicyText,
}

/// An IAM group. Never a principal: it hands its policies to its users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
}

/// An IAM user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Its path, `/` where none was given.
    #[serde(default = "root_path")]
    pub path: String,
    /// Names of its groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
    /// ARN of the managed policy that bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<Arn>,
    /// Whether it has a password for the console.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub console_access: bool,
    /// Its access keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_keys: Vec<AccessKey>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// An access key of a user: what is known of it without the secret, which has no place here.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessKey {
    /// Its id, such as `AKIAIOSFODNN7EXAMPLE`.
    pub access_key_id: String,
    /// Whether it can be used.
    #[serde(default)]
    pub status: AccessKeyStatus,
    /// When it was made, as AWS writes it, such as `2024-05-01T12:00:00Z`; `None` where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_date: Option<String>,
    /// When it was last used; `None` where it is not known, or it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_date: Option<String>,
}

/// Whether an access key can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "AWS's own words")]
pub enum AccessKeyStatus {
    #[default]
    Active,
    Inactive,
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its path, `/` where none was given.
    #[serde(default = "root_path")]
    pub path: String,
    /// What it is for, in somebody's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The longest that a session of it may last, in seconds; `None`: one hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_session_duration: Option<u32>,
    /// Who may assume it.
    pub trust_policy: PolicyText,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
    /// ARN of the managed policy that bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<Arn>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// The path of the roles that SageMaker makes for itself.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
pub(crate) const OF_SAGEMAKER: &str = "/aws-service-role/sagemaker.amazonaws.com/";

impl Role {
    /// Whether a service has made it for itself: nobody hands it to another one, nobody but the service takes it on,
    /// and nobody changes its trust policy.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
    pub fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }

    /// Whether AWS keeps it, for a service or for IAM Identity Center: the account changes nothing of its trust policy.
    ///
    /// <https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html>
    pub fn is_kept_by_aws(&self) -> bool {
        self.is_service_linked() || self.path.starts_with("/aws-reserved/")
    }

    /// Whether its trust policy lets SageMaker in, or can be made to: of the roles that AWS keeps, only SageMaker's own
    /// ever do.
    pub fn may_trust_sagemaker(&self) -> bool {
        !self.is_kept_by_aws() || self.path.starts_with(OF_SAGEMAKER)
    }
}

impl Named for User {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Group {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Role {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Its ARN: the name behind it may be there with two paths.
impl Named for ManagedPolicy {
    fn name(&self) -> &str {
        self.arn.as_str()
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_yes(value: &bool) -> bool {
    *value
}

fn root_path() -> String {
    "/".to_owned()
}
