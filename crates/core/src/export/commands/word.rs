//! A word of a command: text of a world, with what variables hold in between.
//!
//! INVARIANT: text stands between single quotes, in which a shell takes nothing for anything but itself;
//! a variable holds an id that AWS gave, or one that looks like it.

use serde_json::{Map, Value};

use crate::export::{is_hidden, printable};

#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Variable(String),
}

impl Word {
    pub(super) fn variable(name: &str) -> Self {
        let mut word = Self::default();
        word.push_variable(name);
        word
    }

    pub(super) fn push_variable(&mut self, name: &str) {
        self.parts.push(Part::Variable(name.to_owned()));
    }

    pub(super) fn push_text(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.parts.push(Part::Text(text.to_owned())),
        }
    }

    fn push(&mut self, other: &Self) {
        for part in &other.parts {
            match part {
                Part::Text(text) => self.push_text(text),
                Part::Variable(name) => self.push_variable(name),
            }
        }
    }

    /// As a shell reads it.
    pub(super) fn quoted(&self) -> String {
        let part = |it: &Part| match it {
            Part::Text(text) => format!("'{}'", text.replace('\'', r"'\''")),
            Part::Variable(name) => format!("\"${name}\""),
        };
        match &self.parts[..] {
            [] => "''".to_owned(),
            parts => parts.iter().map(part).collect(),
        }
    }

    /// Whether the CLI takes it, as the value of an option, for what it is: not for another option,
    /// nor for the address of a file to read. A terminal, too, has to take it for what it is.
    ///
    /// <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html>
    pub(super) fn is_plain(&self) -> bool {
        const ELSEWHERE: [&str; 5] = ["-", "file://", "fileb://", "http://", "https://"];
        let is_plain = |text: &str| {
            let is_sign =
                |it: char| !is_hidden(it) && (!it.is_control() || matches!(it, '\t' | '\n' | '\r'));
            text.chars().all(is_sign)
        };
        let begins_elsewhere = match self.parts.first() {
            Some(Part::Text(text)) => ELSEWHERE.iter().any(|it| text.starts_with(it)),
            _ => false,
        };
        let mut texts = self.parts.iter().filter_map(|it| match it {
            Part::Text(text) => Some(text),
            Part::Variable(_) => None,
        });
        !begins_elsewhere && texts.all(|it| is_plain(it))
    }

    /// As a string of JSON. What a variable holds needs no escape.
    fn string(&self) -> Self {
        let mut string = Self::default();
        string.push_text("\"");
        for part in &self.parts {
            match part {
                Part::Text(text) => {
                    let escaped = printable(&Value::from(text.as_str()).to_string());
                    let inner = escaped.strip_prefix('"').unwrap_or_default();
                    string.push_text(inner.strip_suffix('"').unwrap_or_default());
                }
                Part::Variable(name) => string.push_variable(name),
            }
        }
        string.push_text("\"");
        string
    }

    /// An object of JSON whose members are strings.
    pub(super) fn object(members: &[(String, Self)]) -> Self {
        let mut object = Self::default();
        object.push_text("{");
        for (idx, (name, value)) in members.iter().enumerate() {
            if idx > 0 {
                object.push_text(",");
            }
            object.push(&Self::from(name.as_str()).string());
            object.push_text(":");
            object.push(&value.string());
        }
        object.push_text("}");
        object
    }

    /// JSON with the words that stand for its strings; `word` is asked for each with the name of the
    /// member that it is in.
    pub(super) fn json(value: &Value, word: &dyn Fn(&str, &str) -> Self) -> Self {
        let mut json = Self::default();
        json.push_json("", value, word);
        json
    }

    fn push_json(&mut self, member: &str, value: &Value, word: &dyn Fn(&str, &str) -> Self) {
        match value {
            Value::Object(map) => self.push_members(map, word),
            Value::Array(items) => {
                self.push_text("[");
                for (idx, item) in items.iter().enumerate() {
                    if idx > 0 {
                        self.push_text(",");
                    }
                    self.push_json(member, item, word);
                }
                self.push_text("]");
            }
            Value::String(text) => self.push(&word(member, text).string()),
            other => self.push_text(&other.to_string()),
        }
    }

    fn push_members(&mut self, map: &Map<String, Value>, word: &dyn Fn(&str, &str) -> Self) {
        self.push_text("{");
        for (idx, (name, value)) in map.iter().enumerate() {
            if idx > 0 {
                self.push_text(",");
            }
            self.push(&Self::from(name.as_str()).string());
            self.push_text(":");
            self.push_json(name, value, word);
        }
        self.push_text("}");
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        let mut word = Self::default();
        word.push_text(text);
        word
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_cli_would_take_for_something_else_is_not_plain() {
        for text in ["a", "", "s3://a", "a -b", "{\n\t\"a\": 1}\r\n"] {
            assert!(Word::from(text).is_plain(), "{text}");
        }
        for text in [
            "-",
            "--x",
            "file://a",
            "fileb://",
            "http://a",
            "https://a",
            "a\u{1b}",
            "\0",
        ] {
            assert!(!Word::from(text).is_plain(), "{text}");
        }
        assert!(Word::variable("KEY_1").is_plain());
    }

    #[test]
    fn variables_stand_outside_of_the_quotes() {
        let mut word = Word::from("it's \"");
        word.push_variable("KEY_1");
        assert_eq!(word.quoted(), r#"'it'\''s "'"$KEY_1""#);
        let object = Word::object(&[("A".to_owned(), word)]);
        assert_eq!(object.quoted(), r#"'{"A":"it'\''s \"'"$KEY_1"'"}'"#);
        assert_eq!(Word::default().quoted(), "''");
    }
}
