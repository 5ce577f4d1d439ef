//! The glossary: the small signs that lead to it, and its dialog.
//!
//! A sign is a link, and needs nothing of the page around it: `browser::terms` hears of it. Invariant: of all this only
//! the signs and an empty dialog come with the page; the words and what shows them arrive when somebody asks.

mod body;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::lesson::Glossary;

use crate::{
    browser::{fetch, terms},
    components::{dialog::Dialog, glossary::body::body, late::late_view},
    late::{self, late},
    state::{course::Arrival, signal::RwSignal},
};

/// Where the glossary lies, beside the page.
const PATH: &str = "glossary.json";

/// A small sign that leads to the card of what is called `name`.
pub(crate) fn term(id: &str, name: &str) -> AnyView {
    let label = format!("Glossary: {name}");
    view! {
        <a class="term" href=format!("{}/{id}", terms::START) aria-label=label.clone() title=label>
            "?"
        </a>
    }
    .into_any()
}

/// The same behind a button that has the focus in its place: there `?` follows it, so that the signs of a list do not
/// double the stops of whoever goes through the page by keyboard.
pub(crate) fn term_behind(id: &str, name: &str) -> AnyView {
    let label = format!("Glossary: {name}");
    let title = format!("{label} (? by keyboard)");
    view! {
        <a class="term" tabindex="-1" href=format!("{}/{id}", terms::START) aria-label=label title=title>
            "?"
        </a>
    }
    .into_any()
}

/// A word that leads to its card.
pub(crate) fn term_word(id: &str, word: &'static str) -> AnyView {
    view! { <a class="term-word" href=format!("{}/{id}", terms::START)>{word}</a> }.into_any()
}

/// What of the glossary is there.
#[derive(Clone, Debug)]
enum Words {
    /// On its way.
    Coming,
    /// Here.
    Here(Arc<Glossary>),
    /// It could not be had.
    Missing,
}

/// The dialog: the words, and which of them are shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GlossaryDialog {
    dialog: Dialog,
    /// Whose lessons are about the words.
    course: RwSignal<Arrival>,
    words: RwSignal<Words>,
    /// The id of a card, a question or a comparison; empty: all of them.
    shown: RwSignal<String>,
}

impl GlossaryDialog {
    /// A dialog that is shut. The titles of lessons are those of `course`, where it is there.
    pub(crate) fn new(course: RwSignal<Arrival>) -> Self {
        Self {
            course,
            dialog: Dialog::new("glossary"),
            words: RwSignal::new(Words::Coming),
            shown: RwSignal::new(String::new()),
        }
    }

    /// Opens it at a card, or as a whole.
    pub(crate) fn open(self, id: String) {
        self.shown.set(id);
        self.dialog.open();
    }

    /// Closes it.
    pub(crate) fn close(self) {
        self.dialog.close();
    }

    /// Whether it is open, which is followed.
    pub(crate) fn is_open(self) -> bool {
        self.dialog.is_open()
    }

    /// Its part of the page.
    pub(crate) fn view(self) -> AnyView {
        self.dialog.view("Glossary", move || {
            late_view(glossary_arrives, move || glossary_body(self))
        })
    }

    fn fetch(self) {
        if self.words.with_untracked(|it| matches!(it, Words::Here(_))) {
            return;
        }
        self.words.set(Words::Coming);
        fetch::text(PATH, move |text| {
            let Some(text) = text else {
                return self.words.set_if_there(Words::Missing);
            };
            late::then(read(text), move |found| {
                self.words.set_if_there(match found {
                    Ok(Some(glossary)) => Words::Here(glossary),
                    _ => Words::Missing,
                });
            });
        });
    }
}

late! {
    glossary, glossary_arrives:
    fn glossary_body(dialog: GlossaryDialog) -> AnyView {
        dialog.fetch();
        body(dialog)
    }
}

late! {
    glossary:
    fn read(text: String) -> Option<Arc<Glossary>> {
        Glossary::from_json(&text).ok().map(Arc::new)
    }
}
