//! The one document: a world, a choice of who does what in it, and what should come of it.
//!
//! A start world, a draft, an undo step, a file and a test case are all this same value. Invariant:
//! what [`Scenario::to_json`] writes, [`Scenario::from_json`] reads back to an equal value.

mod alteration;
mod around;
pub mod change;
mod run;

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

pub(crate) use self::alteration::name_in_list;
pub use self::{
    alteration::Alteration,
    run::{CheckOutcome, Mismatch, run, run_parsed},
};
use crate::{
    flow::{Choice, HopKind, HopOutcome, Workload},
    syntax::json::{self, ReadError},
    trace::Layer,
    world::{DocumentId, World},
};

/// The version of the format that this code writes. It reads the ones before as well: in format 1
/// the world was one account.
pub const FORMAT: u32 = 2;

/// The one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// The format's version. A scenario in memory has [`FORMAT`], whatever it was read from.
    #[serde(deserialize_with = "known_format")]
    pub rolewalk: u32,
    /// A short name.
    pub name: String,
    /// One line that says what it shows.
    pub about: String,
    /// Something to try first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The world.
    pub world: World,
    /// Who does what in it.
    pub choice: Choice,
    /// What should come of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

const fn is_known(version: u32) -> bool {
    matches!(version, 1..=FORMAT)
}

fn known_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(deserializer)?;
    if is_known(version) {
        Ok(FORMAT)
    } else {
        Err(D::Error::custom(ScenarioError::Version(version)))
    }
}

/// Something to try first: what to do, in words and as data.
///
/// One that changes characters of one policy may be written without the list, as `document`, `find`
/// and `replace`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenInvitation")]
pub struct Invitation {
    /// What to do, in a sentence.
    pub text: String,
    /// What that changes. Shared, since every edit of a scenario copies it.
    pub changes: Arc<[Alteration]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInvitation {
    text: String,
    #[serde(default)]
    changes: Vec<Alteration>,
    document: Option<DocumentId>,
    find: Option<String>,
    replace: Option<String>,
}

impl TryFrom<WrittenInvitation> for Invitation {
    type Error = &'static str;

    fn try_from(written: WrittenInvitation) -> Result<Self, Self::Error> {
        let WrittenInvitation {
            text,
            mut changes,
            document,
            find,
            replace,
        } = written;
        match (document, find, replace) {
            (None, None, None) => (),
            (Some(document), Some(find), Some(replace)) => changes.push(Alteration::Text {
                document,
                find,
                replace,
            }),
            _ => return Err("an invitation needs `document`, `find` and `replace` together"),
        }
        Ok(Self {
            text,
            changes: changes.into(),
        })
    }
}

/// One thing that should be so, by reason: a walk that stops at the wrong door fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Check {
    /// What is expected, in words.
    pub name: String,
    /// What is tried.
    #[serde(default)]
    pub ask: Ask,
    /// What should come of it.
    pub expect: Expectation,
}

/// What is tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Ask {
    /// The walk that the scenario has chosen.
    #[default]
    ChosenWalk,
    /// Another walk in the same world.
    Walk(Box<Choice>),
    /// Something else that the chosen person does, or one call by anybody.
    Workload(Box<Workload>),
}

/// What should come of a walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expectation {
    /// The hop that stops the walk; `None`: none does.
    pub stops_at: Option<HopKind>,
    /// What single hops come to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<ExpectedHop>,
}

/// What one hop should come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedHop {
    /// Which hop.
    pub hop: HopKind,
    /// What it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<HopOutcome>,
    /// The actions that are denied, no more and no fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denied: Option<Vec<String>>,
    /// The layers that should have allowed and did not, of the first denied action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<Layer>>,
    /// Layers that allow the first denied action, which is denied all the same; others may besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowing: Option<Vec<Layer>>,
    /// Sids of statements that decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements: Option<Vec<String>>,
}

/// Why a text is not a scenario.
#[derive(Debug)]
pub enum ScenarioError {
    /// Not JSON, or not of the format's shape.
    Shape(ReadError),
    /// A version of the format that this code does not know.
    Version(u32),
}

impl std::fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape(error) => write!(f, "this is not a Rolewalk scenario: {error}"),
            Self::Version(version) => write!(
                f,
                "this scenario has format {version}, and this Rolewalk knows format {FORMAT}: open it with a newer Rolewalk"
            ),
        }
    }
}

impl std::error::Error for ScenarioError {}

impl Scenario {
    /// Reads a scenario of any format up to [`FORMAT`]. The version is looked at first: a newer format may have other fields.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        #[derive(Deserialize)]
        #[serde(rename = "open:Head")]
        struct Head {
            rolewalk: u32,
        }
        let root = json::parse(text).map_err(ScenarioError::Shape)?;
        let head: Head = json::from_node(&root, text).map_err(ScenarioError::Shape)?;
        if !is_known(head.rolewalk) {
            return Err(ScenarioError::Version(head.rolewalk));
        }
        json::from_node(&root, text).map_err(ScenarioError::Shape)
    }

    /// Writes the scenario, indented.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of them: nothing here can fail to be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
