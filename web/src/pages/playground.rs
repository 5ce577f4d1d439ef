//! The playground: the visitor's own scenario, with worlds to open, import and export.

use leptos::prelude::*;
use rolewalk_core::{scenario::Scenario, world::World};
use rolewalk_lessons::start_worlds;

use crate::{
    components::{
        dialog::Dialog,
        export::ExportDialog,
        import::ImportDialog,
        late::late_view_in,
        library::LibraryDialog,
        managed::ManagedDialog,
        scenario_bar::InvitationLine,
        top_bar::{self, TopBar},
    },
    late::late,
    pages::workbench::{Workbench, flow_state},
    state::{
        app_state::AppState,
        edit::{Edit, Target},
        imported,
        session::{Notice, Tab, Unsaved},
        signal::{RwSignal, memo},
    },
    view::options::option,
};

/// The page.
#[component]
pub(crate) fn Playground(state: AppState, unsaved: RwSignal<Unsaved>) -> impl IntoView {
    let session = state.session;
    let managed = ManagedDialog::new(state.scenario, state.reference);
    let bar = late_view_in(top_arrives, move || top(state, managed), top_bar::bare);
    let scene = view! {
        <InvitationLine
            scenario=state.scenario
            is_taken=state.was_invited
            on_try=Callback::new(move |()| state.accept_invitation())
            on_undo=Callback::new(move |()| state.undo())
        />
    };
    view! {
        <Workbench
            state
            unsaved
            notice=session.notice
            managed
            lesson=None
            top=bar
            scene=scene.into_any()
            panel=().into_any()
            dialogs=().into_any()
        />
    }
}

late! {
    panels, top_arrives:
    /// The bar at the top, and what its buttons open.
    fn top(state: AppState, managed: ManagedDialog) -> AnyView {
        let session = state.session;
        let flow = flow_state(state);
        let library = LibraryDialog::new(state.shelf);
        let on_world = Callback::new(move |slug: String| {
            session.tab.set(Tab::Flow);
            state.open_world(&slug, move || {
                // To the door that it is about: the one that is unfolded, or the one that stops the walk.
                let unfolded = session.doors.get_untracked().keys().next().copied();
                if let Some(door) = unfolded.or_else(|| state.blocked.get_untracked()) {
                    flow.go_to(door);
                }
            });
        });
        view! {
            <Top state on_library=Callback::new(move |()| library.open()) />
            {library.view(on_world, Callback::new(move |()| managed.open()))}
        }
        .into_any()
    }
}

#[component]
fn Top(state: AppState, #[prop(into)] on_library: Callback<()>) -> impl IntoView {
    // A world of the library, or an imported one, is not among those to start from, but is shown while
    // it is open.
    let worlds = memo(move || {
        let all = start_worlds().iter();
        let mut all: Vec<_> = all.map(|it| option(it.slug, it.title)).collect();
        let origin = state.origin.get();
        if origin == imported::ORIGIN {
            all.push(option(imported::ORIGIN, imported::NAME));
        } else if all.iter().all(|it| it.value != origin) {
            all.push(option(origin, state.scenario.with(|it| it.name.clone())));
        }
        all
    });
    let import = ImportDialog::new();
    let export = Dialog::new("export");
    view! {
        <TopBar
            worlds
            world=state.origin
            undo_label=state.undo_label
            redo_label=state.redo_label
            on_world=Callback::new(move |slug: String| state.open_world(&slug, || ()))
            on_undo=Callback::new(move |()| state.undo())
            on_redo=Callback::new(move |()| state.redo())
            on_start_over=Callback::new(move |()| {
                if state.origin.get_untracked() == imported::ORIGIN {
                    state.session.notice.set(Some(Notice::NothingAsGiven));
                } else {
                    state.start_over();
                }
            })
            on_library
            on_import=Callback::new(move |()| import.open())
            on_export=Callback::new(move |()| export.open())
            theme=state.session.theme
        />
        {import.view(
            state.scenario,
            Callback::new(move |world: World| {
                let change = |scenario: &mut Scenario| scenario.world = world;
                let _ = state.edit(Edit::new(Target::Import, change));
                state.session.notice.set(Some(Notice::Imported));
            }),
            Callback::new(move |world: World| {
                state.open_imported(imported::scenario(world));
                state.session.notice.set(Some(Notice::Imported));
            }),
        )}
        <ExportDialog dialog=export scenario=state.scenario />
    }
}
