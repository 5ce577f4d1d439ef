//! A native select whose value comes from the scenario; for a long list a field that is typed in.
//!
//! Invariant: only what is offered can be chosen; what is typed and is not offered is taken back.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

use crate::{
    components::live,
    state::signal::{RwSignal, Signal, memo},
    view::options::{self, Choosable},
};

/// More options than this nobody reads through, and each is an element of the page.
const LONG: usize = 200;

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
    let is_long = memo(move || options.with(|it| it.len() > LONG));
    live::part(move || {
        let names = (id.clone(), aria_label.clone(), described_by.clone());
        if is_long.get() {
            field(names, options, value, on_choose)
        } else {
            select(names, options, value, on_choose)
        }
    })
}

/// The element's id, its label and the id of what explains it.
type Names = (Option<String>, Option<String>, Option<String>);

fn select(
    (id, aria_label, described_by): Names,
    options: Signal<Vec<Choosable>>,
    value: Signal<String>,
    on_choose: Callback<String>,
) -> AnyView {
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
    .into_any()
}

/// A field that offers what has the typed words.
fn field(
    (id, aria_label, described_by): Names,
    options: Signal<Vec<Choosable>>,
    value: Signal<String>,
    on_choose: Callback<String>,
) -> AnyView {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let list = format!("choose-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let typed = RwSignal::new(String::new());
    let offered = memo(move || options.with(|all| typed.with(|it| options::matching(all, it))));
    let chosen = memo(move || options.with(|all| value.with(|it| options::label_of(all, it))));
    let choose = move |text: String| {
        typed.set(String::new());
        let found = options.with_untracked(|all| options::value_of(all, &text));
        let is_found = found.is_some();
        if let Some(found) = found {
            on_choose.run(found);
        }
        is_found
    };
    view! {
        <input
            type="text"
            class="input choose-typed"
            id=id
            list=list.clone()
            aria-label=aria_label
            aria-describedby=described_by
            autocomplete="off"
            spellcheck="false"
            prop:value=live::text(move || chosen.get())
            on:input:target=move |event| typed.set(event.target().value())
            on:change:target=move |event| {
                if !choose(event.target().value()) {
                    event.target().set_value(&chosen.get_untracked());
                }
            }
        />
        <datalist id=list>
            {live::part(move || {
                let option = |it: Choosable| view! { <option value=it.label></option> };
                offered.get().into_iter().map(option).collect_view()
            })}
        </datalist>
    }
    .into_any()
}
