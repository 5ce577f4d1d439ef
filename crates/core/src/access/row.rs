//! What one principal's walk came to, as a row.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    access::Who,
    explain,
    flow::{Check, Flow, Gate, HopKind, HopOutcome, Outcome, Subject},
    names::{ContextKey, DocumentName, Sid},
    trace::{Decision, EvalDecision, Note, StatementRef},
    world::{Documents, World},
};

/// Whether somebody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// Every door is open.
    Can,
    /// A door is shut.
    Cannot,
    /// No door is shut, but not all could be judged.
    NotJudged,
}

impl Access {
    /// What a walk says.
    pub fn of(flow: &Flow) -> Self {
        let is_unjudged = |it: HopOutcome| it == HopOutcome::NotEvaluated;
        if flow.blocked_at().is_some() {
            Self::Cannot
        } else if flow.hops.iter().any(|it| is_unjudged(it.outcome())) {
            Self::NotJudged
        } else {
            Self::Can
        }
    }
}

/// One principal, and what came of its call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// Whether they may.
    pub access: Access,
    /// What it rests on.
    pub decided_by: Option<DecidedBy>,
    /// Why, in the words of the walk.
    pub reason: String,
    /// Condition keys that are not in the request and with which the answer could be another.
    pub missing_keys: Vec<ContextKey>,
}

/// The check that the answer rests on: the first at the door that is shut, the one that was not judged, or what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedBy {
    /// Which door it stands at.
    pub door: HopKind,
    /// What it came to.
    #[serde(flatten)]
    pub decider: Decider,
}

/// IAM, or something that is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Decider {
    /// IAM answered.
    Authorization {
        /// What it was asked for: the action, or what the service asks on the caller's behalf.
        action: String,
        /// The answer.
        decision: EvalDecision,
        /// The layers that stand in the way, each by itself.
        blocked_by: Vec<&'static str>,
        /// The statements that decided.
        statements: Vec<At>,
    },
    /// Something that is not IAM.
    Gate {
        /// What.
        gate: Gate,
    },
}

/// A statement, without its place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// Its document.
    pub document: DocumentName,
    /// Its place in the document, from 0.
    pub index: usize,
    /// Its id, where it has one.
    pub sid: Option<Sid>,
}

impl Row {
    pub(super) fn of(who: &Who, flow: &Flow, world: &World, documents: &Documents) -> Self {
        let access = Access::of(flow);
        let reason = match access {
            Access::Can => why_open(flow, world, documents),
            Access::Cannot | Access::NotJudged => {
                explain::first_verdict(flow, world, documents).reason
            }
        };
        Self {
            who: who.clone(),
            access,
            decided_by: decided_by(flow, access),
            reason,
            missing_keys: missing_keys(flow),
        }
    }
}

/// What lets it through: of each request the reason, and each but once.
fn why_open(flow: &Flow, world: &World, documents: &Documents) -> String {
    let checks = flow.hops.iter().flat_map(|it| &it.checks);
    let asked = checks.filter(|it| matches!(it.subject, Subject::Authorization { .. }));
    let mut all: Vec<String> = Vec::new();
    let of_root = explain::note_sentence(Note::RootUser);
    for check in asked {
        let reason = explain::check_verdict(check, world, documents).reason;
        // That it is the root user need be said but once.
        let rest = reason.strip_prefix(of_root).filter(|_| !all.is_empty());
        let reason = rest.map_or(reason.as_str(), str::trim_start).to_owned();
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    all.join(" ")
}

fn decided_by(flow: &Flow, access: Access) -> Option<DecidedBy> {
    let is_asked = |it: &Check| matches!(it.subject, Subject::Authorization { .. });
    let (door, check) = match access {
        Access::Can => first(flow, is_asked)?,
        Access::Cannot => {
            let shut = flow.hops.get(flow.blocked_at()?)?;
            (shut.kind, shut.first_failing()?)
        }
        Access::NotJudged => {
            let is_unjudged = |it: &Check| it.outcome() == Outcome::NotEvaluated;
            // A policy that cannot be read is told before what nobody can mend, as the walk does.
            first(flow, |it| is_asked(it) && is_unjudged(it))
                .or_else(|| first(flow, is_unjudged))?
        }
    };
    Some(DecidedBy {
        door,
        decider: Decider::of(&check.subject),
    })
}

fn first(flow: &Flow, is_it: impl Fn(&Check) -> bool) -> Option<(HopKind, &Check)> {
    let hops = flow.hops.iter();
    let mut checks = hops.flat_map(|hop| hop.checks.iter().map(move |it| (hop.kind, it)));
    checks.find(|it| is_it(it.1))
}

impl Decider {
    fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Gate { gate, .. } => Self::Gate { gate: gate.clone() },
            Subject::Authorization { request, trace, .. } => Self::Authorization {
                action: request.action.to_string(),
                decision: trace.decision.kind(),
                blocked_by: trace.blocked_by(),
                statements: match &trace.decision {
                    Decision::Allowed { by } | Decision::ExplicitDeny { by, .. } => {
                        by.iter().map(At::of).collect()
                    }
                    Decision::ImplicitDeny { .. } => Vec::new(),
                },
            },
        }
    }
}

impl At {
    fn of(statement: &StatementRef) -> Self {
        Self {
            document: statement.document.clone(),
            index: statement.index,
            sid: statement.sid.clone(),
        }
    }
}

fn missing_keys(flow: &Flow) -> Vec<ContextKey> {
    let checks = flow.hops.iter().flat_map(|it| &it.checks);
    let mut keys = BTreeSet::new();
    for check in checks {
        if let Subject::Authorization { trace, .. } = &check.subject {
            keys.extend(trace.missing_keys().into_iter().cloned());
        }
    }
    keys.into_iter().collect()
}
