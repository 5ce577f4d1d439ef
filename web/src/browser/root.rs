//! What of a document an instance of the app may touch: all of it, or, as a widget, one shadow root.
//!
//! Several widgets share one wasm module, so none of `browser` may take for granted whose call it answers. A call that
//! Leptos makes has the number of its root in its context; one that an event makes is told by [`Root::hear`], which
//! listens before everybody else; what waits for later takes its root along with [`keep`]. Knows nothing of what is shown.
//! Invariant: a widget keeps nothing in storage, changes neither address nor title, and hears no key pressed elsewhere.

use std::{
    any::{Any, TypeId},
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll},
};

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use js_sys::Function;
use leptos::prelude::{provide_context, use_context};
use litemap::LiteMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventTarget, HtmlAnchorElement, HtmlElement, MouseEvent, ShadowRoot,
};

use crate::browser::{after_render, document, terms, window};

/// What any event that the app listens to can be.
const EVENTS: &[&str] = &[
    "beforeinput",
    "change",
    "click",
    "auxclick",
    "close",
    "compositionend",
    "compositionstart",
    "contextmenu",
    "dblclick",
    "dragend",
    "dragover",
    "dragstart",
    "drop",
    "focus",
    "focusin",
    "focusout",
    "input",
    "keydown",
    "keyup",
    "mousedown",
    "mouseup",
    "paste",
    "pointerdown",
    "pointermove",
    "pointerover",
    "pointerup",
    "submit",
];

/// An instance of the app.
pub(crate) struct Root {
    number: u32,
    widget: Option<Widget>,
    listeners: RefCell<Vec<EventListener>>,
    own: RefCell<LiteMap<TypeId, Rc<dyn Any>>>,
}

/// Where a widget lies.
struct Widget {
    shadow: ShadowRoot,
    /// What the app is in; says with `data-theme` how it looks.
    element: HtmlElement,
    /// The folder of the site that the widget's script came from; ends in a slash.
    site: String,
    /// What the files of [`Root::file`] are called, with blanks between.
    files: String,
    /// What its script wants called when the module can do no more.
    stop: Option<Function>,
}

/// The number of a root, for contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number(u32);

thread_local! {
    static PAGE: Rc<Root> = Rc::new(Root::new(0, None));
    static WIDGETS: RefCell<LiteMap<u32, Weak<Root>>> = const { RefCell::new(LiteMap::new_vec()) };
    static N_WIDGETS: Cell<u32> = const { Cell::new(0) };
    /// Whose event or call is being answered.
    static CURRENT: RefCell<Option<Weak<Root>>> = const { RefCell::new(None) };
}

/// The root of the instance that is at work.
pub(crate) fn current() -> Rc<Root> {
    let is_page = WIDGETS.with_borrow(LiteMap::is_empty);
    if !is_page {
        let told = use_context::<Number>()
            .and_then(|Number(it)| WIDGETS.with_borrow(|all| all.get(&it).and_then(Weak::upgrade)));
        let found = told.or_else(|| CURRENT.with_borrow(|it| it.as_ref().and_then(Weak::upgrade)));
        if let Some(found) = found {
            return found;
        }
    }
    PAGE.with(Rc::clone)
}

/// What is at work now, and what is called later, are of one instance; where that is gone by then, nothing is called.
pub(crate) fn keep(then: impl FnOnce() + 'static) -> impl FnOnce() + 'static {
    let root = Rc::downgrade(&current());
    move || {
        if let Some(root) = root.upgrade() {
            root.enter(then);
        }
    }
}

/// Does what is to be waited for, for the instance that is at work now and as long as it is there.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    leptos::task::spawn_local(Kept {
        root: Rc::downgrade(&current()),
        work: Box::pin(work),
    });
}

struct Kept {
    root: Weak<Root>,
    work: Pin<Box<dyn Future<Output = ()>>>,
}

impl Future for Kept {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.root.upgrade() {
            Some(root) => root.enter(|| self.work.as_mut().poll(context)),
            None => Poll::Ready(()),
        }
    }
}

impl std::fmt::Debug for Root {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Root")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl Root {
    fn new(number: u32, widget: Option<Widget>) -> Self {
        Self {
            number,
            widget,
            listeners: RefCell::new(Vec::new()),
            own: RefCell::new(LiteMap::new_vec()),
        }
    }

    /// The root of a widget in that element, which must lie in a shadow root. `site` ends in a slash; `files` is the list
    /// that `index.html` has (see [`Root::file`]); `stop` is called when the module can do no more.
    pub(crate) fn of_widget(
        element: HtmlElement,
        site: String,
        files: String,
        stop: Option<Function>,
    ) -> Option<Rc<Self>> {
        let shadow: ShadowRoot = element.get_root_node().dyn_into().ok()?;
        let number = N_WIDGETS.get().wrapping_add(1);
        N_WIDGETS.set(number);
        let widget = Widget {
            shadow,
            element,
            site,
            files,
            stop,
        };
        let root = Rc::new(Self::new(number, Some(widget)));
        WIDGETS.with_borrow_mut(|all| all.insert(number, Rc::downgrade(&root)));
        root.hear();
        Some(root)
    }

    /// All widgets that there are.
    pub(crate) fn widgets() -> Vec<Rc<Self>> {
        WIDGETS.with_borrow(|all| all.values().filter_map(Weak::upgrade).collect())
    }

    /// Whatever happens in a widget is told to be its own before anybody else hears of it.
    fn hear(self: &Rc<Self>) {
        let Some(widget) = &self.widget else {
            return;
        };
        for name in EVENTS {
            let root = Rc::downgrade(self);
            let listener =
                EventListener::new_with_options(&widget.element, *name, capture(), move |event| {
                    CURRENT.replace(Some(root.clone()));
                    if let Some(root) = root.upgrade() {
                        root.lead_out(event);
                    }
                });
            self.hold(listener);
        }
    }

