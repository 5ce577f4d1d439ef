//! What the documentation shows live comes to what its pages say.
//!
//! `docs/concepts/tries.json` says what each page tells to try. Each try is made here with the engine that the page runs,
//! and the page must name the door that stops the walk. Knows nothing of how a page looks.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use rolewalk_core::{
    explain::hop_short_title,
    flow::{self, Check, Flow, Hop, HopKind, Subject, Why},
    scenario::{Alteration, CheckOutcome, Scenario, run},
    trace::{Decision, EvalDecision, Layer, StatementRef},
    world::Documents,
};
use rolewalk_lessons::{course, start_worlds};
use serde::Deserialize;

/// What a page says where nothing stops the walk.
const OPEN: &str = "every door is open";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tries {
    #[serde(rename = "about")]
    _about: String,
    pages: Vec<Example>,
}

/// One example of a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    page: String,
    /// The file beside the page, or else the start world.
    scenario: Option<String>,
    world: Option<String>,
    tries: Vec<Try>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Try {
    id: String,
    says: String,
    #[serde(default)]
    after: Vec<String>,
    changes: Vec<Alteration>,
    stops_at: Option<HopKind>,
    /// Statements that the decision rests on: at that door, or at one of those that are open if all are.
    #[serde(default)]
    statements: Vec<String>,
}

impl Example {
    fn start(&self) -> Scenario {
        match (&self.scenario, &self.world) {
            (Some(file), None) => read(&docs().join("concepts").join(file)),
            (None, Some(slug)) => {
                let mut worlds = start_worlds().iter();
                let world = worlds.find(|it| it.slug == slug);
                let world = world.unwrap_or_else(|| panic!("there is no start world {slug}"));
                world.scenario().unwrap()
            }
            _ => panic!(
                "{}: either a file or a start world, and not both",
                self.page
            ),
        }
    }

    fn source(&self) -> &str {
        self.scenario.as_deref().or(self.world.as_deref()).unwrap()
    }

    fn tried(&self, id: &str) -> &Try {
        let found = self.tries.iter().find(|it| it.id == id);
        found.unwrap_or_else(|| panic!("{}: there is no try {id}", self.page))
    }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn read(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    Scenario::from_json(&text).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

fn page_text(name: &str) -> String {
    fs::read_to_string(docs().join("concepts").join(name))
        .unwrap_or_else(|it| panic!("{name}: {it}"))
}

fn tries() -> Tries {
    let text = fs::read_to_string(docs().join("concepts/tries.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn walk(scenario: &Scenario) -> Flow {
    let documents = Documents::parse(&scenario.world);
    flow::walk(&scenario.world, &documents, &scenario.choice)
}

fn stopped_by(flow: &Flow) -> Option<&Hop> {
    let hop = flow.blocked_at().and_then(|it| flow.hops.get(it));
    hop.map(AsRef::as_ref)
}

fn stops_at(flow: &Flow) -> Option<HopKind> {
    stopped_by(flow).map(|it| it.kind)
}

/// The checks that the verdict rests on: those that shut the door, or all if no door is shut.
fn decisive(flow: &Flow) -> Vec<&Check> {
    match stopped_by(flow) {
        Some(hop) => hop.failing().collect(),
        None => flow.hops.iter().flat_map(|it| &it.checks).collect(),
    }
}

/// The statements that a check's decision rests on; those that were only tested are not among them.
fn deciding(check: &Check) -> &[StatementRef] {
    match &check.subject {
        Subject::Authorization { trace, .. } => match &trace.decision {
            Decision::Allowed { by } | Decision::ExplicitDeny { by, .. } => by,
            Decision::ImplicitDeny { .. } => &[],
        },
        Subject::Gate { .. } => &[],
    }
}

fn decides(flow: &Flow, sid: &str) -> bool {
    let mut by = decisive(flow).into_iter().flat_map(deciding);
    by.any(|it| it.sid.as_ref().is_some_and(|it| it.as_str() == sid))
}

/// Why a check shuts its door, without the texts it read: an edit that changes nothing leaves it as it is.
#[derive(Debug, PartialEq)]
struct Reason {
    why: Why,
    /// The answer, the layers that had to allow and did not, and those that deny; nothing where IAM is not asked.
    decision: Option<(EvalDecision, Vec<Layer>, Vec<Layer>)>,
}

impl Reason {
    fn of(check: &Check) -> Self {
        let decision = match &check.subject {
            Subject::Authorization { trace, .. } => {
                let denies = trace.blockers().into_iter().filter(|it| it.denies);
                let denies = denies.map(|it| it.layer).collect();
                let missing = trace.decision.missing().to_vec();
                Some((trace.decision.kind(), missing, denies))
            }
            Subject::Gate { .. } => None,
        };
        Self {
            why: check.why,
            decision,
        }
    }
}

/// Where the walk stops and why; nothing where every door is open.
fn verdict(flow: &Flow) -> Option<(HopKind, Vec<Reason>)> {
    let kind = stops_at(flow)?;
    Some((kind, decisive(flow).into_iter().map(Reason::of).collect()))
}

/// Lists and paragraphs with their lines joined, as a reader sees them.
fn paragraphs(page: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut begins = true;
    for line in page.lines() {
        let text = line.trim();
        let is_item = text.starts_with("- ") || text.starts_with("1. ");
        if text.is_empty() {
            begins = true;
            continue;
        }
        match found.last_mut() {
            Some(last) if !begins && !is_item => {
                last.push(' ');
                last.push_str(text);
            }
            _ => found.push(text.to_owned()),
        }
        begins = false;
    }
    found
}

/// Whether a folder among the documentation is what some tool has left there.
fn is_left_out(name: &str) -> bool {
    let all = include_str!("../crates/xtask/src/left_out.txt");
    all.lines().any(|it| it == name)
}

/// All scenarios below a folder, but not in what was installed or built there.
fn scenario_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !is_left_out(&name) {
                scenario_files(&path, found);
            }
        } else if name.ends_with(".rolewalk.json") {
            found.push(path);
        }
    }
}

#[test]
fn every_scenario_of_the_documentation_comes_to_what_it_says() {
    let mut files = Vec::new();
    scenario_files(&docs(), &mut files);
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let scenario = read(&file);
        let name = file.display();
        assert!(
            !scenario.checks.is_empty(),
            "{name}: says nothing of itself"
        );
        for (id, document) in Documents::parse(&scenario.world).iter() {
            let said = &document.diagnostics;
            assert!(said.is_empty(), "{name}: {id:?}: {said:#?}");
        }
        for check in &scenario.checks {
            match run(&scenario, check) {
                CheckOutcome::Passed { .. } => (),
                CheckOutcome::Failed { mismatches, flow } => {
                    let doors = flow.hops.iter();
                    let doors: Vec<_> = doors.map(|it| (it.kind, it.outcome())).collect();
                    panic!("{name}: {}: {mismatches:#?}\n{doors:?}", check.name)
                }
                CheckOutcome::Invalid { documents } => panic!("{name}: {documents:?}"),
            }
        }
    }
}

