//! A lesson: the workbench with a scenario of the lesson's own, parts of it locked, and the goals beside it.
//!
//! Brings the state, the sitting and the components together. Invariant: nothing here writes to the visitor's own
//! scenario, so leaving a lesson gives it back as it was.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    lesson::{Course, Lesson, Openness},
    scenario::Scenario,
    world::{Thing, World},
};

use crate::{
    browser::{clock::Pause, focus, location::Route, look},
    components::{
        lesson::{Deeds, LessonPanel, Ways, bar::LessonBar, compare::comparison, goals},
        live,
        managed::ManagedDialog,
        who::WhoDialog,
        words::words,
    },
    pages::{
        learn::{
            Desk,
            dialogs::Dialogs,
            frame::{frame, no_such_lesson, with_course},
            locked::{self, ways_past},
        },
        workbench::{self, Workbench},
    },
    state::{
        app_state::{AppState, Guard},
        document::Document,
        edit::{ChoiceField, Edit, Target},
        lesson::{Given, Sitting},
        lock::Locks,
        selection::Selection,
        session::{Notice, Tab},
        signal::{RwSignal, memo},
    },
    view::{goal, markup},
};

/// Goals are judged once the frame of the edit is drawn: for the longest lesson that takes some milliseconds.
const JUDGE_AFTER_MS: u32 = 30;

const PAST: locked::Words = locked::Words {
    open: "Open it anyway",
    hint: "If you know IAM and SageMaker already, open it: nothing is lost, and the lessons before it stay where they are.",
};

/// The page. `id` is a lesson's, or a lesson's and a ticket's with a slash between.
pub(crate) fn lesson_page(id: String, desk: Desk) -> AnyView {
    with_course(desk, move |course| {
        let (lesson, ticket) = match id.split_once('/') {
            Some((lesson, ticket)) => (lesson, Some(ticket)),
            None => (id.as_str(), None),
        };
        let Some(found) = course.lesson(lesson) else {
            return no_such_lesson(desk, &course);
        };
        let ticket = ticket.map(str::to_owned);
        let ticket = ticket.or_else(|| first_ticket(&course, found, desk));
        let given = Given::of(Arc::clone(&course), lesson, ticket.as_deref());
        let of_course = Arc::clone(&course);
        let show = move || {
            let view = given.clone().and_then(|it| opened(it, desk));
            view.unwrap_or_else(|| no_such_lesson(desk, &of_course))
        };
        let is_wanted = RwSignal::new(false);
        match waiting(&course, found, desk, is_wanted) {
            None => show(),
            // What the lesson reads of the page does not make it anew.
            Some(waiting) => live::part(move || {
                if is_wanted.get() {
                    untrack(&show)
                } else {
                    waiting()
                }
            }),
        }
    })
}

/// The ticket to begin with: the first that is not solved.
fn first_ticket(course: &Course, lesson: &Lesson, desk: Desk) -> Option<String> {
    let progress = desk.learning.progress_untracked();
    let done = progress.lesson(&course.sheet.id, &lesson.sheet.id);
    let is_left = |id: &str| done.is_none_or(|it| !it.tickets.contains(id));
    let mut tickets = lesson.sheet.tickets.iter().map(|it| it.id.as_str());
    let first = tickets.clone().find(|it| is_left(it));
    first.or_else(|| tickets.next()).map(str::to_owned)
}

/// What is shown in place of a lesson that comes later in the course, for whoever has followed a link to it: what comes
/// before, where to begin, and a way in for those who know all that. Once begun, it is open.
fn waiting(
    course: &Arc<Course>,
    lesson: &Lesson,
    desk: Desk,
    is_wanted: RwSignal<bool>,
) -> Option<impl Fn() -> AnyView + Send + 'static> {
    let progress = desk.learning.progress_untracked();
    let (course_id, id) = (&course.sheet.id, &lesson.sheet.id);
    if course.is_open(lesson, &progress) || progress.lesson(course_id, id).is_some() {
        return None;
    }
    let id = id.clone();
    let course = Arc::clone(course);
    Some(move || {
        let Some(lesson) = course.lesson(&id) else {
            return no_such_lesson(desk, &course);
        };
        look::title(&lesson.sheet.title);
        let before = course.before(lesson, &progress);
        let first = before.iter().find(|it| course.is_open(it, &progress));
        let begin = first.map(|it| {
            let address = Route::Lesson(it.sheet.id.clone()).address();
            let label = format!("Begin with “{}”", it.sheet.title);
            view! { <a class="button primary large" href=address>{label}</a> }.into_any()
        });
        let minutes: u32 = before.iter().map(|it| it.sheet.minutes).sum();
        let what = match before.len() {
            1 => format!("One lesson comes before this one, some {minutes} minutes:"),
            n => format!("{n} lessons come before this one, some {minutes} minutes in all:"),
        };
        let rows = before.iter().map(|it| {
            let title = it.sheet.title.clone();
            let title = if course.is_open(it, &progress) {
                let address = Route::Lesson(it.sheet.id.clone()).address();
                view! { <a class="before-title" href=address>{title}</a> }.into_any()
            } else {
                view! { <span class="before-title">{title}</span> }.into_any()
            };
            view! { <li>{title}" "<span class="before-about">{words(&it.sheet.idea)}</span></li> }
        });
        let content = view! {
            <h1>{lesson.sheet.title.clone()}</h1>
            <p class="lesson-lede">{words(&lesson.sheet.idea)}</p>
            <p>"Each lesson builds on those before it, so this one is not open yet. "{what}</p>
            <ol class="lessons-before">{rows.collect_view()}</ol>
            {ways_past(begin, &PAST, Callback::new(move |()| is_wanted.set(true)))}
        };
        frame(desk, content.into_any())
    })
}

