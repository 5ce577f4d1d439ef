//! The JSON Schema of scenarios (`docs/schema/scenario.schema.json`): it takes what Rolewalk writes and refuses what Rolewalk's
//! reader refuses.
//!
//! The schema is written by hand, so three things hold it to the types: values made of the schema alone, with every
//! member there is, are read; every member and every word of a list is one that the reader names itself when it meets an
//! unknown one; and each value of each place is taken away or exchanged, after which both answer alike. What differs on
//! purpose is in [`is_stricter`].
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

mod scenarios;

use std::collections::BTreeSet;

use jsonschema::Validator;
use rolewalk_core::scenario::Scenario;
use serde_json::{Map, Value, json};

use crate::scenarios::{all, opening};

const SCHEMA: &str = include_str!("../docs/schema/scenario.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn is_read(value: &Value) -> bool {
    Scenario::from_json(&value.to_string()).is_ok()
}

#[test]
fn the_schema_is_a_schema() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn everything_that_is_written_is_valid() {
    let validator = validator();
    for (name, scenario) in all() {
        let value: Value = serde_json::from_str(&scenario.to_json()).unwrap();
        if let Err(error) = validator.validate(&value) {
            panic!("{name}: {}: {error}", error.instance_path());
        }
    }
}

/// Worlds as people write them: policies as objects, nothing that has a default.
#[test]
fn what_is_written_by_hand_is_valid() {
    let validator = validator();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/lessons/worlds");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some());
    let mut n_files = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        if let Err(error) = validator.validate(&value) {
            panic!("{}: {}: {error}", file.display(), error.instance_path());
        }
        n_files += 1;
    }
    assert!(n_files >= 5);
}

#[test]
fn both_refuse_the_same() {
    let validator = validator();
    let base = serde_json::to_value(opening()).unwrap();
    assert!(validator.is_valid(&base) && is_read(&base));
    let changed = |pointer: &str, value: Value| {
        let mut changed = base.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match changed.pointer_mut(parent).unwrap() {
            Value::Object(it) => drop(it.insert(key.to_owned(), value)),
            Value::Array(it) => it[key.parse::<usize>().unwrap()] = value,
            _ => panic!("{pointer}"),
        }
        changed
    };
    for (pointer, value) in [
        ("/more", json!(1)),
        ("/rolewalk", json!("2")),
        ("/rolewalk", json!(99)),
        ("/name", json!(null)),
        ("/about", json!(["a"])),
        ("/world", json!([])),
        ("/world/region", json!(7)),
        ("/world/roles", json!("none")),
        ("/world/home/account", json!("1234")),
        ("/world/home/account", json!("11112222333x")),
        ("/world/home/roles/0/name", json!(true)),
        ("/world/home/roles/0/nmae", json!("x")),
        (
            "/world/home/roles/0/attachedPolicies",
            json!(["AdministratorAccess"]),
        ),
        ("/world/home/roles/0/maxSessionDuration", json!(-1)),
        ("/world/home/roles/0/maxSessionDuration", json!(1.5)),
        ("/world/home/roles/0/tags", json!({"team": 1})),
        ("/world/home/domains/0/authMode", json!("LDAP")),
        ("/world/home/domains/0/userProfiles", json!({})),
        ("/choice/mfa", json!("yes")),
        ("/choice/workload", json!("openStudios")),
        (
            "/choice/workload",
            json!({"apiCall": {"action": "s3:GetObject"}}),
        ),
        (
            "/choice/workload",
            json!({"openStudio": {}, "deleteProfile": {}}),
        ),
        ("/choice/sessionSeconds", json!("3600")),
        ("/checks", json!([{"name": "x"}])),
        (
            "/checks",
            json!([{"name": "x", "expect": {"stopsAt": "door 3"}}]),
        ),
        (
            "/invitation",
            json!({"text": "x", "changes": [{"at": "/x", "find": "y"}]}),
        ),
        ("/invitation", json!({"text": "x", "find": "y"})),
    ] {
        let value = changed(pointer, value);
        assert!(!is_read(&value), "the reader takes {pointer}");
        assert!(!validator.is_valid(&value), "the schema takes {pointer}");
    }
    for not in [
        json!(null),
        json!([]),
        json!({}),
        json!("scenario"),
        json!(2),
    ] {
        assert!(!is_read(&not) && !validator.is_valid(&not), "{not}");
    }
}

/// A place in a value, and the part of the schema that is about it.
#[derive(Clone, Debug)]
struct Place {
    pointer: String,
    schema: Value,
    /// The name of the definition that it is in, and the way from there.
    name: String,
}

