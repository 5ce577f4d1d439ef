//! Why no value could be made of a text: what is wrong, in which field and where.
//!
//! Knows nothing of types. Invariant: the place is that of the innermost value around the mistake.

use std::fmt;

use serde::de::{self, Unexpected};

use crate::syntax::{
    LineIndex, Position, Span,
    json::{Node, deserialize::fields},
};

/// Why a text does not hold the value that was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong, in a line.
    pub message: String,
    /// The field, such as `world.home.roles[2].name`; empty for the whole.
    pub path: String,
    /// Where.
    pub position: Position,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            message, position, ..
        } = self;
        let Position { line, column } = position;
        write!(f, "{message} at line {line}, column {column}")
    }
}

impl std::error::Error for ReadError {}

/// A mistake that knows its place as soon as a value is found around it.
///
/// Boxed: every field of every type hands it on, and a pointer takes the least code to do so. Nothing
/// where a member is missing, which is no mistake before somebody says that it has to be there.
#[derive(Debug)]
pub struct Failure(Option<Box<Mistake>>);

#[derive(Debug, Default)]
struct Mistake {
    message: String,
    span: Option<Span>,
    path: String,
}

impl Failure {
    /// Nothing is there, which may be as it should.
    pub(super) const fn missing() -> Self {
        Self(None)
    }

    /// Whether it is no more than that.
    pub(super) const fn is_missing(&self) -> bool {
        self.0.is_none()
    }

    #[inline(never)]
    pub(super) fn new(message: String, span: Option<Span>) -> Self {
        Self(Some(Box::new(Mistake {
            message,
            span,
            path: String::new(),
        })))
    }

    #[inline(never)]
    pub(super) fn under(mut self, step: &str) -> Self {
        if let Some(mistake) = &mut self.0 {
            let path = &mistake.path;
            let joint = if path.is_empty() || path.starts_with('[') {
                ""
            } else {
                "."
            };
            mistake.path = format!("{step}{joint}{path}");
        }
        self
    }

    #[inline(never)]
    pub(super) fn under_item(self, idx: usize) -> Self {
        self.under(&format!("[{idx}]"))
    }

    #[inline(never)]
    pub(super) fn at(mut self, span: Span) -> Self {
        if self.0.is_none() {
            // A list ended before a tuple did.
            return Self::new("expected a longer list".to_owned(), Some(span));
        }
        if let Some(mistake) = &mut self.0 {
            mistake.span.get_or_insert(span);
        }
        self
    }

    #[inline(never)]
    pub(super) fn in_text(self, text: &str) -> ReadError {
        let Mistake {
            message,
            span,
            path,
        } = self.0.map(|it| *it).unwrap_or_default();
        let offset = span.map_or(0, |it| it.start);
        ReadError {
            message,
            path,
            position: LineIndex::new(text).position(text, offset),
        }
    }

    #[inline(never)]
    pub(super) fn expected(expected: &str, found: &Node) -> Self {
        if fields::is_missing(found) {
            return Self(None);
        }
        let message = format!("expected {expected}, found {}", found.value.sort());
        Self::new(message, Some(found.span))
    }
}

/// What was found, in `serde`'s words. Its own way to write them has all that writes doubles with it.
fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(it) => format!("boolean `{it}`"),
        Unexpected::Unsigned(it) => format!("integer `{it}`"),
        Unexpected::Signed(it) => format!("integer `{it}`"),
        Unexpected::Float(it) => {
            let number = serde_json::Number::from_f64(it).map(|it| it.to_string());
            format!("floating point `{}`", number.unwrap_or_default())
        }
        Unexpected::Str(it) => format!("string {it:?}"),
        Unexpected::Unit => "unit value".to_owned(),
        Unexpected::Option => "Option value".to_owned(),
        Unexpected::Seq => "sequence".to_owned(),
        Unexpected::Map => "map".to_owned(),
        Unexpected::Enum => "enum".to_owned(),
        Unexpected::UnitVariant => "unit variant".to_owned(),
        Unexpected::NewtypeVariant => "newtype variant".to_owned(),
        Unexpected::TupleVariant => "tuple variant".to_owned(),
        Unexpected::StructVariant => "struct variant".to_owned(),
        // No JSON comes to these.
        Unexpected::Char(_) | Unexpected::Bytes(_) | Unexpected::NewtypeStruct => {
            "something else".to_owned()
        }
        Unexpected::Other(it) => it.to_owned(),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            self.0
                .as_ref()
                .map_or("something is missing", |it| &it.message),
        )
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    #[inline(never)]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string(), None)
    }

    /// As a struct says that a field is missing which has to be there; `fields` knows which.
    fn invalid_length(_len: usize, _expected: &dyn de::Expected) -> Self {
        Self(None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = in_words(found);
        Self::custom(format_args!("invalid type: {found}, expected {expected}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = in_words(found);
        Self::custom(format_args!("invalid value: {found}, expected {expected}"))
    }
}
