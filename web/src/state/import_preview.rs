//! What texts that are to be imported come to, before anything is imported: in the world that is there, and in one of their own.
//!
//! Knows nothing of the dialog. Invariant: what is put in is what was shown, unless the world has changed since.

use std::sync::Arc;

use rolewalk_core::{
    import::{DEFAULT_REGION, ImportNote, Imported, Input, Texts},
    scenario::Scenario,
    world::World,
};
use rolewalk_lessons::aws_managed_policy;

/// What the texts come to, both ways, before either is gone.
#[derive(Debug)]
pub(crate) struct Preview {
    texts: Texts,
    /// The scenario that was there when they were read.
    scenario: Arc<Scenario>,
    /// In its world.
    pub(crate) here: Imported,
    /// In a world of their own.
    alone: Imported,
    /// Whether a text says where a world of their own would lie.
    pub(crate) names_region: bool,
}

impl Preview {
    /// Reads the texts.
    pub(crate) fn of(inputs: Vec<Input>, scenario: Arc<Scenario>) -> Self {
        let texts = Texts::read(inputs);
        Self {
            here: texts.into_world(&scenario.world, &aws_managed_policy),
            alone: texts.alone(Some(DEFAULT_REGION), &aws_managed_policy),
            names_region: texts.region().is_some(),
            texts,
            scenario,
        }
    }

    /// The present world with what the texts say. Read again where it has changed since.
    pub(crate) fn added(&self, now: &Arc<Scenario>) -> World {
        if Arc::ptr_eq(now, &self.scenario) {
            self.here.world.clone()
        } else {
            let imported = self.texts.into_world(&now.world, &aws_managed_policy);
            imported.world
        }
    }

    /// A world of their own, in that region unless they name one.
    pub(crate) fn opened(&self, region: &str) -> World {
        if self.names_region || region == DEFAULT_REGION {
            self.alone.world.clone()
        } else {
            let imported = self.texts.alone(Some(region), &aws_managed_policy);
            imported.world
        }
    }

    /// What is true either way.
    pub(crate) fn notes(&self) -> Vec<ImportNote> {
        let notes = self.here.notes.iter();
        let both = notes.filter(|it| self.alone.notes.contains(it));
        both.cloned().collect()
    }

    /// What is only true where they are added, and only where they are opened.
    pub(crate) fn own_notes(&self) -> [Vec<ImportNote>; 2] {
        let only = |these: &Imported, those: &Imported| {
            let notes = these.notes.iter();
            let only = notes.filter(|it| !those.notes.contains(it));
            only.cloned().collect()
        };
        [only(&self.here, &self.alone), only(&self.alone, &self.here)]
    }
}
