//! The rule `pass-role-any-service`.

use crate::{
    lint::look::Look,
    lint::rules::pass_role_any_role::place,
    lint::{Found, rule},
};

rule! {
    /// `iam:PassRole` without saying to which service the role may be passed.
    ///
    /// Whoever may pass a role can hand it to any service that runs code for them, and so do what the role may do. A
    /// condition on `iam:PassedToService` keeps it to the one that is meant.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/train" }
    /// ```
    ///
    /// Instead, name the service.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/train",
    ///   "Condition": { "StringEquals": { "iam:PassedToService": "sagemaker.amazonaws.com" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    Warning "pass-role-any-service"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        let Some(span) = place(seen) else {
            continue;
        };
        // Any one of several is enough.
        if !seen.is_narrowed_by(&["iam:PassedToService"]) {
            found.at(
                span,
                "the role may be passed to any service",
                "add `\"Condition\": { \"StringEquals\": { \"iam:PassedToService\": \"sagemaker.amazonaws.com\" } }`, with the service that is meant",
            );
        }
    }
}
