//! One check at a door: the question, the answer, and every layer's word.

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
        flow::{
            FlowState,
            door_row::HopSignal,
            fold::fold,
            seen::{CheckSignal, LayerId, Part, Seen, layer_of},
            statement::statement,
        },
        live,
        scenario_bar::verdict_body,
        state_chip::state_chip,
        words::words,
    },
    state::signal::{Signal, memo},
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
    let check = CheckSignal { hop, idx };
    let key = head.fold.clone();
    let is_told = head.is_first_failing;
    let body = move || body(check, &key, is_told, state, actions);
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
    check: CheckSignal,
    key: &str,
    is_told: bool,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let key = StoredValue::new(key.to_owned());
    let is_gate = memo(move || check.with(|it| matches!(it.subject, Subject::Gate { .. })));
    let content = move || match is_gate.get() {
        None => ().into_any(),
        Some(true) => gate_body(check, is_told, state, actions),
        Some(false) => authorization_body(check, key, is_told, state, actions),
    };
    live::part(content)
}

fn authorization_body(
    check: CheckSignal,
    key: StoredValue<String>,
    is_told: bool,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let verdict = (!is_told).then(|| {
        let verdict = verdict(check, state);
        let body = move || {
            let verdict = verdict.get()?;
            Some(view! { <div class="check-verdict">{verdict_body(&verdict, actions)}</div> })
        };
        live::maybe(body)
    });
    let asked = check.part(Part::Question);
    let question = move || key.with_value(|key| question(&asked.get()?, key, state));
    let layers = check.layers();
    let layers = move || {
        let all = layers.get().into_iter();
        let item = |id| {
            live::item(format!("{id:?}"), move || {
                layer_item(check, id, key, state, actions)
            })
        };
        all.map(item).collect()
    };
    let notes = check.part(Part::Notes);
    let notes = move || {
        notes
            .get()?
            .authorization()
            .and_then(|it| self::notes(it.3))
    };
    view! {
        <div class="check-body">
            {verdict}
            {live::maybe(question)}
            <ul class="layers" aria-label="Policy layers">{live::list(layers)}</ul>
            {live::maybe(notes)}
        </div>
    }
    .into_any()
}

/// What a gate says. Where the door's own verdict stands right above and says it already, why it is there; a
/// gate has nothing else to show.
fn gate_body(check: CheckSignal, is_told: bool, state: FlowState, actions: Actions) -> AnyView {
    let kind = memo(move || check.hop.with(|it| it.as_ref().map(|it| it.kind)));
    let why = memo(move || check.with(explain::check_why));
    let verdict = verdict(check, state);
    let body = move || {
        // Of the door that stops the walk the verdict is the banner's, far above.
        if is_told && state.blocked.get() != kind.get() {
            return why
                .get()
                .map(|it| view! { <p class="reason">{words(it)}</p> }.into_any());
        }
        let verdict = verdict.get()?;
        let body = verdict_body(&verdict, actions);
        Some(view! { <div class="check-verdict">{body}</div> }.into_any())
    };
    view! { <div class="check-body">{live::maybe(body)}</div> }.into_any()
}

/// What there is to say about the check: it quotes the texts, so it follows them.
fn verdict(check: CheckSignal, state: FlowState) -> Signal<Option<Verdict>> {
    memo(move || {
        let verdict = state.shown.with(|shown| {
            check.with(|it| explain::check_verdict(it, &shown.scenario.world, &shown.documents))
        })?;
        Some(state.catalogue.with(|it| verdict.with_catalogue(it)))
    })
}

