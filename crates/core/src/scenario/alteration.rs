//! A change to a scenario as data: what a person is invited to try, and what breaks a working world.
//!
//! Decides nothing. Invariant: an alteration that does not fit the scenario changes nothing at all.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    by_name::ByName,
    scenario::Scenario,
    syntax::json,
    world::{DocumentId, InlinePolicy, Owner, PolicyText, Text},
};

/// A change to a scenario. In JSON its fields say which kind it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Written")]
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
    /// A whole policy text.
    Document {
        /// Which text; an inline policy that its owner does not have yet is added.
        document: DocumentId,
        /// What it is afterwards.
        text: PolicyText,
    },
    /// Elements of a statement.
    Statement {
        /// The policy.
        document: DocumentId,
        /// The statement's `Sid`; a statement that is not there yet is put at the end.
        sid: String,
        /// Elements by name, `null` for one that goes; `None`: the whole statement goes.
        elements: Option<ByName<Value>>,
    },
    /// A value anywhere in the scenario.
    Value {
        /// A JSON pointer (RFC 6901) into the scenario; `-` behind a list appends to it, and a thing in
        /// a list may be named instead of counted: `/world/home/roles/Scientist/trustPolicy`.
        at: String,
        /// What is there afterwards.
        value: Value,
    },
}

/// The fields of every kind: read at once, since trying one kind after the other would read each twice
/// over and could not say what is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    document: Option<DocumentId>,
    find: Option<String>,
    replace: Option<String>,
    text: Option<PolicyText>,
    sid: Option<String>,
    elements: Option<ByName<Value>>,
    at: Option<String>,
    #[serde(default)]
    value: Value,
}

impl TryFrom<Written> for Alteration {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written {
            document,
            find,
            replace,
            text,
            sid,
            elements,
            at,
            value,
        } = written;
        Ok(match (document, find, replace, text, sid, at) {
            (Some(document), Some(find), Some(replace), None, None, None) => Self::Text {
                document,
                find,
                replace,
            },
            (Some(document), None, None, Some(text), None, None) => {
                Self::Document { document, text }
            }
            (Some(document), None, None, None, Some(sid), None) => Self::Statement {
                document,
                sid,
                elements,
            },
            (None, None, None, None, None, Some(at)) => Self::Value { at, value },
            _ => {
                return Err(
                    "a change needs `document`, `find` and `replace`, or `document` and `text`, or `document`, `sid` and `elements`, or `at` and `value`",
                );
            }
        })
    }
}

impl Alteration {
    /// The policy text that it changes; nothing where it changes something else.
    pub const fn document(&self) -> Option<&DocumentId> {
        match self {
            Self::Text { document, .. }
            | Self::Document { document, .. }
            | Self::Statement { document, .. } => Some(document),
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
            Self::Document { document, text } => {
                let mut changed = scenario.clone();
                match changed.world.document_mut(document) {
                    Some(old) => *old = text.clone(),
                    None => add(&mut changed, document, text.clone())?,
                }
                Some(changed)
            }
            Self::Statement {
                document,
                sid,
                elements,
            } => with_text(scenario, document, |text| {
                text.with_statement(sid, elements.as_ref())
            }),
            Self::Value { at, value } => {
                // By way of text: reading and writing that is there already, for the page's size.
                let mut json: Value = json::from_str(&scenario.to_json()).ok()?;
                set(&mut json, at, value)?;
                let text = serde_json::to_string_pretty(&json).ok()?;
                Scenario::from_json(&text).ok()
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

fn add(scenario: &mut Scenario, document: &DocumentId, text: PolicyText) -> Option<()> {
    let account = scenario.world.account_of_mut(document.account.as_ref())?;
    let Text::Inline { owner, name } = &document.text else {
        return None;
    };
    let policies = match owner {
        Owner::User(it) => &mut account.user_mut(it)?.inline_policies,
        Owner::Group(it) => &mut account.group_mut(it)?.inline_policies,
        Owner::Role(it) => &mut account.role_mut(it)?.inline_policies,
    };
    policies.push(InlinePolicy {
        name: name.clone(),
        document: text,
    });
    Some(())
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
    let last = last.replace("~1", "/").replace("~0", "~");
    let mut place = json;
    for step in parent.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        place = match place {
            Value::Array(items) => item(items, &step)?,
            Value::Object(members) => members.get_mut(&step)?,
            _ => return None,
        };
    }
    match place {
        Value::Array(items) if last == "-" => items.push(value.clone()),
        Value::Array(items) => *item(items, &last)? = value.clone(),
        Value::Object(members) => {
            members.insert(last, value.clone());
        }
        _ => return None,
    }
    Some(())
}

/// The item of a list by its place or by its name.
fn item<'a>(items: &'a mut [Value], step: &str) -> Option<&'a mut Value> {
    match step.parse::<usize>() {
        Ok(idx) => items.get_mut(idx),
        Err(_) => items.iter_mut().find(|it| name_in_list(it) == Some(step)),
    }
}

/// What tells a thing of a world from the others of its list.
pub(crate) fn name_in_list(item: &Value) -> Option<&str> {
    const NAMES: [&str; 12] = [
        "domainId",
        "userProfileName",
        "spaceName",
        "keyId",
        "vpcEndpointId",
        "vpcId",
        "subnetId",
        "groupId",
        "arn",
        "account",
        "name",
        "id",
    ];
    let members = item.as_object()?;
    NAMES.iter().find_map(|it| members.get(*it)?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_say_which_kind_it_is() {
        for json in [
            r#"{"document":"trust:R","find":"a","replace":"b"}"#,
            r#"{"document":"trust:R","text":"{}"}"#,
            r#"{"document":"trust:R","sid":"S","elements":{"Action":null}}"#,
            r#"{"document":"trust:R","sid":"S","elements":null}"#,
            r#"{"at":"/choice/role","value":null}"#,
        ] {
            let read: Alteration = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        for json in [
            r#"{"document":"trust:R","find":"a"}"#,
            r#"{"at":"/a","value":1,"sid":"S"}"#,
            r#"{"at":"/a","to":1}"#,
            "{}",
        ] {
            assert!(serde_json::from_str::<Alteration>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_pointer_sets_appends_and_misses() {
        let outcome = |at: &str| {
            let mut json = serde_json::json!({"a": [1], "b/c": 2});
            set(&mut json, at, &Value::Null).map(|()| json.to_string())
        };
        assert_eq!(outcome("/a/0").unwrap(), r#"{"a":[null],"b/c":2}"#);
        assert_eq!(outcome("/a/-").unwrap(), r#"{"a":[1,null],"b/c":2}"#);
        assert_eq!(outcome("/b~1c").unwrap(), r#"{"a":[1],"b/c":null}"#);
        let mut named = serde_json::json!({"roles": [{"name": "A"}, {"name": "B", "path": "/"}]});
        set(&mut named, "/roles/B/path", &Value::from("/x/")).unwrap();
        assert_eq!(
            named.to_string(),
            r#"{"roles":[{"name":"A"},{"name":"B","path":"/x/"}]}"#
        );
        assert_eq!(set(&mut named, "/roles/C/path", &Value::Null), None);
        for missed in ["/a/1", "/x/y", "a", "/b~1c/d"] {
            assert_eq!(outcome(missed), None, "{missed}");
        }
    }
}
