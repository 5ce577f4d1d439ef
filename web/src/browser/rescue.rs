//! What happens when the page itself breaks: the draft is saved and the text handed back.
//!
//! Plain DOM, no Leptos: after a panic nothing else of the page can be trusted. To try it, open
//! `#/panic-drill`: the page looks as always and panics at the next edit.

use std::{cell::RefCell, panic};

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document as Dom, Element, HtmlElement, HtmlTextAreaElement};

use crate::{
    browser::{document as dom, editor, location, storage, window},
    state::{
        document::Document,
        draft::{Draft, Preferences},
    },
};

thread_local! {
    static LAST: RefCell<Option<Document>> = const { RefCell::new(None) };
    static PREFERENCES: RefCell<Preferences> = RefCell::new(Preferences::default());
}

/// Keeps hold of the document, so that a panic from now on loses nothing of it.
pub(crate) fn remember(document: &Document) {
    LAST.with(|it| it.replace(Some(document.clone())));
}

/// Keeps hold of how the page looks.
pub(crate) fn remember_preferences(preferences: Preferences) {
    PREFERENCES.with(|it| it.replace(preferences));
}

/// Says what to do in a panic. Called once, before anything can panic.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let is_saved = save();
        if let Some(dom) = dom() {
            let _ = show(&dom, &info.to_string(), is_saved);
        }
    }));
}

/// Panics, for the drill.
#[expect(clippy::panic, reason = "the drill is there to show what a panic does")]
pub(crate) fn fall() -> ! {
    panic!("this is the panic drill")
}

fn save() -> bool {
    let draft = LAST.with(|it| {
        let document = it.try_borrow().ok()?;
        document.as_ref().map(|it| Draft::of(it, None))
    });
    let preferences =
        PREFERENCES.with(|it| it.try_borrow().map(|it| it.clone()).unwrap_or_default());
    draft.is_some() && storage::save(draft, preferences)
}

fn text() -> String {
    editor::text_now()
        .or_else(|| {
            LAST.with(|it| {
                let document = it.try_borrow().ok()?;
                document.as_ref().map(|it| it.scenario().to_json())
            })
        })
        .unwrap_or_default()
}

fn show(dom: &Dom, message: &str, is_saved: bool) -> Option<()> {
    if dom.get_element_by_id("fallen").is_some() {
        return Some(());
    }
    let overlay = element(dom, "div", "fallen")?;
    overlay.set_id("fallen");
    for (name, value) in [
        ("role", "alertdialog"),
        ("aria-modal", "true"),
        ("aria-labelledby", "fallen-title"),
    ] {
        overlay.set_attribute(name, value).ok()?;
    }
    let card = element(dom, "div", "fallen-card")?;
    let title = child(dom, &card, "h2", "fallen-title", "Rolewalk has stopped")?;
    title.set_id("fallen-title");
    let kept = if is_saved {
        "Something in the page broke, and it cannot go on. Your draft is saved: reload, and it is there again."
    } else {
        "Something in the page broke, and it cannot go on. The browser would not save the draft: copy your text before you reload."
    };
    child(dom, &card, "p", "fallen-text", kept)?;
    child(dom, &card, "pre", "fallen-message", message)?;
    let label = child(dom, &card, "label", "field-label", "Your text")?;
    label.set_attribute("for", "fallen-draft").ok()?;
    let draft = element(dom, "textarea", "fallen-draft")?
        .dyn_into::<HtmlTextAreaElement>()
        .ok()?;
    draft.set_id("fallen-draft");
    draft.set_read_only(true);
    let text = text();
    draft.set_value(&text);
    card.append_child(&draft).ok()?;

    let buttons = element(dom, "div", "fallen-buttons")?;
    let reload = child(dom, &buttons, "button", "button primary", "Reload")?;
    EventListener::new(&reload, "click", |_| location::reload()).forget();
    let copy = child(dom, &buttons, "button", "button", "Copy")?;
    EventListener::new(&copy, "click", move |_| {
        draft.select();
        if let Some(window) = window() {
            // The text is selected as well, for browsers that refuse this.
            drop(window.navigator().clipboard().write_text(&text));
        }
    })
    .forget();
    card.append_child(&buttons).ok()?;
    overlay.append_child(&card).ok()?;
    dom.body()?.append_child(&overlay).ok()?;
    let _ = reload.dyn_into::<HtmlElement>().ok()?.focus();
    Some(())
}

fn element(dom: &Dom, tag: &str, class: &str) -> Option<Element> {
    let element = dom.create_element(tag).ok()?;
    element.set_class_name(class);
    Some(element)
}

fn child(dom: &Dom, parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let child = element(dom, tag, class)?;
    child.set_text_content(Some(text));
    parent.append_child(&child).ok()?;
    Some(child)
}
