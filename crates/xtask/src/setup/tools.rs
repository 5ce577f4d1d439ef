//! Command-line tools from crates.io, each at one exact version, each in a folder of its own.
//!
//! INVARIANT: a tool counts as installed only if it runs and prints the wanted version.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::step;

#[derive(Debug)]
pub(crate) struct Tool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long `cargo install` takes on two cores, in words.
    takes: &'static str,
    /// Build without optimisation, which halves the time where speed of the tool does not matter.
    debug: bool,
    /// What is built of it: these features and no others. `None`: as its people have it.
    features: Option<&'static str>,
}

pub(crate) const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    takes: "2 to 5 minutes",
    debug: true,
    features: None,
};

/// Must be the version of the library in `Cargo.lock`.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.130",
    takes: "2 to 5 minutes",
    debug: false,
    features: None,
};

pub(crate) const CARGO_DENY: Tool = Tool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    takes: "about a minute",
    debug: true,
    features: None,
};

/// Builds the documentation, and the sample of one. Without its own server, which takes half as long again to build.
pub(crate) const MDBOOK: Tool = Tool {
    package: "mdbook",
    program: "mdbook",
    version: "0.5.4",
    takes: "2 to 4 minutes",
    debug: true,
    features: Some("search"),
};

impl Tool {
    /// Whether [`Self::find_or_install`] would find it.
    pub(crate) fn is_there(&self, project: &Project) -> bool {
        let bin = self.root(project).join("bin");
        [run::path_folders(), vec![bin]].iter().any(|folders| {
            run::find(self.program, folders).is_some_and(|it| self.has_wanted_version(project, &it))
        })
    }

    fn root(&self, project: &Project) -> PathBuf {
        project
            .tools
            .join(format!("{}-{}", self.package, self.version))
    }

    /// The folder to put on `PATH`; none if the tool is on it already.
    pub(crate) fn find_or_install(&self, project: &Project) -> Result<Option<PathBuf>> {
        let on_path = run::find(self.program, &run::path_folders());
        if on_path.is_some_and(|path| self.has_wanted_version(project, &path)) {
            return Ok(None);
        }
        let root = self.root(project);
        let bin = root.join("bin");
        let installed = |project| {
            run::find(self.program, std::slice::from_ref(&bin))
                .is_some_and(|path| self.has_wanted_version(project, &path))
        };
        if !installed(project) {
            let what = format!("{} {}", self.package, self.version);
            fs::create_dir_all(&root)
                .with_context(|| format!("cannot create {}", root.display()))?;
            step(
                &what,
                &format!("installing ({} the first time)", self.takes),
                || self.install(project, &what, &root),
            )?;
            if !installed(project) {
                bail!(
                    "{what} was installed but does not run: delete {} and try again",
                    root.display()
                );
            }
        }
        Ok(Some(bin))
    }

    fn install(&self, project: &Project, what: &str, root: &Path) -> Result<()> {
        let log = |kind: &str| {
            project
                .target()
                .join(format!("xtask/{}-{kind}.log", self.package))
        };
        let cargo = |words: &[&str]| {
            let mut command = run::command("cargo", &project.tools);
            command.args(words);
            command
        };
        if run::answer(&mut cargo(&["binstall", "-V"])).is_some() {
            let mut command = cargo(&["binstall", "--no-confirm", "--disable-strategies"]);
            command
                .args(["compile", "--version", self.version, "--root"])
                .args([root.as_os_str(), self.package.as_ref()]);
            if run::attempt(what, &mut command, &log("binstall")).is_ok() {
                return Ok(());
            }
            println!("setup  {what}: no ready-made program could be had, so it is built here");
        }
        let install = |locked: bool| {
            let mut command = cargo(&["install", "--version", self.version, "--root"]);
            command.arg(root);
            command.args(self.debug.then_some("--debug"));
            command.args(locked.then_some("--locked"));
            if let Some(features) = self.features {
                command.args(["--no-default-features", "--features", features]);
            }
            command.arg(self.package);
            command
        };
        if run::attempt(what, &mut install(true), &log("locked")).is_ok() {
            return Ok(());
        }
        println!("setup  {what}: its own lock file cannot be met, so newer dependencies are tried");
        run::logged(what, &mut install(false), &log("unlocked")).with_context(|| {
            format!(
                "{what} could not be installed; `cargo install --version {} {}` by hand tells more",
                self.version, self.package
            )
        })
    }

    fn has_wanted_version(&self, project: &Project, program: &Path) -> bool {
        run::answer(run::command(program, &project.root).arg("--version")).is_some_and(|text| {
            // Some say `v1.2.3`.
            let mut words = text.split_whitespace();
            words.any(|word| word.trim_start_matches('v') == self.version)
        })
    }
}

/// Fails if `Cargo.lock` has another wasm-bindgen than the tool that is installed for it.
pub(crate) fn check_wasm_bindgen(project: &Project) -> Result<()> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock"))
        .context("Cargo.lock is missing: run `cargo generate-lockfile`")?;
    match locked_version(&lock, "wasm-bindgen") {
        Some(version) if version != WASM_BINDGEN.version => bail!(
            "Cargo.lock has wasm-bindgen {version}, but its command-line tool is set to {}: write the \
             same version into Cargo.toml (`wasm-bindgen = \"=…\"`) and into \
             crates/xtask/src/setup/tools.rs (WASM_BINDGEN)",
            WASM_BINDGEN.version
        ),
        _ => Ok(()),
    }
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n";

    #[test]
    fn reads_the_version_of_exactly_that_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("1.0.0"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }
}
