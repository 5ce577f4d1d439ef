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
    diagnostic::Diagnostic,
    names::ActionName,
    pattern::ActionPattern,
    policy::{Policy, PolicyKind, parse},
};
use serde::Deserialize;

use crate::{
    CATALOGUE, lint,
    proof::{Document, Reason, Verdict},
    root,
};

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
            Self::Wildcard => "only a wildcard stands for the action",
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

#[derive(Default)]
struct Row {
    both: usize,
    only_parliament: usize,
    only_we: usize,
    /// Policies by reason.
    reasons: BTreeMap<Why, usize>,
    /// Findings, where each is looked at by itself.
    verdicts: BTreeMap<Verdict, usize>,
    /// Policy and finding, where nothing explains it.
    open: Vec<String>,
}

/// How each finding of a kind is looked at by itself.
type Look = fn(&Document<'_>, &str, &[&str]) -> Verdict;

/// The kinds whose findings are.
const ONE_BY_ONE: [(&str, Look); 4] = [
    ("CREDENTIALS_EXPOSURE", |it, detail, own| {
        it.credentials(detail, own)
    }),
    ("PERMISSIONS_MANAGEMENT_ACTIONS", |it, detail, own| {
        it.permissions_management(detail, own)
    }),
    ("PRIVILEGE_ESCALATION", |it, detail, own| {
        it.escalation(detail, own)
    }),
    ("RESOURCE_MISMATCH", |it, detail, own| {
        it.mismatch(detail, own)
    }),
];

fn one_by_one(issue: &str) -> Option<Look> {
    ONE_BY_ONE.iter().find(|it| it.0 == issue).map(|it| it.1)
}

/// The part of `docs/lint-comparison.md` about parliament.
pub(crate) fn section(
    documents: &BTreeMap<String, String>,
    found: &BTreeMap<&str, Vec<Diagnostic>>,
) -> String {
    let recorded = recorded();
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut missed = Vec::new();
    for (name, text) in documents {
        let (policy, mut all) = parse(text, PolicyKind::Identity);
        all.extend_from_slice(found.get(name.as_str()).map_or(&[], Vec::as_slice));
        let codes: BTreeSet<&str> = all.iter().map(|it| it.code).collect();
        let policy = policy.unwrap();
        let document = Document {
            policy: &policy,
            found: &all,
        };
        for (issue, own) in ISSUES {
            let row = rows.entry(issue).or_default();
            let theirs = recorded.get(name).and_then(|it| it.get(*issue));
            let is_ours = own.iter().any(|it| codes.contains(it));
            match (theirs.is_some(), is_ours) {
                (true, true) => row.both += 1,
                (false, true) => row.only_we += 1,
                (true, false) => row.only_parliament += 1,
                (false, false) => {}
            }
            let Some(details) = theirs else {
                continue;
            };
            if let Some(look) = one_by_one(issue) {
                for detail in details {
                    let verdict = look(&document, detail, own);
                    *row.verdicts.entry(verdict).or_default() += 1;
                    if verdict == Verdict::Open {
                        row.open.push(format!("`{name}`: `{detail}`"));
                    }
                }
            } else if !is_ours {
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
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
    let stopped = recorded
        .values()
        .filter(|it| it.contains_key("(it stops)"))
        .count();
    format!(
        "{}\n{}\n{}\nIn {stopped} policies parliament stops with an error of its own (`Unknown data format: ArrayOfARN`).\n",
        side_by_side(&rows),
        reasons(&rows),
        finding_by_finding(&rows)
    )
}

fn side_by_side(rows: &BTreeMap<&str, Row>) -> String {
    let mut text = String::from(
        "| parliament | our codes | both | only parliament | only we |\n|---|---|---:|---:|---:|\n",
    );
    for (issue, own) in ISSUES {
        let Row {
            both,
            only_parliament,
            only_we,
            ..
        } = &rows[issue];
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
    text
}

fn reasons(rows: &BTreeMap<&str, Row>) -> String {
    let mut text = String::from(
        "Why parliament stands alone (a policy may count for several reasons):\n\n| parliament | policies | reason |\n|---|---:|---|\n",
    );
    for (issue, row) in rows {
        for (reason, n) in &row.reasons {
            writeln!(text, "| `{issue}` | {n} | {} |", reason.text()).unwrap();
        }
    }
    text
}

fn finding_by_finding(rows: &BTreeMap<&str, Row>) -> String {
    let mut text = String::from(
        "## Finding by finding\n\n\
        Of four kinds each finding is looked at by itself, for a policy has many (`tests/lint/proof.rs`): whether we tell the same of the\n\
        same statement and action, and if not, whether the document and AWS's present lists show why it is not so.\n\n\
        | parliament | findings | we tell it | explained | open |\n|---|---:|---:|---:|---:|\n",
    );
    let of_kind = |issue: &str, is_it: &dyn Fn(&Verdict) -> bool| -> usize {
        let verdicts = rows[issue].verdicts.iter();
        verdicts.filter(|it| is_it(it.0)).map(|it| it.1).sum()
    };
    for (issue, _) in ONE_BY_ONE {
        writeln!(
            text,
            "| `{issue}` | {} | {} | {} | {} |",
            of_kind(issue, &|_| true),
            of_kind(issue, &|it| *it == Verdict::Told),
            of_kind(issue, &|it| matches!(it, Verdict::Explained(_))),
            of_kind(issue, &|it| *it == Verdict::Open),
        )
        .unwrap();
    }
    text.push_str("\n| parliament | findings | explained by |\n|---|---:|---|\n");
    for (issue, _) in ONE_BY_ONE {
        for (verdict, n) in &rows[issue].verdicts {
            if let Verdict::Explained(reason) = verdict {
                writeln!(text, "| `{issue}` | {n} | {} |", Reason::text(*reason)).unwrap();
            }
        }
    }
    for (issue, _) in ONE_BY_ONE {
        let open = &rows[issue].open;
        if !open.is_empty() {
            writeln!(text, "\nOpen of `{issue}`:\n").unwrap();
            for it in open {
                writeln!(text, "- {it}").unwrap();
            }
        }
    }
    text
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    test: String,
    policy: String,
    finds: BTreeMap<String, Vec<String>>,
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
        let (policy, mut all) = parse(&example.policy, kind);
        all.extend(lint(&example.policy, kind));
        let codes: BTreeSet<&str> = all.iter().map(|it| it.code).collect();
        for (issue, details) in &example.finds {
            let own = ISSUES.iter().find(|it| it.0 == *issue);
            let own = own.unwrap_or_else(|| panic!("{issue} is new")).1;
            let policy = policy.as_ref();
            if let (Some(look), Some(policy)) = (one_by_one(issue), policy) {
                let document = Document {
                    policy,
                    found: &all,
                };
                for detail in details {
                    match look(&document, detail, own) {
                        Verdict::Told => n_found += 1,
                        Verdict::Explained(_) => n_explained += 1,
                        Verdict::Open => missed.push(format!(
                            "{}: {issue} {detail}, we find {codes:?}",
                            example.test
                        )),
                    }
                }
            } else if own.iter().any(|it| codes.contains(it)) {
                n_found += 1;
            } else if policy.is_none() {
                // No JSON: parliament reads past it, we tell the place and nothing more.
                assert!(all.iter().any(Diagnostic::is_error), "{}", example.test);
                n_explained += 1;
            } else if policy
                .and_then(|it| why(issue, details, it, &codes))
                .is_some_and(|it| !it.is_empty())
            {
                n_explained += 1;
            } else {
                missed.push(format!("{}: {issue}, we find {codes:?}", example.test));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(
        examples.len() > 60 && n_found >= 70,
        "{n_found} found, {n_explained} explained"
    );
}
