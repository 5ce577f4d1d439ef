//! What holds for all rules and all texts.

use std::fs;

use proptest::{prelude::*, sample::Index};
use rolewalk_core::{
    catalogue::Catalogue,
    diagnostic::{Diagnostic, Severity},
    lint::{MAX_STEPS, Subject, lint, steps},
    policy::{PolicyKind, parse},
};
use rolewalk_wasm::policies::Policies;
use serde_json::{Value, json};

use crate::{CATALOGUE, document, hostile, lint as find, lint_with, root};

/// Fixes that only change how a policy is written.
const STYLE: [&str; 9] = [
    "action-case",
    "duplicate-value",
    "empty-condition",
    "empty-sid",
    "key-case",
    "operator-case",
    "redundant-action",
    "redundant-resource",
    "redundant-statement",
];

/// The statements and documents of all cases, by rule.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(root().join("tests/lint/cases")).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in cases {
            let text = match (case.get("statement"), case.get("document")) {
                (Some(statement), _) => document(&statement.to_string()),
                (_, document) => document.unwrap().to_string(),
            };
            texts.push((code.clone(), text));
        }
    }
    texts.sort();
    texts
}

fn check_places(text: &str, found: &[Diagnostic]) {
    for diagnostic in found {
        assert!(!diagnostic.is_error(), "{diagnostic:?}");
        for label in &diagnostic.labels {
            assert!(label.span.of(text).is_some(), "{diagnostic:?}");
        }
        assert!(!diagnostic.message.contains('\n') && !diagnostic.message.ends_with('.'));
        assert!(!diagnostic.help.is_empty());
        if let Some(fix) = &diagnostic.fix {
            let ends = fix
                .edits
                .windows(2)
                .all(|it| it[0].span.end <= it[1].span.start);
            assert!(
                ends && fix.edits.iter().all(|it| it.span.of(text).is_some()),
                "{fix:?}"
            );
            parse(&fix.apply(text), PolicyKind::Identity);
        }
    }
    assert!(found.is_sorted_by_key(Diagnostic::span));
}

#[test]
fn every_kind_of_policy_can_be_looked_at() {
    for (_, text) in texts() {
        for kind in PolicyKind::ALL {
            check_places(&text, &find(&text, kind));
        }
    }
}

#[test]
fn without_a_catalogue_nothing_is_said_of_services() {
    let empty = Catalogue::default();
    for (code, text) in texts() {
        let found = lint_with(&empty, &text, PolicyKind::Identity);
        check_places(&text, &found);
        let of_services = [
            "unknown-",
            "action-n",
            "action-p",
            "action-case",
            "key-",
            "arn-part",
            "operator-type",
        ];
        let mut named = found
            .iter()
            .filter(|it| of_services.iter().any(|name| it.code.starts_with(name)));
        assert_eq!(named.next(), None, "{code}: {text}");
    }
}

#[test]
fn a_fix_of_style_changes_no_decision() {
    let mut n_fixes = 0;
    for (_, text) in texts() {
        for diagnostic in find(&text, PolicyKind::Identity) {
            let Some(fix) = diagnostic
                .fix
                .as_ref()
                .filter(|_| STYLE.contains(&diagnostic.code))
            else {
                continue;
            };
            n_fixes += 1;
            let fixed = fix.apply(&text);
            assert_eq!(
                decisions(&text),
                decisions(&fixed),
                "{}: {fixed}",
                diagnostic.code
            );
        }
    }
    assert!(n_fixes > 20, "{n_fixes}");
}

