//! Spaces and apps of a domain.

use serde::{Deserialize, Serialize};

use crate::world::Status;

/// Whether one person or everybody in the domain may open a space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingType {
    /// Its owner alone.
    #[default]
    Private,
    /// Everybody in the domain.
    Shared,
}

impl SharingType {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Private => "Private",
            Self::Shared => "Shared",
        }
    }
}

/// What kind of app runs.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateApp.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "AWS's own words")]
pub enum AppType {
    #[default]
    JupyterLab,
    CodeEditor,
    JupyterServer,
    KernelGateway,
    Canvas,
    RSessionGateway,
    RStudioServerPro,
    TensorBoard,
}

impl AppType {
    /// Every kind, in the order a form lists them.
    pub const ALL: [Self; 8] = [
        Self::JupyterLab,
        Self::CodeEditor,
        Self::JupyterServer,
        Self::KernelGateway,
        Self::Canvas,
        Self::RSessionGateway,
        Self::RStudioServerPro,
        Self::TensorBoard,
    ];

    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JupyterLab => "JupyterLab",
            Self::CodeEditor => "CodeEditor",
            Self::JupyterServer => "JupyterServer",
            Self::KernelGateway => "KernelGateway",
            Self::Canvas => "Canvas",
            Self::RSessionGateway => "RSessionGateway",
            Self::RStudioServerPro => "RStudioServerPro",
            Self::TensorBoard => "TensorBoard",
        }
    }

    /// The kind that AWS writes so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// Whether it can run in a space; the others belong to a profile or to the whole domain.
    pub const fn has_space(self) -> bool {
        matches!(
            self,
            Self::JupyterLab | Self::CodeEditor | Self::JupyterServer | Self::KernelGateway
        )
    }

    /// Whether it must run in a space.
    pub const fn needs_space(self) -> bool {
        matches!(self, Self::JupyterLab | Self::CodeEditor)
    }
}

/// A space: storage, and the app that works on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Space {
    /// Its name.
    pub space_name: String,
    /// The profile that made it.
    #[serde(default)]
    pub owner_user_profile_name: String,
    /// Who may open it.
    #[serde(default)]
    pub sharing_type: SharingType,
    /// What runs in it.
    #[serde(default)]
    pub app_type: AppType,
    /// Its state.
    #[serde(default)]
    pub status: Status,
    /// Its POSIX user id, given by SageMaker.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub home_efs_file_system_uid: String,
}

/// An app: what runs, for one profile or in one space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct App {
    /// Its name.
    pub app_name: String,
    /// Its kind.
    #[serde(default)]
    pub app_type: AppType,
    /// The profile it belongs to, where it runs in no space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_profile_name: Option<String>,
    /// The space it runs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space_name: Option<String>,
    /// Its state.
    #[serde(default)]
    pub status: Status,
}

/// Who an app runs for.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeApp.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppOwner {
    /// A user profile, by name.
    Profile(String),
    /// A space, by name.
    Space(String),
    /// The domain as a whole: nobody is named.
    Domain,
}

impl AppOwner {
    /// Its kind and name; the domain has none.
    pub const fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Profile(name) => ("profile", name.as_str()),
            Self::Space(name) => ("space", name.as_str()),
            Self::Domain => ("domain", ""),
        }
    }

    /// Undoes [`Self::parts`].
    pub fn of_parts(kind: &str, name: &str) -> Option<Self> {
        match kind {
            "profile" => Some(Self::Profile(name.to_owned())),
            "space" => Some(Self::Space(name.to_owned())),
            "domain" => Some(Self::Domain),
            _ => None,
        }
    }

    /// An app of this owner as keys have it.
    pub(in crate::world) fn written(&self, domain: &str, app_type: AppType, name: &str) -> String {
        let (kind, owner) = self.parts();
        format!("{domain}:{kind}:{owner}:{}:{name}", app_type.as_str())
    }

    /// Undoes [`Self::written`]: domain, owner, kind and name of an app. Only the last may have a colon.
    pub(in crate::world) fn read(text: &str) -> Option<(String, Self, AppType, String)> {
        let mut parts = text.splitn(5, ':');
        let domain = parts.next()?.to_owned();
        let owner = Self::of_parts(parts.next()?, parts.next()?)?;
        let app_type = AppType::parse(parts.next()?)?;
        Some((domain, owner, app_type, parts.next()?.to_owned()))
    }
}

impl App {
    /// Who it runs for.
    pub fn owner(&self) -> AppOwner {
        match (&self.space_name, &self.user_profile_name) {
            (Some(name), _) => AppOwner::Space(name.clone()),
            (None, Some(name)) => AppOwner::Profile(name.clone()),
            (None, None) => AppOwner::Domain,
        }
    }

    /// Lets it run for another.
    pub fn set_owner(&mut self, owner: &AppOwner) {
        let (profile, space) = match owner {
            AppOwner::Profile(name) => (Some(name), None),
            AppOwner::Space(name) => (None, Some(name)),
            AppOwner::Domain => (None, None),
        };
        self.user_profile_name = profile.cloned();
        self.space_name = space.cloned();
    }

    /// Whether it is the app of that owner, kind and name.
    pub fn is(&self, owner: &AppOwner, app_type: AppType, name: &str) -> bool {
        self.app_type == app_type && self.app_name == name && self.owner() == *owner
    }
}
