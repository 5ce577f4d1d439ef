//! Where the values of condition keys come from: this world, and the values that AWS's pages list.

use std::collections::BTreeSet;

use crate::{
    catalogue::KeyType,
    ide::{
        complete::{Ask, principal},
        things,
    },
    world::{Account, World},
};

/// Keys whose values AWS lists.
const LISTED: [(&str, &[&str]); 16] = [
    (
        "aws:PrincipalType",
        &[
            "User",
            "AssumedRole",
            "Account",
            "FederatedUser",
            "Anonymous",
        ],
    ),
    (
        "s3:x-amz-server-side-encryption",
        &["aws:kms", "AES256", "aws:kms:dsse"],
    ),
    (
        "s3:x-amz-acl",
        &[
            "bucket-owner-full-control",
            "private",
            "public-read",
            "authenticated-read",
        ],
    ),
    // What SageMaker's jobs and endpoints write their metrics to.
    (
        "cloudwatch:namespace",
        &[
            "/aws/sagemaker/TrainingJobs",
            "/aws/sagemaker/ProcessingJobs",
            "/aws/sagemaker/TransformJobs",
            "/aws/sagemaker/Endpoints",
        ],
    ),
    ("s3:TlsVersion", &["1.2", "1.3"]),
    ("s3:authType", &["REST-HEADER", "REST-QUERY-STRING", "POST"]),
    ("s3:delimiter", &["/"]),
    ("s3:signatureversion", &["AWS4-HMAC-SHA256"]),
    ("sagemaker:AuthMode", &["IAM", "SSO"]),
    (
        "sagemaker:AppNetworkAccessType",
        &["VpcOnly", "PublicInternetOnly"],
    ),
    ("sagemaker:DirectInternetAccess", &["Disabled", "Enabled"]),
    ("sagemaker:RootAccess", &["Disabled", "Enabled"]),
    ("sagemaker:RemoteAccess", &["DISABLED", "ENABLED"]),
    ("sagemaker:SpaceSharingType", &["Private", "Shared"]),
    (
        "sagemaker:MinimumInstanceMetadataServiceVersion",
        &["2", "1"],
    ),
    (
        "sagemaker:InstanceTypes",
        &[
            "ml.t3.medium",
            "ml.m5.large",
            "ml.m5.xlarge",
            "ml.c5.xlarge",
            "ml.g5.xlarge",
            "ml.p4d.24xlarge",
            "system",
        ],
    ),
];

/// Keys whose values are principals of services.
const OF_SERVICES: [&str; 7] = [
    "iam:passedtoservice",
    "iam:awsservicename",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
];

/// Services that use keys for their callers.
const VIA_SERVICES: [&str; 7] = [
    "s3",
    "sagemaker",
    "ecr",
    "logs",
    "elasticfilesystem",
    "ec2",
    "secretsmanager",
];

/// Regions that people mostly name; the world's own comes first.
const REGIONS: [&str; 14] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "eu-west-2",
    "eu-central-1",
    "eu-north-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "ca-central-1",
    "sa-east-1",
];

/// What stands behind `…Tag/`.
pub(super) fn tag_of(key: &str) -> Option<&str> {
    let (head, tag) = key.split_once('/')?;
    let is_tag = head.to_ascii_lowercase().ends_with("tag");
    (is_tag && !tag.is_empty()).then_some(tag)
}

/// Values that the world or AWS's pages give for a key, each with a word about it.
pub(super) fn of_key(ask: &Ask<'_>, key: &str, of: Option<KeyType>) -> Vec<(String, String)> {
    let world = ask.about.world;
    let folded = key.to_ascii_lowercase();
    let named =
        |what: &str, all: Vec<String>| all.into_iter().map(|it| (it, what.to_owned())).collect();
    if let Some(tag) = tag_of(key) {
        return named("tag of this world", tag_values(world, tag));
    }
    if let Some((_, values)) = LISTED.iter().find(|it| it.0.eq_ignore_ascii_case(key)) {
        return values
            .iter()
            .map(|it| ((*it).to_owned(), String::new()))
            .collect();
    }
    let ids = |each: fn(&Account) -> Vec<String>| of_accounts(world, each);
    match folded.as_str() {
        "aws:tagkeys" => named("tag of this world", tag_keys(world)),
        "aws:requestedregion" => regions(world),
        "aws:username" => named(
            "user",
            ids(|it| it.users.iter().map(|it| it.name.clone()).collect()),
        ),
        "aws:sourcevpc" => named(
            "VPC",
            ids(|it| it.vpcs.iter().map(|it| it.vpc_id.clone()).collect()),
        ),
        "aws:sourcevpce" => named(
            "VPC endpoint",
            ids(|it| {
                it.vpc_endpoints
                    .iter()
                    .map(|it| it.vpc_endpoint_id.clone())
                    .collect()
            }),
        ),
        "sagemaker:vpcsubnets" => named(
            "subnet",
            ids(|it| {
                let of_vpcs = it
                    .vpcs
                    .iter()
                    .flat_map(|it| &it.subnets)
                    .map(|it| it.subnet_id.clone());
                let of_domains = it.domains.iter().flat_map(|it| it.subnet_ids.clone());
                of_vpcs.chain(of_domains).collect()
            }),
        ),
        "sagemaker:vpcsecuritygroupids" => named(
            "security group",
            ids(|it| {
                let groups = it.vpcs.iter().flat_map(|it| &it.security_groups);
                groups.map(|it| it.group_id.clone()).collect()
            }),
        ),
        "sagemaker:taggingaction" => named("action that tags", tagging_actions(ask)),
        "aws:sourcearn" => source_arns(ask),
        "sts:rolesessionname" => named(
            "what SageMaker names its sessions",
            vec!["SageMaker".to_owned()],
        ),
        _ if OF_SERVICES.contains(&folded.as_str()) => {
            named("service", principal::SERVICES.map(str::to_owned).to_vec())
        }
        "kms:viaservice" => {
            let region = &world.region;
            let services = VIA_SERVICES.map(|it| format!("{it}.{region}.amazonaws.com"));
            named("service in this region", services.to_vec())
        }
        _ if folded.ends_with("account") => accounts(world),
        _ if folded.ends_with("orgid") => {
            let id = world.organization.iter().map(|it| it.id.clone());
            named("this organization", id.collect())
        }
        _ if folded.ends_with("orgpaths") => named("path of an account", org_paths(world)),
        _ if matches!(of, Some(KeyType::Arn | KeyType::ArrayOfArn))
            || folded.ends_with("kms-key-id") =>
        {
            arns(world, &folded)
        }
        _ => Vec::new(),
    }
}

