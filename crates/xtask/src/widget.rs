//! The widget in the built site: bundled once more, now that each file has its name.
//!
//! Trunk has had `web/widget/build.mjs` bundle it for its own build. INVARIANT: whatever gives a file of the site another name comes
//! before.

use std::path::Path;

use anyhow::{Context, Result};

use crate::run;
use crate::setup::Setup;

/// What pages of others ask for, under a name that stays.
pub(crate) const SCRIPT: &str = "rolewalk-playground.js";
/// What it fetches when a reader is near, before the hash.
pub(crate) const NEAR_PREFIX: &str = "rolewalk-near-";

/// Bundles it into the site.
pub(crate) fn bundle(setup: &Setup, dist: &Path) -> Result<()> {
    let mut node = setup.command("node");
    node.arg("web/widget/build.mjs").arg(dist);
    run::stream(&mut node).context("the widget was not bundled")
}
