//! The rule `redundant-statement`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, edit, rule, steps::Steps},
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
        if look.steps.is_spent() {
            return;
        }
        let mut others = look.statements.iter().enumerate();
        let cover = others.find(|(other, it)| {
            *other != idx
                && it.is_allow() == seen.is_allow()
                && is_within(look, seen, it)
                && !(idx < *other && is_within(look, it, seen))
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

/// Whether all that the one statement applies to, the other applies to as well. No where that takes too long.
pub(super) fn is_within(look: &Look<'_>, inner: &Seen<'_>, outer: &Seen<'_>) -> bool {
    let steps = &look.steps;
    steps.take(1)
        && has_all_actions(inner, outer, steps)
        && has_all_conditions(inner, outer, steps)
        && has_all_principals(inner, outer, steps)
        && has_all_resources(inner, outer, steps)
}

fn has_all_actions(one: &Seen<'_>, other: &Seen<'_>, steps: &Steps) -> bool {
    let is_negated = |it: &Seen<'_>| it.statement.action.negated;
    let (own, wide) = (one.folded_actions(), other.folded_actions());
    match (is_negated(one), is_negated(other)) {
        (false, false) => own.all.iter().all(|it| {
            let mut patterns = wide.patterns.iter();
            steps.take(1) && (wide.all.contains(it) || patterns.any(|wide| covers(wide, it, steps)))
        }),
        (true, true) => steps.take(own.all.len()) && own.all == wide.all,
        _ => false,
    }
}

/// Whether each condition of the wider one is a condition of the other too.
fn has_all_conditions(one: &Seen<'_>, other: &Seen<'_>, steps: &Steps) -> bool {
    let wanted = other.conditions().iter().zip(other.condition_texts());
    wanted.into_iter().all(|(wanted, wanted_texts)| {
        let mut own = one.conditions().iter().zip(one.condition_texts());
        own.any(|(it, texts)| {
            steps.take(1)
                && it.parsed.is_some()
                && it.parsed == wanted.parsed
                && it.key.value == wanted.key.value
                && steps.take(texts.len())
                && texts == wanted_texts
        })
    })
}

fn has_all_principals(one: &Seen<'_>, other: &Seen<'_>, steps: &Steps) -> bool {
    match (&one.statement.principal, &other.statement.principal) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            !one.negated
                && !other.negated
                && one.entries.iter().all(|it| {
                    let mut wide = other.entries.iter();
                    wide.any(|wide| steps.take(1) && wide.value == it.value)
                })
        }
        _ => false,
    }
}

fn has_all_resources(one: &Seen<'_>, other: &Seen<'_>, steps: &Steps) -> bool {
    match (&one.statement.resource, &other.statement.resource) {
        (None, None) => true,
        (Some(narrow), Some(wide)) if narrow.negated || wide.negated => {
            let (own, wanted) = (one.resource_texts(), other.resource_texts());
            narrow.negated == wide.negated && steps.take(own.len()) && own == wanted
        }
        (Some(narrow), Some(wide)) => narrow.patterns.iter().all(|it| {
            let mut wide = wide.patterns.iter();
            !it.value.is_short()
                && wide.any(|wide| {
                    steps.take(1) && Shape::takes_in(wide.value.text(), it.value.text(), steps)
                })
        }),
        _ => false,
    }
}
