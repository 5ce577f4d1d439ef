//! System, light or dark.

use leptos::prelude::*;

use crate::{
    components::{icon, live},
    state::{session::Theme, signal::RwSignal},
    view::icon::Icon,
};

const fn icon(theme: Theme) -> Icon {
    match theme {
        Theme::System => Icon::Laptop,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    }
}

/// The switch: three radio buttons that look like one control.
#[component]
pub(crate) fn ThemeSwitch(theme: RwSignal<Theme>) -> impl IntoView {
    let choices = Theme::ALL.map(|it| {
        view! {
            <label class="segment" title=format!("{} theme", it.label())>
                <input
                    type="radio"
                    name="theme"
                    class="visually-hidden"
                    prop:checked=live::flag(move || theme.get() == it)
                    on:change=move |_| theme.set(it)
                />
                {icon::icon(icon(it))}
                <span class="visually-hidden">{it.label()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="segments">
            <legend class="visually-hidden">"Theme"</legend>
            {choices.into_iter().collect_view()}
        </fieldset>
    }
}
