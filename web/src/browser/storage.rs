//! Local storage: one document under one key, and what could not be read under another.
//!
//! Every access may fail (private windows, sandboxed frames, full disks); the page then goes on in
//! memory. Invariant: a saved text is only overwritten by one that was read from it or by the
//! visitor's own edits.

use std::cell::RefCell;

use gloo::{events::EventListener, timers::callback::Timeout};

use crate::{
    browser::window,
    state::draft::Draft,
    state::draft::{Preferences, Saved},
};

const KEY: &str = "rolewalk";
const KEPT_KEY: &str = "rolewalk.kept";
/// There while a draft is being opened; still there at the next start if that went wrong.
const OPENING_KEY: &str = "rolewalk.opening";
const PAUSE_MS: u32 = 300;

/// What was found at the start.
#[derive(Debug)]
pub(crate) enum Found {
    /// What was saved.
    Saved(Box<Saved>),
    /// Something that could not be read or opened; it lies under another key now.
    SetAside,
    /// Nothing yet.
    Nothing,
    /// The browser keeps nothing.
    Refused,
}

/// Reads what is saved.
pub(crate) fn load() -> Found {
    let Some(storage) = storage() else {
        return Found::Refused;
    };
    let Ok(text) = storage.get_item(KEY) else {
        return Found::Refused;
    };
    let Some(text) = text else {
        return Found::Nothing;
    };
    let fell_last_time = matches!(storage.get_item(OPENING_KEY), Ok(Some(_)));
    if let Some(saved) = Saved::from_json(&text).filter(|_| !fell_last_time) {
        let _ = storage.set_item(OPENING_KEY, "1");
        return Found::Saved(Box::new(saved));
    }
    let _ = storage.set_item(KEPT_KEY, &text);
    let _ = storage.remove_item(KEY);
    let _ = storage.remove_item(OPENING_KEY);
    Found::SetAside
}

/// The draft was opened and the page stands.
pub(crate) fn opened() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(OPENING_KEY);
    }
}

/// Saves at once; says whether the browser took it. Without a draft the saved one stays.
pub(crate) fn save(draft: Option<Draft>, preferences: Preferences) -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let draft = draft.or_else(|| {
        let text = storage.get_item(KEY).ok().flatten()?;
        Saved::from_json(&text)?.draft
    });
    let saved = Saved { preferences, draft };
    storage.set_item(KEY, &saved.to_json()).is_ok()
}

thread_local! {
    static PENDING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Runs `save` after a pause in which it was not asked for again.
pub(crate) fn after_pause(save: impl FnOnce() + 'static) {
    let timeout = Timeout::new(PAUSE_MS, save);
    // Dropping the one before cancels it.
    PENDING.with(|it| it.replace(Some(timeout)));
}

/// Calls `then` when the page is about to go.
pub(crate) fn on_leave(then: impl Fn() + 'static) {
    if let Some(window) = window() {
        EventListener::new(&window, "pagehide", move |_| then()).forget();
    }
}

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

thread_local! {
    static WAS_REFUSED: RefCell<bool> = const { RefCell::new(false) };
}

/// Whether the browser has refused before; it is said only once.
pub(crate) fn was_refused() -> bool {
    WAS_REFUSED.with(|it| *it.borrow())
}

/// The browser has refused.
pub(crate) fn note_refusal() {
    WAS_REFUSED.with(|it| *it.borrow_mut() = true);
}
