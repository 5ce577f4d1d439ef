//! Something that folds, and stays as it is when the flow is evaluated anew.

use leptos::prelude::*;
use litemap::LiteMap;

use crate::state::signal::{RwSignal, memo};

use crate::components::live;

/// A button that unfolds what stands below it; the state is kept under `key`, and the body is made
/// only while it is unfolded.
///
/// No `details`: while one is shut on the page, Chromium takes a second for a long text that is
/// pasted into the text area, instead of a fifth.
pub(crate) fn fold(
    folds: RwSignal<LiteMap<String, bool>>,
    key: String,
    is_open_at_first: bool,
    class: String,
    summary: AnyView,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let key = StoredValue::new(key);
    let is_open = memo(move || {
        let by_hand = key.with_value(|key| folds.with(|it| it.get(key).copied()));
        by_hand.unwrap_or(is_open_at_first)
    });
    let toggle = move |_| {
        let is_open = is_open.get_untracked();
        folds.update(|it| {
            it.insert(key.get_value(), !is_open);
        });
    };
    view! {
        // One text: where this is made anew with another `class`, a class beside it would be gone.
        <div class=live::text(move || if is_open.get() { format!("{class} is-unfolded") } else { class.clone() })>
            <button
                type="button"
                class="fold-head"
                aria-expanded=live::text(move || is_open.get().to_string())
                on:click=toggle
            >
                {summary}
            </button>
            {live::maybe(move || is_open.get().then(&body))}
        </div>
    }
    .into_any()
}
