//! The draft that outlives the page: the one JSON document in local storage.
//!
//! Knows nothing of where it is kept. Invariant: what [`Saved::to_json`] writes,
//! [`Saved::from_json`] reads; a text of another version is refused, never guessed at.

use litemap::LiteMap;
use rolewalk_core::{
    scenario::Scenario,
    syntax::json,
    world::{DocumentId, PolicyText},
};
use serde::{Deserialize, Serialize};

use crate::state::{
    document::{Document, Slug},
    learned::Learned,
    selection::Selection,
    session::Theme,
};

/// More characters of policies than this no browser keeps for a page: written out, they would only be
/// refused, and an account of thousands of roles takes long to write out.
const MAX_CHARACTERS: usize = 5_000_000;

/// The version of the draft that this code writes.
const VERSION: u32 = 1;

/// What is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "open:Draft", rename_all = "camelCase")]
pub(crate) struct Draft {
    version: u32,
    /// The start world it began as.
    pub(crate) origin: Slug,
    /// The scenario, broken texts and all.
    pub(crate) scenario: Scenario,
    /// The last good version of each broken text.
    #[serde(default)]
    pub(crate) last_good: Vec<(DocumentId, PolicyText)>,
    /// What was open.
    #[serde(default)]
    pub(crate) selection: Option<Selection>,
}

/// How the page looks; kept apart, so that opening another scenario does not change it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "open:Preferences", rename_all = "camelCase", default)]
pub(crate) struct Preferences {
    /// Light, dark or as the system.
    pub(crate) theme: Theme,
    /// Width of the left column in pixels.
    pub(crate) left: Option<u32>,
    /// Width of the right column in pixels.
    pub(crate) right: Option<u32>,
    /// Whether the scenario's sentence shows its rarer details, too.
    pub(crate) has_details: bool,
}

/// Everything in local storage, one value under one key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "open:Saved", rename_all = "camelCase", default)]
pub(crate) struct Saved {
    /// How the page looks.
    pub(crate) preferences: Preferences,
    /// The work; nothing where there is none yet.
    pub(crate) draft: Option<Draft>,
    /// What is kept of somebody's learning.
    pub(crate) learned: Learned,
}

impl Draft {
    /// What to save of a document.
    pub(crate) fn of(document: &Document, selection: Option<Selection>) -> Self {
        let last_good = document
            .last_good()
            .iter()
            .map(|(id, text)| (id.clone(), text.clone()));
        Self {
            version: VERSION,
            origin: document.origin().to_owned(),
            scenario: Scenario::clone(document.scenario()),
            last_good: last_good.collect(),
            selection,
        }
    }

    /// Whether it is too large to be kept in local storage.
    pub(crate) fn is_too_large(&self) -> bool {
        self.scenario.world.n_policy_characters() > MAX_CHARACTERS
    }

    /// The document again.
    pub(crate) fn into_document(self) -> Document {
        let mut last_good = LiteMap::new_vec();
        last_good.extend(self.last_good);
        Document::with_last_good(self.scenario, self.origin, last_good)
    }
}

impl Saved {
    /// As text.
    pub(crate) fn to_json(&self) -> String {
        // Strings, numbers and lists of them: nothing here can fail to be written.
        // Indented like a scenario, so that the page writes JSON in one way only.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// From text; nothing where it is not what this code writes.
    pub(crate) fn from_json(text: &str) -> Option<Self> {
        let saved: Self = json::from_str(text).ok()?;
        let is_known = saved.draft.as_ref().is_none_or(|it| {
            it.version == VERSION && it.scenario.rolewalk == rolewalk_core::scenario::FORMAT
        });
        is_known.then_some(saved)
    }
}

#[cfg(test)]
mod tests {
    use rolewalk_core::world::{Text, Thing};

    use super::*;
    use crate::state::{
        edit::{Edit, Target},
        sample,
    };

    #[test]
    fn a_draft_comes_back_with_its_broken_text_and_the_last_good_one() {
        let trust = DocumentId::home(Text::Trust {
            role: "Exec".to_owned(),
        });
        let open = Selection::Entity(Thing::Account.into());
        let mut document = Document::new(sample::scenario(), "one");
        let id = trust.clone();
        let edit = Edit::new(Target::Text(trust.clone()), move |it| {
            *it.world.document_mut(&id).unwrap() = "{ broken".into();
        });
        document.edit(edit, &open, 0.0);
        let saved = Saved {
            draft: Some(Draft::of(&document, Some(open))),
            preferences: Preferences {
                theme: Theme::Dark,
                ..Preferences::default()
            },
            ..Saved::default()
        };
        let again = Saved::from_json(&saved.to_json()).unwrap();
        assert_eq!(again, saved);
        let again = again.draft.unwrap().into_document();
        assert_eq!(again.scenario(), document.scenario());
        assert_eq!(again.shown(), document.shown());
    }

    #[test]
    fn a_draft_from_when_a_world_was_one_account_opens() {
        let open = Selection::Document(DocumentId::home(Text::Trust {
            role: "ChurnExecutionRole".to_owned(),
        }));
        let open = serde_json::to_string(&open).unwrap();
        let scenario = include_str!("../../../tests/formats/format-1.json");
        let text = format!(
            r#"{{"draft": {{"version": 1, "origin": "wrong-trust", "scenario": {scenario},
            "lastGood": [["trust:ChurnExecutionRole", "{{}}"]], "selection": {open}}}}}"#
        );
        let draft = Saved::from_json(&text).unwrap().draft.unwrap();
        let selection = draft.selection.clone().unwrap();
        let document = draft.into_document();
        assert_eq!(document.scenario().world.home.users[0].name, "alice");
        assert!(selection.exists_in(&document.scenario().world));
    }

    #[test]
    fn what_no_browser_keeps_is_known_before_it_is_written_out() {
        let draft = |text: String| {
            let mut scenario = sample::scenario();
            scenario.world.home.roles[0].trust_policy = text.into();
            Draft::of(&Document::new(scenario, "one"), None)
        };
        assert!(!draft("{}".to_owned()).is_too_large());
        assert!(draft(" ".repeat(MAX_CHARACTERS)).is_too_large());
    }

    #[test]
    fn other_versions_and_other_texts_are_refused() {
        assert_eq!(Saved::from_json("{"), None);
        let saved = Saved {
            draft: Some(Draft {
                version: 2,
                ..Draft::of(&Document::new(sample::scenario(), "one"), None)
            }),
            ..Saved::default()
        };
        assert_eq!(Saved::from_json(&saved.to_json()), None);
        assert_eq!(Saved::from_json("{}"), Some(Saved::default()));
    }
}
