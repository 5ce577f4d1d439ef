//! The playground: one scenario, four live views.

use leptos::prelude::*;
use rolewalk_core::{flow::HopKind, world::DocumentId};
use rolewalk_lessons::start_worlds;

use crate::{
    browser::{clock, focus, look},
    components::{
        actions::Actions,
        advice::AdvicePanel,
        dialog::Dialog,
        editor::EditorPanel,
        export::ExportDialog,
        flow::{FlowPanel, FlowState},
        live,
        model::ModelPanel,
        scenario_bar::{InvitationLine, Sentence, VerdictBanner},
        splitter::{Side, Splitter},
        tabs::TabBar,
        top_bar::TopBar,
        tree::TreePanel,
    },
    state::{
        app_state::AppState,
        session::{Notice, Session, Tab},
        signal::{RwSignal, Signal, memo},
    },
    view::{advice, finding, options::option, tree},
};

const LEFT_WIDTH: u32 = 280;
const RIGHT_WIDTH: u32 = 460;

/// The page.
#[component]
pub(crate) fn Playground(state: AppState) -> impl IntoView {
    let session = state.session;
    let actions = Actions {
        edit: Callback::new(move |edit| state.edit(edit)),
        open: Callback::new(move |spot| state.open(&spot)),
        select: Callback::new(move |selection| {
            state.select(selection);
            session.tab.set(Tab::Editor);
        }),
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
            <Top state />
            <NoticeLine session />
            <main class="main" id="main" tabindex="-1">
                <div class="scene">
                    <InvitationLine
                        scenario=state.scenario
                        is_taken=state.was_invited
                        on_try=Callback::new(move |()| state.accept_invitation())
                        on_undo=Callback::new(move |()| state.undo())
                    />
                    <ScenarioFold state actions />
                </div>
                <Panes state flow broken actions />
            </main>
            <TabBar tab=session.tab />
            <footer class="footer">
                <span>"Rolewalk " {env!("CARGO_PKG_VERSION")}</span>
                <span>"Nothing leaves your browser."</span>
                <span><a href="LICENSE">"MIT licence"</a></span>
            </footer>
        </div>
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
                <Sentence scenario=state.scenario actions />
            </div>
        </div>
    }
}

/// The verdict and the four views, side by side or one at a time.
#[component]
fn Panes(
    state: AppState,
    flow: FlowState,
    broken: Signal<Vec<finding::Broken>>,
    actions: Actions,
) -> impl IntoView {
    let session = state.session;
    let is_stale = memo(move || broken.with(|it| !it.is_empty()));
    let on_door = move |kind: HopKind| {
        session.tab.set(Tab::Flow);
        flow.go_to(kind);
    };
    let rows = memo(move || {
        state.scenario.with(|scenario| {
            state.documents.with(|documents| {
                state.flow.with(|flow| {
                    state
                        .shown
                        .with(|shown| tree::rows(&scenario.world, documents, flow, shown))
                })
            })
        })
    });
    // A large account takes longer than a keystroke should.
    let advice = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        state.shown.track();
        clock::in_a_pause(move || advice.set(state.shown.with_untracked(advice::rows)));
    });
    on_cleanup(clock::forget_waiting);
    view! {
        <div
            class="panes"
            style:--left=live::option(move || session.left.get().map(|it| format!("{it}px")))
            style:--right=live::option(move || session.right.get().map(|it| format!("{it}px")))
        >
            <VerdictBanner
                flow=state.flow
                shown=state.shown
                is_stale
                blocked=state.blocked
                on_door=Callback::new(on_door)
                actions
            />
            <div class="pane pane-left">
                <TreePanel rows selection=session.selection actions />
                <ModelPanel flow=state.flow actions />
                <AdvicePanel rows=advice actions />
            </div>
            <Splitter
                label="Width of the account column"
                side=Side::Left
                width=session.left
                standard=LEFT_WIDTH
                min=200
                max=480
            />
            <div class="pane pane-flow">
                <FlowPanel
                    state=flow
                    broken
                    on_broken=Callback::new(move |it: finding::Broken| state.place_caret(&it.document, it.span))
                    actions
                />
            </div>
            <Splitter
                label="Width of the editor column"
                side=Side::Right
                width=session.right
                standard=RIGHT_WIDTH
                min=320
                max=900
            />
            <div class="pane pane-editor">
                <EditorPanel
                    selection=session.selection
                    scenario=state.scenario
                    documents=state.documents
                    mark=session.mark
                    on_caret=Callback::new(move |(document, span): (DocumentId, _)| {
                        state.place_caret(&document, span);
                    })
                    actions
                />
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
fn Top(state: AppState) -> impl IntoView {
    let export = Dialog::new("export");
    let worlds = start_worlds()
        .iter()
        .map(|it| option(it.slug, it.title))
        .collect::<Vec<_>>();
    let world_by_slug = |slug: &str| start_worlds().iter().find(|it| it.slug == slug);
    view! {
        <TopBar
            worlds=Signal::stored(worlds)
            world=state.origin
            undo_label=state.undo_label
            redo_label=state.redo_label
            on_world=Callback::new(move |slug: String| {
                if let Some(world) = world_by_slug(&slug) {
                    state.open_world(world);
                }
            })
            on_undo=Callback::new(move |()| state.undo())
            on_redo=Callback::new(move |()| state.redo())
            on_start_over=Callback::new(move |()| {
                if let Some(world) = world_by_slug(&state.origin.get_untracked()) {
                    state.start_over(world);
                }
            })
            on_export=Callback::new(move |()| export.open())
            theme=state.session.theme
        />
        <ExportDialog dialog=export scenario=state.scenario />
    }
}

#[component]
fn NoticeLine(session: Session) -> impl IntoView {
    view! {
        <div role="status">
            {live::maybe(move || {
                session
                    .notice
                    .get()
                    .map(|it: Notice| {
                        view! {
                            <p class="notice">
                                {it.sentence()}
                                <button type="button" class="button small" on:click=move |_| session.notice.set(None)>
                                    "Dismiss"
                                </button>
                            </p>
                        }
                    })
            })}
        </div>
    }
}
