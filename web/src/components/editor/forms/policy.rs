//! The policy of a bucket, a repository or an endpoint, which may have none.

use leptos::prelude::*;
use rolewalk_core::world::{EntityId, Text, Thing, change};

use crate::{
    components::{editor::forms::Form, live},
    state::edit::Field,
};

fn text_of(entity: EntityId) -> Option<Text> {
    Some(match entity.thing {
        Thing::Bucket { name } => Text::Bucket { bucket: name },
        Thing::Repository { name } => Text::Repository { repository: name },
        Thing::VpcEndpoint { id } => Text::VpcEndpoint { id },
        _ => return None,
    })
}

/// The fields. `name` is what the policy is called, and `none` what holds without one.
#[component]
pub(crate) fn PolicyFields(form: Form, name: &'static str, none: &'static str) -> impl IntoView {
    let is_there = form.read(change::has_resource_policy);
    let open = move || {
        if let Some(text) = text_of(form.entity.get_untracked()) {
            form.open_text(text);
        }
    };
    // A thing that is gone by now has no form any more.
    let add = move |_| {
        form.edit(Field::Policy, |it, entity| {
            let _ = change::add_resource_policy(&mut it.world, entity);
        });
        // Whoever adds one wants to write it. Where a lesson keeps the thing as it is, there is none.
        if is_there.get_untracked() {
            open();
        }
    };
    let remove = move |_| {
        form.edit(Field::Policy, |it, entity| {
            let _ = change::remove_resource_policy(&mut it.world, entity);
        });
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
                            <button type="button" class="button" on:click=move |_| open()>{format!("Open the {lower}")}</button>
                            <button type="button" class="button quiet" on:click=remove>"Remove it"</button>
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
