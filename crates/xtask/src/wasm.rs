//! What compiled wasm goes through: wasm-bindgen gives it its JavaScript, wasm-opt makes it small or fast.

use std::path::Path;

use anyhow::Result;

use crate::run;
use crate::setup::Setup;

/// What `rustc` lets wasm use, and so what `wasm-opt` has to understand. Node 20 and every browser of 2023 have them.
pub(crate) const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Writes `NAME.js` and `NAME_bg.wasm` into a folder.
pub(crate) fn bind(
    setup: &Setup,
    compiled: &Path,
    folder: &Path,
    name: &str,
    flags: &[&str],
) -> Result<()> {
    let mut bindgen = setup.command("wasm-bindgen");
    bindgen
        .args(["--target", "web", "--no-typescript"])
        .args(flags)
        .args(["--out-name", name, "--out-dir"])
        .args([folder, compiled]);
    run::stream(&mut bindgen)
}

/// Runs wasm-opt with these flags.
pub(crate) fn optimize(setup: &Setup, flags: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut optimize = setup.command("wasm-opt");
    optimize.args(flags).args(FEATURES);
    optimize.arg(from).arg("-o").arg(to);
    run::stream(&mut optimize)
}
