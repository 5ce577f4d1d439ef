//! The dialog that takes the AWS CLI's output: choose, drop or paste, look at what it brings, and put
//! it into this world or into one of its own.

mod brought;

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    import::{COMMANDS, DEFAULT_REGION, Input},
    scenario::Scenario,
    world::World,
};

use crate::{
    browser::{
        after_render, clipboard,
        files::{self, Files},
        focus::focus,
        folders::MAX_FILES,
    },
    components::{dialog::Dialog, import::brought::brought, late::late_view, live, words::words},
    late::late,
    state::{
        import_preview::Preview,
        published::{self, Published},
        signal::{RwSignal, Signal, memo},
    },
    view::import as shown,
};

/// What the pasted text is called.
const PASTED: &str = "pasted text";

/// The field that takes files.
const FIELD: &str = "import-files";

/// The dialog and what is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ImportDialog {
    dialog: Dialog,
    files: RwSignal<Arc<Vec<Input>>>,
    refused: RwSignal<Vec<String>>,
    /// How many files of a folder were left out, at least.
    is_cut: RwSignal<bool>,
    /// What was opened as a scenario and is none; empty where somebody came to import.
    opened: RwSignal<String>,
    pasted: RwSignal<Arc<str>>,
    preview: RwSignal<Option<Arc<Preview>>>,
    /// AWS's managed policies, which are fetched when a text names one that the page does not have.
    published: RwSignal<Published>,
    is_reading: RwSignal<bool>,
    /// Where a new world lies of which no text says it.
    region: RwSignal<String>,
}

impl ImportDialog {
    /// A dialog that is shut and empty.
    pub(crate) fn new(published: RwSignal<Published>) -> Self {
        Self {
            dialog: Dialog::new("import"),
            files: RwSignal::new(Arc::default()),
            refused: RwSignal::new(Vec::new()),
            is_cut: RwSignal::new(false),
            opened: RwSignal::new(String::new()),
            pasted: RwSignal::new(Arc::from("")),
            preview: RwSignal::new(None),
            published,
            is_reading: RwSignal::new(false),
            region: RwSignal::new(DEFAULT_REGION.to_owned()),
        }
    }

    /// Opens it, empty.
    pub(crate) fn open(self) {
        self.clear();
        self.dialog.open();
    }

    /// Opens it with files that are here already, of which none is a scenario; they are read once what reads them is
    /// here.
    pub(crate) fn open_with(self, files: Files) {
        self.clear();
        self.opened.set(shown::opened(&files.inputs));
        self.is_cut.set(files.is_cut);
        self.files.set(Arc::new(files.inputs));
        self.refused.set(files.refused);
        self.dialog.open();
    }

    fn clear(self) {
        self.files.set(Arc::default());
        self.refused.set(Vec::new());
        self.is_cut.set(false);
        self.opened.set(String::new());
        self.pasted.set(Arc::from(""));
        self.preview.set(None);
        self.region.set(DEFAULT_REGION.to_owned());
    }

    fn inputs(self) -> Vec<Input> {
        let mut inputs = Vec::clone(&self.files.get_untracked());
        let text = self.pasted.get_untracked();
        if !text.trim().is_empty() {
            inputs.push(Input {
                name: PASTED.to_owned(),
                text: text.as_ref().to_owned(),
            });
        }
        inputs
    }

    /// Reads all texts, once the page has said so.
    fn read(self, scenario: Signal<Arc<Scenario>>) {
        self.is_reading.set(true);
        after_render(move || {
            let inputs = self.inputs();
            let policies = self.published.with_untracked(|it| it.policies().cloned());
            let preview = (!inputs.is_empty()).then(|| {
                let scenario = scenario.get_untracked();
                Arc::new(Preview::of(inputs, scenario, policies.unwrap_or_default()))
            });
            if preview.as_ref().is_some_and(|it| it.lacks_policies()) {
                published::fetch(self.published);
            }
            self.preview.set(preview);
            self.is_reading.set(false);
        });
    }

