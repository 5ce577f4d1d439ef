//! Hover: what is said of the characters under the pointer.

use rolewalk_core::ide::hover;
use serde::Deserialize;

use crate::{Lines, Setting, check_all};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    about: Setting,
    text: Lines,
    /// The characters that it is about.
    under: Option<String>,
    title: Option<String>,
    subtitle: Option<String>,
    /// Parts of the lines.
    #[serde(default)]
    says: Vec<String>,
    /// Parts that no line has.
    #[serde(default)]
    not: Vec<String>,
    wants_catalogue: Option<bool>,
    /// Whether nothing is said.
    #[serde(default)]
    nothing: bool,
}

#[test]
fn cases_of_hover() {
    check_all("hover", check, |it: &Case| &it.name);
}

fn check(case: &Case) -> Vec<String> {
    let (text, offset) = case.text.with_caret();
    let asking = case.about.asking();
    let found = hover(&text, offset, &asking.about());
    let Some(found) = found else {
        return if case.nothing {
            Vec::new()
        } else {
            vec!["says nothing".to_owned()]
        };
    };
    if case.nothing {
        return vec![format!("says {found:?}")];
    }
    let mut failures = Vec::new();
    let mut compare = |what: &str, found: &str, expected: Option<&String>| {
        if expected.is_some_and(|it| it != found) {
            failures.push(format!("{what} is {found:?}"));
        }
    };
    let under = found.span.of(&text).unwrap();
    compare("under", under, case.under.as_ref());
    compare("title", &found.title, case.title.as_ref());
    compare("subtitle", &found.subtitle, case.subtitle.as_ref());
    let lines = found.lines.join("\n");
    for part in case.says.iter().filter(|it| !lines.contains(it.as_str())) {
        failures.push(format!("says {:#?}, not {part:?}", found.lines));
    }
    for part in case.not.iter().filter(|it| lines.contains(it.as_str())) {
        failures.push(format!("says {part:?}"));
    }
    if case
        .wants_catalogue
        .is_some_and(|it| it != found.wants_catalogue)
    {
        failures.push(format!("wants_catalogue is {}", found.wants_catalogue));
    }
    failures
}
