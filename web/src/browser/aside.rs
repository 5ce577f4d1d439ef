//! Drafts that made room for the one that is saved: a pile in local storage, each under a key of its own.
//!
//! Knows nothing of why one made room. Invariant: what lies there is only overwritten by a newer state of the same work
//! of the same tab, or by the draft that it changes places with; nothing is moved or taken away to make room for another.

use std::cell::RefCell;

use rolewalk_core::scenario::Scenario;

use crate::{
    browser::storage::{self, local},
    state::draft::{Draft, Saved},
};

const KEY: &str = "rolewalk.aside";
/// Somebody with more of them than that looks through none.
const MOST: u32 = 20;

thread_local! {
    /// The key under which this tab keeps what is still being edited, and the text that it has last put there.
    static OWN: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Keeps a draft that is still being edited in this tab, in place of the state before, and says whether there was room
/// for it.
pub(crate) fn put(draft: Draft) -> bool {
    let own = OWN.take();
    let Some(storage) = local() else {
        return false;
    };
    let is_there =
        |key: &str, text: &str| matches!(storage.get_item(key), Ok(Some(it)) if it == text);
    let own = own.filter(|(key, text)| is_there(key, text));
    let key = match own.clone() {
        Some((key, _)) => Some(key),
        None => newest(&storage)
            .filter(|_| is_newest(&draft.scenario))
            .or_else(|| free(&storage)),
    };
    let put = key.and_then(|key| Some((key.clone(), write(&key, draft)?)));
    let is_put = put.is_some();
    OWN.set(put.or(own));
    is_put
}

/// The same with a draft that what comes after it in this tab must not take the place of.
pub(crate) fn pile(draft: Draft) -> bool {
    leave();
    let is_put = put(draft);
    leave();
    is_put
}

/// What this tab has put there is finished: the next draft lies beside it.
pub(crate) fn leave() {
    OWN.set(None);
}

/// Puts a draft in the place of the newest one, and says whether there was room for it.
pub(crate) fn exchange(draft: Draft) -> bool {
    let key = local().and_then(|it| newest(&it).or_else(|| free(&it)));
    key.is_some_and(|it| write(&it, draft).is_some())
}

/// How many there are.
pub(crate) fn count() -> usize {
    local().map_or(0, |it| taken(&it).count())
}

/// The newest one.
pub(crate) fn top() -> Option<Draft> {
    let storage = local()?;
    read(&storage, &newest(&storage)?)
}

/// Throws the newest one away.
pub(crate) fn throw() {
    if let Some(storage) = local()
        && let Some(key) = newest(&storage)
    {
        let _ = storage.remove_item(&key);
    }
}

/// Throws the newest one away where it is of that scenario.
pub(crate) fn throw_same(scenario: &Scenario) {
    if is_newest(scenario) {
        throw();
    }
}

fn is_newest(scenario: &Scenario) -> bool {
    top().is_some_and(|it| it.scenario == *scenario)
}

/// What was written; nothing where there is no room.
fn write(key: &str, draft: Draft) -> Option<String> {
    if draft.is_too_large() {
        return None;
    }
    let saved = Saved {
        draft: Some(draft),
        ..Saved::default()
    };
    let text = saved.to_json();
    storage::keep_beside(key, &text).then_some(text)
}

fn read(storage: &web_sys::Storage, key: &str) -> Option<Draft> {
    Saved::from_json(&storage.get_item(key).ok()??)?.draft
}

/// The keys, the oldest first.
fn keys() -> impl DoubleEndedIterator<Item = String> {
    storage::keys_of_several(KEY, MOST)
}

fn taken(storage: &web_sys::Storage) -> impl DoubleEndedIterator<Item = String> {
    keys().filter(|it| matches!(storage.get_item(it), Ok(Some(_))))
}

fn newest(storage: &web_sys::Storage) -> Option<String> {
    taken(storage).next_back()
}

/// The key behind the newest one.
fn free(storage: &web_sys::Storage) -> Option<String> {
    let newest = newest(storage);
    behind(newest.as_deref())
}

fn behind(newest: Option<&str>) -> Option<String> {
    let mut keys = keys();
    if let Some(newest) = newest {
        keys.find(|it| it == newest)?;
    }
    keys.next()
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn what_is_put_aside_lies_behind_what_was_before() {
        assert_eq!(behind(None).as_deref(), Some("rolewalk.aside"));
        let second = behind(Some("rolewalk.aside"));
        assert_eq!(second.as_deref(), Some("rolewalk.aside.2"));
        assert_eq!(behind(Some("rolewalk.aside.20")), None, "and never over it");
    }
}
