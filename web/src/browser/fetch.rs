//! Fetches a file that lies beside the page.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

use crate::browser::{root, window};

thread_local! {
    static ASKED_FOR: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Fetches the text of a file of this site and calls `then` with it; with nothing where it is not to be
/// had: no connection, no such file, or a page that was opened from a disk.
pub(crate) fn text(path: &'static str, then: impl FnOnce(Option<String>) + 'static) {
    // The file's name stays when its content changes: the browser is to ask whether it has.
    fetch(path.to_owned(), RequestCache::NoCache, Box::new(then));
}

/// The same for an address that is another one when the content is: the browser may give what it has kept. Who asks
/// once more could do nothing with that, so then it is not asked for what it kept.
pub(crate) fn kept(address: String, then: impl FnOnce(Option<String>) + 'static) {
    let is_first = ASKED_FOR.with_borrow_mut(|it| {
        let is_first = !it.contains(&address);
        if is_first {
            it.push(address.clone());
        }
        is_first
    });
    let cache = if is_first {
        RequestCache::Default
    } else {
        RequestCache::Reload
    };
    fetch(address, cache, Box::new(then));
}

fn fetch(address: String, cache: RequestCache, then: Box<dyn FnOnce(Option<String>)>) {
    let address = root::current().address(&address);
    root::spawn(async move { then(fetched(&address, cache).await) });
}

async fn fetched(path: &str, cache: RequestCache) -> Option<String> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let answer = JsFuture::from(window()?.fetch_with_str_and_init(path, &init));
    let answer: Response = answer.await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
