//! A file of the catalogue, read a little at a time, so that a page can draw in between.
//!
//! Knows how the files are laid out: one service a line, between a line `{` and a line `}`. A file that is laid out
//! otherwise is read in one step. Invariant: reading to the end comes to the same as reading the whole at once.

use crate::{
    catalogue::Catalogue,
    syntax::json::{self, Node, ReadError},
};

/// How much is read in a step, in bytes: a few milliseconds' worth on a slow phone.
const STEP: usize = 24_000;

/// The files of `data/catalogue`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CatalogueFile {
    /// The services that SageMaker leans on, with descriptions.
    Core,
    /// The condition keys that every service knows.
    GlobalKeys,
    /// Every service of AWS, without descriptions.
    All,
    /// The descriptions; of use once every service is there.
    Descriptions,
}

impl CatalogueFile {
    /// Its name in `data/catalogue`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Core => "core.json",
            Self::GlobalKeys => "global-condition-keys.json",
            Self::All => "all.json",
            Self::Descriptions => "descriptions.json",
        }
    }
}

/// A file on its way into a catalogue.
#[derive(Clone, Debug)]
pub struct Reading {
    file: CatalogueFile,
    text: String,
    /// INVARIANT: the start of a line, or the end.
    at: usize,
}

impl Reading {
    /// Begins with the text of a file.
    pub fn new(file: CatalogueFile, text: String) -> Self {
        let at = if text.starts_with("{\n") { 2 } else { 0 };
        Self { file, text, at }
    }

    /// Takes in a few lines; `true` while there are more.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON: it was cut off, or is another file. What was taken in before stays, so a caller who
    /// wants all or nothing reads into a copy.
    pub fn step(&mut self, catalogue: &mut Catalogue) -> Result<bool, ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if self.at == 0 {
            catalogue.read(self.file, rest)?;
            return Ok(false);
        }
        let from = rest.as_bytes().get(STEP..).unwrap_or_default();
        let end = match from.iter().position(|it| *it == b'\n') {
            Some(n_more) => STEP + n_more + 1,
            None => rest.len(),
        };
        let lines = rest.get(..end).unwrap_or_default();
        let is_last = end == rest.len();
        let text = if is_last {
            // With the end that it has, or with none.
            format!("{{{lines}")
        } else {
            let lines = lines.trim_end();
            format!("{{{}}}", lines.strip_suffix(',').unwrap_or(lines))
        };
        catalogue.take_in(self.file, &json::parse(&text)?);
        self.at += end;
        catalogue.is_complete |= is_last && self.file == CatalogueFile::All;
        Ok(!is_last)
    }
}

impl Catalogue {
    /// Takes in a whole file.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON: it was cut off, or is another file. Nothing is taken in then.
    pub fn read(&mut self, file: CatalogueFile, text: &str) -> Result<(), ReadError> {
        self.take_in(file, &json::parse(text)?);
        self.is_complete |= file == CatalogueFile::All;
        Ok(())
    }

    fn take_in(&mut self, file: CatalogueFile, root: &Node) {
        match file {
            CatalogueFile::Core | CatalogueFile::All => self.take_in_services(root),
            CatalogueFile::GlobalKeys => self.take_in_global_keys(root),
            CatalogueFile::Descriptions => self.take_in_descriptions(root),
        }
    }
}
