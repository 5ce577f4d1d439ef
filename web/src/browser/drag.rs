//! What a drag carries, and whether it may fall where it is.
//!
//! <https://developer.mozilla.org/docs/Web/API/HTML_Drag_and_Drop_API>

use web_sys::DragEvent;

/// Takes something up that is called so.
pub(crate) fn begin(event: &DragEvent, name: &str) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("link");
        // Firefox begins no drag without data.
        let _ = data.set_data("text/plain", name);
    }
}

/// Says whether it may fall here; where it may not, the pointer shows it.
pub(crate) fn offer(event: &DragEvent, is_taken: bool) {
    event.prevent_default();
    if let Some(data) = event.data_transfer() {
        data.set_drop_effect(if is_taken { "link" } else { "none" });
    }
}
