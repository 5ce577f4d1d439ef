//! Pictures of the page, taken from the built site in Chromium.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::run;
use crate::setup::{Need, Setup};
use crate::site;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    out: PathBuf,
    /// What follows the page's address: `#/…`.
    path: String,
}

impl Options {
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self {
            out: PathBuf::from("docs/images"),
            path: String::new(),
        };
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match (word, words.next()) {
                ("--out", Some(&folder)) => options.out = PathBuf::from(folder),
                ("--path", Some(&path)) => path.clone_into(&mut options.path),
                ("--out" | "--path", None) => bail!("`{word}` needs a value"),
                _ => bail!("`screenshot` has no option `{word}`"),
            }
        }
        Ok(options)
    }
}

pub(crate) fn screenshot(setup: &mut Setup, options: &Options) -> Result<()> {
    site::build_if_old(setup)?;
    setup.need(Need::BROWSER)?;
    let mut node = setup.command("node");
    node.arg(setup.project.e2e().join("screenshot.js"))
        .arg(setup.project.root.join(&options.out))
        .arg(&options.path)
        .env("ROLEWALK_DIST", setup.project.dist());
    run::stream(&mut node)
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_come_in_any_order() {
        let options = Options::parse(&["--path", "#/learn", "--out", "x"]).unwrap();
        assert_eq!(
            options,
            Options::parse(&["--out", "x", "--path", "#/learn"]).unwrap()
        );
        assert_eq!(options.path, "#/learn");
    }

    #[test]
    fn unknown_or_unfinished_options_are_refused() {
        assert!(Options::parse(&["--ouch", "x"]).is_err());
        assert!(Options::parse(&["--out"]).is_err());
    }
}