fn regions(world: &World) -> Vec<(String, String)> {
    let own = (world.region.clone(), "region of this world".to_owned());
    let others = REGIONS.iter().filter(|it| **it != world.region);
    let others = others.map(|it| ((*it).to_owned(), String::new()));
    std::iter::once(own).chain(others).collect()
}

fn org_paths(world: &World) -> Vec<String> {
    let organization = world.organization.iter();
    let paths = organization.flat_map(|organization| {
        let accounts = world.accounts();
        accounts.filter_map(|it| organization.path(&it.account))
    });
    paths.collect()
}

fn of_accounts(world: &World, each: impl Fn(&Account) -> Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = world.accounts().flat_map(each).collect();
    let mut seen = BTreeSet::new();
    found.retain(|it| seen.insert(it.clone()));
    found
}

fn accounts(world: &World) -> Vec<(String, String)> {
    let each = world.accounts().map(|it| {
        let what = format!("account {}", it.name);
        (it.account.to_string(), what.trim().to_owned())
    });
    each.collect()
}

/// What SageMaker calls on behalf of, and the world's things.
fn source_arns(ask: &Ask<'_>) -> Vec<(String, String)> {
    let world = ask.about.world;
    let account = &things::account_of(world, ask.about.document).account;
    let own = ["*", "training-job/*", "processing-job/*"].map(|it| {
        let arn = world.regional_arn_in(account, "sagemaker", it);
        let what = if it == "*" {
            "all of SageMaker: Studio needs this"
        } else {
            "jobs of SageMaker"
        };
        (arn.to_string(), what.to_owned())
    });
    let things = things::all(world).into_iter();
    let things = things.map(|it| (it.arn, it.what.to_owned()));
    own.into_iter().chain(things).collect()
}

/// Those of the world's ARNs that a key can hold.
fn arns(world: &World, key: &str) -> Vec<(String, String)> {
    let wanted: Option<&[&str]> = if key.contains("kmskey") || key.contains("kms-key") {
        Some(&["key"])
    } else if key.contains("principal") {
        Some(&["role", "user"])
    } else if key.contains("userprofile") {
        Some(&["user profile"])
    } else if key.contains("policyarn") || key.contains("permissionsboundary") {
        Some(&["managed policy"])
    } else if key.contains("vpcarn") {
        Some(&["VPC"])
    } else {
        None
    };
    let things = things::all(world).into_iter();
    let fitting = things.filter(|it| wanted.is_none_or(|wanted| wanted.contains(&it.what)));
    fitting.map(|it| (it.arn, it.what.to_owned())).collect()
}

/// The calls that tag what they make: those that need `sagemaker:AddTags`.
fn tagging_actions(ask: &Ask<'_>) -> Vec<String> {
    let service = ask.about.catalogue.service("sagemaker");
    let actions = service.into_iter().flat_map(|it| &it.actions);
    let tags = |it: &String| it == "sagemaker:AddTags";
    let tagging = actions.filter(|it| it.dependent_actions.iter().any(tags));
    tagging.map(|it| it.name.clone()).collect()
}

fn all_tags(world: &World) -> impl Iterator<Item = (&String, &String)> {
    world.accounts().flat_map(|account| {
        let users = account.users.iter().map(|it| &it.tags);
        let roles = account.roles.iter().map(|it| &it.tags);
        let domains = account.domains.iter().map(|it| &it.tags);
        let profiles = account.domains.iter().flat_map(|it| &it.user_profiles);
        let all = users
            .chain(roles)
            .chain(domains)
            .chain(profiles.map(|it| &it.tags));
        all.flatten().collect::<Vec<_>>()
    })
}

/// The keys of all tags in the world.
pub(super) fn tag_keys(world: &World) -> Vec<String> {
    let keys: BTreeSet<&String> = all_tags(world).map(|it| it.0).collect();
    keys.into_iter().cloned().collect()
}

fn tag_values(world: &World, tag: &str) -> Vec<String> {
    let of_tag = all_tags(world).filter(|it| it.0.eq_ignore_ascii_case(tag));
    let values: BTreeSet<&String> = of_tag.map(|it| it.1).collect();
    values.into_iter().cloned().collect()
}
