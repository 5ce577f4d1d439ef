//! A native select whose value comes from the scenario.

use leptos::prelude::*;

use crate::state::signal::{Signal, memo};

use crate::components::live;
use crate::view::options::Choosable;

/// A select.
#[component]
pub(crate) fn Choose(
    /// What a screen reader calls it; where a visible label names it, that label's text.
    #[prop(into)]
    label: String,
    /// The element's id, for a visible label.
    #[prop(optional, into)]
    id: Option<String>,
    /// The id of what explains it.
    #[prop(default = None)]
    described_by: Option<String>,
    #[prop(into)] options: Signal<Vec<Choosable>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let options = memo(move || options.get());
    let aria_label = id.is_none().then_some(label);
    view! {
        <select
            class="select"
            id=id
            aria-label=aria_label
            aria-describedby=described_by
            on:change:target=move |event| on_choose.run(event.target().value())
        >
            {live::part(move || {
                options
                    .get()
                    .into_iter()
                    .map(|it| {
                        let own = it.value.clone();
                        view! {
                            <option value=it.value prop:selected=live::flag(move || value.get() == own)>
                                {it.label}
                            </option>
                        }
                    })
                    .collect_view()
            })}
        </select>
    }
}
