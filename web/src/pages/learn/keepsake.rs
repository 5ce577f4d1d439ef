//! What becomes of one's progress: taken along as a file, put together with another, thrown away.
//!
//! Invariant: a file that cannot be read changes nothing, and nothing is thrown away without being asked.

use leptos::prelude::*;
use rolewalk_core::lesson::Progress;

use crate::{
    browser::{
        download,
        files::{self, Files},
    },
    components::{dialog::Dialog, live},
    pages::learn::Desk,
    state::{course::Learning, session::Unsaved, signal::RwSignal},
};

/// The buttons, and what came of them.
#[component]
pub(crate) fn Keepsake(desk: Desk, course: String) -> impl IntoView {
    let learning = desk.learning;
    let said = RwSignal::new(None::<String>);
    let reset = Dialog::new("ask-reset");
    let export = move |_| {
        let json = learning.progress_untracked().to_json();
        download::text("rolewalk-progress.json", "application/json", &json);
    };
    let import = move |event: leptos::ev::Event| {
        files::read_chosen(&event, move |files| {
            said.set(Some(imported(learning, &files)));
        });
    };
    let course = StoredValue::new(course);
    let question = move || {
        view! {
            <div class="ask">
                <p>"Throw away what you have solved and written in this course?"</p>
                <p class="field-help">"Your own scenario in the playground stays. There is no undo: export first, where you are not sure."</p>
                <div class="button-row">
                    <button
                        type="button"
                        class="button danger"
                        on:click=move |_| {
                            reset.close();
                            let course = course.get_value();
                            learning.advance(|it| it.reset(&course));
                            learning.keep(|it| it.forget_course(&course));
                            said.set(Some("The course begins anew.".to_owned()));
                        }
                    >
                        "Throw away"
                    </button>
                    <button type="button" class="button" on:click=move |_| reset.close()>
                        "Keep"
                    </button>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="course-part keepsake">
            <h2>"Your progress"</h2>
            <p>{live::text(move || kept(desk.unsaved.get()).to_owned())}</p>
            <div class="button-row">
                <button type="button" class="button" on:click=export>
                    "Export"
                </button>
                <label class="button">
                    "Import …"
                    <input class="visually-hidden" type="file" accept=".json,application/json" on:change=import />
                </label>
                <button type="button" class="button" on:click=move |_| reset.open()>
                    "Reset …"
                </button>
            </div>
            <p class="keepsake-said" role="status">{live::text(move || said.get().unwrap_or_default())}</p>
            {reset.view("Reset", question)}
        </section>
    }
}

/// Where progress is kept, and what to do where it is not.
fn kept(unsaved: Unsaved) -> &'static str {
    if unsaved.is_all() {
        "This browser does not keep it: export it before you close the page, and import it next time."
    } else {
        "It is kept in this browser and nowhere else."
    }
}

/// Puts what was chosen together with what is there; a sentence about it.
fn imported(learning: Learning, files: &Files) -> String {
    let Some(input) = files.inputs.first() else {
        return "This file could not be read.".to_owned();
    };
    let read = Progress::from_json(&input.text);
    match read.and_then(|theirs| learning.progress_untracked().with(&theirs)) {
        Ok(both) => {
            learning.advance(|it| *it = both);
            "What the file has solved is put together with yours.".to_owned()
        }
        Err(error) => {
            let sentence = crate::view::markup::capitalised(&error.to_string());
            format!("{sentence}. Nothing was changed.")
        }
    }
}
