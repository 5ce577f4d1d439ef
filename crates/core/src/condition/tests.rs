//! Every operator family, and what each form makes of absent and multi-valued keys.

use crate::{
    condition::test,
    policy::{PolicyKind, parse},
    request::{Context, ContextValue},
    trace::{ConditionOutcome, ElementTrace},
};

/// The outcome of `"operator": { "k": values }` in a context, as a word.
fn outcome(operator: &str, values: &str, context: &Context) -> &'static str {
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {{"{operator}": {{"K": {values}}}}}}}}}"#
    );
    let (policy, _) = parse(&text, PolicyKind::Identity);
    let policy = policy.unwrap();
    let ElementTrace::Condition { result, .. } = test(&policy.statements[0].conditions[0], context)
    else {
        panic!("not a condition")
    };
    match result {
        ConditionOutcome::Met { .. } => "met",
        ConditionOutcome::MetByDifference => "differs",
        ConditionOutcome::MetByAbsence => "absent-ok",
        ConditionOutcome::NoValueMatched => "no",
        ConditionOutcome::ValueMatched { .. } => "matched",
        ConditionOutcome::KeyAbsent => "absent",
        ConditionOutcome::WrongShape => "shape",
        ConditionOutcome::NotEvaluated => "unknown",
    }
}

/// `requested`: `None` for an absent key, one value, or several between commas.
#[track_caller]
fn check(operator: &str, values: &str, requested: Option<&str>, expect: &str) {
    let mut context = Context::new().with("aws:username", "b*b");
    if let Some(it) = requested {
        context.insert(crate::names::ContextKey::new("k"), it.into());
    }
    assert_eq!(
        outcome(operator, values, &context),
        expect,
        "{operator} {values} {requested:?}"
    );
}

#[track_caller]
fn check_list(operator: &str, values: &str, requested: &[&str], expect: &str) {
    let mut context = Context::new();
    let list = requested.iter().map(|it| (*it).to_owned()).collect();
    context.insert(
        crate::names::ContextKey::new("k"),
        ContextValue::Multi(list),
    );
    assert_eq!(
        outcome(operator, values, &context),
        expect,
        "{operator} {values} {requested:?}"
    );
}

#[test]
fn an_absent_key() {
    for (operator, expect) in [
        ("StringEquals", "absent"),
        ("StringNotEquals", "absent-ok"),
        ("NotIpAddress", "absent-ok"),
        ("Bool", "absent"),
        ("StringEqualsIfExists", "absent-ok"),
        ("StringNotEqualsIfExists", "absent-ok"),
        ("ForAllValues:StringEquals", "absent-ok"),
        ("ForAllValues:StringNotEquals", "absent-ok"),
        ("ForAnyValue:StringEquals", "absent"),
        ("ForAnyValue:StringNotEquals", "absent"),
        ("ForAnyValue:StringLikeIfExists", "absent-ok"),
    ] {
        check(operator, "[\"true\"]", None, expect);
    }
}

