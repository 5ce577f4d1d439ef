//! What should be so: a list that turns green as one types, and the one thing to look at.
//!
//! Invariant: the rows stay where they are, whatever becomes of them.

use leptos::prelude::*;

use crate::{
    browser::focus,
    components::{
        icon,
        lesson::{Deeds, solved::SOLVED},
        live,
        words::words,
    },
    state::{
        lesson::Sitting,
        signal::{Signal, memo},
    },
    view::{
        goal::{self, GoalRow, Standing},
        icon::Icon,
    },
};

/// The list, with what is said of the answer.
const GOALS: &str = "lesson-goals";

/// Scrolls so that what the answer comes to is in sight: that it is solved, else the goals.
pub(crate) fn reveal(sitting: Sitting) {
    let id = if sitting.is_solved.get_untracked() {
        SOLVED
    } else {
        GOALS
    };
    focus::reveal(id.to_owned());
}

/// The list, and what there is to say of the answer.
#[component]
pub(crate) fn Goals(
    sitting: Sitting,
    shown_goal: Signal<Option<usize>>,
    deeds: Deeds,
) -> impl IntoView {
    let rows = memo(move || {
        let outcome = sitting.outcome.get();
        let is_covered = sitting.is_covered.get();
        // Until somebody has guessed, goals tell nothing of what the walk comes to.
        let outcome = outcome.filter(|_| !is_covered);
        let rows = sitting.read(|_, it| goal::rows(&it.sheet.goals, &it.start, outcome.as_deref()));
        rows.unwrap_or_default()
    });
    let n_rows = rows.with_untracked(Vec::len);
    let can_show = move |idx: usize| {
        let walk = sitting.read(|given, lesson| {
            let goal = lesson.sheet.goals.get(idx)?;
            goal::walk(goal, &given.start)
        });
        walk.flatten().is_some()
    };
    let list = (0..n_rows)
        .map(|idx| {
            let row = memo(move || rows.with(|it| it.get(idx).cloned()));
            let is_shown = memo(move || shown_goal.get() == Some(idx));
            goal_row(idx, row, is_shown, can_show(idx), deeds)
        })
        .collect_view();
    let count = move || rows.with(|it| goal::count(it));
    view! {
        <div
            id=GOALS
            class="goals told-place"
            class:is-stale=live::flag(move || sitting.is_broken.get())
            class:is-later=live::flag(move || sitting.is_covered.get())
        >
            <h2 class="goals-title">
                "Goals "
                <span class="goals-count">{live::text(count)}</span>
            </h2>
            <ol class="goals-list">{list}</ol>
            <div class="goals-said" aria-live="polite">{live::maybe(move || said(sitting))}</div>
        </div>
    }
}

fn goal_row(
    idx: usize,
    row: Signal<Option<GoalRow>>,
    is_shown: Signal<bool>,
    can_show: bool,
    deeds: Deeds,
) -> AnyView {
    let standing =
        memo(move || row.with(|it| it.as_ref().map_or(Standing::Unknown, |it| it.standing)));
    let text = row.with_untracked(|it| it.as_ref().map(|it| it.text.clone()).unwrap_or_default());
    let sign = move || {
        icon::icon(match standing.get() {
            Standing::Met => Icon::Check,
            Standing::First => Icon::Cross,
            Standing::Open | Standing::Unknown => Icon::Dash,
        })
    };
    let because = memo(move || row.with(|it| it.as_ref().and_then(|it| it.because.clone())));
    let words_of = text.clone();
    let label = view! {
        <span class="goal-text">{words(&text)}</span>
        <span class="visually-hidden">{live::text(move || format!(": {}", standing.get().word()))}</span>
    };
    let body = if can_show {
        view! {
            <button
                type="button"
                class="goal-button"
                title=format!("Show this walk: {}", words_of.replace('`', ""))
                aria-pressed=live::text(move || is_shown.get().to_string())
                on:click=move |_| deeds.show_goal.run(idx)
            >
                {label}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="goal-button is-fact">{label}</span> }.into_any()
    };
    let why = move || {
        because.get().map(|it| {
            view! { <p class="goal-because">{words(&it)}</p> }
        })
    };
    view! {
        <li class=live::text(move || format!("goal {}", standing.get().class()))>
            <span class="goal-sign">{live::part(sign)}</span>
            <div class="goal-body">
                {body}
                {live::maybe(why)}
            </div>
        </li>
    }
    .into_any()
}

/// Whether there is anything to say of an answer that can be read.
pub(crate) fn is_something_said(sitting: Sitting) -> bool {
    if sitting.is_broken.get() || sitting.is_solved.get() || sitting.is_covered.get() {
        return false;
    }
    sitting.wrong.get().is_some() || failed_probes(sitting).is_some()
}

/// What is tried besides the goals and is not so, once every goal is met; nothing where there is nothing.
fn failed_probes(sitting: Sitting) -> Option<Vec<String>> {
    let failed = sitting.outcome.with(|outcome| {
        let outcome = outcome.as_ref()?;
        sitting.read(|_, it| goal::failed_probes(&it.sheet.probes, outcome))
    });
    failed.filter(|it| !it.is_empty())
}

/// What there is to say of the answer as it stands: one thing at a time.
fn said(sitting: Sitting) -> Option<AnyView> {
    if sitting.is_broken.get() {
        let line = view! {
            <p class="said is-quiet">
                "A policy has errors, so goals stay as they were until it can be read again."
            </p>
        };
        return Some(line.into_any());
    }
    if sitting.is_solved.get() || sitting.is_covered.get() {
        return None;
    }
    let probes = failed_probes(sitting);
    let wrong = sitting.wrong.get();
    let feedback = wrong.and_then(|it| {
        let wrong =
            sitting.exercise(|exercise| exercise.wrong.get(it).map(|it| it.feedback.clone()));
        wrong.flatten()
    });
    if probes.is_none() && feedback.is_none() {
        return None;
    }
    let probes = probes.map(|all| {
        let item = |it: String| {
            view! {
                <li>
                    {icon::icon(Icon::Cross)}
                    <span>{words(&it)}<span class="visually-hidden">": not so"</span></span>
                </li>
            }
        };
        view! {
            <p>"Every goal is met. But this should be so, too:"</p>
            <ul class="probes">{all.into_iter().map(item).collect_view()}</ul>
        }
    });
    let line = view! {
        <div class="said">
            {probes}
            {feedback.map(|it| view! { <p class="feedback">{words(&it)}</p> })}
        </div>
    };
    Some(line.into_any())
}
