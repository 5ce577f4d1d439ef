//! `StringEquals`, `StringEqualsIgnoreCase`, `StringLike` and their negations.
//!
//! A variable without a value matches nothing, so a negated operator is met by it.

use crate::{
    condition::Comparison,
    pattern::{Filled, Resolved, Template, Variables},
};

/// Wildcards are characters here.
pub(super) fn equals(requested: &str, wanted: &Template, variables: &dyn Variables) -> Comparison {
    compare(wanted, variables, |it| it.text() == requested)
}

pub(super) fn equals_ignore_case(
    requested: &str,
    wanted: &Template,
    variables: &dyn Variables,
) -> Comparison {
    let lower = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<String>();
    compare(wanted, variables, |it| lower(it.text()) == lower(requested))
}

/// `*` and `?` go over the whole string, `/`, `:` and line ends included.
pub(super) fn like(requested: &str, wanted: &Template, variables: &dyn Variables) -> Comparison {
    compare(wanted, variables, |it| it.glob().matches(requested))
}

fn compare(
    wanted: &Template,
    variables: &dyn Variables,
    holds: impl Fn(&Resolved) -> bool,
) -> Comparison {
    match wanted.fill(variables) {
        Filled::Resolved(resolved) => Comparison::of(holds(&resolved)),
        Filled::Missing(_) => Comparison::Fails,
    }
}
