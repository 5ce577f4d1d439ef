//! What a participant shows the teacher, made by one and read by the other.
//!
//! Invariant: a result leaves the browser only in the participant's own hands, and what comes in a link is shown as text.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::counted,
    lesson::{Course, MAX_NAME, Report, Reported},
};

use crate::{
    browser::{
        location::{self, Route},
        look,
    },
    components::{
        handed_out::{Copied, handed_out},
        live,
        refused::Refused,
    },
    pages::learn::{
        Desk,
        frame::{frame, with_course},
    },
    state::signal::{RwSignal, memo},
    view::markup::capitalised,
};

/// The page.
pub(super) fn result_page(text: String, desk: Desk) -> AnyView {
    if text.is_empty() {
        return with_course(desk, move |course| own(course, desk));
    }
    match Report::decode(&text) {
        Ok(report) => with_course(desk, move |course| {
            look::title("A result");
            frame(desk, shown(&report, &course))
        }),
        Err(error) => {
            let sentence = error.to_string();
            let (message, help) = sentence.split_once(": ").unwrap_or((&sentence, ""));
            let content = view! {
                <div class="teach">
                    <h1>"This result cannot be shown"</h1>
                    <Refused message=message.to_owned() help=help.to_owned() />
                    <p><a href=Route::Teach.address()>"To the teacher’s page"</a></p>
                </div>
            };
            frame(desk, content.into_any())
        }
    }
}

fn own(course: Arc<Course>, desk: Desk) -> AnyView {
    look::title("Your result");
    let name = RwSignal::new(String::new());
    let of_report = Arc::clone(&course);
    let report = memo(move || {
        let progress = desk.learning.progress();
        name.with(|it| Report::of(&of_report, &progress, it))
    });
    let link = memo(move || {
        let packed = report.with(Report::encode);
        packed.map_or_else(
            |error| error.to_string(),
            |it| location::link(&Route::Result(it).address()),
        )
    });
    let told = memo(move || report.with(summary));
    let content = view! {
        <div class="teach">
            <h1>"Your result"</h1>
            <p>{live::text(move || told.get())}</p>
            <p>"Nothing is sent: the link has it all. Give it to whoever teaches, or let them read the code from your screen."</p>
            <label class="field">
                <span class="field-label">"What you want to be called (may stay empty)"</span>
                <input
                    type="text"
                    class="input"
                    autocomplete="off"
                    maxlength=MAX_NAME.to_string()
                    on:input:target=move |event| name.set(event.target().value())
                />
            </label>
            {handed_out(link, "result-link", "your result", RwSignal::new(Copied::NotYet), false)}
            {live::part(move || report.with(|it| table(it, &course)))}
        </div>
    };
    frame(desk, content.into_any())
}

fn summary(it: &Report) -> String {
    format!(
        "{} of {} lessons solved in “{}”{}.",
        it.n_solved(),
        it.n_lessons,
        it.title,
        match it.n_challenges {
            0 => String::new(),
            n => format!(", and {}", counted(n, "challenge", "challenges")),
        }
    )
}

fn shown(it: &Report, course: &Course) -> AnyView {
    let name = match it.name.as_str() {
        "" => "A participant".to_owned(),
        name => name.to_owned(),
    };
    view! {
        <div class="teach">
            <h1>{name}</h1>
            <p><strong>{summary(it)}</strong></p>
            <progress max=it.n_lessons.to_string() value=it.n_solved().to_string() aria-label="Lessons solved"></progress>
            {table(it, course)}
            <p class="field-help">"This is what the participant’s browser says. It is a help for a class, and no exam: whoever wants to can write such a link by hand."</p>
            <p><a href=Route::Teach.address()>"To the teacher’s page"</a></p>
        </div>
    }
    .into_any()
}

fn table(it: &Report, course: &Course) -> AnyView {
    if it.lessons.is_empty() {
        return view! { <p>"No lesson was begun yet."</p> }.into_any();
    }
    let is_here = it.course == course.sheet.id;
    let rows = it
        .lessons
        .iter()
        .map(|it| row(it, is_here.then_some(course)));
    let rows = rows.collect_view();
    view! {
        <div class="teach-table" role="region" aria-label="Lessons" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Lesson"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Smallest solution"</th>
                        <th scope="col">"Hints"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A course that is not here has no titles to show.
fn row(it: &Reported, course: Option<&Course>) -> AnyView {
    let lesson = course.and_then(|course| course.lesson(&it.id));
    let title = match lesson {
        Some(lesson) => lesson.sheet.title.clone(),
        None => capitalised(&it.id.replace('-', " ")),
    };
    // Where no policy is to be written, there is nothing to count.
    let some = |n: usize, one: &str, many: &str| (n > 0).then(|| counted(n, one, many));
    let score = it.score.map_or_else(String::new, |it| {
        let parts = [
            some(it.statements, "statement", "statements"),
            some(it.characters, "character", "characters"),
            some(it.actions.unwrap_or(0), "action", "actions"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>{if it.solved { "solved" } else { "begun" }}</td>
            <td>{score}</td>
            <td>{it.n_hints.to_string()}</td>
        </tr>
    }
    .into_any()
}
