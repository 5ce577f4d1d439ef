//! A course that lies in an address: told of first, begun when somebody wants it.
//!
//! Invariant: an address alone changes nothing that is kept; of a text that is no course a sentence is shown.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::counted,
    lesson::{self, Course, CourseError, Order, Solutions, Variant},
};

use crate::{
    browser::{
        location::{self, Route},
        look,
    },
    components::{refused::Refused, words::words},
    pages::learn::{
        Desk,
        frame::{frame, with_course},
    },
};

/// The page.
pub(super) fn opened_page(text: String, desk: Desk) -> AnyView {
    look::title("A course");
    if Variant::is_one(&text) {
        return variant(text, desk);
    }
    let read = lesson::decode(&text).and_then(|json| {
        let course = rolewalk_lessons::read_course(&json)?;
        Ok((json, course))
    });
    let content = match read {
        Ok((json, course)) => offered(&course, json, desk),
        Err(error) => refused(&error),
    };
    frame(desk, content)
}

/// The page's own course, given in another way.
fn variant(text: String, desk: Desk) -> AnyView {
    let variant = match Variant::decode(&text) {
        Ok(variant) => variant,
        Err(error) => return frame(desk, refused(&error)),
    };
    if variant.of != rolewalk_lessons::COURSE_ID {
        return frame(desk, unknown(&variant.of));
    }
    // The course that this is a variant of has to be the one that is here.
    if desk.learning.given_text().is_some() {
        return frame(desk, switch(desk, text));
    }
    with_course(desk, move |course| {
        let content = match course.given_as(&variant) {
            Some(course) => offered(&course, text.clone(), desk),
            None => unknown(&variant.of),
        };
        frame(desk, content)
    })
}

fn refused(error: &CourseError) -> AnyView {
    view! {
        <div class="teach">
            <h1>"This course cannot be opened"</h1>
            <Refused message=error.message() help=error.help() />
            <p><a href=Route::Learn.address()>"To Rolewalk’s own lessons"</a></p>
        </div>
    }
    .into_any()
}

fn unknown(of: &str) -> AnyView {
    let message = format!(
        "the link is about the course `{of}`, or about lessons of it, which this Rolewalk does not have"
    );
    view! {
        <div class="teach">
        <h1>"This course cannot be opened"</h1>
        <Refused message help="ask whoever gave it to you for a link with the whole course, or open it with a newer Rolewalk" />
        <p><a href=Route::Learn.address()>"To Rolewalk’s own lessons"</a></p>
        </div>
    }
    .into_any()
}

/// Another course is open in this tab: what it was given as is told without its lessons.
fn switch(desk: Desk, text: String) -> AnyView {
    let begin = move |_| {
        desk.learning.give(text.clone());
        location::go(&Route::Learn);
    };
    view! {
        <div class="teach">
        <h1>"Another course"</h1>
        <p>"This link gives Rolewalk’s own course in a way of its own. Another course is open in this tab: your progress in it is kept."</p>
        <button type="button" class="button primary" on:click=begin>
            "Begin the course"
        </button>
        </div>
    }
    .into_any()
}

/// What the course is, and what to do with it.
fn offered(course: &Course, text: String, desk: Desk) -> AnyView {
    look::title(&course.sheet.title);
    let minutes: u32 = course.lessons.iter().map(|it| it.sheet.minutes).sum();
    let n_lessons = counted(course.lessons.len(), "lesson", "lessons");
    let lessons = course.lessons.iter().map(|it| {
        view! {
            <li>
                {it.sheet.title.clone()}
                ": "
                {words(&it.sheet.idea)}
            </li>
        }
    });
    let lessons = lessons.collect_view();
    let settings = told(course).into_iter().map(|it| view! { <li>{it}</li> });
    let settings = settings.collect_view();
    let text = Arc::new(text);
    let of_teacher = Arc::clone(&text);
    let begin = move |_| {
        desk.learning.give(text.as_ref().clone());
        location::go(&Route::Learn);
    };
    let teach = move |_| {
        desk.learning.give(of_teacher.as_ref().clone());
        location::go(&Route::Teach);
    };
    view! {
        <div class="teach">
            <h1>{course.sheet.title.clone()}</h1>
            <p>{words(&course.sheet.about)}</p>
            <p><strong>{format!("{n_lessons}, {minutes} minutes")}</strong></p>
            <p>"Somebody gave you this course. Your own scenario and your progress in other courses stay as they are."</p>
            <div class="button-row">
                <button type="button" class="button primary" on:click=begin>
                    "Begin the course"
                </button>
                <button type="button" class="button" on:click=teach>
                    "Open it for teaching"
                </button>
                <a class="button" href="#/">"Not now"</a>
            </div>
            <h2>"How it is given"</h2>
            <ul>{settings}</ul>
            <h2>"Lessons"</h2>
            <ol>{lessons}</ol>
        </div>
    }
    .into_any()
}

/// The settings in sentences.
fn told(course: &Course) -> Vec<&'static str> {
    let settings = &course.sheet.settings;
    let order = match settings.order {
        Order::Free => "All lessons are open from the first.",
        Order::InOrder => "Lessons open one after the other.",
    };
    let solutions = match settings.solutions {
        Solutions::WhenSolved => "A solution is shown once one’s own is found.",
        Solutions::Always => "Solutions are shown at any time.",
        Solutions::Never => "Solutions are shown to the teacher alone.",
    };
    let mut told = vec![order, solutions];
    if settings.without_hints {
        told.push("There are no hints.");
    }
    if settings.without_predictions {
        told.push("Nothing is asked before a lesson.");
    }
    told
}
