//! Everything that talks to the browser itself.
//!
//! The only module that names `web_sys` or `gloo`. Keeps and hands back the plain values of
//! `state`, knows nothing of what a policy says. Invariant: nothing in here can fail aloud; where the browser refuses, the answer is `None` or nothing happens.

pub(crate) mod aside;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod code;
pub(crate) mod dialog;
pub(crate) mod download;
pub(crate) mod drag;
pub(crate) mod editor;
pub(crate) mod fetch;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod folders;
pub(crate) mod frame;
pub(crate) mod keys;
pub(crate) mod location;
pub(crate) mod look;
pub(crate) mod panes;
pub(crate) mod rescue;
pub(crate) mod root;
pub(crate) mod scenario_file;
pub(crate) mod storage;
pub(crate) mod terms;
pub(crate) mod turns;
pub(crate) mod widget;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Window};

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn by_id(id: &str) -> Option<Element> {
    root::current().by_id(id)
}

/// The element that the page mounts into; nothing where this is somebody else's page. What stands in it stays until
/// [`take_off_boot`].
pub(crate) fn mount_point() -> Option<HtmlElement> {
    let element = document()?.query_selector("#rolewalk[data-page]").ok()??;
    element.dyn_into::<HtmlElement>().ok()
}

/// Takes away what the page shows until the app has something to show.
pub(crate) fn take_off_boot() {
    let boot = document().and_then(|it| it.query_selector("#rolewalk > .boot").ok()?);
    if let Some(boot) = boot {
        boot.remove();
    }
}

/// Runs `then` when the changes made now are on the page.
pub(crate) fn after_render(then: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(0, root::keep(then)).forget();
}
