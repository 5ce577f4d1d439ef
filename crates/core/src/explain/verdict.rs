//! The one sentence that answers, the reason in plain words, and what would change it.
//!
//! Invariant: a reason names the statement that came nearest, where there is one, and a fix names
//! the policy that would have to change.

use crate::{
    explain::{
        Asked, Spot,
        check::{check_timing, check_title, check_why},
        document::entity_name,
        error_message::aws_error,
        gate::{gate_fix, gate_sentence, not_in_world_sentence},
        hop::{hop_lesson, hop_short_title, place_title},
        number::{counted, one_or_many},
        reason::{Answer, Reason},
        whereabouts::Whereabouts,
    },
    flow::{Check, Flow, Gate, Hop, HopOutcome, Need, Outcome, Place, Subject},
    names::Arn,
    trace::{Decision, Note},
    world::{Documents, EntityId, Thing, World, change::Kind},
};

/// What to say of a walk, a hop or a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The answer, in one sentence.
    pub answer: String,
    /// Whether the answer is what AWS itself would say, word for word.
    pub is_aws_message: bool,
    /// Why it is so.
    pub reason: String,
    /// What would change it; nothing where all is well.
    pub fix: Option<String>,
    /// What the fix asks for first: that the scenario says where the request comes from. A page has a place for that.
    pub to_say: Option<Whereabouts>,
    /// Where to look, each with a label for the button that leads there.
    pub spots: Vec<(String, Spot)>,
    /// What to add and where, of which there is none: the scenario takes it then.
    pub add: Option<(Kind, EntityId)>,
    /// What was asked, where the fix is to allow it.
    pub asked: Option<Box<Asked>>,
}

/// What to say of the whole walk.
pub fn flow_verdict(flow: &Flow, world: &World, documents: &Documents) -> Verdict {
    let mut verdict = first_verdict(flow, world, documents);
    let shut = flow
        .hops
        .iter()
        .filter(|it| it.outcome() == HopOutcome::Blocked);
    let others: Vec<&str> = shut.skip(1).map(|it| hop_short_title(it.kind)).collect();
    if !others.is_empty() {
        let doors = one_or_many(others.len(), "One more door is", "More doors are");
        verdict.reason = format!("{} {doors} shut: {}.", verdict.reason, others.join(", "));
    }
    verdict
}

/// The same without the doors behind the first that is shut: whoever learns mends one after the other.
pub fn first_verdict(flow: &Flow, world: &World, documents: &Documents) -> Verdict {
    if let Some(hop) = flow.blocked_at().and_then(|it| flow.hops.get(it)) {
        return hop_verdict(hop, world, documents);
    }
    let failing = |outcome| flow.hops.iter().filter(move |it| it.outcome() == outcome);
    let degraded: Vec<_> = failing(HopOutcome::Degraded).collect();
    if let Some(first) = degraded.first() {
        let mut verdict = hop_verdict(first, world, documents);
        let names: Vec<&str> = degraded.iter().map(|it| hop_short_title(it.kind)).collect();
        verdict.reason = format!(
            "The walk gets to its end, but something is lost at {}. {}",
            names.join(", "),
            verdict.reason
        );
        return verdict;
    }
    let open = open_verdict(flow);
    match unjudged_check(flow) {
        None => open,
        Some(first) => {
            let verdict = check_verdict(first, world, documents);
            Verdict {
                reason: format!("{} {}", verdict.reason, open.reason),
                ..verdict
            }
        }
    }
}

/// The first check that could not be judged because of a policy, which can be mended; what Rolewalk does not
/// know of the world cannot.
pub fn unjudged_check(flow: &Flow) -> Option<&Check> {
    first_unjudged(flow.hops.iter().flat_map(|it| &it.checks))
}

fn first_unjudged<'a>(mut checks: impl Iterator<Item = &'a Check>) -> Option<&'a Check> {
    checks.find(|it| {
        let is_asked = match &it.subject {
            Subject::Authorization { .. } => true,
            Subject::Gate { gate, .. } => matches!(gate, Gate::SessionPolicy { .. }),
        };
        is_asked && it.outcome() == Outcome::NotEvaluated
    })
}

