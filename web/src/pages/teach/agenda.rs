//! The page for teachers: the agenda with its times, what to say, and of each lesson what its answer is.
//!
//! Made to be printed, so nothing on it is folded. Invariant: nothing of anybody's own work or progress is on it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, counted},
    lesson::{Course, Exercise, Lesson, Part, Prediction, Ticket, WrongAnswer},
};

use crate::{
    browser::{location::Route, look},
    components::{lesson::markdown, words::words},
    pages::{
        learn::{
            Desk,
            frame::{frame, with_course},
        },
        teach::give::Give,
    },
    view::{
        agenda::{self, clock},
        markup,
    },
};

/// The page.
pub(super) fn agenda_page(desk: Desk) -> AnyView {
    with_course(desk, move |course: Arc<Course>| {
        look::title(&format!("To teach: {}", course.sheet.title));
        let parts = agenda::parts(&course);
        let minutes: u32 = parts.iter().map(|it| it.minutes).sum();
        let sum = format!(
            "{} in {}, {} minutes ({})",
            counted(course.lessons.len(), "lesson", "lessons"),
            counted(parts.len(), "part", "parts"),
            minutes,
            clock(minutes)
        );
        let rows = parts.iter().map(overview_row).collect_view();
        let parts = parts.iter().map(part).collect_view();
        let content = view! {
            <div class="teach">
                <h1>{format!("To teach: {}", course.sheet.title)}</h1>
                <p>{words(&course.sheet.about)}</p>
                <p><strong>{sum}</strong></p>
                <div class="button-row not-printed">
                    <button type="button" class="button primary" on:click=|_| look::print()>
                        "Print, with all solutions"
                    </button>
                    <a class="button" href=Route::Author.address()>"Open or write a course"</a>
                    <a class="button" href=Route::Present(String::new()).address()>"Present what the playground shows"</a>
                </div>
                <div class="teach-table" role="region" aria-label="Agenda" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Time"</th>
                                <th scope="col">"Part"</th>
                                <th scope="col">"Lessons"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <div class="not-printed"><Give course=Arc::clone(&course) desk /></div>
                {parts}
            </div>
        };
        frame(desk, content.into_any())
    })
}

fn overview_row(it: &agenda::Part<'_>) -> AnyView {
    let lessons: Vec<String> = it
        .lessons
        .iter()
        .map(|(number, it)| format!("{number} {}", it.sheet.title))
        .collect();
    view! {
        <tr>
            <td class="teach-time">{it.time.clone()}</td>
            <th scope="row">{it.title.clone()}</th>
            <td>{lessons.join(", ")}</td>
        </tr>
    }
    .into_any()
}

fn part(it: &agenda::Part<'_>) -> AnyView {
    let points = it.points.iter().map(|it| view! { <li>{words(it)}</li> });
    let points = points.collect_view();
    let has_points = !it.points.is_empty();
    let lessons = it
        .lessons
        .iter()
        .map(|(number, it)| lesson(*number, it))
        .collect_view();
    view! {
        <section class="teach-part">
            <h2>
                {it.title.clone()}
                <span class="teach-time">{format!(" {} ({} minutes)", it.time, it.minutes)}</span>
            </h2>
            {has_points
                .then(|| {
                    view! {
                        <h3>"Talking points"</h3>
                        <ul class="teach-points">{points}</ul>
                    }
                })}
            {lessons}
        </section>
    }
    .into_any()
}

