//! Opens what was saved or what the address asks for, and keeps it saved.
//!
//! The one place where the state meets storage and the address. Invariant: a draft is only ever
//! overwritten by the visitor's own edits.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_lessons::{StartWorld, start_worlds};

use crate::{
    browser::{
        self, aside, focus,
        keys::{self, Command},
        location::{self, Route},
        look, rescue,
        storage::{self, Found, Kept},
        terms,
    },
    components::{
        glossary::GlossaryDialog,
        late::late_view,
        live,
        other_tab::{self, Choice},
        tree,
    },
    late::{self, late},
    pages::{
        learn::{learn_arrives, learn_view},
        playground::Playground,
        shared::{shared_arrives, shared_view},
        teach::{teach_view, teaching_arrives},
    },
    state::{
        app_state::{AppState, first_selection},
        course::{self, Learning},
        document::Document,
        draft::{Draft, Preferences},
        learned::Learned,
        other_tab::{Beside, OtherTab},
        session::{Notice, Tab, Unsaved},
        shared,
        signal::RwSignal,
    },
};

/// Everything that the app holds.
#[derive(Clone, Copy)]
struct Desk {
    /// The visitor's own scenario, whatever page is open.
    own: AppState,
    learning: Learning,
    /// Drafts of other tabs.
    others: OtherTab,
    unsaved: RwSignal<Unsaved>,
    route: RwSignal<Route>,
}

impl Desk {
    /// The state that keys go to: that of the lesson or the shared scenario that is open, or the visitor's own.
    fn in_hand(self) -> Option<AppState> {
        if self.route.with_untracked(Route::is_beside_own) {
            self.learning.open.get_value()
        } else {
            Some(self.own)
        }
    }

    /// Takes in what another tab has saved meanwhile, and calls `then`.
    fn hear(self, then: impl FnOnce() + 'static) {
        match storage::of_another_tab() {
            Some(saved) => {
                self.others.heard(saved.draft);
                self.learning.heard(saved.learned, then);
            }
            None => then(),
        }
    }

    /// Saves what there is to save, beside what another tab has saved.
    fn save(self) {
        self.hear(move || self.write());
    }

    /// Whoever learns or looks at a shared scenario does not edit their own scenario: what another tab has saved of it
    /// since stays.
    fn write(self) {
        let is_beside_own = self.route.with_untracked(Route::is_beside_own);
        let (draft, preferences, learned) = untrack(|| {
            let draft = if is_beside_own {
                None
            } else {
                self.others.to_save()
            };
            (draft, self.own.preferences(), self.learning.to_save())
        });
        let to_save = learned.clone();
        let has_draft = draft.is_some();
        let kept = storage::save(draft, preferences, learned);
        if has_draft && kept == Kept::All {
            self.others.is_saved();
        }
        let is_written = kept != Kept::Nothing;
        let reason = match kept {
            Kept::All if self.others.is_unkept() => Some(Notice::DraftsNotKept),
            Kept::All => None,
            Kept::AllButDraft => Some(Notice::DraftTooLarge),
            Kept::Nothing => Some(Notice::DraftsNotKept),
        };
        if let Some(learned) = to_save.filter(|_| is_written) {
            self.learning.is_saved(learned);
        }
        self.unsaved.update(|it| it.tried(reason));
    }
}

/// The app: first what is open, then its views. Where not even a start world can be read, the page says so.
#[component]
pub(crate) fn App() -> impl IntoView {
    live::in_turn(|| {
        let desk = open();
        live::in_turn(move || {
            browser::take_off_boot();
            desk.map_or_else(
                || view! { <p class="boot">"Rolewalk’s own start world could not be read. This is a mistake in Rolewalk."</p> }.into_any(),
                views,
            )
        })
    })
}

fn views(desk: Desk) -> AnyView {
    keep_saved(desk);
    keep_address(desk.own);
    keys::on_command(move |command| {
        if let Some(state) = desk.in_hand() {
            match command {
                Command::Undo => state.undo(),
                Command::Redo => state.redo(),
            }
        }
    });
    keys::on_slash(move || {
        if let Some(state) = desk.in_hand() {
            // On a narrow screen the tree is one of several tabs.
            state.session.tab.set(Tab::Account);
            tree::focus_search();
        }
    });
    let glossary = GlossaryDialog::new(desk.learning.course);
    location::on_route(move |route| {
        // It lies over the page that it was opened on, and over no other.
        if !matches!(route, Route::Glossary(_)) && desk.route.get_untracked() != route {
            glossary.close();
        }
        go(desk, route);
    });
    location::on_back_or_forth(move || {
        // From a page beside it the route changes, too, which is heard of next.
        let is_beside_own = desk.route.with_untracked(Route::is_beside_own);
        if !is_beside_own && location::route() == Route::Playground {
            revisit(desk);
        }
    });
    view! {
        {live::list(move || vec![page(desk, desk.route.get())])}
        {glossary_over(glossary, desk.own)}
        {another_draft(desk)}
    }
    .into_any()
}

