//! The bar at the bottom of a narrow screen that chooses a panel.

use leptos::prelude::*;

use crate::{
    components::{icon, live},
    state::{session::Tab, signal::RwSignal},
    view::icon::Icon,
};

const fn icon(tab: Tab) -> Icon {
    match tab {
        Tab::Lesson => Icon::Lesson,
        Tab::Flow => Icon::Point,
        Tab::Account => Icon::Account,
        Tab::Editor => Icon::Document,
        Tab::Model => Icon::Badge,
    }
}

/// The bar.
#[component]
pub(crate) fn TabBar(tab: RwSignal<Tab>, has_lesson: bool) -> impl IntoView {
    let all = Tab::ALL
        .into_iter()
        .filter(|it| has_lesson || *it != Tab::Lesson);
    let buttons = all.map(|it| {
        view! {
            <button
                type="button"
                class="tab"
                aria-current=live::option(move || (tab.get() == it).then(|| "true".to_owned()))
                on:click=move |_| tab.set(it)
            >
                {icon::icon(icon(it))}
                {it.label()}
            </button>
        }
    });
    view! {
        <nav class="tabs" aria-label="Panels">
            {buttons.collect_view()}
        </nav>
    }
}
