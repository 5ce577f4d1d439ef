//! The reader itself: arrays, objects, and how it goes on after a mistake.
//!
//! Invariant: every step forward consumes at least one character, and none goes back.

use crate::syntax::{
    Span, Spanned,
    json::{Document, MAX_DEPTH, MAX_ERRORS, Member, Node, SyntaxError, SyntaxErrorKind, Value},
};

pub(super) fn read(text: &str) -> Document {
    let mut reader = Reader::new(text);
    let root = if u32::try_from(text.len()).is_err() {
        reader.error(SyntaxErrorKind::TooLong, Span::new(0, 0));
        None
    } else {
        reader.document()
    };
    Document {
        root,
        errors: reader.errors,
    }
}

pub(super) fn read_at(text: &str, start: usize) -> (Document, usize) {
    let mut reader = Reader::new(text);
    reader.pos = start;
    let root = if u32::try_from(text.len()).is_err() || !text.is_char_boundary(start) {
        reader.error(SyntaxErrorKind::TooLong, Span::new(0, 0));
        reader.pos = text.len();
        None
    } else {
        reader.value(0)
    };
    let document = Document {
        root,
        errors: reader.errors,
    };
    (document, reader.pos)
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// INVARIANT: on a character boundary.
    pub(super) pos: usize,
    errors: Vec<SyntaxError>,
    n_open_arrays: usize,
    n_open_objects: usize,
    /// Counted at the first closing bracket that does not fit.
    balance: Option<Balance>,
    /// Set when the rest of the text is given up: what is open then is not the writer's mistake.
    is_halted: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            errors: Vec::new(),
            n_open_arrays: 0,
            n_open_objects: 0,
            balance: None,
            is_halted: false,
        }
    }

    fn document(&mut self) -> Option<Node> {
        if self.rest().starts_with('\u{feff}') {
            self.bump();
            self.error(SyntaxErrorKind::ByteOrderMark, self.span_from(0));
        }
        self.skip_blank();
        while let Some(close @ (b'}' | b']' | b',' | b':')) = self.peek() {
            let found = char::from(close);
            self.bump_with(if matches!(close, b'}' | b']') {
                SyntaxErrorKind::Unopened { close: found }
            } else {
                SyntaxErrorKind::UnexpectedCharacter { found }
            });
            self.skip_blank();
        }
        if self.peek().is_none() {
            self.error(
                SyntaxErrorKind::Empty,
                Span::new(0, offset(self.text.len())),
            );
            return None;
        }
        let root = self.value(0);
        self.skip_blank();
        while let Some(close @ (b'}' | b']')) = self.peek() {
            let close = char::from(close);
            self.bump_with(SyntaxErrorKind::Unopened { close });
            self.skip_blank();
        }
        if self.peek().is_some() {
            let start = self.pos;
            let line = self.rest().lines().next().unwrap_or("").trim_end();
            self.pos += line.len();
            self.error(SyntaxErrorKind::TextAfterEnd, self.span_from(start));
        }
        root
    }

    /// Reads one value. The caller has made sure that something other than `,`, `:` or a closing
    /// bracket stands here.
    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.pos;
        let value = match self.peek()? {
            b'{' | b'[' if depth == MAX_DEPTH => {
                self.bump_with(SyntaxErrorKind::TooDeep);
                self.pos = self.text.len();
                self.is_halted = true;
                return None;
            }
            b'{' => self.object(depth + 1),
            b'[' => self.array(depth + 1),
            b'"' => Value::String(self.string('"')),
            b'\'' => {
                let string = self.string('\'');
                self.error(SyntaxErrorKind::SingleQuotes, self.span_from(start));
                Value::String(string)
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ if self.is_at_curly_quote() => Value::String(self.curly_string()),
            _ => self.word()?,
        };
        Some(Spanned::new(self.span_from(start), value))
    }

    fn array(&mut self, depth: usize) -> Value {
        let open = self.pos;
        self.bump();
        self.n_open_arrays += 1;
        let mut items = Vec::new();
        let mut comma = None;
        loop {
            self.skip_blank();
            match self.peek() {
                None => {
                    self.unclosed(open, '[');
                    break;
                }
                Some(b']') => {
                    self.trailing_comma(comma);
                    self.bump();
                    break;
                }
                Some(b'}') => match self.misfit('}', self.n_open_objects > 0) {
                    Misfit::ClosesOuter => {
                        self.unclosed(open, '[');
                        break;
                    }
                    Misfit::Wrong => {
                        self.trailing_comma(comma);
                        self.wrong_close(open, ']');
                        break;
                    }
                    Misfit::Extra => self.bump_with(SyntaxErrorKind::Unopened { close: '}' }),
                },
                Some(b',') => self.bump_with(SyntaxErrorKind::ExtraComma),
                Some(b':') => self.bump_with(SyntaxErrorKind::UnexpectedCharacter { found: ':' }),
                Some(_) => {
                    if comma.is_none() && !items.is_empty() {
                        self.error_here(SyntaxErrorKind::MissingComma);
                    }
                    if let Some(item) = self.value(depth) {
                        items.push(item);
                    }
                    comma = self.comma();
                }
            }
        }
        self.n_open_arrays -= 1;
        Value::Array(items)
    }

    fn object(&mut self, depth: usize) -> Value {
        let open = self.pos;
        self.bump();
        self.n_open_objects += 1;
        let mut members = Vec::new();
        let mut comma = None;
        let mut is_first = true;
        loop {
            self.skip_blank();
            match self.peek() {
                None => {
                    self.unclosed(open, '{');
                    break;
                }
                Some(b'}') => {
                    self.trailing_comma(comma);
                    self.bump();
                    break;
                }
                Some(b']') => match self.misfit(']', self.n_open_arrays > 0) {
                    Misfit::ClosesOuter => {
                        self.unclosed(open, '{');
                        break;
                    }
                    Misfit::Wrong => {
                        self.trailing_comma(comma);
                        self.wrong_close(open, '}');
                        break;
                    }
                    Misfit::Extra => self.bump_with(SyntaxErrorKind::Unopened { close: ']' }),
                },
                Some(b',') => self.bump_with(SyntaxErrorKind::ExtraComma),
                Some(b':') => self.bump_with(SyntaxErrorKind::ExpectedKey),
                Some(b'{' | b'[') => {
                    self.error_here(SyntaxErrorKind::ExpectedKey);
                    self.value(depth);
                    comma = self.comma();
                }
                Some(_) => {
                    let start = self.pos;
                    let Some(key) = self.key() else { continue };
                    if comma.is_none() && !is_first {
                        self.error(SyntaxErrorKind::MissingComma, key.span);
                    }
                    is_first = false;
                    if let Some(value) = self.member_value(&key, depth) {
                        members.push(Member {
                            key,
                            value,
                            span: self.span_from(start),
                        });
                    }
                    comma = self.comma();
                }
            }
        }
        self.n_open_objects -= 1;
        Value::Object(members)
    }

    fn key(&mut self) -> Option<Spanned<String>> {
        let start = self.pos;
        let key = match self.peek()? {
            b'"' => self.string('"'),
            b'\'' => {
                let key = self.string('\'');
                self.error(SyntaxErrorKind::SingleQuotes, self.span_from(start));
                key
            }
            _ if self.is_at_curly_quote() => self.curly_string(),
            _ => {
                let key = self.bare_word();
                if key.is_empty() {
                    self.unexpected();
                    return None;
                }
                self.error(
                    SyntaxErrorKind::UnquotedKey {
                        key: key.to_owned(),
                    },
                    self.span_from(start),
                );
                key.to_owned()
            }
        };
        Some(Spanned::new(self.span_from(start), key))
    }

    fn member_value(&mut self, key: &Spanned<String>, depth: usize) -> Option<Node> {
        self.skip_blank();
        match self.peek() {
            Some(b':') => self.bump(),
            Some(b'=') => self.bump_with(SyntaxErrorKind::MissingColon),
            None | Some(b',' | b'}' | b']') => {
                let key_text = key.value.clone();
                self.error(SyntaxErrorKind::KeyWithoutValue { key: key_text }, key.span);
                return None;
            }
            Some(_) => self.error_here(SyntaxErrorKind::MissingColon),
        }
        self.skip_blank();
        while self.peek() == Some(b':') {
            self.bump_with(SyntaxErrorKind::UnexpectedCharacter { found: ':' });
            self.skip_blank();
        }
        if matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
            let key_text = key.value.clone();
            self.error(SyntaxErrorKind::KeyWithoutValue { key: key_text }, key.span);
            return None;
        }
        self.value(depth)
    }

    /// Takes a comma, where there is one, and says where.
    fn comma(&mut self) -> Option<Span> {
        self.skip_blank();
        let start = self.pos;
        (self.peek() == Some(b',')).then(|| {
            self.bump();
            self.span_from(start)
        })
    }

    fn trailing_comma(&mut self, comma: Option<Span>) {
        if let Some(span) = comma {
            self.error(SyntaxErrorKind::ExtraComma, span);
        }
    }

    /// What to make of a closing bracket that is not that of the innermost one that is open. The whole
    /// text tells: of which sort there is one too many, and of which one too few.
    fn misfit(&mut self, close: char, has_outer: bool) -> Misfit {
        let balance = match self.balance {
            Some(it) => it,
            None => Balance::of(self.rest(), self.n_open_objects, self.n_open_arrays),
        };
        let Balance { objects, arrays } = balance;
        let (own, other) = if close == '}' {
            (objects, arrays)
        } else {
            (arrays, objects)
        };
        let misfit = match () {
            () if own > 0 && other < 0 => Misfit::Wrong,
            () if own > 0 || !has_outer => Misfit::Extra,
            () => Misfit::ClosesOuter,
        };
        // What is explained is not counted again.
        let (own, other) = match misfit {
            Misfit::Wrong => (own - 1, other + 1),
            Misfit::Extra => (own - 1, other),
            Misfit::ClosesOuter => (own, other + 1),
        };
        self.balance = Some(if close == '}' {
            Balance {
                objects: own,
                arrays: other,
            }
        } else {
            Balance {
                objects: other,
                arrays: own,
            }
        });
        misfit
    }

    fn wrong_close(&mut self, open_pos: usize, wanted: char) {
        let start = offset(open_pos);
        let opened = Span::new(start, start + 1);
        self.bump_with(SyntaxErrorKind::WrongClose { wanted, opened });
    }

    fn unclosed(&mut self, open_pos: usize, open: char) {
        if !self.is_halted {
            let start = offset(open_pos);
            self.error(
                SyntaxErrorKind::Unclosed { open },
                Span::new(start, start + 1),
            );
        }
    }

    /// Skips white space, and what is not JSON: comments, and white space of other texts.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            self.pos += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let start = self.pos;
            let rest = self.rest();
            let len = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |it| it + 2)
            } else if let Some(found) = rest.chars().next().filter(|it| is_other_blank(*it)) {
                self.pos += rest.len() - rest.trim_start_matches(is_other_blank).len();
                self.error(SyntaxErrorKind::OtherBlank { found }, self.span_from(start));
                continue;
            } else {
                return;
            };
            self.pos += len;
            self.error(SyntaxErrorKind::Comment, self.span_from(start));
        }
    }

    /// Takes everything that could be one word: up to white space, punctuation or a quote.
    pub(super) fn bare_word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_end =
            |it: char| it.is_whitespace() || it.is_control() || "{}[]:,\"'=;#\u{feff}".contains(it);
        let word = rest.split(is_end).next().unwrap_or("");
        self.pos += word.len();
        word
    }

    pub(super) fn unexpected(&mut self) {
        if let Some(found) = self.rest().chars().next() {
            self.bump_with(SyntaxErrorKind::UnexpectedCharacter { found });
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    pub(super) fn bump(&mut self) {
        self.pos += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn bump_with(&mut self, kind: SyntaxErrorKind) {
        let start = self.pos;
        self.bump();
        self.error(kind, self.span_from(start));
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(offset(start), offset(self.pos))
    }

    /// An error at the next character.
    fn error_here(&mut self, kind: SyntaxErrorKind) {
        let len = self.rest().chars().next().map_or(0, char::len_utf8);
        self.error(kind, Span::new(offset(self.pos), offset(self.pos + len)));
    }

    pub(super) fn error(&mut self, kind: SyntaxErrorKind, span: Span) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError { kind, span });
        }
    }
}

