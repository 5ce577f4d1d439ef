//! The pages of somebody who learns or teaches: all of them arrive when one of them is first opened.
//!
//! Invariant: the visitor's own scenario is not touched here; a lesson has one of its own.

mod challenge;
mod dialogs;
pub(crate) mod frame;
mod keepsake;
mod lesson;
mod locked;
mod overview;

use leptos::prelude::*;

use crate::{
    browser::location::Route,
    late::late,
    state::{app_state::AppState, course::Learning, session::Unsaved, signal::RwSignal},
};

use self::{challenge::challenge_page, lesson::lesson_page, overview::overview_page};

/// What the pages have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Desk {
    /// The course and how far somebody is.
    pub(crate) learning: Learning,
    /// The visitor's own scenario, for how the page looks and what was fetched already.
    pub(crate) own: AppState,
    /// What keeps the visitor's work from being saved.
    pub(crate) unsaved: RwSignal<Unsaved>,
}

late! {
    learn, learn_arrives:
    /// The page of a route that [`Route::is_learning`].
    pub(crate) fn learn_view(route: Route, learning: Learning, own: AppState, unsaved: RwSignal<Unsaved>) -> AnyView {
        page(&route, Desk { learning, own, unsaved })
    }
}

fn page(route: &Route, desk: Desk) -> AnyView {
    desk.learning.begin();
    match route {
        Route::Lesson(id) => lesson_page(id.clone(), desk),
        Route::Challenge { seed, number } => challenge_page(*seed, *number, desk),
        _ => overview_page(desk),
    }
}
