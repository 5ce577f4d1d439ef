//! The rule `deprecated-key`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::spelling::quoted,
};

rule! {
    /// A condition key that was replaced, as AWS's lists say.
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

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        for condition in seen.conditions() {
            let key = condition.key.value.as_str();
            let Some(new) = look.key(seen, key).and_then(|it| it.replaced_by.as_deref()) else {
                continue;
            };
            found.mendable(
                condition.key.span,
                format!("{} is deprecated", quoted(key)),
                format!("write `{new}`"),
                look.rename_key(seen, condition, new),
            );
        }
    }
}
