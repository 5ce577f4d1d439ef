//! The site's style sheets, joined, with their hashes in their names.
//!
//! Trunk gives the page one link for each of `web/styles`, and a browser draws nothing before it has those of the head. Those
//! that stand side by side in `index.html` become one: the few that the first text needs, and all others. The first come in
//! the page itself, whose content security policy allows them by their hash, so that the first text is drawn without a second
//! way to the host. Sizes follow the text that the reader has chosen. Invariants: the rules stay in the order of the links;
//! where a host's own policy refuses what is inline, the same rules lie in a file (see `web/boot/boot.js`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::reference_data::short_hash;
use crate::run;
use crate::setup::Setup;
use crate::site::minify;

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
/// Comes when somebody teaches, under its own name.
const LATE: &str = "teach.css";
/// Turns pixels into what follows the reader's size of text.
const RELATIVE: &str = "web/styles/relative.mjs";
/// Before the hash of the file with the rules that stand in the page, which is asked for only where these are refused.
pub(crate) const REFUSED_PREFIX: &str = "styles-first-";
/// What the page's policy says of styles, as `index.html` has it.
const POLICY: &str = "style-src 'self';";

/// Puts one sheet in the place of each row of links: the first into the page, the others beside it.
pub(crate) fn join(setup: &Setup, dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let (mut html, rows) = without_links(&fs::read_to_string(&index)?)?;
    for (n, names) in rows.iter().enumerate() {
        let mut rules = String::new();
        for name in names {
            let sheet = dist.join(name);
            rules += &fs::read_to_string(&sheet)
                .with_context(|| format!("{} cannot be read", sheet.display()))?;
            fs::remove_file(&sheet)?;
        }
        let all = dist.join("styles.css");
        fs::write(&all, rules)?;
        shrink(setup, &all)?;
        let rules = fs::read_to_string(&all)?;
        let hash = short_hash(rules.as_bytes());
        let name = if n == 0 {
            let name = format!("{REFUSED_PREFIX}{hash}.css");
            html = with_inline(&html, rules.trim(), &name)?;
            name
        } else {
            let name = format!("styles-{hash}.css");
            html = html.replacen(PLACE, &format!("{LINK}{name}\" />"), 1);
            name
        };
        fs::rename(&all, dist.join(&name))?;
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

/// The page with rules in the first place, and the policy that allows just these.
fn with_inline(html: &str, rules: &str, file: &str) -> Result<String> {
    if !html.contains(POLICY) {
        bail!(
            "index.html has no content security policy with `{POLICY}`, which the styles in the page need"
        );
    }
    if rules.contains("</") {
        bail!("the first styles have a `</`, which would end them in the page");
    }
    let hash = BASE64_STANDARD.encode(Sha256::digest(rules));
    let allowed = format!("style-src 'self' 'sha256-{hash}';");
    let element = format!("<style data-file=\"./{file}\">{rules}</style>");
    Ok(html
        .replacen(POLICY, &allowed, 1)
        .replacen(PLACE, &element, 1))
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

    #[test]
    fn the_policy_allows_the_rules_in_the_page_and_no_others() {
        let page = format!("<meta content=\"{POLICY}\" />{PLACE}{PLACE}");
        let html = with_inline(&page, "a{color:red}", "first.css").unwrap();
        // printf 'a{color:red}' | openssl dgst -sha256 -binary | base64
        let hash = "6hWWMOcF+mJesSJGYhmK2lkIIEw9Xc5XKGLPVzh8yxs=";
        assert_eq!(
            html,
            format!(
                "<meta content=\"style-src 'self' 'sha256-{hash}';\" />\
                 <style data-file=\"./first.css\">a{{color:red}}</style>{PLACE}"
            )
        );
        assert!(with_inline(&page, "a{content:\"</style>\"}", "first.css").is_err());
        assert!(with_inline(PLACE, "a{color:red}", "first.css").is_err());
    }
}
