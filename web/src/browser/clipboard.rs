//! The clipboard, to write to.

use crate::browser::window;

/// Puts a text on the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        // Where the browser refuses, the text can still be selected.
        drop(window.navigator().clipboard().write_text(text));
    }
}
