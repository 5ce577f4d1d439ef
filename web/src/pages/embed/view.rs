//! What a widget shows, and its state.
//!
//! The same components as the page's, in another frame: without bars, columns and heights of their own, since a widget is
//! a part of somebody's text. Invariant: what opens in no view that is shown is shown below them.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{explain, scenario::Scenario, world::DocumentId};

use super::{
    ORIGIN,
    foot::foot,
    teller::Teller,
    views::{View, Views},
};
use crate::{
    browser::{
        keys, terms,
        widget::{Host, Options},
    },
    components::{
        actions::Actions,
        ask::Ask,
        attach::AttachDialog,
        editor::{Around, EditorPanel},
        flow::{FlowPanel, FlowState},
        glossary::GlossaryDialog,
        late::late_view,
        live,
        managed::ManagedDialog,
        model::ModelPanel,
        scenario_bar::{InvitationLine, VerdictBanner},
        tree::TreePanel,
        who::WhoDialog,
    },
    pages::workbench::{
        actions_of, asking, asking_arrives, flow_state, sentence, sentence_arrives, tree_source,
    },
    state::{
        app_state::AppState,
        course::Arrival,
        document::Document,
        lock::Locks,
        selection::Selection,
        signal::{RwSignal, Signal, memo},
        wish::Wish,
    },
    view::{finding, markup},
};

/// The state of a widget.
#[derive(Clone, Copy)]
pub(crate) struct Embedded {
    /// The scenario and what follows from it.
    pub(crate) state: AppState,
    /// The scenario as it was given last.
    given: RwSignal<Arc<Scenario>>,
    /// What is shown.
    pub(crate) views: RwSignal<Views>,
    /// Whether it is only read.
    pub(crate) is_read_only: RwSignal<bool>,
    /// Whether the editor is open though it is none of the views.
    is_aside: RwSignal<bool>,
}

const READ_ONLY: &str =
    "This playground is only to be read. Open it in Rolewalk to change anything.";

impl Embedded {
    /// Of that scenario, and what it has become.
    pub(crate) fn new(scenario: Scenario, now: Scenario, options: &Options) -> Self {
        let is_read_only = RwSignal::new(options.is_read_only);
        let given = RwSignal::new(Arc::new(scenario));
        let guard =
            move |_: &_, _: &_, _: &_| is_read_only.get_untracked().then(|| READ_ONLY.to_owned());
        let embedded = Self {
            state: AppState::of_widget(Document::new(now, ORIGIN), Arc::new(guard)),
            given,
            views: RwSignal::new(Views::parse(&options.view)),
            is_read_only,
            is_aside: RwSignal::new(false),
        };
        embedded.open(&options.open);
        embedded
    }

    /// Another scenario, with a history of its own.
    pub(crate) fn give(self, scenario: Scenario) {
        self.given.set(Arc::new(scenario.clone()));
        self.is_aside.set(false);
        self.state.reset(Document::new(scenario, ORIGIN), false);
    }

    /// The scenario as it was given, which can be taken back.
    pub(crate) fn reset(self) {
        if self.is_changed_untracked() {
            self.state
                .put_back(Arc::unwrap_or_clone(self.given.get_untracked()));
        }
    }

    /// Takes back a step, which changes the scenario as an edit does.
    fn undo(self) {
        if !self.is_read_only.get_untracked() {
            self.state.undo();
        }
    }

    fn redo(self) {
        if !self.is_read_only.get_untracked() {
            self.state.redo();
        }
    }

    /// Whether it is another than was given.
    pub(crate) fn is_changed(self) -> Signal<bool> {
        memo(move || {
            self.given
                .with(|given| self.state.scenario.with(|it| it != given))
        })
    }

    fn is_changed_untracked(self) -> bool {
        let given = self.given.get_untracked();
        self.state.scenario.with_untracked(|it| *it != given)
    }

