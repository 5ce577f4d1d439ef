//! What the statements of one text come to in the checks of a walk: which decide, and which nearly do.
//!
//! Reads traces, decides nothing. Invariant: places are bytes of the text that was walked through.

use rolewalk_core::{
    explain,
    flow::{Flow, Subject},
    policy::Effect,
    request::Request,
    syntax::Span,
    trace::{ElementOutcome, ElementTrace, StatementTrace},
    world::DocumentId,
};

use crate::view::{door::DoorState, markup};

/// Where a check is in a walk: of which hop, and its place there.
pub(crate) type CheckPlace = (usize, usize);

/// A check in which the text has a say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Concern {
    /// Where it is.
    pub(crate) place: CheckPlace,
    /// What tells it from the others of any walk: the kind of its hop, and its title.
    pub(crate) key: String,
    /// Door and check, without backticks.
    pub(crate) title: String,
    /// How it stands.
    pub(crate) state: DoorState,
    /// Whether a statement of the text decides it.
    pub(crate) is_decided: bool,
}

/// What a statement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Say {
    /// It applies and denies.
    Denies,
    /// It applies and allows.
    Allows,
    /// One element keeps it from applying.
    Nearly,
    /// An element could not be judged.
    Unjudged,
}

impl Say {
    /// The name that the editor's style sheet knows.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Denies => "denies",
            Self::Allows => "allows",
            Self::Nearly => "nearly",
            Self::Unjudged => "unjudged",
        }
    }

    /// The word beside its sign.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Denies => "Denies",
            Self::Allows => "Allows",
            Self::Nearly => "Nearly",
            Self::Unjudged => "Not judged",
        }
    }

    /// Its sign, which differs by shape.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Denies => "⊘",
            Self::Allows => "✓",
            Self::Nearly => "≈",
            Self::Unjudged => "?",
        }
    }
}

/// A statement that has something to say in a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    /// What it comes to.
    pub(crate) say: Say,
    /// The statement.
    pub(crate) span: Span,
    /// Its name, names in backticks.
    pub(crate) title: String,
    /// The element that keeps it from applying: where, and why, in a sentence.
    pub(crate) failed: Option<(Span, String)>,
}

/// The checks in which the text has a say, in the order of the walk.
pub(crate) fn concerns(flow: &Flow, document: &DocumentId) -> Vec<Concern> {
    let name = document.name();
    let mut concerns = Vec::new();
    for (hop_idx, hop) in flow.hops.iter().enumerate() {
        for (check_idx, check) in hop.checks.iter().enumerate() {
            let Subject::Authorization { trace, .. } = &check.subject else {
                continue;
            };
            let statements = || trace.layers.iter().flat_map(|it| &it.statements);
            let mut own = statements().filter(|it| it.at.document == name).peekable();
            let is_unread = trace.layers.iter().any(|it| it.unread.contains(&name));
            if own.peek().is_none() && !is_unread {
                continue;
            }
            let title = markup::plain(&explain::check_title(check));
            concerns.push(Concern {
                place: (hop_idx, check_idx),
                key: format!("{:?} {title}", hop.kind),
                title: format!("{}: {title}", explain::hop_short_title(hop.kind)),
                state: DoorState::of_check(check.outcome()),
                is_decided: own.any(StatementTrace::applies),
            });
        }
    }
    concerns
}

/// The check that is told of where nobody chose one: the first that fails, else the first that the text decides.
pub(crate) fn first(concerns: &[Concern]) -> Option<&Concern> {
    let failing = concerns.iter().find(|it| it.state == DoorState::Shut);
    failing
        .or_else(|| concerns.iter().find(|it| it.is_decided))
        .or_else(|| concerns.first())
}

fn subject(flow: &Flow, place: CheckPlace) -> Option<&Subject> {
    let hop = flow.hops.get(place.0)?;
    Some(&hop.checks.get(place.1)?.subject)
}

/// What is asked in a check.
pub(crate) fn request(flow: &Flow, place: CheckPlace) -> Option<&Request> {
    match subject(flow, place)? {
        Subject::Authorization { request, .. } => Some(request),
        Subject::Gate { .. } => None,
    }
}

