//! The output of the AWS CLI for an account that there is not: as large as asked for, and the same
//! each time.
//!
//! `aws iam get-account-authorization-details`, `aws sagemaker describe-domain` and
//! `describe-user-profile` for each of its profiles, one behind the other.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool of the tests: what fails fails loudly"
)]

use std::{fs, path::Path};

use serde_json::{Value, json};

/// The account.
pub(crate) const ACCOUNT: &str = "444455556666";
const REGION: &str = "eu-west-1";
const DOMAIN: &str = "d-generated0001";
const DATE: &str = "2024-05-14T09:12:44+00:00";

/// How much of everything there is for a number of roles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) users: usize,
    pub(crate) groups: usize,
    /// AWS's own among them.
    pub(crate) policies: usize,
    pub(crate) profiles: usize,
}

impl Size {
    pub(crate) fn with_roles(n_roles: usize) -> Self {
        Self {
            users: (n_roles / 4).max(1),
            groups: (n_roles / 20).max(1),
            // What AWS lets an account have.
            policies: (n_roles * 3 / 2).clamp(40, 1500),
            profiles: (n_roles / 5).clamp(1, 200),
        }
    }
}

/// A generator of numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// The texts, one behind the other.
pub(crate) fn account(n_roles: usize) -> String {
    let size = Size::with_roles(n_roles);
    let mut dice = Dice(0x5EED_CAFE_F00D);
    let policies = policies(size);
    let arns: Vec<String> = policies
        .iter()
        .map(|it| it["Arn"].as_str().unwrap().to_owned())
        .collect();
    let details = json!({
        "UserDetailList": (0..size.users).map(|n| user(n, size, &arns, &mut dice)).collect::<Vec<_>>(),
        "GroupDetailList": (0..size.groups).map(|n| group(n, &arns, &mut dice)).collect::<Vec<_>>(),
        "RoleDetailList": (0..n_roles).map(|n| role(n, &arns, &mut dice)).collect::<Vec<_>>(),
        "Policies": policies,
    });
    let mut texts = vec![details, domain()];
    texts.extend((0..size.profiles).map(|n| profile(n, n_roles)));
    // The CLI indents by four.
    let texts = texts.iter().map(|it| {
        let mut text = Vec::new();
        let format = serde_json::ser::PrettyFormatter::with_indent(b"    ");
        let mut writer = serde_json::Serializer::with_formatter(&mut text, format);
        serde::Serialize::serialize(it, &mut writer).unwrap();
        String::from_utf8(text).unwrap() + "\n"
    });
    texts.collect()
}

fn attached(arns: &[String], n: usize, dice: &mut Dice) -> Value {
    let mut chosen: Vec<&String> = (0..n).map(|_| &arns[dice.below(arns.len())]).collect();
    chosen.sort();
    chosen.dedup();
    chosen
        .into_iter()
        .map(|arn| json!({ "PolicyName": arn.rsplit('/').next(), "PolicyArn": arn }))
        .collect()
}

fn id(prefix: &str, n: usize) -> String {
    format!("{prefix}{n:017X}")
}

fn user(n: usize, size: Size, arns: &[String], dice: &mut Dice) -> Value {
    let name = format!("user-{n:04}");
    json!({
        "Path": "/",
        "UserName": name,
        "UserId": id("AIDA", n),
        "Arn": format!("arn:aws:iam::{ACCOUNT}:user/{name}"),
        "CreateDate": DATE,
        "GroupList": [format!("group-{:03}", dice.below(size.groups))],
        "AttachedManagedPolicies": attached(arns, dice.below(3), dice),
        "Tags": [{ "Key": "team", "Value": format!("team-{}", dice.below(12)) }],
    })
}

fn group(n: usize, arns: &[String], dice: &mut Dice) -> Value {
    let name = format!("group-{n:03}");
    json!({
        "Path": "/",
        "GroupName": name,
        "GroupId": id("AGPA", n),
        "Arn": format!("arn:aws:iam::{ACCOUNT}:group/{name}"),
        "CreateDate": DATE,
        "GroupPolicyList": [],
        "AttachedManagedPolicies": attached(arns, 2, dice),
    })
}

fn role(n: usize, arns: &[String], dice: &mut Dice) -> Value {
    let name = format!("role-{n:05}");
    let trusted = match n % 3 {
        0 => json!({ "Service": "sagemaker.amazonaws.com" }),
        1 => json!({ "AWS": format!("arn:aws:iam::{ACCOUNT}:root") }),
        // Chains that lead back to where they began.
        _ => json!({ "AWS": format!("arn:aws:iam::{ACCOUNT}:role/team/role-{:05}", n - 1) }),
    };
    let mut statements = vec![statement("Own", dice)];
    statements.extend((0..dice.below(3)).map(|it| statement(&it.to_string(), dice)));
    json!({
        "Path": "/team/",
        "RoleName": name,
        "RoleId": id("AROA", n),
        "Arn": format!("arn:aws:iam::{ACCOUNT}:role/team/{name}"),
        "CreateDate": DATE,
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole" }],
        },
        "InstanceProfileList": [],
        "RolePolicyList": [{
            "PolicyName": "own",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": statements },
        }],
        "AttachedManagedPolicies": attached(arns, 1 + dice.below(4), dice),
        "Tags": [{ "Key": "cost-centre", "Value": format!("{}", 1000 + dice.below(90)) }],
        "RoleLastUsed": { "LastUsedDate": DATE, "Region": REGION },
    })
}