    /// Opens the text of that name, where there is one.
    pub(crate) fn open(self, name: &str) {
        let scenario = self.state.scenario.get_untracked();
        let texts = scenario.world.documents();
        let found = texts.into_iter().find(|it| it.0.name().to_string() == name);
        if let Some((id, _)) = found {
            self.state.select(Selection::Document(id));
        }
    }
}

/// All of it.
pub(crate) fn page(embedded: Embedded, host: Host) -> AnyView {
    let glossary = GlossaryDialog::new(RwSignal::new(Arrival::Away));
    terms::on_term(move |id| glossary.open(id));
    keys::on_command(move |command| match command {
        keys::Command::Undo => embedded.undo(),
        keys::Command::Redo => embedded.redo(),
    });
    Teller::begin(embedded.state, host);
    view! {
        {inside_of(embedded)}
        {glossary.view()}
    }
    .into_any()
}

fn inside_of(embedded: Embedded) -> AnyView {
    let Embedded {
        state,
        views,
        is_read_only,
        is_aside,
        ..
    } = embedded;
    let (ask, attach) = (Ask::new(), AttachDialog::new());
    let managed = ManagedDialog::new(state.scenario, state.reference);
    let who = WhoDialog::new(state.shown, state.session.tab);
    let actions = beside(actions_of(state, ask, attach, (managed, who)), embedded);
    let flow = flow_state(state);
    let broken = memo(move || {
        state
            .documents
            .with(|it| state.shown.with(|shown| finding::broken(it, shown)))
    });
    let is_stale = memo(move || broken.with(|it| it.iter().any(finding::Broken::is_of_last_good)));
    let is_whole = memo(move || views.with(|it| it.is_whole));
    // A button that leads to a door, where there are doors.
    let has_flow = memo(move || views.with(|it| it.has(View::Flow) || it.has(View::Trace)));
    let blocked = memo(move || state.blocked.get().filter(|_| has_flow.get()));
    let locks = Locks::read_only(move || is_read_only.get());
    let one = move |view: View| {
        // A text that is locked is made as such.
        let key = format!("{} {}", view.name(), is_read_only.get());
        live::item(key, move || {
            let body = match view {
                View::Flow | View::Trace => doors(embedded, view, broken, actions),
                View::Editor => editor(state, locks, actions),
                View::Model => view! { <ModelPanel flow=state.flow actions /> }.into_any(),
                View::Account => tree(state, locks, actions),
            };
            let class = move || {
                let place = views.with(|it| it.class_of(view));
                format!("embed-view is-{}-view {place}", view.name())
            };
            view! { <div class=live::text(class)>{body}</div> }.into_any()
        })
    };
    let shown = memo(move || views.with(|it| it.with_editor(is_aside.get())));
    let close = move || {
        let is_extra = is_aside.get() && !views.with(|it| it.has(View::Editor));
        is_extra.then(|| {
            view! {
                <button type="button" class="button small embed-close" on:click=move |_| is_aside.set(false)>
                    "Close the editor"
                </button>
            }
        })
    };
    let sentence = move || {
        is_whole.get().then(|| {
            view! {
                <div class="embed-sentence">
                    {late_view(sentence_arrives, move || sentence(state, actions, Some(is_read_only.into())))}
                </div>
            }
        })
    };
    view! {
        <div
            class="embed"
            class:is-whole=live::flag(move || is_whole.get())
            class:is-read-only=live::flag(move || is_read_only.get())
        >
            <InvitationLine
                scenario=state.scenario
                is_taken=state.was_invited
                is_changed=state.is_changed(None)
                on_try=Callback::new(move |()| state.accept_invitation())
                on_undo=Callback::new(move |()| embedded.undo())
            />
            {live::maybe(sentence)}
            <VerdictBanner
                flow=state.flow
                shown=state.shown
                catalogue=state.reference.catalogue()
                is_stale
                blocked
                on_door=Callback::new(move |kind| flow.go_to(kind))
                tells_others=true
                is_read_only=memo(move || is_read_only.get())
                actions
            />
            <div class=live::text(move || format!("embed-views {}", views.with(Views::layout)))>
                {live::list(move || shown.get().into_iter().map(one).collect())}
            </div>
            {live::maybe(close)}
            {foot(embedded)}
            {late_view(asking_arrives, move || asking(state, ask, attach, (managed, who), actions))}
        </div>
    }
    .into_any()
}

