//! Local storage: one document under one key, and what could not be read under another.
//!
//! Every access may fail (private windows, sandboxed frames, full disks); the page then goes on in
//! memory. Invariant: a saved text is only overwritten by one that was read from it or by the
//! visitor's own edits; one that could not be read is never overwritten at all.

use std::cell::{Cell, RefCell};

use gloo::{events::EventListener, timers::callback::Timeout};

use std::sync::Arc;

use rolewalk_core::scenario::Scenario;

use crate::{
    browser::window,
    late::{self, late},
    state::draft::Draft,
    state::draft::{Preferences, Saved},
};

const KEY: &str = "rolewalk";
const KEPT_KEY: &str = "rolewalk.kept";
/// There while a draft is being opened; still there at the next start if that went wrong. Lies in
/// session storage, where other tabs do not see it.
const OPENING_KEY: &str = "rolewalk.opening";
const PAUSE_MS: u32 = 300;
const MAX_KEPT: u32 = 100;

thread_local! {
    /// Whether what is saved could neither be read nor set aside.
    static IS_LOCKED: Cell<bool> = const { Cell::new(false) };
}

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
    let marks = session_storage();
    let is_marked = |it: &web_sys::Storage| matches!(it.get_item(OPENING_KEY), Ok(Some(_)));
    let fell_last_time = marks.as_ref().is_some_and(is_marked);
    if let Some(saved) = Saved::from_json(&text).filter(|_| !fell_last_time) {
        if let Some(marks) = marks {
            let _ = marks.set_item(OPENING_KEY, "1");
        }
        return Found::Saved(Box::new(saved));
    }
    opened();
    let key = free_key(|it| !matches!(storage.get_item(it), Ok(None)));
    if key.is_none_or(|it| storage.set_item(&it, &text).is_err()) {
        // No room for a copy: the original stays where it is, and nothing is saved over it.
        IS_LOCKED.with(|it| it.set(true));
        return Found::Refused;
    }
    let _ = storage.remove_item(KEY);
    Found::SetAside
}

/// A key that nothing was set aside under before.
fn free_key(is_taken: impl Fn(&str) -> bool) -> Option<String> {
    (1..=MAX_KEPT)
        .map(|n| match n {
            1 => KEPT_KEY.to_owned(),
            n => format!("{KEPT_KEY}.{n}"),
        })
        .find(|it| !is_taken(it))
}

/// The draft was opened and the page stands.
pub(crate) fn opened() {
    if let Some(marks) = session_storage() {
        let _ = marks.remove_item(OPENING_KEY);
    }
}

/// What of all there is to save the browser took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// All.
    All,
    /// How the page looks; the draft is too large, and the one that was saved before stays.
    Preferences,
    /// Nothing.
    Nothing,
}

/// What can be written as text.
#[derive(Debug)]
pub(crate) enum Content {
    /// All that lies in storage.
    Saved(Box<Saved>),
    /// A scenario alone.
    Scenario(Arc<Scenario>),
}

late! {
    panels, writing_arrives:
    /// It lies with the panels, without which nobody changes anything.
    fn written(content: Content) -> String {
        match content {
            Content::Saved(it) => it.to_json(),
            Content::Scenario(it) => it.to_json(),
        }
    }
}

/// The text of it; nothing before [`ready`] is through.
pub(crate) fn text_now(content: Content) -> Option<String> {
    late::now(written(content))?.ok()
}

/// Calls `then` when [`save`] can save. Before that there is nothing of the visitor's own to save.
pub(crate) fn ready(then: impl FnOnce() + 'static) {
    late::then(writing_arrives(), move |is_here| {
        if is_here.is_ok() {
            then();
        }
    });
}

/// Saves at once. Without a draft the saved one stays.
pub(crate) fn save(draft: Option<Draft>, preferences: Preferences) -> Kept {
    if IS_LOCKED.with(Cell::get) {
        return Kept::Nothing;
    }
    let Some(storage) = storage() else {
        return Kept::Nothing;
    };
    let is_taken = |draft: Option<Draft>, preferences: Preferences| {
        let saved = Saved { preferences, draft };
        let text = text_now(Content::Saved(Box::new(saved)));
        text.is_some_and(|it| storage.set_item(KEY, &it).is_ok())
    };
    let before = || {
        let text = storage.get_item(KEY).ok().flatten()?;
        Saved::from_json(&text)?.draft
    };
    let has_draft = draft.is_some();
    let fits = draft.filter(|it| !it.is_too_large());
    if (!has_draft || fits.is_some()) && is_taken(fits.or_else(before), preferences.clone()) {
        return Kept::All;
    }
    // Too large by our own measure or the browser's: how the page looks is no reason to lose it, too.
    if has_draft && is_taken(before(), preferences) {
        return Kept::Preferences;
    }
    Kept::Nothing
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

fn session_storage() -> Option<web_sys::Storage> {
    window()?.session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::free_key;

    #[test]
    fn what_is_set_aside_overwrites_nothing() {
        let key = |taken: &[&str]| free_key(|it| taken.contains(&it));
        assert_eq!(key(&[]).as_deref(), Some("rolewalk.kept"));
        assert_eq!(key(&["rolewalk.kept"]).as_deref(), Some("rolewalk.kept.2"));
        assert_eq!(free_key(|_| true), None);
    }
}
