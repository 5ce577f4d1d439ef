//! Where a course is opened from files, and written: what is wrong with it stands beside it, as one types.
//!
//! Invariant: a text is looked at while it lies here, and becomes the open course only when somebody says so.

use std::sync::Arc;

use leptos::{attr::custom::custom_attribute, prelude::*};
use rolewalk_core::{
    lesson::{self, Course, Finding, Order, Settings},
    syntax::Position,
};

use crate::{
    browser::{
        clock::{self, Pause},
        download,
        files::{self, Files},
        focus,
        folders::MAX_FILES,
        location::{self, Route},
        look, storage,
    },
    components::{
        handed_out::{Copied, handed_out},
        lesson::markdown,
        live,
        refused::Refused,
        words::words,
    },
    pages::learn::{Desk, frame::frame},
    state::signal::{RwSignal, Signal},
    view::authored::{gathered, rest_of_line},
};

/// The id of the text.
const TEXT_ID: &str = "author-text";
/// Where what one writes lies in this tab.
const KEY: &str = "rolewalk.author";
/// A course to begin with, which the guide to writing lessons has, too.
const TEMPLATE: &str = include_str!("../../../../docs/first-course.json");
/// Where in the documentation that guide is.
const GUIDE: &str = "authoring.html";
/// After the last key.
const PAUSE_MS: u32 = 400;
/// More findings are only counted.
const MAX_FINDINGS: usize = 100;

/// What was read of the text.
#[derive(Clone)]
enum Read {
    Nothing,
    Course(Arc<Course>),
    Refused {
        message: String,
        help: &'static str,
        at: Option<Position>,
    },
}

impl Read {
    fn of(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Nothing;
        }
        match rolewalk_lessons::read_course(text) {
            Ok(course) => Self::Course(Arc::new(course)),
            Err(error) => Self::Refused {
                message: error.message(),
                help: error.help_for_author(),
                at: error.position(),
            },
        }
    }
}

/// The findings so far, and how many lessons were looked at.
#[derive(Clone, Default, PartialEq)]
struct Looked {
    findings: Vec<String>,
    n_lessons: usize,
    is_done: bool,
}

#[derive(Clone, Copy)]
struct Author {
    text: RwSignal<String>,
    /// Whether the tab keeps the text through a reload.
    is_kept: RwSignal<bool>,
    /// Why files did not become a text.
    said: RwSignal<String>,
    read: RwSignal<Arc<Read>>,
    looked: RwSignal<Looked>,
    /// Before a text that is being written is looked at.
    typing: Pause,
    desk: Desk,
}

/// The page.
pub(super) fn author_page(desk: Desk) -> AnyView {
    look::title("Open or write a course");
    let text = storage::of_tab(KEY).unwrap_or_default();
    let author = Author {
        text: RwSignal::new(text),
        is_kept: RwSignal::new(true),
        said: RwSignal::new(String::new()),
        read: RwSignal::new(Arc::new(Read::Nothing)),
        looked: RwSignal::new(Looked::default()),
        typing: Pause::here(),
        desk,
    };
    author.look();
    frame(desk, author.view())
}

impl Author {
    /// Another text in place of this one, and what there is to say of it.
    fn take(self, text: String) {
        self.text.set(text);
        self.said.set(String::new());
        self.look();
    }

    /// Puts a course to begin with where nothing is yet.
    fn begin(self) {
        self.take(TEMPLATE.to_owned());
        focus::focus(TEXT_ID.to_owned());
    }

    fn take_files(self, files: &Files) {
        if let Some(name) = files.refused.first() {
            self.said.set(format!(
                "`{name}` could not be read, or is too large for a course."
            ));
            return;
        }
        if files.is_cut {
            self.said.set(format!(
                "The folder holds more than {MAX_FILES} files: drop the course’s own folder."
            ));
            return;
        }
        let inputs = files.inputs.iter();
        let all: Vec<_> = inputs
            .map(|it| (it.name.clone(), it.text.clone()))
            .collect();
        match gathered(&all) {
            Ok(text) => self.take(text),
            Err(error) => self.said.set(error.to_string()),
        }
    }