/// Values with everything in them that the schema knows: of alternatives the one whose turn it is.
struct Maker {
    schema: Value,
    turn: usize,
    places: Vec<Place>,
}

impl Maker {
    fn new(turn: usize) -> Self {
        let schema = schema();
        Self {
            schema,
            turn,
            places: Vec::new(),
        }
    }

    fn make(&mut self, schema: &Value, pointer: &str, name: &str, depth: usize) -> Value {
        if let Some(definition) = schema.get("$ref").and_then(Value::as_str) {
            let definition = definition.trim_start_matches("#/$defs/").to_owned();
            let schema = self.schema["$defs"][&definition].clone();
            assert!(!schema.is_null(), "no definition of {definition}");
            return self.make(&schema, pointer, &definition, depth);
        }
        self.places.push(Place {
            pointer: pointer.to_owned(),
            schema: schema.clone(),
            name: name.to_owned(),
        });
        let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf"));
        if let Some(alternatives) = alternatives.and_then(Value::as_array) {
            let idx = self.turn % alternatives.len();
            return self.make(&alternatives[idx], pointer, &format!("{name}|{idx}"), depth);
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return words[self.turn % words.len()].clone();
        }
        let kind = schema.get("type");
        let kind = kind.and_then(|it| it.as_str().or_else(|| it.get(0)?.as_str()));
        match kind {
            Some("object") => self.object(schema, pointer, name, depth),
            Some("array") if depth > 14 => json!([]),
            Some("array") => {
                let item = self.make(
                    &schema["items"],
                    &format!("{pointer}/0"),
                    &format!("{name}[]"),
                    depth + 1,
                );
                json!([item])
            }
            Some("boolean") => json!(true),
            Some("integer") => json!(1),
            Some("string") => json!(string(schema, name)),
            _ => json!(null),
        }
    }

    fn object(&mut self, schema: &Value, pointer: &str, name: &str, depth: usize) -> Value {
        let mut members = Map::new();
        if let Some(inside) = schema
            .get("additionalProperties")
            .filter(|it| it.is_object())
        {
            let value = self.make(
                inside,
                &format!("{pointer}/key"),
                &format!("{name}.*"),
                depth + 1,
            );
            members.insert("key".to_owned(), value);
        }
        for (key, inside) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let value = self.make(
                inside,
                &format!("{pointer}/{key}"),
                &format!("{name}.{key}"),
                depth + 1,
            );
            members.insert(key.clone(), value);
        }
        Value::Object(members)
    }
}

/// A text of the form that is wanted there.
fn string(schema: &Value, name: &str) -> &'static str {
    match (name, schema.get("pattern")) {
        ("accountId", _) => "111122223333",
        ("arn", _) => "arn:aws:iam::111122223333:policy/P",
        ("documentId", _) => "trust:Role",
        (_, None) => "text",
        (name, Some(_)) => panic!("what is an example of {name}?"),
    }
}

/// As many turns as the longest list of alternatives has.
const TURNS: usize = 16;

fn made() -> Vec<(Value, Vec<Place>)> {
    let make = |turn| {
        let mut maker = Maker::new(turn);
        let value = maker.make(&schema(), "", "scenario", 0);
        (value, maker.places)
    };
    (0..TURNS).map(make).collect()
}

