//! What each mistake is called, where it is, and what is read in spite of it.

use super::*;

/// What `text` gives: each error's kind and the text under it.
#[track_caller]
fn check(text: &str, expect: &[(SyntaxErrorKind, &str)]) -> Option<Node> {
    let document = read(text);
    let found: Vec<_> = document
        .errors
        .iter()
        .map(|it| (it.kind.clone(), it.span.of(text).unwrap()))
        .collect();
    assert_eq!(found, expect, "{text}");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(text).is_ok(),
        expect.is_empty()
    );
    document.root
}

fn keys(node: &Node) -> Vec<&str> {
    let Value::Object(members) = &node.value else {
        panic!("not an object")
    };
    members.iter().map(|it| it.key.value.as_str()).collect()
}

#[test]
fn keeps_places_order_and_duplicates() {
    let text = r#" {"a": [1, -0.5e3, "\u00e9\n😀"], "a": null, "b": true} "#;
    let root = check(text, &[]).unwrap();
    assert_eq!(keys(&root), ["a", "a", "b"]);
    let Value::Object(members) = &root.value else {
        panic!()
    };
    assert_eq!(members[0].key.span.of(text), Some("\"a\""));
    assert_eq!(members[1].span.of(text), Some("\"a\": null"));
    let Value::Array(items) = &members[0].value.value else {
        panic!()
    };
    assert_eq!(items[1].value, Value::Number("-0.5e3".into()));
    assert_eq!(items[2].value, Value::String("é\n😀".into()));
}

