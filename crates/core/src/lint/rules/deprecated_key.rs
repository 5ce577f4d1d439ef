//! The rule `deprecated-key`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition key of SageMaker that was replaced.
    ///
    /// `sagemaker:VolumeKmsKey` and its like are deprecated; the keys that end in `…Arn` took their place. Policies
    /// with the old ones will one day not limit what they say.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "ArnEquals": { "sagemaker:VolumeKmsKey": "arn:aws:kms:eu-west-1:111122223333:key/k" } } }
    /// ```
    ///
    /// Instead, write the new key.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*",
    ///   "Condition": { "ArnEquals": { "sagemaker:VolumeKmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/k" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html>
    Warning "deprecated-key"
}

const RENAMED: [(&str, &str); 4] = [
    ("sagemaker:outputkmskey", "sagemaker:OutputKmsKeyArn"),
    ("sagemaker:volumekmskey", "sagemaker:VolumeKmsKeyArn"),
    (
        "sagemaker:domainsharingoutputkmskey",
        "sagemaker:DomainSharingOutputKmsKeyArn",
    ),
    (
        "sagemaker:homeefsfilesystemkmskey",
        "sagemaker:VolumeKmsKeyArn",
    ),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for condition in look.conditions() {
        let key = condition.key.value.folded();
        let Some((_, new)) = RENAMED.iter().find(|it| it.0 == key) else {
            continue;
        };
        let is_free = !look.conditions().any(|it| {
            it.operator.span == condition.operator.span
                && it.key.value.as_str().eq_ignore_ascii_case(new)
        });
        let span = condition.key.span;
        let fix = is_free.then(|| edit::rewrite(format!("Write `{new}`"), span, new));
        found.mendable(
            span,
            format!("{} is deprecated", quoted(condition.key.value.as_str())),
            format!("write `{new}`"),
            fix,
        );
    }
}
