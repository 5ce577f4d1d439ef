//! What is seen of a check, so that what is made of it stays while it looks the same.
//!
//! Each key that is typed shifts the places of statements, and with them the whole walk; what is seen of most checks is
//! not touched by that. Knows nothing of views. Invariant: two that are equal are shown with the same words, and what
//! they lead to lies at the same characters.

use std::sync::Arc;

use rolewalk_core::{
    explain,
    flow::{Check, Hop, Subject},
    request::Request,
    trace::{Layer, LayerTrace, Trace},
};

use crate::{
    components::flow::door_row::HopSignal,
    state::signal::{Signal, memo},
    view::statements::{self, heaps},
};

/// A check of a hop, as long as the walk has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckSignal {
    /// The hop.
    pub(crate) hop: HopSignal,
    /// Which of its checks.
    pub(crate) idx: usize,
}

impl CheckSignal {
    /// Looks at the check.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Check) -> T) -> Option<T> {
        self.hop
            .with(|it| it.as_ref()?.checks.get(self.idx).map(read))
    }

    /// One part of it, told of only where it looks different.
    pub(crate) fn part(self, part: Part) -> Signal<Option<Seen>> {
        memo(move || {
            let hop = self.hop.get()?;
            let seen = Seen {
                hop,
                idx: self.idx,
                part,
            };
            let is_answered = seen.authorization().is_some();
            is_answered.then_some(seen)
        })
    }

    /// The layers that are worth a row.
    pub(crate) fn layers(self) -> Signal<Vec<LayerId>> {
        memo(move || {
            let layers = self.with(|check| {
                let Subject::Authorization { trace, .. } = &check.subject else {
                    return Vec::new();
                };
                let shown = trace.layers.iter();
                let shown = shown.filter(|it| statements::is_worth_showing(it));
                shown.map(|it| (it.layer, it.level)).collect()
            });
            layers.unwrap_or_default()
        })
    }
}

/// A layer of a trace: which, and of an organization's the level.
pub(crate) type LayerId = (Layer, Option<usize>);

/// A part of what is shown of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Who asks for what, why and when.
    Question,
    /// What one layer says, without the statements that are about other actions.
    Layer(LayerId),
    /// What else there is to know.
    Notes,
}

/// A part of a check that IAM answers, as it was when it was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    hop: Arc<Hop>,
    idx: usize,
    part: Part,
}

impl Seen {
    /// The check, what was asked during which operation, and the answer.
    pub(crate) fn authorization(&self) -> Option<(&Check, &str, &Request, &Trace)> {
        let check = self.hop.checks.get(self.idx)?;
        match &check.subject {
            Subject::Authorization {
                operation,
                request,
                trace,
            } => Some((check, operation, request, trace)),
            Subject::Gate { .. } => None,
        }
    }
}

/// The layer of that name.
pub(crate) fn layer_of(trace: &Trace, id: LayerId) -> Option<&LayerTrace> {
    trace.layers.iter().find(|it| (it.layer, it.level) == id)
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        if self.part != other.part {
            return false;
        }
        if Arc::ptr_eq(&self.hop, &other.hop) && self.idx == other.idx {
            return true;
        }
        let (Some(left), Some(right)) = (self.authorization(), other.authorization()) else {
            return false;
        };
        let (left_check, left_operation, left_request, left_trace) = left;
        let (right_check, right_operation, right_request, right_trace) = right;
        match self.part {
            Part::Question => {
                left_operation == right_operation
                    && left_request == right_request
                    && left_check.why == right_check.why
                    && left_check.timing == right_check.timing
            }
            Part::Layer(id) => {
                left_request == right_request
                    && match (layer_of(left_trace, id), layer_of(right_trace, id)) {
                        (Some(left), Some(right)) => is_alike(left, right, left_request),
                        (left, right) => left.is_none() == right.is_none(),
                    }
            }
            Part::Notes => {
                left_trace.notes == right_trace.notes
                    && left_trace.unmodelled == right_trace.unmodelled
                    && left_trace.choices().eq(right_trace.choices())
            }
        }
    }
}

/// Whether two layers that answer the same request look the same.
fn is_alike(left: &LayerTrace, right: &LayerTrace, request: &Request) -> bool {
    left.outcome == right.outcome
        && left.statements.len() == right.statements.len()
        && heaps(left).near == heaps(right).near
        && explain::layer_sentence(left, request) == explain::layer_sentence(right, request)
}
