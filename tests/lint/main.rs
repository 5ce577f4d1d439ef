//! The rules of `core::lint`: what each finds and what not, what its fix makes of the text, and what its page says.
//!
//! Cases are data, `cases/CODE.json`. `UPDATE_EXPECT=1` writes what the rules say now into them, and the pages that are
//! made of the rules into `docs`; what comes of it is read like code.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test: a failed read is a failed test"
)]

mod cases;
mod hostile;
mod laws;
mod managed;
mod pages;
mod parliament;
mod proof;
#[path = "../published_policies.rs"]
mod published_policies;
mod reading;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use rolewalk_core::{
    catalogue::{Catalogue, CatalogueFile},
    diagnostic::Diagnostic,
    lint::{self, Subject},
    names::AccountId,
    policy::{PolicyKind, parse},
};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All of AWS.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let read = |name: &str| {
        let path = root().join("data/catalogue").join(name);
        fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
    };
    let mut catalogue = Catalogue::default();
    catalogue
        .read(CatalogueFile::All, &read("all.json"))
        .unwrap();
    catalogue
        .read(CatalogueFile::Core, &read("core.json"))
        .unwrap();
    catalogue
        .read(
            CatalogueFile::GlobalKeys,
            &read("global-condition-keys.json"),
        )
        .unwrap();
    catalogue
});

/// What the rules find, in the account 111122223333.
fn lint(text: &str, kind: PolicyKind) -> Vec<Diagnostic> {
    lint_with(&CATALOGUE, text, kind)
}

fn lint_with(catalogue: &Catalogue, text: &str, kind: PolicyKind) -> Vec<Diagnostic> {
    let (policy, _) = parse(text, kind);
    let account = AccountId::parse("111122223333");
    policy.map_or_else(Vec::new, |policy| {
        lint::lint(&Subject {
            text,
            kind,
            policy: &policy,
            catalogue,
            account: account.as_ref(),
        })
    })
}

/// A statement as a document, with its text as it is.
fn document(statement: &str) -> String {
    format!(r#"{{ "Version": "2012-10-17", "Statement": [ {statement} ] }}"#)
}

/// Compares a file that is made here with what is committed, or writes it.
fn compare(path: &str, made: &str) {
    let path = root().join(path);
    if is_updating() {
        fs::write(&path, made).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let differs = || {
        let lines = made.lines().zip(committed.lines());
        lines.enumerate().find(|(_, (made, there))| made != there)
    };
    assert!(
        made == committed,
        "{} is out of date (`UPDATE_EXPECT=1 cargo test -p rolewalk-tests --test lint` writes it): {:?}",
        path.display(),
        differs()
    );
}

fn is_updating() -> bool {
    env::var_os("UPDATE_EXPECT").is_some()
}
