//! `Null`: whether the key is in the request. A key that is there and empty is there.

use crate::{
    policy::{ConditionValue, literal::boolean},
    syntax::Spanned,
    trace::ConditionOutcome,
};

/// `"true"` wants the key absent, `"false"` wants it present; of several values one will do.
pub(super) fn test(values: &[Spanned<ConditionValue>], is_present: bool) -> ConditionOutcome {
    let is_met = |it: &&Spanned<ConditionValue>| boolean(it.value.text()) == Some(!is_present);
    match values.iter().find(is_met) {
        Some(by) => ConditionOutcome::Met { by: by.span },
        None if is_present => ConditionOutcome::NoValueMatched,
        None => ConditionOutcome::KeyAbsent,
    }
}
