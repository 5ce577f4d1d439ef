//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike` and their negations.
//!
//! A variable without a value matches nothing, so a negated operator is met by it.

use crate::{
    condition::Comparison,
    pattern::{Filled, Resolved, Variables},
    policy::ConditionValue,
};

/// Wildcards are characters here.
pub(super) fn equals(
    requested: &str,
    wanted: &ConditionValue,
    variables: &dyn Variables,
) -> Comparison {
    Comparison::of(wanted.template().stands_for(requested, variables))
}

pub(super) fn equals_ignore_case(
    requested: &str,
    wanted: &ConditionValue,
    variables: &dyn Variables,
) -> Comparison {
    let lower = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<String>();
    compare(wanted, variables, |it| {
        if it.text().is_ascii() && requested.is_ascii() {
            it.text().eq_ignore_ascii_case(requested)
        } else {
            lower(it.text()) == lower(requested)
        }
    })
}

/// `*` and `?` go over the whole string, `/`, `:` and line ends included.
pub(super) fn like(
    requested: &str,
    wanted: &ConditionValue,
    variables: &dyn Variables,
) -> Comparison {
    compare(wanted, variables, |it| it.matches(requested))
}

fn compare(
    wanted: &ConditionValue,
    variables: &dyn Variables,
    holds: impl Fn(&Resolved) -> bool,
) -> Comparison {
    match wanted.template().fill(variables) {
        Filled::Resolved(resolved) => Comparison::of(holds(&resolved)),
        Filled::Missing(_) => Comparison::Fails,
    }
}
