//! The draft, where several tabs have one: what another tab saves is noticed, and never saved over unseen.
//!
//! Signals around plain values; knows nothing of components. Invariant: a draft that this tab does not know is not
//! overwritten: either somebody chooses, or it is kept aside first.

use std::sync::Arc;

use leptos::prelude::{GetValue, SetValue, StoredValue, WithValue};
use rolewalk_core::scenario::Scenario;

use crate::{
    browser::{aside, storage},
    state::{app_state::AppState, draft::Draft, session::Notice, signal::RwSignal},
};

/// What there is beside the draft that is open here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// The visitor's own lies saved, and the world of an address is open, as it is given.
    Unopened,
    /// Another tab has saved another one, or one that there was no room to keep was not opened here: until somebody
    /// chooses, nothing of this tab is saved over it.
    Newer,
    /// One that made room for another is kept.
    Kept,
    /// The same, and somebody does not want to be told of it now.
    KeptForLater,
}

/// The drafts that are kept beside the one that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// How many.
    pub(crate) n: usize,
    /// Where the newest one lies.
    pub(crate) key: Option<String>,
    /// What that is called, where it can be read.
    pub(crate) name: Option<String>,
}

/// One of those, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptDraft {
    /// Where it lies.
    pub(crate) key: String,
    /// What it is called, where it can be read.
    pub(crate) name: Option<String>,
    /// When it was put there, by the visitor's clock, where that was noted.
    pub(crate) when: Option<String>,
}

/// A draft that somebody threw away, as long as it can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thrown {
    /// What it is called, where it could be read.
    pub(crate) name: Option<String>,
    text: String,
}

/// What made room here, and the draft that was opened in its place, where it was one that was kept.
type MadeRoom = (Arc<Scenario>, Option<Draft>);

impl Kept {
    fn now() -> Self {
        let mut keys = aside::kept();
        let n = keys.len();
        let key = keys.pop();
        let newest = key.as_deref().and_then(aside::get);
        Self {
            n,
            key,
            name: newest.map(|it| it.scenario.name),
        }
    }

    const fn beside(&self) -> Beside {
        if self.n == 0 {
            Beside::Nothing
        } else {
            Beside::Kept
        }
    }
}

/// The drafts of other tabs, beside the one of this tab.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OtherTab {
    own: AppState,
    /// What there is beside the draft that is open here.
    pub(crate) beside: RwSignal<Beside>,
    /// Those that are kept.
    pub(crate) kept: RwSignal<Kept>,
    /// The one that was thrown away last.
    pub(crate) thrown: RwSignal<Option<Thrown>>,
    /// Whether all that are kept are listed.
    pub(crate) is_listed: RwSignal<bool>,
    /// The scenario that last made room here for another.
    made_room: StoredValue<Option<MadeRoom>>,
    /// The scenario that is saved, as far as this tab knows.
    known: StoredValue<Option<Arc<Scenario>>>,
    /// Whether a draft was saved that this tab did not open, since the address named a world.
    is_unopened: StoredValue<bool>,
    /// Whether what is open here could not be kept beside what another tab has saved.
    is_unkept: StoredValue<bool>,
}

/// What a draft that another tab has saved means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    /// It is the one that is known.
    Nothing,
    /// It is the one that is open, or nothing of the visitor's own is.
    Same,
    /// It is another one.
    Other,
}

fn judge(open: Option<&Scenario>, known: Option<&Scenario>, saved: &Scenario) -> Heard {
    if known == Some(saved) {
        Heard::Nothing
    } else if open.is_none_or(|it| it == saved) {
        Heard::Same
    } else {
        Heard::Other
    }
}

impl OtherTab {
    /// Of a tab that has just been opened. `is_saved`: whether there is a saved draft; `is_opened`: whether it is what
    /// is open now.
    pub(crate) fn new(own: AppState, is_saved: bool, is_opened: bool) -> Self {
        let kept = Kept::now();
        let is_unopened = is_saved && !is_opened;
        let beside = if is_unopened {
            Beside::Unopened
        } else {
            kept.beside()
        };
        let known = (is_saved && is_opened).then(|| own.scenario.get_untracked());
        storage::contest(is_unopened);
        Self {
            own,
            beside: RwSignal::new(beside),
            kept: RwSignal::new(kept),
            thrown: RwSignal::new(None),
            is_listed: RwSignal::new(false),
            made_room: StoredValue::new(None),
            known: StoredValue::new(known),
            is_unopened: StoredValue::new(is_unopened),
            is_unkept: StoredValue::new(false),
        }
    }

