//! Everything CI runs, in order: each step named, timed, and repeatable on its own.
//!
//! A failed step does not stop the others, except those that need what it should have made.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::lighthouse::{self, Performance};
use crate::run;
use crate::setup::{Need, Setup};
use crate::{book, embedding, package, reference_data, site, size};

/// Crates, and what none of them may depend on: core and lessons work where there is no browser, and
/// the page and the npm package do not know each other.
const APART: &[(&str, &[&str])] = &[
    ("rolewalk-core", BROWSER_ONLY),
    ("rolewalk-lessons", BROWSER_ONLY),
    ("rolewalk-web", &["rolewalk-wasm"]),
    ("rolewalk-wasm", &["rolewalk-web", "rolewalk-lessons"]),
];
const BROWSER_ONLY: &[&str] = &["wasm-bindgen", "js-sys", "web-sys"];

struct Step {
    name: &'static str,
    needs: &'static [Need],
    /// The step whose failure makes this one pointless.
    after: Option<&'static str>,
    run: fn(&mut Setup) -> Result<Outcome>,
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped(&'static str),
    Failed,
}

const STEPS: &[Step] = &[
    step("setup", Need::ALL, check_setup),
    step("fmt", &[], |setup| {
        cargo(setup, &["fmt", "--all", "--check"])
    }),
    step("data", &[], |setup| {
        reference_data::check_lock(&setup.project).map(|()| Outcome::Passed)
    }),
    step("clippy", &[], |setup| {
        cargo(
            setup,
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        )
    }),
    step("clippy-wasm", &[Need::WasmTarget], clippy_wasm),
    step("native", &[Need::CfnLint, Need::Peers], |setup| {
        cargo(setup, &["test", "--workspace", "--no-fail-fast"])
    }),
    step("docs", &[], docs),
    step("layers", &[], layers),
    step("deny", &[Need::CargoDeny], deny),
    step("editor", &[Need::WebPackages], check_editor),
    step("site", Need::SITE, |setup| {
        site::build(setup, None).map(|()| Outcome::Passed)
    }),
    Step {
        after: Some("site"),
        ..step("book", Need::BOOK, book)
    },
    step(
        "package",
        &[
            Need::PackageTools,
            Need::Vite,
            Need::BrowserPackages,
            Need::Chromium,
        ],
        package,
    ),
    Step {
        after: Some("package"),
        ..step("peer", &[Need::Peers], peer)
    },
    Step {
        after: Some("site"),
        ..step("browser", Need::BROWSER, browser)
    },
    Step {
        after: Some("site"),
        ..step("size", &[], measure)
    },
    // Accessibility, best practices and SEO are the same on a busy machine; performance is printed here, and counts in
    // `cargo xtask lighthouse`.
    Step {
        after: Some("site"),
        ..step("lighthouse", &[Need::Lighthouse], |setup| {
            lighthouse::lighthouse(setup, Performance::IsPrinted).map(|()| Outcome::Passed)
        })
    },
];

const fn step(
    name: &'static str,
    needs: &'static [Need],
    run: fn(&mut Setup) -> Result<Outcome>,
) -> Step {
    Step {
        name,
        needs,
        after: None,
        run,
    }
}

pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// The first of these words that names no step.
pub(crate) fn unknown<'a>(words: &[&'a str]) -> Option<&'a str> {
    words
        .iter()
        .find(|word| STEPS.iter().all(|step| step.name != **word))
        .copied()
}

/// Runs the named steps, or all of them if none is named.
pub(crate) fn test(setup: &mut Setup, wanted: &[&str]) -> ExitCode {
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| wanted.is_empty() || wanted.contains(&step.name))
        .collect();
    let start = Instant::now();
    let mut results: Vec<(&Step, Outcome, Duration)> = Vec::new();
    for (step_idx, step) in steps.iter().enumerate() {
        let title = format!("[{:>2}/{}] {}", step_idx + 1, steps.len(), step.name);
        let pointless = results.iter().any(|(earlier, outcome, _)| {
            Some(earlier.name) == step.after && *outcome == Outcome::Failed
        });
        println!("\n{title}");
        run::flush();
        let step_start = Instant::now();
        let outcome = if pointless {
            Outcome::Skipped("it needs a step that failed")
        } else {
            setup
                .need(step.needs)
                .and_then(|()| (step.run)(setup))
                .unwrap_or_else(|error| {
                    println!("error: {error:#}");
                    Outcome::Failed
                })
        };
        let elapsed = step_start.elapsed();
        println!("{title} … {} {}", word(&outcome), run::time(elapsed));
        results.push((step, outcome, elapsed));
    }
    conclude(&results, start.elapsed())
}

