//! The one state of the page: the document and the session in signals, and what follows from them
//! in memos.
//!
//! Knows nothing of components. Invariant: every change of the scenario goes through
//! [`AppState::edit`], [`AppState::open_world`], [`AppState::open_imported`], [`AppState::take_over`],
//! [`AppState::open_draft`], [`AppState::start_over`], [`AppState::follow`], [`AppState::reset`],
//! [`AppState::put_back`], [`AppState::undo`] or
//! [`AppState::redo`], each of which tells the rescue first, so that a panic
//! while re-evaluating loses nothing.

mod opening;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::Spot,
    flow::{self, Flow, HopKind},
    scenario::{Alteration, Scenario},
    syntax::Span,
    world::{Checked, DocumentId, Documents},
};

pub(crate) use self::opening::first_selection;
use crate::{
    browser::{
        clock,
        editor::{self, Then},
        rescue::{self, Whose},
    },
    state::{
        document::{Document, Moved, Shown},
        draft::{Draft, Preferences},
        edit::{Edit, Target},
        reference::Reference,
        selection::{Mark, Selection},
        session::{self, Said, Session, Tab},
        shelf::Shelf,
        signal::{RwSignal, Signal, memo},
    },
    view::change,
};

/// The one state of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AppState {
    document: RwSignal<Document>,
    /// What belongs to this visit.
    pub(crate) session: Session,
    /// The scenario as it stands.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// Its texts, parsed.
    pub(crate) documents: Signal<Arc<Documents>>,
    /// What AWS would refuse of it, once somebody has asked, and whom it belongs to.
    checked: StoredValue<Option<Signal<Checked>>>,
    owner: StoredValue<Option<Owner>>,
    /// What the flow walks through.
    pub(crate) shown: Signal<Shown>,
    /// The walk.
    pub(crate) flow: Signal<Arc<Flow>>,
    /// The door that stops it.
    pub(crate) blocked: Signal<Option<HopKind>>,
    /// What AWS's services have.
    pub(crate) reference: Reference,
    /// The library of misconfigurations.
    pub(crate) shelf: RwSignal<Shelf>,
    /// The world that the scenario began as: a start world or one of the library.
    pub(crate) origin: Signal<String>,
    /// What undo would take back, in words.
    pub(crate) undo_label: Signal<Option<String>>,
    /// What redo would bring back, in words.
    pub(crate) redo_label: Signal<Option<String>>,
    /// Whether the newest edit was the scenario's own suggestion.
    pub(crate) was_invited: Signal<bool>,
    /// Whether there is anything to save: a world opened by its address is not, until edited.
    is_own: RwSignal<bool>,
    /// What a lesson has to say of edits; nothing where this is the visitor's own scenario.
    guard: StoredValue<Option<Guard>>,
    /// What keeps the visitor's own work while something else takes its place.
    room: StoredValue<Option<Room>>,
    /// Whether somebody shared it: then it is not saved, however much of it is edited.
    is_shared: bool,
}

/// Says why an edit from one scenario to another is not allowed; nothing where it is.
pub(crate) type Guard = Arc<dyn Fn(&Target, &Scenario, &Scenario) -> Option<String> + Send + Sync>;

/// Keeps what is open beside what is about to take its place, and says whether it could.
pub(crate) type Room = Arc<dyn Fn() -> bool + Send + Sync>;

