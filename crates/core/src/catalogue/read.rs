//! The files of `data/catalogue`, into a catalogue.
//!
//! Services are JSON, by prefix: `n` name, `r` resource types `[type, ARN pattern, [key…]]`, `c` condition keys
//! `[key, type, what took its place]` (a bare key where there is no more to say), `a` actions `[name, level R|W|L|T|P,
//! [resource type, in [ ] where required…], [key…], [dependent action…], description]`; numbers are places in `r` and
//! `c`, and empty tails are left out. Descriptions may come in a file of their own: by prefix `a` and `c` with a text
//! for each action, by name, and for each condition key. Among the prefixes stands `$edition`. Knows nothing of where the files come from. Invariant: a place that does not exist is left out, so that no
//! number in a catalogue leads nowhere.

use std::sync::Arc;

use crate::{
    catalogue::{
        AccessLevel, Action, ActionResource, Catalogue, Edition, Key, KeyType, ResourceType,
        Service,
    },
    syntax::json::{Node, Value},
};

impl Catalogue {
    /// Takes in services. One that is there already keeps the descriptions that the new file does not have.
    pub(super) fn take_in_services(&mut self, root: &Node) {
        for (prefix, node) in members(root) {
            if prefix == EDITION {
                self.edition = edition(node).or_else(|| self.edition.take());
                continue;
            }
            let mut service = service(prefix, node);
            if let Some(known) = self.services.get(prefix) {
                keep_descriptions(&mut service, known);
            }
            self.services.insert(prefix.to_owned(), Arc::new(service));
        }
    }

    /// Takes in what actions and condition keys are for. Services that are not there get none, and neither does one
    /// that has another number of actions or keys: its file is of another day.
    pub(super) fn take_in_descriptions(&mut self, root: &Node) {
        for (prefix, node) in members(root) {
            let Some(service) = self.services.get_mut(prefix).map(Arc::make_mut) else {
                continue;
            };
            let actions = items(member(node, "a"));
            if actions.len() == service.actions.len() {
                for (action, text) in service.actions.iter_mut().zip(actions) {
                    action.description = description(text);
                }
            }
            let keys = items(member(node, "c"));
            if keys.len() == service.keys.len() {
                for (key, text) in service.keys.iter_mut().zip(keys) {
                    key.description = description(text);
                }
            }
        }
    }

    /// Takes in the condition keys that every service knows: an object of keys with `[type, what it is]`, or the bare
    /// type.
    pub(super) fn take_in_global_keys(&mut self, root: &Node) {
        for (name, node) in members(root) {
            let parts = items(Some(node));
            let value_type = string(node).or_else(|| parts.first().and_then(string));
            let key = Key {
                name: name.to_owned(),
                value_type: value_type.and_then(key_type),
                replaced_by: None,
                description: parts.get(1).and_then(description),
            };
            self.global_keys.insert(name.to_ascii_lowercase(), key);
        }
    }
}

/// The member beside the services that says of which day they are.
const EDITION: &str = "$edition";

fn edition(node: &Node) -> Option<Edition> {
    let text = |name| member(node, name).and_then(string).map(str::to_owned);
    Some(Edition {
        version: text("version")?,
        date: text("date")?,
    })
}

fn keep_descriptions(service: &mut Service, known: &Service) {
    for action in &mut service.actions {
        if action.description.is_none() {
            let before = known.action(&action.name);
            action.description = before.and_then(|it| it.description.clone());
        }
    }
    for key in &mut service.keys {
        if key.description.is_none() {
            let before = known.key(&key.name);
            key.description = before.and_then(|it| it.description.clone());
        }
    }
}

fn service(prefix: &str, node: &Node) -> Service {
    let name = member(node, "n").and_then(string).unwrap_or(prefix);
    let keys: Vec<Key> = items(member(node, "c")).iter().map(key).collect();
    let n_keys = keys.len();
    let resource_types: Vec<ResourceType> = items(member(node, "r"))
        .iter()
        .map(|it| resource_type(it, n_keys))
        .collect();
    let n_types = resource_types.len();
    let actions = items(member(node, "a")).iter();
    let mut actions: Vec<Action> = actions.map(|it| action(it, n_types, n_keys)).collect();
    actions.sort_by(|one, other| one.name.cmp(&other.name));
    Service {
        prefix: prefix.to_owned(),
        name: name.to_owned(),
        actions,
        resource_types,
        keys,
    }
}

fn action(node: &Node, n_types: usize, n_keys: usize) -> Action {
    let parts = items(Some(node));
    let text = |place: usize| parts.get(place).and_then(string);
    let resources = items(parts.get(2)).iter().filter_map(|it| {
        let (resource_type, is_required) = match &it.value {
            Value::Array(inner) => (inner.first().and_then(place)?, true),
            _ => (place(it)?, false),
        };
        (resource_type < n_types).then_some(ActionResource {
            resource_type,
            is_required,
        })
    });
    Action {
        name: text(0).unwrap_or_default().to_owned(),
        level: text(1).map_or(AccessLevel::Write, level),
        resources: resources.collect(),
        keys: places(parts.get(3), n_keys),
        dependent_actions: items(parts.get(4))
            .iter()
            .filter_map(|it| string(it).map(str::to_owned))
            .collect(),
        description: parts.get(5).and_then(description),
    }
}

fn resource_type(node: &Node, n_keys: usize) -> ResourceType {
    let parts = items(Some(node));
    let text = |place: usize| parts.get(place).and_then(string).unwrap_or_default();
    ResourceType {
        name: text(0).to_owned(),
        arn: text(1).to_owned(),
        keys: places(parts.get(2), n_keys),
    }
}

fn key(node: &Node) -> Key {
    let parts = items(Some(node));
    let name = string(node).or_else(|| parts.first().and_then(string));
    Key {
        name: name.unwrap_or_default().to_owned(),
        value_type: parts.get(1).and_then(string).and_then(key_type),
        replaced_by: parts.get(2).and_then(description),
        description: None,
    }
}

/// A letter that this program does not know is taken for the level that asks for most care.
fn level(letter: &str) -> AccessLevel {
    match letter {
        "L" => AccessLevel::List,
        "R" => AccessLevel::Read,
        "W" => AccessLevel::Write,
        "T" => AccessLevel::Tagging,
        _ => AccessLevel::PermissionsManagement,
    }
}

fn key_type(name: &str) -> Option<KeyType> {
    Some(match name {
        "String" => KeyType::String,
        "ARN" => KeyType::Arn,
        "Bool" => KeyType::Bool,
        "Numeric" => KeyType::Numeric,
        "Date" => KeyType::Date,
        "IPAddress" => KeyType::IpAddress,
        "Binary" => KeyType::Binary,
        "ArrayOfString" => KeyType::ArrayOfString,
        "ArrayOfARN" => KeyType::ArrayOfArn,
        "ArrayOfBool" => KeyType::ArrayOfBool,
        _ => return None,
    })
}

fn places(node: Option<&Node>, n_there: usize) -> Vec<usize> {
    let places = items(node).iter().filter_map(place);
    places.filter(|it| *it < n_there).collect()
}

fn place(node: &Node) -> Option<usize> {
    match &node.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}

fn string(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// An empty text says nothing.
fn description(node: &Node) -> Option<String> {
    string(node).filter(|it| !it.is_empty()).map(str::to_owned)
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|it| &it.value) {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

fn members(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let members = match &node.value {
        Value::Object(members) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|it| (it.key.value.as_str(), &it.value))
}

fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    members(node).find(|it| it.0 == name).map(|it| it.1)
}
