//! What a kind of finding means, in a dialog: the same words as in `docs/lints.md`.
//!
//! The words arrive later. Invariant: what is shown is the text of the rule, and nothing is looked up elsewhere.

use leptos::prelude::*;
use rolewalk_core::lint;

use crate::{
    components::{dialog::Dialog, late::late_view, words::words},
    late::late,
    state::signal::RwSignal,
    view::code::{Block, blocks},
};

/// The dialog, and which finding it explains.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LintPage {
    dialog: Dialog,
    code: RwSignal<&'static str>,
}

impl LintPage {
    /// A dialog that is shut.
    pub(crate) fn new() -> Self {
        Self {
            dialog: Dialog::new("lint-page"),
            code: RwSignal::new(""),
        }
    }

    /// Explains findings with this code.
    pub(crate) fn open(self, code: &'static str) {
        self.code.set(code);
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self) -> AnyView {
        let code = self.code;
        self.dialog.view("What this finding means", move || {
            late_view(page_arrives, move || page_view(code.get_untracked()))
        })
    }
}

late! {
    ide, page_arrives:
    fn page_view(code: &'static str) -> AnyView {
        page(code)
    }
}

fn page(code: &'static str) -> AnyView {
    let text = lint::page(code).unwrap_or("Nothing more is written about it.");
    let block = |it: Block| match it {
        Block::Words(text) => view! { <p>{words(&text)}</p> }.into_any(),
        Block::Code(text) => view! { <pre tabindex="0">{text}</pre> }.into_any(),
    };
    view! {
        <div class="lint-page">
            <p><code>{code}</code></p>
            {blocks(text).into_iter().map(block).collect_view()}
        </div>
    }
    .into_any()
}
