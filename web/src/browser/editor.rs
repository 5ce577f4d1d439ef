//! Selection and scrolling in the open text, in its text area or in the editor that took its place.
//!
//! Counts in UTF-16 units, as text areas do. Does nothing where no text is open.

use rolewalk_core::syntax::Span;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlTextAreaElement};

use crate::{
    browser::{after_render, by_id, code, focus, root, window},
    view::plain::unit_shown,
};

/// The id of the text area, and of the editor's text.
pub(crate) const TEXT_ID: &str = "policy-text";
/// The id of what scrolls around it.
pub(crate) const SCROLLER_ID: &str = "policy-scroller";
/// The id of the field with a thing's name.
pub(crate) const NAME_ID: &str = "entity-name";
/// The id of the panel's heading.
pub(crate) const PANEL_ID: &str = "editor-title";

/// Height of a line of the text area in CSS pixels; `editor.css` says the same.
const LINE_HEIGHT: i32 = 20;
const CHARACTER_WIDTH: i32 = 8;

/// What to do with characters of the text that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Select them.
    Select,
    /// Let the carets follow what was just changed; where they were elsewhere, put one here.
    Follow,
}

/// Selects characters of the text that is open, or puts the caret there, brings them into view and moves the focus there.
pub(crate) fn go_to(text: &str, units: Span, (line, column): (u32, u32), then: Then) {
    let Span { start, end } = units;
    let (shown_start, shown_end) = (unit_shown(text, start), unit_shown(text, end));
    let text = text.to_owned();
    root::spawn(async move {
        // Where the editor shows that text already, no key may come in between: it would be typed over what is selected
        // behind it.
        leptos::task::tick().await;
        if text_now().as_ref() == Some(&text) && code::select(start, end, then == Then::Follow) {
            return reveal_panel();
        }
        after_render(move || {
            if code::select(start, end, false) {
                return reveal_panel();
            }
            let Some(area) =
                by_id(TEXT_ID).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok())
            else {
                return;
            };
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = area.focus_with_options(&options);
            let _ = area.set_selection_range(shown_start, shown_end);
            bring_into_view(&area, line, column);
        });
    });
}

fn bring_into_view(area: &HtmlTextAreaElement, line: u32, column: u32) {
    let own_height = area.client_height();
    // A long text scrolls in the text area itself, others in the box around it.
    let scroller = if area.scroll_height() > own_height + LINE_HEIGHT {
        Some(area.clone().unchecked_into::<HtmlElement>())
    } else {
        by_id(SCROLLER_ID).and_then(|it| it.dyn_into::<HtmlElement>().ok())
    };
    let Some(scroller) = scroller else {
        return;
    };
    let top = pixels(line.saturating_sub(1), LINE_HEIGHT);
    let height = scroller.client_height();
    let is_in_view =
        scroller.scroll_top() <= top && top + 3 * LINE_HEIGHT <= scroller.scroll_top() + height;
    if !is_in_view {
        scroller.set_scroll_top((top - height / 3).max(0));
    }
    let left = pixels(column, CHARACTER_WIDTH);
    let is_in_view = left < scroller.client_width() - 80;
    scroller.set_scroll_left(if is_in_view { 0 } else { left - 80 });
    reveal_panel();
}

/// Brings the panel into view where the text is above or below the screen.
fn reveal_panel() {
    let rect = by_id(SCROLLER_ID).map(|it| it.get_bounding_client_rect());
    let height = window().and_then(|it| it.inner_height().ok()?.as_f64());
    let is_on_screen = rect
        .zip(height)
        .is_none_or(|(rect, height)| rect.top() >= 0.0 && rect.top() < height - 100.0);
    if !is_on_screen {
        focus::reveal(PANEL_ID.to_owned());
    }
}

/// Selects characters of the text area where it takes the place of the editor again.
pub(crate) fn hand_back(text: &str, start: u32, end: u32, has_focus: bool) {
    let (start, end) = (unit_shown(text, start), unit_shown(text, end));
    after_render(move || {
        let area = by_id(TEXT_ID).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(area) = area {
            let _ = area.set_selection_range(start, end);
            if has_focus {
                let _ = area.focus();
            }
        }
    });
}

fn pixels(n: u32, each: i32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX).saturating_mul(each)
}

/// Moves the focus to the field with the name and selects what is in it, so that typing replaces
/// it; to the panel's heading where there is no such field.
pub(crate) fn focus_name() {
    after_render(|| {
        let field = by_id(NAME_ID).and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        match field {
            Some(field) => {
                let _ = field.focus();
                field.select();
            }
            None => focus_panel(),
        }
    });
}

/// Moves the focus to the panel's heading.
pub(crate) fn focus_panel() {
    focus::focus(PANEL_ID.to_owned());
}

/// What stands in the text area or the editor at this moment, whatever the page knows of it.
pub(crate) fn text_now() -> Option<String> {
    // The editor's text has the `value` of a text area.
    js_sys::Reflect::get(by_id(TEXT_ID)?.as_ref(), &"value".into())
        .ok()?
        .as_string()
}