    /// Another tab has saved this draft.
    pub(crate) fn heard(self, draft: Option<Draft>) {
        let Some(draft) = draft else {
            return;
        };
        let open = self.own.is_own_untracked();
        let open = open.then(|| self.own.scenario.get_untracked());
        let known = self.known.get_value();
        match judge(open.as_deref(), known.as_deref(), &draft.scenario) {
            Heard::Nothing => {}
            Heard::Same => {
                self.is_unopened.set_value(open.is_none());
                self.contests();
                self.known.set_value(Some(Arc::new(draft.scenario)));
                if self.beside.get_untracked() == Beside::Newer {
                    self.settle();
                }
            }
            Heard::Other => self.becomes(Beside::Newer),
        }
    }

    /// What of this tab is to be saved as the draft.
    pub(crate) fn to_save(self) -> Option<Draft> {
        self.is_unkept.set_value(false);
        let draft = self.own.draft()?;
        self.is_back(&draft.scenario);
        if self.beside.get_untracked() == Beside::Newer {
            self.keep_own(draft);
            return None;
        }
        if self.is_unopened.get_value() {
            let saved = storage::saved_draft().filter(|it| it.scenario != draft.scenario);
            self.is_unopened.set_value(false);
            if self.beside.get_untracked() == Beside::Unopened {
                self.settle();
            }
            match saved.map(aside::pile) {
                Some(true) => self.becomes(Beside::Kept),
                // Somebody is to choose, as between two tabs.
                Some(false) => {
                    self.becomes(Beside::Newer);
                    self.keep_own(draft);
                    return None;
                }
                None => self.contests(),
            }
        }
        Some(draft)
    }

    /// What is open here was saved as the draft.
    pub(crate) fn is_saved(self) {
        self.knows(&self.own.scenario.get_untracked());
    }

    /// Whether there was no room for what is open here.
    pub(crate) fn is_unkept(self) -> bool {
        self.is_unkept.get_value()
    }

    /// Opens what the other tab has saved. What was done here stays within reach of undo, and is kept aside.
    pub(crate) fn take(self) {
        let Some(saved) = storage::saved_draft() else {
            return self.settle();
        };
        if let Some(own) = self.own.draft() {
            self.keep_own(own);
        }
        self.knows(&saved.scenario);
        self.own.open_draft(saved);
        self.settle();
    }

    /// Lets what is open here be saved again. What the other tab has saved is kept aside; where there is no room for
    /// that, it is within reach of redo.
    pub(crate) fn keep(self) {
        if let Some(saved) = storage::saved_draft() {
            self.knows(&saved.scenario);
            if !aside::put(saved.clone()) {
                self.own.open_draft(saved);
                self.own.undo();
            }
        }
        self.settle();
    }

    /// Opens a draft that is kept aside, and keeps the one that is open in its place.
    pub(crate) fn open_kept(self, key: &str) {
        let Some(kept) = aside::get(key) else {
            // Another tab has opened it, or thrown it away.
            return self.settle();
        };
        let open = self.own.scenario.get_untracked();
        let own = self.own.draft().filter(|_| !self.own.is_as_given());
        let is_kept = if let Some(own) = own {
            aside::exchange(key, own)
        } else {
            aside::throw(key);
            true
        };
        self.made_room.set_value(Some((open, Some(kept.clone()))));
        self.own.open_draft(kept);
        if !is_kept {
            self.own.session.notice.set(Some(Notice::NotKeptBeside));
        }
        self.settle();
    }

    /// Throws it away. The one that was thrown away last can be brought back until the page is left.
    pub(crate) fn throw_kept(self, key: &str) {
        let name = aside::get(key).map(|it| it.scenario.name);
        if let Some(text) = aside::throw(key) {
            self.thrown.set(Some(Thrown { name, text }));
        }
        self.settle();
    }

    /// Keeps again what was thrown away last. Where there is no room, it can still be brought back later.
    pub(crate) fn bring_back(self) {
        let thrown = self.thrown.get_untracked();
        if thrown.is_some_and(|it| aside::lay(&it.text)) {
            self.thrown.set(None);
        }
        self.settle();
    }