fn conclude(results: &[(&Step, Outcome, Duration)], total: Duration) -> ExitCode {
    println!();
    for (step, outcome, elapsed) in results {
        let note = match outcome {
            Outcome::Skipped(why) => format!("  ({why})"),
            _ => String::new(),
        };
        let time = run::time(*elapsed);
        println!("  {:<12}{:<8}{time:>12}{note}", step.name, word(outcome));
    }
    println!("  {:<20}{:>12}", "together", run::time(total));
    let failed: Vec<&str> = results
        .iter()
        .filter(|(_, outcome, _)| *outcome == Outcome::Failed)
        .map(|(step, ..)| step.name)
        .collect();
    if failed.is_empty() {
        println!("\nno step failed");
        return ExitCode::SUCCESS;
    }
    println!("\nfailed; to run just one of them again:");
    for name in failed {
        println!("  cargo xtask test {name}");
    }
    ExitCode::FAILURE
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "ok",
        Outcome::Skipped(_) => "skipped",
        Outcome::Failed => "FAILED",
    }
}

fn cargo(setup: &Setup, words: &[&str]) -> Result<Outcome> {
    run::stream(setup.command("cargo").args(words))?;
    Ok(Outcome::Passed)
}

fn check_setup(setup: &mut Setup) -> Result<Outcome> {
    setup.check_versions()?;
    if env::var_os("CI").is_some() {
        // What is tested must be what is committed, and starting xtask has brought the lock file up to date.
        let mut git = setup.command("git");
        git.args(["status", "--porcelain", "--", "Cargo.lock"]);
        if run::answer(&mut git).is_some_and(|changes| !changes.is_empty()) {
            bail!("the committed Cargo.lock is not up to date: run `cargo check` and commit it");
        }
    }
    Ok(Outcome::Passed)
}

fn clippy_wasm(setup: &mut Setup) -> Result<Outcome> {
    if !setup.active_toolchain_has_wasm() {
        return Ok(Outcome::Skipped(
            "the compiler that stands in for the wasm target has no clippy",
        ));
    }
    cargo(
        setup,
        &[
            "clippy",
            "--package",
            "rolewalk-web",
            "--package",
            "rolewalk-wasm",
            "--features",
            "rolewalk-web/split",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ],
    )
}

fn docs(setup: &mut Setup) -> Result<Outcome> {
    let mut doc = setup.command("cargo");
    doc.args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings");
    run::stream(&mut doc)?;
    Ok(Outcome::Passed)
}

fn layers(setup: &mut Setup) -> Result<Outcome> {
    for (package, banned) in APART {
        let mut tree = setup.command("cargo");
        tree.args(["tree", "--package", package, "--edges", "normal"])
            .args(["--target", "all", "--prefix", "none", "--format", "{p}"]);
        let tree = run::output(&mut tree)?;
        let found = tree
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .find(|name| banned.contains(name));
        if let Some(found) = found {
            bail!(
                "{package} depends on {found}: `cargo tree --package {package} --edges normal --target all \
                 --invert {found}` shows the way"
            );
        }
        println!("{package} is free of {}", banned.join(", "));
    }
    Ok(Outcome::Passed)
}

fn deny(setup: &mut Setup) -> Result<Outcome> {
    let mut deny = setup.command("cargo-deny");
    deny.args(["--workspace", "check", "licenses", "bans", "sources"]);
    run::stream(&mut deny)?;
    Ok(Outcome::Passed)
}

/// The TypeScript of the editor and of the widget has the right types, and the editor finds what changes between texts.
fn check_editor(setup: &mut Setup) -> Result<Outcome> {
    let mut tsc = setup.command("tsc");
    run::stream(tsc.args(["--noEmit", "--project", "web/editor"]))?;
    let mut tsc = setup.command("tsc");
    run::stream(tsc.args(["--noEmit", "--project", "web/widget"]))?;
    let mut node = setup.command("node");
    node.current_dir(setup.project.root.join("web")).args([
        "--test",
        "--test-reporter=spec",
        "editor/test/changes.test.js",
    ]);
    run::stream(&mut node)?;
    Ok(Outcome::Passed)
}

