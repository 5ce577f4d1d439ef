//! A challenge's panel: the message, the doors to choose from, then the repair.
//!
//! Invariant: which door is shut, and what is wrong, is not on the page before somebody has found it.

use leptos::prelude::*;
use rolewalk_core::{explain, flow::HopKind};

use crate::{
    browser::focus,
    components::{icon, live, words::words},
    state::signal::{RwSignal, Signal, memo},
    view::icon::Icon,
};

/// Where it is told whether that was the door.
const SAID: &str = "challenge-said";

/// What a challenge's panel shows.
#[derive(Clone, Debug)]
pub(crate) struct ChallengeWords {
    /// Which of how many.
    pub(crate) place: String,
    /// What somebody saw.
    pub(crate) message: String,
    /// The doors of the walk.
    pub(crate) doors: Vec<HopKind>,
    /// The one that is shut.
    pub(crate) answer: HopKind,
    /// What is wrong, to be told afterwards.
    pub(crate) because: String,
    /// The address of the next one.
    pub(crate) next: String,
}

/// The panel.
#[component]
pub(crate) fn ChallengePanel(
    words_of: ChallengeWords,
    /// The doors that somebody took for the one.
    picked: RwSignal<Vec<HopKind>>,
    is_through: RwSignal<bool>,
    /// What the repair opens besides, in a sentence.
    opens: RwSignal<Option<String>>,
    is_mended: Signal<bool>,
    /// Look at the solution; whether to ask first.
    show_solution: Callback<bool>,
    start_over: Callback<()>,
) -> impl IntoView {
    let answer = words_of.answer;
    let is_found = memo(move || picked.with(|it| it.contains(&answer)));
    let door = move |kind: HopKind| {
        let is_wrong = memo(move || kind != answer && picked.with(|it| it.contains(&kind)));
        let is_right = memo(move || kind == answer && is_found.get());
        view! {
            <button
                type="button"
                class="button choice"
                class:is-wrong=live::flag(move || is_wrong.get())
                class:is-right=live::flag(move || is_right.get())
                disabled=live::flag(move || is_found.get() || is_wrong.get())
                on:click=move |_| {
                    picked.update(|it| it.push(kind));
                    focus::reveal(SAID.to_owned());
                }
            >
                {live::maybe(move || is_right.get().then(|| icon::icon(Icon::Check)))}
                {live::maybe(move || is_wrong.get().then(|| icon::icon(Icon::Cross)))}
                {explain::hop_short_title(kind)}
            </button>
        }
    };
    let doors = words_of.doors.iter().copied().map(door).collect_view();
    let said = move || {
        if is_found.get() {
            return Some(view! {
                <p class="predicted is-open">{icon::icon(Icon::Check)}" That is the door. Now mend it: the flow shows what it says."</p>
            }.into_any());
        }
        let last = picked.with(|it| it.last().copied())?;
        let title = explain::hop_short_title(last);
        let sentence =
            format!("Not “{title}”. Read the message again: who asks, for which action, on what?");
        Some(view! { <p class="predicted is-losing">{sentence}</p> }.into_any())
    };
    let through = move || {
        let is_met = is_found.get() && is_through.get();
        goal("Whoever asked gets through", is_met, None)
    };
    let narrow = move || {
        goal(
            "Nothing is opened besides",
            is_mended.get(),
            opens.get().filter(|_| is_found.get()),
        )
    };
    let next = words_of.next;
    let because = words_of.because;
    view! {
        <section class="panel panel-lesson" aria-labelledby="lesson-title">
            <div class="lesson-read" tabindex="0" role="group" aria-labelledby="lesson-title">
                <p class="lesson-place"><span>{words_of.place}</span></p>
                <p class="lesson-idea">"Somebody sees this:"</p>
                <p class="aws-message challenge-message">{words_of.message}</p>
                <h2 class="predict-question">"Which door is shut?"</h2>
                <div class="choices doors-to-choose">{doors}</div>
                <div id=SAID class="told-place" aria-live="polite">{live::maybe(said)}</div>
            </div>
            <div class="lesson-do" class:is-solved=live::flag(move || is_mended.get())>
                <div class="goals">
                    <h2 class="goals-title">"Goals"</h2>
                    <ol class="goals-list">{live::part(through)}{live::part(narrow)}</ol>
                </div>
                {ends(next, because, is_mended, show_solution, start_over)}
            </div>
        </section>
    }
}

/// A goal, and where it is not met what is in its way.
fn goal(text: &'static str, is_met: bool, because: Option<String>) -> AnyView {
    let (class, word, icon) = if is_met {
        ("is-met", "met", Icon::Check)
    } else {
        ("is-open-goal", "not yet", Icon::Dash)
    };
    view! {
        <li class=format!("goal {class}")>
            <span class="goal-sign">{icon::icon(icon)}</span>
            <div class="goal-body">
                <span class="goal-text">{text}</span>
                <span class="visually-hidden">": "{word}</span>
                {because.map(|it| view! { <p class="goal-because">{words(&it)}</p> })}
            </div>
        </li>
    }
    .into_any()
}

/// What comes when it is mended, and the buttons.
fn ends(
    next: String,
    because: String,
    is_mended: Signal<bool>,
    show_solution: Callback<bool>,
    start_over: Callback<()>,
) -> AnyView {
    let to_next = next.clone();
    let solved = move || {
        is_mended.get().then(|| {
            view! {
                <div class="solved">
                    <p class="solved-title">{icon::icon(Icon::Check)}"Mended"</p>
                    <p class="takeaway">{words(&because)}</p>
                    <div class="button-row">
                        <a class="button primary" href=to_next.clone()>"Another one"</a>
                        <button type="button" class="button" on:click=move |_| show_solution.run(false)>
                            "Compare"
                        </button>
                    </div>
                </div>
            }
        })
    };
    let buttons = move || {
        (!is_mended.get()).then(|| {
            view! {
                <a class="button small" href=next.clone()>"Another one"</a>
                <button type="button" class="button quiet small" on:click=move |_| show_solution.run(true)>
                    "Solution …"
                </button>
            }
        })
    };
    view! {
        <div class="solved-place" aria-live="polite">{live::maybe(solved)}</div>
        <div class="help">
            <div class="button-row">
                {live::maybe(buttons)}
                <button type="button" class="button quiet small" on:click=move |_| start_over.run(())>
                    {icon::icon(Icon::Restart)}
                    "Start over …"
                </button>
            </div>
        </div>
    }
    .into_any()
}
