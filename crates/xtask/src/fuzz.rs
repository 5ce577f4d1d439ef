//! The fuzz targets of core, for some minutes each, on the stable toolchain.
//!
//! What cargo-fuzz needs nightly for is the address sanitizer, which finds nothing in code without `unsafe`. The counters
//! that guide libFuzzer are flags of the compiler that every toolchain knows. A C++ compiler builds libFuzzer itself.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::setup::Setup;

/// The targets, as `crates/core/fuzz/Cargo.toml` has them.
const TARGETS: [&str; 4] = ["reader", "policy", "evaluation", "share"];

/// What cargo-fuzz itself passes, without the sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";

/// In seconds for one input, and in megabytes altogether: more is a finding.
const MAX_SECONDS: u32 = 5;
const MAX_MEGABYTES: u32 = 1024;
/// Longer than the longest text of a link.
const MAX_BYTES: u32 = 70_000;

/// Builds the targets and feeds each with inputs for so many minutes. libFuzzer prints its figures; an input that breaks a
/// law is kept beside its corpus, and fails the command.
pub(crate) fn fuzz(setup: &Setup, targets: &[&str], minutes: u32) -> Result<()> {
    for target in targets {
        if !TARGETS.contains(target) {
            bail!(
                "there is no fuzz target `{target}`: there are {}",
                TARGETS.join(", ")
            );
        }
    }
    let targets = if targets.is_empty() {
        &TARGETS[..]
    } else {
        targets
    };
    let folder = setup.project.root.join("crates/core/fuzz");
    let out = setup.project.root.join("target/fuzz");
    let host = host(setup)?;
    for target in targets {
        let mut build = setup.command("cargo");
        build
            .current_dir(&folder)
            .args(["build", "--release", "--target", &host, "--bin", target])
            .arg("--target-dir")
            .arg(&out)
            .env("RUSTFLAGS", FLAGS);
        run::stream(&mut build)?;
        let corpus = out.join("corpus").join(target);
        let found = out.join("found").join(target);
        for it in [&corpus, &found] {
            fs::create_dir_all(it).with_context(|| format!("{} cannot be made", it.display()))?;
        }
        let binary = out.join(&host).join("release").join(target);
        let mut fuzz = run::command(&binary, &folder);
        fuzz.arg(&corpus);
        let seeds = folder.join("seeds").join(target);
        if seeds.is_dir() {
            fuzz.arg(seeds);
        }
        fuzz.arg(format!("-max_total_time={}", minutes * 60))
            .arg(format!("-timeout={MAX_SECONDS}"))
            .arg(format!("-rss_limit_mb={MAX_MEGABYTES}"))
            .arg(format!("-max_len={MAX_BYTES}"))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args(["-print_final_stats=1", "-verbosity=1"]);
        run::stream(&mut fuzz)?;
    }
    Ok(())
}

/// The triple of this machine: with it the flags are not those of build scripts, too.
fn host(setup: &Setup) -> Result<String> {
    let told = run::output(setup.command("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|it| it.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` names no host")
}
