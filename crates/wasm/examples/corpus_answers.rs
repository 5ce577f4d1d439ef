//! Prints what the native half answers to every case of the corpus, one JSON line each:
//! `{"name", "case", "answer"}`. `tests/package` compares the package's own answers with it.
//!
//! Usage: `cargo run -p rolewalk-wasm --example corpus_answers FOLDER`

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool of the tests: it prints, and what fails fails loudly"
)]

use std::{env, fs, path::Path};

use rolewalk_wasm::{answer::Answer, finding::Reply, policies};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    request: Box<RawValue>,
    policies: Box<RawValue>,
    settings: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Question {
    request: Box<RawValue>,
    policies: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    case: Box<RawValue>,
    answer: Reply<Answer>,
}

fn main() {
    let root = env::args().nth(1).unwrap();
    print_folder(Path::new(&root));
}

fn print_folder(folder: &Path) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        // Those are scenarios, not requests.
        if path.ends_with("misconfigurations") {
            continue;
        }
        if path.is_dir() {
            print_folder(&path);
        } else if path.extension().is_some_and(|it| it == "json") {
            print_file(&path);
        }
    }
}

fn print_file(path: &Path) {
    let file: File = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for case in file.cases {
        let question = Question {
            request: case.request,
            policies: case.policies,
            settings: case.settings,
        };
        let question = compact(&serde_json::to_string(&question).unwrap());
        let line = Line {
            name: format!("{}: {}", path.display(), case.name),
            answer: policies::evaluate(&question).into(),
            case: to_raw_value(&RawValue::from_string(question).unwrap()).unwrap(),
        };
        println!("{}", serde_json::to_string(&line).unwrap());
    }
}

/// As `JSON.stringify` writes it, without blanks: what spans of a document given as an object count.
fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let mut is_text = false;
    let mut is_escaped = false;
    for it in json.chars() {
        if is_text || !it.is_ascii_whitespace() {
            compact.push(it);
        }
        if is_text && !is_escaped && it == '\\' {
            is_escaped = true;
            continue;
        }
        if it == '"' && !is_escaped {
            is_text = !is_text;
        }
        is_escaped = false;
    }
    compact
}
