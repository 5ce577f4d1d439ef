//! Why a check could not be judged: a policy that cannot be read or is not held, a statement that cannot be
//! judged, or a rule that is not known; and what to mend or to bring.
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
    names::{ALIAS, AccountId, Arn, DocumentName},
    syntax::Span,
    trace::{ElementTrace, Layer, StatementTrace},
    world::{Document, DocumentId, Text},
};

impl Answer<'_> {
    /// Why the answer does not stand; nothing where it does.
    pub(crate) fn unjudged(&self) -> Option<Reason> {
        if self.trace.is_judged() {
            return None;
        }
        let mut unread = self.trace.unread();
        if let Some((layer, first)) = unread.next() {
            return Some(self.unread(layer.layer, first, unread.count()));
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

    fn unread(&self, layer: Layer, name: &DocumentName, n_others: usize) -> Reason {
        let title = self.title(name);
        let others = match n_others {
            0 => String::new(),
            1 => " One more policy cannot be read either.".to_owned(),
            n => format!(" {n} more policies cannot be read either."),
        };
        let id = DocumentId::of(name);
        let document = id.as_ref().and_then(|it| self.documents.get(it));
        let Some(document) = document else {
            let (why, fix) = not_held(id.as_ref(), layer, &title);
            return Reason {
                why: format!("{why}{others}"),
                fix: Some(fix),
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

/// That a text is nowhere in the world, and how to bring it.
fn not_held(id: Option<&DocumentId>, layer: Layer, title: &str) -> (String, String) {
    if let Some(DocumentId {
        account,
        text: Text::Key { key },
    }) = id
    {
        return key_not_held(account.as_ref(), key);
    }
    if let Some(DocumentId {
        text: Text::Organization { .. },
        ..
    }) = id
    {
        return (
            format!(
                "The {title} is attached, and its text is not in this organization, so what it allows or denies is not known."
            ),
            format!(
                "Import the output of `aws organizations describe-policy` for it, or add the {title} to the organization."
            ),
        );
    }
    let why = match layer {
        Layer::Boundary => format!(
            "The {title} is the permissions boundary, and its text is not in this account, so what it lets through is not known."
        ),
        Layer::Session => format!(
            "The {title} is passed with the session, and its text is not in this account, so what it lets through is not known."
        ),
        _ => format!(
            "The {title} is attached, and its text is not in this account, so what it allows or denies is not known."
        ),
    };
    let fix = match id {
        Some(DocumentId {
            text: Text::Managed { arn },
            ..
        }) => bring_managed(arn, title, layer == Layer::Session),
        _ => format!("Add the text of the {title} to the account."),
    };
    (why, fix)
}

/// How to bring the text of a managed policy. One that is attached is there; one that is only passed need not be.
pub(super) fn bring_managed(arn: &Arn, title: &str, is_passed: bool) -> String {
    if arn.is_aws_owned() {
        return format!("Add the text of the {title} to the account.");
    }
    let bring = format!(
        "Import the output of `aws iam get-account-authorization-details --filter LocalManagedPolicy > policies.json`, or add the {title} to the account."
    );
    if is_passed {
        format!("{bring} If it is deleted, nobody can pass it: pass another.")
    } else {
        bring
    }
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>: by the key's id or its ARN, from the
/// key's own account only.
fn key_not_held(account: Option<&AccountId>, key: &str) -> (String, String) {
    let (place, run) = match account {
        Some(it) => (
            format!("of account `{it}` is not in this world"),
            format!(", run in account `{it}`"),
        ),
        None => ("is not in this account".to_owned(), String::new()),
    };
    let why = format!(
        "The key `{key}` {place}, so whom its policy and its grants let use it is not known."
    );
    let fix = if key.starts_with(ALIAS) {
        format!("Name the key by its id: `aws kms describe-key --key-id {key}`{run} shows it.")
    } else {
        format!(
            "Import the output of `aws kms get-key-policy --key-id {key} --policy-name default > key-{key}.json`{run}, or add the key. If it is deleted, nobody can use it: name another."
        )
    };
    (why, fix)
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
