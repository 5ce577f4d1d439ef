//! The words that a lesson teaches, each a link to its card in the glossary.

use leptos::prelude::*;

use crate::{browser::terms::START, view::term::name_of};

/// The words; nothing where a lesson names none.
pub(crate) fn terms(ids: &[String]) -> Option<AnyView> {
    let links = ids.iter().map(|id| {
        view! { <li><a href=format!("{START}/{id}")>{name_of(id)}</a></li> }
    });
    let links = links.collect_view();
    (!ids.is_empty()).then(|| {
        view! {
            <div class="lesson-terms">
                <span id="lesson-terms">"Words"</span>
                <ul aria-labelledby="lesson-terms">{links}</ul>
            </div>
        }
        .into_any()
    })
}
