//! The rule `deny-outside-network`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// A `Deny` from everywhere but a network, which also stops AWS services that work for the caller.
    ///
    /// When Athena reads a bucket for somebody, the request comes from AWS and not from their network. A condition on
    /// `aws:ViaAWSService` lets such requests pass.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "*", "Resource": "*",
    ///   "Condition": { "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }
    /// ```
    ///
    /// Instead, leave those requests out.
    ///
    /// ```json identity
    /// { "Effect": "Deny", "Action": "*", "Resource": "*",
    ///   "Condition": { "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" },
    ///                  "Bool": { "aws:ViaAWSService": "false" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html>
    Suggestion "deny-outside-network"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let keys = ["aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce"];
    for seen in look.statements.iter().filter(|it| it.is_deny()) {
        let place = seen.conditions().iter().find(|it| {
            let is_key = keys
                .iter()
                .any(|key| it.key.value.as_str().eq_ignore_ascii_case(key));
            is_key && it.parsed.is_some_and(|it| it.base.is_negated())
        });
        let exempt = [
            "aws:ViaAWSService",
            "aws:CalledVia",
            "aws:CalledViaFirst",
            "aws:CalledViaLast",
            "aws:PrincipalIsAWSService",
        ];
        if let Some(condition) = place.filter(|_| seen.condition_on(&exempt).is_none()) {
            found.at(
                condition.key.span,
                "AWS services that work for the caller come from elsewhere, and are denied too",
                "add `\"Bool\": { \"aws:ViaAWSService\": \"false\" }` to the conditions",
            );
        }
    }
}
