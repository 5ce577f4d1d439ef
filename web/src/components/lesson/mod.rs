//! A lesson's panel: what it is about, what should be so, and what helps.
//!
//! Invariant: what is told moves nothing that somebody is about to press: each part has its place from the first.

pub(crate) mod bar;
pub(crate) mod challenge;
pub(crate) mod compare;
pub(crate) mod goals;
mod help;
mod markdown;
mod predict;
mod solved;
mod terms;
mod ticket;

use leptos::prelude::*;

pub(crate) use self::markdown::markdown;
use self::{
    goals::Goals,
    help::Help,
    predict::{Answered, Predict},
    solved::Solved,
    ticket::TicketPart,
};
use crate::{
    components::{live, words::words},
    state::{lesson::Sitting, signal::Signal},
};

/// What the panel asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deeds {
    /// Walk what a goal is about, by the goal's place.
    pub(crate) show_goal: Callback<usize>,
    /// Begin anew: asks first.
    pub(crate) start_over: Callback<()>,
    /// Look at the solution; whether to ask first.
    pub(crate) show_solution: Callback<bool>,
}

/// Where the panel's links lead.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// What comes next: its address, and what the link says.
    pub(crate) next: (String, String),
    /// The tickets: address, title and whether it is solved.
    pub(crate) tickets: Vec<(String, String, bool)>,
    /// The address of the ticket that is open.
    pub(crate) here: String,
}

/// The panel.
#[component]
pub(crate) fn LessonPanel(
    sitting: Sitting,
    /// The place of the goal whose walk is shown.
    #[prop(into)]
    shown_goal: Signal<Option<usize>>,
    ways: Ways,
    deeds: Deeds,
) -> impl IntoView {
    let head = sitting.read(|given, lesson| {
        let place = format!(
            "Lesson {} of {}",
            given.number(),
            given.course.lessons.len()
        );
        let minutes = format!("{} minutes", lesson.sheet.minutes);
        (
            place,
            minutes,
            lesson.sheet.idea.clone(),
            markdown(&lesson.text, &lesson.sheet.terms),
            terms::terms(&lesson.sheet.terms),
        )
    });
    let Some((place, minutes, idea, text, terms)) = head else {
        return ().into_any();
    };
    let has_question = sitting
        .read(|_, it| it.sheet.predict.is_some())
        .unwrap_or_default();
    let is_ticket = sitting.given.with_value(|it| it.ticket().is_some());
    let next = ways.next.clone();
    view! {
        <section class="panel panel-lesson" aria-labelledby="lesson-title">
            <div class="lesson-read" tabindex="0" role="group" aria-labelledby="lesson-title">
                <p class="lesson-place">
                    <span>{place}</span>
                    <span>{minutes}</span>
                </p>
                <p class="lesson-idea">{words(&idea)}</p>
                <div class="lesson-text">{text}</div>
                {terms}
                {has_question.then(|| view! { <Answered sitting /> })}
            </div>
            <div class="lesson-do" class:is-solved=live::flag(move || sitting.is_solved.get())>
                {is_ticket.then(|| view! { <TicketPart sitting ways /> })}
                {has_question.then(|| view! { <Predict sitting /> })}
                <Goals sitting shown_goal deeds />
                <Solved sitting next deeds />
                <Help sitting deeds />
            </div>
        </section>
    }
    .into_any()
}
