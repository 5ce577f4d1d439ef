//! A scenario as a short text for a link, and back: version `.` payload `.` checksum.
//!
//! `v1` is a whole scenario. `v2` is what is different from a world that both ends know by name (a [`Base`]),
//! and a checksum of that world, so that a link never means another world than the one it was made from. The
//! payload is JSON, deflated (RFC 1951) and in base64url; the checksum at the end is the Adler-32 of that
//! JSON in eight hexadecimal digits, so that a link that lost its end says so. What comes in is a stranger's: its
//! length is capped before and while it is unpacked, and what unpacks is read as a scenario and as nothing else.

mod difference;
mod error;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde_json::{Value, json};

pub use self::error::ShareError;
use crate::{scenario::Scenario, syntax::json as reader};

/// The version of a whole scenario.
const WHOLE: &str = "v1";
/// The version of a difference.
const CHANGED: &str = "v2";
/// The longest text that is looked at, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// The longest JSON that is unpacked or packed, in bytes.
pub const MAX_JSON: usize = 256 * 1024;
/// Smallest, not fastest: a link is packed once.
const LEVEL: u8 = 9;

/// A world that both ends know by name, as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    name: String,
    json: String,
}

impl Base {
    /// The world as this Rolewalk has it.
    pub fn new(name: impl Into<String>, scenario: &Scenario) -> Self {
        Self {
            name: name.into(),
            json: compact(scenario),
        }
    }

    /// The world as an earlier Rolewalk had it: `json` is what [`Base::json`] was then, to the byte.
    pub fn earlier(name: impl Into<String>, json: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            json: json.into(),
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The world's JSON, which is what differences are taken from.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// What tells it from other worlds of its name: the Adler-32 of its JSON.
    pub fn sum(&self) -> String {
        checksum(self.json.as_bytes())
    }
}

/// What a text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The scenario.
    pub scenario: Scenario,
    /// The name of the world that it is a difference from; nothing where it is whole.
    pub base: Option<String>,
}

/// Packs a scenario whole.
pub fn encode(scenario: &Scenario) -> Result<String, ShareError> {
    let json = compact(scenario);
    if json.len() > MAX_JSON {
        return Err(ShareError::TooLarge {
            n_bytes: json.len(),
        });
    }
    pack(WHOLE, &json)
}

/// Packs a scenario as short as it gets: whole, or as what is different from one of these worlds.
pub fn encode_beside(scenario: &Scenario, bases: &[Base]) -> Result<String, ShareError> {
    let whole = encode(scenario);
    if let Err(error @ ShareError::TooLarge { .. }) = whole {
        return Err(error);
    }
    let after = value(&compact(scenario));
    let changed = bases.iter().filter_map(|base| {
        let before = value(&base.json)?;
        let mut parts = vec![json!(base.name), json!(base.sum())];
        parts.extend(difference::difference(&before, after.as_ref()?));
        pack(CHANGED, &Value::Array(parts).to_string()).ok()
    });
    // Of two that are as short, the whole one, which needs nothing at the other end.
    let all = whole.as_ref().ok().cloned().into_iter().chain(changed);
    let shortest = all.min_by_key(String::len);
    shortest.map_or(whole, Ok)
}

/// Unpacks a scenario of [`encode`]; one that is a difference is told as such.
pub fn decode(text: &str) -> Result<Scenario, ShareError> {
    decode_beside(text, &[]).map(|it| it.scenario)
}

/// Unpacks a scenario of either form. `bases` are the worlds that are known, those of earlier times too.
pub fn decode_beside(text: &str, bases: &[Base]) -> Result<Shared, ShareError> {
    let (scenario, base) = if text.trim_start().starts_with(&format!("{CHANGED}.")) {
        let (json, base) = changed(text, bases)?;
        (json, Some(base))
    } else {
        (unpack(WHOLE, text, MAX_JSON)?, None)
    };
    let scenario = Scenario::from_json(&scenario).map_err(ShareError::Scenario)?;
    Ok(Shared { scenario, base })
}

/// The scenario's JSON, and the name of the world it is made from.
fn changed(text: &str, bases: &[Base]) -> Result<(String, String), ShareError> {
    let json = unpack(CHANGED, text, MAX_JSON)?;
    let parts = value(&json).ok_or(ShareError::Damaged)?;
    let (name, sum, difference) = match parts.as_array().map(Vec::as_slice) {
        Some([Value::String(name), Value::String(sum)]) => (name, sum, None),
        Some([Value::String(name), Value::String(sum), difference]) => {
            (name, sum, Some(difference))
        }
        _ => return Err(ShareError::Damaged),
    };
    let base = bases.iter().find(|it| it.name == *name && it.sum() == *sum);
    let base = base.ok_or_else(|| ShareError::Base { name: name.clone() })?;
    let json = match difference {
        None => base.json.clone(),
        Some(difference) => {
            let before = value(&base.json).ok_or(ShareError::Damaged)?;
            let after = difference::apply(before, difference).ok_or(ShareError::Damaged)?;
            after.to_string()
        }
    };
    if json.len() > MAX_JSON {
        return Err(ShareError::Bomb);
    }
    Ok((json, name.clone()))
}

fn compact(scenario: &Scenario) -> String {
    // Strings, numbers and lists of them: nothing here can fail to be written.
    serde_json::to_string(scenario).unwrap_or_default()
}

fn value(json: &str) -> Option<Value> {
    reader::from_str(json).ok()
}

/// Packs any JSON under a version of its own.
pub(crate) fn pack(version: &str, json: &str) -> Result<String, ShareError> {
    let payload = URL_SAFE_NO_PAD.encode(compress_to_vec(json.as_bytes(), LEVEL));
    let text = format!("{version}.{payload}.{}", checksum(json.as_bytes()));
    if text.len() > MAX_TEXT {
        return Err(ShareError::LinkTooLong {
            n_bytes: text.len(),
        });
    }
    Ok(text)
}

/// Unpacks what [`pack`] made under that version.
pub(crate) fn unpack(expected: &str, text: &str, max_json: usize) -> Result<String, ShareError> {
    let text = text.trim();
    if text.len() > MAX_TEXT {
        return Err(ShareError::TooLong {
            n_bytes: text.len(),
        });
    }
    let (version, rest) = text.split_once('.').ok_or(ShareError::NotShared)?;
    if version != expected {
        let is_version = version
            .strip_prefix(expected.trim_end_matches(|it: char| it.is_ascii_digit()))
            .is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
        return Err(if is_version {
            ShareError::Version
        } else {
            ShareError::NotShared
        });
    }
    let (payload, sum) = rest.split_once('.').ok_or(ShareError::Damaged)?;
    let packed = URL_SAFE_NO_PAD
        .decode(payload)
        .map_err(|_| ShareError::Damaged)?;
    let json = decompress_to_vec_with_limit(&packed, max_json).map_err(|error| {
        if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput {
            ShareError::Bomb
        } else {
            ShareError::Damaged
        }
    })?;
    if checksum(&json) != sum {
        return Err(ShareError::Damaged);
    }
    String::from_utf8(json).map_err(|_| ShareError::Damaged)
}

pub(crate) fn checksum(json: &[u8]) -> String {
    format!("{:08x}", adler2::adler32_slice(json))
}
