//! The pages of somebody who teaches or writes: all of them arrive when one of them is first opened.
//!
//! Invariant: neither the visitor's own scenario nor their progress is changed here, and what comes from a link or a
//! file is shown before anything is made of it.

mod agenda;
mod author;
mod give;
mod opened;
mod present;
mod presenting;
mod result;

use leptos::prelude::*;

use crate::{
    browser::{location::Route, look},
    late::{NotThere, late},
    pages::learn::Desk,
    state::{app_state::AppState, course::Learning, session::Unsaved, signal::RwSignal},
};

use self::{
    agenda::agenda_page, author::author_page, opened::opened_page, present::present_page,
    result::result_page,
};

late! {
    teach, teach_arrives:
    /// The page of a route that [`Route::is_teaching`].
    pub(crate) fn teach_view(route: Route, learning: Learning, own: AppState, unsaved: RwSignal<Unsaved>) -> AnyView {
        page(route, Desk { learning, own, unsaved })
    }
}

/// Through when the pages are here, and how they look.
pub(crate) async fn teaching_arrives() -> Result<(), NotThere> {
    // Nobody else needs these styles.
    look::style("teach.css").await;
    teach_arrives().await
}

fn page(route: Route, desk: Desk) -> AnyView {
    desk.learning.begin();
    match route {
        Route::Present(id) => present_page(id, desk),
        Route::Course(text) => opened_page(text, desk),
        Route::Author => author_page(desk),
        Route::Result(text) => result_page(text, desk),
        _ => agenda_page(desk),
    }
}
