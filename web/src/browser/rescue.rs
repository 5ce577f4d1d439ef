//! What happens when the page itself breaks: the draft is saved and the text handed back.
//!
//! Plain DOM, no Leptos: after a panic nothing else of the page can be trusted. Invariant: only the
//! visitor's own work is saved, never a world that is only looked at. To try it, open
//! `#/panic-drill`: the page looks as always and panics at the next edit, also of a lesson that is opened next;
//! `#/panic-drill/start` panics while the page opens. In a widget it is the module's `panicDrill()`.

use std::{
    cell::{Cell, RefCell},
    panic,
};

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document as Dom, Element, HtmlElement, HtmlTextAreaElement};

use crate::{
    browser::{
        aside, document as dom, download, editor,
        location::{self, Drill, Route},
        root::{self, Root},
        storage, window,
    },
    state::{
        document::Document,
        draft::{Draft, Preferences},
    },
};

/// The draft, where it is saved as a file.
const FILE: &str = "rolewalk-draft.json";

thread_local! {
    static IS_DRILL: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
    static PREFERENCES: RefCell<Preferences> = RefCell::new(Preferences::default());
}

struct Last {
    document: Document,
    whose: Whose,
}

/// Whose a document is: what becomes of it in a panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The visitor's own work, which is saved.
    Own,
    /// A world that is only looked at.
    Given,
    /// A lesson's, which is saved by itself while one works on it.
    Lesson,
    /// A scenario that somebody shared, which is not saved.
    Shared,
}

/// What a panic left of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Saved,
    /// Beside that of another tab.
    Aside,
    Refused,
    /// There was nothing of the visitor's own to save.
    NothingOwn,
    /// It is a lesson's.
    Lesson,
    /// It is a shared scenario.
    Shared,
}

/// Keeps hold of the document, so that a panic from now on loses nothing of it.
pub(crate) fn remember(document: &Document, whose: Whose) {
    // A widget has nothing that would be saved.
    if root::current().is_widget() {
        return;
    }
    let document = document.clone();
    LAST.with(|it| it.replace(Some(Last { document, whose })));
}

/// Keeps hold of how the page looks.
pub(crate) fn remember_preferences(preferences: Preferences) {
    PREFERENCES.with(|it| it.replace(preferences));
}

/// Says what to do in a panic. Called once, before anything can panic.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let widgets = Root::widgets();
        if !widgets.is_empty() {
            // They share one module, so none of them answers any more. The host's page goes on.
            for widget in &widgets {
                widget.tell_stopped();
            }
            return;
        }
        let kept = save();
        storage::lock();
        if let Some(dom) = dom() {
            let _ = show(&dom, &info.to_string(), kept);
        }
    }));
}

/// What the address asks for: to panic now, or at the next edit.
pub(crate) fn prepare_drill(route: &Route) {
    match route {
        Route::PanicDrill(Drill::AtStart) => fall(),
        Route::PanicDrill(Drill::AtEdit) => arm(),
        _ => {}
    }
}

/// The next edit panics, also in a widget, whose address is somebody else's.
pub(crate) fn arm() {
    IS_DRILL.with(|it| it.set(true));
}

/// Panics, where the address has asked for it.
pub(crate) fn drill() {
    if IS_DRILL.with(Cell::get) {
        fall();
    }
}

#[expect(clippy::panic, reason = "the drill is there to show what a panic does")]
fn fall() -> ! {
    panic!("this is the panic drill")
}

fn own_draft() -> Option<Draft> {
    LAST.with(|it| {
        let last = it.try_borrow().ok()?;
        let last = last.as_ref().filter(|it| it.whose == Whose::Own)?;
        Some(Draft::of(&last.document, None))
    })
}

fn is(whose: Whose) -> bool {
    LAST.with(|it| {
        let last = it.try_borrow();
        last.is_ok_and(|it| it.as_ref().is_some_and(|it| it.whose == whose))
    })
}

fn save() -> Kept {
    let Some(draft) = own_draft() else {
        return if is(Whose::Lesson) {
            Kept::Lesson
        } else if is(Whose::Shared) {
            Kept::Shared
        } else {
            Kept::NothingOwn
        };
    };
    let preferences =
        PREFERENCES.with(|it| it.try_borrow().map(|it| it.clone()).unwrap_or_default());
    if storage::is_of_another_tab() {
        // Nothing that another tab has saved is overwritten.
        return if aside::put(draft) {
            Kept::Aside
        } else {
            Kept::Refused
        };
    }
    if storage::save(Some(draft), preferences, None) == storage::Kept::All {
        Kept::Saved
    } else {
        Kept::Refused
    }
}

fn text(scenario: Option<&String>) -> String {
    editor::text_now()
        .or_else(|| scenario.cloned())
        .unwrap_or_default()
}

/// The scenario as it was before the page broke, whosever it is.
fn scenario() -> Option<String> {
    LAST.with(|it| {
        let last = it.try_borrow().ok()?;
        last.as_ref().map(|it| it.document.scenario().to_json())
    })
}

fn show(dom: &Dom, message: &str, kept: Kept) -> Option<()> {
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
    let sentence = match kept {
        Kept::Saved => {
            "Something in the page broke, and it cannot go on. Your draft is saved: reload, and it is there again."
        }
        Kept::Aside => {
            "Something in the page broke, and it cannot go on. Your draft is kept beside that of another tab: reload, and the page offers to open it."
        }
        Kept::Refused => {
            "Something in the page broke, and it cannot go on. The browser would not save the draft: copy your text or save it as a file before you reload."
        }
        Kept::Lesson => {
            "Something in the page broke, and it cannot go on. This lesson comes back as it was a moment ago, and your own draft as you left it: reload."
        }
        Kept::Shared => {
            "Something in the page broke, and it cannot go on. Your own draft is as you left it. What you changed in the shared scenario is not saved: copy your text before you reload."
        }
        Kept::NothingOwn => {
            "Something in the page broke, and it cannot go on. You had changed nothing here, and what you saved before is as it was: reload."
        }
    };
    child(dom, &card, "p", "fallen-text", sentence)?;
    child(dom, &card, "pre", "fallen-message", message)?;
    let label = child(dom, &card, "label", "field-label", "Your text")?;
    label.set_attribute("for", "fallen-draft").ok()?;
    let draft = element(dom, "textarea", "fallen-draft")?
        .dyn_into::<HtmlTextAreaElement>()
        .ok()?;
    draft.set_id("fallen-draft");
    draft.set_read_only(true);
    let scenario = scenario();
    let text = text(scenario.as_ref());
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
    if let Some(scenario) = scenario {
        let save = child(
            dom,
            &buttons,
            "button",
            "button",
            "Save the draft as a file",
        )?;
        EventListener::new(&save, "click", move |_| {
            download::text(FILE, "application/json", &scenario);
        })
        .forget();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn only_own_work_is_saved() {
        let document = Document::new(sample::scenario(), "one");
        for whose in [Whose::Given, Whose::Lesson, Whose::Shared] {
            remember(&document, whose);
            assert_eq!(own_draft(), None);
        }
        remember(&document, Whose::Own);
        assert_eq!(own_draft(), Some(Draft::of(&document, None)));
    }
}
