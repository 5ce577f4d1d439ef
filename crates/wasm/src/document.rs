//! One policy document by itself: what it says, and what is wrong with it.

use rolewalk_core::{
    catalogue::Catalogue,
    diagnostic::{Diagnostic, IamError},
    lint,
    names::AccountId,
    policy::{Effect, LanguageVersion, PolicyKind, Statement, parse},
    syntax::{LineIndex, Span},
};
use serde::Serialize;

use crate::{finding::Finding, input};

/// What `parsePolicy` gives: `ok` says whether IAM would save the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parsed {
    /// Whether there is no error.
    pub ok: bool,
    /// What could be understood; `null` where nothing could.
    pub policy: Option<PolicySummary>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Finding>,
    /// What IAM itself says where it refuses the document: the first thing it looks at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iam_error: Option<IamError>,
}

/// A document in short. Spans are UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicySummary {
    /// The version of the language.
    pub version: LanguageVersion,
    /// Whether these are all the statements that the text has.
    pub is_whole: bool,
    /// The statements, in order.
    pub statements: Vec<StatementSummary>,
}

/// A statement in short. Of the elements that come in two forms, the one that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the elements' own names")]
pub struct StatementSummary {
    pub span: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    pub effect: Effect,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_principal: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_action: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_resource: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ConditionSummary>,
}

/// One key under one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ConditionSummary {
    pub operator: String,
    pub key: String,
    pub values: Vec<String>,
}

/// What `lintPolicy` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Linted {
    /// Whether the document could be read whole: only then is this all there is to say.
    pub ok: bool,
    /// Errors, warnings and suggestions, in the order of the text.
    pub diagnostics: Vec<Finding>,
}

/// The kind of policy that a word of the API names.
pub fn kind_of(word: &str) -> Result<PolicyKind, Vec<Finding>> {
    use serde::{
        Deserialize,
        de::{IntoDeserializer, value::Error, value::StrDeserializer},
    };
    let word_of: StrDeserializer<'_, Error> = word.into_deserializer();
    PolicyKind::deserialize(word_of).map_err(|_| {
        vec![Finding::of_input(
            "unknown-kind",
            "kind",
            format!("`{}` is no kind of policy", input::shortened(word)),
            "give `identity`, `resource`, `trust`, `boundary`, `session`, `scp`, `rcp` or `vpcEndpoint`",
        )]
    })
}

impl From<Vec<Finding>> for Parsed {
    fn from(diagnostics: Vec<Finding>) -> Self {
        Self {
            ok: false,
            policy: None,
            diagnostics,
            iam_error: None,
        }
    }
}

/// Reads a document.
pub fn parse_policy(text: &str, kind: PolicyKind) -> Parsed {
    let lines = LineIndex::new(text);
    let (policy, diagnostics) = parse(text, kind);
    let iam_error = IamError::first(&diagnostics).cloned();
    let policy = policy.map(|policy| PolicySummary {
        version: policy.version,
        is_whole: policy.is_whole,
        statements: policy
            .statements
            .iter()
            .map(|it| summary(it, text, &lines))
            .collect(),
    });
    let is_refused = diagnostics.iter().any(Diagnostic::is_error);
    Parsed {
        ok: policy.is_some() && !is_refused,
        policy,
        diagnostics: diagnostics
            .into_iter()
            .map(|it| Finding::of_document(None, it, text, &lines))
            .collect(),
        iam_error,
    }
}

/// What the rules know besides the document.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// AWS's lists. Of a service that is not there the rules say nothing.
    pub catalogue: &'a Catalogue,
    /// The account that the document is in.
    pub account: Option<&'a AccountId>,
}

/// The account that a text of the API names.
pub fn account_of(text: &str) -> Result<AccountId, Vec<Finding>> {
    AccountId::parse(text).ok_or_else(|| {
        vec![Finding::of_input(
            "unexpected-input",
            "options.account",
            format!("`{}` is no account", input::shortened(text)),
            "give the 12 digits of an account, such as `111122223333`",
        )]
    })
}

