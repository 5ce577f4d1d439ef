//! What the words mean: cards, questions with answers, comparisons.
//!
//! Shapes only; the words are content. Invariant: a card's `related` and `lessons` are ids, and whoever
//! gives out a glossary has them checked against its course.

use serde::{Deserialize, Serialize};

use crate::syntax::json::{self, ReadError};

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// One for each term.
    pub cards: Vec<Card>,
    /// What people ask.
    pub questions: Vec<Answered>,
    /// Two things side by side.
    pub comparisons: Vec<Comparison>,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    /// Its name in addresses.
    pub id: String,
    /// The term, in AWS's words.
    pub term: String,
    /// The same in other words, for searches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What it is, in a few sentences.
    pub text: String,
    /// Where in the page it is seen.
    pub place: String,
    /// Ids of cards beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Ids of lessons about it.
    pub lessons: Vec<String>,
    /// AWS's own page.
    pub docs: String,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answered {
    /// Its name in addresses.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Ids of lessons that show it.
    pub lessons: Vec<String>,
}

/// Two things side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Comparison {
    /// Its name in addresses.
    pub id: String,
    /// What it compares.
    pub title: String,
    /// The two, as ids of cards.
    pub cards: [String; 2],
    /// What is compared, and what each has of it.
    pub rows: Vec<[String; 3]>,
    /// Ids of lessons that show it.
    pub lessons: Vec<String>,
}

impl Glossary {
    /// Reads a glossary.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        json::from_str(text)
    }

    /// The card with that id.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|it| it.id == id)
    }
}
