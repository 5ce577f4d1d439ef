//! Cuts a text into its documents: the CLI's outputs stand one behind the other, often with prompts
//! and errors of the shell between them.
//!
//! A document that nobody closes would swallow all that follow. From the first one on, a `{` at the
//! very beginning of a line is taken for the beginning of the next: the CLI indents everything else.
//! Invariant: every byte is read at most twice.

use crate::syntax::json::{self, Document, SyntaxErrorKind};

/// A piece of a text.
#[derive(Debug)]
pub(super) enum Piece {
    /// A JSON value.
    Json {
        document: Document,
        /// Whether it ends before its end.
        is_cut: bool,
        /// Where it begins.
        start: usize,
    },
    /// Lines that are no JSON.
    Other {
        /// Where they begin.
        start: usize,
        /// Behind their last character.
        end: usize,
    },
}

/// The pieces of a text, one after the other.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    text: &'a str,
    pos: usize,
    is_damaged: bool,
}

impl<'a> Pieces<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            is_damaged: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or("")
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        let is_blank = |it: char| it.is_whitespace() || it == '\u{feff}';
        self.pos += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    /// Where the next line begins that looks like the beginning of a document.
    fn next_start(&self) -> usize {
        let rest = self.text.get(self.pos..).unwrap_or("");
        let found = rest.find("\n{").map(|it| self.pos + it + 1);
        found.unwrap_or(self.text.len())
    }

    fn json(&mut self) -> Piece {
        let start = self.pos;
        if !self.is_damaged {
            let (document, end) = json::read_at(self.text, start);
            self.is_damaged = runs_off(&document) || end <= start;
            if !self.is_damaged {
                self.pos = end;
                return Piece::Json {
                    document,
                    is_cut: false,
                    start,
                };
            }
        }
        let limit = self.next_start();
        let (document, end) = json::read_at(self.text.get(..limit).unwrap_or(""), start);
        let is_cut = runs_off(&document);
        self.pos = if is_cut || end <= start { limit } else { end };
        Piece::Json {
            document,
            is_cut,
            start,
        }
    }

    fn other(&mut self) -> Piece {
        let start = self.pos;
        loop {
            let rest = self.rest();
            self.pos += rest.find('\n').map_or(rest.len(), |it| it + 1);
            self.skip_blank();
            if self.rest().is_empty() || self.rest().starts_with(['{', '[']) {
                return Piece::Other {
                    start,
                    end: self.pos,
                };
            }
        }
    }
}

/// Whether the document did not come to its end before the text did.
fn runs_off(document: &Document) -> bool {
    let is_open = |it: &SyntaxErrorKind| {
        matches!(
            it,
            SyntaxErrorKind::Unclosed { .. } | SyntaxErrorKind::TooDeep
        )
    };
    document.errors.len() == json::MAX_ERRORS || document.errors.iter().any(|it| is_open(&it.kind))
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.skip_blank();
        let first = self.rest().chars().next()?;
        Some(if matches!(first, '{' | '[') {
            self.json()
        } else {
            self.other()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter a piece: `J` a document, `c` one that is cut off, `o` other text.
    fn pieces(text: &str) -> String {
        let letter = |it| match it {
            Piece::Json { is_cut: false, .. } => 'J',
            Piece::Json { is_cut: true, .. } => 'c',
            Piece::Other { .. } => 'o',
        };
        Pieces::of(text).map(letter).collect()
    }

    #[test]
    fn documents_stand_one_behind_the_other() {
        for (text, expected) in [
            ("", ""),
            (" \n", ""),
            ("{}{}[]", "JJJ"),
            ("\u{feff}{}\r\n{}", "JJ"),
            ("$ aws iam\n\nmore\n{}\n$", "oJo"),
            ("{\n  \"a\": [\n    {\n      \"b", "c"),
            ("{\n  \"a\": [\n    {\"b\": 1},\n{\"c\": 1}\n{}", "cJJ"),
            ("[\n{},\n{}\n]", "J"),
            ("]{\"]{\"\n{}", "oJ"),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