#[test]
fn goes_on_after_a_comma_too_few_or_too_many() {
    use SyntaxErrorKind::{ExtraComma, MissingComma};
    let root = check(r#"{"a": 1 "b": 2}"#, &[(MissingComma, "\"b\"")]).unwrap();
    assert_eq!(keys(&root), ["a", "b"]);
    let root = check(
        r#"{"a": 1,, "b": 2,}"#,
        &[(ExtraComma, ","), (ExtraComma, ",")],
    )
    .unwrap();
    assert_eq!(keys(&root), ["a", "b"]);
    check("[1 2]", &[(MissingComma, "2")]);
    check("[,1,]", &[(ExtraComma, ","), (ExtraComma, ",")]);
}

#[test]
fn a_bracket_that_nobody_closes_is_named_itself() {
    use SyntaxErrorKind::{Unclosed, Unopened};
    let root = check(
        r#"{"a": [1, "b": 2}"#,
        &[
            (SyntaxErrorKind::UnexpectedCharacter { found: ':' }, ":"),
            (SyntaxErrorKind::MissingComma, "2"),
            (Unclosed { open: '[' }, "["),
        ],
    );
    assert_eq!(keys(&root.unwrap()), ["a"]);
    check(
        r#"{"a": [1"#,
        &[(Unclosed { open: '[' }, "["), (Unclosed { open: '{' }, "{")],
    );
    // One too many closes nothing, however deep it stands.
    let too_many = check(
        r#"{"a": [{"b": 1}}], "c": 2}"#,
        &[(Unopened { close: '}' }, "}")],
    );
    assert_eq!(keys(&too_many.unwrap()), ["a", "c"]);
    let too_many = check(
        r#"{"a": {"b": [1]]}, "c": 2}"#,
        &[(Unopened { close: ']' }, "]")],
    );
    assert_eq!(keys(&too_many.unwrap()), ["a", "c"]);
    check(r#"{"a": ["}]"]}}"#, &[(Unopened { close: '}' }, "}")]);
    check(
        "{} ] {}",
        &[
            (Unopened { close: ']' }, "]"),
            (SyntaxErrorKind::TextAfterEnd, "{}"),
        ],
    );
    // One of the other sort closes all the same.
    let wrong = |wanted, opened| SyntaxErrorKind::WrongClose {
        wanted,
        opened: Span::new(opened, opened + 1),
    };
    let other = check(r#"{"a": [1}, "c": 2}"#, &[(wrong(']', 6), "}")]);
    assert_eq!(keys(&other.unwrap()), ["a", "c"]);
    let other = check(r#"{"a": {"b": 1], "c": 2}"#, &[(wrong('}', 6), "]")]);
    assert_eq!(keys(&other.unwrap()), ["a", "c"]);
    check("[1}]", &[(Unopened { close: '}' }, "}")]);
    check(
        "}",
        &[
            (Unopened { close: '}' }, "}"),
            (SyntaxErrorKind::Empty, "}"),
        ],
    );
}

#[test]
fn what_is_not_json_is_called_by_its_name() {
    use SyntaxErrorKind as Kind;
    let root = check(
        "{'a': True, b: 'c'} // end",
        &[
            (Kind::SingleQuotes, "'a'"),
            (
                Kind::UnknownWord {
                    word: "True".into(),
                },
                "True",
            ),
            (Kind::UnquotedKey { key: "b".into() }, "b"),
            (Kind::SingleQuotes, "'c'"),
            (Kind::Comment, "// end"),
        ],
    );
    assert_eq!(keys(&root.unwrap()), ["a", "b"]);
    check(
        "/* a */ 1 # b",
        &[(Kind::Comment, "/* a */"), (Kind::Comment, "# b")],
    );
    check("{} {}", &[(Kind::TextAfterEnd, "{}")]);
    check("\u{feff}1", &[(Kind::ByteOrderMark, "\u{feff}")]);
    check("", &[(Kind::Empty, "")]);
    check("[01]", &[(Kind::BadNumber { text: "01".into() }, "01")]);
    check("[1e999]", &[(Kind::NumberOutOfRange, "1e999")]);
    check(r#"{"a" 1}"#, &[(Kind::MissingColon, "1")]);
    check(
        r#"{"a": , "b"}"#,
        &[
            (Kind::KeyWithoutValue { key: "a".into() }, "\"a\""),
            (Kind::KeyWithoutValue { key: "b".into() }, "\"b\""),
        ],
    );
    check(
        "{[1]: 2}",
        &[
            (Kind::ExpectedKey, "["),
            (Kind::ExpectedKey, ":"),
            (Kind::UnquotedKey { key: "2".into() }, "2"),
            (Kind::KeyWithoutValue { key: "2".into() }, "2"),
        ],
    );
    check(
        r#"["\x", "\uD83D!", "\u12"]"#,
        &[
            (Kind::BadEscape, "\\x"),
            (Kind::LoneSurrogate, "\\uD83D"),
            (Kind::BadEscape, "\\u"),
        ],
    );
    check(
        "[\"a\tb\"]",
        &[(Kind::ControlCharacter { found: '\t' }, "\t")],
    );
    check("[\"a\n]", &[(Kind::UnclosedString, "\"a")]);
    check("[;]", &[(Kind::UnexpectedCharacter { found: ';' }, ";")]);
}

#[test]
fn is_as_deep_as_serde_json_and_no_deeper() {
    let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    check(&nested(MAX_DEPTH), &[]);
    check(&nested(MAX_DEPTH + 1), &[(SyntaxErrorKind::TooDeep, "[")]);
    assert_eq!(read(&"[".repeat(1_000_000)).errors.len(), 1);
    assert_eq!(read(&"x ".repeat(1_000_000)).errors.len(), 2);
    assert_eq!(
        read(&format!("[{}", ",".repeat(1_000_000))).errors.len(),
        MAX_ERRORS
    );
}

mod deserialized {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use crate::syntax::json::from_str;

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    struct Thing {
        name: String,
        #[serde(default)]
        size: Option<u32>,
        #[serde(default)]
        is_new: bool,
        #[serde(default)]
        tags: BTreeMap<String, String>,
        #[serde(default)]
        kinds: Vec<Kind>,
        #[serde(default)]
        pair: Option<(i8, f64)>,
    }

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    #[serde(rename_all = "camelCase")]
    enum Kind {
        Plain,
        Of(Box<Thing>),
        With { size: u8 },
    }

    #[test]
    fn what_serde_json_writes_is_read() {
        let inner = Thing {
            name: "é\n\"".to_owned(),
            size: Some(u32::MAX),
            is_new: true,
            tags: BTreeMap::from([("a".to_owned(), "b".to_owned())]),
            kinds: vec![Kind::Plain, Kind::With { size: 255 }],
            pair: Some((-3, 0.5)),
        };
        let outer = Thing {
            name: String::new(),
            size: None,
            is_new: false,
            tags: BTreeMap::new(),
            kinds: vec![Kind::Of(Box::new(inner))],
            pair: None,
        };
        for text in [
            serde_json::to_string(&outer).unwrap(),
            serde_json::to_string_pretty(&outer).unwrap(),
        ] {
            assert_eq!(from_str::<Thing>(&text).as_ref(), Ok(&outer));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, error) in [
            ("{", "this is not JSON at line 1, column 1"),
            (
                "[]",
                "expected an object, found an array at line 1, column 1",
            ),
            ("{}", "missing field `name` at line 1, column 1"),
            (
                "{\n \"name\": 1}",
                "expected a string, found a number at line 2, column 10",
            ),
            (
                "{\"name\": \"\",\n  \"nam\": 1}",
                "unknown field `nam`, expected one of `name`, `size`, `isNew`, `tags`, `kinds`, `pair` at line 2, column 3",
            ),
            (
                r#"{"name": "", "size": -1}"#,
                "expected a whole number from 0 on, found a number at line 1, column 22",
            ),
            (
                r#"{"name": "", "name": ""}"#,
                "duplicate field `name` at line 1, column 1",
            ),
            (
                r#"{"name": "", "kinds": ["of"]}"#,
                "`of` stands alone: give it what belongs to it at line 1, column 24",
            ),
            (
                r#"{"name": "", "kinds": [{"plain": 1}]}"#,
                "expected nothing with it, found a number at line 1, column 34",
            ),
            (
                r#"{"name": "", "kinds": [{"with": {"size": 256}}]}"#,
                "invalid value: integer `256`, expected u8 at line 1, column 42",
            ),
            (
                r#"{"name": "", "kinds": ["planet"]}"#,
                "unknown variant `planet`, expected one of `plain`, `of`, `with` at line 1, column 24",
            ),
        ] {
            let found = from_str::<Thing>(text).unwrap_err().to_string();
            assert_eq!(found, error, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        for (text, path) in [
            (r#"{"name": 1}"#, "name"),
            (
                r#"{"name": "", "kinds": ["plain", {"of": {"nam": 1}}]}"#,
                "kinds[1].of.nam",
            ),
            (
                r#"{"name": "", "kinds": [{"of": {"name": 1}}]}"#,
                "kinds[0].of.name",
            ),
            (r#"{"name": "", "tags": {"a b": 1}}"#, "tags.a b"),
            ("[", ""),
        ] {
            assert_eq!(from_str::<Thing>(text).unwrap_err().path, path, "{text}");
        }
    }
}
