//! Best practices as findings over a world: each is found where it is and nowhere else.
//!
//! `advice/base.json` is a world that draws no advice. A case in one of the files beside it sets
//! values by JSON pointer and gives statements other elements; what comes of it is compared whole, so
//! a finding that nobody asked for fails it. `unless` has what takes the findings away again.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test: a failed read is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
    sync::LazyLock,
};

use rolewalk_core::{
    advise::{Advice, advise},
    by_name::ByName,
    catalogue::{Catalogue, CatalogueFile},
    explain::Spot,
    scenario::Scenario,
    world::{DocumentId, Documents, EntityId},
};
use rolewalk_lessons::start_worlds;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is so.
    name: String,
    /// Where people report it.
    #[serde(default)]
    source: Option<String>,
    #[serde(flatten)]
    change: Change,
    expect: Vec<Expected>,
    /// What takes every finding away again.
    #[serde(default)]
    unless: Vec<Unless>,
}

#[derive(Debug, Deserialize)]
struct Unless {
    /// What is so.
    name: String,
    #[serde(flatten)]
    change: Change,
}

#[derive(Debug, Deserialize)]
struct Change {
    /// Values by JSON pointer into the scenario.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    /// A policy, the `Sid` of a statement in it or of a new one, and the elements that it gets.
    #[serde(default)]
    statements: Vec<(DocumentId, String, ByName<Value>)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    severity: String,
    at: Place,
    /// Parts of the words.
    #[serde(default)]
    says: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, untagged)]
enum Place {
    Entity {
        entity: EntityId,
    },
    Text {
        document: DocumentId,
        /// The very characters.
        text: String,
    },
}

/// What the page has after its first pause: the core services.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let core = CatalogueFile::Core;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    let mut catalogue = Catalogue::default();
    catalogue
        .read(core, &fs::read_to_string(folder.join(core.name())).unwrap())
        .unwrap();
    catalogue
});

fn base() -> Value {
    serde_json::from_str(include_str!("advice/base.json")).unwrap()
}

fn apply(json: &mut Value, change: &Change) {
    for (pointer, value) in &change.set {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = json.pointer_mut(parent).unwrap();
        match parent {
            Value::Array(items) if key == "-" => items.push(value.clone()),
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            other => other[key] = value.clone(),
        }
    }
}

fn scenario(changes: &[&Change]) -> Scenario {
    let mut json = base();
    for change in changes {
        apply(&mut json, change);
    }
    let mut scenario = Scenario::from_json(&json.to_string()).unwrap();
    for (document, sid, elements) in changes.iter().flat_map(|it| &it.statements) {
        let text = scenario.world.document_mut(document).unwrap();
        *text = text.with_statement(sid, Some(elements)).unwrap();
    }
    scenario
}

fn advice(scenario: &Scenario) -> Vec<Advice> {
    let documents = Documents::parse(&scenario.world);
    let broken: Vec<_> = documents.with_errors().collect();
    assert!(broken.is_empty(), "{broken:#?}");
    advise(
        &scenario.world,
        &documents,
        &CATALOGUE,
        &scenario.choice.time,
    )
}

/// A finding in one line: what, how much it matters, where.
fn line(scenario: &Scenario, it: &Advice) -> String {
    let place = match &it.place {
        Spot::Text { document, span } => {
            let text = scenario.world.document(document).unwrap().as_str();
            let span = span.start as usize..span.end as usize;
            format!("{} {}", document.name().as_str(), &text[span])
        }
        Spot::Document(document) => document.name().as_str().to_owned(),
        Spot::Entity(entity) => entity.key(),
    };
    let severity = it.severity.word().to_lowercase();
    format!("{severity} {} at {place}", it.finding.code())
}

fn told(scenario: &Scenario, it: &Advice) -> String {
    let words = it.finding.words(&scenario.world);
    format!("{}\n{}\n{}", words.title, words.why, words.fix)
}

impl Expected {
    fn line(&self) -> String {
        let place = match &self.at {
            Place::Entity { entity } => entity.key(),
            Place::Text { document, text } => format!("{} {text}", document.name().as_str()),
        };
        format!("{} {} at {place}", self.severity, self.code)
    }
}

#[test]
fn the_base_draws_no_advice() {
    let scenario = scenario(&[]);
    let found = advice(&scenario);
    let lines: Vec<_> = found.iter().map(|it| line(&scenario, it)).collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

#[test]
fn each_finding_is_found_where_it_is_and_goes_when_it_is_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("advice");
    let mut names = BTreeSet::new();
    let mut failures = String::new();
    let mut n_cases = 0;
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let is_case = file.extension().is_some_and(|it| it == "json");
        if !is_case || file.file_name().unwrap() == "base.json" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let cases: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|it| panic!("{}: {it}", file.display()));
        for case in cases {
            assert!(names.insert(case.name.clone()), "twice: {}", case.name);
            let is_address = |it: &String| it.starts_with("https://");
            assert!(case.source.as_ref().is_none_or(is_address), "{}", case.name);
            n_cases += 1;
            for wrong in wrong(&case) {
                writeln!(failures, "{}: {wrong}", case.name).unwrap();
            }
        }
    }
    assert!(30 < n_cases, "{n_cases}");
    assert!(failures.is_empty(), "\n{failures}");
}

fn wrong(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let changed = scenario(&[&case.change]);
    let found = advice(&changed);
    let lines: Vec<_> = found.iter().map(|it| line(&changed, it)).collect();
    let expected: Vec<_> = case.expect.iter().map(Expected::line).collect();
    if lines != expected {
        wrong.push(format!("{lines:#?}, expected {expected:#?}"));
    }
    for (it, expected) in found.iter().zip(&case.expect) {
        let told = told(&changed, it);
        for part in &expected.says {
            if !told.contains(part.as_str()) {
                wrong.push(format!("`{part}` is not in\n{told}"));
            }
        }
    }
    for unless in &case.unless {
        let mended = scenario(&[&case.change, &unless.change]);
        let left = advice(&mended);
        let is_left = |it: &&Advice| case.expect.iter().any(|x| x.code == it.finding.code());
        for it in left.iter().filter(is_left) {
            wrong.push(format!("unless {}: {}", unless.name, line(&mended, it)));
        }
    }
    wrong
}

#[test]
fn what_is_advised_of_the_start_worlds() {
    let mut told = String::new();
    for start in start_worlds() {
        let scenario = start.scenario().unwrap();
        writeln!(told, "{}", start.slug).unwrap();
        for it in advice(&scenario) {
            let title = it.finding.words(&scenario.world).title;
            writeln!(told, "  {}\n    {title}", line(&scenario, &it)).unwrap();
        }
    }
    let expected = include_str!("advice/start_worlds.txt");
    assert!(told == expected, "found:\n{told}");
}
