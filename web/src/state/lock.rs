//! What of a lesson's world may be edited, for whoever shows it.
//!
//! Knows no lesson: that says it. Invariant: what is shown as locked is not more than what the lesson's guard refuses.

use std::sync::Arc;

use leptos::prelude::{StoredValue, WithValue};
use rolewalk_core::{lesson::Openness, world::Thing};

use crate::state::selection::Selection;

type Ask = Arc<dyn Fn(&Selection) -> Openness + Send + Sync>;
type AskParts = Arc<dyn Fn(&Selection) -> Vec<String> + Send + Sync>;

/// What may be edited.
#[derive(Clone, Copy)]
pub(crate) struct Locks {
    ask: StoredValue<Ask>,
    parts: StoredValue<AskParts>,
    why: Why,
}

/// Why something is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// A lesson is about something else.
    Lesson,
    /// All of it is only shown.
    ReadOnly,
}

impl std::fmt::Debug for Locks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locks").finish_non_exhaustive()
    }
}

impl Locks {
    /// As `ask` says, and `parts` of what is open in part.
    pub(crate) fn new(
        ask: impl Fn(&Selection) -> Openness + Send + Sync + 'static,
        parts: impl Fn(&Selection) -> Vec<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            ask: StoredValue::new(Arc::new(ask)),
            parts: StoredValue::new(Arc::new(parts)),
            why: Why::Lesson,
        }
    }

    /// Of something that is only shown while `is_read_only`.
    pub(crate) fn read_only(is_read_only: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let ask = move |_: &Selection| {
            if is_read_only() {
                Openness::Locked
            } else {
                Openness::Open
            }
        };
        Self {
            why: Why::ReadOnly,
            ..Self::new(ask, |_| Vec::new())
        }
    }

    /// Why it is locked.
    pub(crate) const fn why(self) -> Why {
        self.why
    }

    /// Whether all of it is only shown, so that nothing can be added either.
    pub(crate) fn is_read_only(self) -> bool {
        let account = Selection::Entity(Thing::Account.into());
        self.why == Why::ReadOnly && self.of(&account) == Openness::Locked
    }

    /// How much of what a selection names may be edited.
    pub(crate) fn of(self, selection: &Selection) -> Openness {
        self.ask.with_value(|ask| ask(selection))
    }

    /// The settings of what a selection names that may be edited where not all of it may, in words.
    pub(crate) fn parts(self, selection: &Selection) -> Vec<String> {
        self.parts.with_value(|ask| ask(selection))
    }
}
