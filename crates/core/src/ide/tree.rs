//! JSON as far as it is typed: what stands where, however broken the rest.
//!
//! The reader of [`crate::syntax::json`] leaves out what is not whole, such as a key that has no value yet; an editor is
//! asked exactly there. Knows nothing of policies. Invariant: each token is looked at a bounded number of times, and
//! every span lies on character boundaries.

use std::borrow::Cow;

use crate::syntax::{
    Span,
    json::{self, Value},
};

/// How deep it is looked into; no policy nests deeper.
const MAX_DEPTH: usize = 32;

/// How a text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// By its second quote.
    Closed,
    /// By the end of the line, or by a quote that probably begins another string.
    Open,
    /// It has none: a word, such as `true`.
    None,
}

/// A string or a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    /// With its quotes.
    pub(super) span: Span,
    pub(super) quotes: Quotes,
    /// As written, without quotes.
    pub(super) raw: &'a str,
}

impl<'a> Text<'a> {
    /// Where the characters between the quotes are.
    pub(super) const fn inner(&self) -> Span {
        let Span { start, end } = self.span;
        match self.quotes {
            Quotes::Closed => Span::new(start + 1, end - 1),
            Quotes::Open => Span::new(start + 1, end),
            Quotes::None => self.span,
        }
    }

    /// What it says, its escapes undone.
    pub(super) fn value(&self) -> Cow<'a, str> {
        if !self.raw.contains('\\') || self.quotes == Quotes::None {
            return Cow::Borrowed(self.raw);
        }
        let read = json::read(&format!("\"{}\"", self.raw)).root;
        match read.map(|it| it.value) {
            Some(Value::String(text)) => Cow::Owned(text),
            _ => Cow::Borrowed(self.raw),
        }
    }

    /// Whether a caret there is in the middle of it, so that typing goes on with it.
    pub(super) const fn holds(&self, offset: u32) -> bool {
        let Span { start, end } = self.span;
        match self.quotes {
            Quotes::Closed => start < offset && offset < end,
            Quotes::Open => start < offset && offset <= end,
            Quotes::None => start <= offset && offset <= end,
        }
    }
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node<'a> {
    Text(Text<'a>),
    Object(Object<'a>),
    Array(Array<'a>),
}

impl<'a> Node<'a> {
    pub(super) const fn span(&self) -> Span {
        match self {
            Self::Text(it) => it.span,
            Self::Object(it) => it.span,
            Self::Array(it) => it.span,
        }
    }

    /// The texts of a list, or the one text.
    pub(super) fn texts(&self) -> Vec<&Text<'a>> {
        match self {
            Self::Text(it) => vec![it],
            Self::Object(_) => Vec::new(),
            Self::Array(list) => {
                let items = list.items.iter();
                let texts = items.filter_map(|it| match &it.node {
                    Self::Text(text) => Some(text),
                    _ => None,
                });
                texts.collect()
            }
        }
    }
}

/// An object.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    /// Up to its bracket, or to what shows that it has none.
    pub(super) span: Span,
    pub(super) is_closed: bool,
    pub(super) entries: Vec<Entry<'a>>,
}

/// A key, and what stands behind it so far.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) key: Text<'a>,
    /// Behind its `:`.
    pub(super) colon: Option<u32>,
    pub(super) value: Option<Node<'a>>,
    /// Behind its `,`.
    pub(super) comma: Option<u32>,
}

/// A list.
#[derive(Clone, Debug)]
pub(super) struct Array<'a> {
    pub(super) span: Span,
    pub(super) is_closed: bool,
    pub(super) items: Vec<Item<'a>>,
}

/// One of a list.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) node: Node<'a>,
    /// Behind its `,`.
    pub(super) comma: Option<u32>,
}

