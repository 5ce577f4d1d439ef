//! A row is dragged onto another: a policy onto whom it is for, a user onto a group, a role onto a
//! profile, a policy of the organization onto a place in it.
//!
//! The keyboard and touch have the menu's “Attach to…” for the same. Invariant: while something is
//! carried, the rows that take it are marked, and another row says why it does not.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;
use rolewalk_core::{
    explain,
    scenario::Scenario,
    world::{
        EntityId,
        change::{attach, targets},
    },
};

use crate::{
    browser::drag,
    components::{actions::Actions, live, words::words},
    state::{
        selection::Selection,
        session::Said,
        signal::{RwSignal, Signal},
        wish::{Wish, attach_label},
    },
    view::tree::Row,
};

/// What is carried, and where to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drag {
    scenario: Signal<Arc<Scenario>>,
    carried: RwSignal<Option<Carried>>,
    /// The row below the pointer.
    under: RwSignal<Option<String>>,
    said: RwSignal<Option<Said>>,
    actions: Actions,
}

#[derive(Clone, Debug)]
struct Carried {
    what: EntityId,
    targets: BTreeSet<EntityId>,
}

fn item(row: &Row) -> Option<EntityId> {
    row.opens.as_ref().and_then(Selection::item)
}

impl Drag {
    /// Nothing carried.
    pub(crate) fn new(
        scenario: Signal<Arc<Scenario>>,
        said: RwSignal<Option<Said>>,
        actions: Actions,
    ) -> Self {
        Self {
            scenario,
            carried: RwSignal::new(None),
            under: RwSignal::new(None),
            said,
            actions,
        }
    }

    /// Whether a row stands for something that goes somewhere.
    pub(crate) fn can_carry(row: &Row) -> bool {
        item(row).is_some_and(|it| attach_label(&it).is_some())
    }

    /// Whether a row takes what is carried.
    pub(crate) fn is_target(self, row: Signal<Option<Row>>) -> bool {
        self.carried.with(|carried| {
            let Some(carried) = carried else {
                return false;
            };
            let item = row.with(|it| it.as_ref().and_then(item));
            item.is_some_and(|it| carried.targets.contains(&it))
        })
    }

    /// Whether a row is below the pointer with something carried.
    pub(crate) fn is_under(self, key: &str) -> bool {
        self.under.with(|it| it.as_deref() == Some(key))
    }

    /// Takes a row up.
    pub(crate) fn begin(self, row: Option<&Row>, event: &leptos::ev::DragEvent) {
        let Some(what) = row.and_then(item) else {
            return;
        };
        drag::begin(event, &what.to_string());
        let targets = self
            .scenario
            .with_untracked(|it| targets(&it.world, &what).into_iter().collect());
        self.said.set(None);
        self.carried.set(Some(Carried { what, targets }));
    }

    /// Carries it over a row, which takes it or says why not.
    pub(crate) fn over(self, row: Option<&Row>, event: &leptos::ev::DragEvent) {
        let (Some(row), Some(carried)) = (row, self.carried.get_untracked()) else {
            return;
        };
        let to = item(row);
        let is_taken = to.as_ref().is_some_and(|it| carried.targets.contains(it));
        drag::offer(event, is_taken);
        if self
            .under
            .with_untracked(|it| it.as_ref() == Some(&row.key))
        {
            return;
        }
        self.under.set(Some(row.key.clone()));
        let refusal = to.filter(|it| !is_taken && *it != carried.what);
        let sentence = refusal.and_then(|to| {
            self.scenario.with_untracked(|it| {
                let refusal = attach(&mut it.world.clone(), &carried.what, &to).err();
                refusal.map(|it| explain::refusal_sentence(&it))
            })
        });
        self.say(sentence);
    }

    /// Lets it fall onto a row.
    pub(crate) fn drop(self, row: Option<&Row>, event: &leptos::ev::DragEvent) {
        event.prevent_default();
        let carried = self.carried.get_untracked();
        self.end();
        if let (Some(carried), Some(to)) = (carried, row.and_then(item)) {
            self.actions.wish.run(Wish::Attach(carried.what, to));
        }
    }

    /// Nothing is carried any more.
    pub(crate) fn end(self) {
        self.carried.set(None);
        self.under.set(None);
    }

    fn say(self, sentence: Option<String>) {
        let scenario = self.scenario.get_untracked();
        self.said
            .set(sentence.map(|sentence| Said { sentence, scenario }));
    }

    /// What came of it, as long as nothing else happens.
    pub(crate) fn said_line(self) -> AnyView {
        let said = move || {
            let said = self.said.get()?;
            let is_now = self.scenario.with(|it| Arc::ptr_eq(it, &said.scenario));
            is_now.then(|| view! { <p class="tree-said">{words(&said.sentence)}</p> })
        };
        view! { <div class="tree-status" role="status" aria-label="Account tree">{live::maybe(said)}</div> }.into_any()
    }
}
