//! The dialog that asks who may make a call, and why not the others.
//!
//! Asks nothing itself: core does, a few callers at a time. Invariant: a row is the walk that its button shows.

mod body;

use leptos::prelude::*;
use rolewalk_core::world::EntityId;

use crate::{
    components::{actions::Actions, dialog::Dialog, late::late_view},
    late::late,
    state::{
        document::Shown,
        session::Tab,
        signal::{RwSignal, Signal},
    },
};

/// The dialog, and what it was opened about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WhoDialog {
    dialog: Dialog,
    shown: Signal<Shown>,
    tab: RwSignal<Tab>,
    about: RwSignal<Option<EntityId>>,
}

impl WhoDialog {
    /// A dialog that is shut; `tab` shows the walk that somebody asks for.
    pub(crate) fn new(shown: Signal<Shown>, tab: RwSignal<Tab>) -> Self {
        Self {
            dialog: Dialog::new("who"),
            shown,
            tab,
            about: RwSignal::new(None),
        }
    }

    /// Opens it about a thing, or about what the scenario works with.
    pub(crate) fn open(self, about: Option<EntityId>) {
        self.about.set(about);
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self, actions: Actions) -> AnyView {
        self.dialog.view("Who can", move || {
            late_view(who_arrives, move || who_body(self, actions))
        })
    }
}

late! {
    who, who_arrives:
    fn who_body(dialog: WhoDialog, actions: Actions) -> AnyView {
        dialog.body(actions)
    }
}