/// A statement; AWS wants a `Sid` of its own for each in a policy.
fn statement(sid: &str, dice: &mut Dice) -> Value {
    const ACTIONS: [&str; 8] = [
        "s3:GetObject",
        "s3:PutObject",
        "s3:ListBucket",
        "sagemaker:CreateTrainingJob",
        "ecr:BatchGetImage",
        "logs:PutLogEvents",
        "kms:Decrypt",
        "iam:PassRole",
    ];
    let first = dice.below(ACTIONS.len());
    json!({
        "Sid": format!("Allow{sid}"),
        "Effect": "Allow",
        "Action": [ACTIONS[first], ACTIONS[(first + 3) % ACTIONS.len()]],
        "Resource": [format!("arn:aws:s3:::bucket-{}/*", dice.below(400)), "*"],
        "Condition": { "StringEquals": { "aws:RequestedRegion": REGION } },
    })
}

/// What an account of a SageMaker team has attached of AWS's own policies, among others.
const OF_AWS: [&str; 34] = [
    "AWSCompromisedKeyQuarantineV3",
    "AWSKeyManagementServicePowerUser",
    "AdministratorAccess",
    "AmazonEC2ContainerRegistryFullAccess",
    "AmazonEC2ContainerRegistryPowerUser",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonElasticFileSystemReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSageMakerCanvasAIServicesAccess",
    "AmazonSageMakerCanvasFullAccess",
    "AmazonSageMakerClusterInstanceRolePolicy",
    "AmazonSageMakerFeatureStoreAccess",
    "AmazonSageMakerFullAccess",
    "AmazonSageMakerHyperPodServiceRolePolicy",
    "AmazonSageMakerMechanicalTurkAccess",
    "AmazonSageMakerModelGovernanceUseAccess",
    "AmazonSageMakerModelRegistryFullAccess",
    "AmazonSageMakerNotebooksServiceRolePolicy",
    "AmazonSageMakerPipelinesIntegrations",
    "AmazonSageMakerReadOnly",
    "CloudWatchFullAccess",
    "CloudWatchLogsFullAccess",
    "CloudWatchLogsReadOnlyAccess",
    "CloudWatchReadOnlyAccess",
    "DataScientist",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "IAMUserChangePassword",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "SecurityAudit",
    "ViewOnlyAccess",
];

/// Managed policies of AWS, and the account's own.
fn policies(size: Size) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/managed-policies");
    let of_aws = OF_AWS.iter().map(|name| {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        policy(&format!("arn:aws:iam::aws:policy/{name}"), &document, 1)
    });
    let mut all: Vec<Value> = of_aws.collect();
    let mut dice = Dice(0xD0C5);
    for n in all.len()..size.policies {
        let statements: Vec<Value> = (0..4)
            .map(|it| statement(&it.to_string(), &mut dice))
            .collect();
        let document = json!({ "Version": "2012-10-17", "Statement": statements });
        let arn = format!("arn:aws:iam::{ACCOUNT}:policy/team/policy-{n:05}");
        all.push(policy(&arn, &document, 2));
    }
    all
}

fn policy(arn: &str, document: &Value, n_versions: usize) -> Value {
    let versions = (1..=n_versions).rev().map(|n| {
        json!({
            "Document": document,
            "VersionId": format!("v{n}"),
            "IsDefaultVersion": n == n_versions,
            "CreateDate": DATE,
        })
    });
    json!({
        "PolicyName": arn.rsplit('/').next(),
        "PolicyId": "ANPAGENERATED00000001",
        "Path": "/",
        "DefaultVersionId": format!("v{n_versions}"),
        "AttachmentCount": 1,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": true,
        "CreateDate": DATE,
        "UpdateDate": DATE,
        "PolicyVersionList": versions.collect::<Vec<_>>(),
        "Arn": arn,
    })
}

fn domain() -> Value {
    json!({
        "DomainArn": format!("arn:aws:sagemaker:{REGION}:{ACCOUNT}:domain/{DOMAIN}"),
        "DomainId": DOMAIN,
        "DomainName": "generated",
        "HomeEfsFileSystemId": "fs-0123456789abcdef0",
        "Status": "InService",
        "AuthMode": "IAM",
        "AppNetworkAccessType": "PublicInternetOnly",
        "VpcId": "vpc-0123456789abcdef0",
        "SubnetIds": ["subnet-0123456789abcdef0"],
        "Url": format!("https://{DOMAIN}.studio.{REGION}.sagemaker.aws"),
        "DefaultUserSettings": {
            "ExecutionRole": format!("arn:aws:iam::{ACCOUNT}:role/team/role-00000"),
            "SecurityGroups": ["sg-0123456789abcdef0"],
            "SharingSettings": { "NotebookOutputOption": "Disabled" },
        },
    })
}

fn profile(n: usize, n_roles: usize) -> Value {
    let name = format!("profile-{n:03}");
    let role = n * 3 % n_roles;
    json!({
        "DomainId": DOMAIN,
        "UserProfileArn": format!("arn:aws:sagemaker:{REGION}:{ACCOUNT}:user-profile/{DOMAIN}/{name}"),
        "UserProfileName": name,
        "HomeEfsFileSystemUid": format!("{}", 200_001 + n),
        "Status": "InService",
        "UserSettings": { "ExecutionRole": format!("arn:aws:iam::{ACCOUNT}:role/team/role-{role:05}") },
    })
}
