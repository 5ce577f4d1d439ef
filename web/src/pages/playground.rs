//! The playground: one scenario, four live views.

use leptos::prelude::*;
use rolewalk_core::{scenario::Scenario, world::World};
use rolewalk_lessons::start_worlds;

use crate::{
    browser::{editor, focus, look},
    components::{
        actions::Actions,
        ask::Ask,
        attach::{AttachDialog, attach_arrives},
        dialog::Dialog,
        export::ExportDialog,
        flow::FlowState,
        import::ImportDialog,
        late::{late_view, late_view_in},
        library::LibraryDialog,
        live,
        managed::ManagedDialog,
        scenario_bar::{Invitation, Sentence, about},
        tabs::TabBar,
        top_bar::{self, TopBar},
    },
    late::{self, NOT_THERE, late},
    pages::panes::Panes,
    state::{
        app_state::AppState,
        edit::{Edit, Target},
        imported,
        reference::{self, Reference},
        selection::Selection,
        session::{Notice, Session, Tab, Unsaved},
        signal::{RwSignal, memo},
        wish::{self, Wish},
    },
    view::{finding, options::option},
};

/// The page.
#[component]
pub(crate) fn Playground(state: AppState, unsaved: RwSignal<Unsaved>) -> impl IntoView {
    let session = state.session;
    let asking = Asking {
        ask: Ask::new(),
        attach: AttachDialog::new(),
        managed: ManagedDialog::new(state.scenario, state.reference),
    };
    let actions = Actions {
        edit: Callback::new(move |edit| state.edit(edit)),
        open: Callback::new(move |spot| state.open(&spot)),
        select: Callback::new(move |selection| {
            state.select(selection);
            session.tab.set(Tab::Editor);
        }),
        wish: Callback::new(move |wish| fulfil(state, asking, wish)),
    };
    let flow = FlowState {
        flow: state.flow,
        shown: state.shown,
        blocked: state.blocked,
        doors: session.doors,
        folds: session.folds,
    };
    let broken = memo(move || {
        state
            .documents
            .with(|it| state.shown.with(|shown| finding::broken(it, shown)))
    });
    view! {
        <div
            class="app"
            class:tab-flow=live::flag(move || session.tab.get() == Tab::Flow)
            class:tab-account=live::flag(move || session.tab.get() == Tab::Account)
            class:tab-editor=live::flag(move || session.tab.get() == Tab::Editor)
            class:tab-model=live::flag(move || session.tab.get() == Tab::Model)
        >
            <SkipLink session />
            {late_view_in(top_arrives, move || top(state, flow, asking, actions), top_bar::bare)}
            <NoticeLine session unsaved />
            <main class="main" id="main" tabindex="-1">
                <div class="scene">
                    <div class="about">
                        {about(state.scenario)}
                        {late_view(invitation_arrives, move || invitation(state))}
                    </div>
                    <ScenarioFold state actions />
                </div>
                <Panes state flow broken actions />
            </main>
            <TabBar tab=session.tab />
            <footer class="footer">
                <span>"Rolewalk " {env!("CARGO_PKG_VERSION")}</span>
                <span>"Nothing leaves your browser."</span>
                <ReferenceLine reference=state.reference />
                <span><a href="LICENSE">"MIT licence"</a>", "<a href="third-party.txt">"third-party licences"</a></span>
            </footer>
        </div>
    }
}

/// The dialogs that a wish may lead to.
#[derive(Clone, Copy, Debug)]
struct Asking {
    ask: Ask,
    attach: AttachDialog,
    managed: ManagedDialog,
}

late! {
    panels, top_arrives:
    /// The bar at the top, and every dialog.
    fn top(state: AppState, flow: FlowState, asking: Asking, actions: Actions) -> AnyView {
        let session = state.session;
        let managed = asking.managed;
        let library = LibraryDialog::new(state.shelf);
        let on_world = Callback::new(move |slug: String| {
            session.tab.set(Tab::Flow);
            state.open_world(&slug);
            // To the door that it is about: the one that is unfolded, or the one that stops the walk.
            let unfolded = session.doors.get_untracked().keys().next().copied();
            if let Some(door) = unfolded.or_else(|| state.blocked.get_untracked()) {
                flow.go_to(door);
            }
        });
        view! {
            <Top state on_library=Callback::new(move |()| library.open()) />
            {library.view(on_world, Callback::new(move |()| managed.open()))}
            {asking.ask.view(state.scenario, actions)}
            {asking.attach.view(state.scenario, actions)}
            {managed.view(actions)}
        }
        .into_any()
    }
}

