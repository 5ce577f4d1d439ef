//! What all elements have in common: their names, lists of strings, and where findings go.

use crate::{
    diagnostic::{Diagnostic, Fix, IamError},
    policy::{
        PolicyKind,
        parse::{
            list_of,
            spelling::{nearest, quoted},
            text::too_long,
        },
    },
    syntax::{
        Span, Spanned,
        json::{Member, Node, Value},
    },
};

/// The code for a document in the old language, where AWS refuses it.
pub(super) const OLD_VERSION: &str = "old-version";

/// What was found wrong so far.
pub(super) struct Findings {
    /// Which kind of policy the text is meant to be.
    pub(super) kind: PolicyKind,
    /// Where the text is not JSON: what is missing around there may only be unread.
    pub(super) syntax_errors: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
    max: usize,
    /// Errors that make their statement unreadable, also those beyond the cap.
    n_errors: usize,
}

impl Findings {
    pub(super) fn new(kind: PolicyKind, max: usize) -> Self {
        Self {
            kind,
            syntax_errors: Vec::new(),
            diagnostics: Vec::new(),
            max,
            n_errors: 0,
        }
    }

    pub(super) fn push(&mut self, mut diagnostic: Diagnostic) {
        if diagnostic.is_error() && diagnostic.iam_error.is_none() {
            diagnostic.iam_error = iam_error_of(diagnostic.code).map(Box::new);
        }
        let is_error = diagnostic.is_error();
        self.n_errors += usize::from(is_error);
        if self.diagnostics.len() < self.max {
            self.diagnostics.push(diagnostic);
        } else if is_error
            && let Some(warning) = self.diagnostics.iter_mut().rev().find(|it| !it.is_error())
        {
            // An error is never lost to a warning.
            *warning = diagnostic;
        }
    }

    /// Whether there is no room for another: a large wrong text gives thousands of errors, and
    /// words for each would cost more time than the reading.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= self.max && self.diagnostics.iter().all(Diagnostic::is_error)
    }

    /// An error that leaves the statement readable.
    pub(super) fn push_tolerated(&mut self, diagnostic: Diagnostic) {
        let n_errors = self.n_errors;
        self.push(diagnostic);
        self.n_errors = n_errors;
    }

    pub(super) const fn n_errors(&self) -> usize {
        self.n_errors
    }

    /// Whether something within is not JSON. What follows right behind is not within: a `,` too many
    /// after a statement says nothing against the statement.
    pub(super) fn has_syntax_error(&self, span: Span) -> bool {
        self.syntax_errors
            .iter()
            .any(|it| span.start <= it.start && it.start < span.end)
    }

    /// IAM refuses to save new documents of the old version. Those that are about still count, so
    /// their statements are kept.
    pub(super) fn refuse_old_version(&mut self, span: Span, message: &str) {
        let help =
            "write `\"Version\": \"2012-10-17\"`: IAM refuses new policies in the old language";
        match self.kind {
            PolicyKind::Identity | PolicyKind::Boundary => self.push_tolerated(
                Diagnostic::error(OLD_VERSION, span, message, help)
                    .with_iam_error(IamError::OldVersion),
            ),
            PolicyKind::Scp | PolicyKind::Rcp => self.push_tolerated(Diagnostic::error(
                OLD_VERSION,
                span,
                message,
                "write `\"Version\": \"2012-10-17\"`: policies of an organization have no other",
            )),
            _ => {}
        }
    }

    /// In the order of the text. One by one, because there are few: the standard sort is 4 kB of
    /// code for each type.
    pub(super) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut sorted: Vec<Diagnostic> = Vec::with_capacity(self.diagnostics.len());
        for diagnostic in self.diagnostics {
            let at = sorted.partition_point(|it| it.span() <= diagnostic.span());
            sorted.insert(at, diagnostic);
        }
        sorted
    }
}

/// What IAM says of most mistakes; where it says something of its own, the diagnostic has it.
fn iam_error_of(code: &str) -> Option<IamError> {
    match code {
        "byte-order-mark" | "invalid-character" => Some(IamError::Characters),
        "invalid-sid" => Some(IamError::InvalidSid),
        "duplicate-sid" => Some(IamError::DuplicateSid),
        "action-without-prefix" => Some(IamError::ActionWithoutVendor),
        "action-with-colons" => Some(IamError::ActionWithColons),
        "not-an-sts-action" => Some(IamError::TrustActions),
        "invalid-principal" | "wildcard-in-principal" => Some(IamError::InvalidPrincipal),
        "invalid-condition-value" | "short-arn" => Some(IamError::LegacyParsing),
        "unknown-iam-path" => Some(IamError::IamPath),
        // Said by AWS Organizations and EC2, each in its own words, or not at all.
        "document-too-large" | "text-too-long" | OLD_VERSION => None,
        _ if code.starts_with("rcp-") => None,
        _ => Some(IamError::Syntax),
    }
}