impl<'a> Object<'a> {
    /// The entry of that name; AWS's elements are told apart by case, people typing are not.
    pub(super) fn entry(&self, name: &str) -> Option<&Entry<'a>> {
        let mut entries = self.entries.iter();
        entries.find(|it| it.key.raw.eq_ignore_ascii_case(name))
    }

    /// The texts in the value of that name.
    pub(super) fn texts(&self, name: &str) -> Vec<&Text<'a>> {
        let value = self.entry(name).and_then(|it| it.value.as_ref());
        value.map(Node::texts).unwrap_or_default()
    }
}

impl Entry<'_> {
    /// Where what is there of it ends, its comma aside.
    pub(super) fn end(&self) -> u32 {
        let colon = self.colon.unwrap_or(self.key.span.end);
        self.value.as_ref().map_or(colon, |it| it.span().end)
    }
}

/// A text as far as typed.
#[derive(Clone, Debug)]
pub(super) struct Tree<'a> {
    pub(super) root: Option<Node<'a>>,
    /// Comments, which are no JSON.
    pub(super) comments: Vec<Span>,
}

impl<'a> Tree<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let (tokens, comments) = tokens(text);
        let mut reader = Reader {
            tokens,
            next: 0,
            end: offset(text.len()),
            n_objects: 0,
            n_arrays: 0,
        };
        while matches!(
            reader.peek(0),
            Some(Token {
                kind: Kind::Close(_) | Kind::Comma | Kind::Colon,
                ..
            })
        ) {
            reader.next += 1;
        }
        let root = reader.node(0, false);
        Self { root, comments }
    }
}

/// What a token is; brackets with their character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open(u8),
    Close(u8),
    Colon,
    Comma,
    Text,
}

/// A bracket, a `:` or `,`, a string or a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: Text<'a>,
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The tokens of a text, and its comments.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<Span>) {
    let mut tokens = Vec::new();
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        let (kind, len) = match first {
            _ if first.is_whitespace() || first == '\u{feff}' => {
                at += first.len_utf8();
                continue;
            }
            '/' | '#' if comment_len(rest) > 0 => {
                let end = at + comment_len(rest);
                comments.push(Span::new(offset(at), offset(end)));
                at = end;
                continue;
            }
            '{' | '[' => (Kind::Open(first as u8), 1),
            '}' | ']' => (Kind::Close(first as u8), 1),
            ':' => (Kind::Colon, 1),
            ',' => (Kind::Comma, 1),
            '"' => (Kind::Text, string(rest).0),
            _ => {
                let is_end = |it: char| it.is_whitespace() || "{}[]:,\"".contains(it);
                let len = rest.find(is_end).unwrap_or(rest.len());
                (Kind::Text, len.max(first.len_utf8()))
            }
        };
        let span = Span::new(offset(at), offset(at + len));
        let written = span.of(text).unwrap_or_default();
        let (quotes, raw) = match written.strip_prefix('"') {
            None => (Quotes::None, written),
            Some(inner) if !string(written).1 => (Quotes::Open, inner),
            Some(inner) => {
                let inner = inner.strip_suffix('"').unwrap_or(inner);
                let is_closed = ends_well(text.get(at + len..));
                (
                    if is_closed {
                        Quotes::Closed
                    } else {
                        Quotes::Open
                    },
                    inner,
                )
            }
        };
        let text = Text { span, quotes, raw };
        tokens.push(Token { kind, text });
        at += len;
    }
    (tokens, comments)
}

fn comment_len(rest: &str) -> usize {
    if rest.starts_with("//") || rest.starts_with('#') {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |it| it + 2)
    } else {
        0
    }
}

/// How long a string is, up to the quote that closes it or to the end of the line, and whether a quote closes it.
fn string(rest: &str) -> (usize, bool) {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' | b'\r' => return (at, false),
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return (at + 1, true),
            _ => {}
        }
    }
    (rest.len(), false)
}

