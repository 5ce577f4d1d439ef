//! Which services ask resource control policies. Data: the list grows.
//!
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>

use crate::names::ActionName;

/// Action prefixes of the services that resource control policies apply to; for every other service
/// they have no effect.
pub const RCP_SERVICES: [&str; 10] = [
    // Since 2024-11.
    "s3",
    "sts",
    "sqs",
    "kms",
    "secretsmanager",
    // Since 2025-06.
    "ecr",
    "aoss",
    // Since 2026-01: Amazon Cognito (user pools and identity pools) and CloudWatch Logs.
    "cognito-idp",
    "cognito-identity",
    "logs",
];

pub(in crate::eval) fn supports_rcp(action: &ActionName) -> bool {
    RCP_SERVICES.contains(&action.folded().0)
}
