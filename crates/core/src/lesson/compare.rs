//! Somebody's own state beside the solution: which parts differ, and what each has there.
//!
//! Judges nothing: other solutions are as good. Invariant: a part is told where one of the two has changed it, and
//! they do not have the same there.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    lesson::{Challenge, Exercise, course, fact::value_at, layout::laid_out},
    scenario::{Alteration, Scenario},
    world::DocumentId,
};

/// A part of a world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A policy.
    Document(DocumentId),
    /// Anything else, as steps from the home account down: `domains/d-1/defaultUserSettings`.
    Value(String),
}

/// A part that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Which.
    pub part: Part,
    /// What somebody has there; `None`: nothing.
    pub own: Option<String>,
    /// What the solution has there; `None`: nothing.
    pub solution: Option<String>,
    /// Whether `own` cannot be read as JSON and is as it was typed; else both are laid out alike.
    pub is_as_typed: bool,
}

impl Compared {
    /// Two texts of a part; `None` where they say the same.
    fn of(part: Part, own: Option<String>, solution: Option<String>) -> Option<Self> {
        let laid = own.as_deref().map(laid_out);
        let is_as_typed = matches!(laid, Some(None));
        let own = laid.flatten().or(own);
        let solution = solution.map(|it| laid_out(&it).unwrap_or(it));
        (own != solution).then_some(Self {
            part,
            own,
            solution,
            is_as_typed,
        })
    }
}

/// Where the home account is, in steps.
const HOME: &str = "world/home/";

impl Exercise<'_> {
    /// The parts that differ from the solution, policies first; nothing where the solution does not fit.
    pub fn compare(&self, state: &Scenario) -> Vec<Compared> {
        let lists = self.sheet.editable.iter().map(|it| steps(&it.to_string()));
        let lists = lists.filter(|it| it.ends_with("/attachedPolicies") && !it.contains('*'));
        compared(&self.start, &self.solution.changes, lists.collect(), state)
    }
}

impl Challenge {
    /// The parts that differ from one way to mend it, policies first.
    pub fn compare(&self, state: &Scenario) -> Vec<Compared> {
        compared(&self.scenario, &self.solution, Vec::new(), state)
    }
}

/// `values` are looked at besides what the solution sets.
fn compared(
    start: &Scenario,
    solution: &[Alteration],
    mut values: Vec<String>,
    state: &Scenario,
) -> Vec<Compared> {
    let Ok(solved) = course::changed(solution, start) else {
        return Vec::new();
    };
    let text = |scenario: &Scenario, id: &DocumentId| {
        scenario.world.document(id).map(|it| it.as_str().to_owned())
    };
    let worlds = [state, &solved].map(|it| it.world.documents());
    let ids: BTreeSet<DocumentId> = worlds.into_iter().flatten().map(|it| it.0).collect();
    let documents = ids.into_iter().filter_map(|id| {
        let before = text(start, &id);
        let (own, solution) = (text(state, &id), text(&solved, &id));
        let is_changed = own != before || solution != before;
        is_changed
            .then(|| Compared::of(Part::Document(id), own, solution))
            .flatten()
    });
    for it in solution {
        if let Alteration::Value { at, .. } = it {
            let at = steps(at);
            // Behind a list nothing is yet: the list is what is compared.
            values.push(at.strip_suffix("/-").map_or(at.clone(), str::to_owned));
        }
    }
    let mut seen = BTreeSet::new();
    values.retain(|it| seen.insert(it.clone()));
    let jsons = [state, &solved].map(json);
    let values = values.into_iter().filter_map(|at| {
        let [own, solution] = jsons.each_ref().map(|it| written(it, &at));
        Compared::of(Part::Value(at), own, solution)
    });
    documents.chain(values).collect()
}

/// A place as steps from the home account down.
fn steps(at: &str) -> String {
    let at = at.trim_start_matches('/');
    at.strip_prefix(HOME).unwrap_or(at).to_owned()
}

fn json(scenario: &Scenario) -> Value {
    // By way of text: writing that is there already, for the page's size.
    serde_json::from_str(&scenario.to_json()).unwrap_or_default()
}

fn written(scenario: &Value, at: &str) -> Option<String> {
    let home = scenario.get("world")?.get("home")?;
    let value = at.split('/').try_fold(home, value_at)?;
    match value {
        Value::Null => None,
        value => serde_json::to_string_pretty(value).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Course, pack};

    fn course() -> Course {
        let base = r#"{"rolewalk": 2, "name": "n", "about": "a",
            "world": {"region": "us-east-1", "home": {"account": "111122223333", "name": "n",
                "users": [{"name": "alice", "inlinePolicies": [{"name": "Own", "document": "{}"}]}]}},
            "choice": {"person": "Alice", "user": "alice", "role": null, "domain": "", "userProfile": "",
                "workload": {"apiCall": {"action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}},
                "data": {"bucket": "b", "prefix": ""}, "repository": "", "time": "2026-11-24T12:00:00Z"}}"#;
        let lesson = r#"{"rolewalkLesson": 1, "id": "l", "title": "t", "idea": "i", "minutes": 1,
            "start": {"base": "b"}, "editable": ["users/alice/inlinePolicies"], "goals": [],
            "solution": {"changes": [{"document": "inline:user:alice:Own", "text": {"Statement": []}},
                {"at": "/world/home/users/alice/path", "value": "/x/"}], "because": "b"},
            "takeaway": "t"}"#;
        let course = r#"{"id": "c", "title": "t", "about": "a", "lessons": ["l"]}"#;
        let text = pack(course, &[("b", base)], &[(lesson, "")]);
        Course::from_json(&text, &|_| None).unwrap()
    }

    #[test]
    fn only_what_differs_is_told() {
        let course = course();
        let exercise = course.lessons[0].exercise().unwrap();
        let told = exercise.compare(&exercise.start);
        let parts: Vec<String> = told
            .iter()
            .map(|it| match &it.part {
                Part::Document(id) => id.name().to_string(),
                Part::Value(at) => at.clone(),
            })
            .collect();
        assert_eq!(parts, ["inline:user:alice:Own", "users/alice/path"]);
        assert_eq!(told[0].own.as_deref(), Some("{}"));
        assert_eq!(told[1].solution.as_deref(), Some("\"/x/\""));
        let solved = course::changed(&exercise.solution.changes, &exercise.start).unwrap();
        assert_eq!(exercise.compare(&solved), []);
    }

    #[test]
    fn both_are_laid_out_alike_and_what_is_no_json_is_as_typed() {
        let course = course();
        let exercise = course.lessons[0].exercise().unwrap();
        let state = |text: &str| {
            let mut state = exercise.start.clone().into_owned();
            state.world.home.users[0].inline_policies[0].document = text.into();
            let told = exercise.compare(&state);
            told.into_iter().next().unwrap()
        };
        let told = state(r#"{ "Statement":[ {"Sid":"A"}]}"#);
        assert_eq!(
            told.own.as_deref(),
            Some("{\n  \"Statement\": [\n    {\n      \"Sid\": \"A\"\n    }\n  ]\n}")
        );
        assert_eq!(told.solution.as_deref(), Some("{\n  \"Statement\": []\n}"));
        assert!(!told.is_as_typed);
        let told = state("{ \"Statement\":[");
        assert_eq!(told.own.as_deref(), Some("{ \"Statement\":["));
        assert!(told.is_as_typed);
        // Other spaces alone are no difference.
        let told = state("{\"Statement\":[]}");
        assert_eq!(told.part, Part::Value("users/alice/path".to_owned()));
    }
}
