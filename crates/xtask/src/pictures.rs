//! The pictures that other programs show of the site: icons of the manifest, and the preview of a link.
//!
//! They are drawn in Chromium and committed, so that a build needs no browser. Invariant: what is committed was drawn of
//! the icon and by the script that are committed; the tests of this module say so.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::reference_data::sha256;
use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

const FOLDER: &str = "web/assets";
const ICON: &str = "web/assets/icon.svg";
const SCRIPT: &str = "tests/e2e/pictures.js";
/// Says what they were drawn of.
const RECORD: &str = "web/assets/pictures.txt";

/// Draws them anew.
pub(crate) fn draw(setup: &mut Setup) -> Result<()> {
    site::build_if_old(setup)?;
    setup.need(Need::BROWSER)?;
    let root = setup.project.root.clone();
    let mut node = setup.command("node");
    node.arg(root.join(SCRIPT))
        .arg(root.join(FOLDER))
        .arg(root.join(ICON))
        .env("ROLEWALK_DIST", setup.project.dist());
    run::stream(&mut node)?;
    fs::write(root.join(RECORD), record(&root)?)?;
    Ok(())
}

/// A line for each file that they are drawn of.
fn record(root: &Path) -> Result<String> {
    let line = |file: &&str| {
        let content = fs::read(root.join(file)).with_context(|| format!("{file} is missing"))?;
        Ok(format!("{} {file}\n", sha256(&content)))
    };
    [ICON, SCRIPT].iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    /// Width and height, out of a PNG's head.
    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!(&png[12..16], b"IHDR");
        (number(16), number(20))
    }

    #[test]
    fn the_pictures_are_of_this_icon_and_have_the_sizes_that_are_told() {
        let root = Project::find().unwrap().root;
        let recorded = fs::read_to_string(root.join(RECORD)).unwrap();
        assert_eq!(
            recorded,
            record(&root).unwrap(),
            "run `cargo xtask pictures`, and commit what it draws"
        );
        let manifest = fs::read_to_string(root.join("web/assets/manifest.webmanifest")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        for icon in manifest["icons"].as_array().unwrap() {
            let name = icon["src"].as_str().unwrap();
            let (width, height) = size(&fs::read(root.join(FOLDER).join(name)).unwrap());
            assert_eq!(icon["sizes"], format!("{width}x{height}"), "{name}");
        }
        let preview = fs::read(root.join(FOLDER).join("preview.png")).unwrap();
        assert_eq!(size(&preview), (1200, 630));
        let page = fs::read_to_string(root.join("index.html")).unwrap();
        for told in [
            "og:image:width\" content=\"1200\"",
            "og:image:height\" content=\"630\"",
        ] {
            assert!(page.contains(told), "{told}");
        }
    }
}
