//! Who may make a call: cases as data, and the law that a row is the walk somebody opens from it.
//!
//! A case is a world, what is changed in it, and a question; it lists everybody who may and everybody of whom that is not judged,
//! and of single rows the reason: the door, what stands in the way, the statements, the words.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

#[path = "../scenarios.rs"]
mod scenarios;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use rolewalk_core::{
    access::{self, Access, Answer, At, Becoming, Decider, Question, Row, Who, WhoKind},
    by_name::ByName,
    flow::{ContextText, HopKind, HopOutcome},
    scenario::{self, Ask, Check, CheckOutcome, Expectation, Scenario},
    world::{DocumentId, Documents},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    /// What is so.
    name: String,
    /// Where AWS says it.
    #[serde(default)]
    source: Option<String>,
    /// A file beside the cases, or the slug of a start world.
    world: String,
    /// Values by JSON pointer into the scenario; `-` adds to a list.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    /// A policy, the `Sid` of a statement in it or of a new one, and the elements that it gets.
    #[serde(default)]
    statements: Vec<(DocumentId, String, ByName<Value>)>,
    action: String,
    resource: String,
    #[serde(default)]
    context: ByName<ContextText>,
    /// Everybody who may, in order.
    can: Vec<String>,
    /// Everybody of whom that is not judged.
    #[serde(default)]
    not_judged: Vec<String>,
    /// Whom a policy names and who cannot be asked.
    #[serde(default)]
    unknown: Vec<String>,
    /// Single rows, by principal.
    #[serde(default)]
    rows: BTreeMap<String, Expected>,
    /// Who can become a role: each with the roles on the way.
    #[serde(default)]
    becoming: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expected {
    door: HopKind,
    /// What IAM was asked for.
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    blocked_by: Option<Vec<String>>,
    /// `Sid`s of the statements that decided.
    #[serde(default)]
    statements: Option<Vec<String>>,
    #[serde(default)]
    missing_keys: Option<Vec<String>>,
    /// Parts of the reason.
    #[serde(default)]
    says: Vec<String>,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("access")
}

fn cases() -> Vec<Case> {
    let files = fs::read_dir(folder().join("cases")).unwrap();
    let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| -> Vec<Case> {
        let text = fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
    };
    let all: Vec<Case> = files.iter().flat_map(read).collect();
    assert!(!all.is_empty());
    all
}

fn scenario(case: &Case) -> Scenario {
    let file = folder().join(format!("{}.json", case.world));
    let text = fs::read_to_string(file).unwrap_or_else(|_| {
        let worlds = rolewalk_lessons::start_worlds();
        let mut worlds = worlds.iter();
        let world = worlds.find(|it| it.slug == case.world);
        let world = world.unwrap_or_else(|| panic!("no world {}", case.world));
        world.scenario().unwrap().to_json()
    });
    let mut json: Value = serde_json::from_str(&text).unwrap();
    for (pointer, value) in &case.set {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = json.pointer_mut(parent);
        match parent.unwrap_or_else(|| panic!("{}: no {pointer}", case.name)) {
            Value::Array(items) if key == "-" => items.push(value.clone()),
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            other => other[key] = value.clone(),
        }
    }
    let mut scenario = Scenario::from_json(&json.to_string()).unwrap();
    for (document, sid, elements) in &case.statements {
        let text = scenario.world.document_mut(document);
        let text = text.unwrap_or_else(|| panic!("{}: no {document:?}", case.name));
        *text = text.with_statement(sid, Some(elements)).unwrap();
    }
    scenario
}

fn question(case: &Case) -> Question {
    Question {
        action: case.action.clone(),
        resource: case.resource.clone(),
        context: case.context.clone(),
    }
}

fn answer(scenario: &Scenario, question: &Question) -> Answer {
    let documents = Documents::parse(&scenario.world);
    access::who_can(&scenario.world, &documents, &scenario.choice, question)
}

#[test]
fn each_case_comes_to_what_it_says() {
    let mut names = BTreeSet::new();
    let mut failures = String::new();
    for case in &cases() {
        assert!(names.insert(case.name.clone()), "twice: {}", case.name);
        for wrong in wrong(case) {
            writeln!(failures, "{}: {wrong}", case.name).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn wrong(case: &Case) -> Vec<String> {
    let scenario = scenario(case);
    let question = question(case);
    let answer = answer(&scenario, &question);
    let mut wrong = Vec::new();
    let mut compare = |what: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("{what}: {found}\n  expected {expected}"));
        }
    };
    let those = |access| -> Vec<&str> {
        let rows = answer.rows.iter().filter(|it| it.access == access);
        rows.map(|it| it.who.principal.as_str()).collect()
    };
    compare(
        "can",
        format!("{:?}", those(Access::Can)),
        format!("{:?}", case.can),
    );
    let unjudged = those(Access::NotJudged);
    compare(
        "not judged",
        format!("{unjudged:?}"),
        format!("{:?}", case.not_judged),
    );
    compare(
        "unknown",
        format!("{:?}", answer.unknown),
        format!("{:?}", case.unknown),
    );
    for (principal, expected) in &case.rows {
        match answer.rows.iter().find(|it| it.who.principal == *principal) {
            Some(row) => row_is(row, expected, &mut compare),
            None => compare(principal, "no row".to_owned(), "a row".to_owned()),
        }
    }
    let documents = Documents::parse(&scenario.world);
    for (role, expected) in &case.becoming {
        let ways = access::becoming(&scenario.world, &documents, &scenario.choice, role);
        let found = ways.into_iter().map(|it| (it.who.principal, it.roles));
        let found: Vec<(String, Vec<String>)> = found.collect();
        compare(role, format!("{found:?}"), format!("{expected:?}"));
    }
    if case
        .source
        .as_ref()
        .is_some_and(|it| !it.starts_with("https://docs.aws.amazon.com/"))
    {
        wrong.push("the source is no page of AWS".to_owned());
    }
    wrong
}

fn row_is(row: &Row, expected: &Expected, compare: &mut impl FnMut(&str, String, String)) {
    let who = &row.who.principal;
    let decided = row.decided_by.as_ref().unwrap();
    compare(
        who,
        format!("{:?}", decided.door),
        format!("{:?}", expected.door),
    );
    let (action, blocked_by, statements) = match &decided.decider {
        Decider::Authorization {
            action,
            blocked_by,
            statements,
            ..
        } => (
            Some(action.clone()),
            blocked_by.clone(),
            statements.as_slice(),
        ),
        Decider::Gate { .. } => (None, Vec::new(), [].as_slice()),
    };
    if expected.action.is_some() {
        compare(who, format!("{action:?}"), format!("{:?}", expected.action));
    }
    if let Some(expected) = &expected.blocked_by {
        compare(who, format!("{blocked_by:?}"), format!("{expected:?}"));
    }
    if let Some(expected) = &expected.statements {
        let sid = |it: &At| {
            it.sid
                .as_ref()
                .map_or_else(String::new, |it| it.as_str().to_owned())
        };
        let found: Vec<String> = statements.iter().map(sid).collect();
        compare(who, format!("{found:?}"), format!("{expected:?}"));
    }
    if let Some(expected) = &expected.missing_keys {
        let found: Vec<String> = row.missing_keys.iter().map(ToString::to_string).collect();
        compare(who, format!("{found:?}"), format!("{expected:?}"));
    }
    for part in &expected.says {
        if !row.reason.contains(part) {
            compare(who, row.reason.clone(), format!("… {part} …"));
        }
    }
}

/// What the runner says of the same call.
fn by_runner(scenario: &Scenario, question: &Question, principal: &str) -> Access {
    let choice = question.choice(&scenario.world, &scenario.choice, principal);
    let check = Check {
        name: "the same call".to_owned(),
        ask: Ask::Walk(Box::new(choice)),
        expect: Expectation {
            stops_at: None,
            hops: Vec::new(),
        },
    };
    let flow = match scenario::run(scenario, &check) {
        CheckOutcome::Passed { flow } => flow,
        CheckOutcome::Failed { .. } => return Access::Cannot,
        CheckOutcome::Invalid { documents } => panic!("{documents:?}"),
    };
    let is_judged = flow
        .hops
        .iter()
        .all(|it| it.outcome() == HopOutcome::Passed);
    if is_judged {
        Access::Can
    } else {
        Access::NotJudged
    }
}

#[test]
fn a_row_is_what_the_runner_says_of_the_same_call() {
    let mut n = 0;
    let cases = cases();
    let questions = cases
        .iter()
        .map(|it| (it.name.clone(), scenario(it), question(it)));
    for (name, scenario, question) in questions.chain(of_every_scenario()) {
        if Documents::parse(&scenario.world)
            .with_errors()
            .next()
            .is_some()
        {
            continue;
        }
        let answer = answer(&scenario, &question);
        let mut seen = BTreeSet::new();
        for row in &answer.rows {
            let who = &row.who.principal;
            assert!(seen.insert(who), "{name}: {who} twice");
            assert_eq!(
                row.access,
                by_runner(&scenario, &question, who),
                "{name}: {who}"
            );
            assert!(!row.reason.is_empty(), "{name}: nothing says why {who}");
            n += 1;
        }
    }
    assert!(n > 500, "{n} rows");
}

/// Reading and writing in each scenario's bucket.
fn of_every_scenario() -> impl Iterator<Item = (String, Scenario, Question)> {
    scenarios::all().into_iter().flat_map(|(name, scenario)| {
        let data = &scenario.choice.data;
        let object = format!("{}x", data.prefix);
        let resource = scenario
            .world
            .bucket_arn(&data.bucket, Some(&object))
            .to_string();
        ["s3:GetObject", "s3:PutObject"].map(|action| {
            let question = Question {
                action: action.to_owned(),
                resource: resource.clone(),
                context: ByName::new(),
            };
            (name.clone(), scenario.clone(), question)
        })
    })
}

#[test]
fn the_package_gives_the_same_rows() {
    for case in &cases() {
        let scenario = scenario(case);
        let (action, resource, context) = (&case.action, &case.resource, &case.context);
        let question = json!({"action": action, "resource": resource, "context": context});
        let (scenario_json, asked) = (scenario.to_json(), question.to_string());
        let theirs = rolewalk_wasm::who::who_can(&scenario_json, &asked).unwrap();
        let ours = answer(&scenario, &self::question(case));
        let rows: Vec<Row> = theirs.rows.into_iter().map(|it| it.row).collect();
        assert_eq!(
            (rows, theirs.unknown),
            (ours.rows, ours.unknown),
            "{}",
            case.name
        );
    }
}

#[test]
fn everybody_asks_as_themselves_whatever_roles_the_scenario_s_person_assumes() {
    let mut scenario = scenarios::opening();
    let question = Question {
        action: "s3:GetObject".to_owned(),
        resource: format!("arn:aws:s3:::{}/x", scenario.choice.data.bucket),
        context: ByName::new(),
    };
    let before = answer(&scenario, &question);
    let role = scenario.world.home.roles.iter().next().unwrap();
    scenario.choice.role_chain = vec![scenario.world.role_arn(role).to_string()];
    assert_eq!(answer(&scenario, &question), before);
}

#[test]
fn what_is_no_question_says_what_to_write() {
    let error = |action: &str, resource: &str| {
        let (action, resource) = (action.to_owned(), resource.to_owned());
        let context = ByName::new();
        let question = Question {
            action,
            resource,
            context,
        };
        question
            .error()
            .map(|it| format!("{}: {}", it.message(), it.help()))
    };
    assert_eq!(error("s3:GetObject", "arn:aws:s3:::bucket/key"), None);
    assert_eq!(error("s3:ListAllMyBuckets", "*"), None);
    let action = "write a service and a name, such as `s3:GetObject`";
    for wrong in ["", "GetObject", "s3:*", "s3:Get Object"] {
        assert_eq!(
            error(wrong, "*").unwrap(),
            format!("`{wrong}` is no action: {action}")
        );
    }
    let resource =
        "write an ARN such as `arn:aws:s3:::bucket/key`, or `*` for an action that has no resource";
    for wrong in ["", "bucket/key", "arn:aws:s3"] {
        let told = format!("`{wrong}` is neither an ARN nor `*`: {resource}");
        assert_eq!(error("s3:GetObject", wrong).unwrap(), told);
    }
}

#[test]
fn who_becomes_a_role_at_once_is_who_may_assume_it() {
    let mut n = 0;
    for (name, scenario) in scenarios::all() {
        let documents = Documents::parse(&scenario.world);
        let (world, around) = (&scenario.world, &scenario.choice);
        let mut becoming = Becoming::new(world, &documents, around);
        for role in &world.home.roles {
            let role = world.role_arn(role).to_string();
            let question = Question {
                action: "sts:AssumeRole".to_owned(),
                resource: role.clone(),
                context: ByName::new(),
            };
            // Services and providers ask by other means.
            let is_asked = |who: &Who| !matches!(who.kind, WhoKind::Service | WhoKind::Federated);
            let rows = access::who_can(world, &documents, around, &question).rows;
            let can = rows.into_iter().filter(|it| it.access == Access::Can);
            let can = can.map(|it| it.who).filter(is_asked);
            // A role that assumes itself is that role already.
            let can: Vec<String> = can
                .map(|it| it.principal)
                .filter(|it| *it != role)
                .collect();
            let ways = becoming
                .ways(&role)
                .into_iter()
                .filter(|it| it.roles.len() == 1);
            let ways: Vec<Who> = ways.map(|it| it.who).filter(is_asked).collect();
            let ways: Vec<String> = ways.into_iter().map(|it| it.principal).collect();
            assert_eq!(ways, can, "{name}: {role}");
            n += can.len();
        }
    }
    assert!(n > 50, "{n} ways");
}
