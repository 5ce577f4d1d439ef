//! Python, and virtual environments for what is installed from `PyPI`.
//!
//! Python is no need of this project: who wants it says what is missing without it. INVARIANT: an environment is made from
//! nothing, so that what a cut-off install left behind is not taken for a whole one.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run;

const FOLDER: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// The Pythons on the path, the most probable first.
pub(crate) fn on_path() -> impl Iterator<Item = PathBuf> {
    let names = ["python3", "python"].into_iter();
    names.filter_map(|name| run::find(name, &run::path_folders()))
}

/// A virtual environment in the folder of tools.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) root: PathBuf,
}

impl Environment {
    /// The one of that name, there or not.
    pub(crate) fn named(project: &Project, name: &str) -> Self {
        Self {
            root: project.tools.join(name),
        }
    }

    /// Where its programs lie.
    pub(crate) fn programs(&self) -> PathBuf {
        self.root.join(FOLDER)
    }

    /// Its own Python.
    pub(crate) fn python(&self) -> PathBuf {
        let name = format!("python{}", std::env::consts::EXE_SUFFIX);
        self.programs().join(name)
    }

    /// Makes it anew with a Python of the machine, and installs the packages in it. `what` is told where that fails, `tool`
    /// names the logs.
    pub(crate) fn install(
        &self,
        project: &Project,
        python: PathBuf,
        (what, tool): (&str, &str),
        packages: &[&str],
    ) -> Result<()> {
        if self.root.exists() {
            fs::remove_dir_all(&self.root)
                .with_context(|| format!("cannot delete {}", self.root.display()))?;
        }
        fs::create_dir_all(&project.tools)?;
        let log = |step: &str| project.target().join(format!("xtask/{tool}-{step}.log"));
        let mut venv = run::command(python, &project.tools);
        venv.args([OsStr::new("-m"), OsStr::new("venv"), self.root.as_os_str()]);
        run::logged(what, &mut venv, &log("venv"))?;
        let mut pip = run::command(self.python(), &project.tools);
        pip.args(["-m", "pip", "install", "--quiet"]);
        pip.arg("--disable-pip-version-check").args(packages);
        run::logged(what, &mut pip, &log("pip")).with_context(|| {
            let packages = packages.join(" ");
            format!("{what} could not be installed from PyPI; `pip install {packages}` by hand tells more")
        })
    }
}
