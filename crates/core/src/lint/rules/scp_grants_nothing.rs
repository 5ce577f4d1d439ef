//! The rule `scp-grants-nothing`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// A service control policy that looks as if it gave permissions.
    ///
    /// An `Allow` in it only lets through what policies of the account allow. It belongs there to say what is left when
    /// `FullAWSAccess` is detached; anything narrower than a service is more often meant as a grant.
    ///
    /// ```json scp
    /// { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, deny what must not happen, and keep `FullAWSAccess`.
    ///
    /// ```json scp
    /// { "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
    Suggestion "scp-grants-nothing"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Scp {
        return;
    }
    for seen in look.statements.iter().filter(|it| it.is_allow()) {
        if !seen.is_about_everything()
            && seen
                .statement
                .resource
                .as_ref()
                .is_some_and(|it| !it.negated)
        {
            found.at(
                seen.statement.effect.span,
                "a service control policy gives nobody anything: this only limits what others allow",
                "deny what must not happen, or say `\"Resource\": \"*\"`",
            );
        }
    }
}
