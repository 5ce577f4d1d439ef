//! The rule `unreachable-allow`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// An `Allow` that a `Deny` of the same document takes away whole.
    ///
    /// A `Deny` wins, always. The `Allow` allows nothing.
    ///
    /// ```json identity
    /// { "Version": "2012-10-17", "Statement": [
    ///   { "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::data/*" },
    ///   { "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" } ] }
    /// ```
    ///
    /// Instead, remove the `Allow`, or narrow the `Deny`.
    ///
    /// ```json identity
    /// { "Version": "2012-10-17", "Statement": [
    ///   { "Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::data/*" },
    ///   { "Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::data/keep/*" } ] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
    Warning "unreachable-allow"
}

use crate::lint::rules::redundant_statement::is_within;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for seen in look.statements.iter().filter(|it| it.is_allow()) {
        if look.steps.is_spent() {
            return;
        }
        let deny = look
            .statements
            .iter()
            .find(|it| it.is_deny() && is_within(look, seen, it));
        if let Some(deny) = deny {
            found.at_both(
                (seen.statement.span, deny.statement.span),
                "denies it",
                "this statement allows nothing: all of it is denied in this document",
                "remove it, or narrow the `Deny`",
                None,
            );
        }
    }
}
