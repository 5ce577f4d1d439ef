//! The file that a scenario was opened from or saved to, where the browser can write into it again.
//!
//! <https://developer.mozilla.org/docs/Web/API/File_System_API>. Few browsers have it, and its pickers are in no
//! stable binding, so that they are called by their names. Invariant: a file is only written into when somebody says so,
//! and only for the scenario that came from it or went into it.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use rolewalk_core::import::MAX_BYTES;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use crate::browser::window;

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
    /// The one that was chosen last, until it is known whether a scenario is in it.
    static CHOSEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// A file that can be written into.
#[derive(Clone)]
struct Open {
    handle: JsValue,
    name: String,
    /// What the scenario began as that belongs to the file.
    origin: String,
}

/// What came of choosing a file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Its text.
    Text {
        /// The file's name.
        name: String,
        /// What is in it.
        text: String,
    },
    /// The browser could not read it, or it is too large.
    Unreadable(String),
    /// Nobody chose one.
    Nothing,
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is in that file.
    In(String),
    /// The browser would not write into that file.
    Refused(String),
    /// Nobody chose one.
    Nothing,
}

/// Whether this browser can write into a file again.
pub(crate) fn can_save_again() -> bool {
    let has = |name: &str| window().and_then(|it| method(&it, name)).is_some();
    has("showOpenFilePicker") && has("showSaveFilePicker")
}

/// The name of the file that a scenario which began as `origin` can be saved into again.
pub(crate) fn name_for(origin: &str) -> Option<String> {
    OPEN.with_borrow(|it| {
        let open = it.as_ref().filter(|it| it.origin == origin)?;
        Some(open.name.clone())
    })
}

/// Lets somebody choose a file to read; `origin_of` is what a scenario from a file of that name began as.
pub(crate) fn choose(origin_of: fn(&str) -> String, then: impl FnOnce(Chosen) + 'static) {
    spawn_local(async move {
        let options = options(None);
        let handles = call(window(), "showOpenFilePicker", &[&options]).await;
        let Some(handle) = handles.and_then(|it| Array::from(&it).iter().next()) else {
            return then(Chosen::Nothing);
        };
        let name = name(&handle);
        let file = call(Some(handle.clone()), "getFile", &[]).await;
        let file: Option<File> = file.and_then(|it| it.dyn_into().ok());
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let file = file.filter(|it| it.size() <= MAX_BYTES as f64);
        let text = call(file, "text", &[]).await;
        then(match text.and_then(|it| it.as_string()) {
            Some(text) => {
                let origin = origin_of(&name);
                let open = Open {
                    handle,
                    name: name.clone(),
                    origin,
                };
                CHOSEN.set(Some(open));
                Chosen::Text { name, text }
            }
            None => Chosen::Unreadable(name),
        });
    });
}

/// A scenario that began as `origin` was opened from a file, or none was: the file that was chosen for it, where one
/// was, is the one to save it into.
pub(crate) fn opened(origin: Option<&str>) {
    let chosen = CHOSEN.take();
    if origin.is_some() {
        OPEN.set(chosen.filter(|it| Some(it.origin.as_str()) == origin));
    }
}

/// Another scenario takes the place of the one that belongs to the file.
pub(crate) fn forget() {
    OPEN.set(None);
}

/// Saves into the file that belongs to the scenario.
pub(crate) fn save_again(text: String, then: impl FnOnce(Saved) + 'static) {
    let Some(open) = OPEN.with_borrow(Clone::clone) else {
        return then(Saved::Nothing);
    };
    spawn_local(async move { then(write(open.handle, open.name, &text).await) });
}

/// Lets somebody choose a file to save a scenario into that began as `origin`; without one it does not belong to the
/// file afterwards.
pub(crate) fn save_as(
    name: String,
    origin: Option<String>,
    text: String,
    then: impl FnOnce(Saved) + 'static,
) {
    spawn_local(async move {
        let options = options(Some(&name));
        let Some(handle) = call(window(), "showSaveFilePicker", &[&options]).await else {
            return then(Saved::Nothing);
        };
        let name = self::name(&handle);
        let saved = write(handle.clone(), name.clone(), &text).await;
        if let Some(origin) = origin.filter(|_| matches!(saved, Saved::In(_))) {
            OPEN.set(Some(Open {
                handle,
                name,
                origin,
            }));
        }
        then(saved);
    });
}

async fn write(handle: JsValue, name: String, text: &str) -> Saved {
    let is_written = async {
        let stream = call(Some(handle), "createWritable", &[]).await?;
        call(Some(stream.clone()), "write", &[&JsValue::from_str(text)]).await?;
        call(Some(stream), "close", &[]).await
    };
    match is_written.await {
        Some(_) => Saved::In(name),
        None => Saved::Refused(name),
    }
}

fn name(handle: &JsValue) -> String {
    let name = Reflect::get(handle, &JsValue::from_str("name"));
    name.ok().and_then(|it| it.as_string()).unwrap_or_default()
}

/// JSON files, and what the new one is called.
fn options(name: Option<&str>) -> JsValue {
    let set = |object: &Object, key: &str, value: &JsValue| {
        // A plain object takes every member.
        let _ = Reflect::set(object, &JsValue::from_str(key), value);
    };
    let (accept, kind, options) = (Object::new(), Object::new(), Object::new());
    set(
        &accept,
        "application/json",
        &Array::of1(&JsValue::from_str(".json")),
    );
    set(
        &kind,
        "description",
        &JsValue::from_str("Rolewalk scenario"),
    );
    set(&kind, "accept", &accept);
    set(&options, "types", &Array::of1(&kind));
    if let Some(name) = name {
        set(&options, "suggestedName", &JsValue::from_str(name));
    }
    options.into()
}

fn method(target: &JsValue, name: &str) -> Option<Function> {
    let method = Reflect::get(target, &JsValue::from_str(name)).ok()?;
    method.dyn_into().ok()
}

/// What a method comes to, awaited where it is a promise; nothing where there is no such method, or it fails.
async fn call(
    target: Option<impl Into<JsValue>>,
    name: &str,
    arguments: &[&JsValue],
) -> Option<JsValue> {
    let target: JsValue = target?.into();
    let list = Array::new();
    for it in arguments {
        list.push(it);
    }
    let answer = method(&target, name)?.apply(&target, &list).ok()?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(answer) => Some(answer),
    }
}
