//! No lesson is solved by allowing everything: in all policies at once, or in a single one.
//!
//! Knows nothing of any lesson but what `EXEMPT` and `EXEMPT_ONE` say. Invariant: an exemption of an answer that
//! loses is a failure, and so is one of which there is no such policy or statement.

use rolewalk_core::{
    lesson::{Course, Exercise, Lesson},
    policy::PolicyKind,
    scenario::Scenario,
    world::{DocumentId, PolicyText},
};
use serde_json::Value;

use crate::{Checked, applied, check, exercise_name, same};

/// What is put into a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Star {
    /// One statement that allows everything on everything.
    Everywhere,
    /// The solution's statements; those that allow, allow every action.
    Actions,
}

/// Where one may say so much, since it grants nobody more than the solution does, and why: the beginning of the exercise’s
/// name, the policy, what is in it.
const EXEMPT: &[(&str, &str, Star, &str)] = &[
    ("pass-role", PASS, Star::Actions, ONLY_PASS_ROLE),
    (
        "second-lock",
        "inline:role:ExecutionRole:Keys",
        Star::Actions,
        "the key policy does not hand over to the account: what it does not allow itself, this cannot",
    ),
    (
        "second-lock",
        "key:11111111-2222-3333-4444-555555555555",
        Star::Actions,
        "`kms:ViaService` is sent when S3 asks in the role’s name, and S3 asks for nothing but the use of the key",
    ),
    (
        "end-to-end",
        "inline:role:ExecutionRole:Pass",
        Star::Actions,
        ONLY_PASS_ROLE,
    ),
    ("people-and-services", PASS, Star::Actions, ONLY_PASS_ROLE),
    (
        "people-and-services",
        "trust:DataScientistRole",
        Star::Actions,
        BOTH_SIDES,
    ),
    (
        "people-and-services",
        "trust:AdminRole",
        Star::Actions,
        BOTH_SIDES,
    ),
    (
        "people-and-services",
        "trust:BreakGlassRole",
        Star::Actions,
        BOTH_SIDES,
    ),
    (
        "mental-model/",
        "inline:role:ExecutionRole:Pass",
        Star::Actions,
        ONLY_PASS_ROLE,
    ),
    (
        "mental-model/",
        "trust:DataScientistRole",
        Star::Actions,
        BOTH_SIDES,
    ),
    (
        "mental-model/",
        "trust:AdminRole",
        Star::Actions,
        BOTH_SIDES,
    ),
];

/// The same for a single statement of the solution: the beginning of the exercise's name, the policy, the `Sid`.
const EXEMPT_ONE: &[(&str, &str, &str, &str)] = &[
    ("pass-role", PASS, "HandOver", ONLY_PASS_ROLE),
    ("people-and-services", PASS, "HandOver", ONLY_PASS_ROLE),
    (
        "end-to-end",
        "inline:role:ExecutionRole:Pass",
        "HandOver",
        ONLY_PASS_ROLE,
    ),
    ("build-a-domain", BUILD, "HandOver", ONLY_PASS_ROLE),
    (
        "build-a-domain",
        BUILD,
        "CreateDomain",
        "the condition asks for `sagemaker:AppNetworkAccessType`, which is sent where a domain is made or changed",
    ),
    (
        "second-lock",
        KEY,
        "Admin",
        "a key policy is about its key, of which this allows everything already",
    ),
    (
        "second-lock",
        KEY,
        "Use",
        "`kms:ViaService` is sent when S3 asks in the role’s name, and S3 asks for nothing but the use of the key",
    ),
    (
        "hierarchy",
        "inline:role:ExecRole-A:Work",
        "SeeOwn",
        "the condition keeps it to what has the domain’s own tag",
    ),
    (
        "people-and-services",
        "trust:DataScientistRole",
        "People",
        BOTH_SIDES,
    ),
    (
        "people-and-services",
        "trust:AdminRole",
        "BreakGlass",
        BOTH_SIDES,
    ),
];

const BUILD: &str = "inline:role:PlatformAdminRole:Build";
const KEY: &str = "key:11111111-2222-3333-4444-555555555555";
const PASS: &str = "inline:role:DataScientistRole:Pass";
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
const ONLY_PASS_ROLE: &str =
    "the condition asks for `iam:PassedToService`, which is sent with `iam:PassRole` alone";
const BOTH_SIDES: &str = "it trusts people and roles of the account, and for these their own policies have to say yes as well";

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

/// The text with `*` in place of what one of its allows names, for each of them, by `Sid`.
fn any_action_of_one(text: &str) -> Vec<(String, String)> {
    let policy: Value = serde_json::from_str(text).unwrap_or_default();
    let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
    let mut texts = Vec::new();
    for (idx, it) in statements.iter().enumerate() {
        if it["Effect"] != "Allow" || it["Action"] == "*" {
            continue;
        }
        let mut policy = policy.clone();
        policy["Statement"][idx]["Action"] = Value::from("*");
        let sid = it["Sid"].as_str().unwrap_or_default().to_owned();
        texts.push((sid, policy.to_string()));
    }
    texts
}

