//! The dialog that opens a scenario from a file and saves it into one, and what tells a scenario's file from others.
//!
//! Knows nothing of where the scenario goes. Invariant: a file that cannot be read as a scenario changes nothing.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    scenario::{Scenario, ScenarioError},
    syntax::json,
};
use serde::Deserialize;

use crate::{
    browser::{
        download,
        files::{self, Files},
        keys,
        scenario_file::{self as file, Chosen, Saved},
    },
    components::{dialog::Dialog, late::late_view, live, refused::Refused, words::words},
    late::{self, late},
    state::{
        session::Notice,
        shared,
        signal::{RwSignal, Signal},
    },
};

/// The dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileDialog {
    dialog: Dialog,
    told: RwSignal<Option<Told>>,
}

/// What there is to say of the last file.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// Why it cannot be opened, and what to do.
    Refused {
        /// Why.
        message: String,
        /// What to do.
        help: &'static str,
    },
    /// What came of saving.
    Said(String),
}

/// What is saved, and who takes what was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfFile {
    /// The scenario.
    pub(crate) scenario: Signal<Arc<Scenario>>,
    /// What it began as.
    pub(crate) origin: Signal<String>,
    /// Takes files that somebody chose.
    pub(crate) on_files: Callback<Files>,
    /// How many drafts are kept that the page says nothing of.
    pub(crate) n_kept: Signal<usize>,
    /// Has the page say it.
    pub(crate) on_kept: Callback<()>,
}

/// What files come to.
#[derive(Debug)]
pub(crate) enum Taken {
    /// A scenario, and the name of its file.
    Scenario(String, Box<Scenario>),
    /// None is a scenario: they are for the import.
    Others(Files),
    /// One should be a scenario and is none, or could not be read.
    Refused(Told),
}

impl FileDialog {
    /// A dialog that is shut.
    pub(crate) fn new() -> Self {
        Self {
            dialog: Dialog::new("scenario-file"),
            told: RwSignal::new(None),
        }
    }

    /// Opens it.
    pub(crate) fn open(self) {
        self.told.set(None);
        self.dialog.open();
    }

    /// Closes it.
    pub(crate) fn close(self) {
        self.dialog.close();
    }

    /// Opens it with something to say.
    pub(crate) fn tell(self, told: Told) {
        self.told.set(Some(told));
        self.dialog.open();
    }

    /// Its part of the page.
    pub(crate) fn view(self, of: OfFile) -> AnyView {
        self.dialog.view("Scenario file", move || {
            late_view(file_arrives, move || file_body(self, of))
        })
    }

    fn say(self, saved: Saved) {
        let sentence = match saved {
            Saved::In(name) => format!("Saved in `{name}`."),
            Saved::Refused(name) => {
                format!("The browser would not write into `{name}`: save it as another file.")
            }
            Saved::Nothing => return,
        };
        self.told.set_if_there(Some(Told::Said(sentence)));
    }
}

late! {
    share, file_arrives:
    fn file_body(dialog: FileDialog, of: OfFile) -> AnyView {
        body(dialog, of)
    }
}

/// Saves with Ctrl+S while the page is there: the visitor's own scenario into the file that it came from, else as a new
/// one.
pub(crate) fn save_by_key(
    scenario: Signal<Arc<Scenario>>,
    origin: Signal<String>,
    is_own: bool,
    notice: RwSignal<Option<Notice>>,
) {
    let listening = keys::on_save(move || {
        late::then(
            save(
                scenario.get_untracked(),
                origin.get_untracked(),
                is_own,
                notice,
            ),
            |_| (),
        );
    });
    live::hold(listening);
}

late! {
    share:
    fn save(scenario: Arc<Scenario>, origin: String, is_own: bool, notice: RwSignal<Option<Notice>>) -> () {
        save_file(&scenario, origin, is_own, notice);
    }
}

