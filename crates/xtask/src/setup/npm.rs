//! npm packages: exactly what the committed lock file says, reinstalled when it changes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run;
use crate::setup::step;

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

pub(crate) fn install(project: &Project, folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).with_context(|| {
        format!(
            "{} has no package-lock.json: run `npm install` there",
            folder.display()
        )
    })?;
    // The copy is written last, so that an install that was cut off is done again.
    let installed_lock = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed_lock).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = folder.strip_prefix(&project.root).unwrap_or(folder);
    let what = format!("npm packages of {}", name.display());
    step(&what, "installing", || {
        let mut command = run::command(NPM, folder);
        command.args(["ci", "--no-audit", "--no-fund"]);
        let log_name = name.to_string_lossy().replace(['/', '\\'], "-");
        let log = project.target().join(format!("xtask/npm-{log_name}.log"));
        run::logged(&what, &mut command, &log)
            .context("`npm ci` failed; it needs Node 20 or newer, with npm")?;
        fs::write(&installed_lock, &lock)
            .with_context(|| format!("cannot write {}", installed_lock.display()))
    })
}
