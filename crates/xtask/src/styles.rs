//! The site's style sheets, joined, with their hashes in their names.
//!
//! Trunk gives the page one link for each of `web/styles`, and a browser draws nothing before it has those of the head: one
//! request is sooner there than twenty. Those that stand side by side in `index.html` become one: the few that the first
//! text needs, and all others. Sizes follow the text that the reader has chosen. Invariant: the rules stay in the order of
//! the links.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::reference_data::short_hash;
use crate::run;
use crate::setup::Setup;
use crate::site::minify;

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// Comes when somebody teaches, under its own name.
const LATE: &str = "teach.css";
/// Turns pixels into what follows the reader's size of text.
const RELATIVE: &str = "web/styles/relative.mjs";

/// Puts one sheet in the place of each row of links.
pub(crate) fn join(setup: &Setup, dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let (mut html, rows) = without_links(&fs::read_to_string(&index)?)?;
    for names in rows {
        let mut rules = String::new();
        for name in &names {
            let sheet = dist.join(name);
            rules += &fs::read_to_string(&sheet)
                .with_context(|| format!("{} cannot be read", sheet.display()))?;
            fs::remove_file(&sheet)?;
        }
        let all = dist.join("styles.css");
        fs::write(&all, rules)?;
        shrink(setup, &all)?;
        let name = format!("styles-{}.css", short_hash(&fs::read(&all)?));
        fs::rename(&all, dist.join(&name))?;
        html = html.replacen(PLACE, &format!("{LINK}{name}\" />"), 1);
    }
    shrink(setup, &dist.join(LATE))?;
    fs::write(&index, html)?;
    Ok(())
}

/// A sheet as the site has it.
fn shrink(setup: &Setup, sheet: &Path) -> Result<()> {
    let mut node = setup.command("node");
    node.arg(RELATIVE).arg(sheet);
    run::stream(&mut node).context("sizes in pixels were not made relative")?;
    minify(setup, sheet)
}

/// Where a row of links stood.
const PLACE: &str = "<!-- styles -->";

/// The page with a mark in the place of each row of links, and the sheets that each of them names.
fn without_links(html: &str) -> Result<(String, Vec<Vec<String>>)> {
    let mut pieces = html.split(LINK);
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut is_in_row = false;
    for piece in pieces {
        let link = piece.split_once('>').zip(piece.split_once('"'));
        let Some(((_, after), (name, _))) = link else {
            bail!("a link to a style sheet in dist/index.html has no end");
        };
        if let Some(row) = rows.last_mut().filter(|_| is_in_row) {
            row.push(name.to_owned());
        } else {
            rest += PLACE;
            rows.push(vec![name.to_owned()]);
        }
        is_in_row = after.trim().is_empty();
        rest += after.trim_start();
    }
    if rows.is_empty() {
        bail!("dist/index.html names no style sheet");
    }
    Ok((rest, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_side_by_side_make_room_for_one() {
        let html = "<head>\n<link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n\
             <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n<link rel=\"icon\"/></head>\n\
             <p></p><link rel=\"stylesheet\" href=\"./c-3.css\"/>\n</body>";
        let (html, rows) = without_links(html).unwrap();
        assert_eq!(rows, [vec!["a-1.css", "b-2.css"], vec!["c-3.css"]]);
        assert_eq!(
            html,
            "<head>\n<!-- styles --><link rel=\"icon\"/></head>\n<p></p><!-- styles --></body>"
        );
        assert!(without_links("<head></head>").is_err());
    }
}