    fn add(self, scenario: Signal<Arc<Scenario>>, new: Files) {
        let files = Vec::clone(&self.files.get_untracked());
        let files = shown::joined(files, new.inputs, &new.refused);
        self.files.set(Arc::new(files));
        self.refused.set(new.refused);
        self.is_cut.set(new.is_cut);
        self.read(scenario);
    }

    /// Takes a file out again, with what it brought and what was wrong with it.
    fn take_out(self, idx: usize, scenario: Signal<Arc<Scenario>>) {
        let mut files = Vec::clone(&self.files.get_untracked());
        if idx >= files.len() {
            return;
        }
        files.remove(idx);
        // The button that was pressed goes: the next one has its place, else the one before, else the field.
        let next = files.len().checked_sub(1).map(|last| out_id(idx.min(last)));
        if files.is_empty() {
            self.opened.set(String::new());
        }
        self.files.set(Arc::new(files));
        self.read(scenario);
        focus(next.unwrap_or_else(|| FIELD.to_owned()));
    }

    /// Its part of the page.
    pub(crate) fn view(
        self,
        scenario: Signal<Arc<Scenario>>,
        on_add: Callback<World>,
        on_alone: Callback<World>,
    ) -> AnyView {
        self.dialog.view("Import an account", move || {
            late_view(import_arrives, move || {
                import_body(self, scenario, on_add, on_alone)
            })
        })
    }

    fn body(
        self,
        scenario: Signal<Arc<Scenario>>,
        on_add: Callback<World>,
        on_alone: Callback<World>,
    ) -> AnyView {
        if self.files.with_untracked(|it| !it.is_empty()) {
            self.read(scenario);
        }
        // Nothing while they are on their way; that their documents are then read one by one is nothing new here.
        let arrived = memo(move || {
            self.published.with(|it| {
                let is_there = it.policies().is_some();
                (is_there || it.is_missing()).then_some(is_there)
            })
        });
        // Whoever did not come to import first sees what became of the file.
        let brings = move |is_first: bool| {
            live::maybe(move || {
                let is_here = is_first != self.opened.with(String::is_empty);
                let preview = self.preview.get().filter(|_| is_here)?;
                let preview = self.completed(preview, arrived);
                let is_whole = !preview.lacks_policies() || arrived.get().is_some();
                Some(self.brings(&preview, is_whole, scenario, on_add, on_alone))
            })
        };
        view! {
            <div class="import">
                {live::maybe(move || {
                    let opened = self.opened.get();
                    (!opened.is_empty())
                        .then(|| view! { <p class="import-opened" role="status">{words(&opened)}</p> })
                })}
                {brings(true)}
                <p>
                    "Run commands of the AWS CLI and bring their output here. It is read in this page; nothing leaves your browser. Secrets are neither kept nor shown."
                </p>
                {commands()}
                {self.sources(scenario)}
                {live::maybe(move || {
                    let is_reading = self.is_reading.get();
                    is_reading.then(|| view! { <p role="status">"Reading…"</p> })
                })}
                {brings(false)}
            </div>
        }
        .into_any()
    }

    /// With AWS's managed policies, once they are here, where the texts name one that the page does not have.
    fn completed(self, preview: Arc<Preview>, arrived: Signal<Option<bool>>) -> Arc<Preview> {
        if !preview.lacks_policies() || arrived.get() != Some(true) {
            return preview;
        }
        let policies = self.published.with_untracked(|it| it.policies().cloned());
        policies.map_or_else(|| Arc::clone(&preview), |it| preview.with(&it))
    }

    /// `is_whole`: whether what it lacks is not still on its way.
    fn brings(
        self,
        preview: &Arc<Preview>,
        is_whole: bool,
        scenario: Signal<Arc<Scenario>>,
        on_add: Callback<World>,
        on_alone: Callback<World>,
    ) -> AnyView {
        let added = Arc::clone(preview);
        let add = Callback::new(move |()| {
            self.dialog.close();
            on_add.run(added.added(&scenario.get_untracked()));
        });
        let alone = Arc::clone(preview);
        let open = Callback::new(move |()| {
            self.dialog.close();
            on_alone.run(self.region.with_untracked(|it| alone.opened(it)));
        });
        brought(preview, is_whole, (self.published, self.region), add, open)
    }

