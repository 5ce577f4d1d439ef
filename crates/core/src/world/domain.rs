//! The SageMaker domain, its user profiles, spaces and apps, and which role each app runs as.
//!
//! Field names are those of `aws sagemaker describe-domain`, `describe-user-profile`,
//! `describe-space` and `describe-app`, in camel case. Invariant: whatever is not given counts as
//! AWS's own default.

mod settings;
mod space;

use serde::{Deserialize, Serialize};

use crate::by_name::{ByName, Tags};

pub use self::{
    settings::{
        AppSecurityGroupManagement, DefaultSpaceSettings, DomainSettings,
        ExecutionRoleIdentityConfig, ExecutionRoleSessionNameMode, RStudioServerProDomainSettings,
        StudioWebPortalSettings, Switch, TrustedIdentityPropagationSettings, UserSettings,
    },
    space::{App, AppOwner, AppType, SharingType, Space},
};

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

impl AuthMode {
    /// Both, in the order a form lists them.
    pub const ALL: [Self; 2] = [Self::Iam, Self::Sso];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iam => "IAM",
            Self::Sso => "SSO",
        }
    }
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

impl AppNetworkAccessType {
    /// Both, in the order a form lists them.
    pub const ALL: [Self; 2] = [Self::PublicInternetOnly, Self::VpcOnly];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PublicInternetOnly => "PublicInternetOnly",
            Self::VpcOnly => "VpcOnly",
        }
    }
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
    /// The names of the users of IAM Identity Center that are assigned to the domain's application;
    /// counts only where people get in that way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub single_sign_on_assignments: Vec<String>,
    /// Which way its traffic takes.
    #[serde(default)]
    pub app_network_access_type: AppNetworkAccessType,
    /// Who keeps the security groups that apps talk through.
    #[serde(default, skip_serializing_if = "is_default")]
    pub app_security_group_management: AppSecurityGroupManagement,
    /// Its VPC.
    #[serde(default)]
    pub vpc_id: String,
    /// Its subnets, 1 to 16.
    #[serde(default)]
    pub subnet_ids: Vec<String>,
    /// Whether SageMaker makes a file system for home directories.
    #[serde(default = "enabled", skip_serializing_if = "Switch::is_enabled")]
    pub home_efs_file_system_creation: Switch,
    /// The file system with the profiles' home directories; empty where there is none.
    #[serde(default)]
    pub home_efs_file_system_id: String,
    /// The id of the customer's key for the domain's storage, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// Whether the domain's and the profile's own tags go to what is made in Studio.
    #[serde(default = "disabled", skip_serializing_if = "Switch::is_disabled")]
    pub tag_propagation: Switch,
    /// What holds for the whole domain.
    #[serde(default, skip_serializing_if = "is_default")]
    pub domain_settings: DomainSettings,
    /// What a profile gets where it says nothing itself.
    #[serde(default)]
    pub default_user_settings: UserSettings,
    /// What every shared space gets.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default_space_settings: DefaultSpaceSettings,
    /// Its user profiles.
    #[serde(default)]
    pub user_profiles: Vec<UserProfile>,
    /// Its spaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<Space>,
    /// Its apps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<App>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

const fn enabled() -> Switch {
    Switch::Enabled
}

const fn disabled() -> Switch {
    Switch::Disabled
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A role's ARN as given; an empty text is none.
fn named(role: Option<&String>) -> Option<&str> {
    role.map(String::as_str).filter(|it| !it.is_empty())
}

/// Where the role of an app is written.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/execution-roles-and-spaces.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RoleSource {
    /// The profile's own user settings.
    Profile,
    /// The domain's default user settings.
    DefaultUserSettings,
    /// The domain's default space settings.
    DefaultSpaceSettings,
    /// The domain's settings for `RStudio`.
    RStudioDomain,
}

impl Domain {
    /// The profile of that name. SageMaker compares profile names without case.
    pub fn user_profile(&self, name: &str) -> Option<&UserProfile> {
        self.user_profiles
            .iter()
            .find(|it| it.user_profile_name.eq_ignore_ascii_case(name))
    }

    /// The same, to be changed.
    pub fn user_profile_mut(&mut self, name: &str) -> Option<&mut UserProfile> {
        let mut profiles = self.user_profiles.iter_mut();
        profiles.find(|it| it.user_profile_name.eq_ignore_ascii_case(name))
    }

