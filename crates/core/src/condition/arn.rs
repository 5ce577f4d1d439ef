//! `ArnEquals`, `ArnLike` and their negations: six parts, each with its own wildcards.

use crate::{
    condition::Comparison,
    names::Arn,
    pattern::{ArnMatch, ArnPattern, ShortArn, Template, Variables},
};

pub(super) fn like(requested: &str, wanted: &Template, variables: &dyn Variables) -> Comparison {
    if Arn::parse(requested).is_none() {
        return Comparison::WrongShape;
    }
    let pattern = ArnPattern::new(wanted.clone(), ShortArn::MatchesNothing);
    Comparison::of(pattern.matches(requested, variables) == ArnMatch::Hit)
}
