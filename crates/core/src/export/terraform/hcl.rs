//! Writes HCL as `terraform fmt` would lay it out.
//!
//! Single-line arguments stand together, their equals signs below each other; what takes several
//! lines stands behind an empty line. INVARIANT: text of a world stands only in quoted strings and
//! heredocs, in which it means nothing but itself.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/strings>

use std::fmt::Write;

use crate::by_name::Tags;

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// It means nothing but itself.
    Text(&'a str),
    /// An expression whose value stands here.
    Expression(String),
}

/// What stands between two braces.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Names and expressions on one line.
    lines: Vec<(&'static str, String)>,
    /// Arguments on several lines, and blocks, whole and from the first column on.
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Map(&'static str, Vec<(String, String)>),
    /// Escaped already.
    Heredoc(&'static str, String),
    Block(String, Body),
}

impl Body {
    /// An expression as it is: a reference, a number, `true`.
    pub(super) fn bare(mut self, name: &'static str, expression: impl Into<String>) -> Self {
        self.lines.push((name, expression.into()));
        self
    }

    /// A string; an empty one says nothing and is left out.
    pub(super) fn text(self, name: &'static str, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        self.bare(name, quoted(text))
    }

    /// Expressions in brackets; none are left out.
    pub(super) fn list(self, name: &'static str, items: &[String]) -> Self {
        if items.is_empty() {
            return self;
        }
        self.bare(name, format!("[{}]", items.join(", ")))
    }

    /// Tags.
    pub(super) fn map(mut self, name: &'static str, map: &Tags) -> Self {
        if !map.is_empty() {
            let entry = |(key, value): (&String, &String)| (ascii(&quoted(key)), quoted(value));
            let entries = map.iter().map(entry).collect();
            self.parts.push(Part::Map(name, entries));
        }
        self
    }

    /// A document, readable: to the character, but for a line end behind it where it has none.
    pub(super) fn document(mut self, name: &'static str, pieces: &[Piece<'_>]) -> Self {
        let texts = pieces.iter().filter_map(|it| match it {
            Piece::Text(text) => Some(*text),
            Piece::Expression(_) => None,
        });
        let text: String = texts.collect();
        // Readers do not agree on a mark in front of an escaped one, and a heredoc has no other escape.
        let is_clear = !text.contains("$${") && !text.contains("%%{");
        if text.is_empty() || !is_clear || !text.chars().all(is_plain) {
            return self.bare(name, quoted_pieces(pieces));
        }
        let written = pieces.iter().map(|it| match it {
            Piece::Text(text) => templated(text),
            Piece::Expression(expression) => format!("${{{expression}}}"),
        });
        self.parts.push(Part::Heredoc(name, written.collect()));
        self
    }

    pub(super) fn block(mut self, header: impl Into<String>, body: Self) -> Self {
        self.parts.push(Part::Block(header.into(), body));
        self
    }

    /// The body behind its opening brace and up to its closing one.
    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let width = self.lines.iter().map(|it| it.0.len()).max();
        let width = width.unwrap_or_default();
        for (name, expression) in &self.lines {
            let _ = writeln!(out, "{indent}{name:width$} = {expression}");
        }
        for (idx, part) in self.parts.iter().enumerate() {
            if idx > 0 || !self.lines.is_empty() {
                out.push('\n');
            }
            match part {
                Part::Map(name, entries) => {
                    let width = entries.iter().map(|it| it.0.len()).max();
                    let width = width.unwrap_or_default();
                    let _ = writeln!(out, "{indent}{name} = {{");
                    for (key, value) in entries {
                        let _ = writeln!(out, "{indent}  {key:width$} = {value}");
                    }
                    let _ = writeln!(out, "{indent}}}");
                }
                Part::Heredoc(name, text) => {
                    let end = terminator(text);
                    let _ = writeln!(out, "{indent}{name} = <<{end}");
                    out.push_str(text);
                    if !text.ends_with('\n') {
                        out.push('\n');
                    }
                    let _ = writeln!(out, "{end}");
                }
                Part::Block(header, body) => {
                    out.push_str(&indent);
                    write_block(out, header, body, depth);
                }
            }
        }
    }
}

/// A block, its first line already indented.
pub(super) fn write_block(out: &mut String, header: &str, body: &Body, depth: usize) {
    let _ = writeln!(out, "{header} {{");
    body.write(out, depth + 1);
    let _ = writeln!(out, "{}}}", "  ".repeat(depth));
}

/// A string. Unicode stays as it is; Terraform puts it into the normal form C.
pub(super) fn quoted(text: &str) -> String {
    quoted_pieces(&[Piece::Text(text)])
}

fn quoted_pieces(pieces: &[Piece<'_>]) -> String {
    let mut out = String::from("\"");
    for piece in pieces {
        match piece {
            Piece::Text(text) => escape(&mut out, text),
            Piece::Expression(expression) => {
                let _ = write!(out, "${{{expression}}}");
            }
        }
    }
    out.push('"');
    out
}

/// Whether a heredoc takes it: everything that can be seen, and line ends.
fn is_plain(it: char) -> bool {
    !crate::export::is_hidden(it) && (!it.is_control() || matches!(it, '\n' | '\t'))
}

fn escape(out: &mut String, text: &str) {
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let next = rest.peek();
        match it {
            '$' | '%' if next == Some(&'{') => out.extend([it, it]),
            // In front of an escaped mark only this is read alike everywhere.
            '$' | '%' if next == Some(&it) => {
                let _ = write!(out, "\\u{:04x}", u32::from(it));
            }
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Marks of the order of bytes are refused, and line ends of Unicode are no help to readers.
            it if !is_plain(it) => {
                let _ = write!(out, "\\u{:04x}", u32::from(it));
            }
            it => out.push(it),
        }
    }
}

/// Quoted text in ASCII: `fmt` counts signs as people see them, and here each is one.
fn ascii(quoted: &str) -> String {
    let mut out = String::new();
    for it in quoted.chars() {
        match u32::from(it) {
            0..=0x7f => out.push(it),
            code @ 0x80..=0xffff => {
                let _ = write!(out, "\\u{code:04x}");
            }
            code => {
                let _ = write!(out, "\\U{code:08x}");
            }
        }
    }
    out
}

/// Text that begins neither an interpolation nor a directive.
fn templated(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// A word to end a heredoc with that no line of the text is.
fn terminator(text: &str) -> String {
    let mut end = "EOT".to_owned();
    let mut n = 2;
    while text.lines().any(|it| it.trim() == end) {
        end = format!("EOT{n}");
        n += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_mean_themselves() {
        for (text, expected) in [
            ("a", r#""a""#),
            ("${aws:username}", r#""$${aws:username}""#),
            ("$${", r#""\u0024$${""#),
            ("$ %% $$", r#""$ \u0025% \u0024$""#),
            ("%{ if", r#""%%{ if""#),
            ("a\"\\\n\t\u{7}\u{2028}é", r#""a\"\\\n\t\u0007\u2028é""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
        assert_eq!(ascii("\"é😀\""), r#""\u00e9\U0001f600""#);
    }

    #[test]
    fn no_line_ends_a_heredoc_before_its_end() {
        assert_eq!(terminator("{}"), "EOT");
        assert_eq!(terminator("a\n  EOT\nEOT2\n"), "EOT3");
    }
}
