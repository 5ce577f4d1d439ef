//! The standard library for wasm: the active toolchain's own, else Debian's compiler with one built here.
//!
//! The second way is for machines that reach Debian's packages but not Rust's releases. Such a machine
//! keeps its ordinary toolchain for everything native.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;
use crate::setup::{apt, step};

const TARGET: &str = "wasm32-unknown-unknown";
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_LINKER: &str = "/usr/bin/lld-22";
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
/// The name that rustup knows Debian's compiler by.
const LINKED_NAME: &str = "web";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WasmToolchain {
    Active,
    Debian,
}

impl WasmToolchain {
    /// The folders that its programs need on `PATH`.
    pub(crate) fn folders(self, project: &Project) -> Vec<PathBuf> {
        match self {
            Self::Active => Vec::new(),
            Self::Debian if has_rustup() => vec![linker_folder(project)],
            Self::Debian => vec![linker_folder(project), PathBuf::from("/usr/bin")],
        }
    }

    /// Makes a command, and what it starts, compile with this toolchain.
    pub(crate) fn select(self, command: &mut Command) {
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", LINKED_NAME);
        }
    }
}

pub(crate) fn find_or_install(project: &Project) -> Result<WasmToolchain> {
    let forced = env::var_os("ROLEWALK_WASM_FALLBACK").is_some_and(|value| value == "1");
    if !forced && active_toolchain_has_it(project) {
        return Ok(WasmToolchain::Active);
    }
    if debian_is_ready(project) {
        return Ok(WasmToolchain::Debian);
    }
    if !forced && has_rustup() {
        let added = step(TARGET, "adding with rustup", || {
            let mut rustup = run::command("rustup", &project.root);
            rustup.args(["target", "add", TARGET]);
            let log = project.target().join("xtask/rustup.log");
            run::attempt(TARGET, &mut rustup, &log)
        });
        match added {
            Ok(()) if active_toolchain_has_it(project) => return Ok(WasmToolchain::Active),
            _ => println!("setup  {TARGET}: rustup cannot add it, so Debian's compiler is tried"),
        }
    }
    if !apt::usable(project) {
        bail!(
            "the Rust target {TARGET} is missing: run `rustup target add {TARGET}`, or install your \
             system's package of Rust's standard library for wasm"
        );
    }
    install_debian(project)?;
    Ok(WasmToolchain::Debian)
}

fn active_toolchain_has_it(project: &Project) -> bool {
    let mut rustc = run::command("rustc", &project.root);
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    run::answer(&mut rustc).is_some_and(|folder| has_core_library(Path::new(&folder)))
}

fn has_core_library(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libcore-") && name.ends_with(".rlib")
        })
    })
}

fn has_rustup() -> bool {
    run::find("rustup", &run::path_folders()).is_some()
}

fn linker_folder(project: &Project) -> PathBuf {
    project.tools.join("lld")
}

/// Says for which compiler the libraries were built; written last.
fn stamp() -> PathBuf {
    Path::new(DEBIAN_LIBRARIES).join("rolewalk-built-for.txt")
}

fn debian_compiler(project: &Project) -> Option<String> {
    run::answer(run::command("/usr/bin/rustc", &project.root).arg("-vV"))
}

fn debian_is_ready(project: &Project) -> bool {
    let linked = || {
        let toolchains =
            run::answer(run::command("rustup", &project.root).args(["toolchain", "list"]));
        toolchains.is_some_and(|list| {
            list.lines()
                .any(|line| line.split_whitespace().next() == Some(LINKED_NAME))
        })
    };
    let built_for = fs::read_to_string(stamp()).ok();
    built_for.is_some()
        && built_for == debian_compiler(project)
        && linker_folder(project).join("rust-lld").is_file()
        && (!has_rustup() || linked())
}

fn install_debian(project: &Project) -> Result<()> {
    step(
        "Debian's rustc",
        "installing with apt-get (half a minute)",
        || {
            apt::install(project, "Debian's rustc", PACKAGES)
                .with_context(|| format!("the packages {} are needed", PACKAGES.join(", ")))
        },
    )?;
    if has_rustup() {
        let mut rustup = run::command("rustup", &project.root);
        run::output(rustup.args(["toolchain", "link", LINKED_NAME, "/usr"]))?;
    }
    link_linker(project)?;
    step(
        "standard library for wasm",
        "building (about a minute)",
        || build_standard_library(project),
    )
}

/// rustc looks for `rust-lld` on `PATH` where its own folder has none.
fn link_linker(project: &Project) -> Result<()> {
    let folder = linker_folder(project);
    fs::create_dir_all(&folder)?;
    let link = folder.join("rust-lld");
    if link.symlink_metadata().is_ok() {
        fs::remove_file(&link)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(DEBIAN_LINKER, &link)?;
    if link.is_file() {
        return Ok(());
    }
    bail!("{DEBIAN_LINKER} is missing although the package lld-22 is installed")
}

fn build_standard_library(project: &Project) -> Result<()> {
    let compiler = debian_compiler(project).context("/usr/bin/rustc does not run")?;
    let empty = project.target().join("xtask/empty");
    if empty.exists() {
        fs::remove_dir_all(&empty)?;
    }
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    fs::write(
        empty.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n",
    )?;
    let mut cargo = run::command("/usr/bin/cargo", &empty);
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        // Without its bitcode the library cannot take part in link-time optimisation.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", empty.join("target"))
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,panic_unwind"]);
    let log = project.target().join("xtask/standard-library.log");
    run::logged("standard library for wasm", &mut cargo, &log)?;

    let libraries = Path::new(DEBIAN_LIBRARIES);
    if libraries.exists() {
        fs::remove_dir_all(libraries)?;
    }
    fs::create_dir_all(libraries)?;
    let built = empty.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(&built)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let is_library = path
            .extension()
            .is_some_and(|extension| extension == "rlib");
        if is_library && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(&path, libraries.join(name))?;
        }
    }
    // What was compiled against another standard library cannot be linked with this one.
    let stale = project.target().join(TARGET);
    if stale.exists() {
        fs::remove_dir_all(stale)?;
    }
    fs::remove_dir_all(&empty)?;
    fs::write(stamp(), compiler)?;
    Ok(())
}