    fn sources(self, scenario: Signal<Arc<Scenario>>) -> AnyView {
        let add = move |files: Files| self.add(scenario, files);
        view! {
            <div
                class="import-drop takes-files"
                on:dragover=move |event: leptos::ev::DragEvent| event.prevent_default()
                on:drop=move |event: leptos::ev::DragEvent| files::read_dropped(&event, add)
            >
                <span id="import-files-label">"Files, chosen or dropped here"</span>
                // What the browser says beside a field of its own is about the last choice, and the list below about all.
                <label class="button import-choose">
                    <span id="import-files-choose">"Choose files …"</span>
                    <input
                        id=FIELD
                        class="visually-hidden"
                        type="file"
                        multiple
                        aria-labelledby="import-files-label import-files-choose"
                        accept=".json,.txt,application/json,text/plain"
                        on:change=move |event: leptos::ev::Event| files::read_chosen(&event, add)
                    />
                </label>
                {live::part(move || self.file_list(scenario))}
                {live::maybe(move || {
                    let is_cut = self.is_cut.get();
                    is_cut.then(|| view! { <p class="import-refused">{shown::cut(MAX_FILES)}</p> })
                })}
                {live::maybe(move || {
                    let names = self.refused.get();
                    (!names.is_empty())
                        .then(|| {
                            view! {
                                <p class="import-refused">
                                    {format!(
                                        "Not read, because the browser could not, or because larger than 64 MB: {}. Import it in parts.",
                                        names.join(", "),
                                    )}
                                </p>
                            }
                        })
                })}
            </div>
            <label for="import-text">"Or paste output, of one command or of several"</label>
            <textarea
                id="import-text"
                class="input mono import-text"
                rows="5"
                spellcheck="false"
                autocomplete="off"
                on:input:target=move |event| {
                    self.pasted.set(event.target().value().into());
                    self.read(scenario);
                }
            ></textarea>
        }
        .into_any()
    }

    fn file_list(self, scenario: Signal<Arc<Scenario>>) -> AnyView {
        let files = self.files.get();
        let items = files.iter().enumerate().map(|(idx, it)| {
            view! {
                <li>
                    <span>{shown::source(it)}</span>
                    <button
                        type="button"
                        class="button small quiet"
                        id=out_id(idx)
                        aria-label=format!("Take out {}", it.name)
                        on:click=move |_| self.take_out(idx, scenario)
                    >
                        "Take out"
                    </button>
                </li>
            }
        });
        view! { <ul class="import-files">{items.collect_view()}</ul> }.into_any()
    }
}

late! {
    import, import_arrives:
    fn import_body(
        dialog: ImportDialog,
        scenario: Signal<Arc<Scenario>>,
        on_add: Callback<World>,
        on_alone: Callback<World>,
    ) -> AnyView {
        dialog.body(scenario, on_add, on_alone)
    }
}

/// No `details`, see `components/flow/fold.rs`.
fn commands() -> AnyView {
    let is_open = RwSignal::new(false);
    let list = || {
        let items = COMMANDS.iter().map(|it| {
            view! {
                <li>
                    <code>{it.line}</code>
                    <span>{it.brings}</span>
                    {it
                        .for_all
                        .map(|it| view! { <span>"For all that there are:"</span> <code>{it}</code> })}
                </li>
            }
        });
        view! {
            <div id="import-commands" class="import-commands">
                <p>
                    "Some outputs do not say what they are of. Then the name of the file does, so keep it as it stands here."
                </p>
                <button type="button" class="button small" on:click=move |_| clipboard::copy(&shown::all_commands())>
                    "Copy all commands"
                </button>
                <ul>{items.collect_view()}</ul>
            </div>
        }
    };
    view! {
        <div>
            <button
                type="button"
                class="link"
                aria-expanded=live::text(move || is_open.get().to_string())
                aria-controls="import-commands"
                on:click=move |_| is_open.set(!is_open.get_untracked())
            >
                "Which commands"
            </button>
            {live::maybe(move || is_open.get().then(list))}
        </div>
    }
    .into_any()
}

/// What a file is taken out with.
fn out_id(idx: usize) -> String {
    format!("import-out-{idx}")
}
