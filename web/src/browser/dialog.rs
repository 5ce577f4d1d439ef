//! Modal dialogs: the browser keeps the focus inside, closes them on Escape and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::browser::{after_render, by_id};

/// Opens the dialog with that id, once it is there.
pub(crate) fn show(id: &'static str) {
    after_render(move || {
        if let Some(dialog) = element(id).filter(|it| !it.open()) {
            let _ = dialog.show_modal();
        }
    });
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
