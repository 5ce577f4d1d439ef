//! What the words mean: cards, questions with answers, comparisons.
//!
//! Shapes, and how they are packed for the page; the words are content. Invariant: a card's `related` and `lessons` are ids, and whoever
//! gives out a glossary has them checked against its course.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::syntax::json::{self, ReadError};

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Glossary {
    /// What the lessons are called, by id: the glossary is read where the course is not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lesson_titles: BTreeMap<String, String>,
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

/// What of a `lesson.json` a glossary names it by.
#[derive(Deserialize)]
struct Named {
    id: String,
    title: String,
}

/// A glossary's text with the titles of the lessons that it names, of which `lessons` are the `lesson.json`.
pub fn pack_glossary(glossary: &str, lessons: &[&str]) -> String {
    let titles: BTreeMap<String, String> = lessons
        .iter()
        .filter_map(|it| serde_json::from_str(it).ok())
        .map(|it: Named| (it.id, it.title))
        .collect();
    let titles = serde_json::to_string(&titles).unwrap_or_default();
    match glossary.trim_start().strip_prefix('{') {
        Some(rest) => format!("{{\"lessonTitles\":{titles},{rest}"),
        None => glossary.to_owned(),
    }
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

    /// The cards that have these words, those first that are called so; all of them where there are no words.
    pub fn search(&self, words: &str) -> Vec<&Card> {
        let words = words.trim().to_lowercase();
        let mut found: Vec<(u8, &Card)> = self
            .cards
            .iter()
            .filter_map(|it| Some((it.rank(&words)?, it)))
            .collect();
        // Stable: of one rank, the order is that of the glossary.
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    /// The questions that have these words, in the question or in the answer.
    pub fn search_questions(&self, words: &str) -> Vec<&Answered> {
        let words = words.trim().to_lowercase();
        let has = |it: &&Answered| {
            [&it.question, &it.answer]
                .iter()
                .any(|it| it.to_lowercase().contains(&words))
        };
        self.questions.iter().filter(has).collect()
    }

    /// The comparisons that have these words, in the title or in a row.
    pub fn search_comparisons(&self, words: &str) -> Vec<&Comparison> {
        let words = words.trim().to_lowercase();
        let has = |it: &&Comparison| {
            let mut texts = it.rows.iter().flatten().chain([&it.title]);
            texts.any(|it| it.to_lowercase().contains(&words))
        };
        self.comparisons.iter().filter(has).collect()
    }

    /// The questions that name what a card is about.
    pub fn questions_about(&self, card: &Card) -> Vec<&Answered> {
        let names: Vec<String> = card.names().map(str::to_lowercase).collect();
        let is_about = |it: &&Answered| {
            let text = format!("{} {}", it.question, it.answer).to_lowercase();
            names.iter().any(|name| has_word(&text, name))
        };
        self.questions.iter().filter(is_about).collect()
    }

    /// The comparisons that a card is one side of.
    pub fn comparisons_of(&self, card: &str) -> Vec<&Comparison> {
        let has = |it: &&Comparison| it.cards.iter().any(|it| it == card);
        self.comparisons.iter().filter(has).collect()
    }
}

/// What stands in front of a service's name, and people leave out.
const MAKERS: [&str; 4] = ["AWS ", "Amazon ", "IAM ", "SageMaker "];

impl Card {
    /// What it is called, the shortest forms included.
    fn names(&self) -> impl Iterator<Item = &str> {
        let short = MAKERS.iter().find_map(|it| self.term.strip_prefix(it));
        let also = self.also.iter().map(String::as_str);
        [self.term.as_str()].into_iter().chain(short).chain(also)
    }

    /// How well it fits words in small letters, 0 best; nothing where it does not.
    fn rank(&self, words: &str) -> Option<u8> {
        let names: Vec<String> = self.names().map(str::to_lowercase).collect();
        if names.iter().any(|it| it.starts_with(words)) {
            Some(0)
        } else if names.iter().any(|it| it.contains(words)) {
            Some(1)
        } else {
            self.text.to_lowercase().contains(words).then_some(2)
        }
    }
}

/// Whether a text has a word, with no letter before or behind it.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, word)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|it| it.chars().next());
        [before, behind]
            .into_iter()
            .flatten()
            .all(|it| !it.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary() -> Glossary {
        Glossary::from_json(
            r#"{"cards": [
                {"id": "policy", "term": "Policy", "text": "A role has some.", "place": "",
                 "lessons": [], "docs": ""},
                {"id": "role", "term": "IAM role", "also": ["badge"], "text": "", "place": "",
                 "lessons": [], "docs": ""},
                {"id": "pass", "term": "iam:PassRole", "text": "", "place": "", "lessons": [], "docs": ""}],
               "questions": [
                {"id": "a", "question": "What is a role?", "answer": "", "lessons": []},
                {"id": "b", "question": "Why?", "answer": "Of `iam:PassRole`.", "lessons": []}],
               "comparisons": [
                {"id": "c", "title": "", "cards": ["role", "pass"], "rows": [], "lessons": []}]}"#,
        )
        .unwrap()
    }

    fn ids(cards: &[&Card]) -> Vec<String> {
        cards.iter().map(|it| it.id.clone()).collect()
    }

    #[test]
    fn what_is_called_so_comes_before_what_only_says_so() {
        let glossary = glossary();
        assert_eq!(ids(&glossary.search(" ROLE ")), ["role", "pass", "policy"]);
        assert_eq!(ids(&glossary.search("badge")), ["role"]);
        assert_eq!(glossary.search("").len(), 3);
        assert_eq!(glossary.search("nothing of that").len(), 0);
        let asked = |words| glossary.search_questions(words).len();
        assert_eq!((asked("PassRole "), asked("why"), asked("")), (1, 1, 2));
        assert_eq!(glossary.search_comparisons("").len(), 1);
        assert_eq!(glossary.search_comparisons("why").len(), 0);
    }

    #[test]
    fn a_card_knows_what_is_asked_about_it() {
        let glossary = glossary();
        let asked = |id: &str| {
            let card = glossary.card(id).unwrap();
            let found = glossary.questions_about(card);
            found.iter().map(|it| it.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(asked("role"), ["a"]);
        assert_eq!(asked("pass"), ["b"]);
        assert_eq!(asked("policy"), [""; 0]);
        assert_eq!(glossary.comparisons_of("pass").len(), 1);
        assert_eq!(glossary.comparisons_of("policy").len(), 0);
    }
}
