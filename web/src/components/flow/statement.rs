//! One statement of a policy, element by element: what held, what did not.

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, Spot},
    policy::Effect,
    request::Request,
    trace::{ElementOutcome, ElementTrace, StatementTrace},
    world::DocumentId,
};

use crate::{
    components::{actions::Actions, icon, words::words},
    state::document::Shown,
    view::{icon::Icon, markup},
};

const fn look(outcome: ElementOutcome) -> (Icon, &'static str, &'static str) {
    match outcome {
        ElementOutcome::Matched => (Icon::Check, "is-open", "holds"),
        ElementOutcome::Missed => (Icon::Cross, "is-shut", "does not hold"),
        ElementOutcome::NotEvaluated => (Icon::Question, "is-unjudged", "not judged"),
    }
}

/// The statement.
pub(crate) fn statement(
    it: &StatementTrace,
    request: &Request,
    shown: &Shown,
    actions: Actions,
) -> AnyView {
    let document = DocumentId::of(&it.at.document);
    let policy = document
        .map(|id| explain::document_title(&id, &shown.scenario.world))
        .unwrap_or_default();
    let title = explain::statement_title(it);
    let (effect, effect_class) = match it.effect {
        Effect::Allow => ("Allow", "effect effect-allow"),
        Effect::Deny => ("Deny", "effect effect-deny"),
    };
    let applies = if it.applies() {
        "statement applies"
    } else {
        "statement"
    };
    let spot = Spot::in_document(&it.at.document, it.at.span);
    let name = format!(
        "Show in policy: {} of {}",
        markup::plain(&title),
        markup::plain(&policy)
    );
    let show = spot.map(|spot| {
        view! {
            <button type="button" class="button small" aria-label=name on:click=move |_| actions.open.run(spot.clone())>
                "Show in policy"
            </button>
        }
    });
    let elements = it
        .tests
        .iter()
        .map(|test| element(it, test, request, actions))
        .collect_view();
    view! {
        <li class=applies>
            <div class="statement-head">
                <span class="statement-names">
                    <span class=effect_class>{effect}</span>
                    <span class="statement-title">{words(&title)}</span>
                    <span class="statement-policy">{words(&policy)}</span>
                </span>
                {show}
            </div>
            <p class="statement-sentence">{words(&explain::statement_sentence(it, request))}</p>
            <ul class="elements">{elements}</ul>
        </li>
    }
    .into_any()
}

fn element(
    statement: &StatementTrace,
    test: &ElementTrace,
    request: &Request,
    actions: Actions,
) -> AnyView {
    let (icon, class, word) = look(test.outcome());
    let spot = Spot::in_document(&statement.at.document, test.evidence());
    // The sentences of other elements begin with the element's name.
    let title = matches!(test, ElementTrace::Condition { .. })
        .then(|| view! { <span class="element-title" aria-hidden="true">{words(&explain::element_title(test))}": "</span> });
    let on_click = move |_| {
        if let Some(spot) = &spot {
            actions.open.run(spot.clone());
        }
    };
    view! {
        <li>
            <button type="button" class=format!("element {class}") title="Show these characters in the policy" on:click=on_click>
                <span class="element-sign">{icon::icon(icon)}</span>
                <span class="element-sentence">
                    <span class="visually-hidden">{format!("{} {word}: ", markup::plain(&explain::element_title(test)))}</span>
                    {title}
                    {words(&explain::element_sentence(test, request))}
                </span>
            </button>
        </li>
    }
    .into_any()
}
