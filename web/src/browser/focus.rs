//! Moves the keyboard's focus and what is in view.

use wasm_bindgen::JsCast;
use web_sys::{
    HtmlElement, HtmlTextAreaElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use crate::browser::{after_render, by_id, root, window};

/// Focuses the element with that id, once it is there.
pub(crate) fn focus(id: String) {
    after_render(move || {
        if let Some(element) = by_id(&id) {
            focus_element(element);
        }
    });
}

/// Focuses the text area with that id and selects from one UTF-16 unit to another, with the first of them in sight.
pub(crate) fn select_in(id: &str, start: u32, end: u32) {
    let area = by_id(id).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    if let Some(area) = area {
        // A text area scrolls to its caret when it gets the focus, and to no selection.
        let _ = area.blur();
        let _ = area.set_selection_range(start, start);
        let _ = area.focus();
        let _ = area.set_selection_range(start, end);
    }
}

/// Focuses the element with that id at once, so that no key stroke is lost on the way, and where it is
/// not in sight yet, once it is.
pub(crate) fn focus_at_once(id: &str) {
    if let Some(element) = by_id(id) {
        focus_element(element);
    }
    if !is_focused(id) {
        focus(id.to_owned());
    }
}

/// Focuses the element with that id where what has the focus now goes away with what is being changed: else the next key
/// would go nowhere.
pub(crate) fn keep_or(id: &'static str) {
    if !has_focus() {
        return;
    }
    after_render(move || {
        if let Some(element) = by_id(id).filter(|_| !has_focus()) {
            focus_element(element);
        }
    });
}

/// The same, where what has the focus goes along with what is being done, and the element may be gone, too: then the
/// page's heading of what is open has it.
pub(crate) fn keep_or_panel(id: &'static str) {
    after_render(move || {
        if !has_focus() {
            match by_id(id) {
                Some(element) => focus_element(element),
                None => crate::browser::editor::focus_panel(),
            }
        }
    });
}

/// Whether anything of the page, or of the widget, has the focus.
pub(crate) fn has_focus() -> bool {
    root::current()
        .active_element()
        .is_some_and(|it| it.tag_name() != "BODY")
}

/// Scrolls the element with that id into view, once it is there.
pub(crate) fn reveal(id: String) {
    after_render(move || {
        if let Some(element) = by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_behavior(ScrollBehavior::Auto);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Scrolls what is around a row, and nothing else, so that the row is in sight, once it is there.
pub(crate) fn reveal_in(scroller: &'static str, row: String) {
    after_render(move || {
        let (Some(scroller), Some(row)) = (by_id(scroller), by_id(&row)) else {
            return;
        };
        let (around, own) = (
            scroller.get_bounding_client_rect(),
            row.get_bounding_client_rect(),
        );
        let is_in_sight = own.top() >= around.top() && own.bottom() <= around.bottom();
        if !is_in_sight {
            #[expect(clippy::cast_possible_truncation, reason = "whole pixels are enough")]
            let by = (own.top() - around.top() - around.height() / 3.0) as i32;
            scroller.set_scroll_top(scroller.scroll_top() + by);
        }
    });
}

/// Scrolls the page to the first of a kind where it begins above the window, or where less than half of a low one would
/// be left for it: one that is enlarged until little fits, or a phone on its side. Nothing of a page that a widget lies in.
pub(crate) fn make_room_for(selector: &'static str) {
    after_render(move || {
        let Some(window) = window().filter(|_| !root::current().is_widget()) else {
            return;
        };
        let document = window.document();
        let find = |it: &str| document.as_ref()?.query_selector(it).ok()?;
        let height = window.inner_height().ok().and_then(|it| it.as_f64());
        if let (Some(element), Some(height)) = (find(selector), height) {
            let tabs = find(".tabs").map_or(0.0, |it| it.get_bounding_client_rect().height());
            let top = element.get_bounding_client_rect().top();
            if top < 0.0 || height - tabs - top < height / 2.0 {
                element.scroll_into_view();
            }
        }
    });
}

/// What scrolls on a wide page.
const PANES: [&str; 4] = [".pane-flow", ".panel-tree", ".panel-model", ".pane-editor"];

/// Scrolls the page and its panes to their top; nothing of a page that a widget lies in.
pub(crate) fn to_top() {
    let Some(window) = window().filter(|_| !root::current().is_widget()) else {
        return;
    };
    window.scroll_to_with_x_and_y(0.0, 0.0);
    let document = window.document();
    for pane in PANES {
        let pane = document
            .as_ref()
            .and_then(|it| it.query_selector(pane).ok()?);
        if let Some(pane) = pane {
            pane.set_scroll_top(0);
        }
    }
}

fn focus_element(element: web_sys::Element) {
    // SVG elements can be focused too, but have another class.
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    } else if let Ok(element) = element.dyn_into::<web_sys::SvgElement>() {
        let _ = element.focus();
    }
}

/// Where something opens below the element with that id, in pixels from the window's left and top.
pub(crate) fn place_below(id: &str) -> (i32, i32) {
    let rect = by_id(id).map(|it| it.get_bounding_client_rect());
    #[expect(clippy::cast_possible_truncation, reason = "whole pixels are enough")]
    rect.map_or((0, 0), |it| (it.left() as i32 + 12, it.bottom() as i32))
}

/// Whether the element with that id has the focus.
pub(crate) fn is_focused(id: &str) -> bool {
    root::current()
        .active_element()
        .is_some_and(|it| it.id() == id)
}
