//! Something that folds, and stays as it is when the flow is evaluated anew.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::state::signal::{RwSignal, memo};

use crate::components::live;

/// A `details` whose state is kept under `key`; the body is made only while it is unfolded.
pub(crate) fn fold(
    folds: RwSignal<BTreeMap<String, bool>>,
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
    let toggle = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let is_open = is_open.get_untracked();
        folds.update(|it| {
            it.insert(key.get_value(), !is_open);
        });
    };
    view! {
        <details class=class prop:open=live::flag(move || is_open.get())>
            <summary on:click=toggle>{summary}</summary>
            {live::maybe(move || is_open.get().then(&body))}
        </details>
    }
    .into_any()
}