/// What the policy says to requests about what the cases are about.
fn decisions(text: &str) -> Vec<String> {
    let policies = json!({ "identity": [text] }).to_string();
    let policies = Policies::from_json(&policies, None).unwrap();
    let asked = [
        ("s3:GetObject", "arn:aws:s3:::data/ana/k"),
        ("s3:GetObject", "arn:aws:s3:::data/k"),
        ("s3:GetObject", "arn:aws:s3:::audit/k"),
        ("s3:PutObject", "arn:aws:s3:::data/k"),
        ("s3:ListBucket", "arn:aws:s3:::data"),
        ("s3:ListAllMyBuckets", "*"),
        ("iam:GetRole", "arn:aws:iam::111122223333:role/x"),
        (
            "sagemaker:CreateApp",
            "arn:aws:sagemaker:eu-west-1:111122223333:app/d-1/ana/JupyterLab/default",
        ),
        (
            "sagemaker:AddTags",
            "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e",
        ),
    ];
    let contexts = [
        json!({}),
        json!({ "aws:PrincipalTag/team": "nlp", "aws:SourceIp": "203.0.113.9", "aws:TagKeys": ["team"], "aws:SecureTransport": "true" }),
        json!({ "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceVpce": "vpce-1", "s3:prefix": "a/b" }),
    ];
    let mut decisions = Vec::new();
    for (action, resource) in asked {
        for context in &contexts {
            let request = json!({
                "principal": "arn:aws:iam::111122223333:user/ana", "action": action, "resource": resource, "context": context,
            });
            let decision = policies.decide(&request.to_string()).map_err(|it| it.len());
            // Which statements decided is not asked: one of them may be gone.
            let decision = format!("{decision:?}");
            decisions.push(decision.split(['{', ' ']).next().unwrap().to_owned());
        }
    }
    decisions
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Half-written texts: a piece cut out, a piece of another text put in.
    #[test]
    fn no_text_that_parses_is_too_much(
        which in any::<Index>(), other in any::<Index>(), kind in any::<Index>(),
        cut in (any::<Index>(), 0_usize..30), piece in (any::<Index>(), 0_usize..60), at in any::<Index>(),
    ) {
        let texts = texts();
        let (_, text) = which.get(&texts);
        let (_, other) = other.get(&texts);
        let slice = |text: &str, from: usize, len: usize| text.chars().skip(from).take(len).collect::<String>();
        let n = text.chars().count();
        let start = cut.0.index(n);
        let mut mixed = slice(text, 0, start) + &slice(text, start + cut.1, n);
        let inserted = slice(other, piece.0.index(other.chars().count()), piece.1);
        let place = mixed.char_indices().map(|it| it.0).nth(at.index(mixed.chars().count().max(1))).unwrap_or(0);
        mixed.insert_str(place, &inserted);
        let kind = *kind.get(&PolicyKind::ALL);
        check_places(&mixed, &find(&mixed, kind));
    }
}

fn steps_of(text: &str) -> Vec<(&'static str, usize)> {
    let kind = hostile::kind_of(text);
    let (policy, _) = parse(text, kind);
    steps(&Subject {
        text,
        kind,
        policy: policy.as_ref().unwrap(),
        catalogue: &CATALOGUE,
        account: None,
    })
}

#[test]
fn no_text_costs_a_rule_more_than_its_steps() {
    let mut at_the_limit = 0;
    for (name, text) in hostile::texts(200_000) {
        for (code, n) in steps_of(&text) {
            assert!(n <= MAX_STEPS, "{code} takes {n} steps for {name}");
            at_the_limit += usize::from(n == MAX_STEPS);
        }
    }
    // The texts are hostile: some rule is stopped.
    assert!(at_the_limit > 0);
}

#[test]
fn no_policy_of_aws_comes_near_the_limit() {
    let mut texts = 0;
    for entry in fs::read_dir(root().join("data/managed-policies")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        if parse(&text, PolicyKind::Identity).0.is_none() {
            continue;
        }
        texts += 1;
        for (code, n) in steps_of(&text) {
            assert!(
                n < MAX_STEPS / 2,
                "{code} takes {n} steps for {}",
                path.display()
            );
        }
    }
    assert!(texts > 100, "{texts}");
}

#[test]
fn a_finding_is_no_error_and_a_rule_says_so() {
    for (_, text) in texts() {
        let (policy, _) = parse(&text, PolicyKind::Identity);
        let Some(policy) = policy else { continue };
        // An account that is not known is no foreign one.
        let subject = Subject {
            text: &text,
            kind: PolicyKind::Trust,
            policy: &policy,
            catalogue: &Catalogue::default(),
            account: None,
        };
        assert!(
            lint(&subject)
                .iter()
                .all(|it| it.severity < Severity::Error && it.code != "external-id-missing")
        );
    }
}