fn save_file(scenario: &Scenario, origin: String, is_own: bool, notice: RwSignal<Option<Notice>>) {
    let name = shared::file_name(&origin, scenario);
    let text = format!("{}\n", scenario.to_json());
    let tell = move |then: Notice| {
        move |saved: Saved| match saved {
            Saved::In(_) => notice.set_if_there(Some(then)),
            Saved::Refused(_) => notice.set_if_there(Some(Notice::NotSaved)),
            Saved::Nothing => {}
        }
    };
    if !file::can_save_again() {
        download::text(&name, "application/json", &text);
        notice.set(Some(Notice::SavedAsFile));
    } else if is_own && file::name_for(&origin).is_some() {
        file::save_again(text, tell(Notice::SavedAgain));
    } else {
        let origin = is_own.then_some(origin);
        file::save_as(name, origin, text, tell(Notice::SavedAsFile));
    }
}

late! {
    share:
    /// Tells a scenario from the AWS CLI's output, and reads it.
    pub(crate) fn take(files: Files) -> Taken {
        taken(files)
    }
}

fn taken(files: Files) -> Taken {
    let Some(input) = files
        .inputs
        .iter()
        .find(|it| is_scenario(&it.name, &it.text))
    else {
        let refused = files.refused.first().filter(|_| files.inputs.is_empty());
        return match refused {
            Some(name) => Taken::Refused(unreadable(name)),
            None => Taken::Others(files),
        };
    };
    match Scenario::from_json(&input.text) {
        Ok(scenario) => Taken::Scenario(input.name.clone(), Box::new(scenario)),
        Err(error) => Taken::Refused(Told::Refused {
            message: format!("in `{}`, {error}", input.name),
            help: match error {
                ScenarioError::Version(_) => "open it with a newer Rolewalk",
                ScenarioError::Shape(_) => {
                    "ask whoever sent it for another, or mend what stands at that place"
                }
            },
        }),
    }
}

/// By its name, or by what is in it.
fn is_scenario(name: &str, text: &str) -> bool {
    #[derive(Deserialize)]
    #[serde(rename = "open:Head")]
    struct Head {
        #[serde(rename = "rolewalk")]
        _version: u32,
    }
    // Most files that are dropped are an account's, and long.
    let may_be = text.contains("\"rolewalk\"");
    name.ends_with(shared::FILE_ENDING) || may_be && json::from_str::<Head>(text).is_ok()
}

fn unreadable(name: &str) -> Told {
    Told::Refused {
        message: format!("the browser could not read `{name}`, or it is larger than 64 MB"),
        help: "choose another file",
    }
}

fn body(dialog: FileDialog, of: OfFile) -> AnyView {
    let told = live::maybe(move || {
        let told = dialog.told.get()?;
        Some(match told {
            Told::Refused { message, help } => view! { <Refused message help /> }.into_any(),
            Told::Said(sentence) => view! { <p role="status">{words(&sentence)}</p> }.into_any(),
        })
    });
    view! {
        <div class="share">
            {told}
            <p>
                "A scenario is one file: the world, who does what in it, and what should come of it. "
                <a href="scenario.schema.json">"Its JSON Schema"</a>
                " lets editors check one."
            </p>
            <h3>"Open"</h3>
            {opening(dialog, of)}
            <p class="field-help">
                "It takes the place of what is open here; Undo brings that back. A file can also be dropped anywhere on this page: output of the AWS CLI goes on to the import."
            </p>
            {live::maybe(move || kept(dialog, of))}
            <h3>"Save (Ctrl+S)"</h3>
            <div class="button-row">
                {live::part(move || {
                    // What can be saved again is another file once one was saved.
                    dialog.told.track();
                    saving(dialog, of)
                })}
            </div>
        </div>
    }
    .into_any()
}

/// The drafts that made room for others, where nobody wanted to be told of them.
fn kept(dialog: FileDialog, of: OfFile) -> Option<AnyView> {
    let label = match of.n_kept.get() {
        0 => return None,
        1 => "Show the draft that is kept".to_owned(),
        n => format!("Show the {n} drafts that are kept"),
    };
    let show = move |_| {
        dialog.close();
        of.on_kept.run(());
    };
    Some(
        view! {
            <div class="button-row">
                <button type="button" class="button" on:click=show>
                    {label}
                </button>
                <span class="field-help">"They made room for what was opened in their place."</span>
            </div>
        }
        .into_any(),
    )
}

