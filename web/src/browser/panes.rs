//! Dragging the edge between two columns.

use gloo::events::EventListener;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use crate::browser::window;

thread_local! {
    static DRAG: RefCell<Option<[EventListener; 3]>> = const { RefCell::new(None) };
}

/// Calls `moved` with the distance from where the drag began, until the pointer is let go.
pub(crate) fn drag(start_x: i32, moved: impl Fn(i32) + 'static) {
    let Some(window) = window() else {
        return;
    };
    let stop = || {
        // A listener must not be dropped while it runs.
        crate::browser::after_render(|| drop(DRAG.with(RefCell::take)));
    };
    let listeners = [
        EventListener::new(&window, "pointermove", move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                moved(event.client_x() - start_x);
            }
        }),
        EventListener::new(&window, "pointerup", move |_| stop()),
        EventListener::new(&window, "pointercancel", move |_| stop()),
    ];
    DRAG.with(|it| it.replace(Some(listeners)));
}
