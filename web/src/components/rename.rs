//! The dialog that gives the scenario another name.
//!
//! Invariant: a name is one edit, made when it is finished; what would be no name changes nothing and is told.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::Scenario;

use crate::{
    browser::focus::focus,
    components::{dialog::Dialog, late::late_view, live},
    late::late,
    state::{
        edit::{Edit, Target},
        naming,
        signal::{RwSignal, Signal},
    },
};

const FIELD: &str = "scenario-name";
const HELP: &str = "scenario-name-help";
const MESSAGE: &str = "scenario-name-message";

/// The dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RenameDialog {
    dialog: Dialog,
}

/// What is renamed, and who does it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    /// The scenario.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// Takes the edit.
    pub(crate) on_edit: Callback<Edit>,
}

impl RenameDialog {
    /// A dialog that is shut.
    pub(crate) fn new() -> Self {
        Self {
            dialog: Dialog::new("rename"),
        }
    }

    /// Opens it.
    pub(crate) fn open(self) {
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self, named: Named) -> AnyView {
        self.dialog.view("Name of the scenario", move || {
            late_view(rename_arrives, move || rename_body(self, named))
        })
    }
}

late! {
    share, rename_arrives:
    fn rename_body(dialog: RenameDialog, named: Named) -> AnyView {
        body(dialog, named)
    }
}

fn body(RenameDialog { dialog }: RenameDialog, named: Named) -> AnyView {
    let old = named.scenario.with_untracked(|it| it.name.clone());
    let typed = RwSignal::new(old.clone());
    let is_refused = RwSignal::new(false);
    let rename = move || {
        let Some(name) = naming::name(&typed.get_untracked()) else {
            return is_refused.set(true);
        };
        if named.scenario.with_untracked(|it| it.name != name) {
            let change = move |it: &mut Scenario| it.name = name;
            named.on_edit.run(Edit::new(Target::Name, change));
        }
        dialog.close();
    };
    let message = move || {
        let message = view! { <p class="field-message">"A scenario has a name: type one, or close this."</p> };
        is_refused.get().then(|| message.into_any())
    };
    // Whoever opens this is about to type.
    focus(FIELD.to_owned());
    view! {
        <form
            class="share"
            on:submit=move |event| {
                event.prevent_default();
                rename();
            }
        >
            <div class="field">
                <label class="field-label" for=FIELD>"Name"</label>
                <input
                    type="text"
                    class="input"
                    id=FIELD
                    maxlength=naming::MAX_CHARACTERS.to_string()
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby=format!("{MESSAGE} {HELP}")
                    aria-invalid=live::text(move || is_refused.get().to_string())
                    value=old
                    on:input:target=move |event| {
                        is_refused.set(false);
                        typed.set(event.target().value());
                    }
                />
                <div id=MESSAGE aria-live="polite">{live::maybe(message)}</div>
                <p class="field-help" id=HELP>
                    "Drafts, links, files and prints are called so."
                </p>
            </div>
            <div class="button-row">
                <button type="submit" class="button primary">"Rename"</button>
            </div>
        </form>
    }
    .into_any()
}