    /// The space of that name.
    pub fn space(&self, name: &str) -> Option<&Space> {
        self.spaces.iter().find(|it| it.space_name == name)
    }

    /// The same, to be changed.
    pub fn space_mut(&mut self, name: &str) -> Option<&mut Space> {
        self.spaces.iter_mut().find(|it| it.space_name == name)
    }

    /// The app of that owner, kind and name.
    pub fn app(&self, owner: &AppOwner, app_type: AppType, name: &str) -> Option<&App> {
        self.apps.iter().find(|it| it.is(owner, app_type, name))
    }

    /// The same, to be changed.
    pub fn app_mut(&mut self, owner: &AppOwner, app_type: AppType, name: &str) -> Option<&mut App> {
        let mut apps = self.apps.iter_mut();
        apps.find(|it| it.is(owner, app_type, name))
    }

    /// Where the role is written that an app runs as. A shared space never takes the profile's
    /// role, and the app of the `RStudio` server has one of its own; Canvas and `RStudio` sessions
    /// belong to a profile and know no space.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/dg/execution-roles-and-spaces.html>
    pub fn role_source(
        &self,
        profile: &UserProfile,
        app: AppType,
        sharing: SharingType,
    ) -> RoleSource {
        match (app, sharing) {
            (AppType::RStudioServerPro, _) => RoleSource::RStudioDomain,
            (_, SharingType::Shared) if app.has_space() => RoleSource::DefaultSpaceSettings,
            _ if named(profile.user_settings.execution_role.as_ref()).is_some() => {
                RoleSource::Profile
            }
            _ => RoleSource::DefaultUserSettings,
        }
    }

    /// The ARN of the profile's execution role, as somebody typed it: of its apps in private spaces.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html>
    pub fn execution_role<'a>(&'a self, profile: &'a UserProfile) -> Option<&'a str> {
        self.role_of_app(profile, AppType::JupyterLab, SharingType::Private)
    }

    /// The ARN of the role that an app runs as, as somebody typed it; `None` where none is named.
    pub fn role_of_app<'a>(
        &'a self,
        profile: &'a UserProfile,
        app: AppType,
        sharing: SharingType,
    ) -> Option<&'a str> {
        named(match self.role_source(profile, app, sharing) {
            RoleSource::Profile => profile.user_settings.execution_role.as_ref(),
            RoleSource::DefaultUserSettings => self.default_user_settings.execution_role.as_ref(),
            RoleSource::DefaultSpaceSettings => self.default_space_settings.execution_role.as_ref(),
            RoleSource::RStudioDomain => self
                .domain_settings
                .r_studio_server_pro_domain_settings
                .domain_execution_role_arn
                .as_ref(),
        })
    }

    /// The security groups of a profile's apps: the one field where profile and domain add up.
    ///
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html>
    pub fn security_groups<'a>(&'a self, profile: Option<&'a UserProfile>) -> Vec<&'a str> {
        let own = profile.map_or(&[][..], |it| &it.user_settings.security_groups);
        let mut all: Vec<&str> = Vec::new();
        for group in self.default_user_settings.security_groups.iter().chain(own) {
            if !all.contains(&group.as_str()) {
                all.push(group);
            }
        }
        all
    }

    /// What sessions of a profile's role are called: the profile's setting, else the domain's.
    pub fn session_name_mode(&self, profile: &UserProfile) -> ExecutionRoleSessionNameMode {
        let of = |settings: &UserSettings| {
            let portal = settings.studio_web_portal_settings.as_ref()?;
            portal.execution_role_session_name_mode
        };
        of(&profile.user_settings)
            .or_else(|| of(&self.default_user_settings))
            .unwrap_or_default()
    }
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
    /// How a user of IAM Identity Center is named; the only value is `UserName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_sign_on_user_identifier: Option<String>,
    /// The name of the user of IAM Identity Center that the profile belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_sign_on_user_value: Option<String>,
    /// The POSIX user id of its home directory, given by SageMaker.
    #[serde(default)]
    pub home_efs_file_system_uid: String,
    /// Its own settings; where they are silent, the domain's count.
    #[serde(default)]
    pub user_settings: UserSettings,
    /// Its tags.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}
