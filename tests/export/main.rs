//! A world in the forms that others read: each says the same as the world, the same bytes each time,
//! and no name breaks out of its quotes.
//!
//! What is written is read back by somebody else: a shell reads the commands with `aws` replaced by a
//! recorder, `serde_json` the templates, `hcl-rs` the configurations of Terraform, our own import what
//! the CLI prints. Then it is compared, fact by fact, with the world.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test: a failed read is a failed test, and what is skipped is said"
)]

mod cli;
mod cloud_formation;
mod commands;
mod facts;
#[path = "../generate_account.rs"]
mod generate_account;
mod hcl_read;
mod hostile;
mod left_out;
mod networked;
mod output;
mod policies;
mod terraform;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ffi::OsString,
    fs,
    path::Path,
    path::PathBuf,
    process::Command,
};

use rolewalk_core::{
    export::{Exported, Form, Part, export},
    import::{Input, import_alone},
    library::Library,
    world::{Account, World},
};
use rolewalk_lessons::{add_aws_managed_policies, aws_managed_policy, start_worlds};

/// Every world that is exported, with its name: those to start from, those of the library, imported
/// ones, one of 200 roles, one with networks, and one whose names are made to break out.
fn worlds() -> Vec<(String, World)> {
    let given = start_worlds().iter();
    let given = given.map(|it| (it.slug.to_owned(), it.scenario().unwrap().world));
    let mut worlds: Vec<(String, World)> = given.collect();
    worlds.extend(library());
    let generated = [input("account.json", generate_account::account(200))];
    worlds.push(("generated".to_owned(), alone(&generated)));
    worlds.push(("imported".to_owned(), alone(&files_to_import())));
    worlds.push(("networked".to_owned(), networked::world()));
    worlds.push(("hostile".to_owned(), hostile::world()));
    worlds
}

fn tests() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The base of the misconfigurations, and each of them.
fn library() -> Vec<(String, World)> {
    let folder = tests().join("corpus/misconfigurations");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| !it.ends_with("base.json"))
        .collect();
    files.sort();
    let parts: Vec<String> = files
        .iter()
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    let base = fs::read_to_string(folder.join("base.json")).unwrap();
    let json = format!(
        "{{\"base\":{base},\"misconfigurations\":[{}]}}",
        parts.join(",")
    );
    let library = Library::from_json(&json).unwrap();
    let base = rolewalk_core::scenario::Scenario::from_json(&base).unwrap();
    let mut worlds = vec![("base".to_owned(), base.world)];
    for it in &library.misconfigurations {
        worlds.push((it.slug.clone(), library.scenario(it).unwrap().world));
    }
    for (_, world) in &mut worlds {
        add_aws_managed_policies(world);
    }
    worlds
}

fn input(name: &str, text: String) -> Input {
    let name = name.to_owned();
    Input { name, text }
}

fn files_to_import() -> Vec<Input> {
    let folder = tests().join("import");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "json"));
    let read = |it: PathBuf| {
        let name = it.file_name().unwrap().to_str().unwrap().to_owned();
        input(&name, fs::read_to_string(it).unwrap())
    };
    files.map(read).collect()
}

fn alone(inputs: &[Input]) -> World {
    import_alone(inputs, &aws_managed_policy).world
}

/// The part of an account, in a form with one file, and what is left out of it.
fn built(world: &World, account: &Account, form: Form) -> (String, Vec<String>) {
    let part = Part::Account(account.account.clone());
    let exported = exported(world, &part, form);
    let [file] = <[_; 1]>::try_from(exported.files).unwrap();
    (file.text, exported.left_out)
}

/// The same each time.
fn exported(world: &World, part: &Part, form: Form) -> Exported {
    let exported = export(world, part, form);
    assert_eq!(exported, export(world, part, form));
    exported
}

/// An empty folder for the files of a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A program by the variable that names it, else by its name, where it runs at all.
fn program(variable: &str, name: &str, question: &str) -> Option<OsString> {
    let program = env::var_os(variable).unwrap_or_else(|| name.into());
    let answer = Command::new(&program).arg(question).output();
    answer
        .is_ok_and(|it| it.status.success())
        .then_some(program)
}

/// No thing waits for itself, by whatever way; `needs` has what each waits for.
fn assert_no_rings(needs: &BTreeMap<String, BTreeSet<String>>, name: &str) {
    let mut open = needs.clone();
    loop {
        let free: Vec<String> = open
            .iter()
            .filter(|it| it.1.iter().all(|it| !open.contains_key(it)))
            .map(|it| it.0.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        for it in free {
            open.remove(&it);
        }
    }
    assert!(open.is_empty(), "{name}: {open:#?}");
}

/// A sentence that says so is among those on what is left out.
fn says(left_out: &[String], words: &str) -> bool {
    left_out.iter().any(|it| it.contains(words))
}
