//! The static site: built by Trunk into `dist/`, and the question whether it is still up to date.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::address;
use crate::book;
use crate::compress;
use crate::course;
use crate::file_names;
use crate::library;
use crate::notices;
use crate::offline;
use crate::parts;
use crate::reference_data;
use crate::run;
use crate::setup::{Need, Setup};
use crate::styles;
use crate::widget;

/// What the site is made of; a change to any of it makes `dist/` old.
pub(crate) const SOURCES: &[&str] = &[
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "web",
    "crates",
    library::FOLDER,
    reference_data::FOLDER,
];

/// What lies among the sources and is not one.
pub(crate) const NOT_SOURCES: &[&str] = &["web/node_modules", "crates/xtask"];

/// Builds the site. `url`: where it will be; the environment may say so, too, and nobody has to.
pub(crate) fn build(setup: &mut Setup, url: Option<&str>) -> Result<()> {
    let of_environment = env::var(address::VARIABLE).ok();
    let url = url
        .or(of_environment.as_deref())
        .filter(|it| !it.is_empty());
    let url = url.map(address::read).transpose()?;
    setup.need(Need::SITE)?;
    library::write(&setup.project)?;
    course::write(&setup.project)?;
    reference_data::write_bundle(&setup.project)?;
    notices::write(setup)?;
    let dist = setup.project.dist();
    let mut trunk = trunk(setup);
    trunk.args(["build", "--release", "--features", parts::FEATURE, "--dist"]);
    trunk.arg(&dist);
    let (name, value) = parts::KEEP_NAMES;
    trunk.env(name, value);
    trunk.env("RUSTFLAGS", release_flags(&setup.project.root));
    run::stream(&mut trunk).context("the site was not built")?;
    parts::split(setup, &dist)?;
    minify_app(setup, &dist)?;
    styles::join(setup, &dist)?;
    file_names::follow_content(&dist)?;
    widget::bundle(setup, &dist)?;
    if let Some(url) = url {
        address::write(&dist, &url)?;
    }
    let has_book = setup.has_mdbook();
    if has_book {
        book::tell(&dist)?;
    }
    offline::write(&setup.project, &dist)?;
    let index = fs::read_to_string(dist.join("index.html"))
        .context("Trunk wrote no dist/index.html: see Trunk.toml")?;
    if let Some(line) = index.lines().find(|line| starts_at_the_host(line)) {
        bail!(
            "dist/index.html has an address that works only at the root of a host: {}",
            line.trim()
        );
    }
    compress::write(setup, &dist)?;
    if has_book {
        book::make(setup)?;
    } else {
        println!("the site has no documentation: `cargo xtask book` fetches what builds it");
    }
    println!("dist/ is a static site: put it into any folder of any static host");
    Ok(())
}

/// The app's JavaScript. What starts the app stays as it is, for whoever looks why it did not start.
fn minify_app(setup: &Setup, dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist)?.flatten() {
        let file = entry.path();
        let is_app = entry
            .file_name()
            .to_string_lossy()
            .starts_with("rolewalk-web-");
        if is_app && file.extension() == Some(OsStr::new("js")) {
            minify(setup, &file)?;
        }
    }
    Ok(())
}

/// Takes out of a file of JavaScript or styles what only people need.
pub(crate) fn minify(setup: &Setup, file: &Path) -> Result<()> {
    let mut esbuild = setup.command("esbuild");
    esbuild
        .arg(file)
        .arg(format!("--outfile={}", file.display()));
    esbuild.args(["--minify", "--allow-overwrite", "--log-level=warning"]);
    run::stream(&mut esbuild)
}

/// What the compiler is told for the site that people download, beside what the caller tells it.
///
/// `erase_components` makes Leptos box each component, which is slower by nothing one can see and
/// smaller by a tenth.
fn release_flags(root: &Path) -> OsString {
    let mut flags = with_short_paths(root);
    flags.push(" --cfg erase_components");
    flags.push(parts::LINK_FLAGS);
    flags
}

/// The paths in panic messages, cut down to what says something.
pub(crate) fn with_short_paths(root: &Path) -> OsString {
    let mut flags = env::var_os("RUSTFLAGS").unwrap_or_default();
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|it| it.join(".cargo")));
    let prefixes = [(cargo_home.as_deref(), "cargo"), (Some(root), "")];
    for (from, to) in prefixes {
        // Flags are told apart by blanks, so a path with a blank cannot be named here.
        if let Some(from) = from.and_then(Path::to_str).filter(|it| !it.contains(' ')) {
            flags.push(format!(" --remap-path-prefix={from}={to}"));
        }
    }
    flags
}

/// Builds unless `dist/` is newer than all its sources.
pub(crate) fn build_if_old(setup: &mut Setup) -> Result<()> {
    let index = setup.project.dist().join("index.html");
    if is_up_to_date(setup, &index, SOURCES) {
        return Ok(());
    }
    build(setup, None)
}

/// Whether what was made is newer than everything it was made of.
pub(crate) fn is_up_to_date(setup: &Setup, made: &Path, sources: &[&str]) -> bool {
    let root = &setup.project.root;
    let built = modified(made);
    let changed = sources
        .iter()
        .filter_map(|source| newest(root, &root.join(source)))
        .max();
    built.is_some() && built >= changed
}

/// Trunk with the tools that set-up found, so that it downloads none.
pub(crate) fn trunk(setup: &Setup) -> Command {
    let mut trunk = setup.wasm_command("trunk");
    trunk
        .args(["--skip-version-check", "--log=warn"])
        // What matters is what the compiler says, not where in Trunk that was noticed.
        .env("RUST_LIB_BACKTRACE", "0");
    // Trunk refuses the usual `NO_COLOR=1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
    }
    trunk
}

fn starts_at_the_host(line: &str) -> bool {
    ["href=\"/", "src=\"/", "from '/", "from \"/", "content=\"/"]
        .iter()
        .any(|start| line.contains(start))
}

fn newest(root: &Path, path: &Path) -> Option<SystemTime> {
    if NOT_SOURCES.iter().any(|other| path == root.join(other)) {
        return None;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return modified(path);
    };
    entries
        .flatten()
        .filter_map(|entry| newest(root, &entry.path()))
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::starts_at_the_host;

    #[test]
    fn tells_relative_addresses_from_others() {
        for fine in [
            "<link href=\"./a.css\">",
            "import init from './a.js';",
            "</a>",
        ] {
            assert!(!starts_at_the_host(fine), "{fine}");
        }
        for wrong in ["<link href=\"/a.css\">", "import init from '/a.js';"] {
            assert!(starts_at_the_host(wrong), "{wrong}");
        }
    }
}
