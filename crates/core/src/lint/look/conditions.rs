//! What rules ask of one condition: whether it narrows, what it does where its key is missing, whether it says who asks.
//!
//! Knows no catalogue and no statement. Invariant: an operator that IAM does not know narrows nothing.

use crate::{
    lint::{look::has_wildcard, shape},
    policy::{Condition, SetOperator, literal},
};

/// Keys, or what keys begin with, that say who asks. In lower case.
pub(super) const CALLER_KEYS: [&str; 23] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltag/",
    "aws:principalservicename",
    "aws:userid",
    "aws:username",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceowner",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "kms:calleraccount",
    "kms:viaservice",
    "s3:dataaccesspoint",
    "sts:externalid",
    "saml:",
    "lambda:functionurlauthtype",
];

/// Whether the condition asks for a key to be there or not.
pub(in crate::lint) fn is_null(condition: &Condition) -> bool {
    let operator = condition.parsed;
    operator.is_some_and(|it| it.base == crate::policy::BaseOperator::Null)
}

pub(super) fn is_on(condition: &Condition, keys: &[&str]) -> bool {
    let key = condition.key.value.as_str();
    keys.iter().any(|wanted| {
        if wanted.ends_with(['/', ':']) {
            let head = key.get(..wanted.len());
            head.is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        } else {
            key.eq_ignore_ascii_case(wanted)
        }
    })
}

/// Whether the condition is met by what it names and by nothing else: not by all but that, nor without the key.
pub(in crate::lint) fn narrows(condition: &Condition) -> bool {
    let is_plain = condition.parsed.is_some_and(|it| !it.base.is_negated());
    is_plain && !is_null(condition) && !is_met_by_absence(condition)
}

/// Whether the text is a wildcard and nothing else.
pub(in crate::lint) fn is_any(text: &str) -> bool {
    text.contains('*') && text.bytes().all(|it| matches!(it, b'*' | b'?'))
}

/// Whether anybody meets this value of a key that says who asks: every address, or an ARN of any account.
pub(super) fn is_any_caller(key: &str, text: &str) -> bool {
    match key {
        "aws:sourceip" | "aws:vpcsourceip" => text.ends_with("/0"),
        "aws:principalarn" | "aws:sourcearn" => match shape::split(text) {
            // Buckets have no account in their ARNs, and are nobody else's.
            Some([.., "", name]) => is_any(name),
            Some([.., account, _]) => is_any(account),
            None => has_wildcard(text) && !text.bytes().any(|it| it.is_ascii_digit()),
        },
        _ => false,
    }
}

/// Whether a key is asked to be there: `Null` with `false`.
pub(in crate::lint) fn asks_for_presence(condition: &Condition) -> bool {
    is_null(condition)
        && condition
            .values
            .iter()
            .all(|it| literal::boolean(it.value.text()) == Some(false))
}

/// Whether the condition is met where the key is not there at all.
pub(in crate::lint) fn is_met_by_absence(condition: &Condition) -> bool {
    condition.parsed.is_some_and(|it| {
        it.if_exists
            || it.set == Some(SetOperator::ForAllValues)
            || (it.base.is_negated() && it.set.is_none())
    })
}