fn opened(given: Given, desk: Desk) -> Option<AnyView> {
    let lesson = given.lesson()?;
    let learning = desk.learning;
    let (scenario, is_older) = given.opening(learning);
    let is_begun = scenario.world != given.start.world;
    // Where a ticket's fault lies is for whoever opens it to find.
    let selection = if given.ticket().is_some() {
        Some(Selection::Entity(Thing::Account.into()))
    } else {
        to_edit(lesson, &scenario.world)
    };
    let document = Document::new(scenario, lesson.sheet.id.clone());
    let state = AppState::of_lesson(document, guard(given.clone()), desk.own);
    if let Some(selection) = selection {
        state.session.selection.set(selection);
    }
    state.session.tab.set(Tab::Lesson);
    let title = lesson.sheet.title.clone();
    look::title(&title);
    let sitting = Sitting::new(given.clone(), learning, is_begun);
    sitting.begin();
    learning.open.set_value(Some(state));
    judge_and_keep(state, sitting, desk);
    let notice = if is_older {
        RwSignal::new(Some(Notice::OlderWork))
    } else {
        learning.notice
    };

    let top = bar(&given, state, title);
    let dialogs = Dialogs::new(
        state,
        Arc::clone(&given.start),
        "Begin this lesson again, with the world as it was given?",
        move |scenario| {
            let view = sitting.exercise(|it| {
                comparison(it.compare(scenario), &it.solution.because, &scenario.world)
            });
            view.into_any()
        },
    );
    let shown_goal = memo(move || {
        let choice = state.scenario.with(|it| it.choice.clone());
        let place = sitting.read(|given, lesson| {
            let mut goals = lesson.sheet.goals.iter();
            goals.position(|it| goal::walk(it, &given.start).as_ref() == Some(&choice))
        });
        place.flatten()
    });
    let flow = workbench::flow_state(state);
    let deeds = Deeds {
        show_goal: Callback::new(move |idx| {
            show_goal(state, sitting, idx);
            if let Some(door) = state.blocked.get_untracked() {
                flow.go_to(door);
            }
        }),
        start_over: Callback::new(move |()| dialogs.ask_to_start_over()),
        show_solution: Callback::new(move |asks| dialogs.show_solution(asks)),
    };
    // On a narrow screen the lesson is one of several tabs, and its text is longer than the screen.
    Effect::new(move |before: Option<Tab>| {
        let tab = state.session.tab.get();
        let is_back = tab == Tab::Lesson && before.is_some_and(|it| it != tab);
        let is_told =
            || sitting.is_solved.get_untracked() || untrack(|| goals::is_something_said(sitting));
        if is_back && is_told() {
            goals::reveal(sitting);
        }
        tab
    });
    let panel = view! { <LessonPanel sitting shown_goal ways=ways(&given, desk) deeds /> };
    let lesson = workbench::Lesson {
        locks: Some(locks(given, state)),
        is_covered: sitting.is_covered,
    };
    let view = view! {
        <Workbench
            state
            unsaved=desk.unsaved
            notice
            managed=ManagedDialog::new(state.scenario, state.reference)
            who=WhoDialog::new(state.shown, state.session.tab)
            lesson=Some(lesson)
            top
            scene=goals_strip(state, sitting)
            panel=panel.into_any()
            dialogs=dialogs.view()
        />
    };
    focus::focus("lesson-title".to_owned());
    Some(view.into_any())
}

/// How many goals are met, on a narrow screen where the panel is one of several tabs.
fn goals_strip(state: AppState, sitting: Sitting) -> AnyView {
    let words = memo(move || {
        if sitting.is_solved.get() {
            return "Solved".to_owned();
        }
        let outcome = sitting.outcome.get().filter(|_| !sitting.is_covered.get());
        let rows = sitting.read(|_, it| goal::rows(&it.sheet.goals, &it.start, outcome.as_deref()));
        let count = goal::count(&rows.unwrap_or_default());
        // What is said of the answer lies in another tab: without a word here nobody would look.
        if goals::is_something_said(sitting) {
            format!("Goals {count}. See what is said of it.")
        } else {
            format!("Goals {count}")
        }
    });
    view! {
        <button
            type="button"
            class="lesson-strip"
            class:is-solved=live::flag(move || sitting.is_solved.get())
            on:click=move |_| {
                state.session.tab.set(Tab::Lesson);
                goals::reveal(sitting);
            }
        >
            {live::text(move || words.get())}
        </button>
    }
    .into_any()
}

