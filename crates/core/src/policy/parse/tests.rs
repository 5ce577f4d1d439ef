//! Each diagnostic once: code, message, help and the text it underlines.

mod element;
mod kinds;
mod pasted;

use crate::{
    diagnostic::Diagnostic,
    policy::{Effect, LanguageVersion, Policy, PolicyKind, PrincipalPattern, parse},
};

const IDENTITY: PolicyKind = PolicyKind::Identity;
const RESOURCE: PolicyKind = PolicyKind::Resource;
const TRUST: PolicyKind = PolicyKind::Trust;

/// What is expected of one diagnostic: code, message, help, and the text it underlines.
type Expect<'a> = (&'a str, &'a str, &'a str, &'a str);

#[track_caller]
fn check(text: &str, kind: PolicyKind, expect: &[Expect<'_>]) -> Option<Policy> {
    let (policy, diagnostics) = parse(text, kind);
    let found: Vec<Expect<'_>> = diagnostics.iter().map(|it| as_expect(it, text)).collect();
    assert_eq!(found, expect, "{text}");
    policy
}

fn as_expect<'a>(it: &'a Diagnostic, text: &'a str) -> Expect<'a> {
    let starts_low = !it.message.starts_with(char::is_uppercase);
    assert!(
        starts_low && !it.message.ends_with('.') && !it.message.contains('\n'),
        "{}",
        it.message
    );
    (it.code, &it.message, &it.help, it.span().of(text).unwrap())
}

/// A statement that only lacks what the test adds, in a document of its own.
#[track_caller]
fn check_statement(members: &str, kind: PolicyKind, expect: &[Expect<'_>]) -> Option<Policy> {
    check(
        &format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#),
        kind,
        expect,
    )
}

/// The same for one element of an otherwise good identity statement.
#[track_caller]
fn check_element(element: &str, expect: &[Expect<'_>]) -> Option<Policy> {
    let has = |name: &str| element.contains(&format!("{name}\":"));
    let mut members = vec![element];
    members.extend((!has("Effect")).then_some(r#""Effect": "Allow""#));
    members.extend((!has("Action")).then_some(r#""Action": "s3:*""#));
    members.extend((!has("Resource")).then_some(r#""Resource": "*""#));
    check_statement(&members.join(", "), IDENTITY, expect)
}

#[test]
fn a_good_policy_is_read_whole() {
    let text = r#"{"Version": "2012-10-17", "Id": "x", "Statement": {
        "Sid": "ReadBucket", "Effect": "Deny", "Principal": {"Service": "s3.amazonaws.com", "AWS": ["111122223333", "*"]},
        "NotAction": "s3:GetObject", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
        "Condition": {"StringEquals": {"aws:a": ["1", 2, true]}, "Null": {"aws:b": "true"}}}}"#;
    let policy = check(text, RESOURCE, &[]).unwrap();
    assert_eq!(policy.version, LanguageVersion::V2012);
    let [statement] = policy.statements.as_slice() else {
        panic!("one statement")
    };
    assert_eq!(statement.effect.value, Effect::Deny);
    assert_eq!(
        statement.sid.as_ref().unwrap().span.of(text),
        Some("\"ReadBucket\"")
    );
    let principals: Vec<_> = statement
        .principal
        .as_ref()
        .unwrap()
        .entries
        .iter()
        .map(|it| &it.value)
        .collect();
    assert!(matches!(
        principals[..],
        [
            PrincipalPattern::Service(_),
            PrincipalPattern::Account(_),
            PrincipalPattern::AnyAws
        ]
    ));
    assert!(
        statement.action.negated
            && statement.action.span.of(text) == Some(r#""NotAction": "s3:GetObject""#)
    );
    assert_eq!(
        statement.resource.as_ref().unwrap().patterns[1]
            .span
            .of(text),
        Some("\"arn:aws:s3:::b/*\"")
    );
    let values: Vec<_> = statement.conditions[0]
        .values
        .iter()
        .map(|it| it.value.text())
        .collect();
    assert_eq!(values, ["1", "2", "true"]);
    assert_eq!(
        statement.conditions[1].span.of(text),
        Some(r#""aws:b": "true""#)
    );
}

#[test]
fn a_broken_statement_is_left_out_and_the_others_stay() {
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Maybe", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:*" "Resource": "*"}]}"#;
    let policy = check(
        text,
        IDENTITY,
        &[
            (
                "invalid-effect",
                "`Maybe` is not an effect",
                "write `Allow` or `Deny`",
                "\"Maybe\"",
            ),
            (
                "missing-comma",
                "a `,` is missing before this",
                "put `,` between one value and the next",
                "\"Resource\"",
            ),
        ],
    );
    assert_eq!(policy.unwrap().statements.len(), 1);
}

#[test]
fn one_mistake_is_one_message() {
    let text = r#"{"Version": 2012-10-17, "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},]}"#;
    let number = "`2012-10-17` is not a number of JSON";
    let policy = check(
        text,
        IDENTITY,
        &[
            (
                "bad-number",
                number,
                "write it as `10` or `0.5`, or put it in double quotes",
                "2012-10-17",
            ),
            (
                "extra-comma",
                "a `,` with nothing to separate",
                "remove it: JSON has no `,` before a closing bracket",
                ",",
            ),
        ],
    );
    assert_eq!(policy.unwrap().statements.len(), 1);
    let unclosed =
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Ge"#;
    let (_, diagnostics) = parse(unclosed, IDENTITY);
    let codes: Vec<_> = diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(
        codes,
        [
            "unclosed-bracket",
            "unclosed-bracket",
            "unclosed-bracket",
            "unclosed-string"
        ]
    );
}

#[test]
fn documents() {
    let form = "begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`";
    check(
        "[]",
        IDENTITY,
        &[(
            "not-a-policy",
            "a policy is an object, this is an array",
            form,
            "[]",
        )],
    );
    check(
        r#"{"Version": "2012-10-17"}"#,
        IDENTITY,
        &[(
            "missing-element",
            "the document has no `Statement`",
            "add `\"Statement\": [ … ]` with at least one statement",
            "{",
        )],
    );
    check(
        r#"{"Version": "2012-10-17", "Statement": []}"#,
        IDENTITY,
        &[(
            "empty-list",
            "`Statement` is empty",
            "a policy has at least one statement",
            "[]",
        )],
    );
    check(
        r#"{"Version": "2012-10-17", "Statement": "x"}"#,
        IDENTITY,
        &[(
            "wrong-type",
            "`Statement` is an object or an array of objects, this is a string",
            "write `\"Statement\": [ { … } ]`",
            "\"x\"",
        )],
    );
    check(
        r#"{"Version": "2012-10-17", "Statements": [], "version": "2012-10-17"}"#,
        IDENTITY,
        &[
            (
                "unknown-element",
                "`Statements` is not an element of a policy document",
                "did you mean `Statement`?",
                "\"Statements\"",
            ),
            (
                "wrong-case",
                "`version` is not an element, `Version` is",
                "write `Version`: element names are case-sensitive",
                "\"version\"",
            ),
        ],
    );
    check(
        r#"{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        IDENTITY,
        &[(
            "duplicate-key",
            "`Version` is there twice",
            "keep one of the two, or put their values into one list",
            "\"Version\"",
        )],
    );
}

#[test]
fn versions() {
    let document = |version: &str| {
        format!(r#"{{{version}"Statement": {{"Effect": "Allow", "Action": "*", "Resource": "${{aws:username}}"}}}}"#).replace("\"${", "\"arn:aws:s3:::${")
    };
    let help = "write `\"Version\": \"2012-10-17\"`: IAM refuses new policies in the old language";
    let variable = (
        "variable-in-old-version",
        "`arn:aws:s3:::${aws:username}` is literal text in this document, not a policy variable",
        "write `\"Version\": \"2012-10-17\"`: only that version has policy variables",
        "\"arn:aws:s3:::${aws:username}\"",
    );
    let policy = check(
        &document(""),
        IDENTITY,
        &[
            (
                "old-version",
                "the document has no `Version` and is read as `2008-10-17`",
                help,
                "{",
            ),
            variable,
        ],
    );
    assert_eq!(policy.unwrap().version, LanguageVersion::V2008);
    check(
        &document(r#""Version": "2008-10-17", "#),
        IDENTITY,
        &[
            (
                "old-version",
                "`2008-10-17` is the old version of the policy language",
                help,
                "\"2008-10-17\"",
            ),
            variable,
        ],
    );
    check(
        &document(r#""Version": "2026-01-01", "#),
        IDENTITY,
        &[(
            "invalid-version",
            "`2026-01-01` is not a version of the policy language",
            "write `2012-10-17`: it names the language, not the day the policy was written",
            "\"2026-01-01\"",
        )],
    );
}

#[test]
fn texts() {
    check(
        "",
        IDENTITY,
        &[(
            "empty-text",
            "the text is empty",
            "paste a policy, or begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`",
            "",
        )],
    );
    check_element(
        r#""Sid": "a", "Condition": {"StringEquals": {"a": "中"}}"#,
        &[(
            "invalid-character",
            "the character `中` may not stand in a policy",
            "use characters up to U+00FF only, or write it as `\\u` and four hex digits",
            "中",
        )],
    );
    let huge = format!(r#"{{"Version": "{}"}}"#, "x".repeat(300_000));
    let (_, diagnostics) = parse(&huge, IDENTITY);
    assert_eq!(diagnostics[0].code, "document-too-large");
    let (_, diagnostics) = parse(&format!("{{{}}}", "\"a\": 1, ".repeat(10_000)), IDENTITY);
    assert_eq!(diagnostics.len(), 100);
}

#[test]
fn statements() {
    let add = |name: &str| format!("add `\"{name}\": …`");
    check_statement(
        "",
        IDENTITY,
        &[
            (
                "missing-element",
                "the statement has no `Effect`",
                &add("Effect"),
                "{",
            ),
            (
                "missing-element",
                "the statement has no `Action` or `NotAction`",
                &add("Action"),
                "{",
            ),
            (
                "missing-element",
                "the statement has no `Resource` or `NotResource`",
                &add("Resource"),
                "{",
            ),
        ],
    );
    check_element(
        r#""Action": "*", "NotAction": "s3:*""#,
        &[(
            "both-forms",
            "the statement has both `Action` and `NotAction`",
            "keep one of the two",
            "\"NotAction\"",
        )],
    );
    check_element(
        r#""Principal": "*""#,
        &[(
            "element-not-allowed",
            "`Principal` may not stand in an identity policy",
            "remove it: the policy is about whoever it is attached to",
            "\"Principal\"",
        )],
    );
    check_element(
        r#""Effect": "allow""#,
        &[(
            "invalid-effect",
            "`allow` is not an effect",
            "write `Allow`: the value is case-sensitive",
            "\"allow\"",
        )],
    );
    check_element(
        r#""Comment": "x""#,
        &[(
            "unknown-element",
            "`Comment` is not an element of a statement",
            "remove it; a statement has `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource` or `Condition`",
            "\"Comment\"",
        )],
    );
    check_statement(
        r#""Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole", "Resource": "*""#,
        TRUST,
        &[(
            "element-not-allowed",
            "`Resource` may not stand in a trust policy",
            "remove it: a trust policy is about its own role",
            "\"Resource\"",
        )],
    );
}

#[test]
fn sids() {
    check_element(
        r#""Sid": "a b""#,
        &[(
            "invalid-sid",
            "the id `a b` has other characters than letters and digits",
            "use A-Z, a-z and 0-9 only",
            "\"a b\"",
        )],
    );
    let two = r#"{"Version": "2012-10-17", "Statement": [
        {"Sid": "a", "Effect": "Allow", "Action": "*", "Resource": "*"}, {"Sid": "a", "Effect": "Deny", "Action": "*", "Resource": "*"}]}"#;
    check(
        two,
        IDENTITY,
        &[(
            "duplicate-sid",
            "the id `a` is there twice",
            "give each statement an id of its own, or none",
            "\"a\"",
        )],
    );
    let bucket =
        r#""Sid": "a b", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#;
    check_statement(bucket, RESOURCE, &[]);
}

/// As an editor that closes brackets by itself leaves it after one was typed.
#[test]
fn a_bracket_too_many_is_named_itself_and_taken_out() {
    let good = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}";
    let broken = [
        (
            good.replace("    }\n", "    }\n    }\n"),
            "unopened-bracket",
            "this `}` closes nothing",
            9,
        ),
        (
            good.replace("  ]\n", "  ]\n  ]\n"),
            "unopened-bracket",
            "this `]` closes nothing",
            10,
        ),
        (
            format!("{good}\n}}"),
            "unopened-bracket",
            "this `}` closes nothing",
            11,
        ),
        (
            good.replace("  ]\n", "  }\n"),
            "wrong-bracket",
            "this `}` stands where `]` should close the `[`",
            9,
        ),
        (
            good.replace("    }\n", "    ]\n"),
            "wrong-bracket",
            "this `]` stands where `}` should close the `{`",
            8,
        ),
    ];
    for (text, code, message, line) in broken {
        let (_, diagnostics) = parse(&text, IDENTITY);
        let [only] = diagnostics.as_slice() else {
            panic!("one finding in {text}: {diagnostics:?}")
        };
        assert_eq!(
            (only.code, only.message.as_str()),
            (code, message),
            "{text}"
        );
        let before = text.get(..only.span().start as usize).unwrap();
        assert_eq!(before.matches('\n').count() + 1, line, "{text}");
        let mended = only.fix.as_ref().unwrap().apply(&text);
        assert_eq!(mended.trim_end(), good, "{text}");
    }
}

/// One text for each thing that is not JSON; the places are tested with the reader.
#[test]
fn every_syntax_error_has_its_words() {
    let deep = "[".repeat(200);
    let cases = [
        (deep.as_str(), "nested-too-deep"),
        ("\u{feff}{}", "byte-order-mark"),
        ("{} x", "text-after-end"),
        ("{", "unclosed-bracket"),
        ("{]}", "unopened-bracket"),
        ("{\"a\": [1}}", "wrong-bracket"),
        ("{:}", "expected-key"),
        ("{\"a\"}", "missing-value"),
        ("{\"a\" 1}", "missing-colon"),
        ("{\"a\": 1 \"b\": 2}", "missing-comma"),
        ("{\"a\": 1,}", "extra-comma"),
        ("{\"a\": \"x\n}", "unclosed-string"),
        ("{\"a\": \"x\ty\"}", "control-character"),
        ("{\"a\": \"\\x\"}", "bad-escape"),
        ("{\"a\": \"\\ud800\"}", "bad-escape"),
        ("{'a': 1}", "single-quotes"),
        ("{“a”: 1}", "curly-quotes"),
        ("{\u{a0}\"a\": 1}", "unexpected-character"),
        ("{a: 1}", "unquoted-key"),
        ("{\"a\": Allow}", "unquoted-text"),
        ("{\"a\": 01}", "bad-number"),
        ("{\"a\": 1e999}", "bad-number"),
        ("// a\n{}", "comment"),
        ("{\"a\": ;}", "unexpected-character"),
    ];
    for (text, code) in cases {
        let (_, diagnostics) = parse(text, IDENTITY);
        let found = diagnostics.iter().find(|it| it.code == code);
        assert!(
            found.is_some_and(Diagnostic::is_error),
            "{text}: {diagnostics:?}"
        );
        as_expect(found.unwrap(), text);
    }
}
