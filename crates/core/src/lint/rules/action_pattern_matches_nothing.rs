//! The rule `action-pattern-matches-nothing`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// A pattern of actions that takes in no action of its service.
    ///
    /// Such an entry does nothing. Wildcards are compared with whole names: `s3:*Objekt` is no action's end, `s3:Get`
    /// without a star is a whole name.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:Fetch*", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, write a pattern of names that there are, or the names.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    Warning "action-pattern-matches-nothing"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        if let Some(service) = named.service
            && named.is_pattern()
            && named.actions.is_empty()
        {
            found.at(
                named.pattern.span,
                format!("{} takes in no action of {}", named.quoted(), service.name),
                "write the beginning of a name that there is, or remove the pattern",
            );
        }
    }
}
