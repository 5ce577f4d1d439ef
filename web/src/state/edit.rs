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
    /// A policy's text, by what the page writes itself.
    Rewrite(Rewrite, DocumentId),
    /// A field of a thing's settings.
    Field(EntityId, Field),
    /// A thing as JSON.
    Json(EntityId),
    /// A thing as a whole: what is done to it, and its name.
    Thing(Deed, String),
    /// What the scenario is called.
    Name,
    /// One choice of the scenario bar.
    Choice(ChoiceField),
    /// The scenario's own suggestion of what to try, and the text that it changes.
    Invitation(Option<DocumentId>),
    /// Everything: another world is opened.
    World(String),
    /// Whatever was imported.
    Import,
    /// Everything: the draft of another tab, or one that was kept beside this one.
    OtherDraft,
    /// Everything: the world as given.
    StartOver,
}

/// What the page writes into a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rewrite {
    /// What mends a finding.
    Fix,
    /// AWS's layout.
    Format,
    /// What a wildcard takes in.
    Expand,
}

impl Rewrite {
    const fn label(self) -> &'static str {
        match self {
            Self::Fix => "quick fix",
            Self::Format => "format",
            Self::Expand => "expansion",
        }
    }
}

/// What is done to a thing as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Add,
    Rename,
    Duplicate,
    Delete,
    Attach,
    Detach,
    Version,
    AccessKey,
}

/// A field of a thing's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
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
    RStudioRole,
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
    Owner,
    Sharing,
    App,
    PublicAccess,
    Tags,
    Path,
    Description,
    SessionDuration,
    ConsoleAccess,
    AccessKeys,
    Grants,
    PolicyTypes,
    Uid,
    Service,
    NatGateway,
    Rules,
}

impl Field {
    /// As forms and the undo button call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
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
            Self::RStudioRole => "role of RStudio",
            Self::SourceIdentity => "source identity",
            Self::SessionName => "session name",
            Self::TagPropagation => "tag propagation",
            Self::Assignments => "assigned users",
            Self::IdentityPropagation => "trusted identity propagation",
            Self::SsoUser => "Identity Center user",
            Self::Endpoints => "endpoints",
            Self::Groups => "groups",
            Self::AttachedPolicies => "attached policies",
            Self::Boundary => "permissions boundary",
            Self::Policy => "policy",
            Self::Owner => "owner",
            Self::Sharing => "sharing type",
            Self::App => "app",
            Self::PublicAccess => "Block Public Access",
            Self::Tags => "tags",
            Self::Path => "path",
            Self::Description => "description",
            Self::SessionDuration => "maximum session duration",
            Self::ConsoleAccess => "console access",
            Self::AccessKeys => "access keys",
            Self::Grants => "grants",
            Self::PolicyTypes => "enabled policy types",
            Self::Uid => "EFS user id",
            Self::Service => "service",
            Self::NatGateway => "NAT gateway",
            Self::Rules => "rules",
        }
    }

    /// Whether it is typed, so that a burst of changes is one edit.
    const fn is_typed(self) -> bool {
        matches!(
            self,
            Self::Alias
                | Self::Vpc
                | Self::Subnets
                | Self::SecurityGroups
                | Self::FileSystem
                | Self::ExecutionRole
                | Self::SpaceRole
                | Self::RStudioRole
                | Self::Assignments
                | Self::SsoUser
                | Self::Endpoints
                | Self::Tags
                | Self::Path
                | Self::Description
                | Self::SessionDuration
                | Self::Uid
                | Self::Service
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
    /// A role of the chain behind the first, from 0.
    RoleChain(usize),
    SourceIdentity,
    ExternalId,
    UserAgent,
    SourceIp,
    SourceVpce,
    /// A managed policy that is passed with the session, from 0.
    SessionPolicyArn(usize),
    /// The policy that is passed as text.
    SessionPolicy,
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
            Self::RoleChain(_) => "next role",
            Self::SourceIdentity => "source identity",
            Self::ExternalId => "external id",
            Self::UserAgent => "user agent",
            Self::SourceIp => "source IP address",
            Self::SourceVpce => "VPC endpoint",
            Self::SessionPolicyArn(_) | Self::SessionPolicy => "session policy",
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
            Self::Text(_)
            | Self::Json(_)
            | Self::Choice(
                ChoiceField::Prefix
                | ChoiceField::Detail(_)
                | ChoiceField::SourceIdentity
                | ChoiceField::ExternalId
                | ChoiceField::UserAgent
                | ChoiceField::SourceIp
                | ChoiceField::SourceVpce
                | ChoiceField::SessionPolicy,
            ) => true,
            Self::Field(_, field) => field.is_typed(),
            _ => false,
        }
    }

    /// What is changed, in a few words.
    pub(crate) fn describe(&self, world: &World) -> String {
        match self {
            Self::Text(id) => format!("edit of {}", plain(&explain::document_title(id, world))),
            Self::Rewrite(what, id) => {
                let title = plain(&explain::document_title(id, world));
                format!("{} of {title}", what.label())
            }
            Self::Field(entity, field) => {
                format!(
                    "{} of {}",
                    field.label(),
                    explain::entity_name(entity, world)
                )
            }
            Self::Json(entity) => format!("JSON of {}", explain::entity_name(entity, world)),
            Self::Thing(deed, name) => match deed {
                Deed::Add => format!("adding {name}"),
                Deed::Rename => format!("renaming {name}"),
                Deed::Duplicate => format!("duplicating {name}"),
                Deed::Delete => format!("deleting {name}"),
                Deed::Attach => format!("attaching {name}"),
                Deed::Detach => format!("detaching {name}"),
                Deed::Version => format!("version of {name}"),
                Deed::AccessKey => format!("access key of {name}"),
            },
            Self::Name => "renaming the scenario".to_owned(),
            Self::Choice(field) => format!("choice of {}", field.label()),
            Self::Invitation(None) => "“try it”".to_owned(),
            Self::Invitation(Some(id)) => {
                format!("“try it” in {}", plain(&explain::document_title(id, world)))
            }
            Self::World(title) => format!("opening “{title}”"),
            Self::Import => "import".to_owned(),
            Self::OtherDraft => "opening the other draft".to_owned(),
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
    /// A thing that gets another name by it, and what it is known by then.
    pub(crate) renames: Option<(EntityId, EntityId)>,
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
            renames: None,
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
