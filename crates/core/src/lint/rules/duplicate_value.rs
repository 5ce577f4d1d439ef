//! The rule `duplicate-value`.

use std::collections::BTreeMap;

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
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
            let values = condition.values.iter();
            twice(look, values.map(|it| (it.value.text(), it.span)), found);
        }
        let principals = seen.statement.principal.iter();
        let entries = principals.flat_map(|it| &it.entries);
        twice(look, entries.map(|it| (&it.value, it.span)), found);
    }
}

fn twice<T: Ord>(look: &Look<'_>, values: impl Iterator<Item = (T, Span)>, found: &mut Found<'_>) {
    let mut firsts = BTreeMap::new();
    for (value, span) in values {
        let first = *firsts.entry(value).or_insert(span);
        if first != span {
            tell(look, span, first, found);
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
