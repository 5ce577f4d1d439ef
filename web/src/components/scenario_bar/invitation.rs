//! The scenario's own suggestion of what to try first.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::{Alteration, Scenario};

use crate::{
    components::{icon, live, words::words},
    state::signal::{Signal, memo},
    view::icon::Icon,
};

/// What the scenario shows, in one line.
pub(crate) fn about(scenario: Signal<Arc<Scenario>>) -> AnyView {
    let about = memo(move || scenario.with(|it| it.about.clone()));
    view! { <p class="about-text">{live::part(move || words(&about.get()))}</p> }.into_any()
}

/// Something to try.
#[component]
pub(crate) fn Invitation(
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    /// Whether the newest edit was the suggestion.
    #[prop(into)]
    is_taken: Signal<bool>,
    #[prop(into)] on_try: Callback<()>,
    #[prop(into)] on_undo: Callback<()>,
) -> impl IntoView {
    let text = memo(move || scenario.with(|it| it.invitation.as_ref().map(|it| it.text.clone())));
    let is_possible = memo(move || {
        scenario.with(|it| {
            let invitation = it.invitation.as_ref();
            invitation
                .is_some_and(|invitation| Alteration::apply_all(&invitation.changes, it).is_some())
        })
    });
    let button = move || {
        let text = text.get()?;
        let view = if is_taken.get() {
            view! {
                <button type="button" class="button invitation" on:click=move |_| on_undo.run(())>
                    {icon::icon(Icon::Undo)}
                    <span>"Undo: "{words(&text)}</span>
                </button>
            }
            .into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="button invitation"
                    disabled=live::flag(move || !is_possible.get())
                    on:click=move |_| on_try.run(())
                >
                    {icon::icon(Icon::Point)}
                    <span>"Try it: "{words(&text)}</span>
                </button>
            }
            .into_any()
        };
        Some(view)
    };
    live::maybe(button)
}
