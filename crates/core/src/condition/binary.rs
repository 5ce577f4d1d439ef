//! `BinaryEquals`: base64 on both sides, compared byte for byte.

use crate::{
    condition::Comparison,
    pattern::Variables,
    policy::{ConditionValue, literal::base64},
};

pub(super) fn equals(requested: &str, wanted: &ConditionValue, _: &dyn Variables) -> Comparison {
    match base64(requested) {
        Some(requested) => Comparison::of(base64(wanted.text()) == Some(requested)),
        None => Comparison::WrongShape,
    }
}
