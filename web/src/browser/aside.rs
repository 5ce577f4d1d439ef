//! Drafts that made room for the one that is saved: a pile in local storage, each under a key of its own.
//!
//! Knows nothing of why one made room. Invariant: what lies there is only overwritten by a newer state of the same work
//! of the same tab, or by the draft that it changes places with; nothing is moved or taken away to make room for another.
//! Which is the newest is noted beside each, and does not follow from its key.

use std::cell::RefCell;

use rolewalk_core::scenario::Scenario;

use crate::{
    browser::{
        clock,
        storage::{self, local},
    },
    state::{
        draft::{Draft, Saved},
        other_tab::KeptDraft,
    },
};

const KEY: &str = "rolewalk.aside";
/// In place of [`KEY`]: when the draft was put there, in milliseconds since 1970.
const WHEN: &str = "rolewalk.when";
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

/// Puts a draft in the place of the one that lies there, as the newest, and says whether there was room for it.
pub(crate) fn exchange(key: &str, draft: Draft) -> bool {
    write(key, draft).is_some()
}

/// Puts a text that lay there before back, as the newest, and says whether there was room for it.
pub(crate) fn lay(text: &str) -> bool {
    local()
        .and_then(|it| free(&it))
        .is_some_and(|key| keep(&key, text))
}

/// The keys of all, the oldest first.
pub(crate) fn kept() -> Vec<String> {
    local().map_or_else(Vec::new, |it| taken(&it))
}

/// The draft that lies there.
pub(crate) fn get(key: &str) -> Option<Draft> {
    read(&local()?, key)
}

/// Throws away the one that lies there, and gives its text.
pub(crate) fn throw(key: &str) -> Option<String> {
    let storage = local()?;
    let text = storage.get_item(key).ok()?;
    let _ = storage.remove_item(key);
    let _ = storage.remove_item(&when_key(key));
    text
}

/// Where the newest draft lies of which this is so.
pub(crate) fn find(is_it: impl Fn(&Draft) -> bool) -> Option<String> {
    let storage = local()?;
    let mut keys = taken(&storage).into_iter().rev();
    keys.find(|it| read(&storage, it).is_some_and(|it| is_it(&it)))
}

/// All, the newest first.
pub(crate) fn all() -> Vec<KeptDraft> {
    let Some(storage) = local() else {
        return Vec::new();
    };
    let told = |key: String| {
        let name = read(&storage, &key).map(|it| it.scenario.name);
        let when = when(&storage, &key).map(clock::day_and_time);
        KeptDraft { key, name, when }
    };
    taken(&storage).into_iter().rev().map(told).collect()
}

fn is_newest(scenario: &Scenario) -> bool {
    let newest = kept().pop().and_then(|it| get(&it));
    newest.is_some_and(|it| it.scenario == *scenario)
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
    keep(key, &text).then_some(text)
}

fn keep(key: &str, text: &str) -> bool {
    let is_kept = storage::keep_beside(key, text);
    if is_kept {
        // Without it the draft passes for the oldest.
        let _ = storage::keep_beside(&when_key(key), &clock::epoch_ms().to_string());
    }
    is_kept
}

fn read(storage: &web_sys::Storage, key: &str) -> Option<Draft> {
    Saved::from_json(&storage.get_item(key).ok()??)?.draft
}

/// The keys of all that there may be.
fn keys() -> impl DoubleEndedIterator<Item = String> {
    storage::keys_of_several(KEY, MOST)
}

/// Where it is noted when what lies under a key was put there.
fn when_key(key: &str) -> String {
    key.replacen(KEY, WHEN, 1)
}

fn when(storage: &web_sys::Storage, key: &str) -> Option<u64> {
    storage.get_item(&when_key(key)).ok()??.parse().ok()
}

/// The keys under which a draft lies, the oldest first.
fn taken(storage: &web_sys::Storage) -> Vec<String> {
    let is_taken = |it: &String| matches!(storage.get_item(it), Ok(Some(_)));
    in_order(keys().filter(is_taken), |it| when(storage, it))
}

/// The keys by time; what nobody noted one of comes first, in the order of the keys.
fn in_order(keys: impl Iterator<Item = String>, when: impl Fn(&str) -> Option<u64>) -> Vec<String> {
    // A sort would bring five kilobytes of code for a handful of keys.
    let mut all: Vec<(u64, String)> = Vec::new();
    for key in keys {
        let time = when(&key).unwrap_or(0);
        let place = all.partition_point(|it| it.0 <= time);
        all.insert(place, (time, key));
    }
    all.into_iter().map(|it| it.1).collect()
}

fn newest(storage: &web_sys::Storage) -> Option<String> {
    taken(storage).pop()
}

/// A key under which nothing lies.
fn free(storage: &web_sys::Storage) -> Option<String> {
    keys().find(|it| matches!(storage.get_item(it), Ok(None)))
}

#[cfg(test)]
mod tests {
    use super::{in_order, keys, when_key};

    #[test]
    fn what_is_put_aside_later_comes_later_wherever_there_was_room() {
        assert_eq!(keys().next().as_deref(), Some("rolewalk.aside"));
        assert_eq!(when_key("rolewalk.aside"), "rolewalk.when");
        assert_eq!(when_key("rolewalk.aside.2"), "rolewalk.when.2");
        let when = |key: &str| match key {
            "rolewalk.aside" => Some(30),
            "rolewalk.aside.3" => Some(20),
            _ => None,
        };
        let found = in_order(keys().take(4), when);
        let expected = [
            "rolewalk.aside.2",
            "rolewalk.aside.4",
            "rolewalk.aside.3",
            "rolewalk.aside",
        ];
        assert_eq!(found, expected);
    }
}