    /// Reads the text, and looks at one lesson after the other.
    fn look(self) {
        let text = self.text.get_untracked();
        let kept = Some(text.as_str()).filter(|it| !it.is_empty());
        let is_kept = storage::keep_in_tab(KEY, kept);
        self.is_kept.set(is_kept || kept.is_none());
        let read = Arc::new(Read::of(&text));
        self.read.set(Arc::clone(&read));
        self.looked.set(Looked::default());
        let Read::Course(course) = read.as_ref() else {
            return;
        };
        let course = Arc::clone(course);
        let mut looked = Looked {
            findings: said(lesson::check_plan(&course)),
            ..Looked::default()
        };
        let newest: Signal<Arc<Read>> = self.read.into();
        clock::in_turns(move || {
            // Another text came, or the page went.
            let is_newest = newest
                .get_if_there()
                .is_some_and(|it| Arc::ptr_eq(&it, &read));
            if !is_newest {
                return false;
            }
            match course.lessons.get(looked.n_lessons) {
                Some(it) => {
                    looked.findings.extend(said(lesson::check_lesson(it)));
                    looked.n_lessons += 1;
                }
                None => looked.is_done = true,
            }
            self.looked.set_if_there(looked.clone());
            !looked.is_done
        });
    }

    fn view(self) -> AnyView {
        let on_input = move |text: String| {
            self.text.set(text);
            self.typing.wait(PAUSE_MS, move || self.look());
        };
        view! {
            <div
                class="teach takes-files"
                on:dragover=move |event: leptos::ev::DragEvent| event.prevent_default()
                on:drop=move |event: leptos::ev::DragEvent| files::read_dropped(&event, move |it| self.take_files(&it))
            >
                <h1>"Open or write a course"</h1>
                <p>
                    "Choose a course’s file, or its folder with "<code>"course.json"</code>" in it, drop them here, or paste the text. "
                    "It is looked at in your browser and goes nowhere."
                </p>
                <div class="author-files">
                    <label class="field">
                        <span class="field-label">"Files"</span>
                        <input
                            type="file"
                            multiple=true
                            accept=".json,.md,application/json"
                            on:change=move |event: leptos::ev::Event| files::read_chosen(&event, move |it| self.take_files(&it))
                        />
                    </label>
                    <label class="field">
                        <span class="field-label">"A folder"</span>
                        <input
                            type="file"
                            multiple=true
                            {..custom_attribute("webkitdirectory", "true")}
                            on:change=move |event: leptos::ev::Event| files::read_chosen(&event, move |it| self.take_files(&it))
                        />
                    </label>
                </div>
                <div class="button-row">
                    // What somebody has written is not written over. The button stays for as long as the page: what it
                    // begins goes on behind it.
                    <button
                        type="button"
                        class="button primary"
                        hidden=live::flag(move || self.text.with(|it| !it.trim().is_empty()))
                        on:click=move |_| self.begin()
                    >
                        "Begin with a small course"
                    </button>
                    {location::book()
                        .map(|book| {
                            let guide = format!("{}{GUIDE}", book.trim_end_matches("index.html"));
                            view! { <a href=guide>"How to write lessons"</a> }
                        })}
                </div>
                <label class="field">
                    <span class="field-label">"The course as one text"</span>
                    <textarea
                        id=TEXT_ID
                        class="input mono author-text"
                        rows="12"
                        spellcheck="false"
                        autocomplete="off"
                        prop:value=live::text(move || self.text.get())
                        on:input:target=move |event| on_input(event.target().value())
                    ></textarea>
                </label>
                <div role="status">
                    {live::maybe(move || {
                        (!self.is_kept.get())
                            .then(|| {
                                view! { <p class="notice">"This browser does not let the tab keep this text: it is gone when the page is loaded anew. Save it as a file, or copy it."</p> }
                            })
                    })}
                </div>
                <div aria-live="polite">
                    {live::maybe(move || {
                        let said = self.said.get();
                        (!said.is_empty()).then(|| view! { <p class="refused" role="alert">{words(&said)}</p> })
                    })}
                </div>
                {live::part(move || match self.read.get().as_ref() {
                    Read::Nothing => view! { <p class="field-help">"Nothing to look at yet."</p> }.into_any(),
                    Read::Refused { message, help, at } => {
                        view! {
                            <Refused message=message.clone() help=*help />
                            {at.map(|at| self.way_to(at))}
                        }
                        .into_any()
                    }
                    Read::Course(course) => self.course(course),
                })}
            </div>
        }
        .into_any()
    }

    /// A text area shows no numbers of lines: the way to a place in it.
    fn way_to(self, at: Position) -> AnyView {
        let go = move |_| {
            let (start, end) = self.text.with_untracked(|it| rest_of_line(it, at));
            focus::select_in(TEXT_ID, start, end);
        };
        view! {
            <button type="button" class="button small" on:click=go>
                {format!("Go to line {}", at.line)}
            </button>
        }
        .into_any()
    }