fn lesson(number: usize, it: &Lesson) -> AnyView {
    let sheet = &it.sheet;
    let present = Route::Present(sheet.id.clone()).address();
    let open = Route::Lesson(sheet.id.clone()).address();
    let goals = sheet
        .goals
        .iter()
        .map(|it| view! { <li>{words(&it.text)}</li> });
    let goals = goals.collect_view();
    let probes = sheet
        .probes
        .iter()
        .map(|it| view! { <li>{words(&it.text)}</li> });
    let probes = probes.collect_view();
    let hints = sheet.hints.iter().map(|it| view! { <li>{words(it)}</li> });
    let hints = hints.collect_view();
    let exercise = it.exercise().map(|exercise| solution(&exercise));
    let tickets = sheet.tickets.iter().enumerate();
    let tickets = tickets.map(|(idx, ticket)| ticket_view(it, idx + 1, ticket));
    let tickets = tickets.collect_view();
    view! {
        <article class="teach-lesson">
            <h3>
                {format!("{number} {}", sheet.title)}
                <span class="teach-time">{format!(" {} minutes", sheet.minutes)}</span>
            </h3>
            <p class="not-printed teach-ways">
                <a href=present aria-label=format!("Present {}", sheet.title)>"Present"</a>
                <a href=open aria-label=format!("Open {}", sheet.title)>"Open"</a>
            </p>
            <p><strong>{words(&sheet.idea)}</strong></p>
            <div class="teach-text">{markdown(&it.text, &[])}</div>
            {sheet.predict.as_ref().map(prediction)}
            <h4>"Goals"</h4>
            <ul>{goals}</ul>
            {(!sheet.probes.is_empty())
                .then(|| {
                    view! {
                        <h4>"Tried besides, and not shown before"</h4>
                        <ul>{probes}</ul>
                    }
                })}
            {(!sheet.hints.is_empty())
                .then(|| {
                    view! {
                        <h4>"Hints"</h4>
                        <ol>{hints}</ol>
                    }
                })}
            {exercise}
            {wrong(&sheet.wrong)}
            {tickets}
            <p class="teach-takeaway">
                <strong>"To take along: "</strong>
                {words(&sheet.takeaway)}
            </p>
        </article>
    }
    .into_any()
}

fn prediction(it: &Prediction) -> AnyView {
    let choices = it.choices.iter().enumerate().map(|(idx, choice)| {
        if idx == it.answer {
            view! { <li><strong>{words(choice)} " (right)"</strong></li> }.into_any()
        } else {
            view! { <li>{words(choice)}</li> }.into_any()
        }
    });
    let choices = choices.collect_view();
    view! {
        <h4>"To guess first"</h4>
        <p>{words(&it.question)}</p>
        <ul>{choices}</ul>
        <p>{words(&it.because)}</p>
    }
    .into_any()
}

/// What the solution changes, part by part, and why.
fn solution(exercise: &Exercise<'_>) -> AnyView {
    let parts = exercise.compare(&exercise.start).into_iter().map(|it| {
        let title = match &it.part {
            Part::Document(id) => {
                markup::capitalised(&explain::document_title(id, &exercise.start.world))
            }
            Part::Value(at) => format!("`{at}`"),
        };
        let text = it
            .solution
            .unwrap_or_else(|| "Nothing is there.".to_owned());
        view! {
            <p class="teach-document">{words(&title)}</p>
            <pre class="lesson-code" tabindex="0"><code>{text}</code></pre>
        }
    });
    let parts = parts.collect_view();
    view! {
        <h4>"Solution"</h4>
        <p>{words(&exercise.solution.because)}</p>
        {parts}
    }
    .into_any()
}

fn wrong(all: &[WrongAnswer]) -> Option<AnyView> {
    let items = all.iter().map(|it| {
        view! {
            <dt>{words(&it.name)}</dt>
            <dd>{words(&it.feedback)}</dd>
        }
    });
    let items = items.collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <h4>"Tempting answers, and what people are told"</h4>
            <dl class="teach-wrong">{items}</dl>
        }
        .into_any()
    })
}

fn ticket_view(lesson: &Lesson, number: usize, it: &Ticket) -> AnyView {
    let present = Route::Present(format!("{}/{}", lesson.sheet.id, it.id)).address();
    let answer = format!(
        "{}: {}",
        it.answer.title(),
        explain::hop_short_title(it.stops_at)
    );
    view! {
        <section class="teach-ticket">
            <h4>{format!("Ticket {number}")}</h4>
            <p class="not-printed">
                <a href=present aria-label=format!("Present ticket {number}")>"Present"</a>
            </p>
            <p>{words(&it.symptom)}</p>
            <p><strong>{answer}</strong></p>
            {lesson.ticket(it).map(|exercise| solution(&exercise))}
            {wrong(&it.wrong)}
        </section>
    }
    .into_any()
}
