//! Local storage: one document under one key, and what could not be read under another.
//!
//! Every access may fail (private windows, sandboxed frames, full disks); the page then goes on in
//! memory. Another tab may save at any time: whoever saves asks [`of_another_tab`] first. Invariant: a saved text is only
//! overwritten by one that was read from it or by the visitor's own edits; one that could not be read is never
//! overwritten at all.

use std::cell::{Cell, RefCell};

use gloo::{events::EventListener, timers::callback::Timeout};

use crate::{
    browser::{root, window},
    state::{
        draft::{Draft, Preferences, Saved},
        learned::Learned,
    },
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
    /// Whether the saved draft is another tab's, beside which there is one here.
    static IS_CONTESTED: Cell<bool> = const { Cell::new(false) };
    /// The text that this tab last read or wrote: any other one is another tab's.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
    /// How the page looked when this tab last saved that, and how it looks in the tab that saved since.
    static LOOKS: RefCell<(Option<Preferences>, Option<Preferences>)> =
        const { RefCell::new((None, None)) };
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
    let Some(storage) = local() else {
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
        LOOKS.set((Some(saved.preferences.clone()), None));
        LAST.set(Some(text));
        return Found::Saved(Box::new(saved));
    }
    opened();
    if !set_aside(&text) {
        // No room for a copy: the original stays where it is, and nothing is saved over it.
        IS_LOCKED.with(|it| it.set(true));
        return Found::Refused;
    }
    let _ = storage.remove_item(KEY);
    Found::SetAside
}

/// What another tab has saved since this one last read or wrote; it is known from now on.
pub(crate) fn of_another_tab() -> Option<Box<Saved>> {
    let text = local()?.get_item(KEY).ok()??;
    if LAST.with_borrow(|it| it.as_deref() == Some(&text)) {
        return None;
    }
    let Some(saved) = Saved::from_json(&text) else {
        // A newer Rolewalk may have written it: this tab has nothing to put in its place.
        lock();
        return None;
    };
    LOOKS.with_borrow_mut(|it| it.1 = Some(saved.preferences.clone()));
    LAST.set(Some(text));
    Some(Box::new(saved))
}

/// Says whether the saved draft is another tab's, and nobody has chosen yet between it and the one here.
pub(crate) fn contest(is_contested: bool) {
    IS_CONTESTED.set(is_contested);
}

/// Whether the saved draft is one that must not be saved over, for whoever has no time to ask.
pub(crate) fn is_of_another_tab() -> bool {
    let text = local().and_then(|it| it.get_item(KEY).ok().flatten());
    IS_CONTESTED.get() || text.is_some() && LAST.with_borrow(|it| *it != text)
}

/// Calls `then` whenever another tab has saved something.
pub(crate) fn on_other_tab(then: impl Fn() + 'static) {
    if let Some(window) = window() {
        EventListener::new(&window, "storage", move |_| then()).forget();
    }
}

/// The draft that is saved.
pub(crate) fn saved_draft() -> Option<Draft> {
    Saved::from_json(&beside(KEY)?)?.draft
}

/// How the page is to look, where another tab may have changed that: as whoever changed it last wanted it.
fn newest(own: Preferences) -> Preferences {
    LOOKS.with_borrow_mut(|(last, theirs)| {
        if last.as_ref() == Some(&own) {
            return theirs.clone().unwrap_or(own);
        }
        *theirs = None;
        *last = Some(own.clone());
        own
    })
}

/// Keeps a text that could not be read under another key, and says whether there was room for it.
pub(crate) fn set_aside(text: &str) -> bool {
    let Some(storage) = local() else {
        return false;
    };
    let key = free_key(|it| !matches!(storage.get_item(it), Ok(None)));
    key.is_some_and(|it| storage.set_item(&it, text).is_ok())
}

