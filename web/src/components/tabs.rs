//! The bar at the bottom of a narrow screen that chooses a panel.

use leptos::prelude::*;

use crate::{
    browser::focus,
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

/// Where what it chooses begins.
const fn beginning(tab: Tab) -> &'static str {
    match tab {
        Tab::Lesson => ".panel-lesson",
        Tab::Flow => ".verdict",
        Tab::Account | Tab::Model => ".pane-left",
        Tab::Editor => ".pane-editor",
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
                on:click=move |_| {
                    tab.set(it);
                    focus::make_room_for(beginning(it));
                }
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
