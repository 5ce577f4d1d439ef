//! `ArnEquals`, `ArnLike` and their negations: six parts, each with its own wildcards.

use crate::{
    condition::Comparison,
    names::Arn,
    pattern::{ArnMatch, Target, Variables},
    policy::ConditionValue,
};

pub(super) fn like(
    requested: &str,
    wanted: &ConditionValue,
    variables: &dyn Variables,
) -> Comparison {
    if !Arn::is_arn(requested) {
        return Comparison::WrongShape;
    }
    let target = Target::new(requested);
    let is_hit = |it: &crate::pattern::ArnPattern| it.takes_in(target, variables) == ArnMatch::Hit;
    Comparison::of(wanted.arn().is_some_and(is_hit))
}
