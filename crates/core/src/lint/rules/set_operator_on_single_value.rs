//! The rule `set-operator-on-single-value`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
    policy::{Operator, SetOperator},
};

rule! {
    /// `ForAllValues:` or `ForAnyValue:` on a key that holds one value.
    ///
    /// It is not needed, and `ForAllValues:` does harm: it is met where the key is not in the request at all.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "ForAnyValue:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }
    /// ```
    ///
    /// Instead, leave it out.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    Warning "set-operator-on-single-value"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let (Some(operator), Some(key)) = (
                condition.parsed,
                look.key(seen, condition.key.value.as_str()),
            ) else {
                continue;
            };
            let is_single = key.value_type.is_some_and(|it| !it.is_multivalued());
            let Some(set) = operator.set.filter(|_| is_single) else {
                continue;
            };
            let set_name = match set {
                SetOperator::ForAllValues => "ForAllValues:",
                SetOperator::ForAnyValue => "ForAnyValue:",
            };
            let is_alone = seen
                .conditions()
                .iter()
                .filter(|it| it.operator.span == condition.operator.span)
                .count()
                == 1;
            let plain = Operator {
                set: None,
                ..operator
            }
            .to_string();
            let is_free = !seen
                .conditions()
                .iter()
                .any(|it| it.operator.value.eq_ignore_ascii_case(&plain));
            // The same for one value, unless the operator is met by a value that is not there.
            let is_same = set == SetOperator::ForAnyValue
                && !operator.base.is_negated()
                && !operator.if_exists;
            let fix = (is_alone && is_free && is_same).then(|| {
                edit::rewrite(format!("Write `{plain}`"), condition.operator.span, &plain)
            });
            found.mendable(
                condition.operator.span,
                format!(
                    "{} holds one value, so `{set_name}` has no place",
                    quoted(&key.name)
                ),
                format!("write `{plain}`"),
                fix,
            );
        }
    }
}
