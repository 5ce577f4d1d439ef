//! The rule `wildcard-in-equals`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
    policy::{BaseOperator, Operator},
};

rule! {
    /// A star under an operator that has no wildcards.
    ///
    /// `StringEquals` compares letter by letter, so `*` is a star and nothing else. The condition is then met by no
    /// request that was meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data",
    ///   "Condition": { "StringEquals": { "s3:prefix": "ana/*" } } }
    /// ```
    ///
    /// Instead, use `StringLike`.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data",
    ///   "Condition": { "StringLike": { "s3:prefix": "ana/*" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String>
    Warning "wildcard-in-equals"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let Some(operator) = condition.parsed else {
                continue;
            };
            let like = match operator.base {
                BaseOperator::StringEquals => BaseOperator::StringLike,
                BaseOperator::StringNotEquals => BaseOperator::StringNotLike,
                _ => continue,
            };
            let star = condition
                .values
                .iter()
                .find(|it| it.value.text().contains('*') && !it.value.text().contains("${*}"));
            let Some(star) = star else {
                continue;
            };
            let new = Operator {
                base: like,
                ..operator
            };
            let fix = seen.rename_operator(condition, new);
            found.at_both(
                (star.span, condition.operator.span),
                "has no wildcards",
                format!(
                    "the star in {} is an ordinary character for {}",
                    quoted(star.value.text()),
                    quoted(&condition.operator.value)
                ),
                format!("write `{new}`"),
                fix,
            );
        }
    }
}
