//! The headline above the verdict, and what the page adds to its fix: where on it something is said.

use rolewalk_core::{
    explain::{self, Verdict, Whereabouts},
    flow::{Flow, HopOutcome},
};

use crate::view::door::DoorState;

/// What shows the rarer details of the scenario.
pub(crate) const MORE_DETAILS: &str = "More details";
/// The field for the person's address.
pub(crate) const SOURCE_IP: &str = "Source IP address";
/// The field for the endpoint that the person's requests go through.
pub(crate) const ENDPOINT: &str = "VPC endpoint";

/// What would change a verdict, with the place on the page where that is said.
pub(crate) fn fix(verdict: &Verdict) -> Option<String> {
    let fix = verdict.fix.as_deref()?;
    let (what, field) = match verdict.to_say {
        None => return Some(fix.to_owned()),
        Some(Whereabouts::Address) => ("The address goes", SOURCE_IP),
        Some(Whereabouts::Endpoint) => ("The endpoint goes", ENDPOINT),
        Some(Whereabouts::AddressBesideEndpoint | Whereabouts::OtherEndpoint) => {
            ("The endpoint that is named stands", ENDPOINT)
        }
    };
    Some(format!(
        "{fix} {what} under “{MORE_DETAILS}” of the scenario, in “{field}”."
    ))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(fix: Option<&str>, to_say: Option<Whereabouts>) -> Verdict {
        Verdict {
            answer: String::new(),
            is_aws_message: false,
            reason: String::new(),
            fix: fix.map(str::to_owned),
            to_say,
            spots: Vec::new(),
            add: None,
            asked: None,
        }
    }

    #[test]
    fn the_page_says_where_on_it_something_is_said() {
        for (to_say, fix_on_page) in [
            (None, "Say it."),
            (
                Some(Whereabouts::Address),
                "Say it. The address goes under “More details” of the scenario, in “Source IP address”.",
            ),
            (
                Some(Whereabouts::Endpoint),
                "Say it. The endpoint goes under “More details” of the scenario, in “VPC endpoint”.",
            ),
            (
                Some(Whereabouts::OtherEndpoint),
                "Say it. The endpoint that is named stands under “More details” of the scenario, in “VPC endpoint”.",
            ),
        ] {
            let verdict = verdict(Some("Say it."), to_say);
            assert_eq!(fix(&verdict).as_deref(), Some(fix_on_page));
        }
        assert_eq!(fix(&verdict(None, None)), None);
    }
}
