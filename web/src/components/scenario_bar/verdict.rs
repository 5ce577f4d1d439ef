//! The answer to the whole walk: words, a shape and a colour; read out when it changes.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    catalogue::Catalogue,
    explain::{self, Verdict},
    flow::{Flow, HopKind},
};

use crate::{
    components::{actions::Actions, icon, late::late_view, live, words::words},
    late::late,
    state::{
        document::Shown,
        signal::{Signal, memo},
        wish::{Wish, kind_name},
    },
    view::{icon::Icon, markup::with_article, verdict},
};

/// The banner. `is_stale`: some text has errors, and the walk knows only its last good version.
#[component]
pub(crate) fn VerdictBanner(
    #[prop(into)] flow: Signal<Arc<Flow>>,
    #[prop(into)] shown: Signal<Shown>,
    /// What AWS has, as far as that is known.
    catalogue: Signal<Arc<Catalogue>>,
    #[prop(into)] is_stale: Signal<bool>,
    #[prop(into)] on_door: Callback<HopKind>,
    #[prop(into)] blocked: Signal<Option<HopKind>>,
    /// Whether doors are told of that are shut behind the first.
    tells_others: bool,
    /// Where nothing can be changed, nobody is invited to.
    #[prop(optional)]
    is_read_only: Option<Signal<bool>>,
    actions: Actions,
) -> impl IntoView {
    let headline = memo(move || flow.with(|it| verdict::headline(it)));
    let open = memo(move || {
        let is_open = headline.with(|it| it.is_open);
        is_open.then(|| flow.with(|it| explain::open_verdict(it)))
    });
    let body = move || match open.get() {
        Some(verdict) => open_body(&verdict, is_read_only),
        None => late_view(shut_arrives, move || {
            shut_body(flow, shown, catalogue, tells_others, actions)
        }),
    };
    // One text: a class beside it would be gone with the next state.
    let class = move || {
        let stale = if is_stale.get() { " is-stale" } else { "" };
        format!("verdict {}{stale}", headline.get().state.class())
    };
    view! {
        <section
            class=live::text(class)
            aria-label="Verdict"
        >
            <div class="verdict-head">
                <span class="verdict-sign">{live::part(move || icon::icon(Icon::of_state(headline.get().state)))}</span>
                <p class="verdict-words" aria-live="polite">{live::text(move || headline.get().words)}</p>
                {live::maybe(move || is_stale.get().then(|| view! { <span class="tag">"last good version"</span> }.into_any()))}
                {live::maybe(move || {
                    blocked
                        .get()
                        .map(|kind| {
                            view! {
                                <button type="button" class="button small" on:click=move |_| on_door.run(kind)>
                                    "Show the door"
                                </button>
                            }
                        })
                })}
            </div>
            <div class="verdict-body">{live::part(body)}</div>
        </section>
    }
}

/// Where no door is shut: what to do next, in place of an answer that the headline gives already.
fn open_body(verdict: &Verdict, is_read_only: Option<Signal<bool>>) -> AnyView {
    let hint = move || {
        let is_invited = !is_read_only.is_some_and(Signal::get);
        is_invited.then(|| {
            view! {
                <p class="hint">
                    "Change anything: a policy, a setting, a choice in the sentence. Every edit is evaluated at once, and the first door that shuts is shown here with the reason."
                </p>
            }
            .into_any()
        })
    };
    view! {
        <p class="reason">{words(&verdict.reason)}</p>
        {live::maybe(hint)}
    }
    .into_any()
}

late! {
    panels, shut_arrives:
    /// The same as at the door that is shut, or where something is lost.
    fn shut_body(
        flow: Signal<Arc<Flow>>,
        shown: Signal<Shown>,
        catalogue: Signal<Arc<Catalogue>>,
        tells_others: bool,
        actions: Actions,
    ) -> AnyView {
        let told = if tells_others { explain::flow_verdict } else { explain::first_verdict };
        let verdict = memo(move || {
            let told = |shown: &Shown| {
                flow.with(|it| told(it, &shown.scenario.world, &shown.documents))
            };
            let verdict = shown.with(told);
            catalogue.with(|it| verdict.with_catalogue(it))
        });
        live::part(move || verdict.with(|it| body(it, actions)))
    }
}

/// Answer, reason, fix, and the places to look.
pub(crate) fn body(verdict: &Verdict, actions: Actions) -> AnyView {
    let answer = if verdict.is_aws_message {
        let text = crate::view::markup::plain(&verdict.answer);
        view! { <p class="aws-message"><span class="visually-hidden">"AWS says: "</span>{text}</p> }
            .into_any()
    } else {
        view! { <p class="answer">{words(&verdict.answer)}</p> }.into_any()
    };
    let fix = verdict::fix(verdict).map(|it| {
        view! {
            <p class="fix">
                <span class="fix-label">"What would fix it: "</span>
                {words(&it)}
            </p>
        }
    });
    let spots = verdict.spots.iter().map(|(label, spot)| {
        let spot = spot.clone();
        view! {
            <button type="button" class="button small" on:click=move |_| actions.open.run(spot.clone())>
                {icon::icon(Icon::Point)}
                <span>{words(label)}</span>
            </button>
        }
    });
    let add = verdict.add.clone().map(|(kind, at)| {
        let name = with_article(kind_name(kind));
        let add = move |_| actions.wish.run(Wish::Add(kind, at.clone()));
        view! {
            <button type="button" class="button small" on:click=add>
                {icon::icon(Icon::Plus)}
                <span>{format!("Add {name}")}</span>
            </button>
        }
    });
    let has_spots = !verdict.spots.is_empty() || add.is_some();
    let spots = spots.collect_view();
    view! {
        {answer}
        <p class="reason">{words(&verdict.reason)}</p>
        <div class="fix-row">
            {fix}
            {has_spots.then(|| view! { <div class="spots">{add}{spots}</div> })}
        </div>
    }
    .into_any()
}
