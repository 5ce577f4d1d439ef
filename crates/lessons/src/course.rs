//! The course of sixteen lessons, and the glossary.
//!
//! A list of files and nothing else: `lessons/course.json` says their order, and `tests/lessons` that
//! both lists agree.

use rolewalk_core::{
    lesson::{Course, CourseError, Glossary, pack, pack_glossary},
    syntax::json::ReadError,
};

use crate::aws_managed_policy;

/// The id of the course.
pub const COURSE_ID: &str = "who-said-no";

/// A lesson's folder, `lesson.json` and `text.md`.
macro_rules! lessons {
    ($($folder:literal),* $(,)?) => {
        &[$((
            $folder,
            include_str!(concat!("../lessons/", $folder, "/lesson.json")),
            include_str!(concat!("../lessons/", $folder, "/text.md")),
        )),*]
    };
}

const LESSONS: &[(&str, &str, &str)] = lessons![
    "01-default-deny",
    "02-groups-and-deny",
    "03-assume-role",
    "04-trust-policy",
    "05-execution-role",
    "06-pass-role",
    "07-second-lock",
    "08-build-a-domain",
    "09-profiles",
    "10-own-studio",
    "11-end-to-end",
    "12-hierarchy",
    "13-least-privilege",
    "14-temporary-credentials",
    "15-people-and-services",
    "16-mental-model",
];

/// The worlds that lessons share, by name.
const BASES: &[(&str, &str)] = &[
    ("people", include_str!("../lessons/bases/people.json")),
    ("studio", include_str!("../lessons/bases/studio.json")),
];

/// The folders of the lessons, in order.
pub fn lesson_folders() -> impl Iterator<Item = &'static str> {
    LESSONS.iter().map(|it| it.0)
}

/// The course as one text, as it is fetched or shared.
pub fn course_json() -> String {
    let lessons: Vec<(&str, &str)> = LESSONS.iter().map(|it| (it.1, it.2)).collect();
    pack(include_str!("../lessons/course.json"), BASES, &lessons)
}

/// The course.
pub fn course() -> Result<Course, CourseError> {
    read_course(&course_json())
}

/// Reads any course, with the AWS managed policies that are kept here.
pub fn read_course(json: &str) -> Result<Course, CourseError> {
    Course::from_json(json, &aws_managed_policy)
}

/// What the words mean, as it is fetched.
pub fn glossary_json() -> String {
    let lessons: Vec<&str> = LESSONS.iter().map(|it| it.1).collect();
    pack_glossary(include_str!("../glossary/glossary.json"), &lessons)
}

/// What the words mean.
pub fn glossary() -> Result<Glossary, ReadError> {
    Glossary::from_json(&glossary_json())
}
