//! The rule `any-address`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::BaseOperator,
    policy::spelling::quoted,
};

rule! {
    /// A range of addresses that has all of them.
    ///
    /// `0.0.0.0/0` looks like a limit and is none.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } } }
    /// ```
    ///
    /// Instead, name the ranges that are meant, or leave the condition out.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
    Suggestion "any-address"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        let is_address = condition.parsed.is_some_and(|it| {
            matches!(
                it.base,
                BaseOperator::IpAddress | BaseOperator::NotIpAddress
            )
        });
        for value in condition.values.iter().filter(|_| is_address) {
            if value.value.text().ends_with("/0") {
                found.at(
                    value.span,
                    format!("{} has every address in it", quoted(value.value.text())),
                    "name the ranges that are meant, or leave the condition out",
                );
            }
        }
    }
}
