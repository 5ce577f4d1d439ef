//! The dialog that makes a link of a scenario: what the link carries is said before it is copied.
//!
//! Invariant: nothing is copied in this tab before somebody has seen what a link carries.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{scenario::Scenario, share::ShareError};

use crate::{
    browser::{
        download, focus,
        location::{self, Route},
        storage,
    },
    components::{
        dialog::Dialog,
        handed_out::{self, Copied, handed_out},
        late::late_view,
        live,
        words::words,
    },
    late::late,
    state::{
        shared::{self, MAX_LINK},
        shelf::{self, Shelf},
        signal::{RwSignal, Signal},
    },
};

/// There in this tab once somebody has copied a link, and so has read what it carries.
const TOLD_KEY: &str = "rolewalk.told-of-links";
/// The id of the field with the link.
const FIELD: &str = "share-link";

/// The dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShareDialog {
    dialog: Dialog,
}

/// What is shared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToShare {
    /// The scenario.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// What it began as.
    pub(crate) origin: Signal<String>,
    /// The library, whose world a link may be made from.
    pub(crate) shelf: RwSignal<Shelf>,
}

impl ShareDialog {
    /// A dialog that is shut.
    pub(crate) fn new() -> Self {
        Self {
            dialog: Dialog::new("share"),
        }
    }

    /// Opens it.
    pub(crate) fn open(self) {
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self, what: ToShare) -> AnyView {
        self.dialog.view("Share this scenario", move || {
            late_view(share_arrives, move || share_body(what))
        })
    }
}

late! {
    share, share_arrives:
    fn share_body(what: ToShare) -> AnyView {
        body(what)
    }
}

/// The link is made once the library is there, where it may be made from that.
fn body(what: ToShare) -> AnyView {
    let link = RwSignal::new(None);
    let make = move || {
        let scenario = what.scenario.get_untracked();
        let library = what.shelf.with_untracked(|it| it.library().cloned());
        let text = shared::pack(&scenario, library.as_deref());
        link.set_if_there(Some(match text {
            Ok(it) => Ok(location::link(&Route::Shared(it).address())),
            Err(error) => Err(no_link(&error)),
        }));
    };
    if what.origin.with_untracked(|it| shared::is_of_library(it)) {
        shelf::fetch(what.shelf, make);
    } else {
        make();
    }
    view! {
        <div class="share">
            <p>
                "A link holds the whole scenario: account ids, names of people and roles, every policy. Whoever has the link can read them. It is sent to no server: what stands behind # stays in the browser."
            </p>
            {live::part(move || match link.get() {
                None => view! { <p role="status">"The link is being made …"</p> }.into_any(),
                Some(Ok(link)) if link.len() <= MAX_LINK => short(link),
                Some(Ok(link)) => long(link, what),
                Some(Err(told)) => none(&told, what),
            })}
        </div>
    }
    .into_any()
}

/// Whoever has copied a link in this tab has the next one with one click.
fn short(link: String) -> AnyView {
    let copied = RwSignal::new(Copied::NotYet);
    let n_characters = link.len();
    if storage::of_tab(TOLD_KEY).is_some() {
        handed_out::copy(&link, copied);
    }
    Effect::new(move || {
        if copied.get() == Copied::Yes {
            storage::keep_in_tab(TOLD_KEY, Some("1"));
        }
    });
    focus::focus(format!("{FIELD}-copy"));
    view! {
        {handed_out(Signal::stored(link), FIELD, "this scenario", copied, true)}
        <p class="field-help">{format!("{n_characters} characters. It opens beside what others have, and never over it.")}</p>
    }
    .into_any()
}

fn long(link: String, what: ToShare) -> AnyView {
    let copied = RwSignal::new(Copied::NotYet);
    let told = format!(
        "This scenario makes a link of {} characters. Programs that links are sent through cut off those of more than {MAX_LINK}: save it as a file, and send that.",
        link.len()
    );
    view! {
        <p role="status">{told}</p>
        <div class="button-row">
            {save_button(what)}
            <button type="button" class="button" on:click=move |_| handed_out::copy(&link, copied)>
                "Copy the long link"
            </button>
            <span role="status" class="field-help">
                {live::text(move || copied.get().says().to_owned())}
            </span>
        </div>
    }
    .into_any()
}

fn no_link(error: &ShareError) -> String {
    let (message, help) = (error.message(), error.help());
    format!("There is no link to it: {message}. What to do: {help}.")
}

fn none(told: &str, what: ToShare) -> AnyView {
    view! {
        <p role="status">{words(told)}</p>
        <div class="button-row">{save_button(what)}</div>
    }
    .into_any()
}

fn save_button(what: ToShare) -> AnyView {
    let save = move |_| {
        let scenario = what.scenario.get_untracked();
        let name = what
            .origin
            .with_untracked(|it| shared::file_name(it, &scenario));
        download::text(&name, "application/json", &scenario.to_json());
    };
    view! {
        <button type="button" class="button primary" on:click=save>
            "Save as file"
        </button>
    }
    .into_any()
}
