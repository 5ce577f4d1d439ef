//! Why a check could not be judged: a policy that cannot be read, a statement that cannot be judged, or
//! a rule that is not known; and what to mend.
//!
//! Decides nothing: whether a check is judged, the trace says. Invariant: where a text is at fault, the
//! reason names its first place and the fix that place's line.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    explain::{
        note::unmodelled_sentence,
        reason::{Answer, Reason},
        statement::{element_sentence, statement_title},
    },
    names::DocumentName,
    syntax::Span,
    trace::{ElementTrace, StatementTrace},
    world::{Document, DocumentId},
};

impl Answer<'_> {
    /// Why the answer does not stand; nothing where it does.
    pub(crate) fn unjudged(&self) -> Option<Reason> {
        if self.trace.is_judged() {
            return None;
        }
        let mut unread = self.trace.unread().map(|it| it.1);
        if let Some(first) = unread.next() {
            return Some(self.unread(first, unread.count()));
        }
        if let Some((statement, element)) = self.trace.not_evaluated().next() {
            return Some(self.not_evaluated(statement, element));
        }
        let rules = self.trace.unmodelled.iter();
        let rules: Vec<&str> = rules.map(|it| unmodelled_sentence(*it)).collect();
        Some(Reason {
            why: rules.join(" "),
            fix: None,
            spots: Vec::new(),
            to_say: None,
        })
    }

    fn unread(&self, name: &DocumentName, n_others: usize) -> Reason {
        let title = self.title(name);
        let others = match n_others {
            0 => String::new(),
            1 => " One more policy cannot be read either.".to_owned(),
            n => format!(" {n} more policies cannot be read either."),
        };
        let document = DocumentId::of(name).and_then(|it| self.documents.get(&it));
        let Some(document) = document else {
            return Reason {
                why: format!(
                    "The {title} is attached, and its text is not in this account, so what it allows or denies is not known.{others}"
                ),
                fix: Some(format!("Add the text of the {title} to the account.")),
                spots: Vec::new(),
                to_say: None,
            };
        };
        let unknown = "AWS would not save it like this, so what it allows or denies is not known.";
        let Some(error) = document.diagnostics.iter().find(|it| it.is_error()) else {
            return Reason {
                why: format!("The {title} cannot be read. {unknown}{others}"),
                fix: Some(format!("Mend the {title}.")),
                spots: Vec::new(),
                to_say: None,
            };
        };
        let whole = if document.policy.is_some() {
            " whole"
        } else {
            ""
        };
        Reason {
            why: format!(
                "The {title} cannot be read{whole}: {}. {unknown}{others}",
                place_and_message(document, error)
            ),
            fix: Some(format!(
                "Mend line {} of the {title}: {}.",
                line(document, error.span()),
                error.help
            )),
            spots: self.spots_of(std::iter::once((name, error.span()))),
            to_say: None,
        }
    }

    fn not_evaluated(&self, statement: &StatementTrace, element: &ElementTrace) -> Reason {
        let name = &statement.at.document;
        let title = self.title(name);
        let document = DocumentId::of(name).and_then(|it| self.documents.get(&it));
        let span = element.span();
        let of_line =
            document.map_or_else(String::new, |it| format!("line {} of ", line(it, span)));
        Reason {
            why: format!(
                "{} in the {title} cannot be judged: {}.",
                statement_title(statement),
                element_sentence(element, self.request)
            ),
            fix: Some(format!(
                "Mend {of_line}the {title}{}.",
                help_at(document, span)
            )),
            spots: self.spots_of(std::iter::once((name, span))),
            to_say: None,
        }
    }
}

/// What the finding at that place says to do.
fn help_at(document: Option<&Arc<Document>>, span: Span) -> String {
    let mut findings = document.into_iter().flat_map(|it| &it.diagnostics);
    let finding = findings.find(|it| {
        let at = it.span();
        span.start <= at.start && at.end <= span.end
    });
    finding.map_or_else(String::new, |it| format!(": {}", it.help))
}

fn line(document: &Document, span: Span) -> u32 {
    document
        .lines
        .position(document.text.as_str(), span.start)
        .line
}

fn place_and_message(document: &Document, error: &Diagnostic) -> String {
    let at = document
        .lines
        .position(document.text.as_str(), error.span().start);
    format!("line {}, column {}: {}", at.line, at.column, error.message)
}
