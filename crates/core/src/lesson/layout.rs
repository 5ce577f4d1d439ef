//! A text of JSON as it is laid out to be compared: the same layout for everybody.
//!
//! Knows policies only by the usual order of their elements. Invariant: what is laid out says the same as the text, and is
//! not changed by doing it again.

use crate::{
    policy::{DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS},
    syntax::json::{self, Node, Value, quoted, write_list},
};

/// A list of plain values up to that many characters stands on one line.
const MAX_LINE: usize = 60;

/// The text laid out; `None` where it cannot be read as JSON.
pub(super) fn laid_out(text: &str) -> Option<String> {
    let read = json::read(text);
    let root = read.root.filter(|_| read.errors.is_empty())?;
    let mut out = String::new();
    write(&root, 0, &mut out);
    Some(out)
}

fn write(node: &Node, depth: usize, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(it) => out.push_str(if *it { "true" } else { "false" }),
        Value::Number(it) => out.push_str(it),
        Value::String(it) => out.push_str(&quoted(it)),
        Value::Array(items) => match one_line(items) {
            Some(line) => out.push_str(&line),
            None => write_list(out, depth, ['[', ']'], items, |out, it| {
                write(it, depth + 1, out);
            }),
        },
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // Stable: what is no element of a policy stays in its order, behind those that are.
            members.sort_by_key(|it| {
                let mut order = DOCUMENT_ELEMENTS.iter().chain(&STATEMENT_ELEMENTS);
                order
                    .position(|name| *name == it.key.value)
                    .unwrap_or(usize::MAX)
            });
            write_list(out, depth, ['{', '}'], &members, |out, it| {
                out.push_str(&quoted(&it.key.value));
                out.push_str(": ");
                write(&it.value, depth + 1, out);
            });
        }
    }
}

/// A short list of plain values.
fn one_line(items: &[Node]) -> Option<String> {
    let is_plain = |it: &Node| !matches!(it.value, Value::Array(_) | Value::Object(_));
    if !items.iter().all(is_plain) {
        return None;
    }
    let mut line = String::from("[");
    for (idx, it) in items.iter().enumerate() {
        if idx > 0 {
            line.push_str(", ");
        }
        write(it, 0, &mut line);
    }
    line.push(']');
    (line.chars().count() <= MAX_LINE).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_looks_the_same() {
        let typed = "{\"Statement\":[{\"Action\":[ \"s3:GetObject\"],\n\"Effect\": \"Allow\", \"Resource\":\"*\",\"Sid\":\"S\"}],\t\"Version\":\"2012-10-17\"}";
        let ours = r#"{
          "Version": "2012-10-17",
          "Statement": [{"Sid": "S", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}]}"#;
        let laid = laid_out(typed).unwrap();
        assert_eq!(Some(&laid), laid_out(ours).as_ref());
        assert_eq!(Some(&laid), laid_out(&laid).as_ref());
        assert_eq!(
            laid,
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "S",
      "Effect": "Allow",
      "Action": ["s3:GetObject"],
      "Resource": "*"
    }
  ]
}"#
        );
    }

    #[test]
    fn every_sort_of_value_keeps_what_it_says() {
        for text in [
            r#"{"a": 1.0, "b": [], "c": {}, "d": null, "e": [true, [1]], "f": "\"\\ü\n"}"#,
            r#"{"Sid": "a", "Sid": "b"}"#,
            "[]",
        ] {
            let laid = laid_out(text).unwrap();
            let same: [serde_json::Value; 2] =
                [text, &laid].map(|it| serde_json::from_str(it).unwrap());
            assert_eq!(same[0], same[1], "{laid}");
        }
        assert_eq!(
            laid_out(r#"{"Sid": "a", "Sid": "b"}"#)
                .unwrap()
                .matches("Sid")
                .count(),
            2
        );
    }

    #[test]
    fn a_long_list_has_a_line_for_each() {
        let long = format!(r#"["{}", "b"]"#, "a".repeat(60));
        assert_eq!(laid_out(&long).unwrap().lines().count(), 4);
    }

    #[test]
    fn what_is_no_json_is_not_laid_out() {
        assert_eq!(laid_out(r#"{"Sid": }"#), None);
        assert_eq!(laid_out(""), None);
    }
}
