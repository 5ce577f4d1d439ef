//! The rule `external-id-missing`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::{PolicyKind, PrincipalPattern},
};

rule! {
    /// A foreign account that may take on the role, without an external id.
    ///
    /// If the account belongs to somebody who works for many customers, another customer can have them take on this
    /// role. An external id that only the two of you know keeps that from happening. Rolewalk knows which account is
    /// its own only where the policy belongs to a world.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "999988887777" }, "Action": "sts:AssumeRole" }
    /// ```
    ///
    /// Instead, agree on an external id.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Principal": { "AWS": "999988887777" }, "Action": "sts:AssumeRole",
    ///   "Condition": { "StringEquals": { "sts:ExternalId": "7c1e3f" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>
    Warning "external-id-missing"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let Some(own) = look.account().filter(|_| look.kind() == PolicyKind::Trust) else {
        return;
    };
    for seen in look.granting() {
        let is_told = seen.is_narrowed_by(&[
            "sts:ExternalId",
            "aws:PrincipalOrgID",
            "aws:PrincipalOrgPaths",
            "aws:PrincipalArn",
        ]);
        if is_told {
            continue;
        }
        let principals = seen.statement.principal.as_ref().filter(|it| !it.negated);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            if let PrincipalPattern::Account(account) = &entry.value
                && own != account
            {
                found.at(
                    entry.span,
                    format!("the foreign account `{account}` may take on this role without an external id"),
                    "add a condition on `sts:ExternalId`, or on `aws:PrincipalOrgID` where the account is of your organization",
                );
            }
        }
    }
}