#[test]
fn what_each_scenario_invites_to_changes_its_verdict() {
    let mut files = Vec::new();
    scenario_files(&docs(), &mut files);
    for file in files {
        let scenario = read(&file);
        let Some(invitation) = &scenario.invitation else {
            panic!("{}: nothing to try", file.display());
        };
        let changed = Alteration::apply_all(&invitation.changes, &scenario)
            .unwrap_or_else(|| panic!("{}: the invitation does not fit", file.display()));
        let (before, after) = (verdict(&walk(&scenario)), verdict(&walk(&changed)));
        assert_ne!(before, after, "{}", file.display());
    }
}

#[test]
fn each_try_comes_to_what_its_page_says() {
    let mut wrong = Vec::new();
    for page in tries().pages {
        let text = page_text(&page.page);
        let paragraphs = paragraphs(&text);
        let shown = format!("src=\"{}\"", page.source());
        if !text.contains(&shown) {
            wrong.push(format!("{}: has no {shown}", page.page));
        }
        for attempt in &page.tries {
            let told = problems(&page, attempt, &paragraphs);
            let at = format!("{}, {}", page.page, attempt.id);
            wrong.extend(told.into_iter().map(|it| format!("{at}: {it}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a try comes to that it should not, or that its page does not say.
fn problems(page: &Example, attempt: &Try, paragraphs: &[String]) -> Vec<String> {
    let mut scenario = page.start();
    let before = attempt.after.iter().map(|it| page.tried(it));
    for one in before.chain([attempt]) {
        let Some(changed) = Alteration::apply_all(&one.changes, &scenario) else {
            return vec![format!("{} does not fit", one.id)];
        };
        scenario = changed;
    }
    let mut wrong = Vec::new();
    let flow = walk(&scenario);
    if stops_at(&flow) != attempt.stops_at {
        let doors: Vec<_> = flow.hops.iter().map(|it| (it.kind, it.outcome())).collect();
        wrong.push(format!("stops at {:?} of {doors:?}", stops_at(&flow)));
    }
    let door = match attempt.stops_at {
        Some(kind) => format!("**{}**", hop_short_title(kind)),
        None => OPEN.to_owned(),
    };
    let said = paragraphs.iter().filter(|it| it.contains(&attempt.says));
    let said: Vec<_> = said.collect();
    if !said.iter().any(|it| it.contains(&door)) {
        wrong.push(format!("no paragraph says “{}” and {door}", attempt.says));
    }
    for sid in &attempt.statements {
        if !decides(&flow, sid) {
            wrong.push(format!("{sid} does not decide"));
        }
        let name = format!("`{sid}`");
        if !said.iter().any(|it| it.contains(&name)) {
            wrong.push(format!("no paragraph says “{}” and {name}", attempt.says));
        }
    }
    wrong
}

#[test]
fn a_statement_that_was_only_tested_decides_nothing() {
    let pages = tries().pages;
    let page = pages.iter().find(|it| it.page == "iam.md").unwrap();
    let after = |id: &str| {
        let changed = Alteration::apply_all(&page.tried(id).changes, &page.start());
        walk(&changed.unwrap())
    };
    let (silent, denied) = (after("action"), after("deny"));
    assert!(
        serde_json::to_string(&silent)
            .unwrap()
            .contains("KeepOutOfPayroll")
    );
    assert!(!decides(&silent, "KeepOutOfPayroll"));
    assert!(decides(&denied, "KeepOutOfPayroll"));
    assert_eq!(stops_at(&silent), stops_at(&denied));
    assert_ne!(
        verdict(&silent),
        verdict(&denied),
        "the same door for another reason"
    );
}

#[test]
fn every_example_of_a_page_has_something_to_try() {
    let tries = tries();
    let mut told: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for page in &tries.pages {
        told.entry(&page.page).or_default().insert(page.source());
    }
    for entry in fs::read_dir(docs().join("concepts")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|it| it != "md") || name == "README.md" {
            continue;
        }
        let text = page_text(&name);
        let examples = text.split("<rolewalk-playground").skip(1);
        let shown: BTreeSet<&str> = examples
            .map(|it| it.split("src=\"").nth(1).unwrap())
            .map(|it| it.split('"').next().unwrap())
            .collect();
        for example in text.split("<rolewalk-playground").skip(1) {
            let of = |attribute: &str| {
                let found = example.split(&format!(" {attribute}=\"")).nth(1);
                found.and_then(|it| it.split('"').next())
            };
            let Some(open) = of("open") else { continue };
            let page = tries.pages.iter().find(|it| of("src") == Some(it.source()));
            let start = page.unwrap().start();
            let texts = start.world.documents();
            let is_there = texts.iter().any(|it| it.0.name().to_string() == open);
            assert!(is_there, "{name}: there is no text {open}");
        }
        assert!(!shown.is_empty(), "{name} has no live example");
        let listed = told.get(name.as_str()).cloned().unwrap_or_default();
        assert_eq!(
            shown, listed,
            "{name}: the examples, and those that tries.json has"
        );
    }
}

/// Every page of the documentation, by its path in it; those of the samples are other people's.
fn pages(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_sample = matches!(name.as_str(), "src" | "docs") || is_left_out(&name);
        if path.is_dir() && !is_sample {
            pages(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") && name != "SUMMARY.md" {
            let inside = path.strip_prefix(docs()).unwrap();
            found.insert(inside.to_string_lossy().replace('\\', "/"));
        }
    }
}

#[test]
fn every_page_of_the_documentation_is_a_chapter_of_the_book() {
    let mut there = BTreeSet::new();
    pages(&docs(), &mut there);
    let summary = fs::read_to_string(docs().join("SUMMARY.md")).unwrap();
    let chapters = summary.split("](").skip(1);
    let chapters: BTreeSet<String> = chapters
        .map(|it| it.split(')').next().unwrap().to_owned())
        .collect();
    assert_eq!(there, chapters, "docs/, and docs/SUMMARY.md");
}

#[test]
fn lessons_that_the_documentation_links_to_are_there() {
    let course = course().unwrap();
    let ids: BTreeSet<&str> = course
        .lessons
        .iter()
        .map(|it| it.sheet.id.as_str())
        .collect();
    let mut n_links = 0;
    for entry in fs::read_dir(docs().join("concepts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("#/learn/").skip(1) {
            let end = link.find([')', '"', '/']).unwrap_or(link.len());
            let (id, _) = link.split_at(end);
            assert!(ids.contains(id), "{}: no lesson {id}", path.display());
            n_links += 1;
        }
    }
    assert!(n_links >= 10, "{n_links}");
}
