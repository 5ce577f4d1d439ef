//! Opens what was saved or what the address asks for, and keeps it saved.
//!
//! The one place where the state meets storage and the address. Invariant: a draft is only ever
//! overwritten by the visitor's own edits.

use leptos::prelude::*;
use rolewalk_lessons::{StartWorld, start_worlds};

use crate::{
    browser::{
        keys::{self, Command},
        location::{self, Route},
        look, rescue,
        storage::{self, Found, Kept},
    },
    components::tree,
    pages::playground::Playground,
    state::{
        app_state::{AppState, first_selection},
        document::Document,
        draft::{Draft, Preferences},
        session::{Notice, Tab, Unsaved},
        signal::RwSignal,
    },
};

/// The app. Where not even a start world can be read, the page says so.
#[component]
pub(crate) fn App() -> impl IntoView {
    open().map_or_else(
        || view! { <p class="boot">"Rolewalk’s own start world could not be read. This is a mistake in Rolewalk."</p> }.into_any(),
        |(state, unsaved)| {
            let unsaved = RwSignal::new(unsaved);
            keep_saved(state, unsaved);
            keep_address(state);
            keys::on_command(move |command| match command {
                Command::Undo => state.undo(),
                Command::Redo => state.redo(),
            });
            keys::on_slash(move || {
                // On a narrow screen the tree is one of several tabs.
                state.session.tab.set(Tab::Account);
                tree::focus_search();
            });
            location::on_route(move |route| go(state, &route));
            view! { <Playground state unsaved /> }.into_any()
        },
    )
}

/// Opens the world of the address, else the draft, else the first start world. Says besides whether drafts are
/// kept at all.
fn open() -> Option<(AppState, Unsaved)> {
    let mut notice = None;
    let mut unsaved = Unsaved::default();
    let mut preferences = Preferences::default();
    let mut draft = None;
    match storage::load() {
        Found::Saved(saved) => {
            preferences = saved.preferences;
            draft = saved.draft;
        }
        Found::SetAside => notice = Some(Notice::DraftSetAside),
        Found::Refused => unsaved.tried(Some(Notice::DraftsNotKept)),
        Found::Nothing => {}
    }
    let route = location::route();
    let of_address = match &route {
        Route::World(slug) => by_slug(slug),
        Route::Playground | Route::PanicDrill => None,
    };
    let is_elsewhere = of_address.is_none();
    let state = of_address.map_or_else(|| of_draft(draft), of_world)?;
    if route == Route::PanicDrill {
        state.drill();
    }
    look::apply(preferences.theme);
    state.session.theme.set(preferences.theme);
    state.session.left.set(preferences.left);
    state.session.right.set(preferences.right);
    state.session.has_details.set(preferences.has_details);
    state.session.notice.set(notice);
    crate::browser::after_render(storage::opened);
    if is_elsewhere && let Route::World(_) = &route {
        go(state, &route);
    }
    Some((state, unsaved))
}

fn of_draft(draft: Option<Draft>) -> Option<AppState> {
    let Some(draft) = draft else {
        return of_world(start_worlds().first()?);
    };
    let selection = draft.selection.clone();
    let document = draft.into_document();
    let selection = selection
        .filter(|it| it.exists_in(&document.scenario().world))
        .unwrap_or_else(|| first_selection(document.scenario()));
    let state = AppState::new(document, true);
    state.session.selection.set(selection);
    Some(state)
}

/// A start world is not the visitor's own until edited.
fn of_world(world: &'static StartWorld) -> Option<AppState> {
    let scenario = world.scenario().ok()?;
    let selection = first_selection(&scenario);
    let state = AppState::new(Document::new(scenario, world.slug), false);
    state.session.selection.set(selection);
    Some(state)
}

fn by_slug(slug: &str) -> Option<&'static StartWorld> {
    start_worlds().iter().find(|it| it.slug == slug)
}

/// Follows the address. In place of the visitor's own work another world comes as one edit, which can
/// be taken back.
fn go(state: AppState, route: &Route) {
    match route {
        Route::World(slug) => {
            state.follow(slug, move |is_there| {
                if is_there && untrack(|| state.is_own()) {
                    location::show_playground();
                }
            });
        }
        Route::PanicDrill => state.drill(),
        Route::Playground => {}
    }
}

/// From the first edit on, the address is that of the draft, so that a reload opens the draft and not
/// the world as given.
fn keep_address(state: AppState) {
    Effect::new(move |before: Option<bool>| {
        let is_own = state.is_own();
        if is_own && before == Some(false) {
            location::show_playground();
        }
        is_own
    });
}

/// Saves a while after each change, and at once when the page is about to go.
fn keep_saved(state: AppState, unsaved: RwSignal<Unsaved>) {
    let save = move || {
        let (draft, preferences) = untrack(|| (state.draft(), state.preferences()));
        let reason = match storage::save(draft, preferences) {
            Kept::All => None,
            Kept::Preferences => Some(Notice::DraftTooLarge),
            Kept::Nothing => Some(Notice::DraftsNotKept),
        };
        unsaved.update(|it| it.tried(reason));
    };
    Effect::new(move |before: Option<()>| {
        state.scenario.track();
        state.session.selection.track();
        let preferences = state.preferences();
        look::apply(preferences.theme);
        rescue::remember_preferences(preferences);
        if before.is_some() {
            storage::after_pause(move || storage::ready(save));
        }
    });
    // From then on it can be done at once, when the page is about to go or has broken.
    storage::ready(|| ());
    storage::on_leave(save);
}
