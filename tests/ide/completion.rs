//! Completion: what is offered, what is not, what comes first, and the text after one is accepted.

use std::collections::BTreeMap;

use rolewalk_core::{
    diagnostic::Fix,
    ide::{Completion, Completions, complete},
};
use serde::Deserialize;

use crate::{Lines, Setting, check_all};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    about: Setting,
    text: Lines,
    /// The labels of the first, in order.
    #[serde(default)]
    first: Vec<String>,
    /// Labels that are offered.
    #[serde(default)]
    offers: Vec<String>,
    /// Labels that are not.
    #[serde(default)]
    not: Vec<String>,
    /// Labels, and a part of what is said beside or about them.
    #[serde(default)]
    says: BTreeMap<String, Vec<String>>,
    /// Whether nothing at all is offered.
    #[serde(default)]
    nothing: bool,
    #[serde(default)]
    wants_catalogue: Option<bool>,
    /// The label of one that is accepted.
    accept: Option<String>,
    /// The text then, with the caret.
    becomes: Option<Lines>,
}

#[test]
fn cases_of_completion() {
    check_all("completion", check, |it: &Case| &it.name);
}

fn check(case: &Case) -> Vec<String> {
    let mut failures = Vec::new();
    let (text, offset) = case.text.with_caret();
    let asking = case.about.asking();
    let found = complete(&text, offset, &asking.about());
    let items = found.as_ref().map_or(&[][..], |it| &it.items);
    let labels: Vec<&str> = items.iter().map(|it| it.label.as_str()).collect();
    let shown: Vec<&str> = labels.iter().copied().take(12).collect();
    if case.nothing && !items.is_empty() {
        failures.push(format!("offers {shown:?}"));
    }
    let first: Vec<&str> = labels.iter().copied().take(case.first.len()).collect();
    if first != case.first {
        failures.push(format!("first are {shown:?}"));
    }
    for label in case
        .offers
        .iter()
        .chain(&case.accept)
        .chain(case.says.keys())
    {
        if !labels.contains(&label.as_str()) {
            failures.push(format!("does not offer `{label}` but {shown:?}"));
        }
    }
    for label in &case.not {
        if labels.contains(&label.as_str()) {
            failures.push(format!("offers `{label}`"));
        }
    }
    for (label, parts) in &case.says {
        let item = items.iter().find(|it| it.label == *label);
        let says = item.map_or_else(String::new, |it| {
            format!("{}\n{}", it.detail, it.description)
        });
        for part in parts.iter().filter(|it| !says.contains(it.as_str())) {
            failures.push(format!("`{label}` says {says:?}, not {part:?}"));
        }
    }
    if let Some(wants) = case.wants_catalogue
        && found.as_ref().is_some_and(|it| it.wants_catalogue) != wants
    {
        failures.push(format!("wants_catalogue is not {wants}"));
    }
    if let (Some(label), Some(becomes), Some(found)) = (&case.accept, &case.becomes, &found)
        && let Some(item) = items.iter().find(|it| it.label == *label)
    {
        let (after, caret) = accepted(&text, found, item);
        let shown = format!("{}|{}", &after[..caret], &after[caret..]);
        if shown != becomes.text() {
            failures.push(format!("becomes\n{shown}\n-- not\n{}", becomes.text()));
        }
    }
    failures
}

/// The text after a completion, and where the caret is then.
pub(crate) fn accepted(text: &str, found: &Completions, item: &Completion) -> (String, usize) {
    let fix = Fix {
        title: String::new(),
        edits: found.edits(item),
    };
    (fix.apply(text), found.caret(item))
}
