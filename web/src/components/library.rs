//! The library: worlds to start from and misconfigurations, found by the error message one has in hand.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::library::{Because, Facts, Fit, Library, Match, Misconfiguration, Theme};
use rolewalk_lessons::start_worlds;

use crate::{
    browser::focus,
    components::{dialog::Dialog, late::late_view, live, words::words},
    late::late,
    state::{
        shelf::{self, Shelf},
        signal::{RwSignal, memo},
    },
};

const QUERY: &str = "library-query";

/// The most characters that the field takes; of long texts the search reads both ends.
const MAX_CHARACTERS: &str = "100000";

/// The dialog, and what was pasted into it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LibraryDialog {
    dialog: Dialog,
    shelf: RwSignal<Shelf>,
    query: RwSignal<String>,
}

impl LibraryDialog {
    /// A dialog that is shut.
    pub(crate) fn new(shelf: RwSignal<Shelf>) -> Self {
        Self {
            dialog: Dialog::new("library"),
            shelf,
            query: RwSignal::new(String::new()),
        }
    }

    /// Opens it, and fetches the library the first time.
    pub(crate) fn open(self) {
        self.fetch();
        self.dialog.open();
    }

    fn fetch(self) {
        shelf::fetch(self.shelf, || ());
    }

    /// Its part of the page. `on_world` hears the name of the world that somebody chooses, `on_managed` that somebody
    /// looks for AWS managed policies.
    pub(crate) fn view(self, on_world: Callback<String>, on_managed: Callback<()>) -> AnyView {
        let choose = Callback::new(move |slug: String| {
            self.dialog.close();
            on_world.run(slug);
        });
        let browse = Callback::new(move |()| {
            self.dialog.close();
            on_managed.run(());
        });
        self.dialog.view("Library", move || {
            late_view(library_arrives, move || library_body(self, choose, browse))
        })
    }

    fn body(self, choose: Callback<String>, browse: Callback<()>) -> AnyView {
        let Self { shelf, query, .. } = self;
        focus::focus(QUERY.to_owned());
        let found = memo(move || {
            let query = query.get();
            shelf.with(|it| Some(answer(it.library()?, query.trim())))
        });
        view! {
            <div class="library">
                <label class="field">
                    <span class="field-label">"Paste an AWS error message"</span>
                    <textarea
                        id=QUERY
                        class="input library-query"
                        rows="3"
                        maxlength=MAX_CHARACTERS
                        spellcheck="false"
                        autocomplete="off"
                        aria-describedby="library-hint"
                        prop:value=query.get_untracked()
                        on:input:target=move |event| query.set(event.target().value())
                    ></textarea>
                </label>
                <p id="library-hint" class="field-help">
                    "A line of the CLI, a stack trace, a FailureReason, an event of CloudTrail. It does not leave your browser."
                </p>
                <p role="status" class="library-answer">
                    {live::part(move || words(&shelf.with(Shelf::says).or_else(|| found.get()?.says()).unwrap_or_default()))}
                </p>
                {live::maybe(move || shelf.with(Shelf::is_missing).then(|| self.again()))}
                {live::maybe(move || {
                    let matches = found.get()?.matches;
                    (!matches.is_empty()).then(|| group("Scenarios that fit", matches, choose))
                })}
                {live::maybe(move || {
                    let near = found.get()?.near;
                    (!near.is_empty()).then(|| group("About the same service", near, choose))
                })}
                <p>
                    <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| browse.run(())>
                        "AWS managed policies…"
                    </button>
                </p>
                {start(choose)}
                {live::maybe(move || shelf.with(|it| it.library().map(|it| shelves(it, choose))))}
            </div>
        }
        .into_any()
    }

    fn again(self) -> AnyView {
        view! {
            <button type="button" class="button" on:click=move |_| self.fetch()>
                "Try again"
            </button>
        }
        .into_any()
    }
}

late! {
    library, library_arrives:
    fn library_body(dialog: LibraryDialog, choose: Callback<String>, browse: Callback<()>) -> AnyView {
        dialog.body(choose, browse)
    }
}

/// Something to open: what it is, and why it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    slug: String,
    title: String,
    text: String,
    message: Option<String>,
    because: Option<(Fit, String)>,
    sources: Vec<String>,
}

