//! Settings of a domain, its users and its shared spaces.

use serde::{Deserialize, Serialize};

use crate::world::domain::{disabled, is_default};

/// Something that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Switch {
    /// On.
    #[serde(alias = "ENABLED")]
    Enabled,
    /// Off.
    #[serde(alias = "DISABLED")]
    Disabled,
}

impl Switch {
    /// Whether it is on.
    pub const fn is_enabled(&self) -> bool {
        matches!(self, Self::Enabled)
    }

    /// Whether it is off.
    pub const fn is_disabled(&self) -> bool {
        matches!(self, Self::Disabled)
    }

    /// On where `is_on`.
    pub const fn of(is_on: bool) -> Self {
        if is_on { Self::Enabled } else { Self::Disabled }
    }
}

impl Default for Switch {
    fn default() -> Self {
        disabled()
    }
}

/// Who keeps the security groups that a domain's apps talk through; matters for `RStudio` in a
/// network of one's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppSecurityGroupManagement {
    /// SageMaker.
    #[default]
    Service,
    /// The account.
    Customer,
}

/// Whether the sessions of execution roles carry the profile's name as their source identity.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExecutionRoleIdentityConfig {
    /// They do; each role's trust policy must then allow `sts:SetSourceIdentity`.
    #[serde(rename = "USER_PROFILE_NAME")]
    UserProfileName,
    /// They do not.
    #[default]
    #[serde(rename = "DISABLED")]
    Disabled,
}

/// What holds for a whole domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DomainSettings {
    /// Whether sessions carry the profile's name.
    #[serde(skip_serializing_if = "is_default")]
    pub execution_role_identity_config: ExecutionRoleIdentityConfig,
    /// Security groups of the domain itself, at most 3.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security_group_ids: Vec<String>,
    /// `RStudio`.
    #[serde(skip_serializing_if = "is_default")]
    pub r_studio_server_pro_domain_settings: RStudioServerProDomainSettings,
    /// Whether the identity of a user of IAM Identity Center goes on to other services.
    #[serde(skip_serializing_if = "is_default")]
    pub trusted_identity_propagation_settings: TrustedIdentityPropagationSettings,
}

/// A domain's `RStudio`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RStudioServerProDomainSettings {
    /// The ARN of the role that the server's own app runs as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_execution_role_arn: Option<String>,
}

/// Trusted identity propagation; only for domains with IAM Identity Center. The trust policies of
/// execution roles must then allow `sts:SetContext`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TrustedIdentityPropagationSettings {
    /// Whether it is on.
    pub status: Switch,
}

/// What sessions of an execution role are called.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExecutionRoleSessionNameMode {
    /// Always `SageMaker`.
    #[default]
    #[serde(rename = "STATIC")]
    Static,
    /// As the session of whoever asked for the URL, or as the user of IAM Identity Center.
    #[serde(rename = "USER_IDENTITY")]
    UserIdentity,
}

/// How Studio's pages behave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StudioWebPortalSettings {
    /// What sessions of the execution role are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_role_session_name_mode: Option<ExecutionRoleSessionNameMode>,
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
    /// How Studio's pages behave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studio_web_portal_settings: Option<StudioWebPortalSettings>,
}

/// What every shared space of a domain gets.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DefaultSpaceSettings.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DefaultSpaceSettings {
    /// The ARN of the role that apps in shared spaces run as; without one there are no shared
    /// spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_role: Option<String>,
    /// Security groups, at most 5.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
}
