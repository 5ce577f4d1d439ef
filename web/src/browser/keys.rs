//! Keys that work anywhere on the page.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, InputEvent, KeyboardEvent};

use crate::browser::{editor, focus, root, window};

/// What a key stroke asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Take back.
    Undo,
    /// Bring back.
    Redo,
}

/// Fields whose text is nobody's scenario: what was typed there is taken back there, by the browser.
const OWN_UNDO: &str = "input[type='search'], .cm-panel *, dialog input, dialog textarea";

/// Calls `then` for Ctrl+Z, Shift+Ctrl+Z and Ctrl+Y (⌘ on a Mac), and for the undo of a menu or an on-screen keyboard,
/// before the browser's own undo. What somebody is typing into a field of a form is entered first, so that it is that which
/// is taken back.
pub(crate) fn on_command(then: impl Fn(Command) + Clone + 'static) {
    let of_menu = then.clone();
    on("beforeinput", move |event| {
        let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
        let command = match kind.as_deref() {
            Some("historyUndo") => Command::Undo,
            Some("historyRedo") => Command::Redo,
            _ => return,
        };
        answer(event, command, &of_menu);
    });
    on_key(move |event| {
        let has_command_key = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        if let Some(command) = command(&event.key(), event.shift_key()).filter(|_| has_command_key)
        {
            answer(event, command, &then);
        }
    });
}

fn answer(event: &Event, command: Command, then: &(impl Fn(Command) + Clone + 'static)) {
    let field = event
        .target()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let has_own = field
        .as_ref()
        .is_some_and(|it| it.matches(OWN_UNDO).unwrap_or(false));
    if has_own {
        return;
    }
    event.prevent_default();
    event.stop_propagation();
    let Some(field) = field.filter(|it| it.matches("input").unwrap_or(false)) else {
        return then(command);
    };
    let _ = field.blur();
    let then = then.clone();
    root::spawn(async move {
        // What was entered is shown first: the field would keep it where the value comes and goes in one go.
        leptos::task::tick().await;
        then(command);
        // The field may go with what is taken back, or the caret to a text that changed.
        leptos::task::tick().await;
        if focus::has_focus() {
            return;
        }
        if field.is_connected() {
            let _ = field.focus();
        } else {
            editor::focus_panel();
        }
    });
}

/// Calls `then` for Ctrl+S (⌘ on a Mac) in place of the browser's own, for as long as what comes back is kept.
pub(crate) fn on_save(then: impl Fn() + 'static) -> Option<EventListener> {
    let listen = |window: web_sys::Window| {
        EventListener::new_with_options(&window, "keydown", root::capture(), move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let has_command_key = event.ctrl_key() || event.meta_key();
            let has_other_key = event.alt_key() || event.shift_key();
            if has_command_key && !has_other_key && event.key().eq_ignore_ascii_case("s") {
                event.prevent_default();
                then();
            }
        })
    };
    window().map(listen)
}

/// Calls `then` for `/`, where nobody is typing and no dialog is open.
pub(crate) fn on_slash(then: impl Fn() + 'static) {
    on_key(move |event| {
        let has_other_key = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() == "/" && !has_other_key && !is_typing(event) {
            event.prevent_default();
            event.stop_propagation();
            then();
        }
    });
}

thread_local! {
    static PRESENTING: RefCell<Option<EventListener>> = const { RefCell::new(None) };
}

/// Calls `then` with the name of every key that is pressed outside of fields and dialogs, until
/// [`stop_presenting`]. `then` says whether the key meant something.
pub(crate) fn while_presenting(then: impl Fn(&str) -> bool + 'static) {
    let Some(window) = window() else {
        return;
    };
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let has_other_key = key.ctrl_key() || key.meta_key() || key.alt_key();
        let presses = matches!(key.key().as_str(), "Enter" | " ") && is_on_button(key);
        if !has_other_key && !presses && !is_typing(key) && then(&key.key()) {
            key.prevent_default();
        }
    });
    PRESENTING.with(|it| it.replace(Some(listener)));
}

/// Nobody presents any more.
pub(crate) fn stop_presenting() {
    let listener = PRESENTING.with(RefCell::take);
    // It may be the one that runs at this moment.
    crate::browser::after_render(|| drop(listener));
}

/// Whether a key stroke presses what has the focus.
fn is_on_button(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.matches("button, a").unwrap_or_default())
}

/// Calls `then` for every key stroke, before anything else on the page hears of it; in a widget for those in it.
fn on_key(then: impl Fn(&KeyboardEvent) + 'static) {
    on("keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            then(event);
        }
    });
}

fn on(name: &'static str, then: impl FnMut(&Event) + 'static) {
    let root = root::current();
    if let Some(ear) = root.ear() {
        root.hold(EventListener::new_with_options(
            &ear,
            name,
            root::capture(),
            then,
        ));
    }
}

/// Whether a key stroke is for a field, or for a dialog.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let is_field = |it: Element| {
        it.matches("input, textarea, select, dialog *, [contenteditable], [contenteditable] *")
            .unwrap_or(true)
    };
    target.is_some_and(is_field)
}

fn command(key: &str, shift: bool) -> Option<Command> {
    match (key.to_ascii_lowercase().as_str(), shift) {
        ("z", false) => Some(Command::Undo),
        ("z", true) | ("y", false) => Some(Command::Redo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, command};

    #[test]
    fn shift_turns_undo_around() {
        assert_eq!(command("z", false), Some(Command::Undo));
        assert_eq!(command("Z", true), Some(Command::Redo));
        assert_eq!(command("y", false), Some(Command::Redo));
        assert_eq!(command("a", false), None);
    }
}
