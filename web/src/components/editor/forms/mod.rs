//! Forms for the things of an account: native inputs, one line of help each.
//!
//! Invariant: what somebody types is kept as typed; a message beside the field says what is wrong.

mod access_keys;
mod app;
mod bucket;
mod domain;
mod domain_settings;
pub(crate) mod field;
mod first_steps;
mod grants;
mod identity;
mod identity_settings;
mod network;
mod organization;
mod other;
mod policy;
mod profile;
mod public_access;
mod role_field;
mod setting;
mod space;
mod tags;
mod vpc;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::Scenario,
    world::{Account, Checked, DocumentId, EntityId, Text, Thing, World, WorldFindingKind},
};

pub(crate) use self::{
    app::AppForm,
    bucket::BucketForm,
    domain::DomainForm,
    identity::IdentityForm,
    network::{SecurityGroupForm, SubnetForm, VpcForm},
    organization::{OrganizationForm, UnitForm},
    other::{AccountForm, KeyForm, LogGroupForm, RepositoryForm, VpcEndpointForm},
    profile::ProfileForm,
    space::SpaceForm,
};
use crate::{
    components::actions::Actions,
    state::{
        edit::{Edit, Field, Target},
        selection::Selection,
        signal::{Signal, memo},
    },
};

/// What every form reads and changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The scenario.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// What AWS would refuse in it.
    pub(crate) checked: Signal<Checked>,
    /// The thing.
    pub(crate) entity: Signal<EntityId>,
    /// Whether a lesson keeps any of it as it is.
    pub(crate) is_locked: Signal<bool>,
    /// What can be asked for.
    pub(crate) actions: Actions,
}

impl Form {
    /// Something about the thing; the default where it is gone.
    fn read<T>(
        self,
        read: impl Fn(&World, &EntityId) -> Option<T> + Send + Sync + 'static,
    ) -> Signal<T>
    where
        T: Clone + Default + PartialEq + Send + Sync + 'static,
    {
        memo(move || {
            self.scenario
                .with(|scenario| self.entity.with(|entity| read(&scenario.world, entity)))
                .unwrap_or_default()
        })
    }

    /// What an account offers the thing that is in it; nothing where the account is gone.
    fn offered<T: Default>(self, offer: impl FnOnce(&World, &Account) -> T) -> T {
        self.scenario.with(|scenario| {
            let world = &scenario.world;
            let account = self.entity.with(|it| world.account_of(it.account.as_ref()));
            account.map(|it| offer(world, it)).unwrap_or_default()
        })
    }

    /// Opens a thing of the same account.
    fn open(self, thing: Thing) {
        let entity = self.entity.get_untracked().beside(thing);
        self.actions.select.run(Selection::of_entity(entity));
    }

    /// Opens a text of the same account.
    fn open_text(self, text: Text) {
        let account = self.entity.get_untracked().account;
        let is_global = matches!(text, Text::Managed { .. } | Text::Organization { .. });
        let account = account.filter(|_| !is_global);
        let id = DocumentId { account, text };
        self.actions.select.run(Selection::Document(id));
    }

    /// What AWS would refuse of the thing, and what a field is about among that.
    fn message(self, is_about: fn(&WorldFindingKind) -> bool) -> Signal<Option<String>> {
        self.message_where(is_about)
    }

    /// The same, for a field that also asks what else the page shows.
    fn message_where(
        self,
        is_about: impl Fn(&WorldFindingKind) -> bool + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        memo(move || {
            self.checked.with(|checked| {
                self.entity.with(|entity| {
                    let found = checked.of_thing(entity).iter();
                    let about = found.filter(|it| is_about(&it.kind));
                    let sentences = about.map(explain::world_finding_sentence);
                    let all = sentences.collect::<Vec<_>>().join(" ").replace('`', "");
                    Some(all).filter(|it| !it.is_empty())
                })
            })
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
