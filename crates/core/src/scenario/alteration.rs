//! A change to a scenario as data: what a person is invited to try, and what breaks a working world.
//!
//! Decides nothing. Invariant: an alteration that does not fit the scenario changes nothing at all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    scenario::Scenario,
    world::{DocumentId, PolicyText},
};

/// A change to a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Alteration {
    /// Characters of a policy text.
    Text {
        /// Which text.
        document: DocumentId,
        /// The characters to replace, where they stand first.
        find: String,
        /// What to put in their place.
        replace: String,
    },
    /// Elements of a statement.
    Statement {
        /// The policy.
        document: DocumentId,
        /// The statement's `Sid`; a statement that is not there yet is put at the end.
        sid: String,
        /// Elements by name, `null` for one that goes; `None`: the whole statement goes.
        elements: Option<BTreeMap<String, Value>>,
    },
    /// A value anywhere in the scenario.
    Value {
        /// A JSON pointer (RFC 6901) into the scenario; `-` behind a list appends to it.
        at: String,
        /// What is there afterwards.
        value: Value,
    },
}

impl Alteration {
    /// The policy text that it changes; nothing where it changes something else.
    pub const fn document(&self) -> Option<&DocumentId> {
        match self {
            Self::Text { document, .. } | Self::Statement { document, .. } => Some(document),
            Self::Value { .. } => None,
        }
    }

    /// The scenario with the change; nothing where the change does not fit it.
    pub fn apply(&self, scenario: &Scenario) -> Option<Scenario> {
        match self {
            Self::Text {
                document,
                find,
                replace,
            } => with_text(scenario, document, |text| {
                let is_there = text.as_str().contains(find.as_str());
                is_there.then(|| text.as_str().replacen(find.as_str(), replace, 1).into())
            }),
            Self::Statement {
                document,
                sid,
                elements,
            } => with_text(scenario, document, |text| {
                text.with_statement(sid, elements.as_ref())
            }),
            Self::Value { at, value } => {
                // By way of text: reading and writing that is there already, for the page's size.
                let mut json: Value = serde_json::from_str(&scenario.to_json()).ok()?;
                set(&mut json, at, value)?;
                Scenario::from_json(&json.to_string()).ok()
            }
        }
    }

    /// The scenario with all of the changes, one after the other.
    pub fn apply_all(alterations: &[Self], scenario: &Scenario) -> Option<Scenario> {
        let mut changed = scenario.clone();
        for it in alterations {
            changed = it.apply(&changed)?;
        }
        Some(changed)
    }
}

fn with_text(
    scenario: &Scenario,
    document: &DocumentId,
    change: impl FnOnce(&PolicyText) -> Option<PolicyText>,
) -> Option<Scenario> {
    let new = change(scenario.world.document(document)?)?;
    let mut changed = scenario.clone();
    *changed.world.document_mut(document)? = new;
    Some(changed)
}

fn set(json: &mut Value, at: &str, value: &Value) -> Option<()> {
    let (parent, last) = at.rsplit_once('/')?;
    match json.pointer_mut(parent)? {
        Value::Array(items) if last == "-" => items.push(value.clone()),
        Value::Array(items) => *items.get_mut(last.parse::<usize>().ok()?)? = value.clone(),
        Value::Object(members) => {
            let key = last.replace("~1", "/").replace("~0", "~");
            members.insert(key, value.clone());
        }
        _ => return None,
    }
    Some(())
}
