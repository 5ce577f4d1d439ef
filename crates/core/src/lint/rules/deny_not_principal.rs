//! The rule `deny-not-principal`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `Deny` with `NotPrincipal`.
    ///
    /// To leave a role out, its ARN, that of each session and that of its account must all be listed; and whoever has a
    /// permissions boundary is denied in any case. AWS advises against it.
    ///
    /// ```json resource
    /// { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/admin" }, "Action": "s3:*",
    ///   "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, deny everybody, with a condition on `aws:PrincipalArn`.
    ///
    /// ```json resource
    /// { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    Suggestion "deny-not-principal"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.statements.iter().filter(|it| it.is_deny()) {
        if let Some(principal) = seen.statement.principal.as_ref().filter(|it| it.negated) {
            found.at(
                principal.span,
                "`Deny` with `NotPrincipal` also denies the sessions and boundaries that were meant to pass",
                "write `\"Principal\": \"*\"` and a condition `ArnNotEquals` on `aws:PrincipalArn`",
            );
        }
    }
}
