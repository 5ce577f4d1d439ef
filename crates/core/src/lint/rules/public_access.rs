//! The rule `public-access`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// A resource that everybody may use.
    ///
    /// `"Principal": "*"` means everybody, with an account or without. Nothing in the statement says who, or from
    /// where.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, name accounts or roles, or put a condition on whose they are.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    Warning "public-access"
}

use crate::lint::rules::public_write::writes;

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Resource {
        return;
    }
    for seen in look.granting() {
        let Some(span) = seen.anybody().filter(|_| !seen.is_narrowed_by_caller()) else {
            continue;
        };
        if writes(seen).is_none() {
            found.at(
                span,
                "everybody may use this, with an account or without",
                "name who may, or put a condition on `aws:PrincipalOrgID`, `aws:SourceVpce` or another key that says who asks",
            );
        }
    }
}
