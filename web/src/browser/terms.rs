//! Links to the glossary, wherever they stand: they open its dialog in place of another address.
//!
//! One ear for the whole page, so that a part that has a term in it needs nothing but a link. Knows nothing of the
//! glossary. Invariant: a link that somebody wants in another tab or window stays the browser's.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::browser::root;

/// What every such address begins with.
pub(crate) const START: &str = "#/glossary";

type Then = Rc<dyn Fn(String)>;

/// What an instance does.
#[derive(Default)]
struct Ear {
    then: RefCell<Option<Then>>,
}

/// Calls `then` with the id behind each link to the glossary that is followed, be it by `?` on the button before it;
/// empty for the whole glossary.
pub(crate) fn on_term(then: impl Fn(String) + 'static) {
    let root = root::current();
    root.own::<Ear>().then.replace(Some(Rc::new(then)));
    let Some(ear) = root.ear() else {
        return;
    };
    let listener = EventListener::new_with_options(&ear, "click", root::capture(), |event| {
        if !root::is_simple_click(event) {
            return;
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let link = target.and_then(|it| it.closest("a[href^='#/glossary']").ok().flatten());
        if let Some(address) = link.and_then(|it| it.get_attribute("href")) {
            // What the link lies in is not meant: a row of the tree would be chosen.
            event.prevent_default();
            event.stop_propagation();
            open(address.trim_start_matches(START).trim_matches('/'));
        }
    });
    root.hold(listener);
    let listener = EventListener::new(&ear, "keydown", |event| {
        let is_asked = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|it| it.key() == "?");
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let behind = target
            .filter(|it| is_asked && it.tag_name() == "BUTTON")
            .and_then(|it| it.next_element_sibling());
        let link = behind.filter(|it| it.matches("a.term").unwrap_or_default());
        if let Some(address) = link.and_then(|it| it.get_attribute("href")) {
            open(address.trim_start_matches(START).trim_matches('/'));
        }
    });
    root.hold(listener);
}

/// Opens the glossary at a card.
pub(crate) fn open(id: &str) {
    let then = root::current().own::<Ear>().then.borrow().clone();
    if let Some(then) = then {
        then(id.to_owned());
    }
}
