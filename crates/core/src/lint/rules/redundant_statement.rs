//! The rule `redundant-statement`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use std::collections::BTreeSet;

use crate::{
    lint::look::{Look, Seen, has_wildcard},
    lint::{Found, edit, rule},
    pattern::ArnPattern,
    policy::{Condition, Statement},
};

rule! {
    /// A statement that another one of the document makes needless.
    ///
    /// What it allows or denies is allowed or denied already, by a statement with the same effect that is as wide or
    /// wider.
    ///
    /// ```json identity
    /// { "Version": "2012-10-17", "Statement": [
    ///   { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::data/*" },
    ///   { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/ana/*" } ] }
    /// ```
    ///
    /// Instead, keep the one that is meant.
    ///
    /// ```json identity
    /// { "Version": "2012-10-17", "Statement": [
    ///   { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/ana/*" } ] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
    Suggestion "redundant-statement"
}

use crate::lint::{rules::redundant_action::covers, shape::Shape};

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for (idx, seen) in look.statements.iter().enumerate() {
        let cover = look.statements.iter().enumerate().find(|(other, it)| {
            *other != idx
                && it.is_allow() == seen.is_allow()
                && is_within(seen, it)
                && !(is_within(it, seen) && idx < *other)
        });
        if let Some((_, cover)) = cover {
            found.at_both(
                (seen.statement.span, cover.statement.span),
                "says it already",
                "another statement says this already",
                "remove it, or narrow the other one where only this is meant",
                edit::take_out(look.text(), seen.statement.span, "Remove the statement"),
            );
        }
    }
}

/// Whether all that the one statement applies to, the other applies to as well.
pub(super) fn is_within(inner: &Seen<'_>, outer: &Seen<'_>) -> bool {
    let (one, other) = (inner.statement, outer.statement);
    is_same_or_within_actions(inner, outer)
        && has_all_conditions(one, other)
        && match (&one.principal, &other.principal) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                !one.negated
                    && !other.negated
                    && one
                        .entries
                        .iter()
                        .all(|it| other.entries.iter().any(|wide| wide.value == it.value))
            }
            _ => false,
        }
        && match (&one.resource, &other.resource) {
            (None, None) => true,
            (Some(one), Some(other)) if one.negated || other.negated => {
                let texts = |it: &crate::policy::Element<ArnPattern>| {
                    it.patterns
                        .iter()
                        .map(|it| it.value.text().to_owned())
                        .collect::<BTreeSet<_>>()
                };
                one.negated == other.negated && texts(one) == texts(other)
            }
            (Some(one), Some(other)) => one.patterns.iter().all(|it| {
                !it.value.is_short()
                    && other
                        .patterns
                        .iter()
                        .any(|wide| Shape::takes_in(wide.value.text(), it.value.text()))
            }),
            _ => false,
        }
}

fn is_same_or_within_actions(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    let is_negated = |it: &Seen<'_>| it.statement.action.negated;
    let (own, wide) = (one.folded_actions(), other.folded_actions());
    match (is_negated(one), is_negated(other)) {
        (false, false) => own.iter().all(|it| {
            let mut patterns = wide.iter().filter(|it| has_wildcard(it));
            wide.contains(it) || patterns.any(|wide| covers(wide, it))
        }),
        (true, true) => own == wide,
        _ => false,
    }
}

/// Whether each condition of the wider one is a condition of the other too.
fn has_all_conditions(one: &Statement, other: &Statement) -> bool {
    other.conditions.iter().all(|wanted| {
        one.conditions.iter().any(|it| {
            let values = |it: &Condition| {
                it.values
                    .iter()
                    .map(|it| it.value.text().to_owned())
                    .collect::<BTreeSet<_>>()
            };
            it.parsed.is_some()
                && it.parsed == wanted.parsed
                && it.key.value == wanted.key.value
                && values(it) == values(wanted)
        })
    })
}