fn question(seen: &Seen, key: &str, state: FlowState) -> Option<AnyView> {
    let (check, operation, request, _) = seen.authorization()?;
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
    let question = view! {
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
    };
    Some(question.into_any())
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

const fn look(outcome: LayerOutcome) -> (DoorState, &'static str) {
    match outcome {
        LayerOutcome::Allows => (DoorState::Open, "Allows"),
        LayerOutcome::Denies => (DoorState::Shut, "Denies"),
        LayerOutcome::Silent => (DoorState::NotReached, "Silent"),
        LayerOutcome::Absent => (DoorState::NotReached, "None"),
        LayerOutcome::NotApplicable => (DoorState::NotReached, "No say"),
    }
}

fn layer_item(
    check: CheckSignal,
    id: LayerId,
    key: StoredValue<String>,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let seen = check.part(Part::Layer(id));
    let content = move || {
        let seen = seen.get()?;
        let (_, _, request, trace) = seen.authorization()?;
        let far = far(check, id, key, state, actions);
        let title = title(check, id, state);
        Some(layer(
            layer_of(trace, id)?,
            request,
            title,
            far,
            state,
            actions,
        ))
    };
    view! { <li class="layer">{live::maybe(content)}</li> }.into_any()
}

/// What a layer is called. A level has its name from the organization, which is no part of what is seen of the check.
fn title(check: CheckSignal, id: LayerId, state: FlowState) -> AnyView {
    let title = memo(move || {
        let title =
            check.with(|check| {
                let Subject::Authorization { request, trace, .. } = &check.subject else {
                    return None;
                };
                let layer = layer_of(trace, id)?;
                Some(state.shown.with(|shown| {
                    explain::layer_trace_title(layer, request, &shown.scenario.world)
                }))
            });
        title.flatten().unwrap_or_default()
    });
    live::part(move || words(&title.get()))
}

fn layer(
    layer: &LayerTrace,
    request: &Request,
    title: AnyView,
    far: impl FnOnce(usize) -> AnyView,
    state: FlowState,
    actions: Actions,
) -> AnyView {
    let (look, word) = if layer.unread.is_empty() || layer.outcome == LayerOutcome::Denies {
        look(layer.outcome)
    } else {
        (DoorState::NotJudged, "Not read")
    };
    let heaps = statements::heaps(layer);
    let near = state.shown.with_untracked(|shown| {
        let near = heaps.near.iter();
        near.map(|it| statement(it, request, shown, actions))
            .collect_view()
    });
    let has_near = !heaps.near.is_empty();
    let n_far = heaps.far.len();
    view! {
        <div class="layer-head">
            <span class="layer-title">{title}</span>
            {state_chip(look, Some(word))}
            <span class="layer-sentence">{words(&explain::layer_sentence(layer, request))}"."</span>
        </div>
        {has_near.then(|| view! { <ul class="statements">{near}</ul> })}
        {(n_far > 0).then(|| far(n_far))}
    }
    .into_any()
}

/// The statements of a layer that are about other actions; made of the walk as it is when they are unfolded.
fn far(
    check: CheckSignal,
    id: LayerId,
    key: StoredValue<String>,
    state: FlowState,
    actions: Actions,
) -> impl FnOnce(usize) -> AnyView {
    let body = move || {
        let items = check.with(|check| {
            let Subject::Authorization { request, trace, .. } = &check.subject else {
                return None;
            };
            let far = statements::heaps(layer_of(trace, id)?).far;
            Some(state.shown.with_untracked(|shown| {
                let far = far.into_iter();
                far.map(|it| statement(it, request, shown, actions))
                    .collect_view()
            }))
        });
        view! { <ul class="statements">{items.flatten()}</ul> }.into_any()
    };
    move |n_far| {
        let (layer, level) = id;
        let key = key.with_value(|key| format!("{key}/{layer:?}{level:?}/far"));
        let title = statements::far_title(n_far).into_any();
        fold(state.folds, key, false, "far".to_owned(), title, body)
    }
}

/// Rules that mattered, choices where AWS's documentation leaves one, and what is not modelled.
fn notes(trace: &Trace) -> Option<AnyView> {
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
    has_notes.then(|| {
        view! { <ul class="notes" aria-label="Rules that mattered">{notes}</ul> }.into_any()
    })
}
