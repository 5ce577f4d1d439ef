//! The courses that somebody was given and that the browser keeps, beside the progress in them.
//!
//! Plain values; knows nothing of where they lie. Invariant: all together are no longer than [`MAX_CHARACTERS`], and none
//! is left out for another.

use rolewalk_core::syntax::json;
use serde::{Deserialize, Serialize};

/// All texts together: drafts and progress lie in the same few megabytes.
pub(crate) const MAX_CHARACTERS: usize = 1_500_000;

/// A course that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptCourse {
    /// What the course is known by.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) title: String,
    /// The course as it came: a text, or `cv1.` and how the page's own is given.
    pub(crate) text: String,
}

/// All of them, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptCourses {
    courses: Vec<KeptCourse>,
}

impl KeptCourses {
    /// From what [`Self::to_json`] wrote; nothing where it is something else.
    pub(crate) fn from_json(text: &str) -> Option<Self> {
        json::from_str(text).ok()
    }

    /// As text.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// In the order in which they came, the newest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, KeptCourse> {
        self.courses.iter()
    }

    /// Whether a course is among them just as it is.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.courses.iter().any(|it| it.text == text)
    }

    /// With that course, in place of the one that is known as it; nothing where there is no room for it.
    pub(crate) fn with(&self, course: KeptCourse) -> Option<Self> {
        let mut courses = vec![course];
        let others = self.without_id(courses.first().map_or("", |it| &it.id));
        courses.extend(others.courses);
        // As the browser counts what it keeps, in UTF-16.
        let n_characters: usize = courses
            .iter()
            .map(|it| it.text.encode_utf16().count())
            .sum();
        (n_characters <= MAX_CHARACTERS).then_some(Self { courses })
    }

    /// Without the course that is known as that.
    pub(crate) fn without_id(&self, id: &str) -> Self {
        let courses = self.courses.iter().filter(|it| it.id != id);
        Self {
            courses: courses.cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(id: &str, text: &str) -> KeptCourse {
        KeptCourse {
            id: id.to_owned(),
            title: id.to_uppercase(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_newer_text_takes_the_place_of_the_same_course_and_of_no_other() {
        let all = KeptCourses::default();
        let all = all.with(course("a", "1")).unwrap();
        let all = all.with(course("b", "1")).unwrap();
        let all = all.with(course("a", "2")).unwrap();
        let ids: Vec<_> = all.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert!(all.has("2") && all.has("1"));
        assert_eq!(KeptCourses::from_json(&all.to_json()), Some(all.clone()));
        assert!(!all.without_id("b").has("1"));
    }

    #[test]
    fn what_does_not_fit_leaves_the_others_as_they_are() {
        let large = "x".repeat(MAX_CHARACTERS);
        let all = KeptCourses::default().with(course("a", "1")).unwrap();
        assert_eq!(all.with(course("b", &large)), None);
        assert!(all.with(course("a", &large)).is_some(), "in its own place");
        let accents = "é".repeat(MAX_CHARACTERS);
        assert!(
            all.with(course("a", &accents)).is_some(),
            "characters, not bytes"
        );
        assert_eq!(all.with(course("a", &format!("{accents}é"))), None);
    }
}
