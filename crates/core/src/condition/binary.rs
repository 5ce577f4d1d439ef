//! `BinaryEquals`: base64 on both sides, compared byte for byte.

use crate::{
    condition::Comparison,
    pattern::{Template, Variables},
    policy::literal::base64,
};

pub(super) fn equals(requested: &str, wanted: &Template, _: &dyn Variables) -> Comparison {
    match base64(requested) {
        Some(requested) => Comparison::of(base64(wanted.text()) == Some(requested)),
        None => Comparison::WrongShape,
    }
}
