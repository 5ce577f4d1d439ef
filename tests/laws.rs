//! Laws that hold for every policy, request and text, tried on generated ones.
#![expect(clippy::unwrap_used, reason = "a test: a failed read is a failed test")]

mod generate;

use std::sync::Arc;

use proptest::{prelude::*, sample::Index};
use rolewalk_core::{
    eval::{PolicySet, decide, evaluate},
    names::ContextKey,
    pattern::Glob,
    policy::{Effect, LanguageVersion, Policy, PolicyKind, Statement, parse},
    request::Principal,
    syntax::{Span, json},
    trace::{Decision, Layer, Note, StatementRef, Trace},
};
use serde_json::{Value, json};

use crate::generate::{one_of, policy_text, request, statement, texts};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn adding_a_deny_never_opens(set in policy_set(), request in request(), deny in statement(Some("Deny"), true), at in any::<Index>()) {
        let before = evaluate(&set, &request).decision;
        let after = evaluate(&with_documents(&set, |documents| add(documents, &deny, at)), &request).decision;
        prop_assert!(before.is_allowed() || !after.is_allowed(), "{before:?} became {after:?}");
    }

    #[test]
    fn removing_an_allow_never_opens(set in policy_set(), request in request(), at in any::<Index>()) {
        let before = evaluate(&set, &request).decision;
        let after = evaluate(&with_documents(&set, |documents| remove_allow(documents, at)), &request).decision;
        prop_assert!(before.is_allowed() || !after.is_allowed(), "{before:?} became {after:?}");
    }

    #[test]
    fn order_does_not_count(set in policy_set(), request in request()) {
        let mut reversed = with_documents(&set, |documents| for it in documents { it.statements.reverse(); });
        reversed.identity.reverse();
        reversed.session.reverse();
        for level in reversed.scps.iter_mut().chain(&mut reversed.rcps) {
            level.reverse();
        }
        prop_assert_eq!(reason(&evaluate(&set, &request)), reason(&evaluate(&reversed, &request)));
    }

    #[test]
    fn every_decision_has_a_reason(set in policy_set(), request in request()) {
        let trace = evaluate(&set, &request);
        match &trace.decision {
            Decision::Allowed { by } => {
                let is_root = matches!(request.principal, Principal::Root { .. });
                let needs_none = |it: &Note| matches!(it, Note::AlwaysAllowed | Note::NeedsNoPermission);
                prop_assert!(is_root || trace.notes.iter().any(needs_none) || !by.is_empty());
            },
            Decision::ExplicitDeny { by, .. } => prop_assert!(!by.is_empty()),
            Decision::ImplicitDeny { missing } => prop_assert!(!missing.is_empty()),
        }
        prop_assert_eq!(trace.decision.is_allowed(), trace.blockers().is_empty());
    }

    #[test]
    fn what_aws_itself_stops_has_one_rule_that_says_so(set in policy_set(), request in request()) {
        let trace = evaluate(&set, &request);
        let n_refusals = trace.notes.iter().filter(|it| it.is_refusal()).count();
        let is_stopped = trace.decision.missing().contains(&Layer::AwsManaged);
        prop_assert_eq!(n_refusals, usize::from(is_stopped), "{:?}", trace.notes);
        let has_rule = trace.notes.iter().any(|it| it.is_of_public_access());
        prop_assert!(has_rule || !trace.decision.missing().contains(&Layer::BlockPublicAccess), "{:?}", trace.notes);
    }

    #[test]
    fn decide_says_what_evaluate_says(set in policy_set(), request in request()) {
        prop_assert_eq!(decide(&set, &request), evaluate(&set, &request).decision.kind());
    }

    #[test]
    fn a_key_that_is_not_named_opens_and_shuts_nothing(
        set in policy_set(),
        request in request(),
        key in one_of(&["aws:username", "aws:absent"]),
        value in one_of(&["alice", "team", "true"]),
    ) {
        let trace = evaluate(&set, &request);
        let key = ContextKey::new(key);
        let is_news = request.context.get(&key).is_none() && !trace.missing_keys().contains(&key);
        let mut with = request;
        with.context.insert(key, value.into());
        let after = evaluate(&set, &with).decision.is_allowed();
        prop_assert!(!is_news || after == trace.decision.is_allowed());
    }

    #[test]
    fn a_deny_that_cannot_be_evaluated_is_reported(set in policy_set(), request in request(), at in any::<Index>()) {
        let deny = json!({
            "Sid": "Unjudged", "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
            "Condition": { "StringFits": { "aws:username": "a" } },
        });
        let with = with_documents(&set, |documents| add(documents, &deny, at));
        let trace = evaluate(&with, &request);
        let is_asked = |it: &&rolewalk_core::trace::StatementTrace| {
            it.at.sid.as_ref().is_some_and(|it| it.as_str() == "Unjudged")
        };
        let n_asked = trace.layers.iter().flat_map(|it| &it.statements).filter(is_asked).count();
        let n_reported = trace.not_evaluated().map(|it| it.0).filter(is_asked).count();
        prop_assert_eq!(n_asked, n_reported);
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        check_places(&text)?;
    }

    #[test]
    fn any_text_like_json_can_be_read(text in json_like()) {
        check_places(&text)?;
        check_acceptance(&text)?;
    }

    #[test]
    fn a_damaged_policy_can_be_read(set in policy_text(true), edits in prop::collection::vec((any::<Index>(), 0..4_u8, piece()), 0..6)) {
        let mut text = set;
        for (at, kind, piece) in edits {
            damage(&mut text, at, kind, &piece);
        }
        check_places(&text)?;
        check_acceptance(&text)?;
    }

    #[test]
    fn a_text_written_by_serde_json_is_read_alike(value in json_value()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let document = json::read(&text);
        prop_assert!(document.errors.is_empty());
        prop_assert_eq!(plain(&document.root.unwrap().value), value);
    }

    #[test]
    fn a_glob_is_what_a_naive_matcher_says(pattern in "[ab*?é]{0,8}", text in "[abé*]{0,10}") {
        let naive = naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(Glob::new(&pattern).matches(&text), naive);
    }
}

