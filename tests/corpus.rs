//! Runs the corpus: each case is a request, the policies, and the decision with its reason.
//!
//! The format is in `corpus/README.md`. One trial for each case; names are unique; an empty corpus
//! fails.
#![expect(clippy::unwrap_used, reason = "a test: a failed read is a failed test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use libtest_mimic::{Arguments, Failed, Trial};
use rolewalk_core::{
    eval::{decide, evaluate},
    trace::{Blocker, Choice, Decision, ElementTrace, StatementRef, Trace},
};
use rolewalk_wasm::{
    case::RequestCase,
    finding::Finding,
    input::{self, Object},
    policies::Policies,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

/// One file: a rule, where AWS states it, and cases of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: String,
    source: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Case {
    name: String,
    /// As the JavaScript API takes them.
    request: Box<RawValue>,
    policies: Box<RawValue>,
    settings: Option<Box<RawValue>>,
    expect: Expect,
    /// What stands in the way, each by itself, as the JavaScript API names it.
    blocked_by: Option<Vec<String>>,
    /// The trace's notes, where they are part of the behaviour.
    notes: Option<Vec<Value>>,
    /// Where AWS's pages leave a choice, and it mattered.
    #[serde(default)]
    choices: Vec<Value>,
    /// The rules that bear on the request and are not known.
    #[serde(default)]
    unmodelled: Vec<Value>,
    /// The keys that are not in the request and could change the answer.
    missing_keys: Option<Vec<String>>,
    /// What each condition of a statement found, by statement.
    #[serde(default)]
    conditions: BTreeMap<String, Vec<String>>,
    /// The statements that could not be judged.
    #[serde(default)]
    not_evaluated: Vec<String>,
}

/// The decision and its reason.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Expect {
    /// By these statements, as `document/sid` or `document/index`.
    Allowed(Vec<String>),
    /// By these statements.
    ExplicitDeny(Vec<String>),
    /// For want of these layers.
    ImplicitDeny(Vec<Value>),
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files = Vec::new();
    json_files(&root, &mut files);
    // Scenarios, not requests: `misconfigurations/main.rs` runs those.
    files.retain(|it| !it.starts_with(root.join("misconfigurations")));
    files.sort();
    let mut names = BTreeSet::new();
    let mut trials = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let place = path
            .strip_prefix(&root)
            .unwrap()
            .with_extension("")
            .display()
            .to_string();
        let file: File = match serde_json::from_str(&text) {
            Ok(file) => file,
            Err(error) => {
                trials.push(Trial::test(place, move || Err(error.into())));
                continue;
            }
        };
        let is_sourced =
            file.source.starts_with("https://docs.aws.amazon.com/") && !file.rule.is_empty();
        trials.push(Trial::test(format!("{place} cites AWS"), move || {
            if is_sourced {
                Ok(())
            } else {
                Err("`rule` and a `source` of docs.aws.amazon.com are needed".into())
            }
        }));
        for case in file.cases {
            let name = format!("{place}: {}", case.name);
            let is_new = names.insert(name.clone());
            trials.push(Trial::test(name, move || {
                if is_new {
                    run(&case)
                } else {
                    Err("another case has this name".into())
                }
            }));
        }
    }
    let n_cases = names.len();
    trials.push(Trial::test("the corpus is not empty", move || {
        if n_cases > 0 {
            Ok(())
        } else {
            Err("no case found".into())
        }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn json_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, files);
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
}

fn run(case: &Case) -> Result<(), Failed> {
    let refused = |findings: Vec<Finding>| Failed::from(format!("{findings:?}"));
    let request: Object<RequestCase<'_>> =
        input::read(case.request.get(), "request").map_err(refused)?;
    let request = request.0.read("request").map_err(refused)?;
    let settings = case.settings.as_deref().map(RawValue::get);
    let policies = Policies::from_json(case.policies.get(), settings).map_err(refused)?;
    let policies = policies.set_for(&request).map_err(refused)?;
    let trace = evaluate(policies, &request);
    same(
        "decide",
        &decide(policies, &request),
        &trace.decision.kind(),
    )?;
    same("decision", &found(&trace), &case.expect)?;
    if let Some(notes) = &case.notes {
        same(
            "notes",
            &serde_json::to_value(&trace.notes).unwrap(),
            &Value::from(notes.clone()),
        )?;
    }
    if let Some(blocked_by) = &case.blocked_by {
        same("blockedBy", &blocked_by_of(&trace), blocked_by)?;
    }
    if let Some(missing_keys) = &case.missing_keys {
        let found = trace.missing_keys().into_iter();
        let found: Vec<String> = found.map(ToString::to_string).collect();
        same("missingKeys", &found, missing_keys)?;
    }
    let choices: Vec<Choice> = trace.choices().collect();
    same("choices", &values(&choices), &case.choices)?;
    same("unmodelled", &values(&trace.unmodelled), &case.unmodelled)?;
    let conditions = conditions(&trace);
    for (statement, expect) in &case.conditions {
        same(statement, &conditions.get(statement), &Some(expect))?;
    }
    let not_evaluated: Vec<String> = trace
        .not_evaluated()
        .map(|(it, _)| name_of(&it.at))
        .collect();
    same("notEvaluated", &not_evaluated, &case.not_evaluated)
}

/// With the level, where there is one: `scp[1]`.
fn blocked_by_of(trace: &Trace) -> Vec<String> {
    let name = |it: &Blocker| match it.level {
        Some(level) => format!("{}[{level}]", it.layer.word()),
        None => it.layer.word().to_owned(),
    };
    trace.blockers().iter().map(name).collect()
}

fn values(values: &[impl Serialize]) -> Vec<Value> {
    values
        .iter()
        .map(|it| serde_json::to_value(it).unwrap())
        .collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expect: &T) -> Result<(), Failed> {
    if found == expect {
        Ok(())
    } else {
        Err(format!("{what}\n   found: {found:?}\n  expect: {expect:?}").into())
    }
}

fn found(trace: &Trace) -> Expect {
    let names = |by: &[StatementRef]| by.iter().map(name_of).collect();
    match &trace.decision {
        Decision::Allowed { by } => Expect::Allowed(names(by)),
        Decision::ExplicitDeny { by, .. } => Expect::ExplicitDeny(names(by)),
        Decision::ImplicitDeny { missing } => Expect::ImplicitDeny(
            missing
                .iter()
                .map(|it| serde_json::to_value(it).unwrap())
                .collect(),
        ),
    }
}

fn name_of(at: &StatementRef) -> String {
    match &at.sid {
        Some(sid) => format!("{}/{sid}", at.document),
        None => format!("{}/{}", at.document, at.index),
    }
}

fn conditions(trace: &Trace) -> BTreeMap<String, Vec<String>> {
    let outcome = |it: &ElementTrace| match it {
        ElementTrace::Condition { result, .. } => serde_json::to_value(result)
            .unwrap()
            .get("type")
            .and_then(Value::as_str)
            .map(ToOwned::to_owned),
        _ => None,
    };
    let statements = trace.layers.iter().flat_map(|it| &it.statements);
    statements
        .map(|it| {
            (
                name_of(&it.at),
                it.tests.iter().filter_map(outcome).collect(),
            )
        })
        .collect()
}
