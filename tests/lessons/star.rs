//! No lesson is solved by allowing everything: in all policies at once, or in a single one.
//!
//! Knows nothing of any lesson but what `EXEMPT` says. Invariant: an exemption that is not needed is a failure.

use rolewalk_core::{
    lesson::{Exercise, Lesson},
    policy::PolicyKind,
    scenario::Scenario,
    world::DocumentId,
};
use serde_json::Value;

use crate::{Checked, applied, check, same};

/// What is put into a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Star {
    /// One statement that allows everything on everything.
    Everywhere,
    /// The solution's statements; those that allow, allow every action.
    Actions,
}

/// Policies of which one may say so much, and why that grants nobody more than the solution does: exercise,
/// policy, what is in it.
const EXEMPT: &[(&str, &str, Star, &str)] = &[];

const IDENTITY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const TRUST: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:*"}}"#;
const RESOURCE: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#;

const fn everywhere(id: &DocumentId) -> &'static str {
    match id.kind() {
        PolicyKind::Identity => IDENTITY,
        PolicyKind::Trust => TRUST,
        _ => RESOURCE,
    }
}

/// Whether a text is one statement that allows everything on everything already.
fn says_so(text: &str) -> bool {
    let policy: Value = serde_json::from_str(text).unwrap_or_default();
    policy["Statement"].as_array().is_some_and(|it| {
        it.iter()
            .any(|it| it["Action"] == "*" && it["Resource"] == "*" && it["Effect"] == "Allow")
    })
}

/// The text with `*` in place of what its allows name; nothing where it has none, or where it says so already.
fn any_action(text: &str) -> Option<String> {
    let mut policy: Value = serde_json::from_str(text).ok()?;
    let before = policy.clone();
    for statement in policy.get_mut("Statement")?.as_array_mut()? {
        if statement["Effect"] == "Allow" {
            statement["Action"] = Value::from("*");
        }
    }
    (policy != before).then(|| policy.to_string())
}

fn open(exercise: &Exercise<'_>, state: &Scenario) -> Vec<DocumentId> {
    let lesson = Lesson {
        sheet: exercise.sheet.clone(),
        text: String::new(),
        start: exercise.start.as_ref().clone(),
    };
    let documents = state.world.documents().into_iter().map(|it| it.0);
    documents.filter(|it| lesson.opens(it)).collect()
}

/// `*` in every policy that may be edited.
pub(crate) fn all_at_once(exercise: &Exercise<'_>, _: usize) -> Checked {
    let mut state = exercise.start.as_ref().clone();
    for id in open(exercise, &state) {
        *state.world.document_mut(&id).unwrap() = everywhere(&id).into();
    }
    let outcome = exercise.outcome(&state);
    same(&outcome.refusal, &None)?;
    check(outcome.broken.is_empty(), format!("{:?}", outcome.broken))?;
    check(!outcome.is_solved(), "`*` solves it")
}

/// `*` in one policy, all others as at the start, or as in the solution.
pub(crate) fn each_alone(name: &str, exercise: &Exercise<'_>) -> Checked {
    let solved = applied(&exercise.solution.changes, &exercise.start)?;
    let mut wins = Vec::new();
    for id in open(exercise, &solved) {
        let own = solved.world.document(&id).unwrap().as_str().to_owned();
        for star in [Star::Everywhere, Star::Actions] {
            let text = match star {
                Star::Everywhere => (!says_so(&own)).then(|| everywhere(&id).to_owned()),
                Star::Actions => any_action(&own),
            };
            let Some(text) = text else { continue };
            let is_won = [exercise.start.as_ref(), &solved].into_iter().any(|rest| {
                let mut state = rest.clone();
                let Some(document) = state.world.document_mut(&id) else {
                    return false;
                };
                *document = text.as_str().into();
                exercise.outcome(&state).is_solved()
            });
            let document = id.name().to_string();
            let is_exempt = EXEMPT
                .iter()
                .any(|it| (it.0, it.1, it.2) == (name, document.as_str(), star));
            if is_won != is_exempt {
                let wins_or = if is_won {
                    "wins"
                } else {
                    "is exempt, and loses"
                };
                wins.push(format!("`{document}`, {star:?}: {wins_or}"));
            }
        }
    }
    check(wins.is_empty(), wins.join("\n"))
}
