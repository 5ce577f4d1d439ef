//! Expanding a wildcard into the actions it takes in.

use rolewalk_core::ide::expand;
use serde::Deserialize;

use crate::{Lines, Setting, check_all};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    about: Setting,
    text: Lines,
    /// What the change is called.
    title: Option<String>,
    /// The text then; nothing where nothing is to expand.
    becomes: Option<Lines>,
}

#[test]
fn cases_of_expanding() {
    check_all("expand", check, |it: &Case| &it.name);
}

fn check(case: &Case) -> Vec<String> {
    let (text, offset) = case.text.with_caret();
    let found = expand(&text, offset, &case.about.asking().about());
    let after = found.as_ref().map(|it| it.apply(&text));
    let expected = case.becomes.as_ref().map(Lines::text);
    let mut failures = Vec::new();
    if after != expected {
        failures.push(format!("becomes {after:#?} and not {expected:#?}"));
    }
    if let Some(title) = &case.title
        && found.as_ref().map(|it| &it.title) != Some(title)
    {
        failures.push(format!("is called {:?}", found.map(|it| it.title)));
    }
    failures
}