/// The glossary's dialog, which lies over whatever page there is.
fn glossary_over(glossary: GlossaryDialog, own: AppState) -> AnyView {
    terms::on_term(move |id| glossary.open(id));
    if let Route::Glossary(id) = location::route() {
        glossary.open(id);
    }
    Effect::new(move |before: Option<bool>| {
        let is_open = glossary.is_open();
        if before == Some(true) && !is_open {
            location::leave_glossary(&own.origin.get_untracked());
        }
        is_open
    });
    glossary.view()
}

/// What is said of the drafts of other tabs, beside the visitor's own.
fn another_draft(desk: Desk) -> AnyView {
    let OtherTab { beside, thrown, .. } = desk.others;
    let is_to_tell = move || {
        let is_beside_own = desk.route.with(Route::is_beside_own);
        !is_beside_own
            && (thrown.with(Option::is_some)
                || matches!(
                    beside.get(),
                    Beside::Unopened | Beside::Newer | Beside::Kept
                ))
    };
    live::maybe(move || {
        is_to_tell().then(|| late_view(another_draft_arrives, move || another_draft_line(desk)))
    })
}

late! {
    panels, another_draft_arrives:
    fn another_draft_line(desk: Desk) -> AnyView {
        let others = desk.others;
        let on_choice = Callback::new(move |choice: Choice| {
            let is_put_off = matches!(choice, Choice::Hide | Choice::Later);
            match choice {
                Choice::Take => others.take(),
                Choice::Keep => others.keep(),
                Choice::Open(key) => {
                    // Edits of a moment ago belong to the draft that makes room.
                    desk.save();
                    others.open_kept(&key);
                }
                Choice::Throw(key) => others.throw_kept(&key),
                Choice::BringBack => others.bring_back(),
                Choice::Hide => others.beside.set(Beside::Nothing),
                Choice::Later => others.later(),
            }
            if !is_put_off {
                desk.save();
            }
            focus::keep_or_panel(other_tab::ID);
        });
        other_tab::line(others, aside::all, on_choice)
    }
}

/// The page of a route; those of the playground are one.
fn page(desk: Desk, route: Route) -> live::Item {
    let Desk {
        own,
        learning,
        others,
        unsaved,
        ..
    } = desk;
    if route.is_learning() {
        let key = route.address();
        learning.fetch_ahead();
        return live::item(key, move || {
            let route = route.clone();
            if route.is_teaching() {
                late_view(teaching_arrives, move || {
                    teach_view(route.clone(), learning, own, unsaved)
                })
            } else {
                late_view(learn_arrives, move || {
                    learn_view(route.clone(), learning, own, unsaved)
                })
            }
        });
    }
    if let Route::Shared(text) = &route {
        let text = text.clone();
        return live::item(route.address(), move || {
            let text = text.clone();
            late_view(shared_arrives, move || {
                shared_view(text.clone(), learning, own, unsaved)
            })
        });
    }
    live::item("playground", move || {
        own.remember();
        look::title("");
        view! { <Playground state=own others unsaved /> }.into_any()
    })
}

