//! The rule `gateway-endpoint-principal`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    policy::{PolicyKind, PrincipalPattern},
};

rule! {
    /// Somebody in particular as the principal of a gateway endpoint's policy.
    ///
    /// For S3 and DynamoDB, an account or its root in the policy of a gateway endpoint means the root user alone, not
    /// everybody in the account; a user or a role is not supported there at all.
    ///
    /// ```json vpcEndpoint
    /// { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*" }
    /// ```
    ///
    /// Instead, write `*` and a condition on who asks.
    ///
    /// ```json vpcEndpoint
    /// { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*",
    ///   "Condition": { "StringEquals": { "aws:PrincipalAccount": "111122223333" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    Warning "gateway-endpoint-principal"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::VpcEndpoint {
        return;
    }
    for seen in &look.statements {
        let is_gateway = seen.actions.iter().any(|it| {
            ["s3", "dynamodb"]
                .iter()
                .any(|name| it.prefix.eq_ignore_ascii_case(name))
        });
        let principals = seen.statement.principal.as_ref().filter(|_| is_gateway);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            let (message, help) = match &entry.value {
                PrincipalPattern::Account(account) => (
                    format!("at a gateway endpoint `{account}` is its root user alone"),
                    "write `\"Principal\": \"*\"` and a condition on `aws:PrincipalAccount`",
                ),
                PrincipalPattern::Arn(arn) => (
                    format!("at a gateway endpoint `{arn}` is no principal that AWS supports"),
                    "write `\"Principal\": \"*\"` and a condition on `aws:PrincipalArn`",
                ),
                _ => continue,
            };
            found.at(entry.span, message, help);
        }
    }
}
