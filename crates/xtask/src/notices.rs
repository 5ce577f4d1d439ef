//! The licences of what is in the built site and in the npm package beside our own work: Rust crates, npm packages, data.
//!
//! They are gathered from what Cargo and npm put on this machine, and from `data/licences`, so that the file is never
//! behind what is built. Invariant: a package without a licence text stops the build.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run;
use crate::setup::Setup;

/// The npm packages that `web/editor` is bundled of, with all that they need, begin like this.
const BUNDLED: &[&str] = &[
    "@codemirror/",
    "@lezer/",
    "@marijn/",
    "crelt",
    "style-mod",
    "w3c-keyname",
];

/// What is built, and so whose crates are meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    /// The static site.
    Site,
    /// The npm package.
    Package,
}

/// What `cargo metadata` says, as far as it is wanted here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<CargoPackage>,
}

#[derive(Deserialize)]
struct CargoPackage {
    name: String,
    version: String,
    source: Option<String>,
    manifest_path: PathBuf,
}

/// A `package.json`, as far as it is wanted here.
#[derive(Deserialize)]
struct NpmPackage {
    version: String,
}

/// Writes the site's file to where `index.html` has Trunk copy it from.
pub(crate) fn write(setup: &Setup) -> Result<()> {
    let root = &setup.project.root;
    let path = root.join("target/third-party.txt");
    fs::create_dir_all(root.join("target"))?;
    let text = gathered(setup, Of::Site)?;
    // Trunk watches its sources, and a file that is written anew has changed for it.
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// All notices, the same text under one heading.
pub(crate) fn gathered(setup: &Setup, of: Of) -> Result<String> {
    let root = &setup.project.root;
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: String, text: String| by_text.entry(text).or_default().push(name);
    for (name, folder) in crates(setup, of)? {
        add(name.clone(), licence_in(&folder, &name)?);
    }
    if matches!(of, Of::Site) {
        for (name, folder) in npm_packages(&root.join("web/node_modules"))? {
            add(name.clone(), licence_in(&folder, &name)?);
        }
    }
    for entry in fs::read_dir(root.join("data/licences"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        add(format!("{name} (data)"), fs::read_to_string(&path)?);
    }
    let mut all: Vec<(Vec<String>, String)> = by_text
        .into_iter()
        .map(|(text, mut names)| {
            names.sort();
            (names, text)
        })
        .collect();
    all.sort();
    let mut out = String::from(
        "What Rolewalk is made with, besides its own work, and under which licences.\n",
    );
    for (names, text) in all {
        let line = "-".repeat(72);
        let _ = write!(
            out,
            "\n{line}\n{}\n\n{}\n",
            names.join("\n"),
            text.trim_end()
        );
    }
    Ok(out)
}

/// The crates that are compiled into it, with their folders.
fn crates(setup: &Setup, of: Of) -> Result<BTreeMap<String, PathBuf>> {
    let package = match of {
        Of::Site => "rolewalk-web",
        Of::Package => "rolewalk-wasm",
    };
    let mut tree = setup.command("cargo");
    tree.args([
        "tree",
        "--locked",
        "--package",
        package,
        "--edges",
        "normal,no-proc-macro",
    ])
    .args([
        "--target",
        "wasm32-unknown-unknown",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let used = run::output(&mut tree)?;
    let mut metadata = setup.command("cargo");
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    let known: Metadata = serde_json::from_str(&run::output(&mut metadata)?)?;
    let mut folders = BTreeMap::new();
    // Our own have no source.
    let foreign = known.packages.into_iter().filter(|it| it.source.is_some());
    for it in foreign {
        let folder = it.manifest_path.parent().unwrap_or(Path::new(""));
        folders.insert(format!("{} {}", it.name, it.version), folder.to_owned());
    }
    let mut found = BTreeMap::new();
    for line in used.lines() {
        let mut words = line.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        let name = format!("{name} {}", version.trim_start_matches('v'));
        if let Some(folder) = folders.get(&name) {
            found.insert(name, folder.clone());
        }
    }
    if found.is_empty() {
        bail!("`cargo tree` names no crate: its format is another than expected");
    }
    Ok(found)
}

fn npm_packages(modules: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(modules)? {
        let path = entry?.path();
        let is_scope = path
            .file_name()
            .is_some_and(|it| it.to_string_lossy().starts_with('@'));
        if is_scope {
            folders.extend(fs::read_dir(&path)?.flatten().map(|it| it.path()));
        } else {
            folders.push(path);
        }
    }
    for folder in folders {
        let name = folder
            .strip_prefix(modules)?
            .to_string_lossy()
            .replace('\\', "/");
        if !BUNDLED.iter().any(|it| name.starts_with(it)) {
            continue;
        }
        let manifest = fs::read_to_string(folder.join("package.json"))?;
        let NpmPackage { version } = serde_json::from_str(&manifest)?;
        found.insert(format!("{name} {version} (npm)"), folder);
    }
    Ok(found)
}

/// The licence that lies in the folder; of several the permissive one without conditions on patents, MIT.
fn licence_in(folder: &Path, name: &str) -> Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .flatten()
        .map(|it| it.path())
        .collect();
    let is_licence = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_uppercase();
        path.is_file()
            && (name.starts_with("LICEN")
                || name.starts_with("UNLICENSE")
                || name.starts_with("COPYING"))
    };
    files.retain(is_licence);
    files.sort_by_key(|it| {
        let name = it.to_string_lossy().to_ascii_uppercase();
        (!name.contains("MIT"), name)
    });
    if let Some(path) = files.first() {
        return Ok(fs::read_to_string(path)?.replace("\r\n", "\n"));
    }
    // Some crates of a repository leave the text to its root, which is not on this machine: their manifest says which.
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let line_of = |field: &str| {
        let line = manifest.lines().find(|it| it.starts_with(field));
        line.map(str::to_owned)
    };
    let Some(licence) = line_of("license = ") else {
        bail!("{name} has no licence text and names none");
    };
    let repository = line_of("repository = ").unwrap_or_default();
    Ok(format!("{licence}\n{repository}"))
}
