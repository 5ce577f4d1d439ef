//! The site's style sheets in one file, with its hash in its name.
//!
//! Trunk gives the page one link for each of `web/styles`, and a browser draws nothing before it has them all: one
//! request is sooner there than twenty. Invariant: the rules stay in the order of the links.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::reference_data::sha256;
use crate::run;
use crate::setup::Setup;

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// Comes when somebody teaches, under its own name.
const LATE: &str = "teach.css";

/// Puts one sheet in place of those that the page names.
pub(crate) fn join(setup: &Setup, dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)?;
    let (html, names) = without_links(&html)?;
    let mut rules = String::new();
    for name in &names {
        let sheet = dist.join(name);
        rules += &fs::read_to_string(&sheet)
            .with_context(|| format!("{} cannot be read", sheet.display()))?;
        fs::remove_file(&sheet)?;
    }
    let all = dist.join("styles.css");
    fs::write(&all, rules)?;
    for sheet in [&all, &dist.join(LATE)] {
        let mut esbuild = setup.command("esbuild");
        esbuild
            .arg(sheet)
            .arg(format!("--outfile={}", sheet.display()));
        esbuild.args(["--minify", "--allow-overwrite", "--log-level=warning"]);
        run::stream(&mut esbuild)?;
    }
    let hash = sha256(&fs::read(&all)?);
    let name = format!("styles-{}.css", hash.get(..16).unwrap_or(&hash));
    fs::rename(&all, dist.join(&name))?;
    fs::write(
        &index,
        html.replacen(PLACE, &format!("{LINK}{name}\" />"), 1),
    )?;
    Ok(())
}

/// Where the first link stood.
const PLACE: &str = "<!-- styles -->";

/// The page with a mark in place of its links, and the sheets that they name.
fn without_links(html: &str) -> Result<(String, Vec<String>)> {
    let mut pieces = html.split(LINK);
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    let mut names = Vec::new();
    for piece in pieces {
        let link = piece.split_once('>').zip(piece.split_once('"'));
        let Some(((_, after), (name, _))) = link else {
            bail!("a link to a style sheet in dist/index.html has no end");
        };
        if names.is_empty() {
            rest += PLACE;
        }
        names.push(name.to_owned());
        rest += after.trim_start();
    }
    if names.is_empty() {
        bail!("dist/index.html names no style sheet");
    }
    Ok((rest, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_make_room_for_one() {
        let html = "<head>\n<link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n\
             <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n<link rel=\"icon\"/></head>";
        let (html, names) = without_links(html).unwrap();
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert_eq!(html, "<head>\n<!-- styles --><link rel=\"icon\"/></head>");
        assert!(without_links("<head></head>").is_err());
    }
}
