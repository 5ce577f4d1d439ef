//! Reading an input: JSON text to the shape that a function expects, or what is wrong with it.

use std::{fmt, marker::PhantomData};

use rolewalk_core::syntax::json;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{finding::Finding, wrong_type};

/// The longest text that is taken in, in UTF-16 units: what follows needs a multiple of it.
pub const MAX_UNITS: u32 = 64 * 1024 * 1024;

/// What to do about a value that is not what it should be, where there is nothing more to the point.
pub const AS_TYPED: &str = "give what the types of the package (`index.d.ts`) say for this field";

/// A value that must be an object. `serde_json` by itself would take a list for it too, field by
/// field.
#[derive(Clone, Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnObject<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnObject<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer
            .deserialize_map(AnObject(PhantomData))
            .map(Self)
    }
}

/// Reads an input; `at` is where it stands in what the caller gave, such as `request`.
///
/// The field that is wrong is looked for only once something is: keeping track of it costs time.
pub fn read<'a, T: Deserialize<'a>>(json: &'a str, at: &str) -> Result<T, Vec<Finding>> {
    serde_json::from_str(json).map_err(|error| vec![explain::<T>(json, at, &error)])
}

/// Reads an input of a type of core's, which core's own reader knows best.
pub fn read_core<T: for<'a> Deserialize<'a>>(json: &str, at: &str) -> Result<T, Vec<Finding>> {
    json::from_str(json).map_err(|error| vec![unexpected(&error.path, at, error.message)])
}

/// A value that is not what it should be.
pub fn unexpected(inner: &str, at: &str, message: String) -> Finding {
    let path = match inner {
        "" | "." | "?" => at.to_owned(),
        inner if at.is_empty() || inner.starts_with('[') => format!("{at}{inner}"),
        inner => format!("{at}.{inner}"),
    };
    let (message, help) =
        wrong_type::in_words(&message).unwrap_or_else(|| (message, AS_TYPED.to_owned()));
    Finding::of_input("unexpected-input", path, message, help)
}

fn explain<'a, T: Deserialize<'a>>(json: &'a str, at: &str, error: &serde_json::Error) -> Finding {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let tracked = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err();
    let inner = tracked.map_or(String::new(), |it| it.path().to_string());
    unexpected(&inner, at, without_place(&error.to_string()))
}

/// The caller gave a value, not a text: a line and column would lead nowhere.
fn without_place(message: &str) -> String {
    let cut = message.rfind(" at line ").unwrap_or(message.len());
    message.get(..cut).unwrap_or(message).to_owned()
}

/// The beginning of a text, for a message of one line.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut shortened: String = text.chars().take(LONGEST).collect();
    if shortened.len() < text.len() {
        shortened.push('…');
    }
    shortened.replace(char::is_control, " ")
}

/// JSON has no place for half a character, which a JavaScript string may hold: each becomes
/// U+FFFD, as it does everywhere on its way out of JavaScript. Lengths in UTF-16 stay as they are.
pub fn with_whole_characters(json: String) -> String {
    if !json.as_bytes().contains(&b'\\') {
        return json;
    }
    let mut whole = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let (kept, n_bytes) = match (surrogate(escape), surrogate(escape.get(6..).unwrap_or(""))) {
            (Some(Half::High), Some(Half::Low)) => (escape.get(..12), 12),
            (Some(_), _) => (Some("\u{fffd}"), 6),
            // A backslash and what it escapes: the second of `\\` begins nothing.
            (None, _) => (escape.get(..2), 2),
        };
        // A cut escape cannot come out of `JSON.stringify`; it is kept for the reader to refuse.
        whole.push_str(kept.unwrap_or(escape));
        rest = escape.get(n_bytes..).unwrap_or("");
    }
    whole.push_str(rest);
    whole
}

enum Half {
    High,
    Low,
}

/// The half character that this text begins with, as `\ud800`.
fn surrogate(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_characters_are_replaced_and_whole_ones_kept() {
        for (json, whole) in [
            (r#""a""#, r#""a""#),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d""#, "\"\u{fffd}\""),
            (r#""\ude00\ud83d""#, "\"\u{fffd}\u{fffd}\""),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\uD83Dx""#, "\"\\\\\u{fffd}x\""),
            (r#""é\ud8""#, r#""é\ud8""#),
        ] {
            assert_eq!(with_whole_characters(json.to_owned()), whole, "{json}");
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Inner {
            #[expect(dead_code, reason = "only its name matters")]
            size: u8,
        }
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Outer {
            #[expect(dead_code, reason = "only its name matters")]
            list: Vec<Inner>,
        }
        let path = |json: &str, at: &str| {
            let finding = read::<Outer>(json, at).unwrap_err().remove(0);
            (finding.path.unwrap(), finding.message)
        };
        let (at, message) = path(r#"{"list": [{"size": 1}, {"sice": 2}]}"#, "request");
        assert_eq!(at, "request.list[1].sice");
        assert_eq!(message, "unknown field `sice`, expected `size`");
        assert_eq!(path("{", "request").0, "request");
        assert_eq!(path(r#"{"list": 1}"#, "").0, "list");
    }
}