/// What the text's statements come to in a check, each once.
pub(crate) fn decided(flow: &Flow, place: CheckPlace, document: &DocumentId) -> Vec<Decided> {
    let Some(Subject::Authorization { request, trace, .. }) = subject(flow, place) else {
        return Vec::new();
    };
    let name = document.name();
    let mut decided: Vec<Decided> = Vec::new();
    let statements = trace.layers.iter().flat_map(|it| &it.statements);
    for statement in statements.filter(|it| it.at.document == name) {
        let is_there = decided.iter().any(|it| it.span == statement.at.span);
        if let Some(said) = of_statement(statement, request).filter(|_| !is_there) {
            decided.push(said);
        }
    }
    decided
}

fn of_statement(statement: &StatementTrace, request: &Request) -> Option<Decided> {
    let mut missed = statement
        .tests
        .iter()
        .filter(|it| it.outcome() == ElementOutcome::Missed);
    let first = missed.next();
    let (say, failed) = match (statement.outcome(), first) {
        (ElementOutcome::Matched, _) => match statement.effect {
            Effect::Allow => (Say::Allows, None),
            Effect::Deny => (Say::Denies, None),
        },
        (ElementOutcome::NotEvaluated, _) => (Say::Unjudged, unjudged(statement)),
        // Two misses are not nearly; nor is a statement about other actions.
        (ElementOutcome::Missed, Some(first)) => {
            let is_other = matches!(first, ElementTrace::Action { .. });
            if is_other || missed.next().is_some() {
                return None;
            }
            (Say::Nearly, Some(first))
        }
        (ElementOutcome::Missed, None) => return None,
    };
    Some(Decided {
        say,
        span: statement.at.span,
        title: explain::statement_title(statement),
        failed: failed.map(|it| (it.evidence(), explain::element_sentence(it, request))),
    })
}

fn unjudged(statement: &StatementTrace) -> Option<&ElementTrace> {
    let mut tests = statement.tests.iter();
    tests.find(|it| it.outcome() == ElementOutcome::NotEvaluated)
}

#[cfg(test)]
mod tests {
    use rolewalk_core::{
        flow,
        world::{Documents, Text},
    };

    use super::*;
    use crate::state::sample;

    fn trust() -> DocumentId {
        DocumentId::home(Text::Trust {
            role: "Exec".to_owned(),
        })
    }

    fn said(change: impl FnOnce(&str) -> String) -> (String, Vec<Decided>) {
        let mut scenario = sample::scenario();
        let text = scenario
            .world
            .document(&trust())
            .unwrap()
            .as_str()
            .to_owned();
        let text = change(&text);
        *scenario.world.document_mut(&trust()).unwrap() = text.clone().into();
        let flow = flow::walk(
            &scenario.world,
            &Documents::parse(&scenario.world),
            &scenario.choice,
        );
        let concerns = concerns(&flow, &trust());
        let chosen = first(&concerns).unwrap();
        assert!(request(&flow, chosen.place).is_some());
        (text, decided(&flow, chosen.place, &trust()))
    }

    #[test]
    fn a_statement_that_decides_is_told_with_its_place() {
        let (text, decided) = said(str::to_owned);
        assert_eq!(decided.len(), 1, "{decided:?}");
        assert_eq!(decided[0].say, Say::Allows);
        assert!(
            decided[0]
                .span
                .of(&text)
                .unwrap()
                .contains("sagemaker.amazonaws.com")
        );
    }

    #[test]
    fn one_that_nearly_does_is_told_with_the_element_that_fails() {
        let (text, decided) =
            said(|it| it.replace("sagemaker.amazonaws.com", "lambda.amazonaws.com"));
        assert_eq!(decided[0].say, Say::Nearly);
        let (span, sentence) = decided[0].failed.clone().unwrap();
        assert!(
            span.of(&text).unwrap().contains("lambda.amazonaws.com"),
            "{span:?}"
        );
        assert!(sentence.contains("rincipal"), "{sentence}");
    }
}
