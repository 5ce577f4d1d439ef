//! Fetches a file that lies beside the page.

use std::cell::RefCell;

use js_sys::Promise;
use litemap::LiteMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{RequestCache, RequestInit, Response};

use crate::browser::{root, window};

thread_local! {
    /// What widgets of a page have in common, or wait for: the text of each address, or nothing.
    static SHARED: RefCell<LiteMap<String, Promise>> = const { RefCell::new(LiteMap::new_vec()) };
    /// The text that was fetched ahead, or nothing, and of what file.
    static AHEAD: RefCell<Option<(&'static str, Promise)>> = const { RefCell::new(None) };
}

/// What an instance has asked for.
#[derive(Default)]
struct Asked {
    addresses: RefCell<LiteMap<String, ()>>,
}

/// Fetches the text of one of the files of [`root::Root::file`] and calls `then` with it; with nothing where it is not to be
/// had: no connection, no such file, or a page that was opened from a disk.
pub(crate) fn text(name: &'static str, then: impl FnOnce(Option<String>) + 'static) {
    let ahead = AHEAD.with_borrow_mut(|it| it.take_if(|(of, _)| *of == name));
    let text = ahead.map_or_else(|| text_of_file(name), |it| it.1);
    root::spawn(async move { then(text_of(text).await) });
}

/// Begins to fetch what [`text`] is asked for next, while the code that asks for it is still on its way.
pub(crate) fn ahead(name: &'static str) {
    if AHEAD.with_borrow(|it| it.as_ref().is_some_and(|(of, _)| *of == name)) {
        return;
    }
    AHEAD.set(Some((name, text_of_file(name))));
}

fn text_of_file(name: &str) -> Promise {
    let address = root::current().file(name);
    let cache = if address.ends_with(name) {
        // It keeps its name when its content changes, so the browser is to ask whether it has.
        RequestCache::NoCache
    } else {
        RequestCache::Default
    };
    text_or_null(address, cache)
}

/// The same for an address that is another one when the content is: the browser may give what it has kept. Who asks
/// once more could do nothing with that, so then it is not asked for what it kept. Widgets of a page share what one of
/// them has fetched.
pub(crate) fn kept(address: String, then: impl FnOnce(Option<String>) + 'static) {
    let root = root::current();
    let asked = root.own::<Asked>();
    let mut addresses = asked.addresses.borrow_mut();
    let is_first = addresses.insert(address.clone(), ()).is_none();
    drop(addresses);
    let cache = if is_first {
        RequestCache::Default
    } else {
        SHARED.with_borrow_mut(|it| it.remove(&address));
        RequestCache::Reload
    };
    if !root.is_widget() {
        return fetch(address, cache, Box::new(then));
    }
    let known = SHARED.with_borrow(|it| it.get(&address).cloned());
    let text = known.unwrap_or_else(|| {
        let path = root.address(&address);
        // Of no widget: who has asked first may be gone before it is here.
        let text = text_or_null(path, cache);
        SHARED.with_borrow_mut(|it| it.insert(address.clone(), text.clone()));
        text
    });
    root::spawn(async move {
        let text = text_of(text).await;
        if text.is_none() {
            SHARED.with_borrow_mut(|it| it.remove(&address));
        }
        then(text);
    });
}

async fn text_of(text_or_null: Promise) -> Option<String> {
    JsFuture::from(text_or_null).await.ok()?.as_string()
}

fn text_or_null(path: String, cache: RequestCache) -> Promise {
    future_to_promise(async move {
        Ok(fetched(&path, cache)
            .await
            .map_or(JsValue::NULL, Into::into))
    })
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
