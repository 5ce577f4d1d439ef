//! The question before anything is edited: what will happen?

use leptos::prelude::*;

use crate::{
    browser::focus,
    components::{icon, live, words::words},
    state::lesson::Sitting,
    view::icon::Icon,
};

/// Where it is told what is right.
const SAID: &str = "predict-said";

/// The question, until it is answered or left open.
#[component]
pub(crate) fn Predict(sitting: Sitting) -> impl IntoView {
    let part = move || {
        let is_asked = sitting.predicted.get().is_none() && !sitting.is_skipped.get();
        is_asked.then(|| asked(sitting)).flatten()
    };
    view! { <div class="predict">{live::maybe(part)}</div> }
}

/// What is right, once it was answered.
#[component]
pub(crate) fn Answered(sitting: Sitting) -> impl IntoView {
    view! { <div id=SAID class="told-place" aria-live="polite">{live::maybe(move || answered(sitting))}</div> }
}

fn asked(sitting: Sitting) -> Option<AnyView> {
    let predict = sitting.read(|_, it| it.sheet.predict.clone()).flatten()?;
    let choice = |(idx, text): (usize, &String)| {
        view! {
            <button type="button" class="button choice" on:click=move |_| {
                sitting.predict(idx);
                focus::reveal(SAID.to_owned());
            }>
                {words(text)}
            </button>
        }
    };
    let choices = predict.choices.iter().enumerate().map(choice);
    let view = view! {
        <h2 class="predict-title">"Guess first"</h2>
        <p class="predict-question">{words(&predict.question)}</p>
        <div class="choices">{choices.collect_view()}</div>
        <button type="button" class="link" on:click=move |_| sitting.is_skipped.set(true)>
            "Skip the question"
        </button>
    };
    Some(view.into_any())
}

fn answered(sitting: Sitting) -> Option<AnyView> {
    let predict = sitting.read(|_, it| it.sheet.predict.clone()).flatten()?;
    let own = sitting.predicted.get()?;
    let is_right = own == predict.answer;
    let text = |idx: usize| predict.choices.get(idx).cloned().unwrap_or_default();
    let (sign, class, title) = if is_right {
        (Icon::Check, "is-open", "You guessed right")
    } else {
        (Icon::Cross, "is-losing", "You guessed wrong")
    };
    let view = view! {
        <div class=format!("predicted {class}")>
            <h2 class="predict-title">{icon::icon(sign)}{title}</h2>
            <p class="predict-question">{words(&predict.question)}</p>
            {(!is_right).then(|| view! { <p>"You said: "{words(&text(own))}</p> })}
            <p>{(!is_right).then_some("Right is: ")}<strong>{words(&text(predict.answer))}</strong></p>
            <p>{words(&predict.because)}</p>
        </div>
    };
    Some(view.into_any())
}
