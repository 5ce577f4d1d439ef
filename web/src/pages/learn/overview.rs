//! The course: where one is, every lesson with its state, and what becomes of one's progress.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::lesson::Course;

use crate::{
    browser::{clock, location::Route, look},
    components::{icon, live, words::words},
    pages::learn::{
        Desk,
        frame::{frame, with_course},
        keepsake::Keepsake,
    },
    state::signal::{Signal, memo},
    view::{
        course::{self, LessonRow, LessonState, PartRow, Standing},
        icon::Icon,
    },
};

/// The page.
pub(crate) fn overview_page(desk: Desk) -> AnyView {
    with_course(desk, move |course| {
        look::title(&course.sheet.title);
        let of_standing = Arc::clone(&course);
        let standing = memo(move || course::standing(&of_standing, &desk.learning.progress()));
        let of_parts = Arc::clone(&course);
        let parts = memo(move || course::parts(&of_parts, &desk.learning.progress()));
        let content = view! {
            {live::maybe(move || desk.learning.given().map(|it| given(&it, desk)))}
            <h1>{course.sheet.title.clone()}</h1>
            <p class="course-about">{words(&course.sheet.about)}</p>
            {live::part(move || standing_card(&standing.get()))}
            {live::part(move || {
                let current = standing.with(|it| it.current.as_ref().map(|it| it.1.clone()));
                parts.get().iter().map(|it| part(it, current.as_ref())).collect_view()
            })}
            {challenges(&course, standing)}
            {live::maybe(move || kept_courses(desk))}
            <Keepsake desk course=course.sheet.id.clone() />
            <p class="course-teach">
                <a href=Route::Glossary(String::new()).address()>"Glossary, questions and answers"</a>
                <a href=Route::Result(String::new()).address()>"Show your result to a teacher"</a>
                <a href=Route::Teach.address()>"For teachers: agenda, talking points, solutions"</a>
                <a href=Route::Author.address()>"Open or write a course"</a>
            </p>
        };
        frame(desk, content.into_any())
    })
}

/// That this is a course which somebody gave, and the way back.
fn given(text: &str, desk: Desk) -> AnyView {
    let says = if desk.learning.kept.with(|it| it.has(text)) {
        "Somebody gave you this course, or the way it is given. It is kept in this browser, and so is your progress in it."
    } else {
        "Somebody gave you this course, or the way it is given. Your progress in it is kept in this browser; the course is not: open its link or file again to come back to it."
    };
    view! {
        <p class="notice">
            {says}
            <button type="button" class="button small" on:click=move |_| desk.learning.take_back()>
                "Back to Rolewalk’s own lessons"
            </button>
        </p>
    }
    .into_any()
}

