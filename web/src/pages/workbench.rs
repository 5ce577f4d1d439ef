//! One scenario and its four views: what the playground and a lesson have in common.
//!
//! Decides nothing of what may be edited: a lesson's state does. Invariant: there is one workbench on the page at a
//! time, for its parts have ids.

use leptos::prelude::*;

use crate::{
    browser::{editor, files, focus, location, look, terms},
    components::{
        actions::Actions,
        ask::Ask,
        attach::{AttachDialog, attach_arrives},
        flow::FlowState,
        late::late_view,
        live,
        managed::ManagedDialog,
        scenario_bar::Sentence,
        tabs::TabBar,
        tree::TreeSource,
        who::WhoDialog,
    },
    late::{self, NOT_THERE, late},
    pages::panes::Panes,
    state::{
        app_state::AppState,
        lock::Locks,
        reference::{self, Reference},
        selection::Selection,
        session::{Notice, Session, Tab, Unsaved},
        signal::{RwSignal, Signal, memo},
        wish::{self, Wish},
    },
    view::{finding, tree::Marks},
};

/// Says of files that are dropped onto a page that takes none where they are opened.
pub(crate) fn refuse_files(notice: RwSignal<Option<Notice>>) {
    live::hold(files::on_refused(move || {
        notice.set(Some(Notice::NoFilesHere));
    }));
}

/// What a lesson adds to the workbench.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson {
    /// What may be edited; nothing where all of it may.
    pub(crate) locks: Option<Locks>,
    /// Whether what the walk comes to is still to be guessed.
    pub(crate) is_covered: Signal<bool>,
}

/// What the account's tree reads. Nothing in it is marked while the walk's end `is_covered`.
pub(crate) fn tree_source(
    state: AppState,
    locks: Option<Locks>,
    is_covered: Option<Signal<bool>>,
) -> TreeSource {
    let marks = memo(move || {
        if is_covered.is_some_and(Signal::get) {
            return Marks::default();
        }
        state
            .flow
            .with(|flow| state.shown.with(|shown| Marks::of(flow, shown)))
    });
    TreeSource {
        scenario: state.scenario,
        documents: state.documents,
        checked: state.checked(),
        marks,
        locks,
    }
}

/// What the workbench's flow reads and changes.
pub(crate) fn flow_state(state: AppState) -> FlowState {
    FlowState {
        flow: state.flow,
        shown: state.shown,
        catalogue: state.reference.catalogue(),
        blocked: state.blocked,
        doors: state.session.doors,
        folds: state.session.folds,
    }
}

/// The workbench: `top` is above everything, `scene` above the scenario's sentence, `panel` beside the views,
/// `dialogs` wherever.
#[component]
pub(crate) fn Workbench(
    state: AppState,
    unsaved: RwSignal<Unsaved>,
    notice: RwSignal<Option<Notice>>,
    managed: ManagedDialog,
    who: WhoDialog,
    lesson: Option<Lesson>,
    top: AnyView,
    scene: AnyView,
    panel: AnyView,
    dialogs: AnyView,
) -> impl IntoView {
    let session = state.session;
    if !state.takes_files() {
        refuse_files(notice);
    }
    let ask = Ask::new();
    let attach = AttachDialog::new();
    let actions = actions_of(state, ask, attach, (managed, who));
    let broken = memo(move || {
        state
            .documents
            .with(|it| state.shown.with(|shown| finding::broken(it, shown)))
    });
    let is_covered = move || lesson.is_some_and(|it| it.is_covered.get());
    view! {
        <div
            class="app"
            class:is-lesson=lesson.is_some()
            class:is-covered=live::flag(is_covered)
            class:tab-lesson=live::flag(move || session.tab.get() == Tab::Lesson)
            class:tab-flow=live::flag(move || session.tab.get() == Tab::Flow)
            class:tab-account=live::flag(move || session.tab.get() == Tab::Account)
            class:tab-editor=live::flag(move || session.tab.get() == Tab::Editor)
            class:tab-model=live::flag(move || session.tab.get() == Tab::Model)
        >
            <SkipLink session />
            {top}
            {dialogs}
            <NoticeLine notice unsaved />
            <p class="visually-hidden" role="status" aria-label="History">{live::text(move || session.spoken.get())}</p>
            <main class="main" id="main" tabindex="-1">
                <div class="scene">
                    {scene}
                    <ScenarioFold state actions />
                </div>
                <Panes state flow=flow_state(state) broken lesson panel actions />
            </main>
            {live::in_last_turn(move || {
                late_view(asking_arrives, move || asking(state, ask, attach, (managed, who), actions))
            })}
            <TabBar tab=session.tab has_lesson=lesson.is_some() />
            {live::in_last_turn(move || view! { <Foot reference=state.reference /> }.into_any())}
        </div>
    }
}

