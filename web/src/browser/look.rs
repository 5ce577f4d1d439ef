//! How the page looks: light or dark, in one column or three, and how large its window and its letters are.

use std::{any::Any, cell::Cell, rc::Rc};

use gloo::events::EventListener;
use js_sys::Promise;
use leptos::prelude::StoredValue;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MediaQueryList, ResizeObserver};

use crate::{
    browser::{document, root},
    state::session::Theme,
};

/// Makes the page look so.
pub(crate) fn apply(theme: Theme) {
    let root = root::current();
    // How a widget looks is said by its host.
    let Some(root) = root.element().filter(|_| !root.is_widget()) else {
        return;
    };
    // A refusal leaves the page as it looks now.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

/// Gives the page a title for the browser's tabs and its history; without one the page's own.
pub(crate) fn title(title: &str) {
    if let Some(document) = document().filter(|_| !root::current().is_widget()) {
        document.set_title(&match title {
            "" => "Rolewalk: watch an AWS request walk from a person to S3".to_owned(),
            title => format!("{title} · Rolewalk"),
        });
    }
}

/// Puts a style sheet of the site in force, once, behind all others. Through when it is, or cannot be had: the page works
/// without.
pub(crate) async fn style(name: &str) {
    let path = &root::current().file(name);
    let Some((document, body)) = document().and_then(|it| it.body().map(|body| (it, body))) else {
        return;
    };
    let selector = format!("link[href='{path}']");
    if matches!(document.query_selector(&selector), Ok(Some(_))) {
        return;
    }
    let Ok(link) = document.create_element("link") else {
        return;
    };
    let arrived = Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            // A refusal is as good as an error: the other event comes, or the page goes on without the styles.
            let _ = link.add_event_listener_with_callback(event, &resolve);
        }
    });
    let is_put = link.set_attribute("rel", "stylesheet").is_ok()
        && link.set_attribute("href", path).is_ok()
        && body.append_child(&link).is_ok();
    if is_put {
        // It is only ever resolved.
        let _ = JsFuture::from(arrived).await;
    }
}

/// Asks the browser to print the page.
pub(crate) fn print() {
    if let Some(window) = crate::browser::window() {
        // Refused in sandboxed frames: nothing is printed then.
        let _ = window.print();
    }
}

/// The window's width and height, in pixels.
pub(crate) fn room() -> (i32, i32) {
    let size = crate::browser::window().and_then(|it| {
        let width = it.inner_width().ok()?.as_f64()?;
        let height = it.inner_height().ok()?.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "whole pixels are enough")]
        let size = (width as i32, height as i32);
        Some(size)
    });
    size.unwrap_or((1280, 720))
}

/// Calls back whenever the window becomes larger or smaller, until what is given back is dropped.
pub(crate) fn on_room(then: impl Fn() + 'static) -> Option<EventListener> {
    let window = crate::browser::window()?;
    Some(EventListener::new(&window, "resize", move |_| then()))
}

/// How much smaller letters become where there is too little room, and whether the element has `data-tight` then.
const FITS: [(&str, bool); 6] = [
    ("1", false),
    ("0.88", false),
    ("1", true),
    ("0.88", true),
    ("0.76", true),
    ("0.66", true),
];

/// Makes the letters in the element with that id (its `--fit`) as large as its room allows, before it is seen. Where the
/// smallest are too large it scrolls.
pub(crate) fn fit(id: &'static str) {
    let Some(window) = crate::browser::window() else {
        return;
    };
    let fit = Closure::once_into_js(move || {
        let Some(element) = crate::browser::by_id(id) else {
            return;
        };
        let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() else {
            return;
        };
        for (size, is_tight) in FITS {
            // Refusals leave the letters as they are.
            let _ = element.style().set_property("--fit", size);
            let _ = element.toggle_attribute_with_force("data-tight", is_tight);
            if element.scroll_height() <= element.client_height() {
                break;
            }
        }
    });
    let _ = window.request_animation_frame(fit.unchecked_ref());
}

/// Whether the page looks dark at this moment.
pub(crate) fn is_dark() -> bool {
    match root::current()
        .element()
        .and_then(|it| it.closest("[data-theme]").ok().flatten())
        .and_then(|it| it.get_attribute("data-theme"))
        .as_deref()
    {
        Some("dark") => true,
        Some("light") => false,
        _ => matches("(prefers-color-scheme: dark)"),
    }
}

/// Whether the page is shown in one column at this moment.
pub(crate) fn is_narrow() -> bool {
    match root::current().width() {
        Some(width) => width <= NARROW_WIDGET,
        None => matches(NARROW),
    }
}

/// Calls back whenever [`is_narrow`] becomes something else, until the owner is gone.
pub(crate) fn follow_narrow(then: impl Fn(bool) + 'static) {
    let root = root::current();
    let heard: Option<Box<dyn Any>> = if root.is_widget() {
        let before = Cell::new(None);
        let element = root.element();
        let root = Rc::downgrade(&root);
        element.and_then(|element| {
            let seen = Resizing::new(&element, move || {
                let Some(root) = root.upgrade() else {
                    return;
                };
                root.enter(|| {
                    let now = is_narrow();
                    if before.replace(Some(now)) != Some(now) {
                        then(now);
                    }
                });
            })?;
            Some(Box::new(seen) as Box<dyn Any>)
        })
    } else {
        query(NARROW).map(|query| {
            let heard = EventListener::new(&query, "change", move |_| then(is_narrow()));
            Box::new(heard) as Box<dyn Any>
        })
    };
    // Dropped with the owner.
    let _ = StoredValue::new_local(heard);
}

/// Tells of the size of an element, as long as it is there.
struct Resizing {
    observer: ResizeObserver,
    _then: Closure<dyn Fn()>,
}

impl Resizing {
    fn new(element: &Element, then: impl Fn() + 'static) -> Option<Self> {
        let then = Closure::<dyn Fn()>::new(then);
        let observer = ResizeObserver::new(then.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _then: then,
        })
    }
}

impl Drop for Resizing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The window in one column: 760 pixels, or as many more as the reader's letters are larger (see `styles/relative.mjs`).
const NARROW: &str = "(max-width: 47.5rem)";
/// The widest widget in which a picture has no room for its usual columns.
const NARROW_WIDGET: i32 = 560;

fn matches(text: &str) -> bool {
    query(text).is_some_and(|it| it.matches())
}

fn query(text: &str) -> Option<MediaQueryList> {
    crate::browser::window()?.match_media(text).ok()?
}