impl Row {
    fn of(it: &Misconfiguration) -> Self {
        Self {
            slug: it.slug.clone(),
            title: it.title.clone(),
            text: it.wrong.clone(),
            message: it.messages.first().cloned(),
            because: None,
            sources: it.sources.clone(),
        }
    }
}

/// What was found for a message.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    is_asked: bool,
    /// The action that was denied, where the message names one.
    action: Option<String>,
    matches: Vec<Row>,
    /// What is about the same service only.
    near: Vec<Row>,
}

impl Found {
    fn says(self) -> Option<String> {
        let near = match (&self.action, self.near.len()) {
            (_, 0) => None,
            (Some(action), _) => Some(format!(
                "No scenario is about `{action}`. Below are those about the same service."
            )),
            (None, _) => Some(
                "The message does not say what was denied: each of those below about the same service can be behind it."
                    .to_owned(),
            ),
        };
        let fit = match self.matches.len() {
            0 if near.is_some() => None,
            0 => Some("No scenario has this message. Paste all of it, with the action (such as `iam:PassRole`), the call and the exception, or choose from the list below.".to_owned()),
            1 => Some("One scenario fits.".to_owned()),
            n => Some(format!("{n} scenarios fit, the best first.")),
        };
        let sentences: Vec<String> = fit.into_iter().chain(near).collect();
        self.is_asked.then(|| sentences.join(" "))
    }
}

/// How many that fit are shown, and how many that are only about the same service.
const MAX_MATCHES: usize = 5;
const MAX_NEAR: usize = 8;

fn answer(library: &Arc<Library>, query: &str) -> Found {
    let (near, found): (Vec<Match>, Vec<Match>) = library
        .search(query)
        .into_iter()
        .partition(|it| it.fit == Fit::Service);
    let row = |it: Match| {
        let because: Vec<String> = it.because.iter().map(Because::words).collect();
        let because = format!("Because of {}.", because.join(", "));
        Some(Row {
            because: Some((it.fit, because)),
            ..Row::of(library.get(&it.slug)?)
        })
    };
    let rows = |all: Vec<Match>, most: usize| all.into_iter().take(most).filter_map(row).collect();
    Found {
        is_asked: !query.is_empty(),
        action: Facts::read(query).actions.pop_first(),
        matches: rows(found, MAX_MATCHES),
        near: rows(near, MAX_NEAR),
    }
}

fn start(choose: Callback<String>) -> AnyView {
    let worlds = start_worlds().iter().filter_map(|it| {
        Some(Row {
            slug: it.slug.to_owned(),
            title: it.title.to_owned(),
            text: it.scenario().ok()?.about,
            message: None,
            because: None,
            sources: Vec::new(),
        })
    });
    group("Worlds to start from", worlds.collect(), choose)
}

fn shelves(library: &Arc<Library>, choose: Callback<String>) -> AnyView {
    let shelf = |theme: Theme| {
        let all = library.misconfigurations.iter();
        let rows = all.filter(|it| it.theme == theme).map(Row::of);
        group(theme.title(), rows.collect(), choose)
    };
    Theme::ALL.map(shelf).collect_view().into_any()
}

fn group(title: &'static str, rows: Vec<Row>, choose: Callback<String>) -> AnyView {
    let rows = rows.into_iter().map(|it| row(it, choose)).collect_view();
    view! {
        <section>
            <h3>{title}</h3>
            <ul class="library-list" aria-label=title>{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(row: Row, choose: Callback<String>) -> AnyView {
    let Row {
        slug,
        title,
        text,
        message,
        because,
        sources,
    } = row;
    let sources = sources.into_iter().map(|it| {
        let shown = it.trim_start_matches("https://").to_owned();
        view! {
            <a class="library-source" href=it target="_blank" rel="noreferrer">
                {shown}
            </a>
        }
        .into_any()
    });
    let sources = sources.collect_view();
    view! {
        <li class="library-row">
            <button type="button" class="link library-title" on:click=move |_| choose.run(slug.clone())>
                {title}
            </button>
            {because
                .map(|(fit, it)| {
                    view! {
                        <p class="library-because">
                            <span class="tag">{fit.words()}</span>
                            " "
                            {words(&it)}
                        </p>
                    }
                })}
            <p class="library-text">{words(&text)}</p>
            {message.map(|it| view! { <p class="library-message">{it}</p> })}
            <div class="library-sources">{sources}</div>
        </li>
    }
    .into_any()
}