/// Whether what follows a quote can follow a string: a letter right behind it shows that the quote opens another.
fn ends_well(rest: Option<&str>) -> bool {
    let next = rest.and_then(|it| it.chars().next());
    next.is_none_or(|it| it.is_whitespace() || ",:]}\"/#".contains(it))
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
    end: u32,
    n_objects: usize,
    n_arrays: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.next + ahead).copied()
    }

    fn is_key(&self) -> bool {
        matches!(self.peek(0), Some(it) if it.kind == Kind::Text)
            && matches!(self.peek(1), Some(it) if it.kind == Kind::Colon)
    }

    fn node(&mut self, depth: usize, in_array: bool) -> Option<Node<'a>> {
        let token = self.peek(0)?;
        match token.kind {
            Kind::Open(_) if depth == MAX_DEPTH => {
                self.next = self.tokens.len();
                None
            }
            Kind::Open(b'{') => Some(Node::Object(self.object(depth + 1, in_array))),
            Kind::Open(_) => Some(Node::Array(self.array(depth + 1))),
            Kind::Text => {
                self.next += 1;
                Some(Node::Text(token.text))
            }
            _ => None,
        }
    }

    fn array(&mut self, depth: usize) -> Array<'a> {
        let start = self.start();
        self.next += 1;
        self.n_arrays += 1;
        let mut items: Vec<Item<'a>> = Vec::new();
        let is_closed = loop {
            let Some(token) = self.peek(0) else {
                break false;
            };
            match token.kind {
                Kind::Close(b']') => break true,
                Kind::Close(_) if self.n_objects > 0 => break false,
                Kind::Comma => {
                    if let Some(last) = items.last_mut() {
                        last.comma.get_or_insert(token.text.span.end);
                    }
                    self.next += 1;
                }
                Kind::Close(_) | Kind::Colon => self.next += 1,
                // A key: it belongs to the object that the list should have been closed for.
                Kind::Text if self.n_objects > 0 && self.is_key() => break false,
                Kind::Text | Kind::Open(_) => {
                    let node = self.node(depth, true);
                    items.extend(node.map(|node| Item { node, comma: None }));
                }
            }
        };
        self.n_arrays -= 1;
        Array {
            span: self.close(start, is_closed),
            is_closed,
            items,
        }
    }

    fn object(&mut self, depth: usize, in_array: bool) -> Object<'a> {
        let start = self.start();
        self.next += 1;
        self.n_objects += 1;
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let is_closed = loop {
            let Some(token) = self.peek(0) else {
                break false;
            };
            match token.kind {
                Kind::Close(b'}') => break true,
                Kind::Close(_) if self.n_arrays > 0 => break false,
                Kind::Comma => {
                    if let Some(last) = entries.last_mut() {
                        last.comma.get_or_insert(token.text.span.end);
                    }
                    self.next += 1;
                }
                Kind::Close(_) | Kind::Colon => self.next += 1,
                // The next of a list: this one should have been closed.
                Kind::Open(b'{') if in_array && !entries.is_empty() => break false,
                Kind::Open(_) => {
                    self.node(depth, false);
                }
                Kind::Text => {
                    self.next += 1;
                    entries.push(self.entry(token.text, depth));
                }
            }
        };
        self.n_objects -= 1;
        Object {
            span: self.close(start, is_closed),
            is_closed,
            entries,
        }
    }

    fn entry(&mut self, key: Text<'a>, depth: usize) -> Entry<'a> {
        let colon = self.peek(0).filter(|it| it.kind == Kind::Colon);
        if colon.is_some() {
            self.next += 1;
        }
        let is_quoted = key.quotes != Quotes::None;
        let has_value = !self.is_key() && (colon.is_some() || is_quoted);
        let value = if has_value {
            self.node(depth, false)
        } else {
            None
        };
        Entry {
            key,
            colon: colon.map(|it| it.text.span.end),
            value,
            comma: None,
        }
    }

    fn start(&self) -> u32 {
        self.peek(0).map_or(self.end, |it| it.text.span.start)
    }

    fn close(&mut self, start: u32, is_closed: bool) -> Span {
        let next = self.peek(0);
        if is_closed {
            self.next += 1;
            Span::new(start, next.map_or(self.end, |it| it.text.span.end))
        } else {
            Span::new(start, next.map_or(self.end, |it| it.text.span.start))
        }
    }
}
