//! Cases as data: a workload in the base world, what is changed, and what comes of it.
//!
//! `corpus/misconfigurations/base.json` is a world in which every workload gets to its end. A case sets values in it by JSON
//! pointer, takes actions from a role's own policies, or gives statements other elements. What is
//! expected is the reason: the door, the actions, the layers, whether the call waits, the words.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use rolewalk_core::{
    by_name::ByName,
    explain,
    flow::{self, Check, Flow, HopKind, HopOutcome, Outcome, Subject, Timing, Workload},
    scenario::Scenario,
    trace::{Decision, Layer},
    world::{DocumentId, Documents, PolicyText},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Case {
    /// What is so.
    pub(crate) name: String,
    /// Where people report it.
    #[serde(default)]
    source: Option<String>,
    workload: Value,
    /// Values by JSON pointer into the scenario.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    /// Whether AWS's managed policies are there.
    #[serde(default)]
    managed: bool,
    /// Roles, and the actions that are taken from their own policies.
    #[serde(default)]
    take: BTreeMap<String, Vec<String>>,
    /// A policy, the `Sid` of a statement in it or of a new one, and the elements that it gets.
    #[serde(default)]
    statements: Vec<(DocumentId, String, ByName<Value>)>,
    /// Texts put in place of policies, as they are: they may be broken.
    #[serde(default)]
    texts: BTreeMap<DocumentId, String>,
    /// The doors, in order.
    #[serde(default)]
    hops: Option<Vec<HopKind>>,
    /// The door that stops the walk.
    stops_at: Option<HopKind>,
    /// What is denied there.
    #[serde(default)]
    denied: Option<Vec<String>>,
    /// The layers that are missing an allow, of the first that is denied.
    #[serde(default)]
    missing: Option<Vec<Layer>>,
    /// Whether the first that fails is asked when the call is over.
    #[serde(default)]
    is_async: Option<bool>,
    /// What other doors come to.
    #[serde(default)]
    outcomes: BTreeMap<HopKind, HopOutcome>,
    /// Parts of the answer and of the reason.
    #[serde(default)]
    says: Vec<String>,
    /// Context keys of requests for an action: `null` where the key is absent.
    #[serde(default)]
    keys: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// What is asked about, by action.
    #[serde(default)]
    resources: BTreeMap<String, String>,
}

pub(crate) fn base() -> Value {
    serde_json::from_str(include_str!("../corpus/misconfigurations/base.json")).unwrap()
}

#[test]
fn studio() {
    run(include_str!("cases/studio.json"));
}

#[test]
fn jobs() {
    run(include_str!("cases/jobs.json"));
}

#[test]
fn deployment() {
    run(include_str!("cases/deployment.json"));
}

#[test]
fn pipeline() {
    run(include_str!("cases/pipeline.json"));
}

#[test]
fn notebook_instance() {
    run(include_str!("cases/notebook_instance.json"));
}

#[test]
fn administration() {
    run(include_str!("cases/administration.json"));
}

#[test]
fn api_call() {
    run(include_str!("cases/api_call.json"));
}

#[test]
fn aws_says() {
    run(include_str!("cases/aws_says.json"));
}

#[test]
fn accounts_and_chains() {
    run(include_str!("cases/accounts.json"));
}

#[test]
fn grants() {
    run(include_str!("cases/grants.json"));
}

#[test]
fn sessions() {
    run(include_str!("cases/sessions.json"));
}

#[test]
fn networks() {
    run(include_str!("cases/vpc.json"));
}

#[test]
fn perimeter() {
    run(include_str!("cases/perimeter.json"));
}

#[test]
fn enforced() {
    run(include_str!("cases/enforced.json"));
}

#[test]
fn facts() {
    run(include_str!("cases/facts.json"));
}

#[test]
fn unread() {
    run(include_str!("cases/unread.json"));
}

#[test]
fn fixes() {
    run(include_str!("cases/fixes.json"));
}

#[test]
fn roles() {
    run(include_str!("cases/roles.json"));
}

/// A page and a package that differ would teach two things.
#[test]
fn the_package_walks_what_cannot_be_read_as_the_page_does() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("cases/unread.json")).unwrap();
    for case in &cases {
        let scenario = changed(case);
        let documents = Documents::parse(&scenario.world);
        let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
        let json = serde_json::to_string(&scenario).unwrap();
        let walked = rolewalk_wasm::scenario::run_scenario(&json).unwrap();
        let ours: Vec<_> = flow.hops.iter().map(|it| it.outcome()).collect();
        let theirs: Vec<_> = walked.results.iter().map(|it| it.outcome).collect();
        assert_eq!(ours, theirs, "{}", case.name);
        // What is not held is told where something hinges on it.
        let is_told = !case.texts.is_empty() || ours.contains(&HopOutcome::NotEvaluated);
        assert_eq!(!walked.diagnostics.is_empty(), is_told, "{}", case.name);
    }
}

