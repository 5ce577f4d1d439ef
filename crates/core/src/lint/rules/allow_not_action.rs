//! The rule `allow-not-action`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `Allow` with `NotAction`.
    ///
    /// It allows everything else: every other service, and every action that AWS will ever add.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }
    /// ```
    ///
    /// Instead, list what is allowed, or deny what is not meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:GetObject", "sagemaker:CreateTrainingJob"], "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
    Warning "allow-not-action"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting().filter(|it| it.statement.action.negated) {
        found.at(
            seen.statement.action.span,
            "`Allow` with `NotAction` allows every action but these, of every service",
            "list in `Action` what is allowed",
        );
    }
}
