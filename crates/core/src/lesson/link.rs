//! A course as a short text for a link, and back: `c1.` payload `.` checksum.
//!
//! The same packing as a scenario's, see `share`. Invariant: what comes in is a stranger's, and is capped
//! before and while it is unpacked.

use crate::{
    lesson::{CourseError, MAX_COURSE},
    share,
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
