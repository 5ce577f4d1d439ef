//! A course that somebody has already, given in another way: which of its lessons, and with which settings.
//!
//! Short enough for any link, where a whole course may not be. Invariant: a course that is given in another way has the
//! lessons of the course, unchanged, and waits for none that is left out.

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{Course, CourseError, FORMAT, MAX_LESSONS, Settings},
    share,
    syntax::json,
};

/// The version of the text that this code writes.
const VERSION: &str = "cv1";
/// The longest JSON of one, in bytes.
const MAX: usize = 16 * 1024;

/// A course, given in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variant {
    #[serde(rename = "rolewalkVariant")]
    format: u32,
    /// The id of the course.
    pub of: String,
    /// Ids of its lessons; none: all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lessons: Vec<String>,
    /// How it is given.
    #[serde(default)]
    pub settings: Settings,
}

/// What is looked at first: a newer format may have other fields.
#[derive(Deserialize)]
#[serde(rename = "open:Head", rename_all = "camelCase")]
struct Head {
    rolewalk_variant: u32,
}

impl Variant {
    /// A course with all its lessons and these settings.
    pub fn new(of: &str, settings: Settings) -> Self {
        Self {
            format: FORMAT,
            of: of.to_owned(),
            lessons: Vec::new(),
            settings,
        }
    }

    /// Whether a text says that it is one.
    pub fn is_one(text: &str) -> bool {
        text.trim_start().starts_with("cv")
    }

    /// Packs it: `cv1.` payload `.` checksum.
    pub fn encode(&self) -> Result<String, CourseError> {
        // Strings and choices: nothing here can fail to be written.
        let json = serde_json::to_string(self).unwrap_or_default();
        share::pack(VERSION, &json).map_err(CourseError::Link)
    }

    /// Unpacks it.
    pub fn decode(text: &str) -> Result<Self, CourseError> {
        let text = share::unpack(VERSION, text, MAX).map_err(CourseError::Link)?;
        let root = json::parse(&text).map_err(CourseError::Shape)?;
        let head: Head = json::from_node(&root, &text).map_err(CourseError::Shape)?;
        if head.rolewalk_variant != FORMAT {
            return Err(CourseError::Version(head.rolewalk_variant));
        }
        let read: Self = json::from_node(&root, &text).map_err(CourseError::Shape)?;
        if MAX_LESSONS < read.lessons.len() {
            return Err(CourseError::TooMany {
                lesson: String::new(),
                what: "lessons",
                max: MAX_LESSONS,
            });
        }
        Ok(read)
    }
}

impl Course {
    /// The same course, given in another way; nothing where the variant is of another course or leaves no lesson.
    #[must_use]
    pub fn given_as(&self, variant: &Variant) -> Option<Self> {
        if variant.of != self.sheet.id {
            return None;
        }
        let mut course = self.clone();
        course.sheet.settings = variant.settings.clone();
        if variant.lessons.is_empty() {
            return Some(course);
        }
        let stays = |id: &str| variant.lessons.iter().any(|it| it == id);
        course.lessons.retain(|it| stays(&it.sheet.id));
        for lesson in &mut course.lessons {
            lesson.sheet.after.retain(|it| stays(it));
        }
        for part in &mut course.sheet.agenda {
            part.lessons.retain(|it| stays(it));
        }
        course.sheet.agenda.retain(|it| !it.lessons.is_empty());
        let challenges = course.sheet.challenges.take();
        course.sheet.challenges = challenges.filter(|it| stays(&it.after));
        (!course.lessons.is_empty()).then_some(course)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Order, Presenter, Reveal, Solutions};

    #[test]
    fn what_is_written_is_read_again() {
        let mut variant = Variant::new(
            "iam",
            Settings {
                order: Order::InOrder,
                solutions: Solutions::Never,
                without_hints: true,
                without_predictions: true,
                presenter: Presenter {
                    verdict: Reveal::AtOnce,
                    behind_the_shut_door: true,
                },
            },
        );
        variant.lessons = vec!["a".to_owned()];
        let text = variant.encode().unwrap();
        assert!(Variant::is_one(&text) && text.len() < 300, "{text}");
        assert_eq!(Variant::decode(&text).unwrap(), variant);
    }

    #[test]
    fn what_is_no_variant_is_a_sentence() {
        let packed = |json: &str| share::pack(VERSION, json).unwrap();
        let long = format!(r#"{{"rolewalkVariant":1,"of":"{}"}}"#, "a".repeat(MAX));
        for (text, code) in [
            ("cv1.x".to_owned(), "damaged-link"),
            ("cv2.x.y".to_owned(), "unknown-share-version"),
            ("c1.x.y".to_owned(), "not-a-shared-scenario"),
            (packed("[]"), "not-a-course"),
            (packed(r#"{"rolewalkVariant":2,"new":1}"#), "newer-course"),
            (
                packed(r#"{"rolewalkVariant":1,"of":"a","new":1}"#),
                "not-a-course",
            ),
            (packed(&long), "unpacks-too-large"),
        ] {
            let error = Variant::decode(&text).unwrap_err();
            assert_eq!(error.code(), code, "{error}");
        }
    }
}
