//! The rule `pass-role-any-service`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
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
    let pass_role = ActionName::new("iam", "PassRole");
    for seen in look.granting_to_identities() {
        // A statement about everything or without a list has rules of its own.
        let is_named = seen
            .actions
            .iter()
            .any(|it| it.prefix.eq_ignore_ascii_case("iam"));
        let Some(span) = seen
            .place_of(&pass_role)
            .filter(|_| is_named && !seen.statement.action.negated)
        else {
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
