//! Why a course cannot be read, as a sentence.
//!
//! Invariant: `code` never changes its meaning; messages are one line without a full stop.

use std::fmt;

use crate::{
    share::ShareError,
    syntax::{Position, json::ReadError},
};

/// Why a text is no course, or no part of one.
#[derive(Debug)]
pub enum CourseError {
    /// More bytes than a course may have.
    TooLarge {
        /// In bytes.
        n_bytes: usize,
        /// The most there may be.
        max: usize,
    },
    /// Nested too deep.
    TooDeep,
    /// Not JSON, or not of the format's shape.
    Shape(ReadError),
    /// A version of the format that this code does not know.
    Version(u32),
    /// A scenario in the course is of a version of its format that this code does not know.
    ScenarioVersion {
        /// Which member of the course.
        at: String,
        /// The version.
        version: u32,
    },
    /// Too many of something.
    TooMany {
        /// The lesson's id; empty for the course.
        lesson: String,
        /// Of what.
        what: &'static str,
        /// The most there may be.
        max: usize,
    },
    /// Two things of one id.
    Twice {
        /// The id.
        id: String,
    },
    /// An id that cannot stand in an address.
    Id {
        /// Its beginning.
        id: String,
    },
    /// A lesson begins nowhere, or its changes do not fit.
    Start {
        /// The lesson's id.
        lesson: String,
        /// What is wrong.
        problem: String,
    },
    /// A lesson's text cannot be shown.
    Text {
        /// The lesson's id.
        lesson: String,
        /// What is wrong.
        problem: String,
    },
    /// The link cannot be read or made.
    Link(ShareError),
}

impl CourseError {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "course-too-large",
            Self::TooDeep => "course-too-deep",
            Self::Shape(_) => "not-a-course",
            Self::Version(_) => "newer-course",
            Self::ScenarioVersion { .. } => "newer-scenario",
            Self::TooMany { .. } => "too-many",
            Self::Twice { .. } => "id-twice",
            Self::Id { .. } => "no-id",
            Self::Start { .. } => "no-start",
            Self::Text { .. } => "no-text",
            Self::Link(error) => error.code(),
        }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        match self {
            Self::TooLarge { n_bytes, max } => {
                format!("this has {n_bytes} bytes, and a course may have {max}")
            }
            Self::TooDeep => "this is nested too deep for a course".to_owned(),
            Self::Shape(error) if error.path.is_empty() => {
                format!("this is not a Rolewalk course: {error}")
            }
            Self::Shape(error) => {
                format!(
                    "this is not a Rolewalk course: in `{}`, {error}",
                    error.path
                )
            }
            Self::Version(version) => format!(
                "this course has format {version}, and this Rolewalk knows format {}",
                crate::lesson::FORMAT
            ),
            Self::ScenarioVersion { at, version } => format!(
                "the scenario `{at}` of this course has format {version}, and this Rolewalk knows format {}",
                crate::scenario::FORMAT
            ),
            Self::TooMany { lesson, what, max } if lesson.is_empty() => {
                format!("there are more than {max} {what}")
            }
            Self::TooMany { lesson, what, max } => {
                format!("lesson `{lesson}` has more than {max} {what}")
            }
            Self::Twice { id } => format!("two things are called `{id}`"),
            Self::Id { id } => format!("`{id}` is no id"),
            Self::Start { lesson, problem } => {
                format!("lesson `{lesson}` cannot begin: {problem}")
            }
            Self::Text { lesson, problem } => {
                format!("the text of lesson `{lesson}` cannot be shown: {problem}")
            }
            Self::Link(ShareError::LinkTooLong { n_bytes }) => format!(
                "this course makes a link of {n_bytes} bytes, and one may have {}",
                crate::share::MAX_TEXT
            ),
            Self::Link(ShareError::TooLong { n_bytes }) => {
                format!("this text has {n_bytes} bytes, which no course in a link has")
            }
            Self::Link(ShareError::NotShared) => "this is no shared course".to_owned(),
            Self::Link(ShareError::Bomb) => {
                "this link unpacks to more than any course has".to_owned()
            }
            Self::Link(error) => error.message(),
        }
    }

    /// Where in the text, where that is known.
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::Shape(error) => Some(error.position),
            _ => None,
        }
    }

    /// What to do next, for whoever writes the course and has nobody to ask.
    pub const fn help_for_author(&self) -> &'static str {
        match self {
            Self::TooDeep => "take out what is nested deepest",
            Self::Shape(_) => "mend it there",
            Self::ScenarioVersion { .. } => {
                "save that scenario with this Rolewalk and put it there"
            }
            _ => self.help(),
        }
    }

    /// What to do next.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "make two courses of it",
            Self::TooDeep | Self::Shape(_) => "ask whoever wrote it for another, or mend the file",
            Self::Version(_) => "open it with a newer Rolewalk",
            Self::ScenarioVersion { .. } => {
                "open the course with the newest Rolewalk, or ask whoever wrote it; as its author, save that scenario with this Rolewalk and put it there"
            }
            Self::TooMany { .. } => "leave some out",
            Self::Twice { .. } => "give one of them another name",
            Self::Id { .. } => "use up to 64 letters, digits, `-`, `_` and `.`",
            Self::Start { .. } => "mend `start` in its `lesson.json`",
            Self::Text { .. } => "mend its `text.md`",
            Self::Link(ShareError::LinkTooLong { .. }) => "share it as a file",
            Self::Link(ShareError::NotShared | ShareError::Damaged) => {
                "copy the whole link again, from `c1.` to its end"
            }
            Self::Link(error) => error.help(),
        }
    }
}

impl fmt::Display for CourseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message(), self.help())
    }
}

impl std::error::Error for CourseError {}
