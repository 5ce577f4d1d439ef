//! What is asked before a thing is deleted, and what is said where a wish cannot be fulfilled.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::{self, Scenario},
    world::{EntityId, change::dependents},
};

use crate::{
    components::{actions::Actions, dialog::Dialog, late::late_view, words::words},
    late::late,
    state::{
        signal::{RwSignal, Signal},
        wish::Wish,
    },
};

/// More lines than this are only counted.
const MAX_LINES: usize = 30;

/// The two dialogs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    deletion: Dialog,
    refusal: Dialog,
    entity: RwSignal<Option<EntityId>>,
    sentence: RwSignal<String>,
}

impl Ask {
    /// Nothing asked yet.
    pub(crate) fn new() -> Self {
        Self {
            deletion: Dialog::new("ask-deletion"),
            refusal: Dialog::new("ask-refusal"),
            entity: RwSignal::new(None),
            sentence: RwSignal::new(String::new()),
        }
    }

    /// Whether to delete a thing.
    pub(crate) fn delete(self, entity: EntityId) {
        self.entity.set(Some(entity));
        self.deletion.open();
    }

    /// Says why something cannot be done.
    pub(crate) fn refuse(self, sentence: String) {
        self.sentence.set(sentence);
        self.refusal.open();
    }

    /// Their part of the page.
    pub(crate) fn view(self, scenario: Signal<Arc<Scenario>>, actions: Actions) -> AnyView {
        let deletion = move || {
            let make =
                move |it: EntityId| move || deletion_view(self, scenario, it.clone(), actions);
            let entity = self.entity.get_untracked();
            let body = entity.map(|it| late_view(deletion_arrives, make(it)));
            body.into_any()
        };
        let refusal = move || {
            let sentence = self.sentence.get_untracked();
            view! { <div class="ask"><p>{words(&sentence)}</p></div> }.into_any()
        };
        view! {
            {self.deletion.view("Delete", deletion)}
            {self.refusal.view("This cannot be done", refusal)}
        }
        .into_any()
    }

    fn deletion_body(
        self,
        scenario: Signal<Arc<Scenario>>,
        entity: EntityId,
        actions: Actions,
    ) -> AnyView {
        let (question, lines) = scenario.with_untracked(|it| told(it, &entity));
        let n_more = lines.len().saturating_sub(MAX_LINES);
        let list = lines.iter().take(MAX_LINES);
        let list = list.map(|it| view! { <li>{words(it)}</li> }).collect_view();
        view! {
            <div class="ask">
                <p>{words(&question)}</p>
                <ul class="ask-list">{list}</ul>
                {(n_more > 0).then(|| view! { <p>{format!("… and {n_more} more.")}</p> })}
                <p class="field-help">"Undo brings everything back."</p>
                <div class="button-row">
                    <button
                        type="button"
                        class="button danger"
                        on:click=move |_| {
                            self.deletion.close();
                            actions.wish.run(Wish::Delete(entity.clone()));
                        }
                    >
                        "Delete"
                    </button>
                    <button type="button" class="button" on:click=move |_| self.deletion.close()>
                        "Keep"
                    </button>
                </div>
            </div>
        }
        .into_any()
    }
}

late! {
    forms, deletion_arrives:
    fn deletion_view(
        ask: Ask,
        scenario: Signal<Arc<Scenario>>,
        entity: EntityId,
        actions: Actions,
    ) -> AnyView {
        ask.deletion_body(scenario, entity, actions)
    }
}

/// The question, and what depends on the thing.
fn told(scenario: &Scenario, entity: &EntityId) -> (String, Vec<String>) {
    let world = &scenario.world;
    let question = format!(
        "Delete the {} `{}`?",
        explain::entity_kind(entity),
        explain::entity_name(entity, world)
    );
    let mut lines: Vec<String> = dependents(world, entity)
        .iter()
        .map(|it| explain::dependent_sentence(it, world))
        .collect();
    if scenario::change::is_chosen(scenario, entity) {
        let sentence = "The scenario names it, and stops there until you choose another.";
        lines.insert(0, sentence.to_owned());
    }
    if lines.is_empty() {
        lines.push("Nothing depends on it.".to_owned());
    }
    (question, lines)
}
