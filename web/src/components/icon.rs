//! An icon. It says nothing to a screen reader: a word stands beside it.

use leptos::prelude::*;

use crate::view::icon::Icon;

/// An icon in running HTML.
pub(crate) fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
    .into_any()
}