/// The known members of an object, by their right names.
pub(super) struct Members<'a> {
    known: Vec<(&'static str, &'a Member)>,
    misspelt: Vec<&'static str>,
}

impl<'a> Members<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&&'a Member> {
        let (_, member) = self.known.iter().find(|(known, _)| *known == name)?;
        Some(member)
    }

    /// Whether something was met that probably means this element.
    pub(super) fn contains_misspelt(&self, name: &str) -> bool {
        self.misspelt.contains(&name)
    }
}

/// Sorts the members of an object by name, and says which are unknown or there twice. Element names
/// are case-sensitive.
pub(super) fn members<'a>(
    all: &'a [Member],
    names: &[&'static str],
    place: &str,
    findings: &mut Findings,
) -> Members<'a> {
    let mut found = Members {
        known: Vec::new(),
        misspelt: Vec::new(),
    };
    for member in all {
        let key = member.key.value.as_str();
        if let Some(name) = names.iter().find(|it| **it == key) {
            if let Some(first) = found.get(name) {
                findings.push(duplicate(key, member.key.span, first.key.span));
            } else {
                found.known.push((name, member));
            }
        } else if let Some(name) = names.iter().find(|it| it.eq_ignore_ascii_case(key)) {
            found.misspelt.push(name);
            let diagnostic = Diagnostic::error(
                "wrong-case",
                member.key.span,
                format!("{} is not an element, `{name}` is", quoted(key)),
                format!("write `{name}`: element names are case-sensitive"),
            );
            findings.push(diagnostic.with_fix(spelt(member.key.span, name)));
        } else if findings.is_full() {
            findings.n_errors += 1;
        } else {
            let guess = nearest(key, names.iter().copied());
            found
                .misspelt
                .extend(guess.and_then(|it| names.iter().find(|name| **name == it)));
            let mut diagnostic = Diagnostic::error(
                "unknown-element",
                member.key.span,
                format!("{} is not an element of {place}", quoted(key)),
                guess.map_or_else(
                    || format!("remove it; {place} has {}", list_of(names)),
                    |it| format!("did you mean `{it}`?"),
                ),
            );
            // Where the element is there already, this one is something else.
            let is_free = |it: &&str| !all.iter().any(|member| member.key.value == **it);
            diagnostic.fix = guess
                .filter(is_free)
                .map(|it| Box::new(spelt(member.key.span, it)));
            findings.push(diagnostic);
        }
    }
    found
}

/// Writes a name as the grammar has it.
pub(super) fn spelt(span: Span, name: &str) -> Fix {
    Fix::rewrite(format!("Write `{name}`"), span, name)
}

/// Two members of one name: IAM refuses them, other readers take the last.
pub(super) fn duplicate(key: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "duplicate-key",
        second,
        format!("{} is there twice", quoted(key)),
        "keep one of the two, or put their values into one list",
    )
    .with_label(first, "first here")
}

/// The string that an element must be.
pub(super) fn string<'a>(node: &'a Node, name: &str, findings: &mut Findings) -> Option<&'a str> {
    if let Value::String(text) = &node.value {
        return Some(text);
    }
    if findings.has_syntax_error(node.span) {
        return None;
    }
    findings.push(Diagnostic::error(
        "wrong-type",
        node.span,
        format!("`{name}` is a string, this is {}", node.value.sort()),
        format!("write `\"{name}\": \"…\"`"),
    ));
    None
}

/// The strings of an element that is a string or a list of strings. One value is a list of one;
/// an empty list is refused.
pub(super) fn strings<'a>(
    node: &'a Node,
    name: &str,
    findings: &mut Findings,
) -> Vec<Spanned<&'a str>> {
    let nodes = match &node.value {
        Value::Array(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    if nodes.is_empty() && !findings.has_syntax_error(node.span) {
        let diagnostic = Diagnostic::error(
            "empty-list",
            node.span,
            format!("`{name}` is empty"),
            "put at least one value into the list, or remove the statement",
        );
        findings.push(diagnostic.with_iam_error(IamError::of_missing(name)));
    }
    let mut texts = Vec::new();
    for item in nodes {
        match &item.value {
            Value::String(text) => match too_long(text, item.span) {
                Some(diagnostic) => findings.push(diagnostic),
                None => texts.push(Spanned::new(item.span, text.as_str())),
            },
            // IAM takes `null` among resources and ignores it.
            Value::Null if name.ends_with("Resource") && nodes.len() > 1 => {
                findings.push(Diagnostic::warning(
                    "null-value",
                    item.span,
                    format!("`null` in `{name}` stands for nothing"),
                    "remove it",
                ));
            }
            other => findings.push(Diagnostic::error(
                "wrong-type",
                item.span,
                format!(
                    "`{name}` is a string or a list of strings, this is {}",
                    other.sort()
                ),
                format!("write `\"{name}\": \"…\"` or `\"{name}\": [ \"…\" ]`"),
            )),
        }
    }
    texts
}