    /// A link into Rolewalk leads there in a tab of its own: the address here is the host's.
    fn lead_out(&self, event: &Event) {
        if !matches!(event.type_().as_str(), "click" | "auxclick" | "contextmenu") {
            return;
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let link = target.and_then(|it| it.closest("a[href^='#/']").ok().flatten());
        let link = link.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link
            && let Some(address) = link.get_attribute("href")
            // The glossary has its own ear, which hears of a simple click alone.
            && !(address.starts_with(terms::START) && is_simple_click(event))
        {
            link.set_href(&self.address(&address));
            link.set_target("_blank");
            link.set_rel("noopener");
            if address.starts_with(terms::START) {
                // What the browser does with it, it has done by then; the next simple click is the glossary's again.
                after_render(move || {
                    let _ = link.set_attribute("href", &address);
                    let _ = link.remove_attribute("target");
                    let _ = link.remove_attribute("rel");
                });
            }
        }
    }

    /// Runs `work` as this instance's.
    pub(crate) fn enter<T>(self: &Rc<Self>, work: impl FnOnce() -> T) -> T {
        let before = CURRENT.replace(Some(Rc::downgrade(self)));
        let answer = work();
        CURRENT.replace(before);
        answer
    }

    /// Says to all that Leptos calls from here on that they are of this instance.
    pub(crate) fn provide(&self) {
        provide_context(Number(self.number));
    }

    /// Whether it is a part of somebody else's page.
    pub(crate) const fn is_widget(&self) -> bool {
        self.widget.is_some()
    }

    /// What shows, with `data-theme`, how it looks.
    pub(crate) fn element(&self) -> Option<Element> {
        match &self.widget {
            Some(widget) => Some(widget.element.clone().into()),
            None => document()?.document_element(),
        }
    }

    /// What a widget is mounted into.
    pub(crate) fn place(&self) -> Option<HtmlElement> {
        self.widget.as_ref().map(|it| it.element.clone())
    }

    /// The element with that id.
    pub(crate) fn by_id(&self, id: &str) -> Option<Element> {
        match &self.widget {
            Some(widget) => widget.shadow.get_element_by_id(id),
            None => document()?.get_element_by_id(id),
        }
    }

    /// Tells a widget's script that the module can do no more. The script must not ask it anything before it is out of this call.
    pub(crate) fn tell_stopped(&self) {
        if let Some(stop) = self.widget.as_ref().and_then(|it| it.stop.as_ref()) {
            let _ = stop.call0(&JsValue::UNDEFINED);
        }
    }

    /// What has the focus.
    pub(crate) fn active_element(&self) -> Option<Element> {
        match &self.widget {
            Some(widget) => widget.shadow.active_element(),
            None => document()?.active_element(),
        }
    }

    /// Where all its events come by.
    pub(crate) fn ear(&self) -> Option<EventTarget> {
        match &self.widget {
            Some(widget) => Some(widget.element.clone().into()),
            None => window().map(Into::into),
        }
    }

    /// The address of something beside the page.
    pub(crate) fn address(&self, path: &str) -> String {
        match &self.widget {
            Some(widget) => format!("{}{path}", widget.site),
            None => path.to_owned(),
        }
    }

    /// The address of one of the files beside the page whose name follows its content in a built site: `index.html` lists
    /// them, and `cargo xtask build` gives them their names there.
    pub(crate) fn file(&self, name: &str) -> String {
        let listed = match &self.widget {
            Some(widget) => Some(widget.files.clone()),
            None => list_of_page(),
        };
        self.address(&called(&listed.unwrap_or_default(), name))
    }

    /// Its width in pixels, where it is not the window's.
    pub(crate) fn width(&self) -> Option<i32> {
        self.widget.as_ref().map(|it| it.element.client_width())
    }

    /// What a module keeps for each instance.
    pub(crate) fn own<T: Default + 'static>(&self) -> Rc<T> {
        let own = self
            .own
            .borrow_mut()
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Rc::new(T::default()))
            .clone();
        own.downcast().unwrap_or_default()
    }

    /// Listens as long as the instance is there.
    pub(crate) fn hold(&self, listener: EventListener) {
        self.listeners.borrow_mut().push(listener);
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        WIDGETS.with_borrow_mut(|all| all.remove(&self.number));
    }
}

/// What the page's head lists.
fn list_of_page() -> Option<String> {
    let list = document()?.query_selector(FILES).ok()??;
    list.get_attribute("content")
}

const FILES: &str = "meta[name=rolewalk-files]";

/// What `name.end` is called in a list of `name-HASH.end`, with blanks between.
fn called(listed: &str, name: &str) -> String {
    let is_it = |it: &str| {
        let hash = name.rsplit_once('.').and_then(|(stem, end)| {
            let hash = it.strip_prefix(stem)?.strip_suffix(end)?;
            hash.strip_prefix('-')
        });
        hash.is_some()
    };
    let found = listed.split_ascii_whitespace().find(|it| is_it(it));
    found.unwrap_or(name).to_owned()
}

/// A click that asks for no other tab, window or file.
pub(crate) fn is_simple_click(event: &Event) -> bool {
    event.type_() == "click"
        && event
            .dyn_ref::<MouseEvent>()
            .is_some_and(|it| !(it.ctrl_key() || it.meta_key() || it.shift_key() || it.alt_key()))
}

/// Before what lies inside hears of it.
pub(crate) const fn capture() -> EventListenerOptions {
    EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    }
}
