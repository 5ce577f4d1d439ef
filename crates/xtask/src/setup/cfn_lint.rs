//! `cfn-lint` from `PyPI`, at one exact version, in a virtual environment of its own: it reads the
//! templates of `CloudFormation` that the tests export.
//!
//! Python is no need of this project, so where there is none nothing fails: that is said, and the test
//! that asks for it is skipped.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::step;

const VERSION: &str = "1.51.0";
const FOLDER: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// The program; none where there is no Python that could run it.
pub(crate) fn find_or_install(project: &Project) -> Result<Option<PathBuf>> {
    let on_path = run::find("cfn-lint", &run::path_folders());
    if let Some(path) = on_path.filter(|path| has_wanted_version(project, path)) {
        return Ok(Some(path));
    }
    let root = project.tools.join(format!("cfn-lint-{VERSION}"));
    let bin = root.join(FOLDER);
    let installed = |project| {
        run::find("cfn-lint", std::slice::from_ref(&bin))
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
        || install(project, &what, &python, &root, &bin),
    )?;
    match installed(project) {
        Some(path) => Ok(Some(path)),
        None => bail!(
            "{what} was installed but does not run: delete {} and try again",
            root.display()
        ),
    }
}

/// A Python that can make a virtual environment with pip in it.
fn python(project: &Project) -> Option<PathBuf> {
    let names = ["python3", "python"].into_iter();
    let mut found = names.filter_map(|name| run::find(name, &run::path_folders()));
    found.find(|path| {
        let question = "import sys, venv, ensurepip; print(sys.version_info >= (3, 9))";
        let mut ask = run::command(path, &project.root);
        run::answer(ask.args(["-c", question])).as_deref() == Some("True")
    })
}

fn install(project: &Project, what: &str, python: &Path, root: &Path, bin: &Path) -> Result<()> {
    // What a cut-off install left behind.
    if root.exists() {
        fs::remove_dir_all(root).with_context(|| format!("cannot delete {}", root.display()))?;
    }
    fs::create_dir_all(&project.tools)?;
    let log = |name: &str| project.target().join(format!("xtask/cfn-lint-{name}.log"));
    let mut venv = run::command(python, &project.tools);
    venv.args([OsStr::new("-m"), OsStr::new("venv"), root.as_os_str()]);
    run::logged(what, &mut venv, &log("venv"))?;
    let python = bin.join(format!("python{}", std::env::consts::EXE_SUFFIX));
    let mut pip = run::command(python, &project.tools);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    pip.arg(format!("cfn-lint=={VERSION}"));
    run::logged(what, &mut pip, &log("pip")).with_context(|| {
        format!("{what} could not be installed from PyPI; `pip install cfn-lint=={VERSION}` by hand tells more")
    })
}

fn has_wanted_version(project: &Project, program: &Path) -> bool {
    run::answer(run::command(program, &project.root).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == VERSION))
}
