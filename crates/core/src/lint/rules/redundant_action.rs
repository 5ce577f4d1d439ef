//! The rule `redundant-action`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use std::collections::BTreeMap;

use crate::{
    lint::look::Look,
    lint::look::Named,
    lint::{Found, edit, rule, shape},
};

rule! {
    /// An action that another entry of the same list has already.
    ///
    /// It changes nothing and hides what is really meant: beside `s3:*`, a careful list of single actions is no limit.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, keep one of the two: the pattern, or better the names.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    Suggestion "redundant-action"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let folded: Vec<(String, &Named<'_>)> = seen
            .actions
            .iter()
            .map(|it| (it.pattern.value.text().to_ascii_lowercase(), it))
            .collect();
        // Only a pattern takes in what is not itself, and most entries are none.
        let patterns: Vec<&(String, &Named<'_>)> =
            folded.iter().filter(|it| it.1.is_pattern()).collect();
        let mut firsts = BTreeMap::new();
        for (own, named) in &folded {
            let first = *firsts.entry(own).or_insert(*named);
            let twin = Some(first).filter(|it| it.pattern.span != named.pattern.span);
            let wider = || {
                let mut patterns = patterns.iter();
                let wider = patterns.find(|it| it.0 != *own && covers(&it.0, own));
                wider.map(|it| it.1)
            };
            let Some(cover) = twin.or_else(wider) else {
                continue;
            };
            let text = named.pattern.value.text();
            found.at_both(
                (named.pattern.span, cover.pattern.span),
                "has it already",
                format!("{} is in {} already", named.quoted(), cover.quoted()),
                "remove it, or remove the wider entry where only this is meant",
                edit::take_out(look.text(), named.pattern.span, format!("Remove `{text}`")),
            );
        }
    }
}

/// Whether the one takes in the other; both in lower case.
pub(super) fn covers(one: &str, other: &str) -> bool {
    if one == other || one == "*" || one == "*:*" {
        return true;
    }
    match (one.split_once(':'), other.split_once(':')) {
        (Some((service, name)), Some((of, action))) => {
            service == of && shape::takes_in(name, action)
        }
        _ => false,
    }
}
