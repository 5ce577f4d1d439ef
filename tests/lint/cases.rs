//! What each rule finds and what not, as data: `cases/CODE.json`.
//!
//! A case is a statement, or a whole document, with all that its rule finds in it: the very characters, the words, and
//! the text after the fix. What other rules find there is not asked. Unknown fields fail.

use std::{collections::BTreeSet, fs};

use rolewalk_core::{
    diagnostic::{Diagnostic, Severity},
    lint::RULES,
    policy::{PolicyKind, parse},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{document, is_updating, lint, root};

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is so.
    name: String,
    /// Identity policies where nothing is said.
    #[serde(default = "identity", skip_serializing_if = "is_identity")]
    kind: PolicyKind,
    /// A statement, with its text as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<Box<RawValue>>,
    /// A whole document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<Box<RawValue>>,
    /// All that the rule finds; nothing for a near miss.
    finds: Vec<Found>,
}

#[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Found {
    /// The underlined characters.
    at: String,
    message: String,
    help: String,
    /// The statement or document once the fix is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fixed: Option<String>,
}

const fn identity() -> PolicyKind {
    PolicyKind::Identity
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_identity(kind: &PolicyKind) -> bool {
    *kind == PolicyKind::Identity
}

impl Case {
    fn text(&self) -> String {
        match (&self.statement, &self.document) {
            (Some(statement), None) => document(statement.get()),
            (None, Some(document)) => document.get().to_owned(),
            _ => panic!("{}: a statement or a document", self.name),
        }
    }

    /// The part of a whole text that the case has.
    fn own_part(&self, text: &str) -> String {
        let [before, after] = match self.statement {
            Some(_) => {
                let whole = document("§");
                let (before, after) = whole.split_once('§').unwrap();
                [before.len(), after.len()]
            }
            None => [0, 0],
        };
        text[before..text.len() - after].to_owned()
    }
}

#[test]
fn rules_find_what_their_cases_say_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = root().join(format!("tests/lint/cases/{}.json", rule.code));
        let json =
            fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
        let mut cases: Vec<Case> =
            serde_json::from_str(&json).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
        let names: BTreeSet<&str> = cases.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(
            names.len(),
            cases.len(),
            "{}: two cases of one name",
            rule.code
        );
        for case in &mut cases {
            let text = case.text();
            let (policy, diagnostics) = parse(&text, case.kind);
            let errors: Vec<_> = diagnostics.iter().filter(|it| it.is_error()).collect();
            assert!(
                policy.is_some() && errors.is_empty(),
                "{} {}: {errors:?}",
                rule.code,
                case.name
            );
            let mut found = Vec::new();
            for diagnostic in lint(&text, case.kind)
                .iter()
                .filter(|it| it.code == rule.code)
            {
                assert_eq!(diagnostic.severity, rule.severity, "{}", rule.code);
                found.push(Found {
                    at: diagnostic.span().of(&text).unwrap().to_owned(),
                    message: diagnostic.message.clone(),
                    help: diagnostic.help.clone(),
                    fixed: fixed(&text, case.kind, diagnostic).map(|it| case.own_part(&it)),
                });
            }
            if is_updating() {
                case.finds = found;
            } else if case.finds != found {
                wrong.push(format!("{} {}: {found:#?}", rule.code, case.name));
            }
        }
        let n_finding = cases.iter().filter(|it| !it.finds.is_empty()).count();
        if n_finding == 0 || n_finding == cases.len() {
            wrong.push(format!(
                "{}: a case that is found and one that is not",
                rule.code
            ));
        }
        if is_updating() {
            fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
    }
    let n_files = fs::read_dir(root().join("tests/lint/cases"))
        .unwrap()
        .count();
    assert_eq!(n_files, RULES.len(), "a file without a rule");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text once the fix is made. Then the finding is gone, and nothing is worse than before.
fn fixed(text: &str, kind: PolicyKind, diagnostic: &Diagnostic) -> Option<String> {
    let fix = diagnostic.fix.as_ref()?;
    assert!(
        !fix.title.is_empty() && fix.edits.is_sorted_by_key(|it| it.span),
        "{fix:?}"
    );
    let fixed = fix.apply(text);
    let (_, before) = parse(text, kind);
    let (policy, after) = parse(&fixed, kind);
    let of_reading = |all: &[Diagnostic]| all.iter().map(|it| it.code).collect::<Vec<_>>();
    assert!(policy.is_some(), "{fixed}");
    assert_eq!(of_reading(&before), of_reading(&after), "{fixed}");
    let (before, after) = (lint(text, kind), lint(&fixed, kind));
    let n_of = |all: &[Diagnostic]| all.iter().filter(|it| it.code == diagnostic.code).count();
    assert!(
        n_of(&after) < n_of(&before),
        "{} is still found in {fixed}",
        diagnostic.code
    );
    let n_warnings = |all: &[Diagnostic]| {
        all.iter()
            .filter(|it| it.severity >= Severity::Warning)
            .count()
    };
    assert!(
        n_warnings(&after) <= n_warnings(&before),
        "{fixed}: {after:?}"
    );
    Some(fixed)
}
