//! JSON whose members keep their order, and its layout.
//!
//! `serde_json`'s own value sorts members, and what else is built with it may change that. INVARIANT: what was read is
//! written with the same members in the same order.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value. Numbers do not occur in the documents of AWS managed policies except as whole ones.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|it| it.0 == name).map(|it| &it.1),
            _ => None,
        }
    }

    /// The same whatever the order of the members.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Object(one), Self::Object(two)) => {
                let has =
                    |it: &(String, Self)| other.get(&it.0).is_some_and(|two| it.1.is_same(two));
                one.len() == two.len() && one.iter().all(has)
            }
            (Self::Array(one), Self::Array(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.is_same(two))
            }
            _ => self == other,
        }
    }

    /// With one member or item a line, indented by one blank.
    pub(crate) fn pretty(&self) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        self.write(&mut text, 0)?;
        Ok(text)
    }

    fn write(&self, text: &mut String, depth: usize) -> Result<(), serde_json::Error> {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(it) => text.push_str(if *it { "true" } else { "false" }),
            Self::Number(it) => text.push_str(&it.to_string()),
            Self::String(it) => text.push_str(&serde_json::to_string(it)?),
            Self::Array(items) if items.is_empty() => text.push_str("[]"),
            Self::Object(members) if members.is_empty() => text.push_str("{}"),
            Self::Array(items) => {
                text.push('[');
                for (item_idx, item) in items.iter().enumerate() {
                    new_line(text, item_idx, depth + 1);
                    item.write(text, depth + 1)?;
                }
                new_line(text, 0, depth);
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (member_idx, (name, value)) in members.iter().enumerate() {
                    new_line(text, member_idx, depth + 1);
                    text.push_str(&serde_json::to_string(name)?);
                    text.push_str(": ");
                    value.write(text, depth + 1)?;
                }
                new_line(text, 0, depth);
                text.push('}');
            }
        }
        Ok(())
    }
}

/// Behind a comma unless it is the first.
fn new_line(text: &mut String, place: usize, depth: usize) {
    if place > 0 {
        text.push(',');
    }
    text.push('\n');
    text.push_str(&" ".repeat(depth));
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with whole numbers")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Json, E> {
        Ok(Json::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Json, E> {
        Ok(Json::Number(it))
    }

    fn visit_u64<E: serde::de::Error>(self, it: u64) -> Result<Json, E> {
        i64::try_from(it).map(Json::Number).map_err(E::custom)
    }

    fn visit_str<E>(self, it: &str) -> Result<Json, E> {
        Ok(Json::String(it.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn members_keep_their_order() {
        let text = "{\n \"b\": [\n  \"x\\\"\",\n  1,\n  true,\n  null,\n  {}\n ],\n \"a\": []\n}";
        let json: Json = serde_json::from_str(text).unwrap();
        assert_eq!(json.pretty().unwrap(), text);
    }

    #[test]
    fn order_makes_no_difference_to_what_it_says() {
        let read = |text| serde_json::from_str::<Json>(text).unwrap();
        let one = read(r#"{"a": 1, "b": [{"c": 2, "d": 3}]}"#);
        assert!(one.is_same(&read(r#"{"b": [{"d": 3, "c": 2}], "a": 1}"#)));
        assert!(!one.is_same(&read(r#"{"b": [{"d": 3, "c": 3}], "a": 1}"#)));
        assert!(!one.is_same(&read(r#"{"a": 1}"#)));
    }
}
