//! One check at a door: the question, the answer, and every layer's word.

use std::sync::Arc;

use leptos::prelude::*;
use rolewalk_core::{
    explain::{self, Verdict},
    flow::{Check, Hop, Need, Subject, Timing},
    request::{Context, Request},
    trace::{LayerOutcome, LayerTrace, Trace},
};

use crate::{
    components::{
        actions::Actions,
        flow::{FlowState, door_row::HopSignal, fold::fold, statement::statement},
        live,
        scenario_bar::verdict_body,
        state_chip::state_chip,
        words::words,
    },
    state::{
        document::Shown,
        signal::{Signal, memo},
    },
    view::{door::DoorState, statements},
};

/// What is seen of a check while it is folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    idx: usize,
    /// Under which its fold is kept.
    fold: String,
    title: String,
    outcome: DoorState,
    is_wanted: bool,
    is_later: bool,
    /// Whether it is the first of its door that fails: only that one is unfolded by itself.
    is_first_failing: bool,
}

impl Head {
    /// All that is seen.
    pub(crate) fn key(&self) -> String {
        format!("{self:?}")
    }
}

/// The checks of a hop, as they are seen folded.
pub(crate) fn heads(hop: &Hop) -> Vec<Head> {
    let outcome = |it: &Check| DoorState::of_check(it.outcome());
    let mut checks = hop.checks.iter();
    let first_failing = checks.position(|it| outcome(it) == DoorState::Shut);
    let head = |(idx, it): (usize, &Check)| Head {
        idx,
        fold: format!("{:?}/{idx}", hop.kind),
        title: explain::check_title(it),
        outcome: outcome(it),
        is_wanted: it.need == Need::Wanted,
        is_later: it.timing != Timing::Sync,
        is_first_failing: first_failing == Some(idx),
    };
    hop.checks.iter().enumerate().map(head).collect()
}

/// The check of a hop that looks like this.
pub(crate) fn check(head: &Head, hop: HopSignal, state: FlowState, actions: Actions) -> AnyView {
    let idx = head.idx;
    let summary = view! {
        {state_chip(head.outcome, None)}
        <span class="check-title">{words(&head.title)}</span>
        {head.is_wanted.then(|| view! { <span class="tag">"not needed to go on"</span> })}
        {head.is_later.then(|| view! { <span class="tag">"after the call"</span> })}
    };
    let body_key = head.fold.clone();
    let is_told = head.is_first_failing;
    let body = move || {
        let body = |hop| body(&hop, idx, &body_key, is_told, state, actions);
        hop.get().map_or_else(|| ().into_any(), body)
    };
    let class = format!("check-fold {}", head.outcome.class());
    let fold = fold(
        state.folds,
        head.fold.clone(),
        head.is_first_failing,
        class,
        summary.into_any(),
        body,
    );
    view! { <li>{fold}</li> }.into_any()
}

/// `is_told`: the door's own verdict says it already.
fn body(
    hop: &Arc<Hop>,
    idx: usize,
    key: &str,
    is_told: bool,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let Some(check) = hop.checks.get(idx) else {
        return ().into_any();
    };
    let verdict = (!is_told).then(|| {
        let verdict = verdict(Arc::clone(hop), idx, state);
        let body = move || {
            let verdict = verdict.get()?;
            Some(view! { <div class="check-verdict">{verdict_body(&verdict, actions)}</div> })
        };
        live::maybe(body)
    });
    let shown = &state.shown.get_untracked();
    match &check.subject {
        Subject::Gate { .. } => gate_body(hop, idx, is_told, state, actions),
        Subject::Authorization {
            operation,
            request,
            trace,
        } => view! {
            <div class="check-body">
                {verdict}
                {question(check, operation, request, key, state)}
                {layers(request, trace, key, shown, state, actions)}
                {notes(trace)}
            </div>
        }
        .into_any(),
    }
}

/// What a gate says. Where the door's own verdict stands right above and says it already, why it is there; a
/// gate has nothing else to show.
fn gate_body(
    hop: &Arc<Hop>,
    idx: usize,
    is_told: bool,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let kind = hop.kind;
    let why = hop.checks.get(idx).map(explain::check_why);
    let verdict = verdict(Arc::clone(hop), idx, state);
    let body = move || {
        // Of the door that stops the walk the verdict is the banner's, far above.
        if is_told && state.blocked.get() != Some(kind) {
            return why.map(|it| view! { <p class="reason">{words(it)}</p> }.into_any());
        }
        let verdict = verdict.get()?;
        let body = verdict_body(&verdict, actions);
        Some(view! { <div class="check-verdict">{body}</div> }.into_any())
    };
    view! { <div class="check-body">{live::maybe(body)}</div> }.into_any()
}

