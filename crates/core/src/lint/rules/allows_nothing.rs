//! The rule `allows-nothing`.

use crate::{
    lint::look::{Look, Seen},
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// A boundary, session policy or endpoint policy without an `Allow`.
    ///
    /// Such a policy says what others may let through. With `Deny` alone nothing gets through at all.
    ///
    /// ```json boundary
    /// { "Effect": "Deny", "Action": "iam:*", "Resource": "*" }
    /// ```
    ///
    /// Instead, allow what is to get through, and deny the rest beside it.
    ///
    /// ```json boundary
    /// { "Version": "2012-10-17", "Statement": [
    ///   { "Effect": "Allow", "Action": "*", "Resource": "*" },
    ///   { "Effect": "Deny", "Action": "iam:*", "Resource": "*" } ] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    Warning "allows-nothing"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let what = match look.kind() {
        PolicyKind::Boundary => "a permissions boundary",
        PolicyKind::Session => "a session policy",
        PolicyKind::VpcEndpoint => "an endpoint policy",
        _ => return,
    };
    let first = look.statements.first().filter(|_| look.policy().is_whole);
    if let Some(first) = first.filter(|_| look.statements.iter().all(Seen::is_deny)) {
        found.at(
            first.statement.effect.span,
            format!("{what} without an `Allow` lets nothing through"),
            "add a statement that allows what is to get through, such as `\"Action\": \"*\"`",
        );
    }
}
