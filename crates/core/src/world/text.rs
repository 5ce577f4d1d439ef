//! A policy's text as somebody wrote it, shared so that copies of a world cost nothing.

use std::{fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
};

use crate::syntax::json::Value;

/// The text of a policy document, to the character. In JSON it may also stand as an object, which
/// is read as that object's text, indented by two.
#[derive(Clone, Eq, Default)]
pub struct PolicyText(Arc<str>);

/// Two worlds mostly share their texts: then not a character is looked at.
impl PartialEq for PolicyText {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.0 == other.0
    }
}

impl PolicyText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are the very same text in memory: a cheap way to see that nothing changed.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<&str> for PolicyText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for PolicyText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// A document that stands as an object in a larger text: the object's own text, indented by two.
impl From<&Value> for PolicyText {
    fn from(value: &Value) -> Self {
        let mut text = String::new();
        write_value(value, &mut text, 0);
        Self(text.into())
    }
}

fn write_value(value: &Value, out: &mut String, depth: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Array(items) => {
            write_list(out, depth, ['[', ']'], items, |out, item| {
                write_value(&item.value, out, depth + 1);
            });
        }
        Value::Object(members) => {
            write_list(out, depth, ['{', '}'], members, |out, member| {
                out.push_str(&quoted(&member.key.value));
                out.push_str(": ");
                write_value(&member.value.value, out, depth + 1);
            });
        }
    }
}

impl fmt::Debug for PolicyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyText").field(&self.0).finish()
    }
}

impl Serialize for PolicyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PolicyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Layout::deserialize(deserializer)? {
            Layout::String(text) => Self(text.into()),
            other => {
                let mut text = String::new();
                other.write(&mut text, 0);
                Self(text.into())
            }
        })
    }
}

/// A JSON value that keeps the order of its members.
enum Layout {
    Scalar(String),
    String(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Layout {
    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::String(text) => out.push_str(&quoted(text)),
            Self::Array(items) => {
                write_list(out, depth, ['[', ']'], items, |out, item| {
                    item.write(out, depth + 1);
                });
            }
            Self::Object(members) => {
                write_list(out, depth, ['{', '}'], members, |out, (key, value)| {
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    value.write(out, depth + 1);
                });
            }
        }
    }
}

fn write_list<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    items: &[T],
    mut write_item: impl FnMut(&mut String, &T),
) {
    out.push(open);
    for (idx, item) in items.iter().enumerate() {
        out.push_str(if idx == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write_item(out, item);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

fn quoted(text: &str) -> String {
    // A string cannot fail to be written.
    serde_json::to_string(text).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Layout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LayoutVisitor)
    }
}

struct LayoutVisitor;

impl<'de> Visitor<'de> for LayoutVisitor {
    type Value = Layout;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy document, as an object or as its text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Layout, E> {
        Ok(Layout::String(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Layout, E> {
        Ok(Layout::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Layout, E> {
        Ok(Layout::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Layout, E> {
        Ok(Layout::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Layout, E> {
        Ok(Layout::Scalar(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Layout, E> {
        Ok(Layout::Scalar("null".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Layout, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Layout::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Layout, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Layout::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_becomes_its_text_in_its_own_order() {
        let text: PolicyText = serde_json::from_str(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}],"A":[]}"#,
        )
        .unwrap();
        assert_eq!(
            text.as_str(),
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\"\n    }\n  ],\n  \"A\": []\n}"
        );
    }

    #[test]
    fn a_text_stays_as_it_is() {
        let text: PolicyText = serde_json::from_str(r#""{ broken""#).unwrap();
        assert_eq!(text.as_str(), "{ broken");
        assert_eq!(serde_json::to_string(&text).unwrap(), r#""{ broken""#);
    }
}
