//! One setting of a thing as a labelled field: a choice, a list, a line, a role.
//!
//! Knows nothing of which things there are but how each is found. Invariant: what a field shows is read from the very
//! place that it writes to.

use leptos::prelude::*;
use rolewalk_core::{
    scenario::change,
    world::{
        Domain, EntityId, Form as IdForm, Limited, Space, Thing, UserProfile, World,
        WorldFindingKind, change::Kind,
    },
};

use crate::{
    components::editor::forms::{
        Form,
        field::{ListField, SelectField, TextField},
        role_field::RoleField,
    },
    state::{edit::Field, signal::Signal, things},
    view::{options::Choosable, settings::Words},
};

/// A thing whose settings a form shows.
pub(crate) trait HasSettings: Sized + 'static {
    /// The thing.
    fn of<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Self>;
    /// The same, to be changed.
    fn of_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Self>;
}

impl HasSettings for Domain {
    fn of<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Self> {
        things::domain(world, entity)
    }

    fn of_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Self> {
        things::domain_mut(world, entity)
    }
}

impl HasSettings for UserProfile {
    fn of<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Self> {
        things::profile(world, entity)
    }

    fn of_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Self> {
        things::profile_mut(world, entity)
    }
}

impl HasSettings for Space {
    fn of<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Self> {
        things::space(world, entity)
    }

    fn of_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Self> {
        things::space_mut(world, entity)
    }
}

/// Whether it is about the id of a security group.
pub(crate) fn is_group(it: &WorldFindingKind) -> bool {
    matches!(
        it,
        WorldFindingKind::Form {
            form: IdForm::SecurityGroupId,
            ..
        }
    )
}

/// The same, or about how many there are of those that users get.
pub(crate) fn are_groups(it: &WorldFindingKind) -> bool {
    let what = Limited::SecurityGroups;
    is_group(it) || matches!(it, WorldFindingKind::TooMany { what: it, .. } if *it == what)
}

/// A setting: where it is, and what its field is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<T, V> {
    field: Field,
    read: fn(&T) -> V,
    write: fn(&mut T, V),
    label: &'static str,
    id: &'static str,
    help: &'static str,
    is_about: Option<fn(&WorldFindingKind) -> bool>,
}

impl<T: HasSettings, V: 'static> Setting<T, V> {
    /// The setting at that place; `label` is unique in its form, `id` on the page.
    pub(crate) const fn new(
        field: Field,
        (label, id): (&'static str, &'static str),
        read: fn(&T) -> V,
        write: fn(&mut T, V),
    ) -> Self {
        Self {
            field,
            read,
            write,
            label,
            id,
            help: "",
            is_about: None,
        }
    }

    /// With a line of help below it.
    pub(crate) const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// With what AWS would refuse of it.
    pub(crate) const fn refused(self, is_about: fn(&WorldFindingKind) -> bool) -> Self {
        Self {
            is_about: Some(is_about),
            ..self
        }
    }

    fn message(&self, form: Form) -> Signal<Option<String>> {
        self.is_about
            .map_or_else(|| Signal::stored(None), |it| form.message(it))
    }

    fn changed(&self, form: Form) -> Callback<V> {
        let (field, write) = (self.field, self.write);
        Callback::new(move |value: V| {
            form.edit(field, move |it, entity| {
                if let Some(thing) = T::of_mut(&mut it.world, entity) {
                    write(thing, value);
                }
            });
        })
    }

    /// As a select. A value that is none of the words changes nothing.
    pub(crate) fn choice(
        self,
        form: Form,
        options: impl Into<Signal<Vec<Choosable>>>,
        (text, parse): Words<V>,
    ) -> AnyView {
        let read = self.read;
        let value = form.read(move |world, entity| Some(text(read(T::of(world, entity)?))));
        let changed = self.changed(form);
        let on_choose = move |value: String| {
            if let Some(value) = parse(&value) {
                changed.run(value);
            }
        };
        view! {
            <SelectField
                label=self.label
                id=self.id
                help=self.help
                options=options.into()
                value=value
                message=self.message(form)
                on_choose=Callback::new(on_choose)
            />
        }
        .into_any()
    }
}

impl<T: HasSettings, V: Clone + Default + PartialEq + Send + Sync + 'static> Setting<T, V> {
    fn value(&self, form: Form) -> Signal<V> {
        let read = self.read;
        form.read(move |world, entity| T::of(world, entity).map(read))
    }
}

impl<T: HasSettings> Setting<T, Vec<String>> {
    /// As a list between commas. Where a form has several lists of one kind, each tells of its own items only.
    pub(crate) fn list(self, form: Form) -> AnyView {
        let value = self.value(form);
        let message = self.is_about.map_or_else(
            || Signal::stored(None),
            |is_about| {
                form.message_where(move |it| {
                    is_about(it)
                        && match it {
                            WorldFindingKind::Form { found, .. } => {
                                value.with(|items| items.contains(found))
                            }
                            _ => true,
                        }
                })
            },
        );
        view! {
            <ListField
                label=self.label
                id=self.id
                help=self.help
                value
                message
                on_list=self.changed(form)
            />
        }
        .into_any()
    }
}

impl<T: HasSettings> Setting<T, String> {
    /// As a line of text.
    pub(crate) fn line(self, form: Form) -> AnyView {
        view! {
            <TextField
                label=self.label
                id=self.id
                help=self.help
                value=self.value(form)
                message=self.message(form)
                on_text=self.changed(form)
            />
        }
        .into_any()
    }
}

impl<T: HasSettings> Setting<T, Option<String>> {
    /// Adds a role that the thing names from then on, in one step.
    fn added_role(&self, form: Form) -> Callback<()> {
        let (field, write) = (self.field, self.write);
        Callback::new(move |()| {
            form.edit(field, move |it, entity| {
                let account = entity.beside(Thing::Account);
                let Ok(role) = change::add(it, Kind::Role, &account) else {
                    return;
                };
                let arn = it.world.arn_of(&role);
                if let Some((thing, arn)) = T::of_mut(&mut it.world, entity).zip(arn) {
                    write(thing, Some(arn.to_string()));
                }
            });
        })
    }

    /// As an execution role; `none` says what it is to name none.
    pub(crate) fn role(self, form: Form, none: &'static str) -> AnyView {
        view! {
            <RoleField
                label=self.label
                id=self.id
                none=none
                help=self.help
                form
                value=self.value(form)
                on_role=self.changed(form)
                on_add=self.added_role(form)
            />
        }
        .into_any()
    }
}
