//! A JSON reader that keeps the place of everything and goes on after a mistake.
//!
//! Knows nothing of policies and writes no prose: a mistake is a [`SyntaxError`], a kind and a
//! place. Invariant: a text is free of errors exactly if `serde_json` reads it (duplicate keys are
//! kept, not judged); time is linear in the text, depth is limited.

mod deserialize;
mod reader;
mod scalar;
mod written;

pub use self::deserialize::{ReadError, from_node, from_str, parse};
pub(crate) use self::written::{quoted, write_list};

use crate::syntax::{Span, Spanned};

/// How deep arrays and objects may nest: as deep as `serde_json` goes.
pub const MAX_DEPTH: usize = 127;

/// How many errors are kept; a text with more is not JSON, and the rest says nothing new.
pub const MAX_ERRORS: usize = 50;

/// A value and its place.
pub type Node = Spanned<Value>;

/// A JSON value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written: 10 and 10.0 are two texts.
    Number(String),
    /// A string, decoded.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object: members in order, duplicates kept.
    Object(Vec<Member>),
}

impl Value {
    /// What a person calls this sort of value.
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The key, quotes included in its place.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
    /// Key and value.
    pub span: Span,
}

/// What was read, as far as it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The value; `None` where there is none to speak of.
    pub root: Option<Node>,
    /// What is wrong, in the order met, at most [`MAX_ERRORS`].
    pub errors: Vec<SyntaxError>,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong with a text that should be JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    Empty,
    /// Longer than places can be counted.
    TooLong,
    /// Nested deeper than [`MAX_DEPTH`]; the rest is not read.
    TooDeep,
    /// A byte order mark in front.
    ByteOrderMark,
    /// Text behind the value.
    TextAfterEnd,
    /// A bracket that nobody closes.
    Unclosed {
        /// The bracket: `{` or `[`.
        open: char,
    },
    /// A closing bracket that nothing opened.
    Unopened {
        /// The bracket: `}` or `]`.
        close: char,
    },
    /// A closing bracket of the other sort, which closes the bracket all the same.
    WrongClose {
        /// The bracket that it stands for: `}` or `]`.
        wanted: char,
        /// The bracket that is closed.
        opened: Span,
    },
    /// A key should stand here.
    ExpectedKey,
    /// A key without `:` and value.
    KeyWithoutValue {
        /// The key.
        key: String,
    },
    /// No `:` between key and value.
    MissingColon,
    /// No `,` before this.
    MissingComma,
    /// A `,` with nothing before it, or nothing behind it.
    ExtraComma,
    /// A string that the end of the line closes.
    UnclosedString,
    /// A raw control character in a string.
    ControlCharacter {
        /// The character.
        found: char,
    },
    /// `\` and something that JSON has no escape for.
    BadEscape,
    /// Half of a `\uD83D\uDE00` pair.
    LoneSurrogate,
    /// `'…'`.
    SingleQuotes,
    /// `“…”`, and what stands between.
    CurlyQuotes {
        /// The text between the quotes.
        text: String,
    },
    /// White space that JSON does not know, such as a no-break space; read as white space.
    OtherBlank {
        /// The first such character.
        found: char,
    },
    /// A key without quotes.
    UnquotedKey {
        /// The key.
        key: String,
    },
    /// A word that is not `true`, `false` or `null`.
    UnknownWord {
        /// The word.
        word: String,
    },
    /// Begins as a number and is none.
    BadNumber {
        /// The text.
        text: String,
    },
    /// A number larger than a double can hold.
    NumberOutOfRange,
    /// `//`, `/* */` or `#`.
    Comment,
    /// A character with no meaning here.
    UnexpectedCharacter {
        /// The character.
        found: char,
    },
}

/// Reads `text` to its end, whatever is in it.
pub fn read(text: &str) -> Document {
    reader::read(text)
}

/// Reads the one value that begins at byte `start` of `text`, whatever follows it, and says at which
/// byte it ends: for texts that hold several values one behind the other.
pub fn read_at(text: &str, start: usize) -> (Document, usize) {
    reader::read_at(text, start)
}

#[cfg(test)]
mod tests;
