//! The rule `operator-type-mismatch`.

use crate::{
    catalogue::{Key, KeyType},
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
    policy::{Condition, Operator},
};

rule! {
    /// An operator that compares another type than the condition key has.
    ///
    /// `StringLike` compares an address as a text, so `10.*` is no range of addresses; `NumericEquals` never finds a
    /// number in a text. Such a condition is not met, or not when one thinks.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringLike": { "aws:SourceIp": "203.0.113.*" } } }
    /// ```
    ///
    /// Instead, take the operator for the key's type.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    Warning "operator-type-mismatch"
}

/// How well an operator fits the type of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Exact,
    /// It works for values written as AWS writes them.
    Loose,
    Never,
}

/// The operators of a type, in a word.
pub(super) const fn family(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::String | KeyType::ArrayOfString => "String",
        KeyType::Arn | KeyType::ArrayOfArn => "Arn",
        KeyType::Bool | KeyType::ArrayOfBool => "Bool",
        KeyType::Numeric => "Numeric",
        KeyType::Date => "Date",
        KeyType::IpAddress => "IpAddress",
        KeyType::Binary => "Binary",
    }
}

pub(super) fn fit(operator: Operator, key: &Key) -> Option<Fit> {
    let key_type = key.value_type?;
    let name = operator.base.name();
    let wanted = family(key_type);
    if name == "Null" {
        return None;
    }
    let is_own = name.starts_with(wanted) || (wanted == "IpAddress" && name == "NotIpAddress");
    let starts = |it: &str| name.starts_with(it);
    // `aws:EpochTime` is a date that is written as a number.
    let is_epoch = key_type == KeyType::Date
        && starts("Numeric")
        && key.name.eq_ignore_ascii_case("aws:EpochTime");
    Some(if is_own || is_epoch {
        Fit::Exact
    } else if (starts("String") && matches!(wanted, "Arn" | "Bool"))
        || (starts("String") && wanted == "Numeric" && name.contains("Equals"))
        || (wanted == "String" && (starts("Arn") || starts("Bool")))
    {
        Fit::Loose
    } else {
        Fit::Never
    })
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for (condition, operator, key) in look.compared(seen) {
            // A variable has a value under operators for texts only: AWS compares an address with another so.
            let has_variables = |it: &Condition| {
                let mut values = it.values.iter().map(|it| it.value.template());
                values.all(|it| it.variables().next().is_some())
            };
            let is_text = operator.base.takes_variables() && has_variables(condition);
            if fit(operator, key) == Some(Fit::Never) && !is_text {
                let wanted = key.value_type.map(family).unwrap_or_default();
                found.at_both(
                    (condition.operator.span, condition.key.span),
                    "of another type",
                    format!(
                        "{} does not compare what {} holds",
                        quoted(&condition.operator.value),
                        quoted(&key.name)
                    ),
                    format!("use an operator of the `{wanted}` family"),
                    None,
                );
            }
        }
    }
}