/// Does what somebody wants done to a thing, asks first, or says why not.
fn fulfil(state: AppState, asking: Asking, wish: Wish) {
    let Asking {
        ask,
        attach,
        managed,
    } = asking;
    match &wish {
        Wish::AskToDelete(entity) => {
            let entity = entity.clone();
            let wish = Wish::Delete(entity.clone());
            wish::fulfil(state.scenario, wish, move |answer| match answer {
                Ok(Ok(_)) => ask.delete(entity),
                Ok(Err(sentence)) => ask.refuse(sentence),
                Err(_) => ask.refuse(NOT_THERE.to_owned()),
            });
            return;
        }
        Wish::Rename(entity) => {
            state.session.is_json.set(false);
            state.select(Selection::of_entity(entity.clone()));
            state.session.tab.set(Tab::Editor);
            editor::focus_name();
            return;
        }
        Wish::AskToAttach(entity) => {
            let entity = entity.clone();
            // Its field is given the focus, so it has to be there.
            late::then(attach_arrives(), move |is_here| match is_here {
                Ok(()) => attach.open(entity),
                Err(_) => ask.refuse(NOT_THERE.to_owned()),
            });
            return;
        }
        Wish::BrowsePublished => {
            managed.open();
            return;
        }
        _ => {}
    }
    wish::fulfil(state.scenario, wish.clone(), move |answer| match answer {
        Ok(Ok(edit)) => {
            state.edit(edit);
            if matches!(
                wish,
                Wish::AddVersion(_) | Wish::MakeDefault(..) | Wish::DeleteVersion(..)
            ) {
                // Its button is made anew.
                editor::focus_panel();
            } else if stays_open(&wish) {
                state.say(|world| wish::said(&wish, world));
            } else if matches!(wish, Wish::Delete(_)) {
                editor::focus_panel();
            } else {
                state.session.is_json.set(false);
                state.session.tab.set(Tab::Editor);
                editor::focus_name();
            }
        }
        Ok(Err(sentence)) => ask.refuse(sentence),
        Err(_) => ask.refuse(NOT_THERE.to_owned()),
    });
}

/// Whether what is open stays open when a wish is fulfilled.
const fn stays_open(wish: &Wish) -> bool {
    matches!(
        wish,
        Wish::Attach(..) | Wish::AttachPublished(..) | Wish::Detach(..) | Wish::AddAccessKey(_)
    )
}

late! {
    panels, invitation_arrives:
    fn invitation(state: AppState) -> AnyView {
        view! {
            <Invitation
                scenario=state.scenario
                is_taken=state.was_invited
                on_try=Callback::new(move |()| state.accept_invitation())
                on_undo=Callback::new(move |()| state.undo())
            />
        }
        .into_any()
    }
}

late! {
    panels, sentence_arrives:
    fn sentence(state: AppState, actions: Actions) -> AnyView {
        let has_details = state.session.has_details;
        view! { <Sentence scenario=state.scenario actions has_details /> }.into_any()
    }
}

/// The scenario's sentence: always there on a wide screen, folded at first on a narrow one.
///
/// No `details`, see `components/flow/fold.rs`.
#[component]
fn ScenarioFold(state: AppState, actions: Actions) -> impl IntoView {
    let is_open = RwSignal::new(!look::is_narrow());
    view! {
        <div class="scenario-fold" class:is-unfolded=live::flag(move || is_open.get())>
            <button
                type="button"
                class="scenario-button"
                aria-expanded=live::text(move || is_open.get().to_string())
                aria-controls="scenario-sentence"
                on:click=move |_| is_open.set(!is_open.get_untracked())
            >
                "Scenario"
            </button>
            <div class="scenario-body" id="scenario-sentence">
                {late_view(sentence_arrives, move || sentence(state, actions))}
            </div>
        </div>
    }
}

#[component]
fn SkipLink(session: Session) -> impl IntoView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        session.tab.set(Tab::Flow);
        focus::focus("flow-title".to_owned());
    };
    view! {
        <a class="skip-link" href="#flow-title" on:click=skip>
            "Skip to the access flow"
        </a>
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
            on_world=Callback::new(move |slug: String| state.open_world(&slug))
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
                state.edit(Edit::new(Target::Import, change));
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

/// Of which day AWS's lists are, and what of them could not be had.
#[component]
fn ReferenceLine(reference: Reference) -> impl IntoView {
    let missing = move || {
        let sentence = reference.progress().with(|it| it.says())?;
        Some(view! {
            <span class="footer-missing">
                {sentence} " "
                <button type="button" class="button small" on:click=move |_| reference.try_again()>
                    "Try again"
                </button>
            </span>
        })
    };
    view! {
        <span>"AWS’s services as of " {reference::date()}</span>
        <span role="status">{live::maybe(missing)}</span>
    }
}

#[component]
fn NoticeLine(session: Session, unsaved: RwSignal<Unsaved>) -> impl IntoView {
    let line = |it: Notice, on_dismiss: Callback<()>| {
        view! {
            <p class="notice">
                {it.sentence()}
                <button type="button" class="button small" on:click=move |_| on_dismiss.run(())>
                    "Dismiss"
                </button>
            </p>
        }
    };
    let on_unsaved = Callback::new(move |()| unsaved.update(Unsaved::dismiss));
    let on_notice = Callback::new(move |()| session.notice.set(None));
    // Two lines: that nothing is saved is neither to hide nor to be hidden by what else there is to say.
    view! {
        <div role="status">
            {live::maybe(move || unsaved.get().notice().map(|it| line(it, on_unsaved)))}
            {live::maybe(move || session.notice.get().map(|it| line(it, on_notice)))}
        </div>
    }
}
