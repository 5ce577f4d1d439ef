//! `NumericEquals`, `NumericLessThan` and the rest: 10 and 10.0 are the same number.

use std::cmp::Ordering;

use crate::{
    condition::Comparison,
    policy::{ConditionValue, literal::number},
};

/// Whether the request's value and the policy's are in this order.
pub(super) fn compare(
    requested: &str,
    wanted: &ConditionValue,
    holds: fn(Ordering) -> bool,
) -> Comparison {
    let Some(requested) = number(requested) else {
        return Comparison::WrongShape;
    };
    let order = number(wanted.text()).and_then(|it| requested.partial_cmp(&it));
    Comparison::of(order.is_some_and(holds))
}
