//! What is not JSON, in words.

use std::mem::discriminant;

use crate::{
    diagnostic::{Diagnostic, Fix, TextEdit, json_string},
    policy::parse::spelling::{quoted, shortened},
    syntax::{
        Span,
        json::{MAX_DEPTH, SyntaxError, SyntaxErrorKind as Kind},
    },
};

/// The diagnostic for a syntax error of `text`, among all of them: what is written by a program's habit, such as curly
/// quotes, is mended everywhere at once.
#[expect(clippy::too_many_lines, reason = "one sentence for each kind")]
pub(super) fn describe(error: &SyntaxError, all: &[SyntaxError], text: &str) -> Diagnostic {
    let (code, message, help) = match &error.kind {
        Kind::Empty => (
            "empty-text",
            "the text is empty".to_owned(),
            "paste a policy, or begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`",
        ),
        Kind::TooLong => (
            "document-too-large",
            "the text is too large to be read".to_owned(),
            "paste one policy document",
        ),
        Kind::TooDeep => (
            "nested-too-deep",
            format!("the text is nested deeper than {MAX_DEPTH} levels"),
            "a policy needs no more than six",
        ),
        Kind::ByteOrderMark => (
            "byte-order-mark",
            "a byte order mark stands before the text".to_owned(),
            "save the file as UTF-8 without a byte order mark",
        ),
        Kind::TextAfterEnd => (
            "text-after-end",
            "text follows the end of the document".to_owned(),
            "remove it, or check the brackets before it",
        ),
        Kind::Unclosed { open } => return unclosed(error, *open),
        Kind::Unopened { close } => return unopened(error, *close, text),
        Kind::WrongClose { wanted, opened } => return wrong_close(error, *wanted, *opened),
        Kind::ExpectedKey => (
            "expected-key",
            "a key should stand here".to_owned(),
            "write a name in double quotes, `:` and a value",
        ),
        Kind::KeyWithoutValue { key } => (
            "missing-value",
            format!("{} has no value", quoted(key)),
            "write `:` and a value behind it",
        ),
        Kind::MissingColon => (
            "missing-colon",
            "a `:` is missing before this".to_owned(),
            "put `:` between the name and the value",
        ),
        Kind::MissingComma => (
            "missing-comma",
            "a `,` is missing before this".to_owned(),
            "put `,` between one value and the next",
        ),
        Kind::ExtraComma => (
            "extra-comma",
            "a `,` with nothing to separate".to_owned(),
            "remove it: JSON has no `,` before a closing bracket",
        ),
        Kind::UnclosedString => (
            "unclosed-string",
            "the string has no closing quote on its line".to_owned(),
            "add `\"`; a line break in a string is written `\\n`",
        ),
        Kind::ControlCharacter { found } => (
            "control-character",
            format!(
                "the character U+{:04X} may not stand in a string",
                u32::from(*found)
            ),
            "write it as an escape: a tab is `\\t`",
        ),
        Kind::BadEscape => (
            "bad-escape",
            "this is no escape of JSON".to_owned(),
            "write `\\\\` for a backslash, `\\\"` for a quote",
        ),
        Kind::LoneSurrogate => (
            "bad-escape",
            "the escape is half a character".to_owned(),
            "write both halves, or the character itself",
        ),
        Kind::SingleQuotes => (
            "single-quotes",
            "a string in single quotes is not JSON".to_owned(),
            "use double quotes",
        ),
        Kind::CurlyQuotes { .. } => (
            "curly-quotes",
            "a string in curly quotes is not JSON".to_owned(),
            "use straight double quotes: word processors and chats make curly ones",
        ),
        Kind::OtherBlank { found } => (
            "unexpected-character",
            format!("{} is no white space of JSON", blank_in_words(*found)),
            "put an ordinary space in its place",
        ),
        Kind::UnquotedKey { key } => (
            "unquoted-key",
            format!("the name {} has no quotes", quoted(key)),
            "put it in double quotes",
        ),
        Kind::UnknownWord { word } => return unknown_word(error, word),
        Kind::BadNumber { text } => (
            "bad-number",
            format!("{} is not a number of JSON", quoted(text)),
            "write it as `10` or `0.5`, or put it in double quotes",
        ),
        Kind::NumberOutOfRange => (
            "bad-number",
            "the number is too large".to_owned(),
            "put it in double quotes if it is a name",
        ),
        Kind::Comment => (
            "comment",
            "a comment is not JSON".to_owned(),
            "remove it; an explanation can stand in `Sid`",
        ),
        Kind::UnexpectedCharacter { found } => (
            "unexpected-character",
            format!("{} has no meaning here", quoted(&found.to_string())),
            "remove it, or put the text around it in double quotes",
        ),
    };
    let diagnostic = Diagnostic::error(code, error.span, message, help);
    match fix(error, all, text) {
        Some(fix) => diagnostic.with_fix(fix),
        None => diagnostic,
    }
}