#[test]
fn what_the_schema_allows_is_read_whole() {
    let validator = validator();
    for (value, _) in made() {
        if let Err(error) = validator.validate(&value) {
            panic!("{}: {error}", error.instance_path());
        }
        Scenario::from_json(&value.to_string()).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// The words in backticks behind `expected` in what `serde` says, without those in which the reader differs on purpose.
fn expected(value: &Value) -> BTreeSet<String> {
    let error = serde_json::from_value::<Scenario>(value.clone()).unwrap_err();
    let error = error.to_string();
    let (_, words) = error
        .split_once("expected")
        .unwrap_or_else(|| panic!("{error}"));
    let words = words.split('`').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

/// Of an account and of a world of format 1, which is one account, and is not written any more.
const OF_BOTH: [&str; 18] = [
    "partition",
    "region",
    "organization",
    "home",
    "otherAccounts",
    "account",
    "name",
    "policies",
    "groups",
    "users",
    "roles",
    "domains",
    "buckets",
    "blockPublicAccess",
    "repositories",
    "logGroups",
    "keys",
    "vpcs",
];

#[test]
fn members_and_words_are_those_that_the_reader_names() {
    let mut seen = BTreeSet::new();
    for (value, places) in made() {
        for Place {
            pointer,
            schema,
            name,
        } in places
        {
            // Alternatives of an alteration are one type in the reader, whose own test names its members.
            if name.starts_with("alteration") || !seen.insert(name.clone()) {
                continue;
            }
            let mut changed = value.clone();
            let place = changed.pointer_mut(&pointer).unwrap();
            if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
                place
                    .as_object_mut()
                    .unwrap()
                    .insert("zzz".to_owned(), json!(1));
                let ours: BTreeSet<String> = properties.keys().cloned().collect();
                if name.starts_with("workload|") || name.starts_with("ask|") {
                    continue;
                }
                let theirs = expected(&changed);
                if ["world", "account"].contains(&name.as_str()) {
                    let both: BTreeSet<String> = OF_BOTH
                        .iter()
                        .map(|it| (*it).to_owned())
                        .chain(["vpcEndpoints".to_owned()])
                        .collect();
                    assert_eq!(theirs, both, "{name}");
                    assert!(ours.is_subset(&both), "{name}");
                } else {
                    assert_eq!(ours, theirs, "{name}");
                }
            } else if let Some(words) = schema.get("enum").and_then(Value::as_array) {
                *place = json!("zzz");
                let (name, _) = name.split_once('|').unwrap_or((&name, ""));
                let ours: BTreeSet<String> = match definition(name) {
                    Some(tags) => tags,
                    None => words
                        .iter()
                        .map(|it| it.as_str().unwrap().to_owned())
                        .collect(),
                };
                assert_eq!(ours, expected(&changed), "{name}");
            }
        }
    }
    let definitions = schema()["$defs"].as_object().unwrap().clone();
    for name in definitions.keys().filter(|it| *it != "alteration") {
        let is_seen = seen
            .iter()
            .any(|it| it == name || it.starts_with(&format!("{name}|")));
        assert!(is_seen, "nothing of the schema leads to {name}");
    }
}

/// The words and the tags of a list of alternatives.
fn definition(name: &str) -> Option<BTreeSet<String>> {
    let schema = schema();
    let alternatives = schema["$defs"][name].get("oneOf")?.as_array()?;
    let words = alternatives
        .iter()
        .flat_map(|it| it["enum"].as_array().into_iter().flatten());
    let words = words.filter_map(|it| Some(it.as_str()?.to_owned()));
    let tags = alternatives
        .iter()
        .filter_map(|it| it["properties"].as_object()?.keys().next().cloned());
    Some(words.chain(tags).collect())
}

/// Where the schema refuses what the reader takes: on purpose.
fn is_stricter(name: &str, value: &Value) -> bool {
    // A policy is text or an object; of other values the reader takes the text, which is then told as no policy.
    let is_policy = name
        .split(['|', '.'])
        .any(|it| ["policyText", "policy", "sessionPolicy"].contains(&it));
    // Only what is written now.
    (is_policy && !value.is_string()) || name == "scenario.rolewalk"
}

#[test]
fn each_place_is_held_to_its_type() {
    let validator = validator();
    let values = [
        json!(null),
        json!(true),
        json!(1),
        json!(-1),
        json!(1.5),
        json!("zzz"),
        json!([]),
        json!({}),
        json!([1]),
        json!({"zzz": 1}),
    ];
    let mut seen = BTreeSet::new();
    let mut n_compared = 0;
    let mut differing = Vec::new();
    for (value, places) in made() {
        for Place {
            pointer,
            name,
            schema,
        } in places
        {
            if pointer.is_empty() || !seen.insert(name.clone()) {
                continue;
            }
            let mut compare = |what: &str, changed: &Value, put: Option<&Value>| {
                let (read, valid) = (is_read(changed), validator.is_valid(changed));
                n_compared += 1;
                let is_fine = read == valid || read && put.is_some_and(|it| is_stricter(&name, it));
                if !is_fine {
                    differing.push(format!(
                        "{name} ({pointer}) {what}: read {read}, valid {valid}"
                    ));
                }
            };
            for put in &values {
                let mut changed = value.clone();
                *changed.pointer_mut(&pointer).unwrap() = put.clone();
                compare(&format!("as {put}"), &changed, Some(put));
            }
            for key in schema
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|it| it.0)
            {
                let mut changed = value.clone();
                changed
                    .pointer_mut(&pointer)
                    .unwrap()
                    .as_object_mut()
                    .unwrap()
                    .remove(key);
                compare(&format!("without {key}"), &changed, None);
            }
        }
    }
    assert!(
        differing.is_empty(),
        "{} of {n_compared}:\n{}",
        differing.len(),
        differing.join("\n")
    );
    assert!(n_compared > 3000, "{n_compared}");
}
