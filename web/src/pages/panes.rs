//! The verdict and the four views. What stands beside the access flow arrives behind it, so that the doors are drawn first.

use leptos::prelude::*;
use rolewalk_core::{flow::HopKind, world::DocumentId};

use crate::{
    browser::clock,
    components::{
        actions::Actions,
        advice::AdvicePanel,
        editor::{Around, EditorPanel, form_arrives},
        flow::{FlowPanel, FlowState},
        late::late_view,
        live,
        model::ModelPanel,
        scenario_bar::VerdictBanner,
        splitter::{Side, Splitter},
        tree::TreePanel,
    },
    late::{self, late},
    pages::workbench::{Lesson, tree_source},
    state::{
        app_state::AppState,
        reference::Part,
        session::{Session, Tab},
        signal::{RwSignal, Signal, memo},
    },
    view::{
        advice::{self, Row},
        finding,
    },
};

const LEFT_WIDTH: u32 = 280;
const RIGHT_WIDTH: u32 = 460;

late! {
    panels, account_arrives:
    /// The account's tree, the mental model and the advice.
    fn account_pane(
        state: AppState,
        lesson: Option<Lesson>,
        advice: RwSignal<Option<Vec<Row>>>,
        actions: Actions,
    ) -> AnyView {
        let locks = lesson.and_then(|it| it.locks);
        let source = tree_source(state, locks, lesson.map(|it| it.is_covered));
        let session = state.session;
        view! {
            <TreePanel source selection=session.selection said=session.said actions />
            <ModelPanel flow=state.flow actions />
            <AdvicePanel rows=advice actions />
        }
        .into_any()
    }
}

late! {
    panels, editor_arrives:
    /// The editor of what is selected.
    fn editor_pane(state: AppState, lesson: Option<Lesson>, actions: Actions) -> AnyView {
        let session = state.session;
        view! {
            <EditorPanel
                selection=session.selection
                scenario=state.scenario
                documents=state.documents
                checked=state.checked()
                around=Around { flow: state.flow, shown: state.shown, reference: state.reference }
                mark=session.mark
                is_json=session.is_json
                locks=lesson.and_then(|it| it.locks)
                n_refused=session.n_refused
                on_caret=Callback::new(move |(document, span): (DocumentId, _)| {
                    state.place_caret(&document, span);
                })
                actions
            />
        }
        .into_any()
    }
}

/// What these tabs show: on a narrow screen it is made when one of them is first chosen, for until then nobody sees it.
fn once_seen(
    session: Session,
    is_narrow: RwSignal<bool>,
    tabs: &'static [Tab],
    make: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let is_made = RwSignal::new(false);
    Effect::new(move |_| {
        let is_seen = !is_narrow.get() || tabs.contains(&session.tab.get());
        if is_seen && !is_made.get_untracked() {
            is_made.set(true);
        }
    });
    live::maybe(move || is_made.get().then(&make))
}

/// The verdict and the four views, side by side or one at a time.
#[component]
pub(crate) fn Panes(
    state: AppState,
    flow: FlowState,
    broken: Signal<Vec<finding::Broken>>,
    lesson: Option<Lesson>,
    panel: AnyView,
    actions: Actions,
) -> impl IntoView {
    let session = state.session;
    let is_narrow = live::is_narrow();
    let is_stale = memo(move || broken.with(|it| it.iter().any(finding::Broken::is_of_last_good)));
    let on_door = move |kind: HopKind| {
        session.tab.set(Tab::Flow);
        flow.go_to(kind);
    };
    // A large account takes longer than a keystroke should: in a pause, and in slices.
    let advice = RwSignal::new(None);
    let catalogue = state.reference.catalogue();
    let has_lists = memo(move || state.reference.progress().with(|it| it.has(Part::Core)));
    Effect::new(move |_| {
        state.shown.track();
        has_lists.track();
        clock::in_a_pause(move |run| {
            let shown = state.shown.get_untracked();
            late::then(
                advice::advice_rows(shown, catalogue.get_untracked()),
                move |rows| {
                    if let Ok(mut rows) = rows {
                        clock::in_slices(run, move || match rows.step() {
                            Some(rows) => {
                                advice.set(Some(rows));
                                false
                            }
                            None => true,
                        });
                    }
                    // Somebody will soon want to change something: by then the forms should be here.
                    late::then(form_arrives(), |_| ());
                    // And to write policies.
                    state.reference.want(Part::Core);
                },
            );
        });
    });
    on_cleanup(clock::forget_waiting);
    view! {
        <div
            class="panes"
            style:--left=live::option(move || session.left.get().map(|it| format!("{it}px")))
            style:--right=live::option(move || session.right.get().map(|it| format!("{it}px")))
        >
            {panel}
            <VerdictBanner
                flow=state.flow
                shown=state.shown
                catalogue
                is_stale
                blocked=state.blocked
                on_door=Callback::new(on_door)
                tells_others=lesson.is_none()
                actions
            />
            <div class="pane pane-left">
                {once_seen(session, is_narrow, &[Tab::Account, Tab::Model], move || {
                    late_view(account_arrives, move || account_pane(state, lesson, advice, actions))
                })}
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
                {lesson
                    .map(|_| {
                        view! { <p class="lesson-cover">"Answer the question first: then the walk is shown."</p> }
                    })}
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
                {once_seen(session, is_narrow, &[Tab::Editor], move || {
                    late_view(editor_arrives, move || editor_pane(state, lesson, actions))
                })}
            </div>
        </div>
    }
}