/// Opens the world of the address, else the draft, else the first start world. Says besides whether drafts are
/// kept at all.
fn open() -> Option<Desk> {
    let mut notice = None;
    let mut unsaved = Unsaved::default();
    let mut preferences = Preferences::default();
    let mut draft = None;
    let mut learned = Learned::default();
    match storage::load() {
        Found::Saved(saved) => {
            preferences = saved.preferences;
            draft = saved.draft;
            learned = saved.learned;
        }
        Found::SetAside => notice = Some(Notice::DraftSetAside),
        Found::Refused => unsaved.tried(Some(Notice::DraftsNotKept)),
        Found::Nothing => {}
    }
    let is_saved = draft.is_some();
    let route = location::route();
    let of_address = match &route {
        Route::World(slug) => by_slug(slug),
        _ => None,
    };
    let is_elsewhere = of_address.is_none();
    let state = of_address.map_or_else(|| of_draft(draft), of_world)?;
    rescue::prepare_drill(&route);
    look::apply(preferences.theme);
    state.session.theme.set(preferences.theme);
    state.session.left.set(preferences.left);
    state.session.right.set(preferences.right);
    state.session.has_details.set(preferences.has_details);
    state.session.notice.set(notice);
    let learning = Learning::new(learned);
    learning.notice.set(notice);
    browser::after_render(storage::opened);
    let desk = Desk {
        own: state,
        learning,
        others: OtherTab::new(state, is_saved, is_elsewhere),
        unsaved: RwSignal::new(unsaved),
        route: RwSignal::new(route.clone()),
    };
    // Where the browser keeps nothing at all, there is no work of earlier to lose.
    state.keep_by(Arc::new(move || {
        untrack(|| desk.others.makes_room()) || desk.unsaved.get_untracked().is_all()
    }));
    if is_elsewhere && let Route::World(slug) = &route {
        follow(desk, slug, false);
    }
    Some(desk)
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
/// be taken back, and a copy of that work is kept aside.
fn go(desk: Desk, route: Route) {
    let before = desk.route.get_untracked();
    if before != route {
        course::leave(desk.learning);
        // Edits of a moment ago belong to the page that they were made on.
        desk.save();
        desk.route.set(route.clone());
    }
    match route {
        Route::World(slug) => {
            // It has come to a new address from that of a draft of the same world.
            let is_beside = before.is_beside_own() || matches!(before, Route::Glossary(_));
            let is_step = !is_beside && location::marked().is_none();
            let is_open = desk.own.origin.with_untracked(|it| *it == slug);
            follow(
                desk,
                &slug,
                is_step && is_open && desk.own.is_own_untracked(),
            );
        }
        Route::Playground => revisit(desk),
        Route::PanicDrill(_) => rescue::prepare_drill(&route),
        Route::Glossary(id) => terms::open(&id),
        _ => {}
    }
}

/// Opens the world of an address. `is_step_too_many`: the step before in the browser's history is of the same world, and
/// another would lead nowhere.
fn follow(desk: Desk, slug: &str, is_step_too_many: bool) {
    let state = desk.own;
    state.follow(slug, move |is_there| {
        if !is_there || !state.is_own_untracked() {
            return;
        }
        if is_step_too_many {
            location::step_back();
        } else {
            location::show_playground(&state.origin.get_untracked());
        }
    });
}

/// From the first edit on, the address is that of the draft, so that a reload opens the draft and not the world as given.
/// Each world that is opened in its place is a step of the browser's history all the same, which knows what was open.
fn keep_address(state: AppState) {
    Effect::new(move |before: Option<(bool, String)>| {
        let (is_own, origin) = (state.is_own(), state.origin.get());
        match before {
            // The world of the address may be on its way.
            None if !matches!(location::route(), Route::World(it) if it != origin) => {
                location::mark(&origin);
            }
            Some((_, before)) if before != origin => location::visit(&origin, is_own),
            Some((was_own, _)) if is_own && !was_own => location::show_playground(&origin),
            _ => {}
        }
        (is_own, origin)
    });
}

/// The browser went back or forth to where another world was open: that one is opened, as it was left.
fn revisit(desk: Desk) {
    let origin = desk.own.origin.get_untracked();
    match location::marked() {
        Some(marked) if marked != origin => {
            // Edits of a moment ago belong to the world that makes room.
            desk.save();
            late::then(come_back(desk, marked), |_| ());
        }
        Some(_) => {}
        None => location::mark(&origin),
    }
}

late! {
    panels:
    /// Opens the newest draft of that world that is kept aside, else the world as it is given. What is open makes room.
    fn come_back(desk: Desk, origin: String) -> () {
        let Desk { own, others, .. } = desk;
        let is_contested = others.beside.get_untracked() == Beside::Newer;
        let kept = aside::find(|it| it.origin == origin).filter(|_| !is_contested);
        let is_still_there = location::marked().as_ref() == Some(&origin);
        match kept {
            _ if !is_still_there => {}
            Some(key) => {
                others.open_kept(&key);
                desk.save();
            }
            // Where there is no room, it is not opened.
            None if shared::is_as_given(&origin) => {
                own.follow(&origin, move |_| location::mark(&own.origin.get_untracked()));
            }
            None => location::mark(&own.origin.get_untracked()),
        }
    }
}

/// Saves a while after each change, and at once when the page is about to go.
fn keep_saved(desk: Desk) {
    let Desk {
        own: state,
        learning,
        ..
    } = desk;
    Effect::new(move |before: Option<()>| {
        state.scenario.track();
        state.session.selection.track();
        learning.learned.track();
        let preferences = state.preferences();
        look::apply(preferences.theme);
        rescue::remember_preferences(preferences);
        // What could not be read is set aside before anything is drawn.
        if before.is_some() || learning.is_changed.get_untracked() {
            storage::after_pause(move || desk.save());
        }
    });
    storage::on_other_tab(move || desk.hear(|| ()));
    storage::on_leave(move || {
        course::flush(learning);
        desk.save();
    });
}
