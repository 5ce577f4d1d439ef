//! The rule `retired-service`.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
};

rule! {
    /// Actions of a service that AWS has closed, or of a prefix that was replaced.
    ///
    /// They do nothing any more. The billing console's `aws-portal` was replaced by finer actions of `billing`,
    /// `account`, `payments`, `consolidatedbilling`, `tax` and `cur` in 2024.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "aws-portal:ViewBilling", "Resource": "*" }
    /// ```
    ///
    /// Instead, name the actions that took their place, or remove them.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "billing:GetBillingData", "Resource": "*" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/migrate-granularaccess-iam-mapping-reference.html>
    Suggestion "retired-service"
}

/// Prefixes, and what to do.
pub(super) const RETIRED: [(&str, &str); 9] = [
    (
        "aws-portal",
        "name the finer actions of `billing`, `account`, `payments` and `tax` that took its place",
    ),
    (
        "a4b",
        "remove the action: Alexa for Business closed in 2024",
    ),
    (
        "codestar",
        "remove the action: AWS CodeStar closed in 2024; connections have the prefix `codeconnections`",
    ),
    (
        "gamesparks",
        "remove the action: Amazon GameSparks has closed",
    ),
    (
        "honeycode",
        "remove the action: Amazon Honeycode closed in 2024",
    ),
    (
        "opsworks",
        "remove the action: AWS OpsWorks Stacks closed in 2024",
    ),
    ("qldb", "remove the action: Amazon QLDB closed in 2025"),
    (
        "sumerian",
        "remove the action: Amazon Sumerian closed in 2023",
    ),
    (
        "worklink",
        "remove the action: Amazon WorkLink closed in 2022",
    ),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let retired = RETIRED
            .iter()
            .find(|it| it.0.eq_ignore_ascii_case(named.prefix));
        if let Some((prefix, help)) = retired {
            found.at(
                named.pattern.span,
                format!("actions of `{prefix}` do nothing any more"),
                *help,
            );
        }
    }
}