fn policy_set() -> impl Strategy<Value = PolicySet> {
    texts().prop_map(|it| it.read())
}

fn naive(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), None) => naive(rest, text),
        (Some(('*', rest)), Some((_, behind))) => naive(rest, text) || naive(pattern, behind),
        (Some(('?', rest)), Some((_, behind))) => naive(rest, behind),
        (Some((wanted, rest)), Some((found, behind))) => wanted == found && naive(rest, behind),
        _ => false,
    }
}

/// Reading never panics, and all places lie on characters of the text.
fn check_places(text: &str) -> Result<(), TestCaseError> {
    for kind in PolicyKind::ALL {
        let (policy, diagnostics) = parse(text, kind);
        let mut spans: Vec<Span> = diagnostics
            .iter()
            .flat_map(|it| &it.labels)
            .map(|it| it.span)
            .collect();
        prop_assert!(
            policy.is_some() || !diagnostics.is_empty(),
            "nothing read and nothing said"
        );
        for it in &diagnostics {
            prop_assert!(!it.message.contains('\n') && !it.help.is_empty(), "{it:?}");
        }
        spans.extend(policy.iter().flat_map(|it| &it.statements).flat_map(places));
        for span in spans {
            prop_assert!(
                span.start <= span.end && span.of(text).is_some(),
                "{span:?} is no place in {text:?}"
            );
        }
    }
    Ok(())
}

fn places(statement: &Statement) -> Vec<Span> {
    let mut spans = vec![statement.span, statement.effect.span, statement.action.span];
    spans.extend(statement.sid.iter().map(|it| it.span));
    spans.extend(statement.action.patterns.iter().map(|it| it.span));
    spans.extend(
        statement
            .resource
            .iter()
            .flat_map(|it| &it.patterns)
            .map(|it| it.span),
    );
    spans.extend(
        statement
            .principal
            .iter()
            .flat_map(|it| &it.entries)
            .map(|it| it.span),
    );
    for condition in &statement.conditions {
        spans.extend([condition.span, condition.operator.span, condition.key.span]);
        spans.extend(condition.values.iter().map(|it| it.span));
    }
    spans
}