/// A policy that says `*` in one place: all over it, or in one of its statements.
struct Wide<W> {
    id: DocumentId,
    place: W,
    text: String,
}

impl<W> Wide<W> {
    fn document(&self) -> String {
        self.id.name().to_string()
    }
}

/// `*` in one statement of one policy that the solution changes, by `Sid`.
fn wide_statements(exercise: &Exercise<'_>, solved: &Scenario) -> Vec<Wide<String>> {
    let mut wide = Vec::new();
    for id in open(exercise, solved) {
        let own = solved.world.document(&id).unwrap().as_str();
        if exercise.start.world.document(&id).map(PolicyText::as_str) == Some(own) {
            continue;
        }
        let texts = any_action_of_one(own).into_iter();
        wide.extend(texts.map(|(place, text)| Wide {
            id: id.clone(),
            place,
            text,
        }));
    }
    wide
}

/// `*` in one policy.
fn wide_policies(exercise: &Exercise<'_>, solved: &Scenario) -> Vec<Wide<Star>> {
    let mut wide = Vec::new();
    for id in open(exercise, solved) {
        let own = solved.world.document(&id).unwrap().as_str();
        for place in [Star::Everywhere, Star::Actions] {
            let text = match place {
                Star::Everywhere => (!says_so(own)).then(|| everywhere(&id).to_owned()),
                Star::Actions => any_action(own),
            };
            wide.extend(text.map(|text| Wide {
                id: id.clone(),
                place,
                text,
            }));
        }
    }
    wide
}

/// The same with all else as in the solution: it does not win, unless it may.
pub(crate) fn each_statement(name: &str, exercise: &Exercise<'_>) -> Checked {
    let solved = applied(&exercise.solution.changes, &exercise.start)?;
    let mut wrong = Vec::new();
    for it in wide_statements(exercise, &solved) {
        let mut state = solved.clone();
        *state.world.document_mut(&it.id).unwrap() = it.text.as_str().into();
        let is_won = exercise.outcome(&state).is_solved();
        let (document, sid) = (it.document(), it.place);
        let is_exempt = EXEMPT_ONE
            .iter()
            .any(|it| name.starts_with(it.0) && (it.1, it.2) == (document.as_str(), sid.as_str()));
        if is_won != is_exempt {
            let wins_or = if is_won {
                "wins"
            } else {
                "is exempt, and loses"
            };
            wrong.push(format!("`{document}`, `{sid}`: {wins_or}"));
        }
    }
    check(wrong.is_empty(), wrong.join("\n"))
}

/// What an exemption is of was tried in some exercise. Whether it wins there, [`each_alone`] and [`each_statement`] say.
pub(crate) fn exempt_something(course: &Course) -> Checked {
    let (mut policies, mut statements) = (Vec::new(), Vec::new());
    for lesson in &course.lessons {
        for (number, exercise) in lesson.exercises().iter().enumerate() {
            let name = exercise_name(lesson, number);
            let solved = applied(&exercise.solution.changes, &exercise.start)?;
            let wide = wide_policies(exercise, &solved).into_iter();
            policies.extend(wide.map(|it| (name.clone(), it.document(), it.place)));
            let wide = wide_statements(exercise, &solved).into_iter();
            statements.extend(wide.map(|it| (name.clone(), it.document(), it.place)));
        }
    }
    let mut idle = Vec::new();
    for (of, document, star, _) in EXEMPT {
        let is_it = |it: &(String, String, Star)| {
            it.0.starts_with(of) && (it.1.as_str(), it.2) == (document, *star)
        };
        if !policies.iter().any(is_it) {
            idle.push(format!("{of}: `{document}`, {star:?}"));
        }
    }
    for (of, document, sid, _) in EXEMPT_ONE {
        let is_it = |it: &(String, String, String)| {
            it.0.starts_with(of) && (it.1.as_str(), it.2.as_str()) == (*document, *sid)
        };
        if !statements.iter().any(is_it) {
            idle.push(format!("{of}: `{document}`, `{sid}`"));
        }
    }
    check(idle.is_empty(), format!("of nothing:\n{}", idle.join("\n")))
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
    for it in wide_policies(exercise, &solved) {
        let is_won = [exercise.start.as_ref(), &solved].into_iter().any(|rest| {
            let mut state = rest.clone();
            let Some(document) = state.world.document_mut(&it.id) else {
                return false;
            };
            *document = it.text.as_str().into();
            exercise.outcome(&state).is_solved()
        });
        let (document, star) = (it.document(), it.place);
        let is_exempt = EXEMPT
            .iter()
            .any(|it| name.starts_with(it.0) && (it.1, it.2) == (document.as_str(), star));
        if is_won != is_exempt {
            let wins_or = if is_won {
                "wins"
            } else {
                "is exempt, and loses"
            };
            wins.push(format!("`{document}`, {star:?}: {wins_or}"));
        }
    }
    check(wins.is_empty(), wins.join("\n"))
}
