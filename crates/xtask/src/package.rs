//! The npm package: `crates/wasm` compiled for speed, with its hand-written types, in `target/package/`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::glue;
use crate::notices;
use crate::run;
use crate::setup::{Need, Setup};
use crate::site;
use crate::wasm;

/// What the package is made of.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "LICENSE",
    "crates/core",
    "crates/wasm",
    "data",
];

/// What is copied as it is.
const WRITTEN: &[(&str, &str)] = &[
    ("crates/wasm/package/index.d.ts", "index.d.ts"),
    ("crates/wasm/package/README.md", "README.md"),
    ("data/catalogue/all.json", "catalogue/all.json"),
    ("data/catalogue/core.json", "catalogue/core.json"),
    (
        "data/catalogue/global-condition-keys.json",
        "catalogue/global-condition-keys.json",
    ),
];

pub(crate) fn build(setup: &mut Setup) -> Result<()> {
    // What turns the sources into a site also turns them into a package.
    setup.need(Need::SITE)?;
    let folder = folder(setup);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let with_lists = folder.join("catalogue");
    fs::create_dir_all(&with_lists)
        .with_context(|| format!("cannot make {}", with_lists.display()))?;

    let mut cargo = setup.wasm_command("cargo");
    cargo
        .args(["build", "--package", "rolewalk-wasm", "--lib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", "npm"])
        .env("RUSTFLAGS", site::with_short_paths(&setup.project.root));
    run::stream(&mut cargo).context("the package was not built")?;

    let compiled = setup
        .project
        .target()
        .join("wasm32-unknown-unknown/npm/rolewalk_wasm.wasm");
    wasm::bind(setup, &compiled, &folder, "rolewalk", &[])?;
    let script = folder.join("rolewalk.js");
    let words = glue::with_words(&fs::read_to_string(&script)?)?;
    fs::write(&script, words).with_context(|| format!("cannot write {}", script.display()))?;
    let bound = folder.join("rolewalk_bg.wasm");
    wasm::optimize(setup, &["-O3"], &bound, &bound)?;

    let root = &setup.project.root;
    for (from, to) in WRITTEN {
        fs::copy(root.join(from), folder.join(to))
            .with_context(|| format!("cannot copy {from} into the package"))?;
    }
    // One file, so that nobody passes on the one without the other.
    let licence = fs::read_to_string(root.join("LICENSE"))?;
    let notices = notices::gathered(setup, notices::Of::Package)?;
    fs::write(folder.join("LICENSE"), format!("{licence}\n{notices}"))?;
    let manifest = fs::read_to_string(root.join("crates/wasm/package/package.json"))
        .context("crates/wasm/package/package.json is missing")?;
    // Written last: a package without it is not finished.
    fs::write(
        folder.join("package.json"),
        manifest.replace("\"0.0.0\"", &format!("\"{}\"", env!("CARGO_PKG_VERSION"))),
    )?;
    println!(
        "{} is the npm package `rolewalk`: `npm pack` there makes its archive",
        folder.display()
    );
    Ok(())
}

/// Builds unless the package is newer than all its sources.
pub(crate) fn build_if_old(setup: &mut Setup) -> Result<()> {
    let marker = folder(setup).join("package.json");
    if site::is_up_to_date(setup, &marker, SOURCES) {
        return Ok(());
    }
    build(setup)
}

pub(crate) fn folder(setup: &Setup) -> PathBuf {
    setup.project.target().join("package")
}
