//! A ticket: somebody's symptom, and the question which of the five ideas said no.

use leptos::prelude::*;
use rolewalk_core::lesson::Idea;

use crate::{
    browser::focus,
    components::{icon, lesson::Ways, live, words::words},
    state::{lesson::Sitting, signal::memo},
    view::icon::Icon,
};

/// Where it is told whether that was the one.
const SAID: &str = "ticket-said";

/// The tickets, the symptom of the open one, and what to answer.
#[component]
pub(crate) fn TicketPart(sitting: Sitting, ways: Ways) -> impl IntoView {
    let symptom = sitting
        .given
        .with_value(|it| it.ticket().map(|it| it.symptom.clone()));
    let here = ways.here.clone();
    let link = move |(address, title, is_solved): (String, String, bool)| {
        let is_here = address == here;
        view! {
            <li>
                <a class="ticket-link" class:is-solved=is_solved href=address aria-current=is_here.then_some("page")>
                    {title}
                    {is_solved.then(|| view! { {icon::icon(Icon::Check)} <span class="visually-hidden">" (solved)"</span> })}
                </a>
            </li>
        }
    };
    let links = ways.tickets.clone().into_iter().map(link);
    let right = sitting
        .given
        .with_value(|it| it.ticket().map(|it| it.answer));
    let button = move |idea: Idea| {
        let is_chosen = memo(move || sitting.answer.get() == Some(idea));
        view! {
            <button
                type="button"
                class="button choice"
                aria-pressed=live::text(move || is_chosen.get().to_string())
                disabled=live::flag(move || sitting.answer.get() == right)
                on:click=move |_| {
                    sitting.answer.set(Some(idea));
                    focus::reveal(SAID.to_owned());
                }
            >
                {idea.title()}
            </button>
        }
    };
    let said = move || {
        let answer = sitting.answer.get()?;
        if Some(answer) == right {
            let view = view! {
                <p class="predicted is-open">
                    {icon::icon(Icon::Check)}
                    {format!(" {}. Now repair it: the flow shows the door.", answer.title())}
                </p>
            };
            return Some(view.into_any());
        }
        let feedback = sitting
            .given
            .with_value(|it| it.ticket().and_then(|it| it.feedback.get(&answer).cloned()));
        feedback.map(|it| view! { <p class="predicted is-losing">{words(&it)}</p> }.into_any())
    };
    view! {
        <div class="ticket">
            <nav class="tickets" aria-label="Tickets">
                <ol>{links.collect_view()}</ol>
            </nav>
            <blockquote class="symptom">{words(&symptom.unwrap_or_default())}</blockquote>
            <div class="ticket-question">
                <h2 class="predict-question">"Who said no?"</h2>
                <div class="choices is-row">{Idea::ALL.map(button).into_iter().collect_view()}</div>
            </div>
            <div id=SAID class="told-place" aria-live="polite">{live::maybe(said)}</div>
        </div>
    }
}
