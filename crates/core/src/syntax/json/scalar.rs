//! Strings, numbers and words.

use crate::syntax::{
    Span,
    json::{SyntaxErrorKind, Value, reader::Reader},
    nearest_double,
};

/// The quotes that word processors and chats make of `"` and `'`.
const CURLY: [char; 7] = ['“', '”', '„', '‟', '‘', '’', '‚'];

impl Reader<'_> {
    /// Reads a string in these quotes, decoded. The end of the line ends an unclosed one: the next
    /// line of a policy is the next element, hardly ever more of the string.
    pub(super) fn string(&mut self, quote: char) -> String {
        let start = self.pos;
        self.bump();
        let mut decoded = String::new();
        loop {
            let rest = self.rest();
            let plain = rest
                .find(|it: char| it == quote || it == '\\' || it < ' ')
                .unwrap_or(rest.len());
            decoded.push_str(rest.get(..plain).unwrap_or(""));
            self.pos += plain;
            match self.rest().chars().next() {
                None | Some('\n' | '\r') => {
                    self.error(SyntaxErrorKind::UnclosedString, self.span_from(start));
                    return decoded;
                }
                Some('\\') => self.escape(&mut decoded),
                Some(found) => {
                    let at = self.pos;
                    self.bump();
                    if found == quote {
                        return decoded;
                    }
                    decoded.push(found);
                    self.error(
                        SyntaxErrorKind::ControlCharacter { found },
                        self.span_from(at),
                    );
                }
            }
        }
    }

    pub(super) fn is_at_curly_quote(&self) -> bool {
        self.rest().starts_with(CURLY)
    }

    /// Reads a string that a word processor has put in its own quotes: up to the next quote of any form, which may be a
    /// straight one, or to the end of the line.
    pub(super) fn curly_string(&mut self) -> String {
        let start = self.pos;
        self.bump();
        let rest = self.rest();
        let is_end = |it: char| CURLY.contains(&it) || matches!(it, '"' | '\n' | '\r');
        let text = rest.split(is_end).next().unwrap_or_default();
        let text = text.to_owned();
        self.pos += text.len();
        let kind = match self.rest().chars().next() {
            None | Some('\n' | '\r') => SyntaxErrorKind::UnclosedString,
            Some(_) => {
                self.bump();
                SyntaxErrorKind::CurlyQuotes { text: text.clone() }
            }
        };
        self.error(kind, self.span_from(start));
        text
    }

    fn escape(&mut self, decoded: &mut String) {
        let start = self.pos;
        self.bump();
        let Some(escaped) = self.rest().chars().next() else {
            return;
        };
        let plain = match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                self.bump();
                match self.unicode_escape() {
                    Ok(it) => decoded.push(it),
                    Err(kind) => self.error(kind, self.span_from(start)),
                }
                return;
            }
            '\n' | '\r' => {
                self.error(SyntaxErrorKind::BadEscape, self.span_from(start));
                return;
            }
            other => {
                self.bump();
                decoded.push(other);
                self.error(SyntaxErrorKind::BadEscape, self.span_from(start));
                return;
            }
        };
        self.bump();
        decoded.push(plain);
    }

    /// Behind `\u`: four hex digits, twice for a character beyond U+FFFF.
    fn unicode_escape(&mut self) -> Result<char, SyntaxErrorKind> {
        let first = self.hex4().ok_or(SyntaxErrorKind::BadEscape)?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or(SyntaxErrorKind::LoneSurrogate);
        }
        if first >= 0xDC00 || !self.rest().starts_with("\\u") {
            return Err(SyntaxErrorKind::LoneSurrogate);
        }
        self.pos += 2;
        let second = self.hex4().ok_or(SyntaxErrorKind::BadEscape)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(SyntaxErrorKind::LoneSurrogate);
        }
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        char::from_u32(code).ok_or(SyntaxErrorKind::LoneSurrogate)
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return None;
        }
        self.pos += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    pub(super) fn number(&mut self) -> Value {
        let start = self.pos;
        let text = self.bare_word();
        if !is_number(text) {
            let kind = SyntaxErrorKind::BadNumber {
                text: text.to_owned(),
            };
            self.error(kind, self.span_from(start));
        } else if !nearest_double(text).is_finite() {
            self.error(SyntaxErrorKind::NumberOutOfRange, self.span_from(start));
        }
        Value::Number(text.to_owned())
    }

    /// `true`, `false`, `null`; other languages' spellings of them; else a string without quotes.
    pub(super) fn word(&mut self) -> Option<Value> {
        let start = self.pos;
        let word = self.bare_word();
        if word.is_empty() {
            self.unexpected();
            return None;
        }
        let known = match word {
            "true" => return Some(Value::Bool(true)),
            "false" => return Some(Value::Bool(false)),
            "null" => return Some(Value::Null),
            "True" | "TRUE" => Value::Bool(true),
            "False" | "FALSE" => Value::Bool(false),
            "None" | "NULL" | "Null" | "nil" | "undefined" => Value::Null,
            other => Value::String(other.to_owned()),
        };
        let span: Span = self.span_from(start);
        self.error(
            SyntaxErrorKind::UnknownWord {
                word: word.to_owned(),
            },
            span,
        );
        Some(known)
    }
}

/// Whether `text` is a number of the JSON grammar: no leading zeros, digits around a dot.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|it| is_digits(it.strip_prefix(['+', '-']).unwrap_or(it)))
}
