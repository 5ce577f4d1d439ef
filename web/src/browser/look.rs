//! How the page looks: light or dark, in one column or three.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaQueryList;

use crate::{browser::document, state::session::Theme};

/// Makes the page look so.
pub(crate) fn apply(theme: Theme) {
    let Some(root) = document().and_then(|it| it.document_element()) else {
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
    if let Some(document) = document() {
        document.set_title(&match title {
            "" => "Rolewalk: watch an AWS request walk from a person to S3".to_owned(),
            title => format!("{title} · Rolewalk"),
        });
    }
}

/// Puts a style sheet of the site in force, once. Through when it is, or cannot be had: the page works without.
pub(crate) async fn style(path: &str) {
    let Some((document, head)) = document().and_then(|it| it.head().map(|head| (it, head))) else {
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
        && head.append_child(&link).is_ok();
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

/// Whether the page looks dark at this moment.
pub(crate) fn is_dark() -> bool {
    let root = document().and_then(|it| it.document_element());
    match root
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
    matches(NARROW)
}

/// Calls back whenever [`is_narrow`] becomes something else.
pub(crate) fn follow_narrow(then: impl Fn(bool) + 'static) {
    if let Some(query) = query(NARROW) {
        let heard = gloo::events::EventListener::new(&query, "change", move |_| then(is_narrow()));
        heard.forget();
    }
}

const NARROW: &str = "(max-width: 760px)";

fn matches(text: &str) -> bool {
    query(text).is_some_and(|it| it.matches())
}

fn query(text: &str) -> Option<MediaQueryList> {
    crate::browser::window()?.match_media(text).ok()?
}
