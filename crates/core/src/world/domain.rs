//! The SageMaker domain and its user profiles.
//!
//! Field names are those of `aws sagemaker describe-domain` and `describe-user-profile`, in
//! camel case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How people get into a domain. Cannot be changed once the domain exists.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthMode {
    /// With an IAM identity that may create a presigned URL.
    #[default]
    #[serde(rename = "IAM")]
    Iam,
    /// Through IAM Identity Center.
    #[serde(rename = "SSO")]
    Sso,
}

/// Which way a domain's traffic takes, other than that to its file system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppNetworkAccessType {
    /// Through a network that SageMaker keeps, with internet access.
    #[default]
    PublicInternetOnly,
    /// Through the account's own network: no internet unless that network has a way out.
    VpcOnly,
}

/// The state of a domain or profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "AWS's own words")]
pub enum Status {
    Pending,
    #[default]
    InService,
    Updating,
    Deleting,
    Failed,
    #[serde(rename = "Update_Failed")]
    UpdateFailed,
    #[serde(rename = "Delete_Failed")]
    DeleteFailed,
}

impl Status {
    /// Every state, in the order a form lists them.
    pub const ALL: [Self; 7] = [
        Self::InService,
        Self::Pending,
        Self::Updating,
        Self::Deleting,
        Self::Failed,
        Self::UpdateFailed,
        Self::DeleteFailed,
    ];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::InService => "InService",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
            Self::Failed => "Failed",
            Self::UpdateFailed => "Update_Failed",
            Self::DeleteFailed => "Delete_Failed",
        }
    }
}

/// A SageMaker domain: where people work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Domain {
    /// Its id, `d-` and letters or digits.
    pub domain_id: String,
    /// Its name.
    pub domain_name: String,
    /// Its state.
    #[serde(default)]
    pub status: Status,
    /// How people get in.
    #[serde(default)]
    pub auth_mode: AuthMode,
    /// Which way its traffic takes.
    #[serde(default)]
    pub app_network_access_type: AppNetworkAccessType,
    /// Its VPC.
    #[serde(default)]
    pub vpc_id: String,
    /// Its subnets, 1 to 16.
    #[serde(default)]
    pub subnet_ids: Vec<String>,
    /// The file system with the profiles' home directories; empty where there is none.
    #[serde(default)]
    pub home_efs_file_system_id: String,
    /// The id of the customer's key for the domain's storage, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// What a profile gets where it says nothing itself.
    #[serde(default)]
    pub default_user_settings: UserSettings,
    /// Its user profiles.
    #[serde(default)]
    pub user_profiles: Vec<UserProfile>,
}

impl Domain {
    /// The profile of that name. SageMaker compares profile names without case.
    pub fn user_profile(&self, name: &str) -> Option<&UserProfile> {
        self.user_profiles
            .iter()
            .find(|it| it.user_profile_name.eq_ignore_ascii_case(name))
    }
}

/// Settings of a user, at a domain for everybody or at one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserSettings {
    /// The ARN of the role that apps run as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_role: Option<String>,
    /// Security groups, at most 5; the one field that adds up with the domain's.
    #[serde(default)]
    pub security_groups: Vec<String>,
}

/// A user profile: one person's workspace in a domain. Not an IAM identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserProfile {
    /// Its name.
    pub user_profile_name: String,
    /// Its state.
    #[serde(default)]
    pub status: Status,
    /// The POSIX user id of its home directory, given by SageMaker.
    #[serde(default)]
    pub home_efs_file_system_uid: String,
    /// Its own settings; where they are silent, the domain's count.
    #[serde(default)]
    pub user_settings: UserSettings,
    /// Its tags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}
