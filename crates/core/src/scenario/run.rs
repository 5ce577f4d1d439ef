//! The one runner: a learner's green tick, a test and the JavaScript API make the same call.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    flow::{self, Check as FlowCheck, Choice, Flow, Hop, HopKind, HopOutcome, Outcome, Subject},
    scenario::{Ask, Check, ExpectedHop, Scenario},
    trace::{Decision, Layer, LayerOutcome},
    world::{DocumentId, Documents},
};

/// What running a check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum CheckOutcome {
    /// All is as expected.
    Passed {
        /// The walk.
        flow: Flow,
    },
    /// Something is not.
    Failed {
        /// What.
        mismatches: Vec<Mismatch>,
        /// The walk.
        flow: Flow,
    },
    /// A policy has errors, so there is no telling.
    Invalid {
        /// Which policies.
        documents: Vec<DocumentId>,
    },
}

/// One expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Mismatch {
    /// The walk stops elsewhere.
    StopsAt {
        /// Where it should stop; `None`: nowhere.
        expected: Option<HopKind>,
        /// Where it stops.
        found: Option<HopKind>,
    },
    /// The walk has no such hop.
    NoSuchHop {
        /// The hop.
        hop: HopKind,
    },
    /// A hop comes to something else.
    HopOutcome {
        /// The hop.
        hop: HopKind,
        /// What it should come to.
        expected: HopOutcome,
        /// What it comes to.
        found: HopOutcome,
    },
    /// Other actions are denied at a hop.
    Denied {
        /// The hop.
        hop: HopKind,
        /// The actions that should be denied.
        expected: Vec<String>,
        /// The actions that are.
        found: Vec<String>,
    },
    /// Other layers are missing an allow.
    Missing {
        /// The hop.
        hop: HopKind,
        /// The layers that should be missing one.
        expected: Vec<Layer>,
        /// The layers that are.
        found: Vec<Layer>,
    },
    /// A layer does not allow what it should.
    Allowing {
        /// The hop.
        hop: HopKind,
        /// The layers that should be among those that allow.
        expected: Vec<Layer>,
        /// The layers that do.
        found: Vec<Layer>,
    },
    /// Other statements decide.
    Statements {
        /// The hop.
        hop: HopKind,
        /// The `Sid`s that should be among those that decide.
        expected: Vec<String>,
        /// The `Sid`s of those that do.
        found: Vec<String>,
    },
}

/// Runs one check of a scenario.
pub fn run(scenario: &Scenario, check: &Check) -> CheckOutcome {
    run_parsed(scenario, &Documents::parse(&scenario.world), check)
}

/// The same for many checks of one scenario, whose policies are parsed once.
pub fn run_parsed(scenario: &Scenario, documents: &Documents, check: &Check) -> CheckOutcome {
    let broken: Vec<DocumentId> = documents.with_errors().map(|(id, _)| id.clone()).collect();
    if !broken.is_empty() {
        return CheckOutcome::Invalid { documents: broken };
    }
    let choice = match &check.ask {
        Ask::ChosenWalk => Cow::Borrowed(&scenario.choice),
        Ask::Walk(choice) => Cow::Borrowed(choice.as_ref()),
        Ask::Workload(workload) => Cow::Owned(Choice {
            workload: workload.as_ref().clone(),
            ..scenario.choice.clone()
        }),
    };
    let flow = flow::walk(&scenario.world, documents, &choice);

    let mut mismatches = Vec::new();
    let found = flow
        .blocked_at()
        .and_then(|it| flow.hops.get(it))
        .map(|it| it.kind);
    let expected = check.expect.stops_at;
    if expected != found {
        mismatches.push(Mismatch::StopsAt { expected, found });
    }
    for expected in &check.expect.hops {
        match flow.hops.iter().find(|it| it.kind == expected.hop) {
            Some(hop) => compare(expected, hop, &mut mismatches),
            None => mismatches.push(Mismatch::NoSuchHop { hop: expected.hop }),
        }
    }
    if mismatches.is_empty() {
        CheckOutcome::Passed { flow }
    } else {
        CheckOutcome::Failed { mismatches, flow }
    }
}

fn compare(expected: &ExpectedHop, hop: &Hop, mismatches: &mut Vec<Mismatch>) {
    let kind = hop.kind;
    let failing = || {
        hop.checks
            .iter()
            .filter(|it| it.outcome() == Outcome::Fails)
    };
    if let Some(expected) = expected.outcome
        && expected != hop.outcome()
    {
        let found = hop.outcome();
        mismatches.push(Mismatch::HopOutcome {
            hop: kind,
            expected,
            found,
        });
    }
    if let Some(expected) = &expected.denied {
        let found: Vec<String> = failing().filter_map(action).collect();
        if *expected != found {
            let expected = expected.clone();
            mismatches.push(Mismatch::Denied {
                hop: kind,
                expected,
                found,
            });
        }
    }
    if let Some(expected) = &expected.missing {
        let found = failing().find_map(missing).unwrap_or_default();
        if *expected != found {
            let expected = expected.clone();
            mismatches.push(Mismatch::Missing {
                hop: kind,
                expected,
                found,
            });
        }
    }
    if let Some(expected) = &expected.allowing {
        let found = failing().find_map(allowing).unwrap_or_default();
        if !expected.iter().all(|it| found.contains(it)) {
            let expected = expected.clone();
            mismatches.push(Mismatch::Allowing {
                hop: kind,
                expected,
                found,
            });
        }
    }
    if let Some(expected) = &expected.statements {
        let found: Vec<String> = hop.checks.iter().flat_map(deciding_sids).collect();
        if !expected.iter().all(|it| found.contains(it)) {
            let expected = expected.clone();
            mismatches.push(Mismatch::Statements {
                hop: kind,
                expected,
                found,
            });
        }
    }
}

fn action(check: &FlowCheck) -> Option<String> {
    match &check.subject {
        Subject::Authorization { request, .. } => Some(request.action.to_string()),
        Subject::Gate { .. } => None,
    }
}

fn missing(check: &FlowCheck) -> Option<Vec<Layer>> {
    match &check.subject {
        Subject::Authorization { trace, .. } => match &trace.decision {
            Decision::ImplicitDeny { missing } => Some(missing.clone()),
            Decision::Allowed { .. } | Decision::ExplicitDeny { .. } => None,
        },
        Subject::Gate { .. } => None,
    }
}

fn allowing(check: &FlowCheck) -> Option<Vec<Layer>> {
    let Subject::Authorization { trace, .. } = &check.subject else {
        return None;
    };
    let layers = trace.layers.iter();
    let allowing = layers.filter(|it| it.outcome == LayerOutcome::Allows);
    Some(allowing.map(|it| it.layer).collect())
}

fn deciding_sids(check: &FlowCheck) -> Vec<String> {
    let Subject::Authorization { trace, .. } = &check.subject else {
        return Vec::new();
    };
    match &trace.decision {
        Decision::Allowed { by } | Decision::ExplicitDeny { by, .. } => by
            .iter()
            .filter_map(|it| it.sid.as_ref())
            .map(|it| it.as_str().to_owned())
            .collect(),
        Decision::ImplicitDeny { .. } => Vec::new(),
    }
}
