//! `DateEquals`, `DateLessThan` and the rest: ISO 8601 and seconds since 1970 are one instant.

use std::cmp::Ordering;

use crate::{
    condition::Comparison,
    policy::{ConditionValue, literal::date},
};

/// Whether the request's value and the policy's are in this order.
pub(super) fn compare(
    requested: &str,
    wanted: &ConditionValue,
    holds: fn(Ordering) -> bool,
) -> Comparison {
    let Some(requested) = date(requested) else {
        return Comparison::WrongShape;
    };
    let order = date(wanted.text()).map(|it| requested.cmp(&it));
    Comparison::of(order.is_some_and(holds))
}
