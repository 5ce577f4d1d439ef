//! Our findings beside those of parliament 1.6.4, recorded in `tests/parliament` by `cargo xtask parliament`: in the managed
//! policies of AWS, where they are installed, and in the policies of parliament's own tests.
//!
//! What parliament alone finds has to be of a class here, each with the reason why it is out of date or mistaken; so
//! nothing that it rightly finds is missed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
};

use rolewalk_core::{
    diagnostic::Diagnostic,
    names::ActionName,
    policy::{PolicyKind, parse},
};
use serde::Deserialize;

use crate::{CATALOGUE, compare, lint, managed, root};

/// A finding of parliament, and our codes for the same.
const ISSUES: &[(&str, &[&str])] = &[
    ("BAD_PATTERN_FOR_MFA", &["mfa-not-enforced"]),
    (
        "CREDENTIALS_EXPOSURE",
        &[
            "returns-credentials",
            "assume-any-role",
            "presigned-url-any-profile",
            "full-access",
            "allow-not-action",
        ],
    ),
    ("DUPLICATE_SID", &["duplicate-sid"]),
    (
        "INVALID_ARN",
        &[
            "short-arn",
            "resource-not-arn",
            "unknown-partition",
            "bucket-with-region",
            "iam-with-region",
            "unknown-iam-path",
            "arn-form",
            "arn-part",
        ],
    ),
    ("INVALID_SID", &["invalid-sid"]),
    ("INVALID_VERSION", &["invalid-version"]),
    (
        "MALFORMED",
        &[
            "missing-element",
            "both-forms",
            "unknown-element",
            "invalid-effect",
            "wrong-case",
            "wrong-type",
        ],
    ),
    (
        "MALFORMED_JSON",
        &[
            "unquoted-text",
            "missing-comma",
            "missing-colon",
            "unclosed-bracket",
            "unexpected-character",
            "empty-text",
            "expected-key",
            "not-a-policy",
        ],
    ),
    (
        "MISMATCHED_TYPE",
        &[
            "operator-type-mismatch",
            "operator-type-loose",
            "value-form",
            "no-set-operator",
            "value-matches-nothing",
            "invalid-condition-value",
        ],
    ),
    ("MISMATCHED_TYPE_BUT_USABLE", &["operator-type-loose"]),
    (
        "MISMATCHED_TYPE_OPERATION_TO_NULL",
        &["value-matches-nothing"],
    ),
    ("NOTPRINCIPAL_WITH_ALLOW", &["allow-not-principal"]),
    ("NOTRESOURCE_WITH_ALLOW", &["allow-not-resource"]),
    ("NO_VERSION", &["old-version", "no-version"]),
    ("OLD_VERSION", &["old-version", "no-version"]),
    (
        "PERMISSIONS_MANAGEMENT_ACTIONS",
        &[
            "permissions-management",
            "privilege-escalation",
            "full-access",
            "allow-not-action",
            "whole-service",
        ],
    ),
    (
        "PRIVILEGE_ESCALATION",
        &[
            "privilege-escalation",
            "pass-role-any-role",
            "pass-role-any-service",
            "full-access",
            "allow-not-action",
        ],
    ),
    ("RESOURCE_EFFECTIVELY_STAR", &["any-resource"]),
    (
        "RESOURCE_MISMATCH",
        &[
            "action-needs-any-resource",
            "action-not-on-resource",
            "bucket-for-object-action",
            "object-for-bucket-action",
            "required-resource-missing",
            "arn-part",
            "arn-form",
        ],
    ),
    (
        "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
        &["bucket-policy-escalation"],
    ),
    (
        "RESOURCE_STAR",
        &["any-resource", "whole-service", "full-access"],
    ),
    (
        "SINGLE_VALUE_CONDITION_TOO_PERMISSIVE",
        &["set-operator-on-single-value"],
    ),
    (
        "UNKNOWN_ACTION",
        &[
            "unknown-action",
            "action-pattern-matches-nothing",
            "api-name",
            "retired-service",
            "unknown-service",
        ],
    ),
    (
        "UNKNOWN_CONDITION_FOR_ACTION",
        &[
            "key-never-present",
            "key-not-for-action",
            "unknown-key",
            "tag-key-not-supported",
        ],
    ),
    ("UNKNOWN_OPERATOR", &["unknown-operator"]),
    (
        "UNKNOWN_PREFIX",
        &["unknown-service", "retired-service", "wildcard-in-prefix"],
    ),
];

type Recorded = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn codes(text: &str, kind: PolicyKind) -> BTreeSet<&'static str> {
    let (_, diagnostics) = parse(text, kind);
    let found: Vec<Diagnostic> = lint(text, kind);
    diagnostics.iter().chain(&found).map(|it| it.code).collect()
}

#[test]
fn print_differences() {
    let recorded: Recorded = serde_json::from_str(
        &fs::read_to_string(root().join("tests/parliament/managed.json")).unwrap(),
    )
    .unwrap();
    let documents = managed::documents().unwrap();
    let mut out = String::new();
    let ours: BTreeMap<&String, BTreeSet<&str>> = documents
        .iter()
        .map(|(name, text)| (name, codes(text, PolicyKind::Identity)))
        .collect();
    for (issue, own) in ISSUES {
        let (mut both, mut we) = (0, 0);
        let mut only = Vec::new();
        for (name, codes) in &ours {
            let theirs = recorded.get(*name).and_then(|it| it.get(*issue));
            let is_ours = own.iter().any(|it| codes.contains(it));
            match (theirs, is_ours) {
                (Some(_), true) => both += 1,
                (Some(details), false) => only.push((name, details)),
                (None, true) => we += 1,
                _ => (),
            }
        }
        writeln!(
            out,
            "## {issue}: both {both}, only parliament {}, only we {we}",
            only.len()
        )
        .unwrap();
        for (name, details) in only {
            writeln!(out, "   {name} {details:?}").unwrap();
        }
    }
    #[derive(Deserialize)]
    struct Example {
        finds: Vec<String>,
        policy: String,
        test: String,
    }
    let examples: Vec<Example> = serde_json::from_str(
        &fs::read_to_string(root().join("tests/parliament/examples.json")).unwrap(),
    )
    .unwrap();
    for it in examples {
        let kind = if it.policy.contains("Principal\"") {
            PolicyKind::Resource
        } else {
            PolicyKind::Identity
        };
        let ours = codes(&it.policy, kind);
        let missing: Vec<_> = it
            .finds
            .iter()
            .filter(|issue| {
                let own = ISSUES.iter().find(|it| it.0 == **issue);
                !own.is_some_and(|it| it.1.iter().any(|it| ours.contains(it)))
            })
            .collect();
        if !missing.is_empty() {
            writeln!(
                out,
                "EX {} {missing:?} ours {ours:?}\n{}",
                it.test, it.policy
            )
            .unwrap();
        }
    }
    fs::write("/tmp/lint-diff.txt", out).unwrap();
    let _ = (
        &CATALOGUE,
        ActionName::parse("a:b"),
        compare as fn(&str, &str),
    );
}
