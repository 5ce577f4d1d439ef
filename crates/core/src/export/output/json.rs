//! JSON as the AWS CLI prints it, with policies in it as they were typed.
//!
//! INVARIANT: a text that stands in it as it is is a whole JSON value, so its line ends lie between
//! tokens and may be followed by as much white space as one likes.

use serde_json::Value;

/// A value on its way out.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Plain(Value),
    /// A text that is JSON.
    Typed(String),
    List(Vec<Self>),
    Fields(Vec<(&'static str, Self)>),
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self::Plain(value)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Plain(text.into())
    }
}

impl FromIterator<Self> for Json {
    fn from_iter<T: IntoIterator<Item = Self>>(items: T) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl Json {
    /// The text, indented by four, and a line end.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Self::Plain(Value::Object(fields)) => {
                let fields = fields.iter().map(|(key, it)| (key.as_str(), it));
                write_list(out, depth, ['{', '}'], fields, |out, (key, it)| {
                    write_key(out, key);
                    Self::Plain(it.clone()).write(out, depth + 1);
                });
            }
            Self::Plain(Value::Array(items)) => {
                write_list(out, depth, ['[', ']'], items.iter(), |out, it| {
                    Self::Plain(it.clone()).write(out, depth + 1);
                });
            }
            Self::Plain(scalar) => out.push_str(&scalar.to_string()),
            Self::Typed(text) => {
                let indent = "    ".repeat(depth);
                for (idx, line) in text.trim().lines().enumerate() {
                    if idx > 0 {
                        out.push('\n');
                        out.push_str(&indent);
                    }
                    out.push_str(line);
                }
            }
            Self::List(items) => {
                write_list(out, depth, ['[', ']'], items.iter(), |out, it| {
                    it.write(out, depth + 1);
                });
            }
            Self::Fields(fields) => {
                write_list(out, depth, ['{', '}'], fields.iter(), |out, (key, it)| {
                    write_key(out, key);
                    it.write(out, depth + 1);
                });
            }
        }
    }
}

fn write_key(out: &mut String, key: &str) {
    out.push_str(&Value::from(key).to_string());
    out.push_str(": ");
}

fn write_list<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    items: impl ExactSizeIterator<Item = T>,
    write_item: impl Fn(&mut String, T),
) {
    out.push(open);
    let is_empty = items.len() == 0;
    for (idx, item) in items.enumerate() {
        out.push_str(if idx == 0 { "\n" } else { ",\n" });
        out.push_str(&"    ".repeat(depth + 1));
        write_item(out, item);
    }
    if !is_empty {
        out.push('\n');
        out.push_str(&"    ".repeat(depth));
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_typed_text_keeps_its_order_and_its_numbers() {
        let typed = "{\n  \"b\": 1.0e2,\n  \"a\": []\n}\n".to_owned();
        let whole = Json::Fields(vec![
            ("Empty", json!([]).into()),
            ("Name", json!({ "Key": "a\"b" }).into()),
            ("Document", Json::Typed(typed)),
        ]);
        assert_eq!(
            whole.text(),
            "{\n    \"Empty\": [],\n    \"Name\": {\n        \"Key\": \"a\\\"b\"\n    },\n    \"Document\": {\n      \"b\": 1.0e2,\n      \"a\": []\n    }\n}\n"
        );
    }
}