/// What there is to say about the check, as long as the check stays what it is: it quotes the
/// texts, so it follows them.
fn verdict(hop: Arc<Hop>, idx: usize, state: FlowState) -> Signal<Option<Verdict>> {
    memo(move || {
        let check = hop.checks.get(idx)?;
        let verdict =
            |shown: &Shown| explain::check_verdict(check, &shown.scenario.world, &shown.documents);
        Some(state.shown.with(verdict))
    })
}

fn question(
    check: &Check,
    operation: &str,
    request: &Request,
    key: &str,
    state: FlowState,
) -> AnyView {
    let n_keys = request.context.iter().count();
    let owned = request.context.clone();
    let context = fold(
        state.folds,
        format!("{key}/context"),
        false,
        "context".to_owned(),
        format!("Context: {n_keys} keys").into_any(),
        move || context_table(&owned),
    );
    view! {
        <dl class="question">
            <div><dt>"Who asks"</dt><dd><code>{request.principal.to_string()}</code></dd></div>
            <div><dt>"For"</dt><dd><code>{request.action.to_string()}</code></dd></div>
            <div><dt>"On"</dt><dd><code>{request.resource.to_string()}</code></dd></div>
            <div><dt>"During"</dt><dd><code>{operation.to_owned()}</code></dd></div>
            <div><dt>"Why"</dt><dd>{words(explain::check_why(check))}</dd></div>
            {explain::check_timing(check)
                .map(|it| view! { <div><dt>"When"</dt><dd>{words(&it)}</dd></div> })}
        </dl>
        {context}
    }
    .into_any()
}

fn context_table(context: &Context) -> AnyView {
    let rows = context
        .iter()
        .map(|(key, value)| {
            view! {
                <tr>
                    <th scope="row"><code>{key.to_string()}</code></th>
                    <td><code>{value.values().join(", ")}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="context-scroll" tabindex="0" role="region" aria-label="Context keys">
            <table class="context-table">
                <thead><tr><th scope="col">"Key"</th><th scope="col">"Value"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn layers(
    request: &Request,
    trace: &Trace,
    key: &str,
    shown: &Shown,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let layers = trace
        .layers
        .iter()
        .filter(|it| statements::is_worth_showing(it))
        .map(|it| layer(it, request, key, shown, state, actions));
    view! { <ul class="layers" aria-label="Policy layers">{layers.collect_view()}</ul> }.into_any()
}

const fn look(outcome: LayerOutcome) -> (DoorState, &'static str) {
    match outcome {
        LayerOutcome::Allows => (DoorState::Open, "Allows"),
        LayerOutcome::Denies => (DoorState::Shut, "Denies"),
        LayerOutcome::Silent => (DoorState::NotReached, "Silent"),
        LayerOutcome::Absent => (DoorState::NotReached, "None"),
        LayerOutcome::NotApplicable => (DoorState::NotReached, "No say"),
    }
}

fn layer(
    layer: &LayerTrace,
    request: &Request,
    key: &str,
    shown: &Shown,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let (look, word) = look(layer.outcome);
    let heaps = statements::heaps(layer);
    let near = heaps
        .near
        .iter()
        .map(|it| statement(it, request, shown, actions))
        .collect_view();
    let has_near = !heaps.near.is_empty();
    let n_far = heaps.far.len();
    let far = (n_far > 0).then(|| {
        let far: Vec<_> = heaps.far.into_iter().cloned().collect();
        let (request, shown) = (request.clone(), shown.clone());
        let body = move || {
            let statements = far
                .iter()
                .map(|it| statement(it, &request, &shown, actions));
            view! { <ul class="statements">{statements.collect_view()}</ul> }.into_any()
        };
        let key = format!("{key}/{:?}/far", layer.layer);
        let title = statements::far_title(n_far);
        fold(
            state.folds,
            key,
            false,
            "far".to_owned(),
            title.into_any(),
            body,
        )
    });
    view! {
        <li class="layer">
            <div class="layer-head">
                <span class="layer-title">{explain::layer_trace_title(layer, request)}</span>
                {state_chip(look, Some(word))}
                <span class="layer-sentence">{words(&explain::layer_sentence(layer, request))}"."</span>
            </div>
            {has_near.then(|| view! { <ul class="statements">{near}</ul> })}
            {far}
        </li>
    }
    .into_any()
}

/// Rules that mattered, choices where AWS's documentation leaves one, and what is not modelled.
fn notes(trace: &Trace) -> AnyView {
    let rules = trace.notes.iter().map(|it| explain::note_sentence(*it));
    let choices = trace.choices().map(explain::choice_sentence);
    let unmodelled = trace.unmodelled.iter();
    let unmodelled = unmodelled.map(|it| explain::unmodelled_sentence(*it));
    let notes: Vec<_> = rules
        .chain(choices)
        .chain(unmodelled)
        .map(|it| view! { <li>{words(it)}</li> })
        .collect();
    let has_notes = !notes.is_empty();
    has_notes
        .then(|| view! { <ul class="notes" aria-label="Rules that mattered">{notes}</ul> })
        .into_any()
}
