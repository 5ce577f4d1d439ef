//! What a user or a role has besides policies: path, description, length of sessions, console access.

use leptos::prelude::*;
use rolewalk_core::world::{EntityId, Form as NameForm, Thing, World, WorldFindingKind};

use crate::{
    components::editor::forms::{
        Form,
        field::{SelectField, TextField},
    },
    state::{
        edit::Field,
        signal::{RwSignal, Signal, memo},
    },
    view::settings,
};

fn path(world: &World, entity: &EntityId) -> Option<String> {
    let account = world.account_of(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::User { name } => account.user(name)?.path.clone(),
        Thing::Role { name } => account.role(name)?.path.clone(),
        _ => return None,
    })
}

fn change_role(
    form: Form,
    field: Field,
    change: impl FnOnce(&mut rolewalk_core::world::Role) + 'static,
) {
    form.edit(field, move |it, entity| {
        let account = it.world.account_of_mut(entity.account.as_ref());
        if let (Some(account), Thing::Role { name }) = (account, &entity.thing)
            && let Some(role) = account.role_mut(name)
        {
            change(role);
        }
    });
}

/// The fields of a user or a role.
#[component]
pub(crate) fn IdentitySettings(form: Form) -> impl IntoView {
    let is_user = matches!(form.entity.get_untracked().thing, Thing::User { .. });
    view! {
        <fieldset class="group">
            <legend>"Settings"</legend>
            <TextField
                label="Path"
                id="identity-path"
                help="A part of the ARN, which then names another: what names it by its ARN follows."
                value=form.read(path)
                message=form.message(|it| matches!(it, WorldFindingKind::Form { form: NameForm::Path, .. }))
                on_done=Callback::new(move |value: String| {
                    form.edit(Field::Path, move |it, entity| {
                        rolewalk_core::world::change::set_path(&mut it.world, entity, &value);
                    });
                })
            />
            {if is_user { console(form) } else { role(form) }}
        </fieldset>
    }
}

fn console(form: Form) -> AnyView {
    let value = form.read(|world, it| {
        let account = world.account_of(it.account.as_ref())?;
        match &it.thing {
            Thing::User { name } => {
                Some(settings::switch_value(account.user(name)?.console_access))
            }
            _ => None,
        }
    });
    view! {
        <SelectField
            label="Console access"
            id="user-console"
            help="Whether the user has a password for the AWS console. Programs use access keys."
            options=Signal::stored(settings::switches())
            value
            on_choose=Callback::new(move |value: String| {
                let Some(is_on) = settings::switch(&value) else {
                    return;
                };
                form.edit(Field::ConsoleAccess, move |it, entity| {
                    let account = it.world.account_of_mut(entity.account.as_ref());
                    if let (Some(account), Thing::User { name }) = (account, &entity.thing)
                        && let Some(user) = account.user_mut(name)
                    {
                        user.console_access = is_on;
                    }
                });
            })
        />
    }
    .into_any()
}

fn seconds(world: &World, entity: &EntityId) -> Option<String> {
    let account = world.account_of(entity.account.as_ref())?;
    match &entity.thing {
        Thing::Role { name } => {
            let seconds = account.role(name)?.max_session_duration;
            Some(seconds.map_or_else(String::new, |it| it.to_string()))
        }
        _ => None,
    }
}

fn role(form: Form) -> AnyView {
    // What is typed and is no number, so that it stays as typed.
    let typed = RwSignal::new(None::<String>);
    let seconds = form.read(seconds);
    let found = form.message(|it| {
        matches!(
            it,
            WorldFindingKind::Form {
                form: NameForm::SessionDuration,
                ..
            }
        )
    });
    let text = memo(move || typed.get().unwrap_or_else(|| seconds.get()));
    let message = memo(move || match typed.get() {
        Some(_) => Some("This is no number: write 3600 to 43200 seconds, or nothing.".to_owned()),
        None => found.get(),
    });
    view! {
        <TextField
            label="Description"
            id="role-description"
            value=form.read(|world, it| {
                let account = world.account_of(it.account.as_ref())?;
                match &it.thing {
                    Thing::Role { name } => Some(account.role(name)?.description.clone()),
                    _ => None,
                }
            })
            on_text=Callback::new(move |value: String| {
                change_role(form, Field::Description, move |it| it.description = value);
            })
        />
        <TextField
            label="Maximum session duration"
            id="role-session"
            help="In seconds, 3600 to 43200. Empty: one hour. A role that another role assumes lasts one hour at most."
            value=text
            message
            on_text=Callback::new(move |value: String| {
                let number = value.trim().parse::<u32>().ok();
                typed.set((number.is_none() && !value.trim().is_empty()).then_some(value));
                if typed.with_untracked(Option::is_none) {
                    change_role(form, Field::SessionDuration, move |it| it.max_session_duration = number);
                }
            })
        />
    }
    .into_any()
}