    fn course(self, course: &Arc<Course>) -> AnyView {
        let open = move |route: Route| {
            move |_| {
                self.desk.learning.give(self.text.get_untracked());
                location::go(&route);
            }
        };
        let name = format!("{}.json", course.sheet.id);
        let save = move |_| download::text(&name, "application/json", &self.text.get_untracked());
        let lessons = course.lessons.iter().enumerate();
        let lessons = lessons
            .map(|(idx, it)| self.lesson(idx + 1, it))
            .collect_view();
        view! {
            <h2>{course.sheet.title.clone()}</h2>
            <p>{words(&course.sheet.about)}</p>
            {self.findings(course.lessons.len())}
            <div class="button-row">
                <button type="button" class="button primary" on:click=open(Route::Learn)>
                    "Open the course"
                </button>
                <button type="button" class="button" on:click=open(Route::Teach)>
                    "Open it for teaching"
                </button>
                <button type="button" class="button" on:click=save>
                    "Save as file"
                </button>
            </div>
            {self.link()}
            <h2>"Lessons"</h2>
            <ol class="author-lessons">{lessons}</ol>
        }
        .into_any()
    }

    /// A lesson with its text as people will see it, to be opened whatever comes before it.
    fn lesson(self, number: usize, it: &lesson::Lesson) -> AnyView {
        let route = Route::Lesson(it.sheet.id.clone());
        let preview = move |_| {
            let settings = Settings {
                order: Order::Free,
                ..Settings::default()
            };
            let text = self
                .text
                .with_untracked(|it| lesson::with_settings(it, &settings));
            if let Some(text) = text {
                self.desk.learning.look_at(text);
                location::go(&route);
            }
        };
        view! {
            <li>
                <h3>{format!("{number} {}", it.sheet.title)}</h3>
                <p>{words(&it.sheet.idea)}</p>
                <div class="teach-text">{markdown(&it.text, &[])}</div>
                <button type="button" class="button small" aria-label=format!("Preview {}", it.sheet.title) on:click=preview>
                    "Preview"
                </button>
            </li>
        }
        .into_any()
    }

    fn findings(self, n_lessons: usize) -> AnyView {
        let head = move || {
            let it = self.looked.get();
            match (it.is_done, it.findings.len()) {
                (false, _) => format!("Looked at {} of {n_lessons} lessons …", it.n_lessons),
                (true, 0) => "Nothing is wrong: every start misses a goal, every solution meets all, each wrong answer is told.".to_owned(),
                (true, 1) => "1 finding".to_owned(),
                (true, n) => format!("{n} findings"),
            }
        };
        let list = move || {
            let it = self.looked.get();
            let n_more = it.findings.len().saturating_sub(MAX_FINDINGS);
            let items = it.findings.iter().take(MAX_FINDINGS);
            let items = items
                .map(|it| view! { <li>{words(it)}</li> })
                .collect_view();
            view! {
                <ul class="author-findings" aria-label="Findings of the course">{items}</ul>
                {(n_more > 0).then(|| view! { <p>{format!("… and {n_more} more.")}</p> })}
            }
        };
        view! {
            <p role="status"><strong>{live::text(head)}</strong></p>
            {live::part(list)}
        }
        .into_any()
    }

    /// The link, where the course is short enough for one.
    fn link(self) -> AnyView {
        let packed = self.text.with_untracked(|it| lesson::encode(it));
        match packed {
            Ok(it) => {
                let link = location::link(&Route::Course(it).address());
                handed_out(
                    Signal::stored(link),
                    "author-link",
                    "the course",
                    RwSignal::new(Copied::NotYet),
                    true,
                )
            }
            Err(error) => {
                view! { <p>{words(&format!("{}: {}.", error.message(), error.help()))}</p> }
                    .into_any()
            }
        }
    }
}

fn said(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_wrong_with_the_course_to_begin_with() {
        let Read::Course(course) = Read::of(TEMPLATE) else {
            panic!("it is no course");
        };
        let lessons = course.lessons.iter();
        let mut findings = lesson::check_plan(&course);
        findings.extend(lessons.flat_map(lesson::check_lesson));
        assert_eq!(said(findings), Vec::<String>::new());
        assert!(lesson::encode(TEMPLATE).is_ok(), "it fits into a link");
    }
}