impl AppState {
    /// The state around a document. `is_own`: it is the visitor's own work, to be saved.
    pub(crate) fn new(document: Document, is_own: bool) -> Self {
        rescue::remember(&document, whose(is_own));
        let document = RwSignal::new(document);
        let scenario = memo(move || document.with(|it| Arc::clone(it.scenario())));
        let documents = memo(move || document.with(|it| Arc::clone(it.documents())));
        let shown = memo(move || document.with(|it| it.shown().clone()));
        let flow = memo(move || {
            shown.with(|it| {
                Arc::new(flow::walk(
                    &it.scenario.world,
                    &it.documents,
                    &it.scenario.choice,
                ))
            })
        });
        let blocked = memo(move || {
            flow.with(|flow| {
                flow.blocked_at()
                    .and_then(|it| flow.hops.get(it))
                    .map(|it| it.kind)
            })
        });
        let label = move |target: fn(&Document) -> Option<&Target>| {
            memo(move || {
                document.with(|it| target(it).map(|target| target.describe(&it.scenario().world)))
            })
        };
        Self {
            document,
            session: Session::new(),
            scenario,
            documents,
            checked: StoredValue::new(None),
            owner: StoredValue::new(Owner::current()),
            shown,
            flow,
            blocked,
            reference: Reference::new(),
            shelf: RwSignal::new(Shelf::Away),
            origin: memo(move || document.with(|it| it.origin().to_owned())),
            undo_label: label(Document::undo_target),
            redo_label: label(Document::redo_target),
            was_invited: memo(move || {
                document.with(|it| matches!(it.undo_target(), Some(Target::Invitation(_))))
            }),
            is_own: RwSignal::new(is_own),
            guard: StoredValue::new(None),
            room: StoredValue::new(None),
            is_shared: false,
        }
    }

    /// The state around a scenario that somebody shared, beside that of `other`.
    pub(crate) fn of_shared(document: Document, other: Self) -> Self {
        let selection = first_selection(document.scenario());
        let state = Self {
            session: Session::beside(other.session),
            reference: other.reference,
            shelf: other.shelf,
            is_shared: true,
            ..Self::new(document, false)
        };
        state.session.selection.set(selection);
        state.remember();
        state
    }

    /// The state around a lesson's document: a scenario of its own beside that of `other`, which looks the same and
    /// has fetched what it has. What `guard` has something to say of is not done.
    pub(crate) fn of_lesson(document: Document, guard: Guard, other: Self) -> Self {
        rescue::remember(&document, Whose::Lesson);
        let selection = first_selection(document.scenario());
        let state = Self {
            session: Session::beside(other.session),
            reference: other.reference,
            shelf: other.shelf,
            guard: StoredValue::new(Some(guard)),
            ..Self::new(document, false)
        };
        state.session.selection.set(selection);
        state
    }

    /// The state around a document of a widget: nothing of it is the visitor's own. What `guard` has something to say of
    /// is not done.
    pub(crate) fn of_widget(document: Document, guard: Guard) -> Self {
        let selection = first_selection(document.scenario());
        let state = Self {
            guard: StoredValue::new(Some(guard)),
            ..Self::new(document, false)
        };
        state.session.selection.set(selection);
        state
    }

    /// This is what a panic would have to save from now on.
    pub(crate) fn remember(self) {
        let whose = self.whose();
        self.document
            .with_untracked(|it| rescue::remember(it, whose));
    }

    fn whose(self) -> Whose {
        if self.guard.with_value(Option::is_some) {
            Whose::Lesson
        } else if self.is_shared {
            Whose::Shared
        } else {
            whose(self.is_own.get_untracked())
        }
    }

    /// What AWS would refuse of the scenario: worked out once for whoever tells it. Only what arrives later
    /// asks, and so this lies there, too.
    pub(crate) fn checked(self) -> Signal<Checked> {
        if let Some(checked) = self.checked.get_value() {
            return checked;
        }
        let scenario = self.scenario;
        let make = move || {
            // The last one stays here, and not only in the memo, which keeps an older one of the same findings.
            let last = StoredValue::new(scenario.with_untracked(|it| Checked::of(&it.world)));
            memo(move || {
                let now = scenario.with(|it| last.with_value(|last| last.refresh(&it.world)));
                last.set_value(now.clone());
                now
            })
        };
        // It outlives the part of the page that asks first.
        let checked = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        self.checked.set_value(Some(checked));
        checked
    }

    /// Whether files may take the place of this scenario: not of a lesson's or a shared one.
    pub(crate) fn takes_files(self) -> bool {
        !self.is_shared && self.guard.with_value(Option::is_none)
    }

