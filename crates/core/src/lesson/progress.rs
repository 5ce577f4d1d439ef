//! How far somebody has come: plain data, to be kept, taken along, put together and thrown away.
//!
//! Knows no storage. Invariant: merging loses nothing that is solved, and a text that is no progress leaves
//! what was there untouched, since reading gives a new value or an error.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{
    lesson::Score,
    syntax::json::{self, ReadError},
};

/// The version of the format.
const FORMAT: u32 = 1;
/// The largest text that is read, in bytes.
const MAX: usize = 256 * 1024;

/// How far somebody has come, in all courses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Progress {
    rolewalk_progress: u32,
    /// By the course's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    courses: BTreeMap<String, CourseProgress>,
}

/// How far in one course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct CourseProgress {
    /// The id of the lesson that was open last.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    /// By the lesson's id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    lessons: BTreeMap<String, LessonProgress>,
    /// Slugs of the challenges that are solved.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    challenges: BTreeSet<String>,
}

/// How far in one lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LessonProgress {
    /// Whether it is solved.
    #[serde(skip_serializing_if = "is_default")]
    pub solved: bool,
    /// The smallest solution so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// How many hints were looked at.
    #[serde(skip_serializing_if = "is_default")]
    pub n_hints: usize,
    /// What was predicted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicted: Option<usize>,
    /// Ids of the tickets that are solved.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tickets: BTreeSet<String>,
}

/// What need not be written: so a text that was read is never written longer than it was.
fn is_default<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}

/// Why a text is no progress.
#[derive(Debug)]
pub enum ProgressError {
    /// More bytes than that.
    TooLarge {
        /// In bytes.
        n_bytes: usize,
    },
    /// Not JSON, or not of the format's shape.
    Shape(ReadError),
    /// A version that this code does not know.
    Version(u32),
}

impl fmt::Display for ProgressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { n_bytes } => {
                write!(f, "this has {n_bytes} bytes, and progress at most {MAX}")
            }
            Self::Shape(error) => write!(f, "this is no progress of Rolewalk: {error}"),
            Self::Version(version) => write!(
                f,
                "this progress has format {version}, and this Rolewalk knows format {FORMAT}: open it with a newer Rolewalk"
            ),
        }
    }
}

impl std::error::Error for ProgressError {}

impl Default for Progress {
    fn default() -> Self {
        Self {
            rolewalk_progress: FORMAT,
            courses: BTreeMap::new(),
        }
    }
}

impl Progress {
    /// Reads what [`Self::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self, ProgressError> {
        #[derive(Deserialize)]
        #[serde(rename = "open:Head", rename_all = "camelCase")]
        struct Head {
            rolewalk_progress: u32,
        }
        if MAX < text.len() {
            return Err(ProgressError::TooLarge {
                n_bytes: text.len(),
            });
        }
        let root = json::parse(text).map_err(ProgressError::Shape)?;
        let head: Head = json::from_node(&root, text).map_err(ProgressError::Shape)?;
        if head.rolewalk_progress != FORMAT {
            return Err(ProgressError::Version(head.rolewalk_progress));
        }
        json::from_node(&root, text).map_err(ProgressError::Shape)
    }

    /// Writes it.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of them: nothing here can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// How far in a lesson; nothing where it was never begun.
    pub fn lesson(&self, course: &str, lesson: &str) -> Option<&LessonProgress> {
        self.courses.get(course)?.lessons.get(lesson)
    }

    /// The same, to be changed; the lesson is the current one then.
    pub fn lesson_mut(&mut self, course: &str, lesson: &str) -> &mut LessonProgress {
        let course = self.courses.entry(course.to_owned()).or_default();
        course.current = Some(lesson.to_owned());
        course.lessons.entry(lesson.to_owned()).or_default()
    }

    /// Whether a lesson is solved.
    pub fn is_solved(&self, course: &str, lesson: &str) -> bool {
        self.lesson(course, lesson).is_some_and(|it| it.solved)
    }

    /// The lesson that was open last.
    pub fn current(&self, course: &str) -> Option<&str> {
        self.courses.get(course)?.current.as_deref()
    }

    /// Whether a challenge is solved.
    pub fn is_challenge_solved(&self, course: &str, slug: &str) -> bool {
        let course = self.courses.get(course);
        course.is_some_and(|it| it.challenges.contains(slug))
    }

    /// Notes that a challenge is solved.
    pub fn solve_challenge(&mut self, course: &str, slug: &str) {
        let course = self.courses.entry(course.to_owned()).or_default();
        course.challenges.insert(slug.to_owned());
    }

    /// Throws away what there is of a course.
    pub fn reset(&mut self, course: &str) {
        self.courses.remove(course);
    }

    /// This with what another has solved.
    ///
    /// # Errors
    ///
    /// Where both together would be more than [`Self::from_json`] reads again.
    pub fn with(&self, other: &Self) -> Result<Self, ProgressError> {
        let mut both = self.clone();
        both.merge(other);
        let n_bytes = both.to_json().len();
        if MAX < n_bytes {
            return Err(ProgressError::TooLarge { n_bytes });
        }
        Ok(both)
    }

    /// Takes over what another has solved, with the better score of both.
    pub fn merge(&mut self, other: &Self) {
        for (id, theirs) in &other.courses {
            let own = self.courses.entry(id.clone()).or_default();
            if own.current.is_none() {
                own.current.clone_from(&theirs.current);
            }
            own.challenges.extend(theirs.challenges.iter().cloned());
            for (id, theirs) in &theirs.lessons {
                own.lessons.entry(id.clone()).or_default().merge(theirs);
            }
        }
    }
}