/// What to say of a walk on which no door is shut and nothing is lost: the page says no more than this before
/// somebody breaks something.
pub fn open_verdict(flow: &Flow) -> Verdict {
    let n_checks: usize = flow.hops.iter().map(|it| it.checks.len()).sum();
    let unjudged = flow.hops.iter();
    let unjudged = unjudged.filter(|it| it.outcome() == HopOutcome::NotEvaluated);
    let unjudged: Vec<&str> = unjudged.map(|it| hop_short_title(it.kind)).collect();
    let reason = if unjudged.is_empty() {
        all_pass(n_checks, flow.hops.len())
    } else {
        format!(
            "Of {} at {} none fails; what could not be judged is at {}.",
            counted(n_checks, "check", "checks"),
            counted(flow.hops.len(), "door", "doors"),
            unjudged.join(", ")
        )
    };
    let missing = flow.hops.iter().flat_map(|it| &it.checks);
    let missing = missing.filter_map(|it| match &it.subject {
        Subject::Gate {
            gate: Gate::NotInWorld { place, name },
            ..
        } => Some(format!(" {}.", not_in_world_sentence(*place, name))),
        _ => None,
    });
    let reason = missing.fold(reason, |all, it| all + &it);
    Verdict {
        answer: if unjudged.is_empty() {
            "Every door is open.".to_owned()
        } else {
            "No door is shut, but not all could be judged.".to_owned()
        },
        is_aws_message: false,
        reason,
        fix: None,
        to_say: None,
        spots: Vec::new(),
        add: None,
        asked: None,
    }
}

fn all_pass(n_checks: usize, n_doors: usize) -> String {
    match (n_checks, n_doors) {
        (1, 1) => "The one check at the one door passes.".to_owned(),
        (n, 1) => format!("All {n} checks at the one door pass."),
        (n, doors) => format!("All {n} checks at {doors} doors pass."),
    }
}

/// What to say of one hop: its first failing check, else that all is well.
pub fn hop_verdict(hop: &Hop, world: &World, documents: &Documents) -> Verdict {
    if let Some(first) = hop.first_failing() {
        let mut verdict = check_verdict(first, world, documents);
        // One call may be checked on several resources, and is told of once.
        let (mut others, mut gates): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for check in hop.failing().skip(1) {
            let title = short_title(check);
            let all = match check.subject {
                Subject::Authorization { .. } => &mut others,
                Subject::Gate { .. } => &mut gates,
            };
            if title != short_title(first) && !all.contains(&title) {
                all.push(title);
            }
        }
        // What is no call is a sentence already.
        for sentence in gates {
            verdict.reason = format!("{} {sentence}.", verdict.reason);
        }
        if !others.is_empty() {
            let fail = one_or_many(others.len(), "fails", "fail");
            let others = others.join(", ");
            verdict.reason = format!("{} At this door {others} {fail} too.", verdict.reason);
            verdict.fix = verdict
                .fix
                .map(|it| format!("{it} Look at {others} as well."));
        }
        return verdict;
    }
    let unjudged = hop
        .checks
        .iter()
        .filter(|it| it.outcome() == Outcome::NotEvaluated)
        .count();
    let answer = match (hop.checks.len(), unjudged) {
        (1, 0) => "The one check passes.".to_owned(),
        (n, 0) => format!("All {n} checks pass."),
        (n, unjudged) => format!(
            "{} of {n} checks pass, {unjudged} could not be judged.",
            n - unjudged
        ),
    };
    let Some(first) = first_unjudged(hop.checks.iter()) else {
        return Verdict {
            answer,
            is_aws_message: false,
            reason: hop_lesson(hop.kind).to_owned(),
            fix: None,
            to_say: None,
            spots: Vec::new(),
            add: None,
            asked: None,
        };
    };
    Verdict {
        answer,
        ..check_verdict(first, world, documents)
    }
}

fn short_title(check: &Check) -> String {
    match &check.subject {
        Subject::Authorization { request, .. } => format!("`{}`", request.action),
        Subject::Gate { gate, .. } => gate_sentence(gate),
    }
}

/// What to say of one check.
pub fn check_verdict(check: &Check, world: &World, documents: &Documents) -> Verdict {
    match &check.subject {
        Subject::Gate { gate, entity } => of_gate(check, gate, entity.as_ref(), world),
        Subject::Authorization { request, trace, .. } => {
            let answer = Answer {
                world,
                documents,
                request,
                trace,
            };
            let aws = aws_error(check);
            let is_aws_message = aws.is_some();
            let unjudged = answer.unjudged();
            let is_silent = matches!(trace.decision, Decision::ImplicitDeny { .. })
                && !trace.notes.contains(&Note::AuthorizedAsAnotherAction);
            let asked = (is_silent && unjudged.is_none()).then(|| {
                Box::new(Asked {
                    action: request.action.clone(),
                    resource: request.resource.clone(),
                })
            });
            let outcome = if unjudged.is_some() {
                "not judged"
            } else {
                "allowed"
            };
            let Reason {
                mut why,
                fix,
                spots,
                to_say,
            } = unjudged.unwrap_or_else(|| answer.reason());
            if is_aws_message
                && check.need == Need::Required
                && let Some(timing) = check_timing(check)
            {
                why = format!("{why} {timing}");
            }
            Verdict {
                answer: aws.unwrap_or_else(|| format!("{} is {outcome}.", check_title(check))),
                is_aws_message,
                reason: why,
                fix,
                to_say,
                spots,
                add: None,
                asked,
            }
        }
    }
}

