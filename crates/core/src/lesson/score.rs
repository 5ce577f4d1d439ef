//! How small a solution is: for comparison, never for a grade.
//!
//! Knows the catalogue of actions and nothing of worlds' meaning. Invariant: layout does not count, only
//! what is written; the reference is the same function of the lesson's own solution, so it is never out
//! of date.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    catalogue::Catalogue,
    lesson::{Exercise, course, place},
    names::ActionName,
    policy::{Effect, Policy},
    scenario::Scenario,
    world::{DocumentId, Documents, Text},
};

/// How small a solution is. Smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Score {
    /// Statements in the policies that the solution changes, in those that were changed and may be, and in managed
    /// policies attached where one may attach some.
    pub statements: usize,
    /// Their characters, without layout.
    pub characters: usize,
    /// How many of AWS's actions they allow, on whatever resource; `None` without a catalogue.
    pub actions: Option<usize>,
}

/// How small a state is.
pub fn score(exercise: &Exercise<'_>, state: &Scenario, catalogue: Option<&Catalogue>) -> Score {
    let documents = Documents::parse(&state.world);
    let solved = course::changed(&exercise.solution.changes, &exercise.start).ok();
    let is_changed = |id: &DocumentId| {
        let before = exercise.start.world.document(id);
        let solution = solved.as_ref().and_then(|it| it.world.document(id));
        before != state.world.document(id) || before != solution
    };
    let mut score = Score {
        statements: 0,
        characters: 0,
        actions: None,
    };
    let mut allowed = BTreeSet::new();
    for (id, document) in documents.iter() {
        let counts = match &id.text {
            Text::Managed { arn } => attached(exercise, state, arn.as_str()),
            // What nobody changes is not somebody's answer, though it may be edited.
            _ => place::opens(&exercise.sheet.editable, id) && is_changed(id),
        };
        if !counts {
            continue;
        }
        let text = document.text.as_str();
        let compact = serde_json::from_str::<Value>(text).map(|it| it.to_string());
        score.characters += compact.as_deref().unwrap_or(text).chars().count();
        if let Some(policy) = &document.policy {
            score.statements += policy.statements.len();
            if let Some(catalogue) = catalogue {
                allow(policy, catalogue, &mut allowed);
            }
        }
    }
    score.actions = catalogue.map(|_| allowed.len());
    score
}

/// The score of the lesson's own solution.
pub(super) fn reference(exercise: &Exercise<'_>, catalogue: Option<&Catalogue>) -> Option<Score> {
    let solved = course::changed(&exercise.solution.changes, &exercise.start).ok()?;
    Some(score(exercise, &solved, catalogue))
}

impl Exercise<'_> {
    /// The score of its own solution; nothing where that does not fit.
    pub fn reference(&self, catalogue: Option<&Catalogue>) -> Option<Score> {
        reference(self, catalogue)
    }
}

/// Whether somebody of whom the attachments may be edited has it attached.
fn attached(exercise: &Exercise<'_>, state: &Scenario, arn: &str) -> bool {
    let home = &state.world.home;
    let open = |kind: &str, name: &str| {
        let path = ["world", "home", kind, name, "attachedPolicies"].map(str::to_owned);
        exercise.sheet.editable.iter().any(|it| it.covers(&path))
    };
    let has = |all: &[crate::names::Arn]| all.iter().any(|it| it.as_str() == arn);
    let mut users = home.users.iter();
    let mut groups = home.groups.iter();
    let mut roles = home.roles.iter();
    users.any(|it| has(&it.attached_policies) && open("users", &it.name))
        || groups.any(|it| has(&it.attached_policies) && open("groups", &it.name))
        || roles.any(|it| has(&it.attached_policies) && open("roles", &it.name))
}

fn allow<'a>(
    policy: &Policy,
    catalogue: &'a Catalogue,
    allowed: &mut BTreeSet<(&'a str, &'a str)>,
) {
    for statement in &policy.statements {
        if statement.effect.value != Effect::Allow {
            continue;
        }
        let patterns = &statement.action.patterns;
        for service in catalogue.services() {
            for action in &service.actions {
                let name = ActionName::new(&service.prefix, &action.name);
                let is_named = patterns.iter().any(|it| it.value.matches(&name));
                if is_named != statement.action.negated {
                    allowed.insert((&service.prefix, &action.name));
                }
            }
        }
    }
}
