//! How a teacher presents in this tab, beside what the course says for everybody.
//!
//! Kept in the tab alone: the course that is open stays as it was given. Invariant: what was chosen for one course says
//! nothing of another.

use leptos::prelude::{GetValue, SetValue};
use rolewalk_core::{
    lesson::{Course, Presenter},
    syntax::json,
};
use serde::{Deserialize, Serialize};

use crate::{browser::storage, state::course::Learning};

/// Where it lies in this tab.
const KEY: &str = "rolewalk.presenting";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The id of the course.
    of: String,
    presenter: Presenter,
}

/// How the course is presented in this tab: as somebody has chosen here, else as the course says.
pub(super) fn presenter(course: &Course, learning: Learning) -> Presenter {
    let chosen = learning.presenter.get_value();
    let chosen = chosen.or_else(|| {
        let kept: Kept = json::from_str(&storage::of_tab(KEY)?).ok()?;
        Some((kept.of, kept.presenter))
    });
    let own = chosen.filter(|it| it.0 == course.sheet.id);
    own.map_or(course.sheet.settings.presenter, |it| it.1)
}

/// Notes what somebody has chosen for a course, and says whether the tab keeps it through a reload.
pub(super) fn choose(of: &str, presenter: Presenter, learning: Learning) -> bool {
    // Also where the tab may keep nothing: until the page is loaded anew.
    learning
        .presenter
        .set_value(Some((of.to_owned(), presenter)));
    let kept = Kept {
        of: of.to_owned(),
        presenter,
    };
    storage::keep_in_tab(KEY, serde_json::to_string(&kept).ok().as_deref())
}
