//! Compressed copies beside the files of the site, for hosts that hand them out as they are.
//!
//! `name.br` and `name.gz` lie beside `name`; see `docs/hosting.md` for the hosts that use them. Comes last of all, since
//! the copies are of what is there then. Invariant: a copy is smaller than its original, and no copy is of an older one.

use std::path::Path;

use anyhow::{Context, Result};

use crate::run;
use crate::setup::Setup;

/// Node has both compressors built in.
const SCRIPT: &str = "crates/xtask/src/compress.mjs";
/// What the copies end in.
pub(crate) const ENDINGS: [&str; 2] = [".br", ".gz"];

/// Writes the copies.
pub(crate) fn write(setup: &Setup, dist: &Path) -> Result<()> {
    let mut node = setup.command("node");
    node.arg(SCRIPT).arg(dist);
    run::stream(&mut node).context("the site was not compressed")
}

/// Whether a file of the site is such a copy.
pub(crate) fn is_copy(path: &str) -> bool {
    ENDINGS.iter().any(|it| path.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::is_copy;

    #[test]
    fn copies_are_told_from_originals() {
        assert!(is_copy("data/catalogue/all.json.br"));
        assert!(!is_copy("data/catalogue/all.json"));
    }
}
