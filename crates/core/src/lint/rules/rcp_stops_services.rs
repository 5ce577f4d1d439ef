//! The rule `rcp-stops-services`.

use crate::{
    lint::look::{Look, is_met_by_absence},
    lint::{Found, rule},
    policy::PolicyKind,
};

rule! {
    /// A resource control policy that also stops AWS services that work for you.
    ///
    /// A log service that writes into your bucket, or a replication, is no member of your organization.
    ///
    /// ```json rcp
    /// { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
    ///   "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }
    /// ```
    ///
    /// Instead, leave services out.
    ///
    /// ```json rcp
    /// { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
    ///   "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
    ///                  "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html>
    Suggestion "rcp-stops-services"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Rcp {
        return;
    }
    for seen in look.statements.iter().filter(|it| it.is_deny()) {
        let caller = seen.conditions().iter().find(|it| {
            let key = it.key.value.folded();
            let is_caller = key.starts_with("aws:principalorg")
                || key == "aws:principalaccount"
                || key == "aws:principalarn";
            // A service has none of these keys: only what is met without them denies it.
            is_caller && is_met_by_absence(it)
        });
        let exempt = [
            "aws:PrincipalIsAWSService",
            "aws:PrincipalServiceName",
            "aws:SourceAccount",
            "aws:SourceOrgID",
        ];
        if let Some(condition) = caller.filter(|_| seen.condition_on(&exempt).is_none()) {
            found.at(
                condition.key.span,
                "AWS services that work for you are denied too",
                "add `\"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }` to the conditions",
            );
        }
    }
}
