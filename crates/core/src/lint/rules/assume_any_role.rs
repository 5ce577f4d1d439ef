//! The rule `assume-any-role`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
};

rule! {
    /// `sts:AssumeRole` on every role.
    ///
    /// It asks for each role whose trust policy names the account, in this account and in any other.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" }
    /// ```
    ///
    /// Instead, name the roles.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/data-reader" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html>
    Warning "assume-any-role"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let assume = ActionName::new("sts", "AssumeRole");
    for seen in look.granting_to_identities() {
        let is_named = seen
            .actions
            .iter()
            .any(|it| it.prefix.eq_ignore_ascii_case("sts"));
        if !is_named || seen.statement.action.negated || !seen.covers(&assume) {
            continue;
        }
        let is_narrowed = seen.is_narrowed_by(&[
            "aws:ResourceAccount",
            "aws:ResourceOrgID",
            "aws:ResourceOrgPaths",
            "aws:ResourceTag/",
            "iam:ResourceTag/",
        ]);
        if let Some(resource) = seen.wide_resource("iam", "role/").filter(|_| !is_narrowed) {
            found.at(
                resource.span,
                "every role that trusts this account may be taken on, in other accounts too",
                "name the roles, or ask for `aws:ResourceAccount` or `aws:ResourceOrgID`",
            );
        }
    }
}