/// White space that is none of JSON's; line breaks and tabs are.
fn is_other_blank(character: char) -> bool {
    !character.is_ascii() && character.is_whitespace()
}

/// What a closing bracket is that does not close the innermost one.
#[derive(Clone, Copy, Debug)]
enum Misfit {
    /// It closes one further out, and the innermost is left open.
    ClosesOuter,
    /// It stands where the other sort should.
    Wrong,
    /// It closes nothing.
    Extra,
}

/// How many more closing brackets than opening ones there are, of each sort.
#[derive(Clone, Copy, Debug)]
struct Balance {
    objects: i64,
    arrays: i64,
}

impl Balance {
    /// From here to the end, with those that are open already. What stands in strings is text.
    fn of(rest: &str, n_open_objects: usize, n_open_arrays: usize) -> Self {
        let open = |n: usize| -i64::try_from(n).unwrap_or(i64::MAX);
        let mut balance = Self {
            objects: open(n_open_objects),
            arrays: open(n_open_arrays),
        };
        let (mut is_string, mut is_escaped) = (false, false);
        for byte in rest.bytes() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_string => is_escaped = true,
                b'"' => is_string = !is_string,
                // A string ends with its line.
                b'\n' => is_string = false,
                _ if is_string => {}
                b'{' => balance.objects -= 1,
                b'}' => balance.objects += 1,
                b'[' => balance.arrays -= 1,
                b']' => balance.arrays += 1,
                _ => {}
            }
        }
        balance
    }
}

/// Texts longer than `u32` are turned away at the door.
fn offset(pos: usize) -> u32 {
    u32::try_from(pos).unwrap_or(u32::MAX)
}
