//! `NumericEquals`, `NumericLessThan` and the rest: 10 and 10.0 are the same number.

use std::cmp::Ordering;

use crate::{
    condition::Comparison,
    pattern::Variables,
    policy::{ConditionValue, literal::number},
};

pub(super) fn equals(requested: &str, wanted: &ConditionValue, _: &dyn Variables) -> Comparison {
    compare(requested, wanted, Ordering::is_eq)
}

pub(super) fn less_than(requested: &str, wanted: &ConditionValue, _: &dyn Variables) -> Comparison {
    compare(requested, wanted, Ordering::is_lt)
}

pub(super) fn less_than_equals(
    requested: &str,
    wanted: &ConditionValue,
    _: &dyn Variables,
) -> Comparison {
    compare(requested, wanted, Ordering::is_le)
}

pub(super) fn greater_than(
    requested: &str,
    wanted: &ConditionValue,
    _: &dyn Variables,
) -> Comparison {
    compare(requested, wanted, Ordering::is_gt)
}

pub(super) fn greater_than_equals(
    requested: &str,
    wanted: &ConditionValue,
    _: &dyn Variables,
) -> Comparison {
    compare(requested, wanted, Ordering::is_ge)
}

fn compare(requested: &str, wanted: &ConditionValue, holds: fn(Ordering) -> bool) -> Comparison {
    let Some(requested) = number(requested) else {
        return Comparison::WrongShape;
    };
    let order = number(wanted.text()).and_then(|it| requested.partial_cmp(&it));
    Comparison::of(order.is_some_and(holds))
}
