//! Changes of the text that rules offer: one string in the place of another, one item out of a list.
//!
//! Knows no rule. Invariant: where the text around a place is not as expected, there is no change at all, and what an
//! edit does not name stays as it is.

use crate::{
    diagnostic::{Fix, TextEdit, json_string},
    syntax::Span,
};

/// Writes `new` where the string at `span` stands.
pub(super) fn rewrite(title: impl Into<String>, span: Span, new: &str) -> Fix {
    Fix::rewrite(title, span, new)
}

/// Puts `new` behind the item at `span`: a list goes on, a single string becomes one.
pub(super) fn put_behind(
    text: &str,
    span: Span,
    new: &str,
    title: impl Into<String>,
) -> Option<Fix> {
    let before = text.get(..span.start as usize)?.trim_end();
    let item = span.of(text)?;
    let (span, text) = if before.ends_with(':') {
        (span, format!("[{item}, {}]", json_string(new)))
    } else {
        (
            Span::new(span.end, span.end),
            format!(", {}", json_string(new)),
        )
    };
    Some(Fix {
        title: title.into(),
        edits: vec![TextEdit { span, text }],
    })
}

/// Takes the item at `span` out of the list or object that it stands in, with one comma. Nothing where it is the only
/// one: an empty list means something else.
pub(super) fn take_out(text: &str, span: Span, title: impl Into<String>) -> Option<Fix> {
    let before = text.get(..span.start as usize)?;
    let after = text.get(span.end as usize..)?;
    let offset = |it: usize| u32::try_from(it).ok();
    let kept_before = before.trim_end();
    let kept_after = after.trim_start();
    let span = if let Some(rest) = kept_after.strip_prefix(',') {
        if kept_before.ends_with(['[', '{', ',']) {
            // Up to the next item, so that its indentation is this one's.
            Span::new(span.start, offset(text.len() - rest.trim_start().len())?)
        } else {
            return None;
        }
    } else if let Some(rest) = kept_before.strip_suffix(',') {
        Span::new(offset(rest.len())?, span.end)
    } else {
        return None;
    };
    Some(Fix {
        title: title.into(),
        edits: vec![TextEdit {
            span,
            text: String::new(),
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, item: &str, expect: Option<&str>) {
        let start = text.find(item).unwrap();
        let span = Span::new(
            u32::try_from(start).unwrap(),
            u32::try_from(start + item.len()).unwrap(),
        );
        let fix = take_out(text, span, "");
        assert_eq!(fix.map(|it| it.apply(text)).as_deref(), expect, "{text}");
    }

    #[test]
    fn an_item_goes_with_its_comma() {
        check(r#"["a", "b", "c"]"#, r#""a""#, Some(r#"["b", "c"]"#));
        check(r#"["a", "b", "c"]"#, r#""b""#, Some(r#"["a", "c"]"#));
        check(r#"["a", "b", "c"]"#, r#""c""#, Some(r#"["a", "b"]"#));
        check("[\n  \"a\",\n  \"b\"\n]", r#""b""#, Some("[\n  \"a\"\n]"));
        check("[\n  \"a\",\n  \"b\"\n]", r#""a""#, Some("[\n  \"b\"\n]"));
        check(r#"["a"]"#, r#""a""#, None);
        check(r#"{"x": "a"}"#, r#""a""#, None);
    }

    #[test]
    fn a_string_becomes_a_list_where_one_is_added() {
        let text = r#"{"x": "a"}"#;
        let fix = put_behind(text, Span::new(6, 9), "b", "").unwrap();
        assert_eq!(fix.apply(text), r#"{"x": ["a", "b"]}"#);
        let text = r#"{"x": ["a"]}"#;
        let fix = put_behind(text, Span::new(7, 10), "b\"", "").unwrap();
        assert_eq!(fix.apply(text), r#"{"x": ["a", "b\""]}"#);
    }
}
