//! Debian packages, where there is `apt-get` and the right to use it.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::run;

/// Whether packages can be installed without asking anyone.
pub(crate) fn usable(project: &Project) -> bool {
    run::find("apt-get", &run::path_folders()).is_some()
        && run::answer(run::command("id", &project.root).arg("-u")).as_deref() == Some("0")
}

/// Installs packages; call it only if `usable`.
pub(crate) fn install(project: &Project, what: &str, packages: &[&str]) -> Result<()> {
    let lists_are_known = fs::read_dir("/var/lib/apt/lists").is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
    });
    let log = |verb: &str| project.target().join(format!("xtask/apt-{verb}.log"));
    let mut first = get(project, "install", packages);
    if lists_are_known && run::attempt(what, &mut first, &log("install")).is_ok() {
        return Ok(());
    }
    // The lists are missing, or older than what the archive still has.
    run::logged(what, &mut get(project, "update", &[]), &log("update"))?;
    run::logged(
        what,
        &mut get(project, "install", packages),
        &log("install"),
    )
}

fn get(project: &Project, verb: &str, packages: &[&str]) -> Command {
    let mut command = run::command("apt-get", &project.root);
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["--yes", "--quiet", verb]);
    if verb == "install" {
        command.arg("--no-install-recommends");
    }
    command.args(packages);
    command
}
