//! The names of the condition operators, both ways.
//!
//! Knows no comparison: those are in [`crate::condition`]. Invariant: what `Display` writes,
//! [`Operator::parse`] reads.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::fmt;

use crate::policy::{BaseOperator, Operator, SetOperator};

/// Every base operator and its name.
pub const BASE_OPERATORS: [(BaseOperator, &str); 27] = [
    (BaseOperator::StringEquals, "StringEquals"),
    (BaseOperator::StringNotEquals, "StringNotEquals"),
    (
        BaseOperator::StringEqualsIgnoreCase,
        "StringEqualsIgnoreCase",
    ),
    (
        BaseOperator::StringNotEqualsIgnoreCase,
        "StringNotEqualsIgnoreCase",
    ),
    (BaseOperator::StringLike, "StringLike"),
    (BaseOperator::StringNotLike, "StringNotLike"),
    (BaseOperator::NumericEquals, "NumericEquals"),
    (BaseOperator::NumericNotEquals, "NumericNotEquals"),
    (BaseOperator::NumericLessThan, "NumericLessThan"),
    (BaseOperator::NumericLessThanEquals, "NumericLessThanEquals"),
    (BaseOperator::NumericGreaterThan, "NumericGreaterThan"),
    (
        BaseOperator::NumericGreaterThanEquals,
        "NumericGreaterThanEquals",
    ),
    (BaseOperator::DateEquals, "DateEquals"),
    (BaseOperator::DateNotEquals, "DateNotEquals"),
    (BaseOperator::DateLessThan, "DateLessThan"),
    (BaseOperator::DateLessThanEquals, "DateLessThanEquals"),
    (BaseOperator::DateGreaterThan, "DateGreaterThan"),
    (BaseOperator::DateGreaterThanEquals, "DateGreaterThanEquals"),
    (BaseOperator::Bool, "Bool"),
    (BaseOperator::BinaryEquals, "BinaryEquals"),
    (BaseOperator::IpAddress, "IpAddress"),
    (BaseOperator::NotIpAddress, "NotIpAddress"),
    (BaseOperator::ArnEquals, "ArnEquals"),
    (BaseOperator::ArnLike, "ArnLike"),
    (BaseOperator::ArnNotEquals, "ArnNotEquals"),
    (BaseOperator::ArnNotLike, "ArnNotLike"),
    (BaseOperator::Null, "Null"),
];

impl Operator {
    /// Reads `[ForAllValues:|ForAnyValue:]Base[IfExists]`, letter case aside.
    pub fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match text.split_once(':') {
            None => (None, text),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetOperator::ForAllValues), rest)
            }
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetOperator::ForAnyValue), rest)
            }
            Some(_) => return None,
        };
        let (name, if_exists) = match rest
            .len()
            .checked_sub("IfExists".len())
            .and_then(|it| rest.split_at_checked(it))
        {
            Some((name, suffix)) if suffix.eq_ignore_ascii_case("IfExists") => (name, true),
            _ => (rest, false),
        };
        let (base, _) = BASE_OPERATORS
            .iter()
            .find(|it| it.1.eq_ignore_ascii_case(name))?;
        // `Null` asks whether the key exists: there is nothing left for `IfExists` to say.
        let is_valid = *base != BaseOperator::Null || !if_exists;
        is_valid.then_some(Self {
            set,
            base: *base,
            if_exists,
        })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.set {
            Some(SetOperator::ForAllValues) => f.write_str("ForAllValues:")?,
            Some(SetOperator::ForAnyValue) => f.write_str("ForAnyValue:")?,
            None => {}
        }
        f.write_str(self.base.name())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

impl BaseOperator {
    /// The name, as AWS writes it.
    pub fn name(self) -> &'static str {
        BASE_OPERATORS
            .iter()
            .find(|it| it.0 == self)
            .map_or("", |it| it.1)
    }

    /// Whether the condition is met when no value of the policy matches.
    pub const fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }

    /// Whether it compares ARNs, part by part.
    pub const fn compares_arns(self) -> bool {
        matches!(
            self,
            Self::ArnEquals | Self::ArnLike | Self::ArnNotEquals | Self::ArnNotLike
        )
    }

    /// Whether `${…}` in its values is a policy variable.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse>
    pub const fn takes_variables(self) -> bool {
        matches!(
            self,
            Self::StringEquals
                | Self::StringNotEquals
                | Self::StringEqualsIgnoreCase
                | Self::StringNotEqualsIgnoreCase
                | Self::StringLike
                | Self::StringNotLike
                | Self::ArnEquals
                | Self::ArnLike
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_read_back_from_its_name() {
        for (base, name) in BASE_OPERATORS {
            assert_eq!(base.name(), name);
            for set in [
                None,
                Some(SetOperator::ForAllValues),
                Some(SetOperator::ForAnyValue),
            ] {
                let operator = Operator {
                    set,
                    base,
                    if_exists: base != BaseOperator::Null,
                };
                assert_eq!(Operator::parse(&operator.to_string()), Some(operator));
                assert_eq!(
                    Operator::parse(&operator.to_string().to_lowercase()),
                    Some(operator)
                );
            }
        }
    }

    #[test]
    fn what_is_no_operator_is_none() {
        for text in [
            "",
            "x",
            "StringLikes",
            "NullIfExists",
            "ForSome:StringLike",
            "IfExists",
            "ForAllValues:",
        ] {
            assert_eq!(Operator::parse(text), None, "{text}");
        }
    }
}
