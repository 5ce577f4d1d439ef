//! A policy text in lines and coloured pieces, for the layer behind the text area.
//!
//! Knows JSON's tokens and nothing of policies. Invariant: the pieces of all lines, joined by line
//! breaks, are the text.

use std::collections::BTreeMap;

use rolewalk_core::syntax::Span;

/// Texts longer than this get no layer and no line numbers.
pub(crate) const MAX_BYTES: usize = 100_000;

/// What a piece is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Token {
    /// Blanks, brackets, commas.
    #[default]
    Plain,
    /// A member's name.
    Key,
    /// A string.
    Text,
    /// A number, `true`, `false`, `null`, or something that is no JSON.
    Word,
}

impl Token {
    const fn letter(self) -> char {
        match self {
            Self::Plain => 'p',
            Self::Key => 'k',
            Self::Text => 't',
            Self::Word => 'w',
        }
    }
}

/// What is painted over a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Paint {
    /// Something is wrong here.
    pub(crate) is_error: bool,
    /// Something is odd here.
    pub(crate) is_warning: bool,
    /// The page points here.
    pub(crate) is_marked: bool,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Piece {
    /// Its characters.
    pub(crate) text: String,
    /// What it is.
    pub(crate) token: Token,
    /// What is painted over it.
    pub(crate) paint: Paint,
}

impl Piece {
    /// The names that style sheets know it by.
    pub(crate) fn class(&self) -> String {
        let mut class = match self.token {
            Token::Plain => "tok",
            Token::Key => "tok tok-key",
            Token::Text => "tok tok-text",
            Token::Word => "tok tok-word",
        }
        .to_owned();
        for (is_on, name) in [
            (self.paint.is_error, " has-error"),
            (self.paint.is_warning, " has-warning"),
            (self.paint.is_marked, " is-marked"),
        ] {
            if is_on {
                class.push_str(name);
            }
        }
        class
    }
}

/// A line, and how many lines before it are the same: together a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    /// Its pieces.
    pub(crate) pieces: Vec<Piece>,
    nth: usize,
}

impl Line {
    /// What tells it from every other line of the text.
    pub(crate) fn key(&self) -> String {
        let mut key = self.nth.to_string();
        for piece in &self.pieces {
            let paint = piece.paint;
            let flags = [paint.is_error, paint.is_warning, paint.is_marked]
                .map(|it| if it { '+' } else { '-' });
            key.extend(flags);
            key.push(piece.token.letter());
            key.push_str(&piece.text);
        }
        key
    }
}

/// What to paint where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brush {
    /// A wavy red line.
    Error,
    /// A wavy amber line.
    Warning,
    /// A coloured ground.
    Mark,
}

/// The text in lines, painted.
pub(crate) fn lines(text: &str, brushes: &[(Span, Brush)]) -> Vec<Line> {
    let brushes: Vec<_> = brushes
        .iter()
        .map(|(span, brush)| (visible(text, *span), *brush))
        .collect();
    let mut cuts: Vec<usize> = Vec::new();
    for edge in brushes.iter().flat_map(|((start, end), _)| [*start, *end]) {
        cuts.insert(cuts.partition_point(|it| *it < edge), edge);
    }
    let mut lines = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for (start, end, token) in tokens(text) {
        for (start, end) in cut(start, end, &cuts) {
            let paint = paint(start, end, &brushes);
            for (idx, text) in text.get(start..end).unwrap_or("").split('\n').enumerate() {
                if idx > 0 {
                    lines.push(std::mem::take(&mut pieces));
                }
                if !text.is_empty() {
                    push(&mut pieces, text, token, paint);
                }
            }
        }
    }
    lines.push(pieces);
    numbered(lines)
}

fn push(pieces: &mut Vec<Piece>, text: &str, token: Token, paint: Paint) {
    match pieces.last_mut() {
        Some(last) if last.token == token && last.paint == paint => last.text.push_str(text),
        _ => pieces.push(Piece {
            text: text.to_owned(),
            token,
            paint,
        }),
    }
}

fn numbered(lines: Vec<Vec<Piece>>) -> Vec<Line> {
    let mut seen: BTreeMap<Vec<Piece>, usize> = BTreeMap::new();
    let mut numbered = Vec::with_capacity(lines.len());
    for pieces in lines {
        let nth = seen.entry(pieces.clone()).or_default();
        numbered.push(Line { nth: *nth, pieces });
        *nth += 1;
    }
    numbered
}

