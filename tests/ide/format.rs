//! Formatting: AWS's layout, by white space alone.

use rolewalk_core::{
    ide::format,
    syntax::json::{Node, Value, parse},
};
use serde::Deserialize;

use crate::{Lines, check_all};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: Lines,
    /// The text then; nothing where the text is not JSON.
    becomes: Option<Lines>,
    /// How many places are changed.
    n_edits: Option<usize>,
}

#[test]
fn cases_of_formatting() {
    check_all("format", check, |it: &Case| &it.name);
}

fn check(case: &Case) -> Vec<String> {
    let text = case.text.text();
    let found = format(&text);
    let after = found.as_ref().map(|it| it.apply(&text));
    let expected = case.becomes.as_ref().map(Lines::text);
    let mut failures = Vec::new();
    if after != expected {
        failures.push(format!("becomes {after:#?} and not {expected:#?}"));
    }
    if let Some(n) = case.n_edits
        && found.as_ref().map(|it| it.edits.len()) != Some(n)
    {
        failures.push(format!("changes {found:?}"));
    }
    failures
}

/// The value without its places: what a reader makes of the text.
pub(crate) fn shape(text: &str) -> String {
    fn of(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Bool(it) => it.to_string(),
            Value::Number(it) => it.clone(),
            Value::String(it) => format!("{it:?}"),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(of).collect();
                format!("[{}]", items.join(","))
            }
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|it| format!("{:?}:{}", it.key.value, of(&it.value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
        }
    }
    of(&parse(text).unwrap())
}
