//! Our findings beside those of parliament 1.6.4, recorded in `tests/parliament` by `cargo xtask parliament`: in AWS's managed
//! policies, where they are installed, and in the policies of parliament's own tests.
//!
//! What parliament alone finds has to be of a class here, each with the reason why it is out of date, mistaken or about
//! something else; so nothing that it rightly finds is missed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
};

use rolewalk_core::{
    names::ActionName,
    pattern::ActionPattern,
    policy::{Effect, Policy, PolicyKind, parse},
};
use serde::Deserialize;

use crate::{CATALOGUE, lint, root};

/// A finding of parliament, and our codes for the same.
const ISSUES: &[(&str, &[&str])] = &[
    ("BAD_PATTERN_FOR_MFA", &["mfa-not-enforced"]),
    (
        "CREDENTIALS_EXPOSURE",
        &[
            "returns-credentials",
            "assume-any-role",
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
            "wrong-type",
            "arn-form",
            "arn-part",
        ],
    ),
    ("INVALID_SID", &["invalid-sid"]),
    (
        "MALFORMED",
        &[
            "missing-element",
            "both-forms",
            "unknown-element",
            "invalid-effect",
        ],
    ),
    (
        "MALFORMED_JSON",
        &["unquoted-text", "missing-colon", "not-a-policy"],
    ),
    (
        "MISMATCHED_TYPE",
        &[
            "operator-type-mismatch",
            "operator-type-loose",
            "value-form",
            "value-matches-nothing",
            "invalid-condition-value",
        ],
    ),
    ("MISMATCHED_TYPE_BUT_USABLE", &["operator-type-loose"]),
    ("NOTPRINCIPAL_WITH_ALLOW", &["allow-not-principal"]),
    ("NOTRESOURCE_WITH_ALLOW", &["allow-not-resource"]),
    (
        "PERMISSIONS_MANAGEMENT_ACTIONS",
        &[
            "permissions-management",
            "privilege-escalation",
            "full-access",
            "allow-not-action",
            "allow-not-resource",
            "allow-not-principal",
            "pass-role-any-role",
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
    ("SENSITIVE_ACCESS", &[]),
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
            "if-exists-allow",
            "for-all-values-allow",
        ],
    ),
    ("UNKNOWN_OPERATOR", &["unknown-operator"]),
    ("UNKNOWN_PREFIX", &["unknown-service", "retired-service"]),
];

/// Why we do not say what parliament says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Newer,
    Global,
    Credentials,
    Wildcard,
    Elsewhere,
    Limited,
    AwsWord,
    Decimal,
    Closed,
    OwnList,
    Stopped,
}

impl Why {
    const fn text(self) -> &'static str {
        match self {
            Self::Newer => {
                "out of date: AWS's present list has the service, the action, or the key for it"
            }
            Self::Global => "out of date: the key is one of AWS's global keys",
            Self::Credentials => {
                "the key comes with the credentials that a service gave to the caller, into requests to any service"
            }
            Self::Wildcard => {
                "about actions that only a wildcard stands for: `s3:*` on a bucket is not meant to list all buckets"
            }
            Self::Elsewhere => {
                "the document allows the action on a fitting resource in another statement, or AWS's present list no longer asks for the type"
            }
            Self::Limited => {
                "parliament does not look at resources and conditions: here the actions are limited by them, or AWS's present list counts them to another level"
            }
            Self::AwsWord => {
                "the account is a pattern, a variable or a word such as `aws`, as in ARNs of AWS's own things"
            }
            Self::Decimal => {
                "parliament takes whole numbers only; `s3:TlsVersion` is compared with `1.2`"
            }
            Self::Closed => {
                "the service has closed, so AWS's present list says nothing of its resources; it is told as unknown"
            }
            Self::OwnList => {
                "asks for a list of one's own sensitive resources, which a policy alone does not have"
            }
            Self::Stopped => "told as an unknown operator: what it compares cannot be said",
        }
    }
}