/// A span of at least one character, so that there is something to paint.
fn visible(text: &str, span: Span) -> (usize, usize) {
    let (start, end) = (span.start as usize, (span.end as usize).min(text.len()));
    if start < end {
        return (start, end);
    }
    let next = text
        .get(start..)
        .and_then(|it| it.chars().next())
        .filter(|it| *it != '\n');
    if let Some(next) = next {
        return (start, start + next.len_utf8());
    }
    let before = text.get(..start.min(text.len())).unwrap_or("").trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    (before.len() - last, before.len())
}

fn paint(start: usize, end: usize, brushes: &[((usize, usize), Brush)]) -> Paint {
    let is_painted = |brush: Brush| {
        brushes
            .iter()
            .any(|((from, to), it)| *it == brush && *from <= start && end <= *to)
    };
    Paint {
        is_error: is_painted(Brush::Error),
        is_warning: is_painted(Brush::Warning),
        is_marked: is_painted(Brush::Mark),
    }
}

fn cut(start: usize, end: usize, cuts: &[usize]) -> Vec<(usize, usize)> {
    let first = cuts.partition_point(|it| *it <= start);
    let mut from = start;
    let mut parts = Vec::new();
    for at in cuts.iter().skip(first).copied().take_while(|it| *it < end) {
        if at > from {
            parts.push((from, at));
            from = at;
        }
    }
    parts.push((from, end));
    parts
}

fn tokens(text: &str) -> Vec<(usize, usize, Token)> {
    let bytes = text.as_bytes();
    let at = |idx: usize| bytes.get(idx).copied();
    let mut tokens = Vec::new();
    let mut idx = 0;
    while let Some(byte) = at(idx) {
        let start = idx;
        let token = match byte {
            b'"' => {
                idx = string_end(bytes, idx + 1);
                let behind = bytes.iter().skip(idx).find(|it| !it.is_ascii_whitespace());
                if behind == Some(&b':') {
                    Token::Key
                } else {
                    Token::Text
                }
            }
            _ if is_word(byte) => {
                while at(idx).is_some_and(is_word) {
                    idx += 1;
                }
                Token::Word
            }
            _ => {
                while at(idx).is_some_and(|it| it != b'"' && !is_word(it)) {
                    idx += 1;
                }
                Token::Plain
            }
        };
        tokens.push((start, idx, token));
    }
    tokens
}

/// Behind the closing quote, or where the line ends without one.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut idx = from;
    while let Some(byte) = bytes.get(idx) {
        match byte {
            b'"' => return idx + 1,
            b'\n' => return idx,
            b'\\' if bytes.get(idx + 1).is_some_and(|it| *it != b'\n') => idx += 2,
            _ => idx += 1,
        }
    }
    bytes.len()
}

/// Bytes above ASCII stand together with letters, so that no character is cut.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::change::span;

    fn joined(lines: &[Line]) -> String {
        let line = |it: &Line| {
            it.pieces
                .iter()
                .map(|it| it.text.as_str())
                .collect::<String>()
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn show(text: &str, brushes: &[(Span, Brush)]) -> Vec<(String, String)> {
        let lines = lines(text, brushes);
        let pieces = lines.into_iter().flat_map(|it| it.pieces);
        pieces.map(|it| (it.class(), it.text)).collect()
    }

    #[test]
    fn the_pieces_are_the_text() {
        for text in [
            "",
            "\n",
            "{\n  \"a\": [1, true, \"é\\\"x\"]\n}\n",
            "\"open\n é x",
            "\"\\",
        ] {
            assert_eq!(joined(&lines(text, &[])), text);
            assert_eq!(
                joined(&lines(
                    text,
                    &[(span(0, 3), Brush::Error), (span(9, 9), Brush::Mark)]
                )),
                text
            );
        }
    }

    #[test]
    fn a_brush_cuts_the_pieces_under_it() {
        let pair = |class: &str, text: &str| (class.to_owned(), text.to_owned());
        assert_eq!(
            show("{\"a\": \"bcd\"}", &[(span(7, 9), Brush::Mark)]),
            [
                pair("tok", "{"),
                pair("tok tok-key", "\"a\""),
                pair("tok", ": "),
                pair("tok tok-text", "\""),
                pair("tok tok-text is-marked", "bc"),
                pair("tok tok-text", "d\""),
                pair("tok", "}"),
            ]
        );
    }

    #[test]
    fn an_empty_span_paints_a_neighbour() {
        assert!(
            show("{}", &[(span(2, 2), Brush::Error)])
                .iter()
                .any(|it| it.0.contains("has-error"))
        );
        assert!(
            show("{}\n", &[(span(3, 3), Brush::Error)])
                .iter()
                .any(|it| it.0.contains("has-error"))
        );
    }

    #[test]
    fn equal_lines_have_different_keys() {
        let lines = lines("a\na\na", &[]);
        assert_eq!(lines.iter().map(|it| it.nth).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
