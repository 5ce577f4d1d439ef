//! Says that the flow shows the last good version of a text that has errors now.

use leptos::prelude::*;

use crate::{
    components::{icon, live, words::words},
    state::signal::Signal,
    view::{finding::Broken, icon::Icon},
};

/// One line: the first broken text, and how many more there are.
#[component]
pub(crate) fn StaleBanner(
    #[prop(into)] broken: Signal<Vec<Broken>>,
    #[prop(into)] on_broken: Callback<Broken>,
) -> impl IntoView {
    let lines = move || {
        let broken = broken.get();
        let n_more = broken.len().saturating_sub(1);
        broken
            .into_iter()
            .next()
            .map(|it| {
                let sentence = it.sentence();
                let more = (n_more > 0).then(|| format!(" ({n_more} more like it)"));
                view! {
                    <p class="stale-line">
                        {icon::icon(Icon::Warning)}
                        <span>{words(&sentence)}{more}</span>
                        <button type="button" class="button small" on:click=move |_| on_broken.run(it.clone())>
                            "Go to the error"
                        </button>
                    </p>
                }
            })
    };
    view! {
        <div class="stale" role="status" class:is-empty=live::flag(move || broken.with(Vec::is_empty))>
            {live::maybe(lines)}
        </div>
    }
}