/// The courses that were given and are kept; nothing where there are none.
fn kept_courses(desk: Desk) -> Option<AnyView> {
    let learning = desk.learning;
    let kept = learning.kept.get();
    let open = learning.given();
    let items = kept.iter().map(|it| {
        let (text, thrown) = (it.text.clone(), it.clone());
        let way = if open.as_ref() == Some(&it.text) {
            view! { <span class="tag">"open"</span> }.into_any()
        } else {
            view! {
                <button
                    type="button"
                    class="button small"
                    aria-label=format!("Open {}", it.title)
                    on:click=move |_| learning.look_at(text.clone())
                >
                    "Open"
                </button>
            }
            .into_any()
        };
        view! {
            <li>
                <span class="kept-course">{it.title.clone()}</span>
                {way}
                <button
                    type="button"
                    class="button small quiet"
                    title="Your progress in it stays; its link or file opens it again"
                    aria-label=format!("Remove {}", it.title)
                    on:click=move |_| learning.throw_away(&thrown)
                >
                    "Remove"
                </button>
            </li>
        }
    });
    let items = items.collect_view();
    (kept.iter().len() > 0).then(|| {
        view! {
            <section class="kept-courses" aria-labelledby="kept-courses-title">
                <h2 id="kept-courses-title">"Courses that you were given"</h2>
                <p class="field-help">"Kept in this browser until you remove them."</p>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn standing_card(it: &Standing) -> AnyView {
    let solved = format!("{} of {} lessons solved", it.n_solved, it.n_lessons);
    let go_on = course::go_on(it).zip(it.current.as_ref());
    let button = if let Some((label, (id, _))) = go_on {
        let address = Route::Lesson(id.clone()).address();
        view! { <a class="button primary large" href=address>{label}</a> }.into_any()
    } else {
        view! { <p class="course-done">"All solved. The challenges are below."</p> }.into_any()
    };
    view! {
        <section class="standing" aria-label="Where you are">
            <div class="standing-count">
                <span>{solved}</span>
                <progress max=it.n_lessons.to_string() value=it.n_solved.to_string() aria-label="Lessons solved"></progress>
            </div>
            {button}
        </section>
    }
    .into_any()
}

fn part(it: &PartRow, current: Option<&String>) -> AnyView {
    let row = |it| row(it, current);
    let rows = it.lessons.iter().map(row).collect_view();
    let title = it.title.clone();
    view! {
        <section class="course-part">
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })}
            <ol class="lessons">{rows}</ol>
        </section>
    }
    .into_any()
}

/// A lesson; `current` is the title of the one to go on with.
fn row(it: &LessonRow, current: Option<&String>) -> AnyView {
    let (class, sign, word) = match &it.state {
        LessonState::Solved => ("is-solved", Some(Icon::Check), "solved".to_owned()),
        LessonState::Current => ("is-current", None, "where you are".to_owned()),
        LessonState::Open => ("is-begun", None, "open".to_owned()),
        LessonState::Waits(titles) => (
            "is-waiting",
            Some(Icon::Lock),
            match titles.first() {
                Some(title) => format!("opens after “{title}”"),
                None => "not open yet".to_owned(),
            },
        ),
    };
    // What opens next is told; of the rest the lock says enough.
    let is_far = matches!(&it.state, LessonState::Waits(titles) if Some(titles.as_slice()) != current.map(std::slice::from_ref));
    let sign = match sign {
        Some(sign) => icon::icon(sign),
        None => it.number.to_string().into_any(),
    };
    let title = if matches!(it.state, LessonState::Waits(_)) {
        view! { <span class="lesson-title">{it.title.clone()}</span> }.into_any()
    } else {
        let address = Route::Lesson(it.id.clone()).address();
        view! { <a class="lesson-title" href=address>{it.title.clone()}</a> }.into_any()
    };
    view! {
        <li class=format!("lesson-row {class}")>
            <span class="lesson-sign" aria-hidden="true">{sign}</span>
            <div class="lesson-words">
                {title}
                <p class="lesson-about">{words(&it.idea)}</p>
            </div>
            <span class="lesson-state">
                <span class:visually-hidden=is_far>{word}</span>
                <span class="lesson-minutes">{format!("{} min", it.minutes)}</span>
            </span>
        </li>
    }
    .into_any()
}

fn challenges(course: &Course, standing: Signal<Standing>) -> Option<AnyView> {
    course.sheet.challenges.as_ref()?;
    let body = move || {
        let it = standing.get();
        if it.are_challenges_open {
            let begin = move |_| {
                let seed = clock::seed();
                crate::browser::location::go(&Route::Challenge { seed, number: 1 });
            };
            view! {
                <p>{format!("{} of {} solved. Names and order are different each time.", it.n_challenges_solved, it.n_challenges)}</p>
                <button type="button" class="button" on:click=begin>
                    "A challenge"
                </button>
            }
            .into_any()
        } else {
            view! {
                <p class="course-locked">
                    {icon::icon(Icon::Lock)}
                    {format!("Opens after “{}”.", it.opens_challenges)}
                </p>
            }
            .into_any()
        }
    };
    let view = view! {
        <section class="course-part">
            <h2>"Challenges"</h2>
            <p>"An error message is all you have: find the door that is shut, then mend it."</p>
            {live::part(body)}
        </section>
    };
    Some(view.into_any())
}
