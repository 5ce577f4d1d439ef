//! The page of each rule: its bad example draws the rule, its good one does not; and `docs/lints.md`, made of them.

use std::{collections::BTreeSet, fmt::Write, fs};

use rolewalk_core::{
    diagnostic::Severity,
    lint::{RULES, page, pages},
    policy::{PolicyKind, parse},
};

use crate::{compare, document, lint, root};

/// The examples of a page: the kind of policy and the text, the bad one first.
fn examples(page: &str) -> Vec<(PolicyKind, String)> {
    let mut examples = Vec::new();
    let mut open: Option<(PolicyKind, String)> = None;
    for line in page.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if let Some(kind) = line.strip_prefix("```json ") {
            let kind = serde_json::from_value(kind.into()).unwrap();
            open = Some((kind, String::new()));
        } else if line == "```" {
            examples.extend(open.take());
        } else if let Some((_, text)) = &mut open {
            writeln!(text, "{line}").unwrap();
        }
    }
    examples
        .into_iter()
        .map(|(kind, text)| {
            let is_document = text.contains("\"Statement\"");
            (kind, if is_document { text } else { document(&text) })
        })
        .collect()
}

#[test]
fn a_page_shows_what_its_rule_finds_and_what_to_write_instead() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = examples(rule.page);
        let [(kind, bad), (good_kind, good)] = examples.as_slice() else {
            panic!("{}: a page has one bad and one good example", rule.code);
        };
        let draws = |kind: PolicyKind, text: &str| {
            let (policy, diagnostics) = parse(text, kind);
            let errors: Vec<_> = diagnostics.iter().filter(|it| it.is_error()).collect();
            assert!(
                policy.is_some() && errors.is_empty(),
                "{}: {errors:?}",
                rule.code
            );
            let found = lint(text, kind);
            found.iter().any(|it| it.code == rule.code)
        };
        if !draws(*kind, bad) {
            wrong.push(format!("{}: the bad example is not found", rule.code));
        }
        if draws(*good_kind, good) {
            wrong.push(format!("{}: the good example is found", rule.code));
        }
        for word in ["Instead", "<https://"] {
            assert!(rule.page.contains(word), "{}: no {word}", rule.code);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_in_the_order_of_their_codes_and_each_has_a_page() {
    assert!(RULES.is_sorted_by(|one, other| one.code < other.code));
    assert!(RULES.len() >= 40);
    let codes: BTreeSet<&str> = pages().map(|it| it.0).collect();
    assert_eq!(codes.len(), pages().count(), "a code has two pages");
    assert!(RULES.iter().all(|it| page(it.code) == Some(it.page)));
    assert_eq!(page("no-such-rule"), None);
}

#[test]
fn what_reading_a_policy_finds_has_a_page_too() {
    let folder = root().join("crates/core/src/policy/parse");
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let text = text.split("#[cfg(test)]").next().unwrap();
        // A code is a text in kebab case; nothing else in these files is.
        for literal in text.split('"').skip(1).step_by(2) {
            let is_code = literal.contains('-')
                && literal
                    .bytes()
                    .all(|it| it.is_ascii_lowercase() || it == b'-')
                && ![
                    "aws-cn",
                    "aws-us-gov",
                    "aws-",
                    "rcp-",
                    "assumed-role",
                    "federated-user",
                ]
                .contains(&literal);
            if is_code {
                codes.insert(literal.to_owned());
            }
        }
    }
    assert!(codes.len() > 30, "{codes:?}");
    let missing: Vec<_> = codes.iter().filter(|it| page(it).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let of_rules: BTreeSet<&str> = RULES.iter().map(|it| it.code).collect();
    let mut others = pages().map(|it| it.0).filter(|it| !of_rules.contains(it));
    assert_eq!(
        others.find(|it| !codes.contains(*it)),
        None,
        "a page about nothing"
    );
}

#[test]
fn the_list_of_findings_is_up_to_date() {
    let mut text = "# What is found in policies\n\n\
        Made of the comments of the rules (`crates/core/src/lint/rules`); \
        `UPDATE_EXPECT=1 cargo test -p rolewalk-tests --test lint` writes it.\n\n\
        An **error** is what AWS would refuse to save. A **warning** is saved, and probably does not do what it seems to. A\n\
        **suggestion** does what it says, and could be said better or with less reach. Errors, and some warnings, come from reading\n\
        the document; the rest are rules.\n\n"
        .to_owned();
    let severity = |it: Severity| match it {
        Severity::Suggestion => "suggestion",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    text.push_str("| finding | severity | what |\n|---|---|---|\n");
    let rule = |code: &str| RULES.iter().find(|it| it.code == code);
    let first_sentence = |page: &str| {
        let lines: Vec<&str> = page
            .lines()
            .map(str::trim)
            .take_while(|it| !it.is_empty())
            .collect();
        lines.join(" ")
    };
    for (code, page) in pages() {
        let severity = rule(code).map_or("of the grammar", |it| severity(it.severity));
        writeln!(
            text,
            "| [`{code}`](#{code}) | {severity} | {} |",
            first_sentence(page)
        )
        .unwrap();
    }
    let mut is_grammar = false;
    text.push_str("\n# Rules\n");
    for (code, page) in pages() {
        if rule(code).is_none() && !is_grammar {
            is_grammar = true;
            text.push_str("\n# Found when a document is read\n");
        }
        writeln!(text, "\n## {code}\n").unwrap();
        for line in page.lines() {
            let line = line.strip_prefix(' ').unwrap_or(line);
            let line = if line.starts_with("```json ") {
                "```json"
            } else {
                line
            };
            writeln!(text, "{line}").unwrap();
        }
    }
    compare("docs/lints.md", &text);
}
