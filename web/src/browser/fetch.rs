//! Fetches a file that lies beside the page.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

use crate::browser::window;

/// Fetches the text of a file of this site and calls `then` with it; with nothing where it is not to be
/// had: no connection, no such file, or a page that was opened from a disk.
pub(crate) fn text(path: &'static str, then: impl FnOnce(Option<String>) + 'static) {
    let then: Box<dyn FnOnce(Option<String>)> = Box::new(then);
    spawn_local(async move { then(fetched(path).await) });
}

async fn fetched(path: &str) -> Option<String> {
    let init = RequestInit::new();
    // The file's name stays when its content changes: the browser is to ask whether it has.
    init.set_cache(RequestCache::NoCache);
    let answer = JsFuture::from(window()?.fetch_with_str_and_init(path, &init));
    let answer: Response = answer.await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
