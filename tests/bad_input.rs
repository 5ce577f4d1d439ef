//! Hostile and broken input: a diagnostic, never a panic, and never so slow that one would notice.
//!
//! No clock is read: a step that is not linear shows as a test that does not end.

use std::sync::Arc;

use rolewalk_core::{
    diagnostic::Diagnostic,
    eval::{NamedPolicy, PolicySet, decide, evaluate},
    names::{ActionName, Arn, DocumentName},
    pattern::Glob,
    policy::{PolicyKind, parse},
    request::{Context, Origin, Principal, Request, Resource},
    trace::Decision,
};

const MILLION: usize = 1_000_000;

#[track_caller]
fn refused(text: &str) {
    // One kind with a principal and one without tell enough of a large text.
    let n_kinds = if text.len() < 100_000 {
        PolicyKind::ALL.len()
    } else {
        2
    };
    for kind in PolicyKind::ALL.into_iter().take(n_kinds) {
        let (_, diagnostics) = parse(text, kind);
        assert!(
            diagnostics.iter().any(Diagnostic::is_error) && diagnostics.len() <= 100,
            "{kind:?}: {} diagnostics",
            diagnostics.len()
        );
        for it in diagnostics.iter().flat_map(|it| &it.labels) {
            assert!(it.span.of(text).is_some(), "{:?}", it.span);
        }
    }
}

fn statement(members: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#)
}

#[test]
fn texts_of_a_megabyte() {
    refused(&"a".repeat(MILLION));
    refused(&"{".repeat(MILLION));
    refused(&"[".repeat(MILLION));
    refused(&"\"\\".repeat(MILLION / 2));
    refused(&"{\"a\":".repeat(MILLION / 5));
    refused(&format!("{{{}}}", r#""Sid": "a","#.repeat(MILLION / 12)));
    let many = r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"},"#;
    refused(&format!(
        r#"{{"Statement": [{}]}}"#,
        many.repeat(MILLION / many.len())
    ));
    refused(&statement(&format!(
        r#""Effect": "Allow", "Action": [{}"x"], "Resource": "*""#,
        r#""a:b:c","#.repeat(MILLION / 8)
    )));
    refused(&statement(&format!(
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {{{}"a": 1}}"#,
        r#""x": {"y": "z"},"#.repeat(MILLION / 16)
    )));
}

#[test]
fn deep_nesting() {
    for n in [200, 10_000] {
        refused(&format!("{}{}", "[".repeat(n), "]".repeat(n)));
        refused(&format!("{}1{}", "{\"a\":".repeat(n), "}".repeat(n)));
    }
}

#[test]
fn odd_characters() {
    refused("\u{feff}{}");
    refused(&statement(
        "\"Effect\": \"Allow\", \"Action\": \"s3:\u{1}\", \"Resource\": \"*\"",
    ));
    refused(&statement(
        r#""Effect": "Allow", "Action": "s3:\ud83d", "Resource": "*""#,
    ));
    refused(&statement(
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::日本""#,
    ));
    refused(&statement(
        r#""Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericEquals": {"a": 1e999}}"#,
    ));
    refused("");
    refused("\0");
    refused("null");
}

#[test]
fn variables_without_end() {
    for piece in [
        "${",
        "${a",
        "${a,'",
        "${a, 'b'",
        "${a}",
        "$",
        "${*}",
        "${a,'${a,",
    ] {
        let text = piece.repeat(MILLION / piece.len());
        let resource = statement(&format!(
            r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::{text}""#
        ));
        refused(&resource);
    }
}

#[test]
fn patterns_of_a_million_characters() {
    let text = "a".repeat(MILLION);
    let patterns = [
        format!("{}b", "*a".repeat(MILLION / 2)),
        format!("{}b", "*a*".repeat(MILLION / 3)),
        format!("*{}b", "a".repeat(MILLION - 2)),
        format!("*{}b*", "a".repeat(MILLION / 2)),
        format!("{}b", "*?".repeat(MILLION / 2)),
        format!("*{}b*", "ab".repeat(MILLION / 4)),
        format!("{}b", "?".repeat(MILLION - 1)),
    ];
    for pattern in patterns {
        assert!(!Glob::new(&pattern).matches(&text));
    }
    assert!(Glob::new(&"*a".repeat(MILLION)).matches(&text));
}

#[test]
fn a_document_with_ten_thousand_statements_is_whole_though_too_large() {
    let statement =
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},"#;
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}{}]}}"#,
        statement.repeat(9_999),
        statement.trim_end_matches(',')
    );
    let (policy, diagnostics) = parse(&text, PolicyKind::Identity);
    let codes: Vec<_> = diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["document-too-large"]);
    let policy = policy.unwrap();
    assert!(policy.is_whole && policy.statements.len() == 10_000);
    let set = PolicySet {
        identity: vec![NamedPolicy {
            name: DocumentName::new("many"),
            policy: Arc::new(policy),
        }],
        ..PolicySet::default()
    };
    let caller = "arn:aws:iam::111122223333:user/a";
    let request = Request {
        principal: Principal::parse(caller, &Context::new()).unwrap(),
        action: ActionName::new("s3", "GetObject"),
        resource: Resource::Arn(Arn::parse("arn:aws:s3:::b/k").unwrap()),
        resource_account: None,
        wildcard_only_action: false,
        context: Context::new(),
        origin: Origin::Outside,
    };
    let Decision::Allowed { by } = evaluate(&set, &request).decision else {
        panic!("allowed")
    };
    assert_eq!(by.len(), 10_000);
}

#[test]
fn a_policy_as_large_as_can_be_is_evaluated() {
    let resource = format!("arn:aws:s3:::{}b", "*a".repeat(15_000));
    let condition = format!(
        r#"{{"StringLike": {{"aws:x": "{}b"}}}}"#,
        "*a".repeat(15_000)
    );
    let text = statement(&format!(
        r#""Effect": "Allow", "Action": "s3:*", "Resource": ["{resource}", "*"], "Condition": {condition}"#
    ));
    let (policy, _) = parse(&text, PolicyKind::Identity);
    let set = PolicySet {
        identity: vec![NamedPolicy {
            name: DocumentName::new("large"),
            policy: Arc::new(policy.unwrap()),
        }],
        ..PolicySet::default()
    };
    let long = "a".repeat(MILLION);
    let request = Request {
        principal: Principal::Anonymous,
        action: ActionName::parse(&format!("s3:{long}")).unwrap(),
        resource: Resource::Arn(Arn::parse(&format!("arn:aws:s3:::{long}")).unwrap()),
        resource_account: None,
        wildcard_only_action: false,
        context: Context::new().with("aws:x", long.as_str()),
        origin: Origin::Outside,
    };
    for principal in [
        "arn:aws:iam::111122223333:user/a",
        "arn:aws:iam::111122223333:role/a",
    ] {
        let request = Request {
            principal: Principal::parse(principal, &request.context).unwrap(),
            ..request.clone()
        };
        let trace = evaluate(&set, &request);
        assert!(!trace.decision.is_allowed());
        assert_eq!(decide(&set, &request), trace.decision.kind());
    }
}
