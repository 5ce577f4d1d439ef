//! The clipboard, to write to.

use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::window;

/// Puts a text on the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        // Where the browser refuses, the text can still be selected.
        drop(window.navigator().clipboard().write_text(text));
    }
}

/// The same, and says whether the browser did it.
pub(crate) fn copy_then(text: &str, then: impl FnOnce(bool) + 'static) {
    // On insecure origins there is no clipboard, whatever its type says.
    let clipboard = window().map(|it| it.navigator().clipboard());
    let clipboard = clipboard.filter(|it| !it.is_undefined());
    let Some(promise) = clipboard.map(|it| it.write_text(text)) else {
        return then(false);
    };
    spawn_local(async move {
        then(JsFuture::from(promise).await.is_ok());
    });
}
