//! The dialog that asks what a thing is put onto: what dragging does, for keyboard and touch.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::Scenario,
    world::{EntityId, Thing, World, change::targets},
};

use crate::{
    browser::focus,
    components::{actions::Actions, dialog::Dialog, late::late_view, live, words::words},
    late::late,
    state::{
        signal::{RwSignal, Signal, memo},
        wish::{Wish, attach_label},
    },
};

/// More of them than this are found by typing.
const MAX_ROWS: usize = 40;

/// The id of the field that one looks for a name with.
const SEARCH_ID: &str = "attach-search";

/// The dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttachDialog {
    dialog: Dialog,
    what: RwSignal<Option<EntityId>>,
}

/// Something that it can be put onto.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    entity: EntityId,
    name: String,
    kind: String,
}

impl Choice {
    fn of(entity: EntityId, world: &World) -> Self {
        let kind = explain::entity_kind(&entity);
        let kind = match (&entity.account, &entity.thing) {
            (Some(account), thing) if *thing != Thing::Account => format!("{kind} in {account}"),
            _ => kind.to_owned(),
        };
        let name = explain::entity_name(&entity, world);
        Self { entity, name, kind }
    }
}

impl AttachDialog {
    /// A dialog that is shut.
    pub(crate) fn new() -> Self {
        Self {
            dialog: Dialog::new("attach"),
            what: RwSignal::new(None),
        }
    }

    /// Asks for one thing.
    pub(crate) fn open(self, what: EntityId) {
        self.what.set(Some(what));
        self.dialog.open();
        focus::focus(SEARCH_ID.to_owned());
    }

    /// Its part of the page.
    pub(crate) fn view(self, scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
        let body = move || {
            let make = move |it: EntityId| move || attach_view(self, scenario, it.clone(), actions);
            let what = self.what.get_untracked();
            let body = what.map(|it| late_view(attach_arrives, make(it)));
            body.into_any()
        };
        self.dialog.view("Attach", body)
    }

    fn body(self, scenario: Signal<Arc<Scenario>>, what: EntityId, actions: Actions) -> AnyView {
        let (question, choices) = scenario.with_untracked(|it| {
            let label = attach_label(&what).unwrap_or_default();
            let name = explain::entity_name(&what, &it.world);
            let kind = explain::entity_kind(&what);
            let choices = targets(&it.world, &what).into_iter();
            let choices: Vec<_> = choices.map(|to| Choice::of(to, &it.world)).collect();
            (format!("The {kind} `{name}`: {}", lower(label)), choices)
        });
        let what_thing = what.thing.clone();
        let n_all = choices.len();
        let typed = RwSignal::new(String::new());
        let found = memo(move || {
            let typed = typed.get().to_lowercase();
            let is_it = |it: &&Choice| it.name.to_lowercase().contains(&typed);
            choices.iter().filter(is_it).cloned().collect::<Vec<_>>()
        });
        let row = move |it: Choice| {
            let wish = Wish::Attach(what.clone(), it.entity.clone());
            let attach = move |_| {
                self.dialog.close();
                actions.wish.run(wish.clone());
            };
            view! {
                <li>
                    <button type="button" class="attach-choice" on:click=attach>
                        <span>{it.name}</span>
                        <span class="check-detail">{it.kind}</span>
                    </button>
                </li>
            }
            .into_any()
        };
        let list = move || {
            let found = found.get();
            let n_more = found.len().saturating_sub(MAX_ROWS);
            let rows = found.into_iter().take(MAX_ROWS).map(row.clone());
            view! {
                <ul class="attach-list">{rows.collect_view()}</ul>
                {(n_more > 0).then(|| view! { <p class="field-help">{format!("… and {n_more} more: type a part of the name.")}</p> })}
            }
            .into_any()
        };
        let is_policy = matches!(what_thing, Thing::ManagedPolicy { .. });
        let other = move || {
            self.dialog.close();
            actions.wish.run(Wish::BrowsePublished(None));
        };
        let n_found = move || {
            match found.with(Vec::len) {
            0 if n_all == 0 => "There is nothing left to put it onto: it is attached everywhere, or there is nothing of the kind yet.".to_owned(),
            0 => "No name has this in it.".to_owned(),
            1 => "1 to choose from.".to_owned(),
            n => format!("{n} to choose from."),
        }
        };
        view! {
            <div class="ask">
                <p>{words(&question)}</p>
                <label class="field-label" for=SEARCH_ID>"Find by name"</label>
                <input
                    type="text"
                    class="input"
                    id=SEARCH_ID
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <p class="field-help" aria-live="polite">{live::text(n_found)}</p>
                {live::part(list)}
                {is_policy.then(|| view! {
                    <p>
                        <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| other()>
                            "Another AWS managed policy…"
                        </button>
                    </p>
                })}
            </div>
        }
        .into_any()
    }
}

late! {
    forms, attach_arrives:
    pub(crate) fn attach_view(
        dialog: AttachDialog,
        scenario: Signal<Arc<Scenario>>,
        what: EntityId,
        actions: Actions,
    ) -> AnyView {
        dialog.body(scenario, what, actions)
    }
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(|it| it.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
