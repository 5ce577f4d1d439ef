//! The ways past a lock, which stands before a lesson and before the challenges until what comes first is solved.
//!
//! Knows of what is locked only the words. Invariant: whoever knows all that already finds a way in.

use leptos::prelude::*;

use crate::pages::learn::frame::all_lessons;

/// What the ways past a lock say.
pub(super) struct Words {
    /// On the button that opens it all the same.
    pub(super) open: &'static str,
    /// For whom that is, and what becomes of the lessons.
    pub(super) hint: &'static str,
}

/// The ways: what comes first, in all the same, and back to all lessons.
pub(super) fn ways_past(first: Option<AnyView>, words: &Words, on_open: Callback<()>) -> AnyView {
    view! {
        <div class="locked-ways">
            {first}
            <button type="button" class="button large" on:click=move |_| on_open.run(())>
                {words.open}
            </button>
            {all_lessons()}
        </div>
        <p class="hint">{words.hint}</p>
    }
    .into_any()
}
