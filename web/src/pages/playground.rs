//! The playground: the visitor's own scenario, with worlds to open, import and export.

use leptos::prelude::*;
use rolewalk_core::{scenario::Scenario, world::World};
use rolewalk_lessons::{StartWorld, start_worlds};

use crate::{
    browser::{
        files::{self, Files},
        scenario_file::opened,
    },
    components::{
        dialog::Dialog,
        export::ExportDialog,
        import::ImportDialog,
        late::late_view_in,
        library::LibraryDialog,
        live,
        managed::ManagedDialog,
        rename::{Named, RenameDialog},
        scenario_bar::InvitationLine,
        scenario_file::{self, FileDialog, OfFile, Taken, Told},
        share::{ShareDialog, ToShare},
        top_bar::{self, TopBar},
        who::WhoDialog,
    },
    late::{self, NOT_THERE, late},
    pages::workbench::{Workbench, flow_state},
    state::{
        app_state::AppState,
        edit::{Edit, Target},
        imported,
        other_tab::OtherTab,
        published::{self, Published},
        session::{Notice, Tab, Unsaved},
        shared,
        signal::{RwSignal, memo},
    },
    view::options::option,
};

/// What is said while a file waits for what it does not hold itself.
const ON_THEIR_WAY: &str = "The AWS managed policies that the file names without their text are on their way: then it opens …";

/// The page.
#[component]
pub(crate) fn Playground(
    state: AppState,
    others: OtherTab,
    unsaved: RwSignal<Unsaved>,
) -> impl IntoView {
    let session = state.session;
    let managed = ManagedDialog::new(state.scenario, state.reference);
    let who = WhoDialog::new(state.shown, session.tab);
    let bar = late_view_in(
        top_arrives,
        move || top(state, others, managed, who),
        top_bar::bare,
    );
    let missing = memo(move || {
        let is_imported = state.origin.with(|it| imported::is_origin(it));
        let missing = is_imported.then(|| state.scenario.with(|it| imported::missing(&it.world)));
        missing.flatten()
    });
    let missing = move || {
        let sentence = missing.get()?;
        Some(view! { <p class="import-missing">{sentence}</p> })
    };
    let name = memo(move || state.scenario.with(|it| it.name.clone()));
    let scene = view! {
        <h2 class="printed-name">{live::text(move || name.get())}</h2>
        <InvitationLine
            scenario=state.scenario
            is_taken=state.was_invited
            is_changed=state.is_changed(None)
            on_try=Callback::new(move |()| state.accept_invitation())
            on_undo=Callback::new(move |()| state.undo())
        />
        {live::maybe(missing)}
    };
    view! {
        <Workbench
            state
            unsaved
            notice=session.notice
            managed
            who
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
    fn top(state: AppState, others: OtherTab, managed: ManagedDialog, who: WhoDialog) -> AnyView {
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
            <Top
                state
                others
                published=managed.published()
                on_library=Callback::new(move |()| library.open())
                on_who=Callback::new(move |()| who.open(None))
            />
            {library.view(on_world, Callback::new(move |()| managed.open(None)))}
        }
        .into_any()
    }
}

#[component]
fn Top(
    state: AppState,
    others: OtherTab,
    published: RwSignal<Published>,
    #[prop(into)] on_library: Callback<()>,
    #[prop(into)] on_who: Callback<()>,
) -> impl IntoView {
    // A world of the library, or an imported one, is not among those to start from, but is shown while
    // it is open.
    let name = memo(move || state.scenario.with(|it| it.name.clone()));
    let worlds = memo(move || {
        let origin = state.origin.get();
        let name = name.get();
        let all = start_worlds().iter();
        let label = |it: &StartWorld| {
            if it.slug == origin {
                shared::label_of_start(it.title, &name)
            } else {
                it.title.to_owned()
            }
        };
        let mut all: Vec<_> = all.map(|it| option(it.slug, label(it))).collect();
        if all.iter().all(|it| it.value != origin) {
            let label = shared::label(&origin, &name);
            all.push(option(origin, label));
        }
        all
    });
    let import = ImportDialog::new(published);
    let export = Dialog::new("export");
    let file = FileDialog::new();
    let on_files = Callback::new(move |files: Files| take(state, file, import, published, files));
    let of_file = OfFile {
        scenario: state.scenario,
        origin: state.origin,
        on_files,
        n_kept: memo(move || others.n_untold()),
        on_kept: Callback::new(move |()| others.show_kept()),
    };
    scenario_file::save_by_key(state.scenario, state.origin, true, state.session.notice);
    live::hold(files::on_dropped(move |files| on_files.run(files)));
    let share = ShareDialog::new();
    let rename = RenameDialog::new();
    let named = Named {
        scenario: state.scenario,
        on_edit: Callback::new(move |edit| drop(state.edit(edit))),
    };
    let what = ToShare {
        scenario: state.scenario,
        origin: state.origin,
        shelf: state.shelf,
    };
    view! {
        <TopBar
            worlds
            world=state.origin
            undo_label=state.undo_label
            redo_label=state.redo_label
            on_world=Callback::new(move |slug: String| state.open_world(&slug, || ()))
            on_rename=Callback::new(move |()| rename.open())
            on_undo=Callback::new(move |()| state.undo())
            on_redo=Callback::new(move |()| state.redo())
            on_start_over=Callback::new(move |()| {
                if state.origin.with_untracked(|it| shared::is_as_given(it)) {
                    state.start_over();
                } else {
                    state.session.notice.set(Some(Notice::NothingAsGiven));
                }
            })
            on_library
            on_who
            on_import=Callback::new(move |()| import.open())
            on_export=Callback::new(move |()| export.open())
            on_file=Callback::new(move |()| file.open())
            on_share=Callback::new(move |()| share.open())
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
            }),
        )}
        <ExportDialog dialog=export scenario=state.scenario />
        {share.view(what)}
        {file.view(of_file)}
        {rename.view(named)}
    }
}

/// Opens the scenario that is among files, as one edit; what is no scenario goes on to the import.
fn take(
    state: AppState,
    dialog: FileDialog,
    import: ImportDialog,
    published: RwSignal<Published>,
    files: Files,
) {
    late::then(scenario_file::take(files), move |taken| {
        if !matches!(taken, Ok(Taken::Scenario(..))) {
            opened(None);
        }
        match taken {
            Ok(Taken::Scenario(name, scenario)) => {
                let waits = || dialog.tell(Told::Said(ON_THEIR_WAY.to_owned()));
                published::completed(scenario, published, waits, move |scenario| {
                    dialog.close();
                    let origin = shared::file_origin(&name);
                    let target = Target::World(name);
                    state.take_over(target, *scenario, origin.clone(), Notice::FileOpened);
                    // What took its place belongs to no file until this is said.
                    opened(Some(&origin));
                });
            }
            Ok(Taken::Others(files)) => {
                dialog.close();
                import.open_with(files);
            }
            Ok(Taken::Refused(told)) => dialog.tell(told),
            Err(_) => dialog.tell(Told::Said(NOT_THERE.to_owned())),
        }
    });
}
