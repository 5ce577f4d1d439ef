//! What a participant shows the teacher: which lessons are solved, and how small the solutions are.
//!
//! A text for a link, like a scenario's; there is no server to send it to. It says what the participant's browser says,
//! and proves nothing. Invariant: what comes in is a stranger's: it is capped before and while it is unpacked, and every
//! part of it is as long as it may be or the whole is refused.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{Course, MAX_LESSONS, Progress, Score},
    share::{self, ShareError},
    syntax::json::{self, ReadError},
};

/// The version of the text that this code writes.
const VERSION: &str = "r1";
const FORMAT: u32 = 1;
/// The longest JSON of one, in bytes.
const MAX: usize = 16 * 1024;
/// The longest name or id, in characters.
pub const MAX_NAME: usize = 80;

/// How far somebody has come in a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Report {
    #[serde(rename = "rolewalkReport")]
    format: u32,
    /// The course's id.
    pub course: String,
    /// The course's name for people.
    pub title: String,
    /// What the participant wants to be called; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How many lessons the course has.
    pub n_lessons: usize,
    /// The lessons that were begun, in the order of the course.
    pub lessons: Vec<Reported>,
    /// How many challenges are solved.
    #[serde(default)]
    pub n_challenges: usize,
}

/// How far somebody has come in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reported {
    /// The lesson's id.
    pub id: String,
    /// Whether it is solved.
    pub solved: bool,
    /// The smallest solution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// How many hints were looked at.
    #[serde(default)]
    pub n_hints: usize,
}

/// Why a text is no report.
#[derive(Debug)]
pub enum ReportError {
    /// It cannot be unpacked or packed.
    Link(ShareError),
    /// Not JSON, or not of the format's shape.
    Shape(ReadError),
    /// A version that this code does not know.
    Version(u32),
    /// Something in it is longer than it may be.
    TooLong(&'static str),
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(ShareError::NotShared) => {
                f.write_str("this is no result: copy the whole link again, from `r1.` to its end")
            }
            Self::Link(ShareError::Damaged) => f.write_str(
                "this link is damaged: copy the whole link again, from `r1.` to its end",
            ),
            Self::Link(ShareError::Bomb | ShareError::TooLong { .. }) => {
                f.write_str("this link has more in it than any result: ask for another")
            }
            Self::Link(ShareError::Version) => {
                f.write_str("this result is of a newer version: open it with a newer Rolewalk")
            }
            Self::Link(error) => write!(f, "{error}"),
            Self::Shape(error) => write!(f, "this is no result of Rolewalk: {error}"),
            Self::Version(version) => write!(
                f,
                "this result has format {version}, and this Rolewalk knows format {FORMAT}: open it with a newer Rolewalk"
            ),
            Self::TooLong(what) => write!(
                f,
                "this result has more {what} than there can be: ask for another"
            ),
        }
    }
}

impl std::error::Error for ReportError {}

impl Report {
    /// What somebody's progress in a course comes to. Of a longer name only the beginning is taken.
    pub fn of(course: &Course, progress: &Progress, name: &str) -> Self {
        let id = &course.sheet.id;
        let lessons = course.lessons.iter().filter_map(|it| {
            let own = progress.lesson(id, &it.sheet.id)?;
            Some(Reported {
                id: it.sheet.id.clone(),
                solved: own.solved,
                score: own.score,
                n_hints: own.n_hints,
            })
        });
        let challenges = course.sheet.challenges.iter().flat_map(|it| &it.slugs);
        let solved = challenges.filter(|it| progress.is_challenge_solved(id, it));
        Self {
            format: FORMAT,
            course: id.clone(),
            title: beginning(&course.sheet.title),
            name: beginning(name.trim()),
            n_lessons: course.lessons.len(),
            lessons: lessons.collect(),
            n_challenges: solved.count(),
        }
    }

    /// How many lessons are solved.
    pub fn n_solved(&self) -> usize {
        self.lessons.iter().filter(|it| it.solved).count()
    }

    /// Packs it: `r1.` payload `.` checksum.
    pub fn encode(&self) -> Result<String, ReportError> {
        // Strings and numbers: nothing here can fail to be written.
        let json = serde_json::to_string(self).unwrap_or_default();
        share::pack(VERSION, &json).map_err(ReportError::Link)
    }

    /// Unpacks it.
    pub fn decode(text: &str) -> Result<Self, ReportError> {
        #[derive(Deserialize)]
        #[serde(rename = "open:Head", rename_all = "camelCase")]
        struct Head {
            rolewalk_report: u32,
        }
        let text = share::unpack(VERSION, text, MAX).map_err(ReportError::Link)?;
        let root = json::parse(&text).map_err(ReportError::Shape)?;
        let head: Head = json::from_node(&root, &text).map_err(ReportError::Shape)?;
        if head.rolewalk_report != FORMAT {
            return Err(ReportError::Version(head.rolewalk_report));
        }
        let read: Self = json::from_node(&root, &text).map_err(ReportError::Shape)?;
        let is_long = |it: &String| MAX_NAME < it.chars().count();
        let names = [&read.course, &read.title, &read.name];
        if names.into_iter().any(is_long) || read.lessons.iter().any(|it| is_long(&it.id)) {
            return Err(ReportError::TooLong("characters in a name"));
        }
        if MAX_LESSONS < read.n_lessons || read.n_lessons < read.lessons.len() {
            return Err(ReportError::TooLong("lessons"));
        }
        Ok(read)
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(MAX_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(name: &str) -> Report {
        Report {
            format: FORMAT,
            course: "iam".to_owned(),
            title: "IAM".to_owned(),
            name: name.to_owned(),
            n_lessons: 2,
            lessons: vec![Reported {
                id: "a".to_owned(),
                solved: true,
                score: Some(Score {
                    statements: 1,
                    characters: 90,
                    actions: Some(1),
                }),
                n_hints: 1,
            }],
            n_challenges: 0,
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let report = report("<b>Ada</b>");
        let text = report.encode().unwrap();
        assert!(text.starts_with("r1."));
        assert_eq!(Report::decode(&text).unwrap(), report);
        assert_eq!(report.n_solved(), 1);
    }

    #[test]
    fn what_is_no_report_is_a_sentence() {
        let packed = |json: &str| share::pack(VERSION, json).unwrap();
        let text = report("Ada").encode().unwrap();
        let bomb = packed(&format!(r#"{{"x":"{}"}}"#, "a".repeat(MAX)));
        let mut damaged = text.clone();
        damaged.replace_range(
            5..6,
            if damaged.get(5..6) == Some("A") {
                "B"
            } else {
                "A"
            },
        );
        let long = report(&"a".repeat(MAX_NAME + 1)).encode().unwrap();
        let mut many = report("");
        many.n_lessons = MAX_LESSONS + 1;
        for (text, says) in [
            (String::new(), "this is no result"),
            ("v1.a.b".to_owned(), "this is no result"),
            ("r9.a.b".to_owned(), "newer"),
            (damaged, "damaged"),
            (bomb, "more in it"),
            (packed("[]"), "no result of Rolewalk"),
            (packed(r#"{"rolewalkReport":2,"new":1}"#), "format 2"),
            (long, "more characters"),
            (many.encode().unwrap(), "more lessons"),
        ] {
            let error = Report::decode(&text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
