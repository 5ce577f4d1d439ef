//! The rule `operator-type-loose`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::Arn,
    policy::spelling::quoted,
    policy::{BaseOperator, Operator},
};

rule! {
    /// An operator of another family than the key's type, which works as long as the values are written in one way.
    ///
    /// `StringLike` on an ARN lets `*` run across its colons, where `ArnLike` keeps it within a part:
    /// `arn:aws:sns:*:111122223333:*` can then match an account that only looks like it.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:eu-west-1:111122223333:t",
    ///   "Condition": { "StringLike": { "aws:SourceArn": "arn:aws:s3:::data*" } } }
    /// ```
    ///
    /// Instead, take the operator of the key's type.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:eu-west-1:111122223333:t",
    ///   "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:s3:::data*" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
    Suggestion "operator-type-loose"
}

use crate::lint::rules::operator_type_mismatch::{Fit, family, fit};

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for (condition, operator, key) in look.compared(seen) {
            if fit(operator, key) != Some(Fit::Loose) {
                continue;
            }
            let wanted = key.value_type.map(family).unwrap_or_default();
            // Whole ARNs are the same for both, so only then is the other operator certain to decide alike.
            let as_arn = match operator.base {
                BaseOperator::StringEquals => Some(BaseOperator::ArnEquals),
                BaseOperator::StringNotEquals => Some(BaseOperator::ArnNotEquals),
                _ => None,
            };
            let is_whole =
                |text: &str| !text.contains(['*', '?', '$']) && Arn::parse(text).is_some();
            let fix = as_arn
                .filter(|_| {
                    wanted == "Arn" && condition.values.iter().all(|it| is_whole(it.value.text()))
                })
                .and_then(|base| seen.rename_operator(condition, Operator { base, ..operator }));
            found.mendable(
                condition.operator.span,
                format!(
                    "{} compares {} as another type than it is",
                    quoted(&condition.operator.value),
                    quoted(&key.name)
                ),
                format!("use an operator of the `{wanted}` family"),
                fix,
            );
        }
    }
}
