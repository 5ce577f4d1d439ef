//! A scenario that lies in an address: it opens beside the visitor's own work.
//!
//! Arrives when such an address is first opened. Invariant: an address alone changes nothing that is kept; of a text that
//! is no scenario a sentence is shown, and the way on.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    scenario::Scenario,
    share::{ShareError, Shared},
};

use crate::{
    browser::{
        editor, focus,
        location::{self, Route},
        look,
    },
    components::{
        dialog::Dialog,
        export::ExportDialog,
        icon, live,
        managed::ManagedDialog,
        refused::Refused,
        scenario_bar::InvitationLine,
        scenario_file,
        share::{ShareDialog, ToShare},
        top_bar,
        who::WhoDialog,
    },
    late::late,
    pages::{
        learn::{Desk, frame::frame},
        workbench::Workbench,
    },
    state::{
        app_state::AppState,
        course::Learning,
        document::Document,
        edit::{Edit, Target},
        session::{Notice, Unsaved},
        shared, shelf,
        signal::RwSignal,
    },
    view::icon::Icon,
};

late! {
    share, shared_arrives:
    /// The page of a [`Route::Shared`].
    pub(crate) fn shared_view(text: String, learning: Learning, own: AppState, unsaved: RwSignal<Unsaved>) -> AnyView {
        page(text, Desk { learning, own, unsaved })
    }
}

fn page(text: String, desk: Desk) -> AnyView {
    look::title("A shared scenario");
    let shelf = desk.own.shelf;
    let library = shelf.with_untracked(|it| it.library().cloned());
    match shared::unpack(&text, library.as_deref()) {
        Ok(it) => opened(&it, desk),
        Err(error) if shared::needs_library(&error) && library.is_none() => {
            shelf::fetch(shelf, || ());
            beside_library(text, desk)
        }
        Err(error) => refused(&error, desk),
    }
}

/// It is different from the world of the library, which is on its way.
fn beside_library(text: String, desk: Desk) -> AnyView {
    let shelf = desk.own.shelf;
    live::part(move || {
        let found = shelf.with(|it| (it.library().cloned(), it.says()));
        if let (Some(library), _) = &found {
            return match shared::unpack(&text, Some(library)) {
                Ok(it) => opened(&it, desk),
                Err(error) => refused(&error, desk),
            };
        }
        let waiting = view! {
            <div class="empty" role="status">
                <p>{found.1}</p>
                <p>{own_link("To my own scenario")}</p>
                <button type="button" class="button" on:click=move |_| shelf::fetch(shelf, || ())>
                    "Try again"
                </button>
            </div>
        };
        frame(desk, waiting.into_any())
    })
}

fn own_link(words: &'static str) -> AnyView {
    view! { <a href=Route::Playground.address()>{words}</a> }.into_any()
}

fn refused(error: &ShareError, desk: Desk) -> AnyView {
    let content = view! {
        <div class="shared-refused">
            <h1>"This link cannot be opened"</h1>
            <Refused message=error.message() help=error.help() />
            <p>"Your own scenario is as you left it. "{own_link("Back to my own")}</p>
        </div>
    };
    frame(desk, content.into_any())
}

fn opened(shared: &Shared, desk: Desk) -> AnyView {
    let origin = shared::origin(shared);
    let given = Arc::new(shared.scenario.clone());
    let name = given.name.clone();
    look::title(&name);
    let document = Document::new(shared.scenario.clone(), origin);
    let state = AppState::of_shared(document, desk.own);
    desk.learning.open.set_value(Some(state));
    let scene = view! {
        <InvitationLine
            scenario=state.scenario
            is_taken=state.was_invited
            is_changed=state.is_changed(Some(Arc::clone(&given)))
            on_try=Callback::new(move |()| state.accept_invitation())
            on_undo=Callback::new(move |()| state.undo())
        />
    };
    scenario_file::save_by_key(state.scenario, state.origin, false, state.session.notice);
    let share = ShareDialog::new();
    let export = Dialog::new("export");
    let what = ToShare {
        scenario: state.scenario,
        origin: state.origin,
        shelf: state.shelf,
    };
    let top = view! {
        {bar(name, state, given, share, export)}
        {banner(state, desk.own)}
    };
    let dialogs = view! {
        {share.view(what)}
        <ExportDialog dialog=export scenario=state.scenario />
    };
    let view = view! {
        <Workbench
            state
            unsaved=desk.unsaved
            notice=state.session.notice
            managed=ManagedDialog::new(state.scenario, state.reference)
            who=WhoDialog::new(state.shown, state.session.tab)
            lesson=None
            top=top.into_any()
            scene=scene.into_any()
            panel=().into_any()
            dialogs=dialogs.into_any()
        />
    };
    focus::focus("shared-title".to_owned());
    view.into_any()
}

fn bar(
    name: String,
    state: AppState,
    given: Arc<Scenario>,
    share: ShareDialog,
    export: Dialog,
) -> AnyView {
    let start_over = move |_| {
        let given = Arc::clone(&given);
        let change = move |it: &mut Scenario| *it = Scenario::clone(&given);
        let _ = state.edit(Edit::new(Target::StartOver, change));
    };
    let beside = view! {
        <button type="button" class="button quiet" title="The scenario as it was shared; undo brings your version back" on:click=start_over>
            {icon::icon(Icon::Restart)}
            <span class="button-text">"Start over"</span>
        </button>
    };
    // In one line it may end in an ellipsis.
    let whole_name = name.clone();
    view! {
        <header class="top-bar is-lesson-bar">
            {top_bar::brand_link(top_bar::TO_OWN)}
            <div class="lesson-way">
                <h1 id="shared-title" tabindex="-1" title=whole_name>{name}</h1>
            </div>
            {top_bar::history(
                (state.undo_label, Callback::new(move |()| state.undo())),
                (state.redo_label, Callback::new(move |()| state.redo())),
                beside.into_any(),
            )}
            {top_bar::plain(Icon::Share, "Share", "A link to this scenario, as you have changed it", Callback::new(move |()| share.open()))}
            {top_bar::plain(Icon::Export, "Export", "The account as commands or as a template that build it", Callback::new(move |()| export.open()))}
            {top_bar::theme_switch(state.session.theme)}
        </header>
    }
    .into_any()
}

/// Whose this is, and the two ways on.
fn banner(state: AppState, own: AppState) -> AnyView {
    let keep = move |_| {
        let scenario = Scenario::clone(&state.scenario.get_untracked());
        let origin = state.kept_origin();
        // Before the edit, which would write the address without a change of page.
        location::go(&Route::Playground);
        let target = Target::World(scenario.name.clone());
        own.take_over(target, scenario, origin, Notice::SharedKept);
        editor::focus_panel();
    };
    view! {
        <section class="shared-banner" aria-label="Shared scenario">
            <p>
                <strong>"Shared scenario."</strong>
                " It is open beside your own, which stays as it is. What you change here is not saved until you keep it."
            </p>
            <div class="button-row">
                <button
                    type="button"
                    class="button primary"
                    title="It takes the place of your own scenario; Undo brings that back"
                    on:click=keep
                >
                    "Keep as mine"
                </button>
                <a class="button" href=Route::Playground.address()>"Back to my own"</a>
            </div>
        </section>
    }
    .into_any()
}
