//! The rule `pass-role-any-role`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
};

rule! {
    /// `iam:PassRole` on every role.
    ///
    /// The strongest role of the account is among them. Whoever may pass it gets what it has.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
    ///   "Condition": { "StringEquals": { "iam:PassedToService": "sagemaker.amazonaws.com" } } }
    /// ```
    ///
    /// Instead, name the roles, or a path that only they have.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/sagemaker/*",
    ///   "Condition": { "StringEquals": { "iam:PassedToService": "sagemaker.amazonaws.com" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    Warning "pass-role-any-role"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let pass_role = ActionName::new("iam", "PassRole");
    for seen in look.granting_to_identities() {
        let is_named = seen
            .actions
            .iter()
            .any(|it| it.prefix.eq_ignore_ascii_case("iam"));
        if !is_named || seen.statement.action.negated || !seen.covers(&pass_role) {
            continue;
        }
        if seen
            .condition_on(&["iam:ResourceTag/", "aws:ResourceTag/"])
            .is_some()
        {
            continue;
        }
        if let Some(resource) = seen.wide_resource("iam", "role/") {
            found.at(
                resource.span,
                "every role may be passed",
                "name the roles, or a path that only they have, such as `arn:aws:iam::111122223333:role/sagemaker/*`",
            );
        }
    }
}