fn bar(given: &Given, state: AppState, title: String) -> AnyView {
    let way = |it: &Lesson| {
        (
            Route::Lesson(it.sheet.id.clone()).address(),
            it.sheet.title.clone(),
        )
    };
    let lessons = &given.course.lessons;
    let before = given.number().checked_sub(2).and_then(|it| lessons.get(it));
    view! {
        <LessonBar
            title
            course=given.course.sheet.title.clone()
            before=before.map(way)
            behind=given.next().map(way)
            undo=(state.undo_label, Callback::new(move |()| state.undo()))
            redo=(state.redo_label, Callback::new(move |()| state.redo()))
            theme=state.session.theme
        />
    }
    .into_any()
}

/// Where the panel's links lead: to the next ticket that is left, else to the next lesson.
fn ways(given: &Given, desk: Desk) -> Ways {
    let all = (Route::Learn.address(), "All lessons".to_owned());
    let Some(lesson) = given.lesson() else {
        return Ways {
            next: all,
            tickets: Vec::new(),
            here: String::new(),
        };
    };
    let progress = desk.learning.progress_untracked();
    let done = progress.lesson(&given.course.sheet.id, &lesson.sheet.id);
    let address = |ticket: &str| Route::Lesson(format!("{}/{ticket}", lesson.sheet.id)).address();
    let own = given.ticket().map(|it| it.id.as_str());
    let tickets: Vec<_> = lesson
        .sheet
        .tickets
        .iter()
        .enumerate()
        .map(|(idx, it)| {
            let is_solved = done.is_some_and(|done| done.tickets.contains(&it.id));
            (address(&it.id), format!("Ticket {}", idx + 1), is_solved)
        })
        .collect();
    let here = own.map(address).unwrap_or_default();
    let next_ticket = tickets.iter().find(|it| !it.2 && it.0 != here);
    let next = match (next_ticket, given.next()) {
        (Some(ticket), _) => (ticket.0.clone(), format!("Next: {}", ticket.1)),
        (None, Some(next)) => (
            Route::Lesson(next.sheet.id.clone()).address(),
            "Next lesson".to_owned(),
        ),
        (None, None) => all,
    };
    Ways {
        next,
        tickets,
        here,
    }
}

/// Says what each state comes to a moment after the edit, and keeps what was written.
fn judge_and_keep(state: AppState, sitting: Sitting, desk: Desk) {
    let keep = move || {
        if let Some(scenario) = state.scenario.get_if_there() {
            sitting.keep(&scenario);
        }
    };
    let judging = Pause::here();
    Effect::new(move |before: Option<()>| {
        let scenario = state.scenario.get();
        // The score tells of AWS's actions once their list is here.
        state.reference.catalogue().track();
        judging.wait(JUDGE_AFTER_MS, move || {
            if let (Some(scenario), Some(documents)) = (
                state.scenario.get_if_there(),
                state.documents.get_if_there(),
            ) {
                sitting.judge(&scenario, &documents, state.reference);
            }
        });
        if before.is_some() {
            sitting.keep_later(scenario);
        }
    });
    desk.learning
        .before_leaving
        .set_value(Some(Callback::new(move |()| keep())));
}

/// Walks what a goal is about: the choice is free, and can be taken back.
fn show_goal(state: AppState, sitting: Sitting, idx: usize) {
    let choice = sitting.read(|given, lesson| {
        let goal = lesson.sheet.goals.get(idx)?;
        goal::walk(goal, &given.start)
    });
    if let Some(choice) = choice.flatten() {
        let target = Target::Choice(ChoiceField::Workload);
        let _ = state.edit(Edit::new(target, move |it| it.choice = choice));
        state.session.tab.set(Tab::Flow);
    }
}

/// What is open at first: the first text that is to be edited, else the first thing.
fn to_edit(lesson: &Lesson, world: &World) -> Option<Selection> {
    let mut documents = world.documents().into_iter();
    let document = documents.find(|it| lesson.opens(&it.0));
    let domain = || {
        let mut domains = world.home.domains.iter();
        domains.find_map(|it| {
            let id = Thing::Domain {
                id: it.domain_id.clone(),
            };
            let id = id.into();
            (lesson.openness(&id, world) == Openness::Open).then_some(Selection::Entity(id))
        })
    };
    // A lesson that opens a domain is about that domain, and not about a policy besides.
    domain().or_else(|| document.map(|it| Selection::Document(it.0)))
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
            let said = format!("{}: {}.", refusal.message(), refusal.instead());
            Some(markup::capitalised(&said))
        },
    )
}

fn locks(given: Given, state: AppState) -> Locks {
    let of_parts = given.clone();
    let openness = move |selection: &Selection| {
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
    };
    let parts = move |selection: &Selection| match (of_parts.lesson(), selection) {
        (Some(lesson), Selection::Entity(id)) => state
            .scenario
            .with_untracked(|it| lesson.open_parts(id, &it.world)),
        _ => Vec::new(),
    };
    Locks::new(openness, parts)
}
