//! The rule `trust-anybody`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// A role that everybody may take on.
    ///
    /// Whoever has an AWS account can become this role.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// Instead, name who may.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/ana" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html>
    Warning "trust-anybody"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    for seen in look.granting() {
        if let Some(span) = seen.anybody().filter(|_| !seen.is_narrowed_by_caller()) {
            found.at(
                span,
                "everybody with an AWS account may take on this role",
                "name accounts, roles or users, or put a condition on `aws:PrincipalOrgID` or `aws:PrincipalArn`",
            );
        }
    }
}
