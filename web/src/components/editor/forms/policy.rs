//! The policy of a bucket, a repository or an endpoint, which may have none.

use leptos::prelude::*;
use rolewalk_core::world::{Account, EntityId, PolicyText, Text, Thing, World};

use crate::{
    components::{editor::forms::Form, live},
    state::edit::Field,
};

/// The policy of such a thing, to be changed; nothing for other things.
fn slot<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Option<PolicyText>> {
    let account = world.account_of_mut(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::Bucket { name } => &mut account.bucket_mut(name)?.policy,
        Thing::Repository { name } => &mut account.repository_mut(name)?.policy,
        Thing::VpcEndpoint { id } => &mut account.vpc_endpoint_mut(id)?.policy,
        _ => return None,
    })
}

fn has_policy(world: &World, entity: &EntityId) -> Option<bool> {
    let account = world.account_of(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::Bucket { name } => account.bucket(name)?.policy.is_some(),
        Thing::Repository { name } => account.repository(name)?.policy.is_some(),
        Thing::VpcEndpoint { id } => account.vpc_endpoint(id)?.policy.is_some(),
        _ => return None,
    })
}

fn text_of(entity: EntityId) -> Option<Text> {
    Some(match entity.thing {
        Thing::Bucket { name } => Text::Bucket { bucket: name },
        Thing::Repository { name } => Text::Repository { repository: name },
        Thing::VpcEndpoint { id } => Text::VpcEndpoint { id },
        _ => return None,
    })
}

/// The fields. `name` is what the policy is called, `none` what holds without one, and `first` a text to
/// begin with.
#[component]
pub(crate) fn PolicyFields(
    form: Form,
    name: &'static str,
    none: &'static str,
    first: fn(&World, &Account, &EntityId) -> String,
) -> impl IntoView {
    let is_there = form.read(has_policy);
    let set = move |text: Option<String>| {
        form.edit(Field::Policy, move |it, entity| {
            if let Some(slot) = slot(&mut it.world, entity) {
                *slot = text.map(Into::into);
            }
        });
    };
    let open = move |_| {
        if let Some(text) = text_of(form.entity.get_untracked()) {
            form.open_text(text);
        }
    };
    let add = move |_| {
        let text = untrack(|| {
            form.offered(|world, account| form.entity.with(|it| first(world, account, it)))
        });
        set(Some(text));
    };
    let lower = name.to_lowercase();
    let lower = if name.starts_with("VPC") {
        format!("VPC{}", lower.trim_start_matches("vpc"))
    } else {
        lower
    };
    view! {
        <fieldset class="group">
            <legend>{name}</legend>
            {live::part(move || {
                if is_there.get() {
                    view! {
                        <div class="button-row">
                            <button type="button" class="button" on:click=open>{format!("Open the {lower}")}</button>
                            <button type="button" class="button quiet" on:click=move |_| set(None)>"Remove it"</button>
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="field-help">{none}</p>
                        <button type="button" class="button" on:click=add>{format!("Add a {lower}")}</button>
                    }
                        .into_any()
                }
            })}
        </fieldset>
    }
}
