//! The bar at the bottom of a narrow screen that chooses a panel.

use leptos::prelude::*;

use crate::{
    components::{icon, live},
    state::{session::Tab, signal::RwSignal},
    view::icon::Icon,
};

const fn icon(tab: Tab) -> Icon {
    match tab {
        Tab::Flow => Icon::Point,
        Tab::Account => Icon::Account,
        Tab::Editor => Icon::Document,
        Tab::Model => Icon::Badge,
    }
}

/// The bar.
#[component]
pub(crate) fn TabBar(tab: RwSignal<Tab>) -> impl IntoView {
    let buttons = Tab::ALL.map(|it| {
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
            {buttons.into_iter().collect_view()}
        </nav>
    }
}
