//! The rule `excludes-everything`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// `NotAction` or `NotResource` with `*` in it.
    ///
    /// They stand for everything but what they list. With `*` in the list nothing is left, and the statement never
    /// applies.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "NotAction": "*", "Resource": "*" }
    /// ```
    ///
    /// Instead, list what is to be left out.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "NotAction": "iam:*", "Resource": "*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
    Warning "excludes-everything"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in &look.statements {
        let action = Some(&seen.statement.action).filter(|it| it.negated);
        let action = action.and_then(|it| it.patterns.iter().find(|it| it.value.is_any()));
        let resource = seen.statement.resource.as_ref().filter(|it| it.negated);
        let resource = resource.and_then(|it| it.patterns.iter().find(|it| it.value.is_any()));
        let places = [
            ("NotAction", action.map(|it| it.span)),
            ("NotResource", resource.map(|it| it.span)),
        ];
        for (name, span) in places {
            if let Some(span) = span {
                found.at(
                    span,
                    format!("`{name}` leaves out everything, so this statement never applies"),
                    "list what is to be left out, and nothing else",
                );
            }
        }
    }
}
