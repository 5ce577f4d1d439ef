//! The course: where one is, and every lesson with its state.

use leptos::prelude::*;

use crate::{
    browser::location::Route,
    pages::learn::{
        Desk,
        frame::{frame, with_course},
    },
};

/// The page.
pub(crate) fn overview_page(desk: Desk) -> AnyView {
    with_course(desk, move |course| {
        let items = course.lessons.iter().map(|it| {
            let address = Route::Lesson(it.sheet.id.clone()).address();
            view! { <li><a href=address>{it.sheet.title.clone()}</a>" "{it.sheet.idea.clone()}</li> }
        });
        let content = view! {
            <h1>{course.sheet.title.clone()}</h1>
            <p>{course.sheet.about.clone()}</p>
            <ol>{items.collect_view()}</ol>
        };
        frame(desk, content.into_any())
    })
}
