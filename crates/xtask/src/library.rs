//! The page's `library.json`: every misconfiguration of the corpus and the world that they change, in one
//! file without its indentation.
//!
//! The page fetches it when somebody opens the library, so nobody else downloads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

/// Where the files are.
pub(crate) const FOLDER: &str = "tests/corpus/misconfigurations";

/// Writes the file to where `index.html` has Trunk copy it from.
pub(crate) fn write(project: &Project) -> Result<()> {
    let text = joined(&project.root.join(FOLDER))?;
    let path = project.root.join("target/library.json");
    fs::create_dir_all(project.root.join("target"))?;
    // Trunk watches its sources, and a file that is written anew has changed for it.
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

fn joined(folder: &Path) -> Result<String> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
    paths.retain(|it| it.file_name().is_some_and(|it| it != "base.json"));
    paths.sort();
    let base = compact(&folder.join("base.json"))?;
    let all = paths
        .iter()
        .map(|it| compact(it))
        .collect::<Result<Vec<_>>>()?;
    Ok(format!(
        "{{\"base\":{base},\"misconfigurations\":[{}]}}\n",
        all.join(",")
    ))
}

/// The file without line breaks and indentation, which stand in no string of JSON.
fn compact(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.lines().map(str::trim).collect())
}
