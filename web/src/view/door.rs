//! A hop as a door: its number, its name, and whether it is open.

use rolewalk_core::{
    explain,
    flow::{Credentials, Flow, Hop, HopKind, HopOutcome, Outcome},
};

/// How a door stands, as the page paints it: a word, a shape and a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DoorState {
    /// Everything passes.
    Open,
    /// The walk ends here.
    Shut,
    /// The walk goes on, but something is lost.
    Loses,
    /// Something could not be judged.
    NotJudged,
    /// A door before it is shut.
    NotReached,
}

impl DoorState {
    /// What a hop's outcome looks like.
    pub(crate) const fn of_outcome(outcome: HopOutcome) -> Self {
        match outcome {
            HopOutcome::Passed => Self::Open,
            HopOutcome::Blocked => Self::Shut,
            HopOutcome::Degraded => Self::Loses,
            HopOutcome::NotEvaluated => Self::NotJudged,
        }
    }

    /// What one check's outcome looks like.
    pub(crate) const fn of_check(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Passes => Self::Open,
            Outcome::Fails => Self::Shut,
            Outcome::NotEvaluated => Self::NotJudged,
        }
    }

    /// How a hop stands in its walk.
    pub(crate) fn of(flow: &Flow, hop: &Hop) -> Self {
        if flow.reaches(hop) {
            Self::of_outcome(hop.outcome())
        } else {
            Self::NotReached
        }
    }

    /// The word beside the shape.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Shut => "Shut",
            Self::Loses => "Loses something",
            Self::NotJudged => "Not judged",
            Self::NotReached => "Not reached",
        }
    }

    /// The name that style sheets know it by.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Open => "is-open",
            Self::Shut => "is-shut",
            Self::Loses => "is-losing",
            Self::NotJudged => "is-unjudged",
            Self::NotReached => "is-unreached",
        }
    }
}

/// What a door that is not reached would say.
pub(crate) fn would_be(hop: &Hop) -> &'static str {
    match hop.outcome() {
        HopOutcome::Passed => "not reached — would be open",
        HopOutcome::Blocked => "not reached — would be shut",
        HopOutcome::Degraded => "not reached — would lose something",
        HopOutcome::NotEvaluated => "not reached — could not be judged",
    }
}

/// Whether the identity of a hop is anybody's: not behind a door that is not reached, and not where
/// the shut door is the one that gives it.
pub(crate) const fn is_identity_had(kind: HopKind, state: DoorState) -> bool {
    match state {
        DoorState::NotReached => false,
        DoorState::Shut => !kind.gives_identity(),
        DoorState::Open | DoorState::Loses | DoorState::NotJudged => true,
    }
}

/// How long credentials last, in a word or two.
pub(crate) const fn credentials(credentials: Credentials) -> Option<&'static str> {
    match credentials {
        Credentials::None => None,
        Credentials::LongTerm => Some("long-term"),
        Credentials::Temporary => Some("temporary"),
    }
}

/// The id of a door's row.
pub(crate) fn row_id(kind: HopKind) -> String {
    format!(
        "door-{}",
        explain::hop_short_title(kind)
            .to_ascii_lowercase()
            .replace(|it: char| !it.is_ascii_alphanumeric(), "-")
    )
}
