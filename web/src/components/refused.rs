//! Why something from elsewhere cannot be opened, and what to do.

use leptos::prelude::*;

use crate::components::words::words;

/// Both sentences; `message` and `help` are as errors have them.
#[component]
pub(crate) fn Refused(message: String, #[prop(into)] help: String) -> impl IntoView {
    view! {
        <div class="refused" role="alert">
            <p>{words(&format!("It cannot be read: {message}."))}</p>
            {(!help.is_empty()).then(|| view! { <p>{words(&format!("What to do: {help}."))}</p> })}
        </div>
    }
}