#[test]
fn a_multi_valued_key() {
    let list = ["a", "b"];
    for (operator, values, expect) in [
        ("StringEquals", r#""a""#, "shape"),
        ("StringNotEquals", r#""c""#, "shape"),
        ("StringEqualsIfExists", r#""a""#, "shape"),
        ("ForAllValues:StringEquals", r#"["a", "b", "c"]"#, "met"),
        ("ForAllValues:StringEquals", r#""a""#, "no"),
        ("ForAllValues:StringNotEquals", r#""c""#, "differs"),
        ("ForAllValues:StringNotEquals", r#""b""#, "matched"),
        ("ForAnyValue:StringEquals", r#""b""#, "met"),
        ("ForAnyValue:StringEquals", r#""c""#, "no"),
        ("ForAnyValue:StringNotEquals", r#""a""#, "differs"),
        ("ForAnyValue:StringNotEquals", r#"["a", "b"]"#, "matched"),
    ] {
        check_list(operator, values, &list, expect);
    }
    check_list("ForAllValues:StringEquals", r#""a""#, &[], "absent-ok");
    check_list("ForAnyValue:StringEquals", r#""a""#, &[], "no");
    check_list("ForAnyValue:StringNotEquals", r#""a""#, &[], "no");
    check_list("ForAllValues:StringEquals", r#""a""#, &[""], "no");
    check("ForAllValues:StringEquals", r#""a""#, Some("a"), "met");
}

#[test]
fn strings() {
    check("StringEquals", r#""a*""#, Some("abc"), "no");
    check("StringEquals", r#"["x", "abc"]"#, Some("abc"), "met");
    check("stringequals", r#""abc""#, Some("abc"), "met");
    check("StringEquals", r#""ABC""#, Some("abc"), "no");
    check("StringEqualsIgnoreCase", r#""ÄBC""#, Some("äbc"), "met");
    check(
        "StringNotEqualsIgnoreCase",
        r#""ABC""#,
        Some("abc"),
        "matched",
    );
    check("StringLike", r#""a*c""#, Some("a/b:\nc"), "met");
    check("StringNotLike", r#""a*c""#, Some("abd"), "differs");
    check("StringEquals", "10", Some("10"), "met");
    check("StringEquals", r#""${aws:username}""#, Some("b*b"), "met");
    check("StringLike", r#""${aws:username}""#, Some("bob"), "no");
    check("StringEquals", r#""${*}""#, Some("*"), "met");
    check(
        "StringEquals",
        r#""${aws:userid}""#,
        Some("${aws:userid}"),
        "no",
    );
    check(
        "StringNotEquals",
        r#""${aws:userid}""#,
        Some("x"),
        "differs",
    );
    check("StringNotLike", r#""${aws:userid}""#, Some("x"), "differs");
}

#[test]
fn numbers() {
    check("NumericEquals", "10", Some("10.0"), "met");
    check("NumericNotEquals", "10", Some("10.0"), "matched");
    check("NumericLessThan", "10", Some("9.5"), "met");
    check("NumericLessThan", "10", Some("10"), "no");
    check("NumericLessThanEquals", "10", Some("10"), "met");
    check("NumericGreaterThan", "10", Some("10"), "no");
    check("NumericGreaterThanEquals", "10", Some("10"), "met");
    check("NumericEquals", "10", Some("10abc"), "shape");
    check("NumericNotEquals", "10", Some("10abc"), "differs");
}

#[test]
fn dates() {
    check(
        "DateEquals",
        r#""1577836800""#,
        Some("2020-01-01T00:00:00Z"),
        "met",
    );
    check(
        "DateNotEquals",
        "1577836800",
        Some("2020-01-01T00:00:00Z"),
        "matched",
    );
    check(
        "DateLessThan",
        r#""2020-01-01T00:00:00Z""#,
        Some("2019-12-31T23:59:59Z"),
        "met",
    );
    check("DateLessThanEquals", r#""2020""#, Some("2020-01-01"), "met");
    check(
        "DateGreaterThan",
        r#""2020-01-01""#,
        Some("2020-01-01T00:00:00+01:00"),
        "no",
    );
    check(
        "DateGreaterThanEquals",
        r#""2020-01-01""#,
        Some("1577836800"),
        "met",
    );
    check("DateGreaterThan", r#""2020-01-01""#, Some("today"), "shape");
}

#[test]
fn truth_and_bytes() {
    check("Bool", "true", Some("TRUE"), "met");
    check("Bool", r#""false""#, Some("true"), "no");
    check("Bool", r#""yes""#, Some("yes"), "shape");
    check("BinaryEquals", r#""QmluYXJ5""#, Some("QmluYXJ5"), "met");
    check("BinaryEquals", r#""QQ==""#, Some("QQ"), "shape");
}

#[test]
fn addresses() {
    check("IpAddress", r#""10.0.0.5/8""#, Some("10.9.9.9"), "met");
    check(
        "IpAddress",
        r#""2001:DB8::1""#,
        Some("2001:db8:0:0:0:0:0:1"),
        "met",
    );
    check(
        "IpAddress",
        r#""203.0.113.0/24""#,
        Some("203.0.114.1"),
        "no",
    );
    check(
        "NotIpAddress",
        r#""10.0.0.0/8""#,
        Some("2001:db8::1"),
        "differs",
    );
    check(
        "NotIpAddress",
        r#""10.0.0.0/8""#,
        Some("10.0.0.1"),
        "matched",
    );
    check("IpAddress", r#""10.0.0.0/8""#, Some("10.0.0.0/9"), "shape");
}

#[test]
fn arns() {
    let store = Some(
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
    );
    check(
        "ArnLike",
        r#""arn:aws:someservice:*:111122223333:finance/*""#,
        store,
        "no",
    );
    check(
        "ArnEquals",
        r#""arn:aws:someservice:*:999999999999:store/*""#,
        store,
        "met",
    );
    check(
        "ArnNotLike",
        r#""arn:aws:someservice:*:999999999999:store/*""#,
        store,
        "matched",
    );
    check(
        "ArnLike",
        r#""arn:aws:iam::*:user/${aws:username}""#,
        Some("arn:aws:iam::1:user/b*b"),
        "met",
    );
    check(
        "ArnNotLike",
        r#""arn:aws:iam::1:role/${aws:userid}""#,
        Some("arn:aws:iam::1:role/x"),
        "differs",
    );
    check("ArnLike", r#""*""#, store, "met");
    check("ArnLike", r#""*""#, Some("store"), "shape");
    check(
        "ArnNotEquals",
        r#""arn:aws:s3:::b""#,
        Some("store"),
        "differs",
    );
}

#[test]
fn existence() {
    check("Null", "true", None, "met");
    check("Null", r#""true""#, Some(""), "no");
    check("Null", "false", Some(""), "met");
    check("Null", "false", None, "absent");
    check("Null", r#"["true", "false"]"#, None, "met");
    check_list("Null", "false", &[], "met");
}

#[test]
fn what_is_not_known_is_not_judged() {
    check("StringMatches", r#""a""#, Some("a"), "unknown");
    check("NullIfExists", r#""true""#, None, "unknown");
}