fn check_acceptance(text: &str) -> Result<(), TestCaseError> {
    let errors = json::read(text).errors;
    let theirs = serde_json::from_str::<Value>(text);
    prop_assert_eq!(
        errors.is_empty(),
        theirs.is_ok(),
        "{:?}: {:?} and {:?}",
        text,
        errors,
        theirs
    );
    Ok(())
}

fn plain(value: &json::Value) -> Value {
    match value {
        json::Value::Null => Value::Null,
        json::Value::Bool(it) => json!(it),
        json::Value::Number(it) => serde_json::from_str(it).unwrap(),
        json::Value::String(it) => json!(it),
        json::Value::Array(items) => items.iter().map(|it| plain(&it.value)).collect(),
        json::Value::Object(members) => members
            .iter()
            .map(|it| (it.key.value.clone(), plain(&it.value.value)))
            .collect(),
    }
}

/// Damages a text at one place: a piece in, a character out, a piece in place of one, or cut off.
fn damage(text: &mut String, at: Index, kind: u8, piece: &str) {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|it| it.0)
        .chain([text.len()])
        .collect();
    let start = *at.get(&ends);
    let end = text
        .get(start..)
        .unwrap()
        .chars()
        .next()
        .map_or(start, |it| start + it.len_utf8());
    match kind {
        0 => text.insert_str(start, piece),
        1 => text.replace_range(start..end, ""),
        2 => text.replace_range(start..end, piece),
        _ => text.truncate(start),
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "'",
            "//",
            "/*",
            "*/",
            "#",
            "\\",
            "\\u12",
            "\\ud83d\\ude00",
            "null",
            "0",
            "-",
            "1e5",
            "${",
            "\n",
            "\t",
            "é",
            "😀",
            "\u{feff}",
            "Effect",
            "\"Effect\": ",
        ])
        .prop_map(ToOwned::to_owned),
        any::<char>().prop_map(String::from),
    ]
}

fn json_like() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|it| it.concat())
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|it| it.into_iter().collect()),
        ]
    })
}

/// The same set with its documents changed.
fn with_documents(set: &PolicySet, change: impl FnOnce(&mut Vec<&mut Policy>)) -> PolicySet {
    let mut set = set.clone();
    let named = set
        .identity
        .iter_mut()
        .chain(&mut set.resource)
        .chain(&mut set.boundary)
        .chain(&mut set.session)
        .chain(set.scps.iter_mut().flatten())
        .chain(set.rcps.iter_mut().flatten())
        .chain(&mut set.vpc_endpoint);
    let mut documents = named.map(|it| Arc::make_mut(&mut it.policy)).collect();
    change(&mut documents);
    set
}

fn add(documents: &mut [&mut Policy], statement: &Value, at: Index) {
    let text = json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
    let (policy, _) = parse(&text, PolicyKind::Resource);
    let Policy {
        statements,
        version,
        ..
    } = policy.unwrap();
    assert_eq!(version, LanguageVersion::V2012);
    if !documents.is_empty() {
        let n_documents = documents.len();
        documents
            .get_mut(at.index(n_documents))
            .unwrap()
            .statements
            .extend(statements);
    }
}

fn remove_allow(documents: &mut [&mut Policy], at: Index) {
    let is_allow = |it: &Statement| it.effect.value == Effect::Allow;
    let n_allows = documents
        .iter()
        .flat_map(|it| &it.statements)
        .filter(|it| is_allow(it))
        .count();
    if n_allows == 0 {
        return;
    }
    let mut left = at.index(n_allows);
    for document in documents {
        document.statements.retain(|it| {
            if !is_allow(it) {
                return true;
            }
            let is_kept = left != 0;
            left = left.wrapping_sub(1);
            is_kept
        });
    }
}

/// The decision without the order of what it names.
fn reason(trace: &Trace) -> (String, Vec<String>) {
    let name = |at: &StatementRef| format!("{} {:?}", at.document, at.span);
    let (kind, mut names): (_, Vec<String>) = match &trace.decision {
        Decision::Allowed { by } => ("allowed", by.iter().map(name).collect()),
        Decision::ExplicitDeny { by, .. } => ("explicit deny", by.iter().map(name).collect()),
        Decision::ImplicitDeny { missing } => (
            "implicit deny",
            missing.iter().map(|it| format!("{it:?}")).collect(),
        ),
    };
    names.sort();
    (kind.to_owned(), names)
}