    /// Whether this is the visitor's own work, to be saved.
    pub(crate) fn is_own(self) -> bool {
        self.is_own.get()
    }

    /// The same, as it is now.
    pub(crate) fn is_own_untracked(self) -> bool {
        self.is_own.get_untracked()
    }

    /// Says something of the world as it is now, as long as it stays so.
    pub(crate) fn say(self, sentence: impl FnOnce(&rolewalk_core::world::World) -> Option<String>) {
        let scenario = self.scenario.get_untracked();
        let sentence = sentence(&scenario.world);
        let said = sentence.map(|sentence| Said { sentence, scenario });
        self.session.said.set(said);
    }

    /// Changes the scenario. Where a lesson keeps it as it is, nothing is changed, and what there is to say of that
    /// comes back.
    pub(crate) fn edit(self, edit: Edit) -> Option<String> {
        let open = self.session.selection.get_untracked();
        let then = edit.then.clone();
        let target = edit.target.clone();
        let before = self.document.get_untracked();
        let mut after = before.clone();
        after.edit(edit, &open, clock::now_ms());
        let refused = self.guard.with_value(|guard| {
            let guard = guard.as_ref()?;
            guard(&target, before.scenario(), after.scenario())
        });
        if refused.is_some() {
            return refused;
        }
        if let Target::Text(id) | Target::Rewrite(_, id) | Target::Invitation(Some(id)) = &target {
            self.forget_mark(id);
        }
        self.put(after);
        if let Some(selection) = then {
            self.session.selection.set(selection);
        }
        None
    }

    /// Takes back the newest edit.
    pub(crate) fn undo(self) {
        self.go("Undone", Document::undo);
    }

    /// Brings back what was taken back last.
    pub(crate) fn redo(self) {
        self.go("Redone", Document::redo);
    }

    fn go(self, what: &str, direction: fn(&mut Document) -> Option<Moved>) {
        let before = self.scenario.get_untracked();
        let mut moved = None;
        // The form that has it may go with what is taken back.
        editor::keep_focus();
        self.change(|document| moved = direction(document));
        let Some(Moved { target, selection }) = moved else {
            return;
        };
        let sentence = format!("{what}: {}", target.describe(&before.world));
        self.session
            .spoken
            .update(|it| *it = session::spoken_after(it, sentence));
        // What came whole is there again, or gone: what was said of how it came is not so any more.
        if matches!(
            target,
            Target::World(_) | Target::Import | Target::OtherDraft | Target::StartOver
        ) {
            self.forget_notice();
        }
        let after = self.scenario.get_untracked();
        if let Some(selection) = selection.filter(|it| it.exists_in(&after.world)) {
            self.session.selection.set(selection);
        }
        if let Target::Text(id) | Target::Rewrite(_, id) | Target::Invitation(Some(id)) = target {
            self.forget_mark(&id);
            let text = |scenario: &Scenario| {
                scenario
                    .world
                    .document(&id)
                    .map(|it| it.as_str().to_owned())
            };
            if let (Some(old), Some(new)) = (text(&before), text(&after)) {
                self.follow_in_editor(&id, change::changed(&old, &new).end);
            }
        }
    }

    /// Opens what a spot speaks of, and marks its characters.
    pub(crate) fn open(self, spot: &Spot) {
        let selection = Selection::of(spot);
        if let Spot::Text { document, span } = spot {
            // The flow may walk through an older text than the one on the screen: then its spans
            // say nothing about this one.
            let is_current = self.shown.with_untracked(|shown| {
                let current = self
                    .documents
                    .with_untracked(|it| it.get(document).map(|it| it.text.clone()));
                shown.documents.get(document).map(|it| it.text.clone()) == current
            });
            if is_current {
                self.session.mark.set(Some(Mark {
                    document: document.clone(),
                    span: *span,
                }));
                self.session.selection.set(selection);
                self.session.tab.set(Tab::Editor);
                self.select_in_editor(document, *span);
                return;
            }
        }
        self.select(selection);
        self.session.tab.set(Tab::Editor);
        editor::focus_panel();
    }

