//! The one form in which Rolewalk tells that a text is wrong: parse errors, validation, lint.
//!
//! A diagnostic is data; where it is shown (under the text, in a list, in JSON) is not known here.
//! Invariant: `code` is a kebab-case phrase that never changes its meaning, `message` is one line
//! in lower case without a full stop, user text in backticks; what to do stands in `help`.

mod iam_error;

use serde::Serialize;

pub use self::iam_error::IamError;
use crate::syntax::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The text does what it says; it could be said better, or with less reach.
    Suggestion,
    /// AWS would accept the text, but it probably does not do what it seems to.
    Warning,
    /// AWS would refuse to save the text.
    Error,
}

/// A place in the text, and what to say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words beside the place; empty where the message says it all.
    pub text: String,
}

/// A change of the text that mends a finding and keeps what the author meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What it does, such as `Write the key as aws:SourceArn`.
    pub title: String,
    /// What is written where, in order of place; no two of them overlap.
    pub edits: Vec<TextEdit>,
}

/// New characters in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextEdit {
    /// What goes; empty where something is only put in.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Fix {
    /// Writes a string with this text where another stands.
    pub fn rewrite(title: impl Into<String>, span: Span, new: &str) -> Self {
        Self {
            title: title.into(),
            edits: vec![TextEdit {
                span,
                text: json_string(new),
            }],
        }
    }

    /// `text` with the edits made.
    pub fn apply(&self, text: &str) -> String {
        let mut done = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            let Span { start, end } = edit.span;
            done.push_str(text.get(at..start as usize).unwrap_or_default());
            done.push_str(&edit.text);
            at = end as usize;
        }
        done.push_str(text.get(at..).unwrap_or_default());
        done
    }
}

/// A text as a string in JSON, quotes and all.
pub fn json_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            it if it < ' ' => {
                // Control characters are below U+0020, so two digits say which.
                let digit = |it: u32| char::from_digit(it, 16).unwrap_or('0');
                let code = u32::from(it);
                quoted.extend(['\\', 'u', '0', '0', digit(code / 16), digit(code % 16)]);
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// One finding about one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// A stable name, such as `unknown-element`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, the main place first. Never empty.
    pub labels: Vec<Label>,
    /// What to do next.
    pub help: String,
    /// What IAM itself says, where it refuses the text because of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iam_error: Option<Box<IamError>>,
    /// How to mend it with one click, where that is safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// An error at one place.
    pub fn error(
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Error, code, span, message.into(), help.into())
    }

    /// A warning at one place.
    pub fn warning(
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, code, span, message.into(), help.into())
    }

    fn new(
        severity: Severity,
        code: &'static str,
        span: Span,
        message: String,
        help: String,
    ) -> Self {
        Self {
            code,
            severity,
            message,
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help,
            iam_error: None,
            fix: None,
        }
    }

    /// Adds what IAM itself says.
    #[must_use]
    pub fn with_iam_error(mut self, error: IamError) -> Self {
        self.iam_error = Some(Box::new(error));
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// The page about such findings, below the root of the repository: a file and a place in it.
    pub fn docs(&self) -> String {
        format!("docs/lints.md#{}", self.code)
    }

    /// The main place.
    pub fn span(&self) -> Span {
        self.labels.first().map_or_else(Span::default, |it| it.span)
    }

    /// Whether AWS would refuse to save the text because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
