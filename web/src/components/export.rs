//! The dialog that shows a world in another form, to copy or to save.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::scenario::Scenario;

use crate::{
    browser::{clipboard, download},
    components::{dialog::Dialog, late::late_view, live, words::words},
    late::late,
    state::signal::{RwSignal, Signal, memo},
    view::export::Form,
};

/// The dialog; its text is made only while it is open.
#[component]
pub(crate) fn ExportDialog(
    dialog: Dialog,
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
) -> impl IntoView {
    let form = RwSignal::new(Form::default());
    dialog.view("Export", move || {
        late_view(export_arrives, move || export_body(form, scenario))
    })
}

late! {
    export, export_arrives:
    fn export_body(form: RwSignal<Form>, scenario: Signal<Arc<Scenario>>) -> AnyView {
        body(form, scenario)
    }
}

fn body(form: RwSignal<Form>, scenario: Signal<Arc<Scenario>>) -> AnyView {
    let text = memo(move || scenario.with(|it| form.get().text(&it.world)));
    let choices = Form::ALL.map(|it| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=live::text(move || (form.get() == it).to_string())
                on:click=move |_| form.set(it)
            >
                {it.label()}
            </button>
        }
    });
    let save = move |_| {
        let (name, mime) = form.get_untracked().file();
        text.with_untracked(|it| download::text(name, mime, it));
    };
    view! {
        <div class="export">
            <div class="export-bar">
                <div class="export-forms" role="group" aria-label="Form">
                    {choices.into_iter().collect_view()}
                </div>
                <button type="button" class="button" on:click=move |_| text.with_untracked(|it| clipboard::copy(it))>
                    "Copy"
                </button>
                <button type="button" class="button" on:click=save>
                    "Download"
                </button>
            </div>
            <p class="export-note">{live::part(move || words(form.get().note()))}</p>
            <pre class="export-text" tabindex="0" role="region" aria-label="Text to export">
                {live::text(move || text.get())}
            </pre>
        </div>
    }
    .into_any()
}
