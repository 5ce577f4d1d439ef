//! The rule `operator-case`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::{Condition, spelling::quoted},
};

rule! {
    /// A condition operator in other letters than AWS writes it.
    ///
    /// IAM does not mind, other readers of policies do.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "stringequals": { "aws:PrincipalTag/team": "nlp" } } }
    /// ```
    ///
    /// Instead, write the operator as AWS does.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalTag/team": "nlp" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    Suggestion "operator-case"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let mut last = None;
        for condition in seen.conditions() {
            let span = condition.operator.span;
            let Some(operator) = condition.parsed.filter(|_| last != Some(span)) else {
                continue;
            };
            last = Some(span);
            let new = operator.to_string();
            if condition.operator.value != new {
                // Two blocks of one name would be one too many.
                let is_taken = |it: &Condition| !look.steps.take(1) || it.operator.value == new;
                let is_free = !seen.conditions().iter().any(is_taken);
                let title = format!("Write `{new}`");
                found.mendable(
                    span,
                    format!(
                        "AWS writes {} as `{new}`",
                        quoted(&condition.operator.value)
                    ),
                    "write the operator as AWS does",
                    is_free.then(|| edit::rewrite(title, span, &new)),
                );
            }
        }
    }
}