#[test]
fn a_check_that_a_choice_decides_says_so() {
    let listed = |principals: &Value| {
        let case = serde_json::json!({
            "name": "x", "stopsAt": null,
            "workload": {"apiCall": {"action": "s3:GetObject", "resource": "arn:aws:s3:::churn-data/churn/x"}},
            "set": {"/world/home/buckets/0/policy": {"Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "NotPrincipal": {"AWS": principals}, "Action": "s3:*", "Resource": "arn:aws:s3:::churn-data/*"
            }]}},
            "statements": [["inline:role:Scientist:Work", "Read", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]]
        });
        let scenario = changed(&serde_json::from_value(case).unwrap());
        let documents = Documents::parse(&scenario.world);
        let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
        let mut checks = flow.hops.iter().flat_map(|it| &it.checks);
        let check = checks.find(|it| action(it).as_deref() == Some("s3:GetObject"));
        explain::check_verdict(check.unwrap(), &scenario.world, &documents).reason
    };
    let role = "arn:aws:iam::111122223333:role/Scientist";
    let in_part = listed(&serde_json::json!([role]));
    assert!(in_part.contains("(choice 2 of its semantics)"), "{in_part}");
    let session = "arn:aws:sts::111122223333:assumed-role/Scientist/alice";
    let whole = listed(&serde_json::json!([role, session, "111122223333"]));
    assert!(!whole.contains("choice"), "{whole}");
}

fn run(text: &str) {
    let cases: Vec<Case> = serde_json::from_str(text).unwrap();
    assert!(!cases.is_empty());
    let mut names = BTreeSet::new();
    let mut failures = String::new();
    for case in &cases {
        assert!(names.insert(&case.name), "twice: {}", case.name);
        for wrong in wrong(case) {
            writeln!(failures, "{}: {wrong}", case.name).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

pub(crate) fn scenario(
    mut json: Value,
    workload: &Value,
    set: &BTreeMap<String, Value>,
) -> Scenario {
    json["choice"]["workload"] = workload.clone();
    for (pointer, value) in set {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = json
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("no {parent}"));
        match parent {
            Value::Array(items) if key == "-" => items.push(value.clone()),
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            other => other[key] = value.clone(),
        }
    }
    Scenario::from_json(&json.to_string()).unwrap()
}

pub(crate) fn walk(scenario: &Scenario) -> Flow {
    let documents = Documents::parse(&scenario.world);
    let broken: Vec<_> = documents.with_errors().collect();
    assert!(broken.is_empty(), "{broken:#?}");
    flow::walk(&scenario.world, &documents, &scenario.choice)
}

/// AWS's managed policies that a role of the case has attached, of all that are kept in the repository.
fn add_managed_policies(scenario: &mut Scenario) {
    let home = &mut scenario.world.home;
    let attached = home.roles.iter().flat_map(|it| &it.attached_policies);
    let arns: BTreeSet<_> = attached.cloned().collect();
    for arn in arns {
        let file = format!("../data/managed-policies/{}.json", arn.last_segment());
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(path).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let policy = serde_json::json!({ "arn": arn.as_str(), "document": document });
        home.policies
            .extend(Some(serde_json::from_value(policy).unwrap()));
    }
}

fn edit(text: &mut PolicyText, find: &str, by: &str) {
    assert!(
        text.as_str().contains(find),
        "{find} not in {}",
        text.as_str()
    );
    *text = text.as_str().replace(find, by).into();
}

pub(crate) fn changed(case: &Case) -> Scenario {
    let mut scenario = scenario(base(), &case.workload, &case.set);
    if case.managed {
        add_managed_policies(&mut scenario);
    }
    for (role, actions) in &case.take {
        let role = scenario.world.home.role_mut(role).unwrap();
        for action in actions {
            let quoted = format!("\"{action}\"");
            let has = |text: &PolicyText| text.as_str().contains(&quoted);
            let policies = || role.inline_policies.iter().map(|it| &it.document);
            assert!(policies().any(has), "{}: no {action}", role.name);
            for policy in &mut role.inline_policies {
                if has(&policy.document) {
                    edit(&mut policy.document, &quoted, "\"sagemaker:ListTags\"");
                }
            }
        }
    }
    for (document, text) in &case.texts {
        let place = scenario.world.document_mut(document);
        *place.unwrap_or_else(|| panic!("no {document:?}")) = text.as_str().into();
    }
    for (document, sid, elements) in &case.statements {
        let text = scenario.world.document_mut(document).unwrap();
        *text = text.with_statement(sid, Some(elements)).unwrap();
    }
    scenario
}

/// The texts, of which only those may be broken that are meant to be.
fn documents(case: &Case, scenario: &Scenario) -> Documents {
    let documents = Documents::parse(&scenario.world);
    for (id, document) in documents.with_errors() {
        assert!(case.texts.contains_key(id), "{id:?}: {document:#?}");
    }
    documents
}

/// What the verdict should say and does not.
fn unsaid(case: &Case, verdict: &explain::Verdict) -> Vec<String> {
    let told = format!(
        "{}\n{}\n{}",
        verdict.answer,
        verdict.reason,
        verdict.fix.as_deref().unwrap_or_default()
    );
    let missing = case.says.iter().filter(|it| !told.contains(it.as_str()));
    let missing = missing.map(|it| format!("`{it}` is not in\n{told}"));
    // What fails besides is a call, between backticks; what is a sentence stands by itself.
    let mut besides = verdict.reason.split("At this door ").skip(1);
    let odd = besides.find(|it| !it.starts_with('`'));
    let odd = odd.map(|it| format!("`{it}` is no call in\n{told}"));
    missing.chain(odd).collect()
}

fn wrong(case: &Case) -> Vec<String> {
    let scenario = changed(case);
    let documents = documents(case, &scenario);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let verdict = explain::flow_verdict(&flow, &scenario.world, &documents);
    let mut wrong = Vec::new();
    let mut compare = |what: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!(
                "{what}: {found}, expected {expected}\n  {verdict:#?}"
            ));
        }
    };

    let kinds: Vec<HopKind> = flow.hops.iter().map(|it| it.kind).collect();
    if let Some(hops) = &case.hops {
        compare("hops", format!("{kinds:?}"), format!("{hops:?}"));
    }
    let stopped = flow.blocked_at().map(|it| &flow.hops[it]);
    let found = stopped.map(|it| it.kind);
    compare(
        "stops at",
        format!("{found:?}"),
        format!("{:?}", case.stops_at),
    );
    let failing: Vec<&Check> = stopped
        .into_iter()
        .flat_map(|it| &it.checks)
        .filter(|it| it.outcome() == Outcome::Fails)
        .collect();
    if let Some(denied) = &case.denied {
        let found: Vec<String> = failing.iter().filter_map(|it| action(it)).collect();
        compare("denied", format!("{found:?}"), format!("{denied:?}"));
    }
    if let Some(missing) = &case.missing {
        let found = failing.iter().find_map(|it| layers(it)).unwrap_or_default();
        compare("missing", format!("{found:?}"), format!("{missing:?}"));
    }
    if let Some(expected) = case.is_async {
        let found = failing.first().map(|it| it.timing != Timing::Sync);
        compare("async", format!("{found:?}"), format!("Some({expected})"));
    }
    for (kind, expected) in &case.outcomes {
        let found = flow.hops.iter().find(|it| it.kind == *kind);
        let found = found.map(|it| it.outcome());
        compare(
            &format!("{kind:?}"),
            format!("{found:?}"),
            format!("Some({expected:?})"),
        );
    }
    for (asked, keys) in &case.keys {
        let mut checks = flow.hops.iter().flat_map(|it| &it.checks);
        let check = checks.rfind(|it| action(it).as_ref() == Some(asked));
        let Some(Subject::Authorization { request, .. }) = check.map(|it| &it.subject) else {
            compare("asked", "nothing".to_owned(), asked.clone());
            continue;
        };
        for (key, expected) in keys {
            let value = request
                .context
                .get(&rolewalk_core::names::ContextKey::new(key.as_str()));
            let found = value.map(|it| it.values().join(","));
            compare(
                &format!("{asked} {key}"),
                format!("{found:?}"),
                format!("{expected:?}"),
            );
        }
    }
    for (asked, expected) in &case.resources {
        let mut checks = flow.hops.iter().flat_map(|it| &it.checks);
        let check = checks.rfind(|it| action(it).as_ref() == Some(asked));
        let found = check.and_then(|it| match &it.subject {
            Subject::Authorization { request, .. } => Some(request.resource.to_string()),
            Subject::Gate { .. } => None,
        });
        compare(asked, format!("{found:?}"), format!("Some({expected:?})"));
    }
    wrong.extend(unsaid(case, &verdict));
    if case.stops_at.is_some() && verdict.fix.is_none() {
        wrong.push("nothing says what to do".to_owned());
    }
    if case
        .source
        .as_ref()
        .is_some_and(|it| !it.starts_with("https://"))
    {
        wrong.push("the source is no address".to_owned());
    }
    wrong
}

pub(crate) fn action(check: &Check) -> Option<String> {
    match &check.subject {
        Subject::Authorization { request, .. } => Some(request.action.to_string()),
        Subject::Gate { .. } => None,
    }
}

fn layers(check: &Check) -> Option<Vec<Layer>> {
    match &check.subject {
        Subject::Authorization { trace, .. } => match &trace.decision {
            Decision::ImplicitDeny { missing } => Some(missing.clone()),
            _ => None,
        },
        Subject::Gate { .. } => None,
    }
}

/// Every workload of the cases is read, written, and read again.
pub(crate) fn read(workload: &Value) -> Workload {
    serde_json::from_value(workload.clone()).unwrap()
}