/// The walk, with its picture or without.
fn doors(
    embedded: Embedded,
    view: View,
    broken: Signal<Vec<finding::Broken>>,
    actions: Actions,
) -> AnyView {
    let state = embedded.state;
    let flow = flow_state(state);
    // Below the picture all doors are shut at first: the verdict has said what there is to say.
    let folded = FlowState {
        blocked: memo(|| None),
        ..flow
    };
    view! {
        <FlowPanel
            state=if view == View::Trace { flow } else { folded }
            broken
            on_broken=Callback::new(move |it: finding::Broken| {
                reveal(embedded);
                state.place_caret(&it.document, it.span);
            })
            actions
            is_list=view == View::Trace
        />
    }
    .into_any()
}

/// The same, and the editor is there for what they open.
fn beside(actions: Actions, embedded: Embedded) -> Actions {
    Actions {
        open: Callback::new(move |spot| {
            reveal(embedded);
            actions.open.run(spot);
        }),
        select: Callback::new(move |selection| {
            reveal(embedded);
            actions.select.run(selection);
        }),
        wish: Callback::new(move |wish| {
            let is_to_read = matches!(wish, Wish::Explain(_) | Wish::BrowsePublished(_));
            if embedded.is_read_only.get_untracked() && !is_to_read {
                return;
            }
            reveal(embedded);
            actions.wish.run(wish);
        }),
        ..actions
    }
}

fn reveal(embedded: Embedded) {
    if !embedded.is_aside.get_untracked() {
        embedded.is_aside.set(true);
    }
}

fn editor(state: AppState, locks: Locks, actions: Actions) -> AnyView {
    let session = state.session;
    let texts = memo(move || {
        state.scenario.with(|it| {
            let world = &it.world;
            let all = world.documents().into_iter();
            all.map(|(id, _)| (explain::document_title(&id, world), id))
                .collect::<Vec<(String, DocumentId)>>()
        })
    });
    let options = move || {
        let open = session.selection.get();
        let option = |(idx, (title, id)): (usize, (String, DocumentId))| {
            let is_open = open.document() == Some(&id);
            let title = markup::plain(&markup::capitalised(&title));
            view! { <option value=idx.to_string() selected=is_open>{title}</option> }
        };
        let other = open
            .document()
            .is_none()
            .then(|| view! { <option value="" selected>"—"</option> });
        let all = texts
            .get()
            .into_iter()
            .enumerate()
            .map(option)
            .collect_view();
        view! { {other} {all} }
    };
    view! {
        <label class="embed-text">
            <span class="embed-text-label">"Text"</span>
            <select
                class="embed-text-choice"
                on:change:target=move |event| {
                    let idx: Option<usize> = event.target().value().parse().ok();
                    let chosen = idx.and_then(|idx| texts.with_untracked(|it| it.get(idx).cloned()));
                    if let Some((_, id)) = chosen {
                        state.select(Selection::Document(id));
                    }
                }
            >
                {live::part(options)}
            </select>
        </label>
        <EditorPanel
            selection=session.selection
            scenario=state.scenario
            documents=state.documents
            checked=state.checked()
            around=Around { flow: state.flow, shown: state.shown, reference: state.reference }
            mark=session.mark
            is_json=session.is_json
            locks=Some(locks)
            n_refused=session.n_refused
            on_caret=Callback::new(move |(document, span): (DocumentId, _)| state.place_caret(&document, span))
            actions
        />
    }
    .into_any()
}

fn tree(state: AppState, locks: Locks, actions: Actions) -> AnyView {
    let source = tree_source(state, Some(locks), None);
    let session = state.session;
    view! { <TreePanel source selection=session.selection said=session.said actions /> }.into_any()
}
