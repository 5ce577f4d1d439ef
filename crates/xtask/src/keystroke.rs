//! How long a keystroke takes until what follows from it is on the screen: figures from Chromium. It judges nothing:
//! machines are too different for that.

use anyhow::Result;

use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

pub(crate) fn keystroke(setup: &mut Setup) -> Result<()> {
    site::build_if_old(setup)?;
    setup.need(Need::BROWSER)?;
    let mut node = setup.command("node");
    node.arg(setup.project.e2e().join("keystroke.js"))
        .env("ROLEWALK_DIST", setup.project.dist());
    run::stream(&mut node)
}
