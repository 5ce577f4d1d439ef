//! A lesson as it is written: `lesson.json`.
//!
//! Shapes only; what a lesson comes to is asked elsewhere. Invariant: unknown fields are an error, so
//! that a misspelled one is told and not ignored.

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{Goal, Place, Test, Ticket},
    names::Arn,
    scenario::{Alteration, Scenario},
};

/// A lesson without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sheet {
    /// The format's version, see [`crate::lesson::FORMAT`].
    pub rolewalk_lesson: u32,
    /// Its name in addresses and in progress.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Its one idea, in a sentence.
    pub idea: String,
    /// What it teaches of the course's outline, such as `3.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    /// How long it takes.
    pub minutes: u32,
    /// Ids of glossary cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// Ids of lessons that are to be solved first, where the course goes in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Where it begins.
    pub start: Start,
    /// What may be edited.
    pub editable: Vec<Place>,
    /// What should be so in the end.
    pub goals: Vec<Goal>,
    /// The same, unseen until the goals are met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<Goal>,
    /// A question before anything is edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predict: Option<Prediction>,
    /// One at a time, from the gentlest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// Tempting answers that miss.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongAnswer>,
    /// One way to meet all goals; a lesson of tickets has one with each of these instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution: Option<Solution>,
    /// What to take along, in a sentence or two.
    pub takeaway: String,
    /// Faults to be found one by one in a world that works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tickets: Vec<Ticket>,
}

/// Where a lesson begins: a world that the course's lessons share, or one of its own; and what is
/// different in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Start {
    /// The name of one of the course's bases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// A scenario of the lesson's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Box<Scenario>>,
    /// What is changed in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Alteration>,
    /// AWS managed policies that are put into the world: attached, or ready to be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aws_managed_policies: Vec<Arn>,
}

/// A question before anything is edited: what will happen?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prediction {
    /// The question.
    pub question: String,
    /// What to choose from.
    pub choices: Vec<String>,
    /// The place of the right one, from 0.
    pub answer: usize,
    /// Why it is right, in a sentence or two.
    pub because: String,
}

/// A tempting answer that misses a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WrongAnswer {
    /// Its name, for authors.
    pub name: String,
    /// What somebody would change.
    pub changes: Vec<Alteration>,
    /// Ids of goals and probes that it misses; more may be missed besides.
    pub misses: Vec<String>,
    /// Ids of goals and probes that it meets, where what is said would not be true of an answer that misses them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meets: Vec<String>,
    /// What else is so where somebody answers like this, and is not with other answers that miss the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<Test>,
    /// What to say then.
    pub feedback: String,
}

/// One way to meet all goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Solution {
    /// What is changed at the start.
    pub changes: Vec<Alteration>,
    /// Why it is done so.
    pub because: String,
}
