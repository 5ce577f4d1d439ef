//! Where things are: the checkout and the folder of tools that all checkouts share.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Tools that a fresh checkout need not build again.
    pub(crate) tools: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .map(Path::to_path_buf)
            .context("xtask is not at crates/xtask of a checkout: run it as `cargo xtask`")?;
        let tools = match env::var_os("ROLEWALK_TOOLS") {
            Some(folder) => root.join(folder),
            None => env::home_dir()
                .context("no home folder is known: set ROLEWALK_TOOLS to a folder for tools")?
                .join(".cache/rolewalk/tools"),
        };
        Ok(Self { root, tools })
    }

    /// The static site that `build` writes.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The browser journeys and their packages.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// Cargo's target folder, also for the logs of set-up.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }
}
