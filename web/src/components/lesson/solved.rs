//! What comes when it is solved: what to take along, how small the solution is, and where to go on. What was solved
//! before and is another answer now keeps the way on.

use leptos::prelude::*;

use crate::{
    components::{icon, lesson::Deeds, live, words::words},
    state::{lesson::Sitting, signal::memo},
    view::{goal, icon::Icon},
};

/// What comes when it is solved.
pub(super) const SOLVED: &str = "lesson-solved";

/// The part that is there once everything is met.
#[component]
pub(crate) fn Solved(sitting: Sitting, next: (String, String), deeds: Deeds) -> impl IntoView {
    // What an earlier sitting has left is solved or not only once it was looked at.
    let is_changed = memo(move || {
        sitting.was_solved.get()
            && !sitting.is_solved.get()
            && sitting.outcome.with(Option::is_some)
    });
    let part = move || {
        if sitting.is_solved.get() {
            Some(solved(sitting, next.clone(), deeds))
        } else {
            is_changed
                .get()
                .then(|| solved_before(sitting, next.clone(), deeds))
        }
    };
    view! { <div id=SOLVED class="solved-place told-place" aria-live="polite">{live::maybe(part)}</div> }
}

fn solved_before(sitting: Sitting, next: (String, String), deeds: Deeds) -> AnyView {
    view! {
        <div class="solved is-before">
            <p class="solved-title">{icon::icon(Icon::Check)}"Solved before"</p>
            <p>"It stays solved. As you have changed it since, not every goal is met."</p>
            {ways_on(sitting, next, "button", deeds)}
        </div>
    }
    .into_any()
}

/// The way on, and one's own answer beside the solution, where that may be looked at.
fn ways_on(
    sitting: Sitting,
    (address, label): (String, String),
    class: &'static str,
    deeds: Deeds,
) -> AnyView {
    let may_look = sitting.shows_solution().is_some();
    view! {
        <div class="button-row">
            <a class=class href=address>{label}</a>
            {may_look
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| deeds.show_solution.run(false)>
                            "Compare"
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}

fn solved(sitting: Sitting, next: (String, String), deeds: Deeds) -> AnyView {
    let takeaway = sitting
        .read(|_, it| it.sheet.takeaway.clone())
        .unwrap_or_default();
    let score = move || {
        let rows = sitting
            .score
            .get()
            .map(|(own, reference)| goal::score_rows(own, reference));
        rows.filter(|it| !it.is_empty()).map(|rows| {
            let row = |(name, own, reference): (&'static str, String, String)| {
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td>{own}</td>
                        <td>{reference}</td>
                    </tr>
                }
            };
            view! {
                <table class="score">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">"Yours"</th>
                            <th scope="col">"Ours"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            }
        })
    };
    view! {
        <div class="solved">
            <p class="solved-title">{icon::icon(Icon::Check)}"Solved"</p>
            <p class="takeaway">{words(&takeaway)}</p>
            {live::maybe(score)}
            {ways_on(sitting, next, "button primary", deeds)}
        </div>
    }
    .into_any()
}
