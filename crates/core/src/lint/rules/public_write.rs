//! The rule `public-write`.

use crate::{
    catalogue::AccessLevel,
    lint::look::{Look, Named, Seen},
    lint::{Found, rule},
    policy::PolicyKind,
    syntax::Span,
};

rule! {
    /// A resource that everybody may change.
    ///
    /// Everybody on the internet can write, delete, or change permissions.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, name who may.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/train" }, "Action": "s3:PutObject",
    ///   "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
    Warning "public-write"
}

/// The entry by which a statement changes something.
pub(super) fn writes(seen: &Seen<'_>) -> Option<Span> {
    if seen.statement.action.negated {
        return Some(seen.statement.action.span);
    }
    let changes = |it: &&Named<'_>| {
        it.pattern.value.is_any()
            || it.actions.iter().any(|it| {
                matches!(
                    it.level,
                    AccessLevel::Write | AccessLevel::PermissionsManagement | AccessLevel::Tagging
                )
            })
    };
    seen.actions.iter().find(changes).map(|it| it.pattern.span)
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Resource {
        return;
    }
    for seen in look.granting() {
        let (Some(span), Some(action)) = (seen.anybody(), writes(seen)) else {
            continue;
        };
        if !seen.is_narrowed_by_caller() {
            found.at_both(
                (span, action),
                "changes something",
                "everybody may change this, with an account or without",
                "name who may",
                None,
            );
        }
    }
}
