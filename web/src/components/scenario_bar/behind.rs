//! Words of the sentence behind a select or a field.
//!
//! Browsers may break a line behind one of these, whatever comes next: a comma there is an element of its own, for which
//! the sheet keeps room in the same line.

use leptos::prelude::*;

/// The words: what they begin with stays in the line before.
pub(super) fn behind(words: &'static str) -> AnyView {
    let mark = words
        .chars()
        .next()
        .filter(|it| matches!(it, ',' | ':' | '.'));
    let rest = mark.map_or(words, |it| words.trim_start_matches(it));
    view! {
        {mark.map(|it| view! { <span class="comma">{it}</span> })}
        {rest}
    }
    .into_any()
}
