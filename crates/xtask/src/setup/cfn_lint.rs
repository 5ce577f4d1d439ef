//! `cfn-lint` from `PyPI`, at one exact version, in a virtual environment of its own: it reads the
//! templates of `CloudFormation` that the tests export.
//!
//! Python is no need of this project, so where there is none nothing fails: that is said, and the test
//! that asks for it is skipped.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::python::{self, Environment};
use crate::setup::step;

const VERSION: &str = "1.51.0";

/// The program; none where there is no Python that could run it.
pub(crate) fn find_or_install(project: &Project) -> Result<Option<PathBuf>> {
    let on_path = run::find("cfn-lint", &run::path_folders());
    if let Some(path) = on_path.filter(|path| has_wanted_version(project, path)) {
        return Ok(Some(path));
    }
    let environment = Environment::named(project, &format!("cfn-lint-{VERSION}"));
    let programs = environment.programs();
    let installed = |project| {
        run::find("cfn-lint", std::slice::from_ref(&programs))
            .filter(|path| has_wanted_version(project, path))
    };
    if let Some(path) = installed(project) {
        return Ok(Some(path));
    }
    let Some(python) = python(project) else {
        println!(
            "setup  cfn-lint {VERSION}: there is no python3 (3.9 or newer) with venv, so the templates of \
             CloudFormation are not checked by it; on Debian and Ubuntu `apt-get install python3-venv` helps"
        );
        run::flush();
        return Ok(None);
    };
    let what = format!("cfn-lint {VERSION}");
    step(
        &what,
        "installing (about half a minute the first time)",
        || {
            let package = format!("cfn-lint=={VERSION}");
            environment.install(project, python, (&what, "cfn-lint"), &[&package])
        },
    )?;
    match installed(project) {
        Some(path) => Ok(Some(path)),
        None => bail!(
            "{what} was installed but does not run: delete {} and try again",
            environment.root.display()
        ),
    }
}

/// A Python that can make a virtual environment with pip in it.
fn python(project: &Project) -> Option<PathBuf> {
    python::on_path().find(|path| {
        let question = "import sys, venv, ensurepip; print(sys.version_info >= (3, 9))";
        let mut ask = run::command(path, &project.root);
        run::answer(ask.args(["-c", question])).as_deref() == Some("True")
    })
}

fn has_wanted_version(project: &Project, program: &Path) -> bool {
    run::answer(run::command(program, &project.root).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == VERSION))
}
