//! What is around every page that is not a workbench: the bar at the top, what there is to say, the line at the bottom;
//! and the page for a lesson that the course does not have.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::lesson::Course;

use crate::{
    browser::{location::Route, look},
    components::{live, top_bar::PlainBar},
    pages::{
        learn::Desk,
        workbench::{self, Foot, NoticeLine},
    },
    state::{course::Arrival, signal::memo},
};

/// A page with that content.
pub(crate) fn frame(desk: Desk, content: AnyView) -> AnyView {
    workbench::refuse_files(desk.learning.notice);
    view! {
        <div class="app is-page">
            <PlainBar theme=desk.own.session.theme />
            <NoticeLine notice=desk.learning.notice unsaved=desk.unsaved />
            <main class="page" id="main" tabindex="-1">
                {content}
            </main>
            <Foot reference=desk.own.reference />
        </div>
    }
    .into_any()
}

/// The way back.
pub(super) fn all_lessons() -> AnyView {
    view! { <a href=Route::Learn.address()>"All lessons"</a> }.into_any()
}

/// What stands in the place of a page until the course is there, or where it is not to be had; `then` makes the page.
pub(crate) fn with_course<V: IntoAny>(
    desk: Desk,
    then: impl Fn(Arc<Course>) -> V + Send + 'static,
) -> AnyView {
    let course = desk.learning.course;
    // What there is to say decides whether the page is made anew, not how often somebody asked.
    let says = memo(move || course.with(Arrival::says));
    live::part(move || match says.get() {
        None => match course.with_untracked(|it| it.course().cloned()) {
            Some(course) => then(course).into_any(),
            None => ().into_any(),
        },
        Some(sentence) => frame(
            desk,
            view! {
                <div class="empty" role="status">
                    <p>{sentence}</p>
                    <p><a href="#/">"To the playground"</a></p>
                    <button type="button" class="button" on:click=move |_| desk.learning.begin()>
                        "Try again"
                    </button>
                </div>
            }
            .into_any(),
        ),
    })
}

/// What stands in the place of a lesson that the course which is open does not have: which course that is, and the
/// way back to Rolewalk's own where it is another.
pub(crate) fn no_such_lesson(desk: Desk, course: &Course) -> AnyView {
    look::title("No such lesson");
    let is_given = desk.learning.given_text().is_some();
    let way_back = is_given.then(|| {
        view! {
            <p>"It was opened by a link or a file. If the lesson is one of Rolewalk’s own, go back to those: your progress in both stays."</p>
            <p>
                <button type="button" class="button" on:click=move |_| desk.learning.take_back()>
                    "Back to Rolewalk’s own lessons"
                </button>
            </p>
        }
    });
    let content = view! {
        <h1>"No such lesson"</h1>
        <p>
            "The course that is open, “" {course.sheet.title.clone()} "”, does not have the lesson that the address names. "
            <a href=Route::Learn.address()>"All its lessons"</a>
        </p>
        {way_back}
    };
    frame(desk, content.into_any())
}