fn opening(dialog: FileDialog, of: OfFile) -> AnyView {
    if !file::can_save_again() {
        let take = move |files: Files| of.on_files.run(files);
        return view! {
            <label class="field takes-files">
                <span class="field-label">"A scenario’s file"</span>
                <input
                    type="file"
                    accept=".json,application/json"
                    on:change=move |event: leptos::ev::Event| files::read_chosen(&event, take)
                />
            </label>
        }
        .into_any();
    }
    let choose = move |_| {
        file::choose(shared::file_origin, move |chosen| match chosen {
            Chosen::Text { name, text } => of.on_files.run(Files::one(name, text)),
            Chosen::Unreadable(name) => dialog.told.set_if_there(Some(unreadable(&name))),
            Chosen::Nothing => {}
        });
    };
    view! {
        <div class="button-row">
            <button type="button" class="button" on:click=choose>
                "Open a file …"
            </button>
        </div>
    }
    .into_any()
}

fn saving(dialog: FileDialog, of: OfFile) -> AnyView {
    let scenario = of.scenario.get_untracked();
    let origin = of.origin.get_untracked();
    let name = shared::file_name(&origin, &scenario);
    let text = Arc::new(format!("{}\n", scenario.to_json()));
    if !file::can_save_again() {
        let called = name.clone();
        let save = move |_| {
            download::text(&name, "application/json", &text);
            let sentence = format!("`{name}` is in your downloads.");
            dialog.told.set(Some(Told::Said(sentence)));
        };
        return view! {
            <button type="button" class="button primary" on:click=save>
                "Save as file"
            </button>
            <span class="field-help">"as "<code>{called}</code>", in your downloads"</span>
        }
        .into_any();
    }
    let again = file::name_for(&origin).map(|name| {
        let text = Arc::clone(&text);
        let save = move |_| {
            file::save_again(text.as_ref().clone(), move |saved| dialog.say(saved));
        };
        view! {
            <button type="button" class="button primary" on:click=save>
                {format!("Save in {name}")}
            </button>
        }
    });
    let save_as = move |_| {
        let (name, origin, text) = (name.clone(), origin.clone(), text.as_ref().clone());
        file::save_as(name, Some(origin), text, move |saved| dialog.say(saved));
    };
    view! {
        {again}
        <button type="button" class="button" on:click=save_as>
            "Save as file …"
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_scenario_is_told_by_its_content_or_its_name() {
        let json = sample::scenario().to_json();
        assert!(is_scenario("x.txt", &json));
        assert!(is_scenario("x.rolewalk.json", "hello"));
        assert!(is_scenario("x", r#"{"other": 1, "rolewalk": 99}"#));
        for other in [
            "",
            "hello",
            r#"["rolewalk"]"#,
            r#"{"RoleName": "rolewalk"}"#,
            r#"{"rolewalk": "x"}"#,
        ] {
            assert!(!is_scenario("x.json", other), "{other}");
        }
    }

    #[test]
    fn a_broken_scenario_is_refused_and_other_files_go_on() {
        let file = |name: &str, text: &str| Files::one(name.to_owned(), text.to_owned());
        let json = sample::scenario().to_json();
        assert!(
            matches!(taken(file("a", &json)), Taken::Scenario(name, it) if name == "a" && *it == sample::scenario())
        );
        assert!(matches!(taken(file("a", "{}")), Taken::Others(files) if files.inputs.len() == 1));
        for (name, text, says) in [
            ("a.rolewalk.json", "", "this is not JSON"),
            ("a.rolewalk.json", "[]", "not a Rolewalk scenario"),
            ("a", r#"{"rolewalk": 99}"#, "has format 99"),
            ("a", r#"{"rolewalk": 2, "more": 1}"#, "unknown field `more`"),
        ] {
            let Taken::Refused(Told::Refused { message, .. }) = taken(file(name, text)) else {
                panic!("{text}");
            };
            assert!(message.contains(says), "{message}");
        }
        let refused = Files {
            refused: vec!["big".to_owned()],
            ..Files::default()
        };
        assert!(matches!(taken(refused), Taken::Refused(_)));
    }
}
