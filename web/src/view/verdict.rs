//! The headline above the verdict.

use rolewalk_core::{
    explain,
    flow::{Flow, HopOutcome},
};

use crate::view::door::DoorState;

/// The whole walk in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headline {
    /// What it looks like.
    pub(crate) state: DoorState,
    /// The words.
    pub(crate) words: String,
}

impl Headline {
    /// Whether no door is shut, nothing is lost on the way and everything could be judged.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.state, DoorState::Open)
    }
}

/// The headline of a walk.
pub(crate) fn headline(flow: &Flow) -> Headline {
    let n_doors = flow.hops.len();
    let first = |outcome: HopOutcome| flow.hops.iter().position(|it| it.outcome() == outcome);
    let at = |idx: usize| {
        let name = flow
            .hops
            .get(idx)
            .map_or("", |it| explain::hop_short_title(it.kind));
        format!("door {} of {n_doors}: {name}", idx + 1)
    };
    let (state, words) = if let Some(idx) = flow.blocked_at() {
        (DoorState::Shut, format!("Stopped at {}", at(idx)))
    } else if let Some(idx) = first(HopOutcome::Degraded) {
        (
            DoorState::Loses,
            format!("All the way through, but something is lost at {}", at(idx)),
        )
    } else if let Some(idx) = first(HopOutcome::NotEvaluated) {
        (
            DoorState::NotJudged,
            format!(
                "No door is shut, but not all could be judged at {}",
                at(idx)
            ),
        )
    } else {
        (DoorState::Open, "Every door is open".to_owned())
    };
    Headline { state, words }
}
