//! What the page remembers and derives: the document with its history, the session, the draft.
//!
//! `document`, `difference`, `selection`, `edit` and `draft` are plain values, tested natively; `app_state` and
//! `session` wrap them in signals. Knows nothing of the DOM. Invariant: a document's scenario
//! changes through its `edit`, `replace`, `undo` and `redo`, and nowhere else.

pub(crate) mod app_state;
pub(crate) mod course;
pub(crate) mod difference;
pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod import_preview;
pub(crate) mod imported;
pub(crate) mod kept_courses;
pub(crate) mod learned;
pub(crate) mod lesson;
pub(crate) mod lock;
pub(crate) mod naming;
pub(crate) mod other_tab;
pub(crate) mod published;
pub(crate) mod reference;
pub(crate) mod selection;
pub(crate) mod session;
pub(crate) mod shared;
pub(crate) mod shelf;
pub(crate) mod signal;
pub(crate) mod things;
pub(crate) mod wish;

#[cfg(test)]
pub(crate) mod sample;
