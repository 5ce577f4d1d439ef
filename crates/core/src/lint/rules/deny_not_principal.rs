//! The rule `deny-not-principal`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `Deny` with `NotPrincipal`.
    ///
    /// AWS may deny a session that is listed unless its own ARN, that of its role and that of its account all are, and a
    /// user unless its account is. Rolewalk's walk takes any of these forms as enough, which is choice 2 of its semantics,
    /// and says so where that decides. Whoever has a permissions boundary is denied in any case. AWS advises against it.
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
                "`Deny` with `NotPrincipal` may deny a session that it lists, unless account, role and session are all listed; Rolewalk's walk takes any as enough (choice 2)",
                "write `\"Principal\": \"*\"` and a condition `ArnNotEquals` on `aws:PrincipalArn`",
            );
        }
    }
}