    /// Opens a thing or a text in the editor.
    pub(crate) fn select(self, selection: Selection) {
        self.session.mark.set(None);
        self.session.selection.set(selection);
    }

    /// Puts the caret where a finding is.
    pub(crate) fn place_caret(self, document: &DocumentId, span: Span) {
        self.session
            .selection
            .set(Selection::Document(document.clone()));
        self.session.tab.set(Tab::Editor);
        self.select_in_editor(document, span);
    }

    /// Makes the change that the scenario suggests and shows it.
    pub(crate) fn accept_invitation(self) {
        let scenario = self.scenario.get_untracked();
        let Some(invitation) = scenario.invitation.clone() else {
            return;
        };
        let Some(changed) = Alteration::apply_all(&invitation.changes, &scenario) else {
            return;
        };
        let id = invitation.changes.iter().find_map(Alteration::document);
        let mut marks = None;
        if let Some(id) = id {
            let text = |it: &Scenario| it.world.document(id).map(|it| it.as_str().to_owned());
            if let (Some(old), Some(new)) = (text(&scenario), text(&changed)) {
                let span = invitation.changes.iter().find_map(|it| match it {
                    Alteration::Text { find, replace, .. } => {
                        let at = old.find(find)?;
                        Some(change::span(at, at + replace.len()))
                    }
                    _ => None,
                });
                let span = span.unwrap_or_else(|| change::changed(&old, &new));
                marks = Some((id.clone(), span));
            }
            self.session.selection.set(Selection::Document(id.clone()));
        }
        let target = Target::Invitation(id.cloned());
        let _ = self.edit(Edit::new(target, move |it| *it = changed));
        if let Some((document, span)) = marks {
            let mark = Mark {
                document: document.clone(),
                span,
            };
            self.session.mark.set(Some(mark));
            self.select_in_editor(&document, span);
        }
    }

    /// What to save; nothing where there is nothing of the visitor's own.
    pub(crate) fn draft(self) -> Option<Draft> {
        let selection = self.session.selection.get();
        self.is_own
            .get()
            .then(|| self.document.with(|it| Draft::of(it, Some(selection))))
    }

    /// How the page looks.
    pub(crate) fn preferences(self) -> Preferences {
        Preferences {
            theme: self.session.theme.get(),
            left: self.session.left.get(),
            right: self.session.right.get(),
            has_details: self.session.has_details.get(),
        }
    }

    fn change(self, change: impl FnOnce(&mut Document)) {
        let mut document = self.document.get_untracked();
        change(&mut document);
        self.put(document);
    }

    fn put(self, document: Document) {
        self.is_own.set(true);
        rescue::remember(&document, self.whose());
        rescue::drill();
        self.document.set(document);
    }

    fn forget_mark(self, document: &DocumentId) {
        let is_about = self
            .session
            .mark
            .with_untracked(|it| it.as_ref().is_some_and(|it| it.document == *document));
        if is_about {
            self.session.mark.set(None);
        }
    }

    fn select_in_editor(self, id: &DocumentId, span: Span) {
        self.in_editor(id, span, Then::Select);
    }

    /// Puts the caret behind what undo or redo changed. Nothing is selected: what is typed next would take its place.
    fn follow_in_editor(self, id: &DocumentId, end: u32) {
        self.in_editor(id, Span::new(end, end), Then::Follow);
    }

    fn in_editor(self, id: &DocumentId, span: Span, then: Then) {
        let document = self
            .documents
            .with_untracked(|documents| documents.get(id).cloned());
        if let Some(document) = document {
            let text = document.text.as_str();
            let units = document.lines.utf16(text, span);
            let position = document.lines.position(text, span.start);
            self.session.is_json.set(false);
            editor::go_to(text, units, (position.line, position.column), then);
        }
    }
}

/// Whose a document is that is no lesson's.
const fn whose(is_own: bool) -> Whose {
    if is_own { Whose::Own } else { Whose::Given }
}