/// The recorded findings: policy, finding, details.
type Recorded = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn recorded() -> Recorded {
    let text = fs::read_to_string(root().join("tests/parliament/managed.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What reading and the rules find.
fn codes(text: &str, kind: PolicyKind) -> BTreeSet<&'static str> {
    let (_, diagnostics) = parse(text, kind);
    let found = lint(text, kind);
    diagnostics.iter().chain(&found).map(|it| it.code).collect()
}

/// Why a finding of parliament is none of ours, as far as its details can be looked at; nothing where it is rightly found
/// and missed.
fn why(
    issue: &str,
    details: &[String],
    policy: &Policy,
    codes: &BTreeSet<&str>,
) -> Option<BTreeSet<Why>> {
    let one = |it: Why| Some(BTreeSet::from([it]));
    match issue {
        "UNKNOWN_ACTION" | "UNKNOWN_PREFIX" => {
            let is_there = |it: &String| {
                let name = it.rsplit(' ').next().unwrap();
                if name.contains(':') {
                    CATALOGUE.expand(&ActionPattern::new(name)).next().is_some()
                } else {
                    CATALOGUE.service(name).is_some()
                }
            };
            details
                .iter()
                .all(is_there)
                .then(|| BTreeSet::from([Why::Newer]))
        }
        "UNKNOWN_CONDITION_FOR_ACTION" => details
            .iter()
            .map(|it| {
                let (key, action) = it.split_once(' ').unwrap();
                let action = ActionName::parse(action).unwrap();
                let has_key = CATALOGUE
                    .action(&action)
                    .is_some_and(|(service, it)| service.has_key(it, key));
                if key.to_ascii_lowercase().starts_with("aws:") {
                    Some(Why::Global)
                } else if CATALOGUE.is_of_credentials(key) {
                    Some(Why::Credentials)
                } else if has_key {
                    Some(Why::Newer)
                } else {
                    (!names(policy, &action)).then_some(Why::Wildcard)
                }
            })
            .collect(),
        "RESOURCE_MISMATCH" => details
            .iter()
            .map(|it| {
                let action = ActionName::parse(it.split(' ').next().unwrap()).unwrap();
                if names(policy, &action) {
                    fits_somewhere(policy, &action).then_some(Why::Elsewhere)
                } else {
                    Some(Why::Wildcard)
                }
            })
            .collect(),
        "CREDENTIALS_EXPOSURE" | "PERMISSIONS_MANAGEMENT_ACTIONS" | "PRIVILEGE_ESCALATION" => {
            one(Why::Limited)
        }
        "INVALID_ARN" => one(Why::AwsWord),
        "MISMATCHED_TYPE" if details.iter().all(|it| it.contains("s3:TlsVersion")) => {
            one(Why::Decimal)
        }
        "MISMATCHED_TYPE" if codes.contains("unknown-operator") => one(Why::Stopped),
        "RESOURCE_STAR"
            if codes.contains("unknown-service") || codes.contains("retired-service") =>
        {
            one(Why::Closed)
        }
        "SENSITIVE_ACCESS" => one(Why::OwnList),
        _ => None,
    }
}

/// Whether the document names the action without a wildcard.
fn names(policy: &Policy, action: &ActionName) -> bool {
    let mut entries = policy.statements.iter().flat_map(|it| &it.action.patterns);
    entries.any(|it| action.is(it.value.text()))
}

/// Whether one of the statements that allow the action has a resource that is none of another service.
fn fits_somewhere(policy: &Policy, action: &ActionName) -> bool {
    let allowing = policy
        .statements
        .iter()
        .filter(|it| it.effect.value == Effect::Allow);
    let mut covering = allowing.filter(|it| {
        it.action.negated || it.action.patterns.iter().any(|it| it.value.matches(action))
    });
    let known = CATALOGUE.action(action);
    covering.any(|it| {
        it.resource.as_ref().is_some_and(|element| {
            element.negated
                || element.patterns.iter().any(|it| {
                    let service = it.value.text().split(':').nth(2).unwrap_or("*");
                    it.value.is_any()
                        || known.is_some_and(|(of, action)| {
                            of.resources_of(action).any(|(it, _)| {
                                let known = it.arn.split(':').nth(2).unwrap_or_default();
                                service == known || service.contains('*')
                            })
                        })
                })
        })
    })
}

#[derive(Default)]
struct Row {
    both: usize,
    only_parliament: usize,
    only_we: usize,
    /// Policies by reason.
    reasons: BTreeMap<Why, usize>,
}

/// The part of `docs/lint-comparison.md` about parliament.
pub(crate) fn section(
    documents: &BTreeMap<String, String>,
    found: &BTreeMap<&str, BTreeSet<&str>>,
) -> String {
    let recorded = recorded();
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut missed = Vec::new();
    for (name, text) in documents {
        let (policy, diagnostics) = parse(text, PolicyKind::Identity);
        let of_rules = found.get(name.as_str()).into_iter().flatten().copied();
        let codes: BTreeSet<&str> = diagnostics
            .iter()
            .map(|it| it.code)
            .chain(of_rules)
            .collect();
        let policy = policy.unwrap();
        for (issue, own) in ISSUES {
            let row = rows.entry(issue).or_default();
            let theirs = recorded.get(name).and_then(|it| it.get(*issue));
            match (theirs, own.iter().any(|it| codes.contains(it))) {
                (Some(_), true) => row.both += 1,
                (None, true) => row.only_we += 1,
                (None, false) => {}
                (Some(details), false) => {
                    row.only_parliament += 1;
                    match why(issue, details, &policy, &codes) {
                        None => missed.push(format!("{name}: {issue} {details:?}")),
                        Some(reasons) => {
                            for reason in reasons {
                                *row.reasons.entry(reason).or_default() += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
    let mut text = String::from(
        "| parliament | our codes | both | only parliament | only we |\n|---|---|---:|---:|---:|\n",
    );
    for (issue, own) in ISSUES {
        let Row {
            both,
            only_parliament,
            only_we,
            ..
        } = rows.get(issue).unwrap();
        if both + only_parliament + only_we == 0 {
            continue;
        }
        let own: Vec<String> = own
            .iter()
            .map(|it| format!("[`{it}`](lints.md#{it})"))
            .collect();
        writeln!(
            text,
            "| `{issue}` | {} | {both} | {only_parliament} | {only_we} |",
            own.join(", ")
        )
        .unwrap();
    }
    text.push_str("\nWhy parliament stands alone (a policy may count for several reasons):\n\n| parliament | policies | reason |\n|---|---:|---|\n");
    for (issue, row) in &rows {
        for (reason, n) in &row.reasons {
            writeln!(text, "| `{issue}` | {n} | {} |", reason.text()).unwrap();
        }
    }
    let stopped = recorded
        .values()
        .filter(|it| it.contains_key("(it stops)"))
        .count();
    writeln!(text, "\nIn {stopped} policies parliament stops with an error of its own (`Unknown data format: ArrayOfARN`).").unwrap();
    text
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    test: String,
    policy: String,
    finds: Vec<String>,
}

#[test]
fn what_the_tests_of_parliament_find_is_found() {
    let text = fs::read_to_string(root().join("tests/parliament/examples.json")).unwrap();
    let examples: Vec<Example> = serde_json::from_str(&text).unwrap();
    let (mut n_found, mut n_explained, mut missed) = (0, 0, Vec::new());
    for example in &examples {
        let kind = if example.policy.contains("Principal\"") {
            PolicyKind::Resource
        } else {
            PolicyKind::Identity
        };
        let codes = codes(&example.policy, kind);
        let (policy, _) = parse(&example.policy, kind);
        for issue in &example.finds {
            let own = ISSUES.iter().find(|it| it.0 == *issue);
            let own = own.unwrap_or_else(|| panic!("{issue} is new")).1;
            if own.iter().any(|it| codes.contains(it)) {
                n_found += 1;
                continue;
            }
            // Their details are not recorded: in these the actions in question are those of `s3:*`.
            let is_by_wildcard = issue == "RESOURCE_MISMATCH" && example.policy.contains("s3:*");
            let reasons = policy.as_ref().and_then(|it| why(issue, &[], it, &codes));
            if is_by_wildcard || reasons.is_some_and(|it| !it.is_empty()) {
                n_explained += 1;
            } else {
                missed.push(format!("{}: {issue}, we find {codes:?}", example.test));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(examples.len() > 60 && n_found >= 48, "{n_found} found");
    assert!(n_explained < 10, "{n_explained} explained");
}
