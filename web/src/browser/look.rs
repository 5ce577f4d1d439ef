//! How the page looks: light or dark, in one column or three.

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

/// Whether the page is shown in one column at this moment.
pub(crate) fn is_narrow() -> bool {
    let query =
        crate::browser::window().and_then(|it| it.match_media("(max-width: 760px)").ok().flatten());
    query.is_some_and(|it| it.matches())
}
