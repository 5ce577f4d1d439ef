//! Labelled fields: text, list, select, check boxes.

use leptos::prelude::*;

use crate::{
    components::{choose::Choose, glossary::term, live, words::words},
    state::signal::{RwSignal, Signal, memo},
    view::{form, options::Choosable, term},
};

/// The id of a field's help, where it has any.
fn help_id(id: &str, help: &str) -> Option<String> {
    (!help.is_empty()).then(|| format!("{id}-help"))
}

/// A label, a control, its help and its message. A field with an empty help has none.
#[component]
pub(crate) fn Labelled(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(optional, into)] help: String,
    #[prop(default = Signal::stored(None))] message: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let help =
        help_id(&id, &help).map(|id| view! { <p class="field-help" id=id>{words(&help)}</p> });
    let message = move || {
        let message = message.get();
        message.map(|it| view! { <p class="field-message">{it}</p> }.into_any())
    };
    view! {
        <div class="field">
            <div class="field-line">
                <label class="field-label" for=id.clone()>{label.clone()}</label>
                {term::of_label(&label).map(|about| term(about, &label))}
            </div>
            {children()}
            <div id=format!("{id}-message") aria-live="polite">{live::maybe(message)}</div>
            {help}
        </div>
    }
}

/// One line of text.
#[component]
pub(crate) fn TextField(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] help: String,
    #[prop(default = Signal::stored(None))] message: Signal<Option<String>>,
    #[prop(optional)] read_only: bool,
    #[prop(optional, into)] on_text: Option<Callback<String>>,
    /// Called when what is typed is finished: by Enter, or by leaving the field.
    #[prop(optional, into)]
    on_done: Option<Callback<String>>,
) -> impl IntoView {
    let field_id = id.clone();
    let described = match help_id(&id, &help) {
        Some(help) => format!("{id}-message {help}"),
        None => format!("{id}-message"),
    };
    view! {
        <Labelled label id=field_id help message>
            <input
                type="text"
                class="input mono"
                id=id
                spellcheck="false"
                autocomplete="off"
                readonly=read_only
                aria-describedby=described
                aria-invalid=live::text(move || message.get().is_some().to_string())
                prop:value=live::text(move || value.get())
                on:input:target=move |event| {
                    if let Some(on_text) = on_text {
                        on_text.run(event.target().value());
                    }
                }
                on:change:target=move |event| {
                    if let Some(on_done) = on_done {
                        // A field that goes away half typed says so when nobody hears it any more.
                        let _ = on_done.try_run(event.target().value());
                    }
                }
            />
        </Labelled>
    }
}

/// A list between commas. What is typed stays as typed while it means the list.
#[component]
pub(crate) fn ListField(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(into)] value: Signal<Vec<String>>,
    #[prop(optional, into)] help: String,
    #[prop(default = Signal::stored(None))] message: Signal<Option<String>>,
    #[prop(into)] on_list: Callback<Vec<String>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let text = memo(move || {
        let typed = typed.get();
        value.with(|value| {
            if form::list(&typed) == *value {
                typed
            } else {
                form::joined(value)
            }
        })
    });
    let on_text = move |text: String| {
        typed.set(text.clone());
        on_list.run(form::list(&text));
    };
    view! { <TextField label id value=text help message on_text=Callback::new(on_text) /> }
}

/// A select with a visible label.
#[component]
pub(crate) fn SelectField(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(into)] options: Signal<Vec<Choosable>>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] help: String,
    #[prop(default = Signal::stored(None))] message: Signal<Option<String>>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let field_id = id.clone();
    let described_by = help_id(&id, &help);
    view! {
        <Labelled label=label.clone() id=field_id help message>
            <Choose label id described_by options value on_choose />
        </Labelled>
    }
}

/// One line of a list of check boxes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Item {
    /// What it is known by.
    pub(crate) value: String,
    /// What it says.
    pub(crate) label: String,
    /// A few words behind it.
    pub(crate) detail: String,
}

/// A list of check boxes; `on_open` shows what an item stands for.
#[component]
pub(crate) fn CheckList(
    #[prop(into)] legend: String,
    #[prop(into)] items: Signal<Vec<Item>>,
    #[prop(into)] checked: Signal<Vec<String>>,
    #[prop(into)] empty: String,
    #[prop(default = Signal::stored(None))] message: Signal<Option<String>>,
    #[prop(into)] on_check: Callback<(String, bool)>,
    #[prop(into)] on_open: Callback<String>,
) -> impl IntoView {
    let items = memo(move || items.get());
    let row = move |it: Item| {
        live::item(it.value.clone(), move || {
            let (own, value, other) = (it.value.clone(), it.value.clone(), it.value.clone());
            let name = format!("Open {}", it.label);
            view! {
                <div class="check-row">
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=live::flag(move || checked.with(|it| it.contains(&own)))
                            on:change:target=move |event| on_check.run((value.clone(), event.target().checked()))
                        />
                        <span>{it.label.clone()}</span>
                        <span class="check-detail">{it.detail.clone()}</span>
                    </label>
                    <button type="button" class="link" aria-label=name on:click=move |_| on_open.run(other.clone())>
                        "Open"
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <fieldset class="field check-list">
            <legend class="field-label">{legend}</legend>
            <div aria-live="polite">{live::maybe(move || message.get().map(|it| view! { <p class="field-message">{it}</p> }.into_any()))}</div>
            {live::list(move || items.get().into_iter().map(row).collect())}
            {live::maybe(move || items.with(Vec::is_empty).then(|| view! { <p class="field-help">{empty.clone()}</p> }.into_any()))}
        </fieldset>
    }
}
