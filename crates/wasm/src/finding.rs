//! What is wrong with an input, in the one form that all functions give it in.

use rolewalk_core::{
    diagnostic::{Diagnostic, Fix, IamError, Label, Severity, TextEdit},
    syntax::LineIndex,
};
use serde::Serialize;

/// One thing that is wrong: with a policy document, or with the input around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The document, as traces name it, such as `identity[0]`; none where the input as a whole is
    /// meant, or where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The field of the input, such as `request.principal`; none for findings about a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// A stable name, such as `unknown-element`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where in the document, in UTF-16 units, the main place first; empty for the input.
    pub labels: Vec<Label>,
    /// What to do next.
    pub help: String,
    /// What IAM itself says, where it refuses the document because of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iam_error: Option<IamError>,
    /// How to mend it, places in UTF-16 units, where that is safe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Finding {
    /// About a field of the input.
    pub fn of_input(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            document: None,
            path: Some(path.into()),
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            help: help.into(),
            iam_error: None,
            fix: None,
        }
    }

    /// About a document.
    pub fn of_document(
        document: Option<&str>,
        diagnostic: Diagnostic,
        text: &str,
        lines: &LineIndex,
    ) -> Self {
        let label = |it: Label| Label {
            span: lines.utf16(text, it.span),
            text: it.text,
        };
        let edit = |it: TextEdit| TextEdit {
            span: lines.utf16(text, it.span),
            text: it.text,
        };
        Self {
            document: document.map(str::to_owned),
            path: None,
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message,
            labels: diagnostic.labels.into_iter().map(label).collect(),
            help: diagnostic.help,
            iam_error: diagnostic.iam_error.map(|it| *it),
            fix: diagnostic.fix.map(|it| Fix {
                title: it.title,
                edits: it.edits.into_iter().map(edit).collect(),
            }),
        }
    }
}

/// What a function gives: its value, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Reply<T> {
    /// All went well.
    Done {
        /// Always true.
        ok: bool,
        /// The function's value; its fields stand beside `ok`.
        #[serde(flatten)]
        value: T,
    },
    /// The input cannot be worked with.
    Refused {
        /// Always false.
        ok: bool,
        /// Why; at least one.
        diagnostics: Vec<Finding>,
    },
}

impl<T> From<Result<T, Vec<Finding>>> for Reply<T> {
    fn from(result: Result<T, Vec<Finding>>) -> Self {
        match result {
            Ok(value) => Self::Done { ok: true, value },
            Err(diagnostics) => Self::Refused {
                ok: false,
                diagnostics,
            },
        }
    }
}
