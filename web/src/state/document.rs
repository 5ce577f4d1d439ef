//! The scenario being worked on: its texts as parsed, the last good version of each broken text,
//! and the history of edits.
//!
//! Plain data, no signals, no clock: whoever edits says when. Invariant: `documents` are the texts
//! of the scenario as it stands; `shown` differs from the scenario only in texts that have errors
//! now and had none before, in the same world: a last good text goes back and forth with its scenario.

use std::sync::Arc;

use litemap::LiteMap;
use rolewalk_core::{
    scenario::Scenario,
    syntax::Span,
    world::{DocumentId, Documents, PolicyText},
};

use crate::state::{
    difference::{Place, Size},
    edit::{Edit, Target},
    selection::Selection,
};

/// Typing in one field with pauses shorter than this is one edit.
const PAUSE_MS: f64 = 1200.0;
const MAX_STEPS: usize = 200;

/// The start world a scenario began as.
pub(crate) type Slug = String;

/// The scenario that is worked on.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    now: Snapshot,
    documents: Arc<Documents>,
    shown: Shown,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// When the newest step was last added to; `None` where the next edit is a new step.
    typing_since: Option<f64>,
}

#[derive(Clone, Debug)]
struct Snapshot {
    scenario: Arc<Scenario>,
    origin: Slug,
    /// The last good version of each of its broken texts.
    last_good: LiteMap<DocumentId, PolicyText>,
}

#[derive(Clone, Debug)]
struct Step {
    target: Target,
    /// Where its text was changed last, as the text is with the step.
    place: Option<Span>,
    /// The scenario on the other side of this step.
    other: Snapshot,
    before: Option<Selection>,
    after: Option<Selection>,
}

/// What the flow walks through: the scenario with broken texts in their last good version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The scenario.
    pub(crate) scenario: Arc<Scenario>,
    /// Its texts, parsed.
    pub(crate) documents: Arc<Documents>,
}

/// What going back or forth did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// What was changed by it.
    pub(crate) target: Target,
    /// What was open at the time.
    pub(crate) selection: Option<Selection>,
}

impl Document {
    /// A fresh document that began as the start world `origin`.
    pub(crate) fn new(scenario: Scenario, origin: impl Into<Slug>) -> Self {
        Self::with_last_good(scenario, origin.into(), LiteMap::new_vec())
    }

    /// A document that was saved while some of its texts had errors.
    pub(crate) fn with_last_good(
        scenario: Scenario,
        origin: Slug,
        last_good: LiteMap<DocumentId, PolicyText>,
    ) -> Self {
        let scenario = Arc::new(scenario);
        let documents = Arc::new(Documents::parse(&scenario.world));
        let mut document = Self {
            shown: Shown {
                scenario: Arc::clone(&scenario),
                documents: Arc::clone(&documents),
            },
            now: Snapshot {
                scenario,
                origin,
                last_good,
            },
            documents,
            undo: Vec::new(),
            redo: Vec::new(),
            typing_since: None,
        };
        document.derive();
        document
    }

    /// The scenario as it stands, broken texts and all.
    pub(crate) const fn scenario(&self) -> &Arc<Scenario> {
        &self.now.scenario
    }

    /// Its texts, parsed.
    pub(crate) const fn documents(&self) -> &Arc<Documents> {
        &self.documents
    }

    /// What the flow walks through.
    pub(crate) const fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The last good version of each text that has errors now.
    pub(crate) const fn last_good(&self) -> &LiteMap<DocumentId, PolicyText> {
        &self.now.last_good
    }

    /// The start world it began as.
    pub(crate) fn origin(&self) -> &str {
        &self.now.origin
    }

    /// What undo would take back.
    pub(crate) fn undo_target(&self) -> Option<&Target> {
        self.undo.last().map(|it| &it.target)
    }

    /// What redo would bring back.
    pub(crate) fn redo_target(&self) -> Option<&Target> {
        self.redo.last().map(|it| &it.target)
    }

    /// Changes the scenario. An edit that changes nothing leaves no trace in the history.
    pub(crate) fn edit(&mut self, edit: Edit, open: &Selection, at_ms: f64) {
        let mut scenario = Scenario::clone(&self.now.scenario);
        (edit.change)(&mut scenario);
        if scenario == *self.now.scenario {
            return;
        }
        let (size, place) = measure(&edit.target, &self.now.scenario, &scenario);
        let mut last_good = self.now.last_good.clone();
        let documents = Arc::new(self.documents.refresh(&scenario.world));
        for (id, _) in documents.with_errors() {
            let before = self.documents.get(id).filter(|it| !it.has_errors());
            if let Some(before) = before {
                last_good.insert(id.clone(), before.text.clone());
            }
        }
        if let Some((from, to)) = &edit.renames {
            // One by one: to collect them would sort them first, with code of its own.
            for (id, text) in std::mem::take(&mut last_good) {
                last_good.insert(id.of_renamed(from, to).unwrap_or(id), text);
            }
        }
        let after = Snapshot {
            scenario: Arc::new(scenario),
            origin: self.now.origin.clone(),
            last_good,
        };
        self.step(
            (edit.target, size, place),
            edit.then,
            after,
            documents,
            open,
            at_ms,
        );
    }

    /// Puts another scenario in its place, as one edit.
    pub(crate) fn replace(
        &mut self,
        target: Target,
        scenario: Scenario,
        origin: Slug,
        open: &Selection,
        at_ms: f64,
    ) {
        self.replace_with_last_good(target, (scenario, LiteMap::new_vec()), origin, open, at_ms);
    }

