//! What of a lesson's world may be edited, for whoever shows it.
//!
//! Knows no lesson: that says it. Invariant: what is shown as locked is not more than what the lesson's guard refuses.

use std::sync::Arc;

use leptos::prelude::{StoredValue, WithValue};
use rolewalk_core::lesson::Openness;

use crate::state::selection::Selection;

type Ask = Arc<dyn Fn(&Selection) -> Openness + Send + Sync>;

/// What may be edited.
#[derive(Clone, Copy)]
pub(crate) struct Locks {
    ask: StoredValue<Ask>,
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
    /// As `ask` says.
    pub(crate) fn new(ask: impl Fn(&Selection) -> Openness + Send + Sync + 'static) -> Self {
        Self {
            ask: StoredValue::new(Arc::new(ask)),
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
            ..Self::new(ask)
        }
    }

    /// Why it is locked.
    pub(crate) const fn why(self) -> Why {
        self.why
    }

    /// How much of what a selection names may be edited.
    pub(crate) fn of(self, selection: &Selection) -> Openness {
        self.ask.with_value(|ask| ask(selection))
    }
}