/// What components ask for is done to that state.
pub(crate) fn actions_of(
    state: AppState,
    ask: Ask,
    attach: AttachDialog,
    (managed, who): (ManagedDialog, WhoDialog),
) -> Actions {
    Actions {
        edit: Callback::new(move |edit| {
            if let Some(sentence) = state.edit(edit) {
                refuse(state, ask, sentence);
            }
        }),
        open: Callback::new(move |spot| state.open(&spot)),
        select: Callback::new(move |selection| {
            // What leads there lies in a form that goes.
            editor::keep_focus();
            state.select(selection);
            state.session.tab.set(Tab::Editor);
        }),
        wish: Callback::new(move |wish| fulfil(state, ask, attach, (managed, who), wish)),
    }
}

/// The line at the very bottom.
#[component]
pub(crate) fn Foot(reference: Reference) -> impl IntoView {
    view! {
        <footer class="footer">
            <span>"Rolewalk " {env!("CARGO_PKG_VERSION")}</span>
            <span>"Nothing leaves your browser."</span>
            <span><a href=terms::START>"Glossary"</a></span>
            {location::book().map(|it| view! { <span><a href=it>"Documentation"</a></span> })}
            {location::route().presented().map(|it| view! { <span><a href=it.address()>"Present"</a></span> })}
            <span class="offline-ready">"Works offline."</span>
            <ReferenceLine reference />
            <span><a href="LICENSE">"MIT licence"</a>", "<a href="third-party.txt">"third-party licences"</a></span>
        </footer>
    }
}

/// Says why something stays as it is, and makes the fields anew: what was typed into them is not there.
fn refuse(state: AppState, ask: Ask, sentence: String) {
    let n_refused = state.session.n_refused;
    n_refused.set(n_refused.get_untracked() + 1);
    ask.refuse(sentence);
}

/// Does what somebody wants done to a thing, asks first, or says why not.
fn fulfil(
    state: AppState,
    ask: Ask,
    attach: AttachDialog,
    (managed, who): (ManagedDialog, WhoDialog),
    wish: Wish,
) {
    match &wish {
        Wish::AskToDelete(entity) => {
            let entity = entity.clone();
            let wish = Wish::Delete(entity.clone());
            wish::fulfil(state.scenario, wish, move |answer| match answer {
                Ok(Ok(_)) => ask.delete(entity),
                Ok(Err(error)) => ask.refuse(error.sentence()),
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
        Wish::BrowsePublished(onto) => {
            managed.open(onto.clone());
            return;
        }
        Wish::WhoCan(about) => {
            who.open(Some(about.clone()));
            return;
        }
        Wish::Explain(id) => {
            terms::open(id);
            return;
        }
        _ => {}
    }
    wish::fulfil(state.scenario, wish.clone(), move |answer| match answer {
        Ok(Ok(edit)) => {
            if let Some(sentence) = state.edit(edit) {
                return refuse(state, ask, sentence);
            }
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
        Ok(Err(error)) => ask.refuse(error.sentence()),
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
    panels, asking_arrives:
    /// What a wish may lead to.
    pub(crate) fn asking(
        state: AppState,
        ask: Ask,
        attach: AttachDialog,
        more: (ManagedDialog, WhoDialog),
        actions: Actions,
    ) -> AnyView {
        view! {
            {ask.view(state.scenario, actions)}
            {attach.view(state.scenario, actions)}
            {more.0.view(actions)}
            {more.1.view(actions)}
        }
        .into_any()
    }
}

late! {
    panels, sentence_arrives:
    pub(crate) fn sentence(state: AppState, actions: Actions, is_locked: Option<Signal<bool>>) -> AnyView {
        let has_details = state.session.has_details;
        view! { <Sentence scenario=state.scenario actions has_details is_locked /> }.into_any()
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
                {late_view(sentence_arrives, move || sentence(state, actions, None))}
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
pub(crate) fn NoticeLine(
    notice: RwSignal<Option<Notice>>,
    unsaved: RwSignal<Unsaved>,
) -> impl IntoView {
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
    let on_notice = Callback::new(move |()| notice.set(None));
    // Two lines: that nothing is saved is neither to hide nor to be hidden by what else there is to say.
    view! {
        <div role="status">
            {live::maybe(move || unsaved.get().notice().map(|it| line(it, on_unsaved)))}
            {live::maybe(move || notice.get().map(|it| line(it, on_notice)))}
        </div>
    }
}
