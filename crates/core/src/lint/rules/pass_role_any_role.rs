//! The rule `pass-role-any-role`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, rule},
    names::ActionName,
    syntax::Span,
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
    /// A condition on the role's tags is no limit: AWS says that `aws:ResourceTag` does not have reliable results with
    /// `iam:PassRole`.
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

/// The entry of `Action` that has `iam:PassRole`. A statement about everything or without a list has rules of its own.
pub(super) fn place(seen: &Seen<'_>) -> Option<Span> {
    let mut names = seen.actions.iter();
    let is_named = names.any(|it| it.prefix.eq_ignore_ascii_case("iam"));
    let is_listed = is_named && !seen.statement.action.negated;
    is_listed
        .then(|| seen.place_of(&ActionName::new("iam", "PassRole")))
        .flatten()
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look
        .granting_to_identities()
        .filter(|it| place(it).is_some())
    {
        if let Some(resource) = seen.wide_resource("iam", "role/") {
            let on_tag = seen.condition_on(&["iam:ResourceTag/", "aws:ResourceTag/"]);
            let (message, help) = match on_tag {
                None => (
                    "every role may be passed",
                    "name the roles, or a path that only they have, such as `arn:aws:iam::111122223333:role/sagemaker/*`",
                ),
                Some(_) => (
                    "every role may be passed: a condition on the tags of the role is not reliable for `iam:PassRole`",
                    "name the roles, or a path that only they have; AWS says not to limit `iam:PassRole` by tags",
                ),
            };
            found.at(resource.span, message, help);
        }
    }
}
