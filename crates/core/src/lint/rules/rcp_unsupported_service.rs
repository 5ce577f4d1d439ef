//! The rule `rcp-unsupported-service`.

use crate::{
    eval,
    lint::look::Look,
    lint::{Found, rule},
    policy::PolicyKind,
    policy::spelling::quoted,
};

rule! {
    /// A resource control policy about a service that such policies do not reach.
    ///
    /// It has no effect there.
    ///
    /// ```json rcp
    /// { "Effect": "Deny", "Principal": "*", "Action": "sagemaker:*", "Resource": "*" }
    /// ```
    ///
    /// Instead, name services that resource control policies reach: S3, STS, SQS, KMS, Secrets Manager and some more.
    ///
    /// ```json rcp
    /// { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
    ///   "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
    ///                  "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    Warning "rcp-unsupported-service"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Rcp {
        return;
    }
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let is_reached = eval::RCP_SERVICES
            .iter()
            .any(|it| it.eq_ignore_ascii_case(named.prefix));
        if !is_reached && !named.pattern.value.is_any() {
            found.at(
                named.pattern.span,
                format!(
                    "resource control policies do not reach {}",
                    quoted(named.prefix)
                ),
                format!(
                    "name services that they reach, such as `s3`, `kms`, `sts` or `dynamodb`; AWS lists {} of them",
                    eval::RCP_SERVICES.len()
                ),
            );
        }
    }
}
