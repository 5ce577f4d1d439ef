//! A challenge: a message, the door behind it, and the repair, in the workbench.
//!
//! Made of the library of misconfigurations, which is fetched first. Invariant: the address says everything that a
//! challenge follows from, so a link to it is the same challenge elsewhere.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    lesson::{Challenge, Course, Seed, challenge, challenge_order},
    scenario::{self, CheckOutcome, Scenario},
};
use rolewalk_lessons::add_aws_managed_policies;

use crate::{
    browser::{clock::Pause, focus, location::Route, look},
    components::{
        lesson::{
            bar::LessonBar,
            challenge::{ChallengePanel, ChallengeWords},
            compare::comparison,
        },
        live,
        managed::ManagedDialog,
        who::WhoDialog,
    },
    pages::{
        learn::{
            Desk,
            dialogs::Dialogs,
            frame::{all_lessons, frame, with_course},
            locked::{self, ways_past},
        },
        workbench::{self, Workbench},
    },
    state::{
        app_state::{AppState, Guard},
        document::Document,
        learned::challenges_key,
        lesson::KEEP_AFTER_MS,
        session::Tab,
        shelf,
        signal::{RwSignal, Signal, memo},
    },
};

const PAST: locked::Words = locked::Words {
    open: "Open them anyway",
    hint: "If you know IAM and SageMaker already, open them: nothing is lost, and the lessons stay where they are.",
};

/// The page.
pub(crate) fn challenge_page(seed: u64, number: usize, desk: Desk) -> AnyView {
    let shelf = desk.own.shelf;
    shelf::fetch(shelf, || ());
    with_course(desk, move |course| {
        let is_open = course.are_challenges_open(&desk.learning.progress_untracked());
        let has_any = course.sheet.challenges.is_some();
        let is_wanted = desk.learning.wants_challenges;
        // Only what there is to say makes the page anew.
        let says = memo(move || shelf.with(shelf::Shelf::says));
        live::part(move || {
            if is_open || has_any && is_wanted.get() {
                match says.get() {
                    Some(sentence) => said(sentence, desk),
                    None => untrack(|| begun(&course, seed, number, desk)),
                }
            } else {
                locked(&course, desk)
            }
        })
    })
}

fn locked(course: &Course, desk: Desk) -> AnyView {
    look::title("Challenges");
    let after = course.sheet.challenges.as_ref();
    let after = after.and_then(|it| course.lesson(&it.after));
    let after = after.map(|it| {
        let address = Route::Lesson(it.sheet.id.clone()).address();
        let is_wanted = desk.learning.wants_challenges;
        let open = Callback::new(move |()| {
            is_wanted.set(true);
            focus::focus("lesson-title".to_owned());
        });
        view! {
            <p>"The challenges open when you have solved "<a href=address>{it.sheet.title.clone()}</a>"."</p>
            {ways_past(None, &PAST, open)}
        }
    });
    let none = after.is_none().then(|| {
        view! {
            <p>"This course has no challenges."</p>
            <p>{all_lessons()}</p>
        }
    });
    let content = view! {
        <h1>"Challenges"</h1>
        {after}
        {none}
    };
    frame(desk, content.into_any())
}

fn said(sentence: String, desk: Desk) -> AnyView {
    let shelf = desk.own.shelf;
    let content = view! {
        <div class="empty" role="status">
            <p>{sentence}</p>
            <p>{all_lessons()}</p>
            <button type="button" class="button" on:click=move |_| shelf::fetch(shelf, || ())>
                "Try again"
            </button>
        </div>
    };
    frame(desk, content.into_any())
}

fn begun(course: &Course, seed: u64, number: usize, desk: Desk) -> AnyView {
    let made = made(course, seed, number, desk);
    let next = Route::Challenge {
        seed,
        number: number.saturating_add(1),
    };
    // Of challenges only the newest is kept: their number has no end.
    let all = challenges_key(&course.sheet.id);
    let keys = WorkKeys {
        own: format!("{all}{seed}:{number}"),
        all,
    };
    match made {
        Some((challenge, place)) => opened(challenge, place, keys, &next, course, desk),
        None => said_with_next("This challenge cannot be made.", &next, desk),
    }
}

fn said_with_next(sentence: &'static str, next: &Route, desk: Desk) -> AnyView {
    let content = view! {
        <h1>"Challenges"</h1>
        <p>{sentence}</p>
        <p><a href=next.address()>"Another one"</a></p>
    };
    frame(desk, content.into_any())
}

fn made(course: &Course, seed: u64, number: usize, desk: Desk) -> Option<(Challenge, String)> {
    let challenges = course.sheet.challenges.as_ref()?;
    let library = desk.own.shelf.with_untracked(|it| it.library().cloned())?;
    let order = challenge_order(challenges, Seed(seed));
    let n = order.len();
    // Behind the last comes the first, under other names.
    let idx = number.checked_sub(1)?.checked_rem(n)?;
    let names = Seed(seed.wrapping_add(u64::try_from(number).unwrap_or_default()));
    let complete = |it: &mut Scenario| add_aws_managed_policies(&mut it.world);
    let challenge = challenge(&library, order.get(idx)?, names, &complete)?;
    Some((
        challenge,
        format!("Challenge {} of {n}, set {seed}", idx + 1),
    ))
}

/// Where the work on a challenge is kept.
struct WorkKeys {
    own: String,
    /// What the keys of all challenges begin with.
    all: String,
}

