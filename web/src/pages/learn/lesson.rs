//! A lesson: the workbench with a scenario of the lesson's own, parts of it locked, and the goals beside it.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    lesson::{Course, Lesson, Openness},
    scenario::Scenario,
};

use crate::{
    components::{managed::ManagedDialog, top_bar::PlainBar},
    pages::{
        learn::{
            Desk,
            frame::{frame, with_course},
        },
        workbench::{self, Workbench},
    },
    state::{
        app_state::{AppState, Guard},
        document::Document,
        edit::Target,
        lock::Locks,
        selection::Selection,
        session::Tab,
        signal::{RwSignal, Signal},
    },
};

/// A lesson of a course, shared by whoever asks it something.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// The course.
    pub(crate) course: Arc<Course>,
    /// The place of the lesson in it.
    idx: usize,
}

impl Given {
    /// The lesson.
    pub(crate) fn lesson(&self) -> Option<&Lesson> {
        self.course.lessons.get(self.idx)
    }
}

/// The page.
pub(crate) fn lesson_page(id: String, desk: Desk) -> AnyView {
    with_course(desk, move |course| {
        let idx = course.lessons.iter().position(|it| it.sheet.id == id);
        let given = idx.map(|idx| Given { course, idx });
        given
            .and_then(|it| opened(it, desk))
            .unwrap_or_else(|| unknown(desk))
    })
}

fn unknown(desk: Desk) -> AnyView {
    let content = view! {
        <h1>"No such lesson"</h1>
        <p>"The address names a lesson that this course does not have. "<a href="#/learn">"All lessons"</a></p>
    };
    frame(desk, content.into_any())
}

fn opened(given: Given, desk: Desk) -> Option<AnyView> {
    let lesson = given.lesson()?;
    let origin = lesson.sheet.id.clone();
    let document = Document::new(lesson.start.clone(), origin);
    let state = AppState::of_lesson(document, guard(given.clone()), desk.own);
    state.session.tab.set(Tab::Lesson);
    desk.learning.open.set_value(Some(state));
    let managed = ManagedDialog::new(state.scenario, state.reference);
    let top = view! { <PlainBar theme=state.session.theme /> };
    let lesson = workbench::Lesson {
        locks: locks(given, state),
        is_covered: Signal::stored(false),
    };
    let view = view! {
        <Workbench
            state
            unsaved=desk.unsaved
            notice=RwSignal::new(None)
            managed
            lesson=Some(lesson)
            top=top.into_any()
            scene=().into_any()
            panel=().into_any()
            dialogs=().into_any()
        />
    };
    Some(view.into_any())
}

/// What the lesson says of edits. Typing into a text that is open is not looked at any further.
fn guard(given: Given) -> Guard {
    Arc::new(
        move |target: &Target, before: &Scenario, after: &Scenario| {
            let lesson = given.lesson()?;
            if let Target::Text(id) | Target::Rewrite(_, id) = target
                && lesson.opens(id)
            {
                return None;
            }
            let refusal = lesson.refusal(before, after)?;
            Some(format!("{}: {}.", refusal.message(), refusal.instead()))
        },
    )
}

fn locks(given: Given, state: AppState) -> Locks {
    Locks::new(move |selection| {
        let Some(lesson) = given.lesson() else {
            return Openness::Open;
        };
        match selection {
            Selection::Document(id) if lesson.opens(id) => Openness::Open,
            Selection::Document(_) => Openness::Locked,
            Selection::Entity(id) => state
                .scenario
                .with_untracked(|it| lesson.openness(id, &it.world)),
        }
    })
}
