//! Lessons: a scenario with parts locked, goals that turn green, hidden probes, hints, and an answer
//! of its own for each tempting mistake.
//!
//! Holds no content and draws nothing: text comes in, values go out. What a goal comes to is decided by
//! `scenario::run` alone. Invariant: a lesson that [`Course::from_json`] gives back has only goals,
//! changes and texts that could be read; whether it teaches what it says is what [`check_lesson`] asks.

mod author;
mod beside;
mod challenge;
mod compare;
mod course;
mod error;
mod fact;
mod glossary;
mod goal;
mod layout;
mod link;
pub mod markdown;
mod only;
mod outcome;
mod packed;
mod place;
mod place_words;
mod plain;
mod progress;
mod report;
mod score;
mod sheet;
mod ticket;
mod variant;

pub use self::{
    author::{Finding, FindingKind, check_course, check_lesson, check_plan},
    challenge::{Challenge, Seed, challenge, challenge_order},
    compare::{Compared, Part},
    course::{
        Agenda, Challenges, Course, CourseSheet, Lesson, Order, Presenter, Reveal, Settings,
        Solutions,
    },
    error::CourseError,
    fact::Fact,
    glossary::{Answered, Card, Comparison, Glossary, pack_glossary},
    goal::{Goal, Test},
    link::{decode, encode, with_settings},
    outcome::{Exercise, FirstRed, GoalOutcome, Outcome},
    packed::{pack, pack_one},
    place::{Openness, Place, Refusal},
    progress::{LessonProgress, Progress},
    report::{MAX_NAME, Report, ReportError, Reported},
    score::{Score, score},
    sheet::{Prediction, Sheet, Solution, Start, WrongAnswer},
    ticket::{Idea, Ticket},
    variant::Variant,
};

/// The version of the lesson and course formats that this code knows.
pub const FORMAT: u32 = 1;
/// The largest course that is read, in bytes.
pub const MAX_COURSE: usize = 1024 * 1024;
/// The longest id of a course, a lesson or a ticket, in bytes.
pub const MAX_ID: usize = 64;
/// The most lessons that a course has.
pub const MAX_LESSONS: usize = 64;
/// The most goals, probes, hints, wrong answers or tickets that a lesson has of each.
pub const MAX_OF_EACH: usize = 40;
/// The largest Markdown text that is read, in bytes.
pub const MAX_TEXT: usize = 32 * 1024;
