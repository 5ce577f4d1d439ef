//! Forms for the things of an account: native inputs, one line of help each.
//!
//! Invariant: what somebody types is kept as typed; a message beside the field says what is wrong.

mod bucket;
mod domain;
mod domain_settings;
mod field;
mod identity;
mod other;
mod profile;
mod role_field;
mod vpc;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    scenario::Scenario,
    world::{EntityId, World},
};

pub(crate) use self::{
    bucket::BucketForm,
    domain::DomainForm,
    identity::IdentityForm,
    other::{AccountForm, KeyForm, LogGroupForm, RepositoryForm},
    profile::ProfileForm,
};
use crate::{
    components::actions::Actions,
    state::{
        edit::{Edit, Field, Target},
        signal::{Signal, memo},
    },
};

/// What every form reads and changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The scenario.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// The thing.
    pub(crate) entity: Signal<EntityId>,
    /// What can be asked for.
    pub(crate) actions: Actions,
}

impl Form {
    /// Something about the thing; the default where it is gone.
    fn read<T>(self, read: fn(&World, &EntityId) -> Option<T>) -> Signal<T>
    where
        T: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        memo(move || {
            self.scenario
                .with(|scenario| self.entity.with(|entity| read(&scenario.world, entity)))
                .unwrap_or_default()
        })
    }

    /// Changes a field of the thing.
    fn edit(self, field: Field, change: impl FnOnce(&mut Scenario, &EntityId) + 'static) {
        let entity = self.entity.get_untracked();
        let target = Target::Field(entity.clone(), field);
        self.actions
            .edit
            .run(Edit::new(target, move |it| change(it, &entity)));
    }
}
