//! Text and the places in it: spans, lines and columns, and a JSON reader that keeps both.
//!
//! Knows nothing of policies. Invariant: a [`Span`] made here lies on character boundaries of the
//! text it was read from.

mod decimal;
pub mod json;
mod line_index;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use self::{
    decimal::nearest_double,
    line_index::{LineIndex, Position},
};

/// A range of a text, in UTF-8 bytes from its start.
///
/// JavaScript and the text area count UTF-16 units: see [`LineIndex::utf16`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `offset` lies inside, both ends included: where a caret stands counts as inside.
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// As a range to index a text with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span, or nothing where the span is not of this text.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spanned<T> {
    /// Where.
    pub span: Span,
    /// What.
    pub value: T,
}

impl<T> Spanned<T> {
    /// `value`, read from `span`.
    pub const fn new(span: Span, value: T) -> Self {
        Self { span, value }
    }
}