/// What is wrong with a document, and what may be.
pub fn lint_policy(text: &str, kind: PolicyKind, known: Known<'_>) -> Linted {
    let lines = LineIndex::new(text);
    let (policy, mut diagnostics) = parse(text, kind);
    if let Some(policy) = &policy {
        diagnostics.extend(lint::lint(&lint::Subject {
            text,
            kind,
            policy,
            catalogue: known.catalogue,
            account: known.account,
        }));
        diagnostics.sort_by_key(Diagnostic::span);
    }
    Linted {
        ok: policy.is_some_and(|it| it.is_whole),
        diagnostics: diagnostics
            .into_iter()
            .map(|it| Finding::of_document(None, it, text, &lines))
            .collect(),
    }
}

fn summary(statement: &Statement, text: &str, lines: &LineIndex) -> StatementSummary {
    let written =
        |spans: Vec<Span>| -> Vec<String> { spans.into_iter().map(|it| value(text, it)).collect() };
    let sides = |negated: bool, spans: Vec<Span>| {
        let values = Some(written(spans));
        if negated {
            (None, values)
        } else {
            (values, None)
        }
    };
    let principal = statement.principal.as_ref();
    let (principal, not_principal) = principal.map_or((None, None), |it| {
        sides(it.negated, it.entries.iter().map(|it| it.span).collect())
    });
    let patterns = &statement.action;
    let (action, not_action) = sides(
        patterns.negated,
        patterns.patterns.iter().map(|it| it.span).collect(),
    );
    let (resource, not_resource) = statement.resource.as_ref().map_or((None, None), |it| {
        sides(it.negated, it.patterns.iter().map(|it| it.span).collect())
    });
    let conditions = statement.conditions.iter().map(|it| ConditionSummary {
        operator: it.operator.value.clone(),
        key: it.key.value.as_str().to_owned(),
        values: it
            .values
            .iter()
            .map(|it| it.value.text().to_owned())
            .collect(),
    });
    StatementSummary {
        span: lines.utf16(text, statement.span),
        sid: statement
            .sid
            .as_ref()
            .map(|it| it.value.as_str().to_owned()),
        effect: statement.effect.value,
        principal,
        not_principal,
        action,
        not_action,
        resource,
        not_resource,
        conditions: conditions.collect(),
    }
}

/// A JSON string as what it says; other values as they are written.
fn value(text: &str, span: Span) -> String {
    let written = span.of(text).unwrap_or_default();
    serde_json::from_str(written).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lint_without(text: &str) -> Linted {
        let known = Known {
            catalogue: &Catalogue::default(),
            account: None,
        };
        lint_policy(text, PolicyKind::Identity, known)
    }

    #[test]
    fn linting_tells_what_rules_find_with_places_in_utf_16_units() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Allow","Action":"iam:PassRole",
            "Resource":"arn:aws:iam::111122223333:role/CLEF","Condition":{"Bool":{"aws:x":"1"}}}}"#
            .replace("CLEF", "\u{1d11e}");
        let linted = lint_without(&text);
        let codes: Vec<&str> = linted.diagnostics.iter().map(|it| it.code).collect();
        let expect = [
            "empty-sid",
            "pass-role-any-service",
            "invalid-character",
            "value-matches-nothing",
        ];
        assert_eq!(codes, expect);
        let units: Vec<u16> = text.encode_utf16().collect();
        let last = linted.diagnostics.last().unwrap();
        let span = last.labels.first().unwrap().span;
        assert_eq!(String::from_utf16(&units[span.range()]).unwrap(), r#""1""#);
        assert!(linted.diagnostics.first().unwrap().fix.is_some());
    }

    #[test]
    fn nothing_is_said_of_services_without_a_list_of_them() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"nosuch:Thing","Resource":"*"}}"#;
        assert_eq!(lint_without(text).diagnostics, []);
    }
}
