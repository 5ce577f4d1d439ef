//! The rule `trust-whole-account`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::{PolicyKind, PrincipalPattern},
};

rule! {
    /// A role that everybody in an account may take on, if their own policies say so.
    ///
    /// Who that is, the account's administrators decide, one policy at a time.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// Instead, name the users or roles, or put a condition on them.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/build" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html>
    Suggestion "trust-whole-account"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    for seen in look.granting().filter(|it| it.conditions().is_empty()) {
        let principals = seen.statement.principal.as_ref().filter(|it| !it.negated);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            if let PrincipalPattern::Account(account) = &entry.value
                && look.account().is_none_or(|own| own == account)
            {
                found.at(
                    entry.span,
                    format!("everybody in the account `{account}` may take on this role, if a policy of theirs says so"),
                    "name the users or roles, or put a condition on `aws:PrincipalArn` or on a tag",
                );
            }
        }
    }
}
