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
        }
    }

    /// Adds what IAM itself says.
    #[must_use]
    pub fn with_iam_error(mut self, error: IamError) -> Self {
        self.iam_error = Some(Box::new(error));
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

    /// The main place.
    pub fn span(&self) -> Span {
        self.labels.first().map_or_else(Span::default, |it| it.span)
    }

    /// Whether AWS would refuse to save the text because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
