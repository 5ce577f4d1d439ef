//! The access keys of a user: what AWS shows of them. Secrets have no place here.

use leptos::prelude::*;
use rolewalk_core::world::{AccessKey, AccessKeyStatus, EntityId, Thing, User, World};

use crate::{
    components::{editor::forms::Form, icon, live},
    state::{edit::Field, wish::Wish},
    view::icon::Icon,
};

fn user_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut User> {
    match &entity.thing {
        Thing::User { name } => world
            .account_of_mut(entity.account.as_ref())?
            .user_mut(name),
        _ => None,
    }
}

fn keys(world: &World, entity: &EntityId) -> Option<Vec<AccessKey>> {
    match &entity.thing {
        Thing::User { name } => {
            let account = world.account_of(entity.account.as_ref())?;
            Some(account.user(name)?.access_keys.clone())
        }
        _ => None,
    }
}

/// As lists of keys show an id to those who need not know it.
fn masked(id: &str) -> String {
    let n = id.chars().count();
    let shown = |idx: usize| idx < 4 || idx + 4 >= n;
    let letters = id.chars().enumerate();
    letters
        .map(|(idx, it)| if shown(idx) { it } else { '•' })
        .collect()
}

fn dates(key: &AccessKey) -> String {
    let made = key.create_date.as_deref().unwrap_or("not known");
    let used = key.last_used_date.as_deref().unwrap_or("not known");
    format!("Created: {made}. Last used: {used}.")
}

/// The fields.
#[component]
pub(crate) fn AccessKeys(form: Form) -> impl IntoView {
    let keys = form.read(keys);
    let change = move |id: String, change: Box<dyn FnOnce(&mut AccessKey)>| {
        form.edit(Field::AccessKeys, move |it, entity| {
            let user = user_mut(&mut it.world, entity);
            let key =
                user.and_then(|it| it.access_keys.iter_mut().find(|it| it.access_key_id == id));
            if let Some(key) = key {
                change(key);
            }
        });
    };
    let remove = move |id: String| {
        form.edit(Field::AccessKeys, move |it, entity| {
            if let Some(user) = user_mut(&mut it.world, entity) {
                user.access_keys.retain(|it| it.access_key_id != id);
            }
        });
    };
    let row = move |key: AccessKey| {
        let id = key.access_key_id.clone();
        let name = masked(&id);
        let is_active = key.status == AccessKeyStatus::Active;
        let (turn, label) = if is_active {
            (AccessKeyStatus::Inactive, "Deactivate")
        } else {
            (AccessKeyStatus::Active, "Activate")
        };
        let own = id.clone();
        view! {
            <li class="key-row">
                <span>
                    <code>{name.clone()}</code>
                    " "
                    <span class="tag">{if is_active { "Active" } else { "Inactive" }}</span>
                    <span class="step-help">{dates(&key)}</span>
                </span>
                <span class="button-row">
                    <button
                        type="button"
                        class="button small"
                        aria-label=format!("{label} access key {name}")
                        on:click=move |_| change(own.clone(), Box::new(move |it| it.status = turn))
                    >
                        {label}
                    </button>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=format!("Delete access key {name}")
                        on:click=move |_| remove(id.clone())
                    >
                        "Delete"
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <fieldset class="group">
            <legend>"Access keys"</legend>
            <p class="field-help">
                "Long-term credentials for programs, at most 2. Only what AWS shows of them is kept here: no secret."
            </p>
            <ul class="key-rows">{live::part(move || keys.get().into_iter().map(row).collect_view())}</ul>
            <div class="button-row">
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| form.actions.wish.run(Wish::AddAccessKey(form.entity.get_untracked()))
                >
                    {icon::icon(Icon::Plus)}
                    "Add an access key"
                </button>
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_shows_its_ends_alone() {
        assert_eq!(masked("AKIAEXAMPLE000000001"), "AKIA••••••••••••0001");
        assert_eq!(masked(""), "");
    }
}
