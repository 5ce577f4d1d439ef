//! The rule `action-case`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
};

rule! {
    /// An action in other letters than AWS writes it.
    ///
    /// IAM does not mind, but people and tools that search for `s3:GetObject` do.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:getobject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, write the name as AWS does.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    Suggestion "action-case"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let (Some(service), [action], false) =
            (named.service, named.actions.as_slice(), named.is_pattern())
        else {
            continue;
        };
        if named.prefix != service.prefix || named.name != action.name {
            let new = format!("{}:{}", service.prefix, action.name);
            let span = named.pattern.span;
            let fix = edit::rewrite(format!("Write `{new}`"), span, &new);
            found.mendable(
                span,
                format!("AWS writes {} as `{new}`", named.quoted()),
                "write the name as AWS does",
                Some(fix),
            );
        }
    }
}
