//! What is said of each operator: held, failed, and without the key.

use std::collections::BTreeSet;

use crate::{
    condition,
    explain::element_sentence,
    names::{ActionName, Arn, ContextKey},
    policy::{BASE_OPERATORS, Operator, PolicyKind, parse},
    request::{Context, ContextValue, Origin, Principal, Request, Resource},
    trace::{ElementOutcome, ElementTrace},
};

type Case = (
    &'static str,
    &'static [&'static str],
    Option<&'static [&'static str]>,
    &'static str,
);

/// Operator, the policy's values, the request's (`None`: the key is absent), and what is said.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("StringEquals", &["x", "y"], Some(&["y"]), "`aws:k` is `y`, and the statement wants `x` or `y`"),
    ("StringEquals", &["x", "y"], Some(&["z"]), "`aws:k` is `z`, and the statement wants `x` or `y`"),
    ("StringEquals", &["x", "y"], None, "`aws:k` is not in the request, and the statement wants `x` or `y`"),
    ("StringNotEquals", &["x"], Some(&["z"]), "`aws:k` is `z`, and the statement is about all but `x`"),
    ("StringNotEquals", &["x"], Some(&["x"]), "`aws:k` is `x`, and the statement wants anything but `x`"),
    ("StringNotEquals", &["x"], None, "`aws:k` is not in the request, and `StringNotEquals` with `x` is met by that"),
    ("StringEqualsIgnoreCase", &["x"], Some(&["X"]), "`aws:k` is `X`, and the statement wants `x`, letter case aside"),
    ("StringEqualsIgnoreCase", &["x"], Some(&["z"]), "`aws:k` is `z`, and the statement wants `x`, letter case aside"),
    ("StringEqualsIgnoreCase", &["x"], None, "`aws:k` is not in the request, and the statement wants `x`, letter case aside"),
    ("StringNotEqualsIgnoreCase", &["x"], Some(&["z"]), "`aws:k` is `z`, and the statement is about all but `x`, letter case aside"),
    ("StringNotEqualsIgnoreCase", &["x"], Some(&["X"]), "`aws:k` is `X`, and the statement wants anything but `x`, letter case aside"),
    ("StringNotEqualsIgnoreCase", &["x"], None, "`aws:k` is not in the request, and `StringNotEqualsIgnoreCase` with `x` is met by that"),
    ("StringLike", &["a*"], Some(&["ab"]), "`aws:k` is `ab`, and the statement wants something like `a*`"),
    ("StringLike", &["a*"], Some(&["b"]), "`aws:k` is `b`, and the statement wants something like `a*`"),
    ("StringLike", &["a*"], None, "`aws:k` is not in the request, and the statement wants something like `a*`"),
    ("StringNotLike", &["a*"], Some(&["b"]), "`aws:k` is `b`, and the statement is about all but something like `a*`"),
    ("StringNotLike", &["a*"], Some(&["ab"]), "`aws:k` is `ab`, and the statement wants anything but something like `a*`"),
    ("StringNotLike", &["a*"], None, "`aws:k` is not in the request, and `StringNotLike` with `a*` is met by that"),
    ("NumericEquals", &["5"], Some(&["5"]), "`aws:k` is `5`, and the statement wants `5`"),
    ("NumericEquals", &["5"], Some(&["6"]), "`aws:k` is `6`, and the statement wants `5`"),
    ("NumericEquals", &["5"], None, "`aws:k` is not in the request, and the statement wants `5`"),
    ("NumericNotEquals", &["5"], Some(&["6"]), "`aws:k` is `6`, and the statement is about any number but `5`"),
    ("NumericNotEquals", &["5"], Some(&["5"]), "`aws:k` is `5`, and the statement wants any number but `5`"),
    ("NumericNotEquals", &["5"], None, "`aws:k` is not in the request, and `NumericNotEquals` with `5` is met by that"),
    ("NumericLessThan", &["0"], Some(&["-1"]), "`aws:k` is `-1`, and the statement wants less than `0`"),
    ("NumericLessThan", &["0"], Some(&["0"]), "`aws:k` is `0`, and the statement wants less than `0`"),
    ("NumericLessThan", &["0"], None, "`aws:k` is not in the request, and the statement wants less than `0`"),
    ("NumericLessThanEquals", &["0"], Some(&["0"]), "`aws:k` is `0`, and the statement wants at most `0`"),
    ("NumericLessThanEquals", &["0"], Some(&["1"]), "`aws:k` is `1`, and the statement wants at most `0`"),
    ("NumericLessThanEquals", &["0"], None, "`aws:k` is not in the request, and the statement wants at most `0`"),
    ("NumericGreaterThan", &["0"], Some(&["1"]), "`aws:k` is `1`, and the statement wants more than `0`"),
    ("NumericGreaterThan", &["0"], Some(&["0"]), "`aws:k` is `0`, and the statement wants more than `0`"),
    ("NumericGreaterThan", &["0"], None, "`aws:k` is not in the request, and the statement wants more than `0`"),
    ("NumericGreaterThanEquals", &["0"], Some(&["0"]), "`aws:k` is `0`, and the statement wants at least `0`"),
    ("NumericGreaterThanEquals", &["0"], Some(&["-1"]), "`aws:k` is `-1`, and the statement wants at least `0`"),
    ("NumericGreaterThanEquals", &["0"], None, "`aws:k` is not in the request, and the statement wants at least `0`"),
    ("DateEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-01-01T00:00:00Z"]), "`aws:k` is `2026-01-01T00:00:00Z`, and the statement wants the time `2026-01-01T00:00:00Z`"),
    ("DateEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement wants the time `2026-01-01T00:00:00Z`"),
    ("DateEquals", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and the statement wants the time `2026-01-01T00:00:00Z`"),
    ("DateNotEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement is about any time but `2026-01-01T00:00:00Z`"),
    ("DateNotEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-01-01T00:00:00Z"]), "`aws:k` is `2026-01-01T00:00:00Z`, and the statement wants any time but `2026-01-01T00:00:00Z`"),
    ("DateNotEquals", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and `DateNotEquals` with `2026-01-01T00:00:00Z` is met by that"),
    ("DateLessThan", &["2026-01-01T00:00:00Z"], Some(&["2025-06-01T00:00:00Z"]), "`aws:k` is `2025-06-01T00:00:00Z`, and the statement wants a time before `2026-01-01T00:00:00Z`"),
    ("DateLessThan", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement wants a time before `2026-01-01T00:00:00Z`"),
    ("DateLessThan", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and the statement wants a time before `2026-01-01T00:00:00Z`"),
    ("DateLessThanEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-01-01T00:00:00Z"]), "`aws:k` is `2026-01-01T00:00:00Z`, and the statement wants a time no later than `2026-01-01T00:00:00Z`"),
    ("DateLessThanEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement wants a time no later than `2026-01-01T00:00:00Z`"),
    ("DateLessThanEquals", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and the statement wants a time no later than `2026-01-01T00:00:00Z`"),
    ("DateGreaterThan", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement wants a time after `2026-01-01T00:00:00Z`"),
    ("DateGreaterThan", &["2026-01-01T00:00:00Z"], Some(&["2026-01-01T00:00:00Z"]), "`aws:k` is `2026-01-01T00:00:00Z`, and the statement wants a time after `2026-01-01T00:00:00Z`"),
    ("DateGreaterThan", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and the statement wants a time after `2026-01-01T00:00:00Z`"),
    ("DateGreaterThanEquals", &["2026-01-01T00:00:00Z"], Some(&["2026-01-01T00:00:00Z"]), "`aws:k` is `2026-01-01T00:00:00Z`, and the statement wants a time no earlier than `2026-01-01T00:00:00Z`"),
    ("DateGreaterThanEquals", &["2026-01-01T00:00:00Z"], Some(&["2025-06-01T00:00:00Z"]), "`aws:k` is `2025-06-01T00:00:00Z`, and the statement wants a time no earlier than `2026-01-01T00:00:00Z`"),
    ("DateGreaterThanEquals", &["2026-01-01T00:00:00Z"], None, "`aws:k` is not in the request, and the statement wants a time no earlier than `2026-01-01T00:00:00Z`"),
    ("Bool", &["true"], Some(&["true"]), "`aws:k` is `true`, and the statement wants `true`"),
    ("Bool", &["true"], Some(&["false"]), "`aws:k` is `false`, and the statement wants `true`"),
    ("Bool", &["true"], None, "`aws:k` is not in the request, and the statement wants `true`"),
    ("BinaryEquals", &["QUE="], Some(&["QUE="]), "`aws:k` is `QUE=`, and the statement wants `QUE=`"),
    ("BinaryEquals", &["QUE="], Some(&["QkI="]), "`aws:k` is `QkI=`, and the statement wants `QUE=`"),
    ("BinaryEquals", &["QUE="], None, "`aws:k` is not in the request, and the statement wants `QUE=`"),
    ("IpAddress", &["10.0.0.0/8"], Some(&["10.1.2.3"]), "`aws:k` is `10.1.2.3`, and the statement wants an address in `10.0.0.0/8`"),
    ("IpAddress", &["10.0.0.0/8"], Some(&["11.1.2.3"]), "`aws:k` is `11.1.2.3`, and the statement wants an address in `10.0.0.0/8`"),
    ("IpAddress", &["10.0.0.0/8"], None, "`aws:k` is not in the request, and the statement wants an address in `10.0.0.0/8`"),
    ("NotIpAddress", &["10.0.0.0/8"], Some(&["11.1.2.3"]), "`aws:k` is `11.1.2.3`, and the statement is about an address outside `10.0.0.0/8`"),
    ("NotIpAddress", &["10.0.0.0/8"], Some(&["10.1.2.3"]), "`aws:k` is `10.1.2.3`, and the statement wants an address outside `10.0.0.0/8`"),
    ("NotIpAddress", &["10.0.0.0/8"], None, "`aws:k` is not in the request, and `NotIpAddress` with `10.0.0.0/8` is met by that"),
    ("ArnEquals", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnEquals", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:user/u"]), "`aws:k` is `arn:aws:iam::111122223333:user/u`, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnEquals", &["arn:aws:iam::111122223333:role/*"], None, "`aws:k` is not in the request, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnLike", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnLike", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:user/u"]), "`aws:k` is `arn:aws:iam::111122223333:user/u`, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnLike", &["*role/R"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants an ARN like `*role/R`, which is no ARN of six parts, and takes in none"),
    ("ArnNotLike", &["*", "*role/R"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants any ARN but one like `*` or `*role/R`; `*role/R` is no ARN of six parts, and takes in none"),
    ("ArnLike", &["arn:aws:iam::111122223333:role/*"], None, "`aws:k` is not in the request, and the statement wants an ARN like `arn:aws:iam::111122223333:role/*`"),
    ("ArnNotEquals", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:user/u"]), "`aws:k` is `arn:aws:iam::111122223333:user/u`, and the statement is about any ARN but one like `arn:aws:iam::111122223333:role/*`"),
    ("ArnNotEquals", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants any ARN but one like `arn:aws:iam::111122223333:role/*`"),
    ("ArnNotEquals", &["arn:aws:iam::111122223333:role/*"], None, "`aws:k` is not in the request, and `ArnNotEquals` with `arn:aws:iam::111122223333:role/*` is met by that"),
    ("ArnNotLike", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:user/u"]), "`aws:k` is `arn:aws:iam::111122223333:user/u`, and the statement is about any ARN but one like `arn:aws:iam::111122223333:role/*`"),
    ("ArnNotLike", &["arn:aws:iam::111122223333:role/*"], Some(&["arn:aws:iam::111122223333:role/R"]), "`aws:k` is `arn:aws:iam::111122223333:role/R`, and the statement wants any ARN but one like `arn:aws:iam::111122223333:role/*`"),
    ("ArnNotLike", &["arn:aws:iam::111122223333:role/*"], None, "`aws:k` is not in the request, and `ArnNotLike` with `arn:aws:iam::111122223333:role/*` is met by that"),
    ("Null", &["true"], Some(&["x"]), "`aws:k` is there, and the statement wants it not to be there"),
    ("Null", &["false"], Some(&["x"]), "`aws:k` is there, and the statement wants it to be there"),
    ("Null", &["true"], None, "`aws:k` is not in the request, and the statement wants it not to be there"),
    ("Null", &["false"], None, "`aws:k` is not in the request, and the statement wants it to be there"),
    ("Null", &["true", "false"], Some(&["x"]), "`aws:k` is there, and the statement wants it to be there or not"),
    ("StringEqualsIfExists", &["x"], Some(&["x"]), "`aws:k` is `x`, and the statement wants `x` where the key is there"),
    ("StringEqualsIfExists", &["x"], Some(&["y"]), "`aws:k` is `y`, and the statement wants `x` where the key is there"),
    ("StringEqualsIfExists", &["x"], None, "`aws:k` is not in the request, and `StringEqualsIfExists` with `x` is met by that"),
    ("DateLessThanIfExists", &["2026-01-01T00:00:00Z"], Some(&["2026-11-24T12:00:00Z"]), "`aws:k` is `2026-11-24T12:00:00Z`, and the statement wants a time before `2026-01-01T00:00:00Z` where the key is there"),
    ("StringNotEqualsIfExists", &["x"], Some(&["x"]), "`aws:k` is `x`, and the statement wants anything but `x` where the key is there"),
    ("StringNotEqualsIfExists", &["x"], None, "`aws:k` is not in the request, and `StringNotEqualsIfExists` with `x` is met by that"),
    ("ForAnyValue:StringEquals", &["x", "y"], Some(&["z", "y"]), "`aws:k` has the values `z` and `y`, and the statement wants one of its values to be `x` or `y`"),
    ("ForAnyValue:StringEquals", &["x"], Some(&["z"]), "`aws:k` is `z`, and the statement wants one of its values to be `x`"),
    ("ForAnyValue:StringEquals", &["x"], Some(&[]), "`aws:k` is empty, and the statement wants one of its values to be `x`"),
    ("ForAnyValue:StringEquals", &["x"], None, "`aws:k` is not in the request, and the statement wants one of its values to be `x`"),
    ("ForAnyValue:StringEqualsIfExists", &["x"], None, "`aws:k` is not in the request, and `ForAnyValue:StringEqualsIfExists` with `x` is met by that"),
    ("ForAnyValue:StringNotEquals", &["x"], Some(&["x", "z"]), "`aws:k` has the values `x` and `z`, and the statement wants one of its values to be anything but `x`"),
    ("ForAnyValue:StringNotEquals", &["x"], Some(&["x"]), "`aws:k` is `x`, and the statement wants one of its values to be anything but `x`"),
    ("ForAnyValue:StringNotEquals", &["x"], None, "`aws:k` is not in the request, and the statement wants one of its values to be anything but `x`"),
    ("ForAllValues:StringLike", &["a*"], Some(&["ab", "ac"]), "`aws:k` has the values `ab` and `ac`, and the statement wants each of its values to be something like `a*`"),
    ("ForAllValues:StringLike", &["a*"], Some(&["ab", "b"]), "`aws:k` has the values `ab` and `b`, and the statement wants each of its values to be something like `a*`"),
    ("ForAllValues:StringLike", &["a*"], Some(&[]), "`aws:k` is empty, and `ForAllValues:StringLike` with `a*` is met by that"),
    ("ForAllValues:StringLike", &["a*"], None, "`aws:k` is not in the request, and `ForAllValues:StringLike` with `a*` is met by that"),
    ("ForAllValues:StringNotEquals", &["x"], Some(&["y", "z"]), "`aws:k` has the values `y` and `z`, and the statement wants each of its values to be anything but `x`"),
    ("ForAllValues:StringNotEquals", &["x"], Some(&["y", "x"]), "`aws:k` has the values `y` and `x`, and the statement wants each of its values to be anything but `x`"),
    ("ForAllValues:NumericLessThan", &["5"], Some(&["1", "7"]), "`aws:k` has the values `1` and `7`, and the statement wants each of its values to be less than `5`"),
    ("StringEquals", &["x"], Some(&["x", "y"]), "`aws:k` has the values `x` and `y`, which `StringEquals` cannot compare with `x`"),
    ("NumericLessThan", &["5"], Some(&["many"]), "`aws:k` is `many`, which `NumericLessThan` cannot compare with `5`"),
    ("StringEquals", &["a", "b", "c", "d", "e", "f"], Some(&["z"]), "`aws:k` is `z`, and the statement wants `a`, `b`, `c`, `d` or 2 more"),
    ("StringEquals", &["${aws:PrincipalTag/team, \"x\"}"], Some(&["x"]), "`aws:k` is `x`, and the statement wants `${aws:PrincipalTag/team, \"x\"}` (`${aws:PrincipalTag/team, \"x\"}` has no value in this request)"),
    ("StringEquals", &["${aws:PrincipalTag/team, 'x'}"], Some(&["x"]), "`aws:k` is `x`, and the statement wants `x`"),
    ("StringEqual", &["x"], Some(&["x"]), "`StringEqual` is not an operator that Rolewalk knows"),
];

fn test(operator: &str, wanted: &[&str], requested: Option<&[&str]>) -> (ElementTrace, Request) {
    let text = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {operator: {"aws:k": wanted}}}
    });
    let policy = parse(&text.to_string(), PolicyKind::Identity).0.unwrap();
    let mut context = Context::new();
    if let Some(values) = requested {
        let values: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
        let value = match values.as_slice() {
            [only] if !operator.starts_with("For") => ContextValue::Single(only.clone()),
            _ => ContextValue::Multi(values),
        };
        context.insert(ContextKey::new("aws:k"), value);
    }
    let request = Request {
        principal: Principal::parse("arn:aws:iam::111122223333:user/u", &context).unwrap(),
        action: ActionName::new("s3", "GetObject"),
        resource: Resource::Arn(Arn::parse("arn:aws:s3:::b/k").unwrap()),
        resource_account: None,
        wildcard_only_action: false,
        context,
        origin: Origin::Outside,
    };
    let tested = condition::test(&policy.statements[0].conditions[0], &request.context);
    (tested, request)
}

#[test]
fn each_operator_has_words_of_its_own() {
    for (operator, wanted, requested, sentence) in CASES {
        let (tested, request) = test(operator, wanted, *requested);
        let found = element_sentence(&tested, &request);
        assert_eq!(found, *sentence, "{operator} {wanted:?} {requested:?}");
    }
}

/// A key's name is the name alone, also where a default in double quotes stands behind it.
#[test]
fn a_variable_without_a_value_is_named_by_its_key() {
    for (wanted, default) in [
        ("${aws:PrincipalTag/team, \"x\"}", Some("x")),
        ("${aws:PrincipalTag/team}", None),
    ] {
        let (tested, _) = test("StringEquals", &[wanted], Some(&["x"]));
        let ElementTrace::Condition { unresolved, .. } = &tested else {
            panic!("{tested:?}");
        };
        assert_eq!(unresolved.len(), 1);
        assert_eq!(unresolved[0].key.as_str(), "aws:PrincipalTag/team");
        assert_eq!(unresolved[0].misquoted_default.as_deref(), default);
    }
}

#[test]
fn the_table_has_every_operator_held_failed_and_without_the_key() {
    let mut seen = BTreeSet::new();
    for (operator, wanted, requested, _) in CASES {
        let Some(parsed) = Operator::parse(operator) else {
            continue;
        };
        let outcome = test(operator, wanted, *requested).0.outcome();
        seen.insert((
            parsed.base,
            requested.is_some(),
            outcome == ElementOutcome::Matched,
        ));
    }
    for (base, name) in BASE_OPERATORS {
        assert!(seen.contains(&(base, true, true)), "{name} held");
        assert!(seen.contains(&(base, true, false)), "{name} failed");
        let is_without = |it: &(_, bool, bool)| it.0 == base && !it.1;
        assert!(seen.iter().any(is_without), "{name} without the key");
    }
}
