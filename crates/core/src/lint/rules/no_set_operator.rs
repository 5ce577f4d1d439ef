//! The rule `no-set-operator`.

use crate::{
    catalogue::KeyType,
    lint::look::{Look, is_null},
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A key with several values under an operator for one.
    ///
    /// `aws:TagKeys`, `aws:CalledVia`, `sagemaker:InstanceTypes` and their like hold a list in each request. Such a key
    /// is compared with `ForAllValues:` or `ForAnyValue:` in front of the operator; without, the condition is not met.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "StringLike": { "sagemaker:InstanceTypes": "ml.p5.*" } } }
    /// ```
    ///
    /// Instead, say whether one value or all of them must match.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "ForAnyValue:StringLike": { "sagemaker:InstanceTypes": "ml.p5.*" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    Warning "no-set-operator"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for (condition, operator, key) in look.compared(seen) {
            let is_multivalued = key.value_type.is_some_and(KeyType::is_multivalued);
            if !is_multivalued || operator.set.is_some() || is_null(condition) {
                continue;
            }
            found.at_both(
                (condition.operator.span, condition.key.span),
                "a list in each request",
                format!("{} holds several values, and {} compares one", quoted(&key.name), quoted(&condition.operator.value)),
                "write `ForAnyValue:` in front where one match is enough, `ForAllValues:` where all must match",
                None,
            );
        }
    }
}
