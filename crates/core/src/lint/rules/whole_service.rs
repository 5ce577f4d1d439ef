//! The rule `whole-service`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// All actions of a service, on every resource.
    ///
    /// Among them are those that give away permissions, and those that AWS will add.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }
    /// ```
    ///
    /// Instead, list the actions, or at least the resources.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>
    Suggestion "whole-service"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.granting_to_identities() {
        if seen.statement.action.negated || !seen.is_about_everything() {
            continue;
        }
        for named in seen
            .actions
            .iter()
            .filter(|it| it.name == "*" && !it.pattern.value.is_any())
        {
            let n_actions = named.actions.len();
            found.at(
                named.pattern.span,
                match n_actions {
                    0 => format!("{} on every resource", named.quoted()),
                    _ => format!("{} on every resource: {n_actions} actions", named.quoted()),
                },
                "list the actions that are needed, or name the resources",
            );
        }
    }
}
