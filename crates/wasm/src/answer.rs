//! The answer to one question, as the API gives it.

use rolewalk_core::{
    explain::answer_sentence,
    names::ContextKey,
    policy::Effect,
    request::Request,
    trace::{ElementTrace, EvalDecision, StatementRef, Trace, Unmodelled},
};
use serde::Serialize;

use crate::{policies::Sources, utf16};

/// What `evaluate` gives. Spans are UTF-16 units of the document they are about; of a document that
/// was given as an object, of what `JSON.stringify` makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The answer, in AWS's own words.
    pub decision: EvalDecision,
    /// Everything that stands in the way by itself.
    pub blocked_by: Vec<&'static str>,
    /// What could not be judged.
    pub not_evaluated: Vec<NotEvaluated>,
    /// Keys that are not in the context and that alone decide whether some statement applies: with a
    /// value for one of them the answer could be another.
    pub missing_keys: Vec<ContextKey>,
    /// All that the answer rests on.
    pub trace: Trace,
    /// The answer as AWS's message has it.
    pub sentence: String,
}

/// Something that bears on the request and could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum NotEvaluated {
    /// An element of a statement; the statement is taken as not applying.
    Element {
        /// The statement.
        at: StatementRef,
        /// What it says when it applies.
        effect: Effect,
        /// The element.
        test: Box<ElementTrace>,
    },
    /// A rule of a service.
    Rule {
        /// Which.
        rule: Unmodelled,
    },
}

impl Answer {
    pub(crate) fn new(request: &Request, mut trace: Trace, sources: &Sources) -> Self {
        if !sources.is_empty() {
            utf16::trace(&mut trace, &|name| {
                sources.get(name).map(|it| (it.text.as_str(), &it.lines))
            });
        }
        let elements = trace
            .not_evaluated()
            .map(|(statement, test)| NotEvaluated::Element {
                at: statement.at.clone(),
                effect: statement.effect,
                test: Box::new(test.clone()),
            });
        let rules = trace
            .unmodelled
            .iter()
            .map(|&rule| NotEvaluated::Rule { rule });
        Self {
            decision: trace.decision.kind(),
            blocked_by: trace.blocked_by(),
            not_evaluated: elements.chain(rules).collect(),
            missing_keys: trace.missing_keys().into_iter().cloned().collect(),
            sentence: answer_sentence(request, &trace),
            trace,
        }
    }
}
