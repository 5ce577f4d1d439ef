//! Why a scenario cannot be shared, or a text is no shared scenario, in words.
//!
//! Knows nothing of how texts are made. Invariant: what a stranger wrote is in backticks, and short.

use std::fmt;

use crate::{
    scenario::ScenarioError,
    share::{CHANGED, MAX_JSON, MAX_TEXT, WHOLE},
};

/// How much of a name that nobody knows is told, in characters.
const MAX_NAME: usize = 64;

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
    /// It is a difference from a world that is not here, or not as it was.
    Base {
        /// The world's name, as the text has it.
        name: String,
    },
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
            Self::Base { .. } => "unknown-base",
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
                    "this link is of a version that this Rolewalk does not know; it knows `{WHOLE}` and `{CHANGED}`"
                )
            }
            Self::Damaged => "this link was cut off or changed on the way".to_owned(),
            Self::Bomb => {
                format!("this link unpacks to more than {MAX_JSON} bytes, which no scenario has")
            }
            Self::Base { name } => {
                let name: String = name.chars().take(MAX_NAME).collect();
                format!(
                    "this link only tells what is different from the world `{name}`, and that world is not here, or not as it was"
                )
            }
            Self::Scenario(error) => error.to_string(),
        }
    }

    /// What to do next.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::LinkTooLong { .. } => "share it as a file",
            Self::TooLong { .. } => "ask for a file instead",
            Self::NotShared | Self::Damaged => "copy the whole link again, to its last character",
            Self::Version => "open it with a newer Rolewalk",
            Self::Base { .. } => "open it with a newer Rolewalk, or ask for the scenario as a file",
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