/// Where nothing of what is meant can be lost.
fn fix(error: &SyntaxError, all: &[SyntaxError], text: &str) -> Option<Fix> {
    let edit = |it: &SyntaxError| {
        let new = match &it.kind {
            Kind::ExtraComma | Kind::Comment | Kind::ByteOrderMark => String::new(),
            Kind::OtherBlank { .. } => " ".to_owned(),
            Kind::CurlyQuotes { text } => json_string(text),
            _ => return None,
        };
        let span = match it.kind {
            // With the blanks before it; what nobody closes may hold the rest of the policy.
            Kind::Comment => {
                let comment = text.get(it.span.start as usize..it.span.end as usize)?;
                if comment.starts_with("/*") && !comment.ends_with("*/") {
                    return None;
                }
                let before = text.get(..it.span.start as usize)?;
                let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
                Span::new(it.span.start - u32::try_from(blank).ok()?, it.span.end)
            }
            _ => it.span,
        };
        Some(TextEdit { span, text: new })
    };
    let (title, everywhere) = match error.kind {
        Kind::ExtraComma => ("Take out the `,`", false),
        Kind::Comment => ("Take out the comment", false),
        Kind::ByteOrderMark => ("Take out the byte order mark", false),
        Kind::OtherBlank { .. } => ("Write ordinary spaces", true),
        Kind::CurlyQuotes { .. } => ("Write straight quotes", true),
        _ => return None,
    };
    let edits: Vec<TextEdit> = if everywhere {
        let same = |it: &&SyntaxError| discriminant(&it.kind) == discriminant(&error.kind);
        all.iter().filter(same).filter_map(edit).collect()
    } else {
        edit(error).into_iter().collect()
    };
    let title = title.to_owned();
    (!edits.is_empty()).then_some(Fix { title, edits })
}

fn blank_in_words(found: char) -> String {
    match found {
        '\u{a0}' => "a no-break space".to_owned(),
        other => format!("the character U+{:04X}", u32::from(other)),
    }
}

fn unclosed(error: &SyntaxError, open: char) -> Diagnostic {
    let close = if open == '{' { '}' } else { ']' };
    let message = format!("nothing closes this `{open}`");
    Diagnostic::error(
        "unclosed-bracket",
        error.span,
        message,
        format!("add `{close}` where it ends"),
    )
}

/// With its line, where nothing else stands on it.
fn unopened(error: &SyntaxError, close: char, text: &str) -> Diagnostic {
    let span = error.span;
    let before = text.get(..span.start as usize).unwrap_or_default();
    let behind = text.get(span.end as usize..).unwrap_or_default();
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let is_first = before
        .get(..before.len() - blank)
        .is_some_and(|it| it.ends_with('\n'));
    let is_last = behind.lines().next().is_none_or(|it| it.trim().is_empty());
    let mut taken = span;
    if is_first && is_last {
        let start = before.len() - blank - 1;
        taken.start = u32::try_from(start).unwrap_or(span.start);
    }
    let fix = Fix {
        title: format!("Take out the `{close}`"),
        edits: vec![TextEdit {
            span: taken,
            text: String::new(),
        }],
    };
    Diagnostic::error(
        "unopened-bracket",
        span,
        format!("this `{close}` closes nothing"),
        "take it out, or add the bracket that it should close",
    )
    .with_fix(fix)
}

fn wrong_close(error: &SyntaxError, wanted: char, opened: Span) -> Diagnostic {
    let (open, found) = if wanted == '}' {
        ('{', ']')
    } else {
        ('[', '}')
    };
    let fix = Fix {
        title: format!("Write `{wanted}`"),
        edits: vec![TextEdit {
            span: error.span,
            text: wanted.to_string(),
        }],
    };
    Diagnostic::error(
        "wrong-bracket",
        error.span,
        format!("this `{found}` stands where `{wanted}` should close the `{open}`"),
        format!("write `{wanted}`"),
    )
    .with_label(opened, "")
    .with_fix(fix)
}

fn unknown_word(error: &SyntaxError, word: &str) -> Diagnostic {
    let help = match word.to_ascii_lowercase().as_str() {
        "true" | "false" => format!("write `{}`", word.to_ascii_lowercase()),
        "none" | "null" | "nil" | "undefined" => {
            "write `null`, though no element of a policy takes it".to_owned()
        }
        _ => format!("put it in double quotes: `\"{}\"`", shortened(word)),
    };
    Diagnostic::error(
        "unquoted-text",
        error.span,
        format!("the text {} has no quotes", quoted(word)),
        help,
    )
}
