//! The name of what is open, to be changed, and what can be done with the whole of it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::Scenario,
    world::{
        EntityId, Thing, World,
        change::{self, Whole},
    },
};

use crate::{
    browser::editor,
    components::{actions::Actions, editor::forms::field::TextField, icon, live},
    late::NOT_THERE,
    state::{
        signal::{RwSignal, Signal, memo},
        wish::{self, Wish},
    },
    view::{icon::Icon, who},
};

/// The name that can be changed; nothing where there is none.
fn own_name(entity: &EntityId, world: &World) -> Option<String> {
    if !entity.exists_in(world) {
        return None;
    }
    match &entity.thing {
        Thing::Organization => None,
        Thing::Account => {
            let account = world.account_of(entity.account.as_ref());
            account.map(|it| it.name.clone())
        }
        Thing::Key { id } => Some(id.clone()),
        _ => Some(explain::entity_name(entity, world)),
    }
}

const fn help(entity: &EntityId) -> &'static str {
    match entity.thing {
        Thing::Account
        | Thing::Domain { .. }
        | Thing::OrganizationalUnit { .. }
        | Thing::InlinePolicy { .. } => "",
        Thing::Key { .. } => {
            "AWS makes it; what people call a key is its alias, below. Everything that names it follows, also ARNs in policies; patterns with `*` stay."
        }
        _ => "Everything that names it follows, also ARNs in policies; patterns with `*` stay.",
    }
}

/// What the field is called, and its help: of things that have the same, one field serves them all, so
/// that it keeps the focus when the name in it changes what is open.
pub(crate) const fn labels(entity: &EntityId) -> (&'static str, &'static str) {
    let is_id = matches!(
        entity.thing,
        Thing::Key { .. }
            | Thing::Vpc { .. }
            | Thing::Subnet { .. }
            | Thing::SecurityGroup { .. }
            | Thing::VpcEndpoint { .. }
    );
    (if is_id { "Id" } else { "Name" }, help(entity))
}

/// A name that is not taken on: of what, as typed, and why.
type Refused = (EntityId, String, String);

/// The name as a field: taken on when it is finished, by Enter or by leaving the field.
#[component]
pub(crate) fn NameField(
    entity: Signal<EntityId>,
    labels: (&'static str, &'static str),
    scenario: Signal<Arc<Scenario>>,
    actions: Actions,
) -> impl IntoView {
    let last = RwSignal::new(None::<Refused>);
    let name = memo(move || {
        let name = scenario.with(|it| entity.with(|entity| own_name(entity, &it.world)));
        name.unwrap_or_default()
    });
    // It is of the thing that it was typed for, and of no other.
    let refused = memo(move || {
        let refused = last.get();
        refused.filter(|it| entity.with(|entity| it.0 == *entity))
    });
    let message = memo(move || refused.get().map(|it| it.2));
    let text = memo(move || refused.get().map_or_else(|| name.get(), |it| it.1));
    let (label, help) = labels;
    let on_done = move |new: String| {
        last.set(None);
        if new == name.get_untracked() {
            return;
        }
        let entity = entity.get_untracked();
        let wish = Wish::RenameTo(entity.clone(), new.clone());
        wish::fulfil(scenario, wish, move |answer| {
            let sentence = match answer {
                Ok(Ok(edit)) => return actions.edit.run(edit),
                Ok(Err(error)) => error.sentence().replace('`', ""),
                Err(_) => NOT_THERE.to_owned(),
            };
            last.set(Some((entity, new, sentence)));
        });
    };
    view! {
        <div class="name-field">
            <TextField
                label
                id=editor::NAME_ID
                help
                value=text
                message
                on_done=Callback::new(on_done)
            />
        </div>
    }
}

/// What can be done with the whole of what is open.
#[component]
pub(crate) fn ItemActions(
    item: Signal<Option<EntityId>>,
    scenario: Signal<Arc<Scenario>>,
    is_json: RwSignal<bool>,
    /// Whether a lesson keeps the whole of it as it is.
    is_locked: Signal<bool>,
    actions: Actions,
) -> impl IntoView {
    let item = memo(move || {
        let item = item.get()?;
        let exists = scenario.with(|it| item.exists_in(&it.world));
        exists.then_some(item)
    });
    let ask = move |wish: fn(EntityId) -> Wish| {
        move |_| {
            if let Some(entity) = item.get_untracked() {
                actions.wish.run(wish(entity));
            }
        }
    };
    // What is never done to such a thing is not offered; what only stands in the way now is told when somebody asks.
    let can = move |what: Whole| {
        memo(move || {
            let item = item.get();
            item.is_some_and(|it| {
                scenario.with(|all| change::never(&all.world, &it, what).is_none())
            })
        })
    };
    let (can_duplicate, can_delete) = (can(Whole::Duplicate), can(Whole::Remove));
    let duplicate = move || {
        view! {
            <button type="button" class="button quiet small" on:click=ask(Wish::Duplicate)>
                {icon::icon(Icon::Copy)}
                "Duplicate"
            </button>
        }
        .into_any()
    };
    let delete = move || {
        view! {
            <button type="button" class="button quiet small" on:click=ask(Wish::AskToDelete)>
                {icon::icon(Icon::Bin)}
                "Delete"
            </button>
        }
        .into_any()
    };
    // The walk that is asked for takes the scenario's place, which nobody may change who only reads.
    let is_askable = memo(move || {
        let has_deeds = item.with(|it| {
            it.as_ref()
                .is_some_and(|it| !who::deeds(&it.thing).is_empty())
        });
        has_deeds && !is_locked.get()
    });
    let who_can = move || {
        view! {
            <button
                type="button"
                class="button quiet small who-open"
                aria-haspopup="dialog"
                on:click=ask(Wish::WhoCan)
            >
                {icon::icon(Icon::Person)}
                "Who can…"
            </button>
        }
    };
    let buttons = move || {
        view! {
            <div class="editor-actions" role="group" aria-label="What is open">
                <button
                    type="button"
                    class="button quiet small"
                    aria-pressed=live::text(move || is_json.get().to_string())
                    on:click=move |_| is_json.set(!is_json.get_untracked())
                >
                    {icon::icon(Icon::Document)}
                    "JSON"
                </button>
                {live::maybe(move || is_askable.get().then(who_can))}
                {live::maybe(move || (!is_locked.get() && can_duplicate.get()).then(duplicate))}
                {live::maybe(move || (!is_locked.get() && can_delete.get()).then(delete))}
            </div>
        }
    };
    live::maybe(move || item.get().map(|_| buttons()))
}
