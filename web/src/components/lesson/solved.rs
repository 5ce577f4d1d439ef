//! What comes when it is solved: what to take along, how small the solution is, and where to go on.

use leptos::prelude::*;

use crate::{
    components::{icon, lesson::Deeds, live, words::words},
    state::lesson::Sitting,
    view::{goal, icon::Icon},
};

/// What comes when it is solved.
pub(super) const SOLVED: &str = "lesson-solved";

/// The part that is there once everything is met.
#[component]
pub(crate) fn Solved(sitting: Sitting, next: (String, String), deeds: Deeds) -> impl IntoView {
    let part = move || {
        sitting
            .is_solved
            .get()
            .then(|| solved(sitting, next.clone(), deeds))
    };
    view! { <div id=SOLVED class="solved-place told-place" aria-live="polite">{live::maybe(part)}</div> }
}

fn solved(sitting: Sitting, (address, label): (String, String), deeds: Deeds) -> AnyView {
    let takeaway = sitting
        .read(|_, it| it.sheet.takeaway.clone())
        .unwrap_or_default();
    let may_look = sitting.shows_solution().is_some();
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
            <div class="button-row">
                <a class="button primary" href=address>{label}</a>
                {may_look
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=move |_| deeds.show_solution.run(false)>
                                "Compare"
                            </button>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}
