//! The scenario's own suggestion of what to try first.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::{Alteration, Scenario};

use crate::{
    components::{icon, live, words::words},
    state::signal::{Signal, memo},
    view::icon::Icon,
};

/// What it shows in one line, and something to try, where that can still be done.
#[component]
pub(crate) fn InvitationLine(
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
    /// Whether the newest edit was the suggestion.
    #[prop(into)]
    is_taken: Signal<bool>,
    /// Whether what the line says is of the world before it was changed.
    is_changed: Signal<bool>,
    #[prop(into)] on_try: Callback<()>,
    #[prop(into)] on_undo: Callback<()>,
) -> impl IntoView {
    let about = memo(move || scenario.with(|it| it.about.clone()));
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
        } else if !is_possible.get() {
            return None;
        } else {
            view! {
                <button type="button" class="button invitation" on:click=move |_| on_try.run(())>
                    {icon::icon(Icon::Point)}
                    <span>"Try it: "{words(&text)}</span>
                </button>
            }
            .into_any()
        };
        Some(view)
    };
    view! {
        <div class="about">
            <p class="about-text">
                {live::maybe(move || {
                    is_changed
                        .get()
                        .then(|| {
                            view! {
                                <span class="tag" title="It has been changed since: the verdict says how it is now">
                                    "as given"
                                </span>
                                " "
                            }
                        })
                })} {live::part(move || words(&about.get()))}
            </p>
            {live::maybe(button)}
        </div>
    }
}
