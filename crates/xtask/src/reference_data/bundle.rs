//! The page's `managed-policies.json`: all AWS managed policies of `data/` in one file.
//!
//! Made when the site is built, like `library.json`, so that the repository has each document once. INVARIANT: a
//! document stands in it to the character.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::project::Project;
use crate::reference_data::FOLDER;
use crate::reference_data::managed_policies::{self, Row};

/// Where `index.html` has Trunk copy it from.
const MADE: &str = "target/managed-policies.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy<'a> {
    name: &'a str,
    path: &'a str,
    version: &'a str,
    updated: &'a str,
    created: &'a str,
    document: String,
}

/// Writes the file to where `index.html` has Trunk copy it from.
pub(crate) fn write(project: &Project) -> Result<()> {
    let folder = project.root.join(FOLDER);
    let path = folder.join(managed_policies::INDEX);
    let index =
        fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
    let index: BTreeMap<String, Row> = serde_json::from_str(&index)
        .with_context(|| format!("{} is not as expected", path.display()))?;
    let mut policies = Vec::new();
    for (name, Row(path, version, updated, created)) in &index {
        let file = folder.join(managed_policies::file(name));
        let document =
            fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
        policies.push(Policy {
            name,
            path,
            version,
            updated,
            created,
            document,
        });
    }
    let text = serde_json::to_string(&policies)?;
    let path = project.root.join(MADE);
    fs::create_dir_all(project.root.join("target"))?;
    // Trunk watches its sources, and a file that is written anew has changed for it.
    if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
