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
    /// Whether there is no more to say of a door than that none is shut, nothing is lost and no policy is at fault for
    /// what could not be judged.
    pub(crate) is_open: bool,
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
    let is_open = match state {
        DoorState::Open => true,
        DoorState::NotJudged => explain::unjudged_check(flow).is_none(),
        _ => false,
    };
    Headline {
        state,
        words,
        is_open,
    }
}