/// A key that nothing was set aside under before.
fn free_key(is_taken: impl Fn(&str) -> bool) -> Option<String> {
    keys_of_several(KEPT_KEY, MAX_KEPT).find(|it| !is_taken(it))
}

/// The keys of so many texts of one kind, the oldest first.
pub(crate) fn keys_of_several(
    key: &'static str,
    most: u32,
) -> impl DoubleEndedIterator<Item = String> {
    (1..=most).map(move |n| match n {
        1 => key.to_owned(),
        n => format!("{key}.{n}"),
    })
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
    /// All but the draft, which is too large; the one that was saved before stays.
    AllButDraft,
    /// Nothing.
    Nothing,
}

/// From now on nothing is saved: what is there is not to be overwritten by a page that broke.
pub(crate) fn lock() {
    IS_LOCKED.with(|it| it.set(true));
}

/// Whether nothing is saved from now on.
pub(crate) fn is_locked() -> bool {
    IS_LOCKED.get()
}

/// Saves at once. What is not given stays as it is saved.
pub(crate) fn save(
    draft: Option<Draft>,
    preferences: Preferences,
    learned: Option<Learned>,
) -> Kept {
    if is_locked() {
        return Kept::Nothing;
    }
    let Some(storage) = local() else {
        return Kept::Nothing;
    };
    let has_draft = draft.is_some();
    let fits = draft.filter(|it| !it.is_too_large());
    let is_too_large = has_draft && fits.is_none();
    let mut before = None;
    if fits.is_none() || learned.is_none() {
        let text = storage.get_item(KEY).ok().flatten();
        before = text.and_then(|it| Saved::from_json(&it));
    }
    let mut before = before.unwrap_or_default();
    let learned = learned.unwrap_or_else(|| std::mem::take(&mut before.learned));
    let is_taken = |saved: &Saved| {
        let text = saved.to_json();
        let is_taken = storage.set_item(KEY, &text).is_ok();
        if is_taken {
            LAST.set(Some(text));
        }
        is_taken
    };
    let mut saved = Saved {
        preferences: newest(preferences),
        draft: fits.or_else(|| before.draft.take()),
        learned,
    };
    if is_taken(&saved) {
        return if is_too_large {
            Kept::AllButDraft
        } else {
            Kept::All
        };
    }
    // Too large by the browser's measure: the rest is no reason to be lost, too.
    if has_draft && !is_too_large {
        let text = storage.get_item(KEY).ok().flatten();
        saved.draft = text
            .and_then(|it| Saved::from_json(&it))
            .and_then(|it| it.draft);
        if is_taken(&saved) {
            return Kept::AllButDraft;
        }
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
    if let Some(window) = own_window() {
        EventListener::new(&window, "pagehide", move |_| then()).forget();
    }
}

/// The window, where it is not somebody else's: a widget keeps nothing.
fn own_window() -> Option<web_sys::Window> {
    window().filter(|_| !root::current().is_widget())
}

/// Local storage, where the browser lets the page have it.
pub(crate) fn local() -> Option<web_sys::Storage> {
    own_window()?.local_storage().ok().flatten()
}

/// What lies in the browser under a key of its own; nothing where it keeps nothing, or there is none.
pub(crate) fn beside(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps something there, and says whether the browser took it.
pub(crate) fn keep_beside(key: &str, text: &str) -> bool {
    !is_locked() && local().is_some_and(|it| it.set_item(key, text).is_ok())
}

/// What lies in this tab under a key of its own.
pub(crate) fn of_tab(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok()?
}

/// Keeps something in this tab, through reloads and until it is closed, and says whether the browser let it.
pub(crate) fn keep_in_tab(key: &str, text: Option<&str>) -> bool {
    session_storage().is_some_and(|it| match text {
        Some(text) => it.set_item(key, text).is_ok(),
        None => it.remove_item(key).is_ok(),
    })
}

fn session_storage() -> Option<web_sys::Storage> {
    own_window()?.session_storage().ok().flatten()
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
