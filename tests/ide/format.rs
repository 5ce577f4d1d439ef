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

/// The value without its places.
pub(crate) fn shape(text: &str) -> String {
    fn write(node: &Node, to: &mut String) {
        match &node.value {
            Value::Null => to.push_str("null"),
            Value::Bool(it) => to.push_str(&it.to_string()),
            Value::Number(it) => to.push_str(it),
            Value::String(it) => to.push_str(&format!("{it:?}")),
            Value::Array(items) => {
                to.push('[');
                for item in items {
                    write(item, to);
                    to.push(',');
                }
                to.push(']');
            }
            Value::Object(members) => {
                to.push('{');
                for member in members {
                    to.push_str(&format!("{:?}:", member.key.value));
                    write(&member.value, to);
                    to.push(',');
                }
                to.push('}');
            }
        }
    }
    let mut shape = String::new();
    write(&parse(text).unwrap(), &mut shape);
    shape
}
