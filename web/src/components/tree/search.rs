//! The field over the tree: words to look for, and whether only the walk is of interest.
//!
//! Invariant: how many rows are found is told in a live region, and only while something is left out.

use leptos::prelude::*;
use litemap::LiteMap;

use crate::{
    browser::focus,
    components::live,
    state::signal::{RwSignal, Signal, memo},
    view::tree::{Filter, Query, Visible},
};

/// The id of the field.
const SEARCH_ID: &str = "tree-search";
const FOUND_ID: &str = "tree-found";

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    text: RwSignal<String>,
    on_walk: RwSignal<bool>,
    /// What is left out of the tree.
    pub(super) filter: Signal<Filter>,
    /// The rows that were folded and unfolded by hand since.
    pub(super) folds: RwSignal<LiteMap<String, bool>>,
}

impl Search {
    /// Nothing is looked for.
    pub(super) fn new() -> Self {
        let text = RwSignal::new(String::new());
        let on_walk = RwSignal::new(false);
        let filter = memo(move || Filter {
            query: text.with(|it| Query::of(it)),
            on_walk: on_walk.get(),
        });
        Self {
            text,
            on_walk,
            filter,
            folds: RwSignal::new(LiteMap::new_vec()),
        }
    }

    fn look_for(self, text: String) {
        self.folds.set(LiteMap::new_vec());
        self.text.set(text);
    }

    /// The field and the switch; `into_results` moves on to the rows.
    pub(super) fn view(self, visible: Signal<Visible>, into_results: Callback<()>) -> AnyView {
        let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
            "Escape" if self.text.with_untracked(|it| !it.is_empty()) => {
                self.look_for(String::new());
                event.prevent_default();
                event.stop_propagation();
            }
            "ArrowDown" | "Enter" => {
                into_results.run(());
                event.prevent_default();
            }
            _ => {}
        };
        let found = move || {
            let is_on = self.filter.with(Filter::is_on);
            let n = visible.with(|it| it.n_found);
            is_on.then(|| sentence(n, self.on_walk.get()))
        };
        view! {
            <div class="tree-search" role="search">
                <input
                    type="search"
                    id=SEARCH_ID
                    class="input"
                    aria-label="Search the account"
                    aria-describedby=FOUND_ID
                    aria-keyshortcuts="/"
                    placeholder="Search"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=live::text(move || self.text.get())
                    on:input:target=move |event| self.look_for(event.target().value())
                    on:keydown=on_key
                />
                <kbd aria-hidden="true">"/"</kbd>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=live::flag(move || self.on_walk.get())
                        on:change:target=move |event| {
                            self.folds.set(LiteMap::new_vec());
                            self.on_walk.set(event.target().checked());
                        }
                    />
                    "On this walk"
                </label>
            </div>
            <p class="tree-found" id=FOUND_ID role="status">
                {live::text(move || found().unwrap_or_default())}
            </p>
        }
        .into_any()
    }
}

/// How many rows are found, in words.
fn sentence(n: usize, on_walk: bool) -> String {
    match (n, on_walk) {
        (0, false) => {
            "Nothing found. Every word must be in the name, the ARN or the kind.".to_owned()
        }
        (0, true) => "Nothing of it is on this walk.".to_owned(),
        (n, false) => format!("{n} found"),
        (n, true) => format!("{n} on this walk"),
    }
}

/// Puts the keyboard's focus into the field.
pub(crate) fn focus_search() {
    focus::focus_at_once(SEARCH_ID);
}
