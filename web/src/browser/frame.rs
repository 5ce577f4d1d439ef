//! The page for frames: `#/embed?view=…&src=…` shows the widget's element and nothing else.
//!
//! What the frame tells the page around it, and hears from it, is the element's (`web/widget/src/frame.ts`). Invariant: what
//! the visitor has saved is neither read nor written.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlScriptElement, UrlSearchParams};

use crate::{
    browser::{document, location, look, mount_point, take_off_boot, window},
    state::session::Theme,
};

/// What the address begins with.
const START: &str = "#/embed";
const ELEMENT: &str = "rolewalk-playground";
/// Beside the page, under a name that stays.
const SCRIPT: &str = "./rolewalk-playground.js";
const NOT_FETCHED: &str =
    "This playground could not be fetched. Check the connection and reload it.";
/// What an address may say of the element.
const ATTRIBUTES: [&str; 7] = [
    "src", "view", "open", "readonly", "theme", "loading", "label",
];

/// Whether the address asks for it.
pub(crate) fn is_asked_for() -> bool {
    hash().is_some_and(|it| it == START || it.starts_with(&format!("{START}?")))
}

fn hash() -> Option<String> {
    window()?.location().hash().ok()
}

/// Shows it in place of the page.
pub(crate) fn open() {
    let place = mount_point();
    // An engine after the first finds the page as the first has made it.
    let is_there = place
        .as_ref()
        .is_some_and(|it| matches!(it.query_selector(ELEMENT), Ok(Some(_))));
    if is_there {
        return;
    }
    take_off_boot();
    if let Some(place) = place
        && fill(&place).is_none()
    {
        say_missing(&place);
    }
    if let Some(window) = window() {
        EventListener::new(&window, "hashchange", |_| location::reload()).forget();
    }
}

fn fill(place: &HtmlElement) -> Option<()> {
    let document = document()?;
    let hash = hash()?;
    let said = hash.split_once('?').map_or("", |it| it.1);
    let said = UrlSearchParams::new_with_str(said).ok()?;
    let element: Element = document.create_element(ELEMENT).ok()?;
    for name in ATTRIBUTES {
        if let Some(value) = said.get(name) {
            element.set_attribute(name, &value).ok()?;
        }
    }
    look::apply(match said.get("theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    });
    // A frame is only loaded once somebody comes near, if its page says so.
    if said.get("loading").is_none() {
        element.set_attribute("loading", "eager").ok()?;
    }
    element.set_attribute("data-frame", "").ok()?;
    place.append_child(&element).ok()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    script.set_cross_origin(Some("anonymous"));
    script.set_src(SCRIPT);
    let blank = place.clone();
    EventListener::once(&script, "error", move |_| say_missing(&blank)).forget();
    document.head()?.append_child(&script).ok()?;
    Some(())
}

/// What stands there where the element cannot.
fn say_missing(place: &HtmlElement) {
    let _ = missing(place);
}

fn missing(place: &HtmlElement) -> Option<()> {
    let document = document()?;
    place.set_text_content(None);
    let said = document.create_element("div").ok()?;
    said.set_class_name("empty");
    said.set_attribute("role", "alert").ok()?;
    let why = document.create_element("p").ok()?;
    why.set_text_content(Some(NOT_FETCHED));
    // A link to this address would lead nowhere: it differs from the page's in nothing.
    let again = document.create_element("button").ok()?;
    again.set_attribute("type", "button").ok()?;
    again.set_class_name("button");
    again.set_text_content(Some("Reload"));
    EventListener::new(&again, "click", |_| location::reload()).forget();
    said.append_child(&why).ok()?;
    said.append_child(&again).ok()?;
    place.append_child(&said).ok()?;
    Some(())
}
