//! Modal dialogs: the browser keeps the focus inside, closes them on Escape and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::browser::{after_render, by_id};

/// Opens the dialog with that id, once it is there; `then` comes after what is still to be told of its
/// last closing.
pub(crate) fn show(id: &'static str, then: impl FnOnce() + 'static) {
    after_render(move || {
        if let Some(dialog) = element(id).filter(|it| !it.open()) {
            let _ = dialog.show_modal();
        }
        then();
    });
}

/// Whether the dialog with that id is open.
pub(crate) fn is_open(id: &str) -> bool {
    element(id).is_some_and(|it| it.open())
}

/// Closes the dialog with that id.
pub(crate) fn close(id: &str) {
    if let Some(dialog) = element(id) {
        dialog.close();
    }
}

fn element(id: &str) -> Option<HtmlDialogElement> {
    by_id(id)?.dyn_into().ok()
}
