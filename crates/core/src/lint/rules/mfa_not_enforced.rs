//! The rule `mfa-not-enforced`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::{BaseOperator, Operator, literal},
};

rule! {
    /// A `Deny` without multi-factor authentication that long-term access keys pass.
    ///
    /// With access keys `aws:MultiFactorAuthPresent` is not `false`, it is not there at all. `Bool` with `false` is
    /// then not met, and nothing is denied.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "iam:*", "Resource": "*",
    ///   "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "false" } } }
    /// ```
    ///
    /// Instead, write `BoolIfExists`, which is met by absence too.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "iam:*", "Resource": "*",
    ///   "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>
    Warning "mfa-not-enforced"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let Some(operator) = condition
                .parsed
                .filter(|_| condition.key.value.folded() == "aws:multifactorauthpresent")
            else {
                continue;
            };
            let asks_false = condition
                .values
                .iter()
                .any(|it| literal::boolean(it.value.text()) == Some(false));
            let is_presence = operator.base == BaseOperator::Null && asks_false && seen.is_allow();
            let is_plain = operator.base == BaseOperator::Bool && !operator.if_exists && asks_false;
            if is_presence {
                found.at(
                    condition.operator.span,
                    "`Null` only asks whether the session tells of multi-factor authentication, not whether there was one",
                    "write `\"Bool\": { \"aws:MultiFactorAuthPresent\": \"true\" }`",
                );
            } else if is_plain {
                let new = Operator {
                    if_exists: true,
                    ..operator
                };
                let is_safe = seen.is_deny();
                let fix = is_safe
                    .then(|| seen.rename_operator(condition, new))
                    .flatten();
                let message = "requests with long-term access keys lack `aws:MultiFactorAuthPresent`, so this does not meet them";
                found.mendable(
                    condition.operator.span,
                    message,
                    "write `BoolIfExists` in a `Deny`",
                    fix,
                );
            }
        }
    }
}
