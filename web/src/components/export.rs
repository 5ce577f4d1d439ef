//! The dialog that shows a world in another form, to copy or to save.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    export::{Exported, File, Form, export, zip},
    scenario::Scenario,
};

use crate::{
    browser::{clipboard, download},
    components::{choose::Choose, dialog::Dialog, late::late_view, live, words::words},
    late::late,
    state::signal::{RwSignal, Signal, memo},
    view::{
        export::{self as shown, label, mime, note},
        options::Choosable,
    },
};

/// The dialog; its text is made only while it is open.
#[component]
pub(crate) fn ExportDialog(
    dialog: Dialog,
    #[prop(into)] scenario: Signal<Arc<Scenario>>,
) -> impl IntoView {
    let chosen = Chosen {
        scenario,
        form: RwSignal::new(Form::default()),
        part: RwSignal::new(String::new()),
        file: RwSignal::new(String::new()),
    };
    dialog.view("Export", move || {
        late_view(export_arrives, move || export_body(chosen))
    })
}

/// What is looked at.
#[derive(Clone, Copy)]
struct Chosen {
    scenario: Signal<Arc<Scenario>>,
    form: RwSignal<Form>,
    /// The key of the part; one that the world does not have stands for the home account.
    part: RwSignal<String>,
    /// The name of the file; one that there is not stands for the first.
    file: RwSignal<String>,
}

impl Chosen {
    fn exported(self) -> Exported {
        self.scenario.with(|it| {
            let part = self.part.with(|key| shown::part(&it.world, key));
            export(&it.world, &part, self.form.get())
        })
    }

    fn file_of(self, exported: &Exported) -> Option<&File> {
        let name = self.file.get();
        let mut files = exported.files.iter();
        let found = files.find(|it| it.name == name);
        found.or(exported.files.first())
    }
}

late! {
    export, export_arrives:
    fn export_body(chosen: Chosen) -> AnyView {
        body(chosen)
    }
}

fn body(chosen: Chosen) -> AnyView {
    let Chosen {
        scenario,
        form,
        part,
        file,
    } = chosen;
    let exported = memo(move || chosen.exported());
    let current = memo(move || exported.with(|it| chosen.file_of(it).cloned()));
    let parts = memo(move || scenario.with(|it| shown::parts(&it.world)));
    let part_key =
        memo(move || scenario.with(|it| part.with(|key| shown::key(&shown::part(&it.world, key)))));
    let forms = Form::ALL.map(|it| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=live::text(move || (form.get() == it).to_string())
                on:click=move |_| form.set(it)
            >
                {label(it)}
            </button>
        }
    });
    let told =
        move || scenario.with(|it| part.with(|key| note(form.get(), &shown::part(&it.world, key))));
    view! {
        <div class="export">
            <div class="export-bar">
                <div class="export-forms" role="group" aria-label="Form">
                    {forms.into_iter().collect_view()}
                </div>
                {live::maybe(move || {
                    parts
                        .with(|it| it.len() > 1)
                        .then(|| {
                            view! {
                                <Choose
                                    label="What to export"
                                    options=parts
                                    value=part_key
                                    on_choose=move |key| part.set(key)
                                />
                            }
                        })
                })}
            </div>
            <p class="export-note">{live::part(move || words(told()))}</p>
            {live::part(move || left_out(&exported.with(|it| it.left_out.clone())))}
            <div class="export-bar">
                <div class="export-file">
                    {live::maybe(move || {
                        exported.with(|it| it.files.len() > 1).then(|| files(exported, current, file))
                    })}
                </div>
                {buttons(chosen, exported, current)}
            </div>
            {live::part(move || text(current.get().as_ref()))}
        </div>
    }
    .into_any()
}

/// Which of several files is shown.
fn files(
    exported: Signal<Exported>,
    current: Signal<Option<File>>,
    file: RwSignal<String>,
) -> AnyView {
    let options = memo(move || {
        exported.with(|it| {
            let files = it.files.iter();
            let option = |it: &File| Choosable {
                value: it.name.clone(),
                label: it.name.clone(),
            };
            files.map(option).collect::<Vec<_>>()
        })
    });
    let name =
        memo(move || current.with(|it| it.as_ref().map_or_else(String::new, |it| it.name.clone())));
    view! { <Choose label="File" options=options value=name on_choose=move |name| file.set(name) /> }
        .into_any()
}

fn buttons(chosen: Chosen, exported: Signal<Exported>, current: Signal<Option<File>>) -> AnyView {
    let copy = move |_| {
        current.with_untracked(|it| {
            if let Some(it) = it {
                clipboard::copy(&it.text);
            }
        });
    };
    let save = move |_| {
        current.with_untracked(|it| {
            if let Some(it) = it {
                download::text(&it.name, mime(&it.name), &it.text);
            }
        });
    };
    let save_all = move |_| {
        let archive = exported.with_untracked(|it| zip(&it.files));
        let part = chosen.scenario.with_untracked(|it| {
            let key = chosen.part.get_untracked();
            shown::key(&shown::part(&it.world, &key))
        });
        if let Some(archive) = archive {
            let name = format!("rolewalk-{part}.zip");
            download::bytes(&name, "application/zip", &archive);
        }
    };
    view! {
        <button type="button" class="button" on:click=copy>
            "Copy"
        </button>
        <button type="button" class="button" on:click=save>
            "Download"
        </button>
        {live::maybe(move || {
            let n = exported.with(|it| it.files.len());
            (n > 1)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=save_all>
                            {format!("Download all {n} as ZIP")}
                        </button>
                    }
                })
        })}
    }
    .into_any()
}

/// What the form cannot carry, folded: it may be long.
fn left_out(sentences: &[String]) -> AnyView {
    if sentences.is_empty() {
        return ().into_any();
    }
    let items = sentences.iter().map(|it| view! { <li>{words(it)}</li> });
    view! {
        <details class="export-left-out">
            <summary>{format!("Not in it ({})", sentences.len())}</summary>
            <ul>{items.collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn text(file: Option<&File>) -> AnyView {
    let Some(file) = file else {
        return view! { <p class="export-note">"There is nothing of this kind here."</p> }
            .into_any();
    };
    let (head, n_more) = shown::shown(&file.text);
    let more = (n_more > 0).then(|| {
        let told = format!("{n_more} more lines are not shown. Copy and Download have them all.");
        view! { <p class="export-note">{told}</p> }
    });
    view! {
        <pre class="export-text" tabindex="0" role="region" aria-label="Text to export">
            {head.to_owned()}
        </pre>
        {more}
    }
    .into_any()
}
