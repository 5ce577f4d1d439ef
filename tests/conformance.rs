//! The shared conformance cases, where they stand beside the checkout; without them nothing to do.
//!
//! A document that cannot be read makes a case fail: every case is a question that IAM answers.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that reports what it ran"
)]

use std::{fs, path::Path};

use rolewalk_core::{
    diagnostic::{Diagnostic, IamError},
    eval::{decide, evaluate},
    policy::{PolicyKind, parse},
};
use rolewalk_core::{eval::PolicySet, request::Request};
use rolewalk_wasm::{
    case::RequestCase,
    finding::Finding,
    input::{self, Object},
    policies::Policies,
};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

#[derive(Deserialize)]
struct EvaluationCase {
    id: String,
    request: Box<RawValue>,
    policies: Box<RawValue>,
    settings: Option<Box<RawValue>>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    decision: Option<String>,
    allowed: Option<bool>,
    #[serde(rename = "blockedBy")]
    blocked_by: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct GrammarCase {
    id: String,
    document: Option<String>,
    json: Option<Value>,
    valid: bool,
    error: Option<String>,
}

/// Cases that contradict AWS's own words, with the reason.
const DISPUTED: [(&str, &str); 1] = [(
    "moto-valid#40",
    "its Sid has underscores; IAM: statement ids must be alpha-numeric, [0-9A-Za-z]*",
)];

#[test]
fn documented() {
    evaluation("documented.jsonl");
}

#[test]
fn conditions() {
    evaluation("conditions.jsonl");
}

#[test]
fn grammar() {
    let mut failures = Vec::new();
    let mut n_run = 0;
    for case in read::<GrammarCase>("grammar.jsonl") {
        let text = case
            .document
            .clone()
            .unwrap_or_else(|| case.json.clone().unwrap_or_default().to_string());
        let (_, diagnostics) = parse(&text, PolicyKind::Identity);
        if let Some((id, why)) = DISPUTED.iter().find(|it| it.0 == case.id) {
            println!("  {id} disputed: {why}");
            continue;
        }
        n_run += 1;
        let is_valid = !diagnostics.iter().any(Diagnostic::is_error);
        let words = IamError::first(&diagnostics).map(ToString::to_string);
        if is_valid != case.valid || words != case.error {
            failures.push(format!(
                "{}: IAM says {:?}, we say {words:?}",
                case.id, case.error
            ));
        }
    }
    println!("grammar.jsonl: {n_run} run");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn evaluation(file: &str) {
    let mut failures = Vec::new();
    let mut n_run = 0;
    for case in read::<EvaluationCase>(file) {
        n_run += 1;
        let (policies, request) = match ready(&case) {
            Ok(it) => it,
            Err(why) => {
                failures.push(format!("{}: {why:?}", case.id));
                continue;
            }
        };
        let trace = evaluate(&policies, &request);
        let found = serde_json::to_value(trace.decision.kind()).unwrap();
        let expected = &case.expected;
        let is_decision = expected.decision.as_ref().is_none_or(|it| found == **it);
        let is_allowed = trace.decision.is_allowed();
        let blocked_by = trace.blocked_by();
        let is_blocked_so = expected
            .blocked_by
            .as_ref()
            .is_none_or(|it| *it == blocked_by);
        if !is_decision || expected.allowed.is_some_and(|it| it != is_allowed) || !is_blocked_so {
            failures.push(format!("{}: {:?} {blocked_by:?}", case.id, trace.decision));
        }
        if decide(&policies, &request) != trace.decision.kind() {
            failures.push(format!("{}: decide says something else", case.id));
        }
    }
    println!("{file}: {n_run} run");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn ready(case: &EvaluationCase) -> Result<(PolicySet, Request), Vec<Finding>> {
    let request: Object<RequestCase<'_>> = input::read(case.request.get(), "request")?;
    let request = request.0.read("request")?;
    let settings = case.settings.as_deref().map(RawValue::get);
    let policies = Policies::from_json(case.policies.get(), settings)?;
    Ok((policies.set_for(&request)?.clone(), request))
}

fn read<T: for<'a> Deserialize<'a>>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/conformance")
        .join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("{} is not there", path.display());
        return Vec::new();
    };
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
