//! The page for teachers: the agenda with what to say, and how long it takes.

use leptos::prelude::*;

use crate::pages::learn::{
    Desk,
    frame::{frame, with_course},
};

/// The page.
pub(crate) fn teach_page(desk: Desk) -> AnyView {
    with_course(desk, move |course| {
        let parts = course.sheet.agenda.iter().map(|part| {
            let points = part.talking_points.iter().cloned();
            let points = points.map(|it| view! { <li>{it}</li> }).collect_view();
            view! {
                <section>
                    <h2>{part.title.clone()}</h2>
                    <p>{format!("{} minutes", part.minutes)}</p>
                    <ul>{points}</ul>
                </section>
            }
        });
        let content = view! {
            <h1>{format!("To teach: {}", course.sheet.title)}</h1>
            {parts.collect_view()}
        };
        frame(desk, content.into_any())
    })
}