impl LessonProgress {
    /// Notes a solution.
    pub fn solve(&mut self, score: Score) {
        self.solved = true;
        self.score = smaller(self.score, Some(score));
    }

    fn merge(&mut self, other: &Self) {
        self.solved |= other.solved;
        self.score = smaller(self.score, other.score);
        self.n_hints = self.n_hints.max(other.n_hints);
        self.predicted = self.predicted.or(other.predicted);
        self.tickets.extend(other.tickets.iter().cloned());
    }
}

/// Fewer actions first, then fewer statements, then fewer characters.
fn smaller(one: Option<Score>, other: Option<Score>) -> Option<Score> {
    let rank = |it: &Score| {
        let actions = it.actions.unwrap_or(usize::MAX);
        (actions, it.statements, it.characters)
    };
    one.into_iter().chain(other).min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(characters: usize) -> Score {
        Score {
            statements: 1,
            characters,
            actions: Some(1),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut progress = Progress::default();
        progress.lesson_mut("iam", "a").solve(score(9));
        progress.lesson_mut("iam", "b").n_hints = 2;
        progress.solve_challenge("iam", "c");
        let read = Progress::from_json(&progress.to_json()).unwrap();
        assert_eq!(read, progress);
        assert_eq!(read.current("iam"), Some("b"));
    }

    #[test]
    fn what_was_read_can_be_read_when_it_is_written_again() {
        let of = |first: usize, last: usize| {
            let courses: Vec<_> = (first..last)
                .map(|n| format!("\"c{n}\":{{\"lessons\":{{\"a\":{{\"solved\":true}}}}}}"))
                .collect();
            format!(
                "{{\"rolewalkProgress\":1,\"courses\":{{{}}}}}",
                courses.join(",")
            )
        };
        let text = of(0, 6_000);
        assert!(MAX / 2 < text.len() && text.len() < MAX);
        let read = Progress::from_json(&text).unwrap();
        assert!(read.to_json().len() <= text.len());
        assert_eq!(Progress::from_json(&read.to_json()).unwrap(), read);
        let own = Progress::from_json(&of(6_000, 12_000)).unwrap();
        let error = own.with(&read).unwrap_err();
        assert!(
            matches!(error, ProgressError::TooLarge { n_bytes } if MAX < n_bytes),
            "{error}"
        );
        assert_eq!(own.with(&own).unwrap(), own);
    }

    #[test]
    fn merging_loses_nothing_that_is_solved() {
        let mut one = Progress::default();
        one.lesson_mut("iam", "a").solve(score(9));
        let mut other = Progress::default();
        other.lesson_mut("iam", "a").solve(score(7));
        other.lesson_mut("iam", "b").solve(score(7));
        other.lesson_mut("iam", "b").tickets.insert("t".to_owned());
        other.solve_challenge("iam", "c");
        one.merge(&other);
        assert!(one.is_solved("iam", "a") && one.is_solved("iam", "b"));
        assert!(one.is_challenge_solved("iam", "c"));
        let a = one.lesson("iam", "a").unwrap();
        assert_eq!(a.score, Some(score(7)));
        let again = one.clone();
        one.merge(&other);
        assert_eq!(one, again);
        one.reset("iam");
        assert_eq!(one, Progress::default());
    }

    #[test]
    fn what_is_no_progress_is_a_sentence() {
        for (text, says) in [
            ("", "this is not JSON"),
            ("[]", "this is no progress of Rolewalk"),
            (r#"{"rolewalkProgress":2,"new":1}"#, "format 2"),
            (r#"{"rolewalkProgress":1,"new":1}"#, "new"),
        ] {
            let error = Progress::from_json(text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        let large = format!(r#"{{"rolewalkProgress":1,"x":"{}"}}"#, "a".repeat(MAX));
        assert!(matches!(
            Progress::from_json(&large),
            Err(ProgressError::TooLarge { .. })
        ));
    }
}
