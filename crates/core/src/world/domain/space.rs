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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