    /// The same, with the last good version of each of its broken texts.
    pub(crate) fn replace_with_last_good(
        &mut self,
        target: Target,
        (scenario, last_good): (Scenario, LiteMap<DocumentId, PolicyText>),
        origin: Slug,
        open: &Selection,
        at_ms: f64,
    ) {
        let after = Snapshot {
            scenario: Arc::new(scenario),
            origin,
            last_good,
        };
        if (&after.scenario, &after.origin) != (&self.now.scenario, &self.now.origin) {
            let documents = Arc::new(self.documents.refresh(&after.scenario.world));
            let target = (target, Size::Pasted, None);
            self.step(target, None, after, documents, open, at_ms);
        }
    }

    /// `documents` are the texts of `after`.
    fn step(
        &mut self,
        (target, size, place): (Target, Size, Option<Place>),
        then: Option<Selection>,
        after: Snapshot,
        documents: Arc<Documents>,
        open: &Selection,
        at_ms: f64,
    ) {
        self.redo.clear();
        let goes_on = size == Size::Typed
            && target.is_typed()
            && self.typing_since.is_some_and(|it| at_ms - it < PAUSE_MS)
            && self.undo.last().is_some_and(|it| {
                continues(it, &target, open) && Place::is_beside(place, it.place)
            });
        let place = place.map(|it| it.now);
        let mut typing_since = (size != Size::Pasted).then_some(at_ms);
        let after_selection = then.clone().or_else(|| Some(open.clone()));
        match self.undo.last_mut() {
            // Typed and taken back by hand: there is nothing that undo could take back.
            Some(step) if goes_on && step.other.scenario == after.scenario => {
                self.undo.pop();
                self.now = after;
                typing_since = None;
            }
            Some(step) if goes_on => {
                step.target = target;
                step.place = place;
                step.after = after_selection;
                self.now = after;
            }
            _ => {
                let other = std::mem::replace(&mut self.now, after);
                let is_elsewhere = matches!(target, Target::Choice(_));
                self.undo.push(Step {
                    target,
                    place,
                    other,
                    before: (!is_elsewhere).then(|| open.clone()),
                    after: after_selection.filter(|_| !is_elsewhere),
                });
                if self.undo.len() > MAX_STEPS {
                    self.undo.remove(0);
                }
            }
        }
        self.typing_since = typing_since;
        self.documents = documents;
        self.settle();
    }

    /// Takes back the newest edit.
    pub(crate) fn undo(&mut self) -> Option<Moved> {
        let step = self.undo.pop()?;
        let moved = Moved {
            target: step.target.clone(),
            selection: step.before.clone(),
        };
        let other = std::mem::replace(&mut self.now, step.other);
        self.redo.push(Step { other, ..step });
        self.moved();
        Some(moved)
    }

    /// Brings back what was taken back last.
    pub(crate) fn redo(&mut self) -> Option<Moved> {
        let step = self.redo.pop()?;
        let moved = Moved {
            target: step.target.clone(),
            selection: step.after.clone(),
        };
        let other = std::mem::replace(&mut self.now, step.other);
        self.undo.push(Step { other, ..step });
        self.moved();
        Some(moved)
    }

    fn moved(&mut self) {
        self.typing_since = None;
        self.derive();
    }

    /// Parses what changed.
    fn derive(&mut self) {
        self.documents = Arc::new(self.documents.refresh(&self.now.scenario.world));
        self.settle();
    }

    /// Forgets the last good version of what has no errors, and shows the rest in it.
    fn settle(&mut self) {
        let documents = &self.documents;
        let broken = |id: &DocumentId| documents.get(id).is_some_and(|it| it.has_errors());
        self.now.last_good.retain(|id, _| broken(id));
        self.shown = self.show();
    }

    fn show(&self) -> Shown {
        if self.now.last_good.is_empty() {
            return Shown {
                scenario: Arc::clone(&self.now.scenario),
                documents: Arc::clone(&self.documents),
            };
        }
        let mut scenario = Scenario::clone(&self.now.scenario);
        for (id, text) in &self.now.last_good {
            if let Some(broken) = scenario.world.document_mut(id) {
                *broken = text.clone();
            }
        }
        let documents = Arc::new(self.shown.documents.refresh(&scenario.world));
        Shown {
            scenario: Arc::new(scenario),
            documents,
        }
    }
}

/// How much of its text an edit changes, and where.
fn measure(target: &Target, before: &Scenario, after: &Scenario) -> (Size, Option<Place>) {
    let Target::Text(id) = target else {
        return (Size::Typed, None);
    };
    let text = |scenario: &Scenario| {
        let text = scenario.world.document(id)?;
        Some(text.as_str().to_owned())
    };
    match (text(before), text(after)) {
        (Some(old), Some(new)) => (Size::of(&old, &new), Some(Place::of(&old, &new))),
        _ => (Size::Pasted, None),
    }
}

/// Whether an edit goes on with the newest step: the same field, or the field of a thing that the
/// step just renamed.
fn continues(step: &Step, target: &Target, open: &Selection) -> bool {
    match (&step.target, target) {
        (Target::Json(_), Target::Json(_)) => {
            step.target == *target || step.after.as_ref() == Some(open)
        }
        (Target::Field(_, left), Target::Field(_, right)) if left == right => {
            step.target == *target || step.after.as_ref() == Some(open)
        }
        (left, right) => left == right,
    }
}

#[cfg(test)]
mod tests;
