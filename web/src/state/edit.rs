//! One change to the scenario: what is changed, in words for the undo button, and how.
//!
//! Knows nothing of fields on the screen. Invariant: the target alone decides whether two edits in
//! a row are one (typing in one field) or two.

use std::fmt;

use rolewalk_core::{
    explain,
    scenario::Scenario,
    world::{DocumentId, EntityId, World},
};

use crate::{state::selection::Selection, view::workload::Detail};

/// What an edit changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A policy's text.
    Text(DocumentId),
    /// A field of a thing's settings.
    Field(EntityId, Field),
    /// One choice of the scenario bar.
    Choice(ChoiceField),
    /// The scenario's own suggestion of what to try.
    Invitation(DocumentId),
    /// Everything: another world is opened.
    World(&'static str),
    /// Whatever was imported.
    Import,
    /// Everything: the world as given.
    StartOver,
}

/// A field of a thing's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Alias,
    Status,
    AuthMode,
    NetworkAccess,
    Vpc,
    Subnets,
    SecurityGroups,
    FileSystem,
    Key,
    ExecutionRole,
    SpaceRole,
    SourceIdentity,
    SessionName,
    TagPropagation,
    Assignments,
    IdentityPropagation,
    SsoUser,
    Endpoints,
    Groups,
    AttachedPolicies,
    Boundary,
    Policy,
}

impl Field {
    /// As forms and the undo button call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Alias => "alias",
            Self::Status => "status",
            Self::AuthMode => "authentication mode",
            Self::NetworkAccess => "network access",
            Self::Vpc => "VPC",
            Self::Subnets => "subnets",
            Self::SecurityGroups => "security groups",
            Self::FileSystem => "file system",
            Self::Key => "encryption key",
            Self::ExecutionRole => "execution role",
            Self::SpaceRole => "role of shared spaces",
            Self::SourceIdentity => "source identity",
            Self::SessionName => "session name",
            Self::TagPropagation => "tags",
            Self::Assignments => "assigned users",
            Self::IdentityPropagation => "trusted identity propagation",
            Self::SsoUser => "Identity Center user",
            Self::Endpoints => "endpoints",
            Self::Groups => "groups",
            Self::AttachedPolicies => "attached policies",
            Self::Boundary => "permissions boundary",
            Self::Policy => "policy",
        }
    }

    /// Whether it is typed, so that a burst of changes is one edit.
    const fn is_typed(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Alias
                | Self::Vpc
                | Self::Subnets
                | Self::SecurityGroups
                | Self::FileSystem
                | Self::ExecutionRole
                | Self::SpaceRole
                | Self::Assignments
                | Self::SsoUser
                | Self::Endpoints
        )
    }
}

/// One choice of the scenario bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceField {
    SignIn,
    User,
    Mfa,
    Role,
    Domain,
    Profile,
    Workload,
    /// A detail of what is done.
    Detail(Detail),
    Bucket,
    Prefix,
    Repository,
}

impl ChoiceField {
    const fn label(self) -> &'static str {
        match self {
            Self::SignIn => "way to sign in",
            Self::User => "IAM user",
            Self::Mfa => "MFA",
            Self::Role => "assumed role",
            Self::Domain => "domain",
            Self::Profile => "user profile",
            Self::Workload => "what is done",
            Self::Detail(it) => it.label(),
            Self::Bucket => "bucket",
            Self::Prefix => "prefix",
            Self::Repository => "image repository",
        }
    }
}

impl Target {
    /// Whether changes of this target within a moment of each other are one edit.
    pub(crate) const fn is_typed(&self) -> bool {
        match self {
            Self::Text(_) | Self::Choice(ChoiceField::Prefix | ChoiceField::Detail(_)) => true,
            Self::Field(_, field) => field.is_typed(),
            _ => false,
        }
    }

    /// What is changed, in a few words.
    pub(crate) fn describe(&self, world: &World) -> String {
        match self {
            Self::Text(id) => format!("edit of {}", plain(&explain::document_title(id, world))),
            Self::Field(entity, field) => {
                format!(
                    "{} of {}",
                    field.label(),
                    explain::entity_name(entity, world)
                )
            }
            Self::Choice(field) => format!("choice of {}", field.label()),
            Self::Invitation(id) => {
                format!("“try it” in {}", plain(&explain::document_title(id, world)))
            }
            Self::World(title) => format!("opening “{title}”"),
            Self::Import => "import".to_owned(),
            Self::StartOver => "starting over".to_owned(),
        }
    }
}

fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// A change to the scenario.
pub(crate) struct Edit {
    /// What it changes.
    pub(crate) target: Target,
    /// How.
    pub(crate) change: Box<dyn FnOnce(&mut Scenario)>,
    /// What is open afterwards, where the change renames what is open.
    pub(crate) then: Option<Selection>,
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

impl Edit {
    /// An edit that leaves open what is open.
    pub(crate) fn new(target: Target, change: impl FnOnce(&mut Scenario) + 'static) -> Self {
        Self {
            target,
            change: Box::new(change),
            then: None,
        }
    }

    /// The same, and `selection` is open afterwards.
    pub(crate) fn then(self, selection: Selection) -> Self {
        Self {
            then: Some(selection),
            ..self
        }
    }
}
