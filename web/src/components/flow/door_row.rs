//! One door of the walk: who comes, what stands at the door, how it stands.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, counted},
    flow::{Hop, HopKind},
};

use crate::{
    components::{
        actions::Actions,
        flow::{
            FlowState,
            check::{check, heads},
        },
        glossary::term_behind,
        icon,
        late::late_view,
        live,
        scenario_bar::verdict_body,
        state_chip::state_chip,
        words::words,
    },
    late::late,
    state::{
        document::Shown,
        signal::{Signal, memo, settled},
    },
    view::{
        door::{self, DoorState},
        icon::Icon,
        markup, term,
    },
};

/// The row of a door.
#[component]
pub(crate) fn DoorRow(kind: HopKind, state: FlowState, actions: Actions) -> impl IntoView {
    // While the hop stays the same, nothing of its row is made anew.
    let hop = memo(move || {
        state.flow.with(|flow| {
            let hop = flow.hops.iter().find(|it| it.kind == kind);
            hop.map(Arc::clone)
        })
    });
    // What follows these three is told only where they differ: there are dozens of such things in each row, and a key
    // touches few rows. What is unfolded quotes the texts, and follows both without a moment between.
    let row_hop = settled(hop);
    let number = settled(memo(move || {
        state.flow.with(|it| {
            it.hops
                .iter()
                .position(|it| it.kind == kind)
                .map_or(0, |it| it + 1)
        })
    }));
    let door = settled(memo(move || {
        state.flow.with(|flow| {
            let hop = flow.hops.iter().find(|it| it.kind == kind);
            hop.map_or(DoorState::NotReached, |it| DoorState::of(flow, it))
        })
    }));
    let read = move |read: fn(&Hop) -> String| {
        memo(move || row_hop.with(|it| it.as_ref().map(|it| read(it)).unwrap_or_default()))
    };
    let title = read(explain::hop_title);
    let would_be = read(|it| door::would_be(it).to_owned());
    // Behind a shut door that would have given an identity, nobody has it.
    let identity = move |read: fn(&Hop) -> String| {
        memo(move || {
            let is_had = door::is_identity_had(kind, door.get());
            row_hop.with(|it| {
                it.as_ref()
                    .filter(|_| is_had)
                    .map(|it| read(it))
                    .unwrap_or_default()
            })
        })
    };
    let arn = identity(|it| it.identity.arn.clone().unwrap_or_default());
    let credentials = identity(|it| {
        door::credentials(it.identity.credentials)
            .unwrap_or_default()
            .to_owned()
    });
    let details = identity(|it| explain::identity_details(&it.identity).join(" · "));
    let is_unfolded = memo(move || state.is_unfolded(kind));
    let id = door::row_id(kind);
    let body_id = format!("{id}-checks");
    view! {
        <li class=live::text(move || format!("door {}", door.get().class())) id=id.clone()>
            <h3 class="door-head">
                <button
                    type="button"
                    class="door-button"
                    id=format!("{id}-button")
                    aria-expanded=live::text(move || is_unfolded.get().to_string())
                    aria-controls=body_id.clone()
                    aria-keyshortcuts="?"
                    on:click=move |_| state.unfold(kind, !is_unfolded.get_untracked())
                >
                    <span class="twist" class:is-open=live::flag(move || is_unfolded.get())>{icon::icon(Icon::Chevron)}</span>
                    <span class="door-number">{live::text(move || number.get().to_string())}</span>
                    <span class="door-title">{live::part(move || words(&title.get()))}</span>
                    {live::part(move || state_chip(door.get(), None))}
                </button>
                {term_behind(term::of_hop(kind), explain::hop_short_title(kind))}
            </h3>
            <div class="door-who">
                {live::maybe(move || {
                    (door.get() == DoorState::NotReached)
                        .then(|| view! { <span class="door-would">{would_be.get()}</span> }.into_any())
                })}
                {live::maybe(move || {
                    let arn = arn.get();
                    (!arn.is_empty())
                        .then(|| {
                            view! {
                                <span class="visually-hidden">"Identity after this door: "</span>
                                <span class="arn" title=arn.clone()>{arn.clone()}</span>
                            }
                        })
                })}
                {live::maybe(move || {
                    let word = credentials.get();
                    (!word.is_empty()).then(|| view! { <span class="tag">{word}</span> })
                })}
            </div>
            {live::maybe(move || {
                let details = details.get();
                (!details.is_empty() && is_unfolded.get())
                    .then(|| view! { <p class="door-session">{words(&details)}</p> })
            })}
            <div class="door-body" id=body_id>
                {live::maybe(move || {
                    is_unfolded
                        .get()
                        .then(|| late_view(body_arrives, move || late_body(kind, hop, state, actions)))
                })}
            </div>
        </li>
    }
}

/// The hop while the walk has it.
pub(crate) type HopSignal = Signal<Option<Arc<Hop>>>;

late! {
    panels, body_arrives:
    /// What a door's row shows while it is unfolded.
    fn late_body(kind: HopKind, hop: HopSignal, state: FlowState, actions: Actions) -> AnyView {
        body(kind, hop, state, actions)
    }
}

fn body(kind: HopKind, hop: HopSignal, state: FlowState, actions: Actions) -> AnyView {
    // The banner above says of the door that stops the walk what would stand here.
    let is_told = memo(move || state.blocked.get() == Some(kind));
    // The hop stays the same where a pattern gives way to another that misses as well: the words
    // quote the texts, so they follow those too.
    let verdict = memo(move || {
        let hop = hop.get()?;
        let verdict =
            |shown: &Shown| explain::hop_verdict(&hop, &shown.scenario.world, &shown.documents);
        let verdict = state.shown.with(verdict);
        Some(state.catalogue.with(|it| verdict.with_catalogue(it)))
    });
    let verdict = live::maybe(move || {
        let verdict = verdict.get().filter(|_| !is_told.get())?;
        Some(view! { <div class="door-verdict">{verdict_body(&verdict, actions)}</div> })
    });
    let label = memo(move || {
        let title = hop.with(|it| it.as_ref().map(|it| explain::hop_title(it)));
        let title = title.unwrap_or_default();
        format!("Checks at the door: {}", markup::plain(&title))
    });
    // What a folded check shows seldom changes while one types.
    let heads = memo(move || hop.with(|it| it.as_ref().map_or_else(Vec::new, |it| heads(it))));
    let n_checks = memo(move || heads.with(Vec::len));
    let items = move || {
        let all = heads.get().into_iter();
        all.map(|it| live::item(it.key(), move || check(&it, hop, state, actions)))
            .collect()
    };
    let count = move || counted(n_checks.get(), "check", "checks");
    view! {
        {verdict}
        <h4 class="checks-title">{live::text(count)}</h4>
        <ul class="checks" aria-label=live::text(move || label.get())>{live::list(items)}</ul>
    }
    .into_any()
}