/// The package answers as the native half does, and as its types say.
fn package(setup: &mut Setup) -> Result<Outcome> {
    package::build_if_old(setup)?;
    let folder = setup.project.target().join("xtask");
    fs::create_dir_all(&folder)?;
    let mut node = node_test(setup, "tests/package");
    for (variable, package, words, file) in NATIVE_HALF {
        let mut example = setup.command("cargo");
        example.args(["run", "--quiet", "--package", package, "--example"]);
        let path = folder.join(file);
        fs::write(&path, run::output(example.args(*words))?)?;
        node.env(variable, path);
    }
    run::stream(&mut node)?;
    Ok(Outcome::Passed)
}

/// What the tests of the package compare it with: variable, package, example with its words, file.
const NATIVE_HALF: &[(&str, &str, &[&str], &str)] = &[
    (
        "ROLEWALK_ANSWERS",
        "rolewalk-wasm",
        &["corpus_answers", "tests/corpus"],
        "corpus-answers.jsonl",
    ),
    (
        "ROLEWALK_WORLDS",
        "rolewalk-lessons",
        &["start_worlds"],
        "start-worlds.jsonl",
    ),
];

/// Every difference to the peer is on the list.
fn peer(setup: &mut Setup) -> Result<Outcome> {
    package::build_if_old(setup)?;
    run::stream(&mut node_test(setup, "tests/peer"))?;
    Ok(Outcome::Passed)
}

fn node_test(setup: &Setup, folder: &str) -> Command {
    let mut node = setup.command("node");
    node.current_dir(setup.project.root.join(folder))
        .args(["--test", "--test-reporter=spec"])
        .env("ROLEWALK_PACKAGE", package::folder(setup));
    node
}

/// The documentation and the samples are built by the very tools that build them elsewhere.
fn book(setup: &mut Setup) -> Result<Outcome> {
    book::build(setup)?;
    embedding::build(setup)?;
    Ok(Outcome::Passed)
}

fn browser(setup: &mut Setup) -> Result<Outcome> {
    site::build_if_old(setup)?;
    book::build_if_old(setup)?;
    embedding::build_if_old(setup)?;
    package::build_if_old(setup)?;
    let account = generated_account(setup)?;
    let mut node = node_test(setup, "tests/e2e");
    node.env("ROLEWALK_ACCOUNT", account);
    node.env("ROLEWALK_SAMPLES", embedding::site(&setup.project));
    run::stream(node.env("ROLEWALK_DIST", setup.project.dist()))?;
    Ok(Outcome::Passed)
}

/// The output of the AWS CLI for an account that there is not, for the journey that imports one.
fn generated_account(setup: &mut Setup) -> Result<PathBuf> {
    let folder = setup.project.target().join("xtask");
    fs::create_dir_all(&folder)?;
    let path = folder.join("account.json");
    let mut example = setup.command("cargo");
    example.args(["run", "--quiet", "--package", "rolewalk-tests"]);
    let text = run::output(example.args(["--example", "generate_account", "200"]))?;
    fs::write(&path, text)?;
    Ok(path)
}

fn measure(setup: &mut Setup) -> Result<Outcome> {
    site::build_if_old(setup)?;
    size::report(setup)?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::{STEPS, names, unknown};

    #[test]
    fn step_names_are_known_and_told_apart() {
        assert_eq!(unknown(&names()), None);
        assert_eq!(unknown(&["clippy", "clipy"]), Some("clipy"));
        let mut sorted = names();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), STEPS.len());
    }

    #[test]
    fn a_step_stands_behind_the_one_it_needs() {
        let names = names();
        for (step_idx, step) in STEPS.iter().enumerate() {
            if let Some(earlier) = step.after {
                let earlier_idx = names.iter().position(|name| *name == earlier);
                assert!(
                    earlier_idx.is_some_and(|idx| idx < step_idx),
                    "{}",
                    step.name
                );
            }
        }
    }
}