    /// Nobody wants to be told of those that are kept now.
    pub(crate) fn later(self) {
        self.thrown.set(None);
        self.is_listed.set(false);
        self.beside
            .set(if self.kept.with_untracked(|it| it.n == 0) {
                Beside::Nothing
            } else {
                Beside::KeptForLater
            });
    }

    /// How many are kept that the page says nothing of now.
    pub(crate) fn n_untold(self) -> usize {
        let is_told = !matches!(self.beside.get(), Beside::Nothing | Beside::KeptForLater);
        if is_told {
            0
        } else {
            self.kept.with(|it| it.n)
        }
    }

    /// Somebody wants to see those that are kept, all the same.
    pub(crate) fn show_kept(self) {
        self.is_listed.set(true);
        self.settle();
    }

    /// Keeps what is open here aside, since something else is about to take its place, and says whether there was room
    /// for it. A world as given is no work to keep.
    pub(crate) fn makes_room(self) -> bool {
        let Some(draft) = self.own.draft().filter(|_| !self.own.is_as_given()) else {
            self.made_room.set_value(None);
            return true;
        };
        let scenario = self.own.scenario.get_untracked();
        if !aside::pile(draft) {
            return false;
        }
        self.made_room.set_value(Some((scenario, None)));
        let is_newer = self.beside.get_untracked() == Beside::Newer;
        self.becomes(if is_newer {
            Beside::Newer
        } else {
            Beside::Kept
        });
        true
    }

    /// Undo brought back what had made room: the copy is none too many, and what was opened in its place is kept again.
    fn is_back(self, scenario: &Scenario) {
        let made_room = self.made_room.get_value();
        let Some((_, opened)) = made_room.filter(|it| *it.0 == *scenario) else {
            return;
        };
        self.made_room.set_value(None);
        let copy = aside::find(|it| it.scenario == *scenario);
        match (copy, opened) {
            (Some(key), Some(opened)) => {
                aside::exchange(&key, opened);
            }
            (Some(key), None) => {
                aside::throw(&key);
            }
            (None, Some(opened)) => {
                aside::pile(opened);
            }
            (None, None) => {}
        }
        if self.beside.get_untracked() != Beside::Newer {
            self.settle();
        }
    }

    /// Keeps what was done here since this tab last saved.
    fn keep_own(self, draft: Draft) {
        let is_known = self
            .known
            .with_value(|it| it.as_deref() == Some(&draft.scenario));
        self.is_unkept.set_value(!is_known && !aside::put(draft));
    }

    fn knows(self, scenario: &Scenario) {
        let is_known = self.known.with_value(|it| it.as_deref() == Some(scenario));
        if !is_known {
            self.known.set_value(Some(Arc::new(scenario.clone())));
        }
    }

    fn settle(self) {
        self.becomes(Kept::now().beside());
    }

    fn becomes(self, beside: Beside) {
        if beside != Beside::Newer {
            aside::leave();
        }
        self.kept.set(Kept::now());
        self.beside.set(beside);
        self.contests();
    }

    /// A panic has no signals to ask.
    fn contests(self) {
        let is_newer = self.beside.get_untracked() == Beside::Newer;
        storage::contest(is_newer || self.is_unopened.get_value());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn another_draft_is_told_from_the_one_that_is_known() {
        let (one, mut two, mut three) =
            (sample::scenario(), sample::scenario(), sample::scenario());
        two.name = "two".to_owned();
        three.name = "three".to_owned();
        let of = |open, known, saved| judge(open, known, saved);
        assert_eq!(
            of(Some(&two), Some(&one), &one),
            Heard::Nothing,
            "only this tab went on"
        );
        assert_eq!(
            of(Some(&one), Some(&one), &two),
            Heard::Other,
            "only the other did"
        );
        assert_eq!(of(Some(&two), Some(&one), &three), Heard::Other, "both did");
        assert_eq!(
            of(Some(&two), Some(&one), &two),
            Heard::Same,
            "both did the same"
        );
        assert_eq!(
            of(None, Some(&one), &two),
            Heard::Same,
            "nothing here can be lost"
        );
        assert_eq!(of(Some(&one), None, &two), Heard::Other);
    }
}
