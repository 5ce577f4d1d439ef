//! What is open in the editor, and which characters of it are marked.
//!
//! Knows nothing of how it is shown. Invariant: a selection is a name, never a copy; where the
//! thing is gone, [`Selection::exists_in`] says so.

use rolewalk_core::{
    explain::Spot,
    syntax::Span,
    world::{DocumentId, EntityId, Text, Thing, World},
};
use serde::{Deserialize, Serialize};

/// What is open in the editor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Selection {
    /// A policy text.
    Document(DocumentId),
    /// A thing's settings.
    Entity(EntityId),
}

impl Selection {
    /// What to open for a spot.
    pub(crate) fn of(spot: &Spot) -> Self {
        match spot {
            Spot::Text { document, .. } | Spot::Document(document) => {
                Self::Document(document.clone())
            }
            Spot::Entity(entity) => Self::of_entity(entity.clone()),
        }
    }

    /// What to open for a thing. A policy's settings are its text.
    pub(crate) fn of_entity(entity: EntityId) -> Self {
        let account = entity.account;
        let text = match entity.thing {
            Thing::InlinePolicy { owner, name } => {
                let text = Text::Inline { owner, name };
                return Self::Document(DocumentId { account, text });
            }
            Thing::ManagedPolicy { arn } => Text::Managed { arn },
            Thing::OrganizationPolicy { kind, name } => Text::Organization { kind, name },
            thing => return Self::Entity(EntityId { account, thing }),
        };
        Self::Document(text.into())
    }

    /// The text, where it is one.
    pub(crate) const fn document(&self) -> Option<&DocumentId> {
        match self {
            Self::Document(id) => Some(id),
            Self::Entity(_) => None,
        }
    }

    /// What has a name of its own and can be duplicated and deleted: a thing, or a policy that is
    /// not a part of one.
    pub(crate) fn item(&self) -> Option<EntityId> {
        match self {
            Self::Entity(id) => Some(id.clone()),
            Self::Document(id) => match &id.text {
                Text::Managed { .. } | Text::Organization { .. } => Some(id.entity()),
                Text::Inline { .. } => id.inline_policy(),
                Text::Trust { .. }
                | Text::Bucket { .. }
                | Text::Key { .. }
                | Text::Repository { .. }
                | Text::VpcEndpoint { .. } => None,
            },
        }
    }

    /// Whether there is still something to open.
    pub(crate) fn exists_in(&self, world: &World) -> bool {
        match self {
            Self::Document(id) => world.document(id).is_some(),
            Self::Entity(id) => id.exists_in(world),
        }
    }

    /// The thing it belongs to: a text's owner, or the thing itself.
    pub(crate) fn entity(&self) -> EntityId {
        match self {
            Self::Entity(id) => id.clone(),
            Self::Document(id) => id.entity(),
        }
    }
}

/// Characters of a text that the page points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Which text.
    pub(crate) document: DocumentId,
    /// Which characters, in bytes.
    pub(crate) span: Span,
}
