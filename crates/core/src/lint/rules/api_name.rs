//! The rule `api-name`.

use crate::{
    catalogue::Service,
    eval::action_of_operation,
    lint::look::Look,
    lint::{Found, edit, rule},
};

rule! {
    /// The name of an API operation that is authorized by an action of another name.
    ///
    /// `ListObjectsV2` asks for permission to `s3:ListBucket`, `HeadObject` for `s3:GetObject`. An entry with the
    /// operation's own name stands for nothing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListObjectsV2", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// Instead, write the action that the operation asks for.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
    Warning "api-name"
}

/// The action that an operation of the service asks for, where it has another name.
pub(super) fn action_of(service: &Service, operation: &str) -> Option<&'static str> {
    // Most names are those of actions, which are found sooner than that a name is no operation.
    if service.action(operation).is_some() {
        return None;
    }
    action_of_operation(&service.prefix, &operation.to_ascii_lowercase())
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let Some(service) = named.service else {
            continue;
        };
        let Some(action) = action_of(service, named.name) else {
            continue;
        };
        let new = format!("{}:{action}", named.prefix);
        let span = named.pattern.span;
        found.mendable(
            span,
            format!("{} is an operation, not an action", named.quoted()),
            format!("the operation asks for `{new}`: write that"),
            Some(edit::rewrite(format!("Write `{new}`"), span, &new)),
        );
    }
}
