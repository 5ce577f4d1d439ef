//! A course as a short text for a link, and back: `c1.` payload `.` checksum.
//!
//! The same packing as a scenario's, see `share`. Invariant: what comes in is a stranger's, and is capped
//! before and while it is unpacked.

use crate::{
    lesson::{Course, CourseError, MAX_COURSE, Settings},
    share,
    syntax::json::{self, Value},
};

/// The version of the text that this code writes.
const VERSION: &str = "c1";

/// Packs a course's text.
pub fn encode(course: &str) -> Result<String, CourseError> {
    if course.len() > MAX_COURSE {
        return Err(CourseError::TooLarge {
            n_bytes: course.len(),
            max: MAX_COURSE,
        });
    }
    share::pack(VERSION, course).map_err(CourseError::Link)
}

/// Unpacks it; [`crate::lesson::Course::from_json`] reads it.
pub fn decode(text: &str) -> Result<String, CourseError> {
    share::unpack(VERSION, text, MAX_COURSE).map_err(CourseError::Link)
}

/// The same course's text with other settings: everything else stays as it is written. Nothing where the text is no
/// course.
pub fn with_settings(course: &str, settings: &Settings) -> Option<String> {
    let settings = serde_json::to_string(settings).ok()?;
    let root = json::parse(course).ok()?;
    let sheet = member(&root, "course")?;
    if let Some(own) = member(sheet, "settings") {
        let before = course.get(..own.span.start as usize)?;
        let behind = course.get(own.span.end as usize..)?;
        return Some(format!("{before}{settings}{behind}"));
    }
    // Behind the brace that opens the sheet, which has other members.
    let (before, behind) = course.split_at_checked(sheet.span.start as usize + 1)?;
    Some(format!("{before}\"settings\":{settings},{behind}"))
}

fn member<'a>(node: &'a json::Node, key: &str) -> Option<&'a json::Node> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    let found = members.iter().find(|it| it.key.value == key);
    found.map(|it| &it.value)
}

impl Course {
    /// Gives the course an id of its own, so that its progress is not mixed with that of another one of its name.
    pub fn set_apart(&mut self, text: &str) {
        let sum = share::checksum(text.as_bytes());
        self.sheet.id = format!("{}.{sum}", self.sheet.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Order;

    #[test]
    fn only_the_settings_change() {
        let other = Settings {
            order: Order::InOrder,
            ..Settings::default()
        };
        for (text, before, behind) in [
            (
                r#"{"course": {"id": "a", "settings": {"order": "free"}, "b": 1}, "c": {}}"#,
                r#"{"course": {"id": "a", "settings": "#,
                r#", "b": 1}, "c": {}}"#,
            ),
            (
                r#"{"course":{"id":"a"}}"#,
                r#"{"course":{"settings":"#,
                r#","id":"a"}}"#,
            ),
        ] {
            let changed = with_settings(text, &other).unwrap();
            let middle = changed.strip_prefix(before).unwrap();
            let middle = middle.strip_suffix(behind).unwrap();
            assert_eq!(serde_json::from_str::<Settings>(middle).unwrap(), other);
        }
        assert_eq!(with_settings("[]", &other), None);
        assert_eq!(with_settings("", &other), None);
    }
}
