//! The rule `set-operator-on-single-value`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
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

/// How somebody signed in at Cognito: AWS's list says a text, its page on the key says several.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>
const LIST_BY_ITS_PAGE: &str = "cognito-identity.amazonaws.com:amr";

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for (condition, operator, key) in look.compared(seen) {
            let is_list = key.name == LIST_BY_ITS_PAGE;
            let is_single = key.value_type.is_some_and(|it| !it.is_multivalued()) && !is_list;
            let Some(set) = operator.set.filter(|_| is_single) else {
                continue;
            };
            let set_name = match set {
                SetOperator::ForAllValues => "ForAllValues:",
                SetOperator::ForAnyValue => "ForAnyValue:",
            };
            let plain = Operator {
                set: None,
                ..operator
            };
            // The same for one value, unless the operator is met by a value that is not there.
            let is_same = set == SetOperator::ForAnyValue
                && !operator.base.is_negated()
                && !operator.if_exists;
            let fix = is_same
                .then(|| seen.rename_operator(condition, plain))
                .flatten();
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
