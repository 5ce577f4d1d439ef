//! Reading a policy document: the grammar, and what IAM checks when one is saved.
//!
//! Total: any text gives what can be understood of it, and a diagnostic for each thing that cannot.
//! A statement that cannot be understood is left out rather than guessed at. One that AWS would not
//! save and that can be understood is kept: an unknown condition operator, so that evaluation can
//! report that it could not judge; an old version, a size, a rule of organizations. Invariant:
//! without an error among the diagnostics, the policy is whole.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod action;
mod condition;
mod element;
mod organization;
mod principal;
mod resource;
pub(crate) mod spelling;
mod statement;
mod syntax_error;
#[cfg(test)]
mod tests;
mod text;
mod wrapped;

use litemap::LiteMap;

use self::{
    element::{Findings, OLD_VERSION, members, string},
    spelling::{quoted, shortened},
};
use crate::{
    diagnostic::{Diagnostic, Fix, TextEdit},
    policy::{DOCUMENT_ELEMENTS, LanguageVersion, Policy, PolicyKind, Statement},
    syntax::{
        Span,
        json::{self, Member, Node, Value},
    },
};

/// How many diagnostics one text gives at most.
const MAX_DIAGNOSTICS: usize = 100;

/// Reads a policy of this kind. The policy is there where at least one statement could be read;
/// whether to use it in spite of errors is up to the caller.
pub fn parse(text: &str, kind: PolicyKind) -> (Option<Policy>, Vec<Diagnostic>) {
    let document = json::read(text);
    let mut findings = Findings::new(kind, MAX_DIAGNOSTICS);
    findings.syntax_errors = document.errors.iter().map(|it| it.span).collect();
    for error in &document.errors {
        findings.push(syntax_error::describe(error, &document.errors, text));
    }
    text::check(text, &mut findings);
    let policy = document
        .root
        .and_then(|root| match wrapped::find(&root, text) {
            Some(finding) => {
                findings.push(finding);
                None
            }
            None => read_document(&root, &mut findings),
        });
    let mut sorted = findings.into_sorted();
    for it in sorted.iter_mut().filter(|it| it.code == OLD_VERSION) {
        it.fix = new_version(it.span(), text).map(Box::new);
    }
    (policy, sorted)
}

/// The present version in the place of the old one, or of none; not where `${…}` would mean something else then.
fn new_version(span: Span, text: &str) -> Option<Fix> {
    if text.contains("${") {
        return None;
    }
    if text.get(span.start as usize..span.end as usize)? != "{" {
        return Some(Fix::rewrite("Write `2012-10-17`", span, "2012-10-17"));
    }
    // Before another member.
    let behind = text.get(span.end as usize..)?;
    if !behind.trim_start().starts_with('"') {
        return None;
    }
    Some(Fix {
        title: "Add `\"Version\": \"2012-10-17\"`".to_owned(),
        edits: vec![TextEdit {
            span: Span::new(span.end, span.end),
            text: " \"Version\": \"2012-10-17\",".to_owned(),
        }],
    })
}

fn read_document(root: &Node, findings: &mut Findings) -> Option<Policy> {
    let Value::Object(all) = &root.value else {
        findings.push(Diagnostic::error(
            "not-a-policy",
            root.span,
            format!("a policy is an object, this is {}", root.value.sort()),
            "begin with `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`",
        ));
        return None;
    };
    let found = members(all, &DOCUMENT_ELEMENTS, "a policy document", findings);
    let version = version(found.get("Version").copied(), root.span, findings);
    if let Some(id) = found.get("Id") {
        string(&id.value, "Id", findings);
    }
    let Some(statement) = found.get("Statement") else {
        if !found.contains_misspelt("Statement") && !findings.has_syntax_error(root.span) {
            findings.push(Diagnostic::error(
                "missing-element",
                opening(root.span),
                "the document has no `Statement`",
                "add `\"Statement\": [ … ]` with at least one statement",
            ));
        }
        return None;
    };
    let statements = read_statements(&statement.value, version, findings);
    organization::check(&statements, findings);
    (!statements.is_empty()).then_some(Policy {
        version,
        statements,
        is_whole: findings.n_errors() == 0,
    })
}

/// The version decides whether `${…}` is a variable. A document of an unknown version is an error;
/// its statements are still read, as the newer language.
fn version(member: Option<&Member>, document: Span, findings: &mut Findings) -> LanguageVersion {
    let Some(member) = member else {
        findings.refuse_old_version(
            opening(document),
            "the document has no `Version` and is read as `2008-10-17`",
        );
        return LanguageVersion::V2008;
    };
    match string(&member.value, "Version", findings) {
        Some("2012-10-17") | None => LanguageVersion::V2012,
        Some("2008-10-17") => {
            let message = "`2008-10-17` is the old version of the policy language";
            findings.refuse_old_version(member.value.span, message);
            LanguageVersion::V2008
        }
        Some(other) => {
            findings.push(Diagnostic::error(
                "invalid-version",
                member.value.span,
                format!("{} is not a version of the policy language", quoted(other)),
                "write `2012-10-17`: it names the language, not the day the policy was written",
            ));
            LanguageVersion::V2012
        }
    }
}

fn read_statements(
    node: &Node,
    version: LanguageVersion,
    findings: &mut Findings,
) -> Vec<Statement> {
    let nodes = match &node.value {
        Value::Array(nodes) => nodes.as_slice(),
        Value::Object(_) => std::slice::from_ref(node),
        other => {
            findings.push(Diagnostic::error(
                "wrong-type",
                node.span,
                format!(
                    "`Statement` is an object or an array of objects, this is {}",
                    other.sort()
                ),
                "write `\"Statement\": [ { … } ]`",
            ));
            return Vec::new();
        }
    };
    if nodes.is_empty() && !findings.has_syntax_error(node.span) {
        findings.push(Diagnostic::error(
            "empty-list",
            node.span,
            "`Statement` is empty",
            "a policy has at least one statement",
        ));
    }
    let mut sids = LiteMap::new_vec();
    nodes
        .iter()
        .filter_map(|it| statement::read(it, version, &mut sids, findings))
        .collect()
}

/// The bracket of an object: where to point when something inside is missing.
fn opening(span: Span) -> Span {
    Span::new(span.start, span.end.min(span.start + 1))
}

/// A list of names for a sentence: `` `a`, `b` or `c` ``.
fn list_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|it| format!("`{}`", shortened(it)))
        .collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
