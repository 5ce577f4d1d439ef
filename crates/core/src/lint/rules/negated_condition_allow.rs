//! The rule `negated-condition-allow`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A negated operator in an `Allow`, on a key that a request may lack.
    ///
    /// `StringNotEquals` and its like are met where the key is not there. An `Allow` for «everything that is not tagged
    /// `prod`» also allows whatever has no tag.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DeleteEndpoint", "Resource": "*",
    ///   "Condition": { "StringNotEquals": { "aws:ResourceTag/stage": "prod" } } }
    /// ```
    ///
    /// Instead, name what is allowed.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:DeleteEndpoint", "Resource": "*",
    ///   "Condition": { "StringEquals": { "aws:ResourceTag/stage": ["dev", "test"] } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    Suggestion "negated-condition-allow"
}

/// Keys that every request has. In lower case.
const ALWAYS_THERE: [&str; 11] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principaltype",
    "aws:requestedregion",
    "aws:securetransport",
    "aws:userid",
    "aws:viaawsservice",
    "aws:principalisawsservice",
    "iam:passedtoservice",
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting() {
        for condition in seen.conditions() {
            let is_negated = condition
                .parsed
                .is_some_and(|it| it.base.is_negated() && it.set.is_none() && !it.if_exists);
            let key = &condition.key.value;
            if is_negated && !seen.asks_for(key) && !ALWAYS_THERE.contains(&key.folded()) {
                found.at(
                    condition.operator.span,
                    format!(
                        "{} also allows requests without {}",
                        quoted(&condition.operator.value),
                        quoted(key.as_str())
                    ),
                    "name the values that are allowed, or ask with `Null` that the key be there",
                );
            }
        }
    }
}
