//! `Bool`: `true` and `false`, letter case aside; anything else matches nothing.

use crate::{
    condition::Comparison,
    pattern::Variables,
    policy::{ConditionValue, literal::boolean},
};

pub(super) fn equals(requested: &str, wanted: &ConditionValue, _: &dyn Variables) -> Comparison {
    match boolean(requested) {
        Some(requested) => Comparison::of(boolean(wanted.text()) == Some(requested)),
        None => Comparison::WrongShape,
    }
}
