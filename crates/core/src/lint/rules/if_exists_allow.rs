//! The rule `if-exists-allow`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// `…IfExists` in an `Allow`.
    ///
    /// It is met where the request has no such key. A limit on who may ask, or from where, is then none for whoever
    /// sends a request without it.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEqualsIfExists": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" } } }
    /// ```
    ///
    /// Instead, write the operator without `IfExists`; keep it for a `Deny`, and for keys that only some of several
    /// resources have.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists>
    Warning "if-exists-allow"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting() {
        for condition in seen.conditions() {
            if condition.parsed.is_some_and(|it| it.if_exists) {
                found.at(
                    condition.operator.span,
                    format!("{} is met by a request without {}", quoted(&condition.operator.value), quoted(condition.key.value.as_str())),
                    "write the operator without `IfExists`, unless the key is rightly absent from some of these requests",
                );
            }
        }
    }
}
