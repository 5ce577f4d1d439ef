//! What Lighthouse says of the built site, as a host serves it: compressed, and with the headers of `docs/hosting.md`.

use std::env;

use anyhow::Result;

use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

/// Performance counts, or is only printed: on a machine that does something else besides, it says more about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Performance {
    Counts,
    IsPrinted,
}

pub(crate) fn lighthouse(setup: &mut Setup, performance: Performance) -> Result<()> {
    site::build_if_old(setup)?;
    setup.need(Need::BROWSER)?;
    setup.need(&[Need::Lighthouse])?;
    let mut node = setup.command("node");
    node.current_dir(setup.project.root.join("tests/lighthouse"))
        .args(["lighthouse.js"])
        .arg(setup.project.target().join("lighthouse"))
        .env("ROLEWALK_DIST", setup.project.dist());
    if performance == Performance::IsPrinted {
        node.env("PERFORMANCE", "print");
        if env::var_os("RUNS").is_none() {
            node.env("RUNS", "1");
        }
    }
    run::stream(&mut node)
}
