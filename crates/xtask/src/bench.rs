//! Speed, as figures: natively, and in one Node process beside the npm peer. It judges nothing.

use anyhow::Result;

use crate::package;
use crate::run;
use crate::setup::{Need, Setup};

pub(crate) fn bench(setup: &mut Setup) -> Result<()> {
    let mut native = setup.command("cargo");
    native.args(["bench", "--package", "rolewalk-core", "--bench", "decide"]);
    run::stream(&mut native)?;
    setup.need(&[Need::Peers])?;
    package::build_if_old(setup)?;
    let mut node = setup.command("node");
    node.current_dir(setup.project.root.join("tests/peer"))
        .arg("bench.js")
        .env("ROLEWALK_PACKAGE", package::folder(setup));
    run::stream(&mut node)
}
