//! A scenario as a short text for a link, and back: `v1.` payload `.` checksum.
//!
//! The payload is the scenario's JSON, deflated (RFC 1951) and in base64url; the checksum is the
//! Adler-32 of that JSON in eight hexadecimal digits, so that a link that lost its end says so.
//! What comes in is a stranger's: its length is capped before and while it is unpacked, and what
//! unpacks is read as a scenario and as nothing else.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

use crate::scenario::{Scenario, ScenarioError};

/// The version of the text that this code writes.
const VERSION: &str = "v1";
/// The longest text that is looked at, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// The longest JSON that is unpacked or packed, in bytes.
pub const MAX_JSON: usize = 256 * 1024;
/// Smallest, not fastest: a link is packed once.
const LEVEL: u8 = 9;

/// Why a scenario cannot be shared, or a text is no shared scenario.
#[derive(Debug)]
pub enum ShareError {
    /// The scenario is larger than one may be.
    TooLarge {
        /// Its JSON, in bytes.
        n_bytes: usize,
    },
    /// The scenario is packed, and still longer than a link may be.
    LinkTooLong {
        /// The text, in bytes.
        n_bytes: usize,
    },
    /// The text is longer than any that this code writes.
    TooLong {
        /// In bytes.
        n_bytes: usize,
    },
    /// Not `v1.…`.
    NotShared,
    /// Of a version that this code does not know.
    Version,
    /// Cut off, or changed on the way.
    Damaged,
    /// It unpacks to more than a scenario may be.
    Bomb,
    /// It unpacks, but to no scenario.
    Scenario(ScenarioError),
}

impl ShareError {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "scenario-too-large",
            Self::LinkTooLong { .. } => "link-too-long",
            Self::TooLong { .. } => "text-too-long",
            Self::NotShared => "not-a-shared-scenario",
            Self::Version => "unknown-share-version",
            Self::Damaged => "damaged-link",
            Self::Bomb => "unpacks-too-large",
            Self::Scenario(_) => "not-a-scenario",
        }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        match self {
            Self::TooLarge { n_bytes } => {
                format!("this scenario has {n_bytes} bytes, and one may have {MAX_JSON}")
            }
            Self::LinkTooLong { n_bytes } => {
                format!(
                    "this scenario makes a link of {n_bytes} bytes, and one may have {MAX_TEXT}"
                )
            }
            Self::TooLong { n_bytes } => {
                format!("this text has {n_bytes} bytes, and a shared scenario at most {MAX_TEXT}")
            }
            Self::NotShared => "this is no shared scenario".to_owned(),
            Self::Version => {
                format!(
                    "this link is of a version that this Rolewalk does not know; it knows `{VERSION}`"
                )
            }
            Self::Damaged => "this link was cut off or changed on the way".to_owned(),
            Self::Bomb => {
                format!("this link unpacks to more than {MAX_JSON} bytes, which no scenario has")
            }
            Self::Scenario(error) => error.to_string(),
        }
    }

    /// What to do next.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::LinkTooLong { .. } => "share it as a file",
            Self::TooLong { .. } => "ask for a file instead",
            Self::NotShared | Self::Damaged => "copy the whole link again, from `v1.` to its end",
            Self::Version => "open it with a newer Rolewalk",
            Self::Bomb | Self::Scenario(_) => "ask whoever sent it for another",
        }
    }
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message(), self.help())
    }
}

impl std::error::Error for ShareError {}

/// Packs a scenario.
pub fn encode(scenario: &Scenario) -> Result<String, ShareError> {
    // Strings, numbers and lists of them: nothing here can fail to be written.
    let json = serde_json::to_string(scenario).unwrap_or_default();
    if json.len() > MAX_JSON {
        return Err(ShareError::TooLarge {
            n_bytes: json.len(),
        });
    }
    pack(VERSION, &json)
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

/// Unpacks a scenario.
pub fn decode(text: &str) -> Result<Scenario, ShareError> {
    let json = unpack(VERSION, text, MAX_JSON)?;
    Scenario::from_json(&json).map_err(ShareError::Scenario)
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
