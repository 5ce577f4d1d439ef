//! The rule `duplicate-value`.

use std::collections::BTreeMap;

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::PrincipalPattern,
    policy::spelling::quoted,
    syntax::Span,
};

rule! {
    /// A value or a principal that stands in one list twice.
    ///
    /// It changes nothing; often another value was meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalTag/team": ["nlp", "nlp"] } } }
    /// ```
    ///
    /// Instead, write each value once.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalTag/team": ["nlp", "vision"] } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    Suggestion "duplicate-value"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let values: Vec<(&str, Span)> = condition
                .values
                .iter()
                .map(|it| (it.value.text(), it.span))
                .collect();
            twice(look, &values, found);
        }
        if let Some(principal) = &seen.statement.principal {
            let mut entries: Vec<(&PrincipalPattern, Span)> = Vec::new();
            for entry in &principal.entries {
                let first = entries
                    .iter()
                    .find(|it| *it.0 == entry.value)
                    .map(|it| it.1);
                match first {
                    Some(first) => tell(look, entry.span, first, found),
                    None => entries.push((&entry.value, entry.span)),
                }
            }
        }
    }
}

fn twice(look: &Look<'_>, values: &[(&str, Span)], found: &mut Found<'_>) {
    let mut firsts = BTreeMap::new();
    for (text, span) in values {
        match firsts.get(text) {
            Some(first) => tell(look, *span, *first, found),
            None => {
                firsts.insert(*text, *span);
            }
        }
    }
}

fn tell(look: &Look<'_>, span: Span, first: Span, found: &mut Found<'_>) {
    let text = span.of(look.text()).unwrap_or_default().trim_matches('"');
    found.at_both(
        (span, first),
        "first here",
        format!("{} is there twice", quoted(text)),
        "remove one, or write what was meant in its place",
        edit::take_out(look.text(), span, "Remove the second"),
    );
}
