//! Parts of a view that follow a signal.
//!
//! Everything is boxed, so that the rendering code around it exists once and not once for each
//! closure: the page is downloaded more often than it computes. Components use these helpers
//! wherever a view, an attribute or a list is not fixed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    browser::{look, turns},
    state::signal::RwSignal,
};

/// A text that follows a signal, for an attribute or between tags.
pub(crate) type LiveText = Box<dyn Fn() -> String + Send>;
/// A yes or no that follows a signal.
pub(crate) type LiveFlag = Box<dyn Fn() -> bool + Send>;
/// An attribute that is not always there.
pub(crate) type LiveOption = Box<dyn Fn() -> Option<String> + Send>;

/// A text that follows a signal.
pub(crate) fn text(text: impl Fn() -> String + Send + 'static) -> LiveText {
    Box::new(text)
}

/// A yes or no that follows a signal.
pub(crate) fn flag(flag: impl Fn() -> bool + Send + 'static) -> LiveFlag {
    Box::new(flag)
}

/// An attribute that is not always there.
pub(crate) fn option(option: impl Fn() -> Option<String> + Send + 'static) -> LiveOption {
    Box::new(option)
}

/// A part of the page that is made anew when a signal in it changes.
pub(crate) fn part<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    let part: Box<dyn Fn() -> AnyView + Send> = Box::new(move || part().into_any());
    part.into_any()
}

/// A part that is there only while there is something to show.
pub(crate) fn maybe<V: IntoAny>(part: impl Fn() -> Option<V> + Send + 'static) -> AnyView {
    self::part(move || part().map_or_else(|| ().into_any(), IntoAny::into_any))
}

/// A part of what an instance begins with, made in a task of its own; at once where nothing waits for a turn any more.
pub(crate) fn in_turn(part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    turn(turns::next, part)
}

/// The same, after all others.
pub(crate) fn in_last_turn(part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    turn(turns::last, part)
}

fn turn(ask: fn(Box<dyn FnOnce()>), part: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_due = RwSignal::new(turns::are_over());
    if !is_due.get_untracked() {
        ask(Box::new(move || is_due.set_if_there(true)));
    }
    maybe(move || is_due.get().then(&part))
}

/// Whether the page is shown in one column, as it becomes.
pub(crate) fn is_narrow() -> RwSignal<bool> {
    let is_narrow = RwSignal::new(look::is_narrow());
    look::follow_narrow(move |it| is_narrow.set_if_there(it));
    is_narrow
}

/// Keeps something, such as a listener, for as long as the part of the page is there that is being made.
pub(crate) fn hold<T: 'static>(it: T) {
    let held = StoredValue::new_local(Some(it));
    on_cleanup(move || held.set_value(None));
}

/// An item of a list: what it is known by, and how it is made.
pub(crate) struct Item {
    key: String,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// An item of a list.
pub(crate) fn item(
    key: impl Into<String>,
    view: impl Fn() -> AnyView + Send + Sync + 'static,
) -> Item {
    Item {
        key: key.into(),
        view: Arc::new(view),
    }
}

/// A list in which an item stays what it is while its key stays.
pub(crate) fn list(items: impl Fn() -> Vec<Item> + Send + Sync + 'static) -> AnyView {
    let items: Box<dyn Fn() -> Vec<Item> + Send + Sync> = Box::new(items);
    let key = |it: &Item| it.key.clone();
    view! { <For each=items key=key children=|it: Item| (it.view)() /> }.into_any()
}