fn of_gate(check: &Check, gate: &Gate, entity: Option<&EntityId>, world: &World) -> Verdict {
    let aws = aws_error(check);
    let is_aws_message = aws.is_some();
    let mut reason = check_why(check).to_owned();
    if is_aws_message {
        reason = format!("{}. {reason}", gate_sentence(gate));
    }
    if let Some(answer) = no_such_role(gate) {
        reason = format!("{reason} {answer}");
    }
    let none_yet = none_yet(gate, world);
    let mut fix = gate_fix(gate);
    if none_yet.is_some() {
        fix = Some("Add one, and the scenario takes it.".to_owned());
        "The walk needs one, and there is none to choose.".clone_into(&mut reason);
    } else if matches!(gate, Gate::Named { .. }) {
        "The walk needs one, and the scenario names none.".clone_into(&mut reason);
    }
    let answer = aws.or(none_yet);
    Verdict {
        answer: answer.unwrap_or_else(|| format!("{}.", gate_sentence(gate))),
        is_aws_message,
        reason,
        fix,
        to_say: None,
        spots: entity
            .map(|it| {
                (
                    format!("Open `{}`", entity_name(it, world)),
                    Spot::Entity(it.clone()),
                )
            })
            .into_iter()
            .collect(),
        add: missing(gate, world),
        asked: None,
    }
}

/// That the account has none of what the scenario would name.
fn none_yet(gate: &Gate, world: &World) -> Option<String> {
    let place = gate.lacks()?;
    let is_elsewhere = matches!(gate, Gate::Exists { name, .. } if Arn::is_arn(name));
    let home = &world.home;
    let has_none = !is_elsewhere
        && match place {
            Place::User => home.users.is_empty(),
            Place::Domain => home.domains.is_empty(),
            Place::UserProfile => home.domains.iter().all(|it| it.user_profiles.is_empty()),
            Place::Bucket => home.buckets.is_empty(),
            Place::Repository => home.repositories.is_empty(),
            _ => false,
        };
    has_none.then(|| format!("There is no {} yet.", place_title(place)))
}

/// What somebody may add where the scenario names nothing that is there.
fn missing(gate: &Gate, world: &World) -> Option<(Kind, EntityId)> {
    let domains = &world.home.domains;
    let kind = match gate.lacks()? {
        Place::User => Kind::User,
        Place::Domain => Kind::Domain,
        Place::UserProfile => {
            // Of several domains it would be a guess.
            let id = domains.first().filter(|_| domains.len() == 1)?;
            let id = id.domain_id.clone();
            return Some((Kind::UserProfile, Thing::Domain { id }.into()));
        }
        Place::Bucket => Kind::Bucket,
        Place::Repository => Kind::Repository,
        _ => return None,
    };
    Some((kind, Thing::Account.into()))
}

/// What AWS answers where there is no such role: a name in place of an ARN does not even reach the service's own checks.
///
/// <https://github.com/awslabs/predictive-maintenance-using-machine-learning/issues/3>
fn no_such_role(gate: &Gate) -> Option<String> {
    let Gate::Exists {
        place: Place::JobRole | Place::PipelineRole | Place::SpaceRole | Place::ExecutionRole,
        name,
        found: false,
    } = gate
    else {
        return None;
    };
    Some(if Arn::is_arn(name) {
        "AWS answers that it could not assume the role, and asks to ensure that it exists."
            .to_owned()
    } else {
        format!(
            "AWS answers such a name with a `ValidationException`: the value `{name}` fails to satisfy the pattern `arn:aws[a-z\\-]*:iam::\\d{{12}}:role/…`."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_told_as_several() {
        assert_eq!(all_pass(1, 1), "The one check at the one door passes.");
        assert_eq!(all_pass(3, 1), "All 3 checks at the one door pass.");
        assert_eq!(all_pass(3, 2), "All 3 checks at 2 doors pass.");
    }
}
