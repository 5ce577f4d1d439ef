//! A policy's text as somebody wrote it, shared so that copies of a world cost nothing.

use std::{fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use crate::{
    by_name::ByName,
    policy::STATEMENT_ELEMENTS,
    syntax::json::{self, quoted, write_list},
};

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

    /// How long it is in UTF-16 code units.
    pub(super) fn n_characters(&self) -> usize {
        if self.0.is_ascii() {
            return self.0.len();
        }
        self.0.chars().map(char::len_utf16).sum()
    }

    /// Whether both are the very same text in memory: a cheap way to see that nothing changed.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The policy with other elements in the statement of that `Sid`, or with that statement at its
    /// end; `null` takes an element out, and no elements take the statement out. Nothing where the
    /// text is no policy, or has no statement to take out. The text comes back indented by two.
    pub fn with_statement(&self, sid: &str, elements: Option<&ByName<Value>>) -> Option<Self> {
        let mut policy: Layout = json::from_str(&self.0).ok()?;
        let Layout::Array(statements) = policy.member_mut("Statement")? else {
            return None;
        };
        let quoted = Layout::String(sid.to_owned());
        let found = statements
            .iter_mut()
            .position(|it| it.member_mut("Sid").is_some_and(|it| *it == quoted));
        match (found, elements) {
            (Some(idx), None) => {
                statements.remove(idx);
            }
            (None, None) => return None,
            (Some(idx), Some(elements)) => statements.get_mut(idx)?.take_on(elements)?,
            (None, Some(elements)) => {
                let mut statement = Layout::Object(vec![("Sid".to_owned(), quoted)]);
                statement.take_on(elements)?;
                statements.push(statement);
            }
        }
        let mut text = String::new();
        policy.write(&mut text, 0);
        Some(Self(text.into()))
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
impl From<&json::Value> for PolicyText {
    fn from(value: &json::Value) -> Self {
        let mut text = String::new();
        write_value(value, &mut text, 0);
        Self(text.into())
    }
}

fn write_value(value: &json::Value, out: &mut String, depth: usize) {
    match value {
        json::Value::Null => out.push_str("null"),
        json::Value::Bool(true) => out.push_str("true"),
        json::Value::Bool(false) => out.push_str("false"),
        json::Value::Number(text) => out.push_str(text),
        json::Value::String(text) => out.push_str(&quoted(text)),
        json::Value::Array(items) => {
            write_list(out, depth, ['[', ']'], items, |out, item| {
                write_value(&item.value, out, depth + 1);
            });
        }
        json::Value::Object(members) => {
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
#[derive(PartialEq, Eq)]
enum Layout {
    Scalar(String),
    String(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Layout {
    fn member_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter_mut();
        members.find(|(key, _)| key == name).map(|(_, it)| it)
    }

    /// Gives a statement other elements, each in its place.
    fn take_on(&mut self, elements: &ByName<Value>) -> Option<()> {
        let Self::Object(members) = self else {
            return None;
        };
        let rank = |name: &str| STATEMENT_ELEMENTS.iter().position(|it| *it == name);
        for (name, value) in elements {
            let place = members.iter().position(|(key, _)| key == name);
            match (place, value) {
                (place, Value::Null) => {
                    place.map(|it| members.remove(it));
                }
                (Some(place), value) => members.get_mut(place)?.1 = Self::of(value),
                (None, value) => {
                    let behind = members.iter().position(|(key, _)| rank(key) > rank(name));
                    let place = behind.unwrap_or(members.len());
                    members.insert(place, (name.clone(), Self::of(value)));
                }
            }
        }
        Some(())
    }

    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Scalar("null".to_owned()),
            Value::Bool(it) => Self::Scalar(it.to_string()),
            Value::Number(it) => Self::Scalar(it.to_string()),
            Value::String(it) => Self::String(it.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                Self::Object(
                    members
                        .map(|(key, it)| (key.clone(), Self::of(it)))
                        .collect(),
                )
            }
        }
    }

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
        Ok(Layout::of(&Value::from(value)))
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
    fn a_number_stays_the_number_that_it_is() {
        let json = r#"{"a": [1, -2, 1.0, 0.25, true, null]}"#;
        let wanted =
            "{\n  \"a\": [\n    1,\n    -2,\n    1.0,\n    0.25,\n    true,\n    null\n  ]\n}";
        let by_us: PolicyText = json::from_str(json).unwrap();
        let by_serde: PolicyText = serde_json::from_str(json).unwrap();
        assert_eq!((by_us.as_str(), by_serde.as_str()), (wanted, wanted));
    }

    #[test]
    fn a_statement_takes_on_other_elements() {
        let text = PolicyText::from(
            r#"{"Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:*"}]}"#,
        );
        let with = |sid, json: &str| {
            let elements: Option<ByName<Value>> = serde_json::from_str(json).unwrap();
            let new = text.with_statement(sid, elements.as_ref())?;
            Some(
                new.as_str()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        assert_eq!(
            with("A", r#"{"Resource": "*", "Action": null}"#).unwrap(),
            r#"{ "Statement": [ { "Sid": "A", "Effect": "Allow", "Resource": "*" } ] }"#
        );
        assert_eq!(
            with("B", r#"{"Action": "a:b", "Effect": "Deny"}"#).unwrap(),
            r#"{ "Statement": [ { "Sid": "A", "Effect": "Allow", "Action": "s3:*" }, { "Sid": "B", "Effect": "Deny", "Action": "a:b" } ] }"#
        );
        assert_eq!(with("A", "null").unwrap(), r#"{ "Statement": [] }"#);
        assert_eq!(with("B", "null"), None);
        assert_eq!(PolicyText::from("{ broken").with_statement("A", None), None);
    }

    #[test]
    fn a_text_stays_as_it_is() {
        let text: PolicyText = serde_json::from_str(r#""{ broken""#).unwrap();
        assert_eq!(text.as_str(), "{ broken");
        assert_eq!(serde_json::to_string(&text).unwrap(), r#""{ broken""#);
    }
}
