//! Who may make a call in a scenario's world.

use std::fmt;

use rolewalk_core::{
    access::{self, Access, Becoming, Question, QuestionError, Row, Way, WhoKind},
    by_name::ByName,
    flow::ContextText,
    world::Documents,
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};

use crate::{
    finding::Finding,
    input::{self, Object},
    scenario::{read, unreadable},
};

/// What `whoCan` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// A row for each who was asked.
    pub rows: Vec<RowAnswer>,
    /// Whom the resource's policy names and who cannot be asked.
    pub unknown: Vec<String>,
    /// What is wrong with policies that cannot be read: rows that hinge on one are not judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Finding>,
}

/// One who was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowAnswer {
    /// What came of it.
    #[serde(flatten)]
    pub row: Row,
    /// Who can become it; only of roles that may, and where that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub becoming: Option<Vec<Way>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    action: String,
    resource: String,
    #[serde(default)]
    context: Option<Object<ByName<Value>>>,
    #[serde(default)]
    becoming: Option<bool>,
}

/// A context key's value: `null` stands for a key that is not there although the caller would bring it.
struct Value(ContextText);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AValue;
        impl<'de> Visitor<'de> for AValue {
            type Value = ContextText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a list of strings or `null`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<ContextText, E> {
                Ok(ContextText::One(text.to_owned()))
            }

            fn visit_unit<E: Error>(self) -> Result<ContextText, E> {
                Ok(ContextText::Absent)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ContextText, A::Error> {
                let mut all = Vec::new();
                while let Some(it) = list.next_element()? {
                    all.push(it);
                }
                Ok(ContextText::Many(all))
            }
        }
        deserializer.deserialize_any(AValue).map(Self)
    }
}

/// Asks everybody in a scenario's world.
pub fn who_can(scenario: &str, question: &str) -> Result<Answer, Vec<Finding>> {
    let scenario = read(scenario)?;
    let Object(asked) = input::read::<Object<Asked>>(question, "question")?;
    let context = asked.context.map_or_else(ByName::new, |Object(it)| {
        it.into_iter().map(|(key, value)| (key, value.0)).collect()
    });
    let question = Question {
        action: asked.action,
        resource: asked.resource,
        context,
    };
    if let Some(error) = question.error() {
        return Err(vec![refusal(&error)]);
    }
    let (world, around) = (&scenario.world, &scenario.choice);
    let documents = Documents::parse(world);
    let answer = access::who_can(world, &documents, around, &question);
    let mut becoming = Becoming::new(world, &documents, around);
    let is_wanted = asked.becoming.unwrap_or(false);
    let mut row = |row: Row| {
        let is_role = row.who.kind == WhoKind::Role && row.who.is_in_world;
        let is_told = is_wanted && is_role && row.access == Access::Can;
        RowAnswer {
            becoming: is_told.then(|| becoming.ways(&row.who.principal)),
            row,
        }
    };
    Ok(Answer {
        rows: answer.rows.into_iter().map(&mut row).collect(),
        unknown: answer.unknown,
        diagnostics: unreadable(&documents),
    })
}

fn refusal(error: &QuestionError) -> Finding {
    let (code, path) = match error {
        QuestionError::Action(_) => ("invalid-action", "question.action"),
        QuestionError::Resource(_) => ("invalid-resource", "question.resource"),
    };
    let message = input::shortened(&error.message());
    Finding::of_input(code, path, message, error.help())
}
