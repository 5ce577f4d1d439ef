//! Which calls ask resource control policies. Data: the list grows.
//!
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>

use crate::request::{Principal, Request, Resource, is_service_linked_role};

/// Action prefixes of the services that resource control policies apply to, sorted, as of 2026-09-26; for every other
/// service they have no effect.
pub const RCP_SERVICES: [&str; 62] = [
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

/// `kms:RetireGrant` is let off, and so are what has no resource and the role of a service that the service takes on.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps>
pub(in crate::eval) fn asks_rcp(request: &Request) -> bool {
    let (service, name) = request.action.folded();
    RCP_SERVICES.binary_search(&service).is_ok()
        && (service, name) != ("kms", "retiregrant")
        && !request.wildcard_only_action
        && !is_own_role_of_service(request)
}

fn is_own_role_of_service(request: &Request) -> bool {
    let is_service = matches!(request.principal, Principal::Service { .. });
    let is_its_role = match &request.resource {
        Resource::Arn(arn) => is_service_linked_role(arn),
        Resource::Any => false,
    };
    is_service && is_its_role && request.action.folded() == ("sts", "assumerole")
}
