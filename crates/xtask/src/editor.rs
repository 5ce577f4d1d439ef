//! The editor's file in the built site, with its hash in its name, so that a browser may keep it for good.
//!
//! Trunk has `web/editor/build.mjs` bundle it and copies it under one name; here it gets the other.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::reference_data::sha256;

/// As Trunk copies it.
const FILE: &str = "editor.js";
/// Before the hash.
pub(crate) const PREFIX: &str = "editor-";

/// Names the file after what is in it, also where the page says what to fetch.
pub(crate) fn name_by_content(dist: &Path) -> Result<()> {
    let from = dist.join(FILE);
    let content = fs::read(&from)
        .with_context(|| format!("{} is missing: see Trunk.toml", from.display()))?;
    // The same for the same content, whichever compiler built this.
    let hash = sha256(&content);
    let name = format!("{PREFIX}{}.js", hash.get(..16).unwrap_or(&hash));
    fs::rename(&from, dist.join(&name))?;
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    let named = html.replace("\"./editor.js\"", &format!("\"./{name}\""));
    if named == html {
        bail!("index.html does not name the editor's file");
    }
    fs::write(&index, named)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_asks_for_the_file_by_its_content() {
        let dist = std::env::temp_dir().join(format!("rolewalk-editor-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join(FILE), "1").unwrap();
        fs::write(dist.join("index.html"), "<meta content=\"./editor.js\" />").unwrap();
        name_by_content(&dist).unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        let name = html.split('"').nth(1).unwrap();
        assert_eq!(name, "./editor-6b86b273ff34fce1.js");
        assert_eq!(fs::read(dist.join(name)).unwrap(), b"1");
        assert!(name_by_content(&dist).is_err());
        fs::remove_dir_all(&dist).unwrap();
    }
}