fn opened(
    challenge: Challenge,
    place: String,
    keys: WorkKeys,
    next: &Route,
    course: &Course,
    desk: Desk,
) -> AnyView {
    look::title("Find the door");
    let kept = desk.learning.work(&keys.own).and_then(Result::ok);
    // Whoever began to mend it had found the door.
    let is_begun = kept.is_some();
    let scenario = kept.unwrap_or_else(|| challenge.scenario.clone());
    let document = Document::new(scenario, challenge.slug.clone());
    let guard: Guard = Arc::new(|_, _, _| None);
    let state = AppState::of_lesson(document, guard, desk.own);
    state.session.tab.set(Tab::Lesson);
    desk.learning.open.set_value(Some(state));

    let words_of = ChallengeWords {
        place,
        message: challenge.message.clone(),
        doors: challenge.doors.clone(),
        answer: challenge.answer,
        because: challenge.because.clone(),
        next: next.address(),
    };
    let answer = challenge.answer;
    let picked = RwSignal::new(Vec::from_iter(is_begun.then_some(answer)));
    let is_through = RwSignal::new(false);
    let opens = RwSignal::new(None);
    let is_found = memo(move || picked.with(|it: &Vec<_>| it.contains(&answer)));
    let is_mended = memo(move || is_found.get() && is_through.get() && opens.with(Option::is_none));
    let challenge = StoredValue::new(challenge);
    judge(state, challenge, is_through, opens);
    keep(state, challenge, keys, is_found, desk);
    let id = course.sheet.id.clone();
    Effect::new(move |_| {
        if is_mended.get() {
            let slug = challenge.with_value(|it| it.slug.clone());
            desk.learning.advance(|it| it.solve_challenge(&id, &slug));
        }
    });

    let dialogs = Dialogs::new(
        state,
        Arc::new(challenge.with_value(|it| it.scenario.clone())),
        "Begin this challenge again, with the world as it was given?",
        move |scenario| {
            challenge
                .with_value(|it| comparison(it.compare(scenario), &it.because, &scenario.world))
        },
    );
    let panel = view! {
        <ChallengePanel
            words_of
            picked
            is_through
            opens
            is_mended
            show_solution=Callback::new(move |asks| dialogs.show_solution(asks))
            start_over=Callback::new(move |()| dialogs.ask_to_start_over())
        />
    };
    let top = view! {
        <LessonBar
            title="Find the door".to_owned()
            course=course.sheet.title.clone()
            before=None
            behind=Some((next.address(), "Another challenge".to_owned()))
            undo=(state.undo_label, Callback::new(move |()| state.undo()))
            redo=(state.redo_label, Callback::new(move |()| state.redo()))
            theme=state.session.theme
        />
    };
    let strip = view! {
        <button type="button" class="lesson-strip" on:click=move |_| state.session.tab.set(Tab::Lesson)>
            {live::text(move || {
                let words = if is_mended.get() {
                    "Mended"
                } else if is_found.get() {
                    "The door is found: mend it"
                } else {
                    "Which door is shut?"
                };
                words.to_owned()
            })}
        </button>
    };
    let lesson = workbench::Lesson {
        locks: None,
        is_covered: memo(move || !is_found.get()),
    };
    view! {
        <Workbench
            state
            unsaved=desk.unsaved
            notice=desk.learning.notice
            managed=ManagedDialog::new(state.scenario, state.reference)
            who=WhoDialog::new(state.shown, state.session.tab)
            lesson=Some(lesson)
            top=top.into_any()
            scene=strip.into_any()
            panel=panel.into_any()
            dialogs=dialogs.view()
        />
    }
    .into_any()
}

/// Keeps what was written a moment after each edit, once the door is found: whoever comes back before that has the
/// whole question again.
fn keep(
    state: AppState,
    challenge: StoredValue<Challenge>,
    WorkKeys { own, all }: WorkKeys,
    is_found: Signal<bool>,
    desk: Desk,
) {
    let keeping = Pause::here();
    let keep = Callback::new(move |()| {
        keeping.forget();
        let (Some(scenario), Some(true)) = (state.scenario.get_if_there(), is_found.get_if_there())
        else {
            return;
        };
        challenge.try_with_value(|it| {
            let stays = |other: &str| !other.starts_with(&all);
            desk.learning
                .keep_work(own.clone(), &it.scenario, &scenario, stays);
        });
    });
    Effect::new(move |before: Option<()>| {
        state.scenario.track();
        is_found.track();
        if before.is_some() {
            keeping.wait(KEEP_AFTER_MS, move || keep.run(()));
        }
    });
    desk.learning.before_leaving.set_value(Some(keep));
}

/// Whether the one who asked gets through, and what is opened besides, a moment after each edit; whatever else somebody
/// tries in the meantime.
fn judge(
    state: AppState,
    challenge: StoredValue<Challenge>,
    is_through: RwSignal<bool>,
    opens: RwSignal<Option<String>>,
) {
    let judging = Pause::here();
    Effect::new(move |_| {
        state.scenario.track();
        judging.wait(0, move || {
            let (Some(scenario), Some(documents)) = (
                state.scenario.get_if_there(),
                state.documents.get_if_there(),
            ) else {
                return;
            };
            let (passes, opened) = challenge.with_value(|it| {
                let tried = Scenario {
                    choice: it.scenario.choice.clone(),
                    ..Scenario::clone(&scenario)
                };
                let outcome = scenario::run_parsed(&tried, &documents, &it.goal);
                let passes = matches!(outcome, CheckOutcome::Passed { .. });
                // Before that, it is not the matter.
                let opened = passes.then(|| it.opens(&tried, &documents)).flatten();
                (passes, opened)
            });
            opens.set_if_there(opened);
            is_through.set_if_there(passes);
        });
    });
}
