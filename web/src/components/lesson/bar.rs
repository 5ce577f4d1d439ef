//! The bar above a lesson: where one is, the lessons before and behind it, what can be taken back.

use leptos::prelude::*;

use crate::{
    components::top_bar::{TO_OWN, brand_link, history, theme_switch},
    state::{
        session::Theme,
        signal::{RwSignal, Signal},
    },
};

/// The bar. `before` and `behind` are addresses and titles.
#[component]
pub(crate) fn LessonBar(
    title: String,
    course: String,
    before: Option<(String, String)>,
    behind: Option<(String, String)>,
    undo: (Signal<Option<String>>, Callback<()>),
    redo: (Signal<Option<String>>, Callback<()>),
    theme: RwSignal<Theme>,
) -> impl IntoView {
    let step = |sign: &'static str, verb: &'static str, way: Option<(String, String)>| {
        way.map(|(address, title)| {
            view! {
                <a class="button quiet" href=address title=format!("{verb}: {title}") aria-label=format!("{verb}: {title}")>
                    {sign}
                </a>
            }
        })
    };
    let whole_title = title.clone();
    view! {
        <header class="top-bar is-lesson-bar">
            {brand_link(TO_OWN)}
            <nav class="lesson-way" aria-label="Lessons">
                <a class="lesson-up" href="#/learn" title="All lessons">
                    <span class="lesson-up-course">{course}</span>
                    // Where there is no room for a course's name.
                    <span class="lesson-up-all">"All lessons"</span>
                </a>
                <span aria-hidden="true">"/"</span>
                <h1 id="lesson-title" tabindex="-1" title=whole_title>{title}</h1>
                {step("←", "Lesson before", before)}
                {step("→", "Next lesson", behind)}
            </nav>
            {history(undo, redo, ().into_any())}
            {theme_switch(theme)}
        </header>
    }
}
