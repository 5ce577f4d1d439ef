//! The commands whose output can be imported, and the fields by which each is known.
//!
//! Invariant: a document without a field that stands here is not read, so there is no reader whose command
//! is not listed.

/// A command and what its output brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The command, its output in a file of the right name.
    pub line: &'static str,
    /// The same for all that there are, as a loop of a shell that writes a file for each under the right name; nothing
    /// where one call has all, or where nothing lists them.
    pub for_all: Option<&'static str>,
    /// What it brings.
    pub brings: &'static str,
    /// Fields of its output; an output with one of them is read.
    pub fields: &'static [&'static str],
}

/// The lists of `aws iam get-account-authorization-details`.
pub(super) const ACCOUNT_LISTS: &[&str] = &[
    "UserDetailList",
    "GroupDetailList",
    "RoleDetailList",
    "Policies",
];

/// All, in the order in which somebody runs them: what lists names comes before what wants one.
pub const COMMANDS: &[Command] = &[
    Command {
        line: "aws iam get-account-authorization-details > account.json",
        for_all: None,
        brings: "users, groups, roles, policies",
        fields: ACCOUNT_LISTS,
    },
    Command {
        line: "aws iam get-role --role-name NAME > role-NAME.json",
        for_all: None,
        brings: "one role with its trust policy; which policies it has the first command says",
        fields: &["Role"],
    },
    Command {
        line: "aws iam get-user --user-name NAME > user-NAME.json",
        for_all: None,
        brings: "one user; which groups and policies it has the first command says",
        fields: &["User"],
    },
    Command {
        line: "aws iam get-role-policy --role-name NAME --policy-name POLICY > role-NAME_POLICY.json",
        for_all: None,
        brings: "one inline policy of a role; `get-user-policy` and `get-group-policy` likewise",
        fields: &["PolicyDocument"],
    },
    Command {
        line: "aws iam get-policy-version --policy-arn ARN --version-id ID > policy-version-NAME.json",
        for_all: None,
        brings: "a version of a managed policy; which it is of the file’s name says",
        fields: &["PolicyVersion"],
    },
    Command {
        line: "aws iam get-login-profile --user-name NAME > login-NAME.json",
        for_all: None,
        brings: "that a user has a password for the console, without it",
        fields: &["LoginProfile"],
    },
    Command {
        line: "aws iam list-access-keys --user-name NAME > access-keys-NAME.json",
        for_all: None,
        brings: "a user’s access keys, without secrets",
        fields: &["AccessKeyMetadata", "AccessKey"],
    },
    Command {
        line: "aws sagemaker list-domains > domains.json",
        for_all: None,
        brings: "which domains there are, with the ids for the commands below",
        fields: &["Domains"],
    },
    Command {
        line: "aws sagemaker describe-domain --domain-id ID > domain-ID.json",
        for_all: None,
        brings: "a domain with its default settings",
        fields: &["DomainArn"],
    },
    Command {
        line: "aws sagemaker list-user-profiles > profiles.json",
        for_all: None,
        brings: "which user profiles there are",
        fields: &["UserProfiles"],
    },
    Command {
        line: "aws sagemaker describe-user-profile --domain-id ID --user-profile-name NAME > profile-NAME.json",
        for_all: None,
        brings: "a user profile with its execution role",
        fields: &["UserProfileArn"],
    },
    Command {
        line: "aws sagemaker list-spaces > spaces.json",
        for_all: None,
        brings: "which spaces there are",
        fields: &["Spaces"],
    },
    Command {
        line: "aws sagemaker describe-space --domain-id ID --space-name NAME > space-NAME.json",
        for_all: None,
        brings: "a space and who may open it",
        fields: &["SpaceArn"],
    },
    Command {
        line: "aws sagemaker list-apps > apps.json",
        for_all: None,
        brings: "the apps that run",
        fields: &["Apps"],
    },
    Command {
        line: "aws sagemaker describe-app --domain-id ID --space-name NAME --app-type JupyterLab --app-name default > app-NAME.json",
        for_all: None,
        brings: "one app with its instance",
        fields: &["AppArn"],
    },
    Command {
        line: "aws s3api list-buckets > buckets.json",
        for_all: None,
        brings: "which buckets there are, those without a policy too",
        fields: &["Buckets"],
    },
    Command {
        line: "aws s3api get-bucket-encryption --bucket NAME > bucket-encryption-NAME.json",
        for_all: Some(
            "for NAME in $(aws s3api list-buckets --query 'Buckets[].Name' --output text); do aws s3api get-bucket-encryption --bucket $NAME > bucket-encryption-$NAME.json; done",
        ),
        brings: "with which key a bucket is encrypted; which bucket it is the file’s name says",
        fields: &["ServerSideEncryptionConfiguration"],
    },
    Command {
        line: "aws s3api get-bucket-policy --bucket NAME > bucket-NAME.json",
        for_all: Some(
            "for NAME in $(aws s3api list-buckets --query 'Buckets[].Name' --output text); do aws s3api get-bucket-policy --bucket $NAME > bucket-$NAME.json || rm bucket-$NAME.json; done",
        ),
        brings: "a bucket policy",
        fields: &["Policy"],
    },
    Command {
        line: "aws kms list-aliases > aliases.json",
        for_all: None,
        brings: "what keys are called, and so which key a bucket or a domain means by `alias/…`",
        fields: &["Aliases"],
    },
    Command {
        line: "aws kms get-key-policy --key-id ID --policy-name default > key-ID.json",
        for_all: None,
        brings: "a key policy",
        fields: &["Policy"],
    },
    Command {
        line: "aws kms describe-key --key-id ID > described-key-ID.json",
        for_all: None,
        brings: "the id and account of a key, for a key policy whose file does not say of which key it is",
        fields: &["KeyMetadata"],
    },
    Command {
        line: "aws kms list-grants --key-id ID > grants-ID.json",
        for_all: None,
        brings: "the grants on a key",
        fields: &["Grants"],
    },
    Command {
        line: "aws ecr get-repository-policy --repository-name NAME > repository-NAME.json",
        for_all: None,
        brings: "a repository policy",
        fields: &["policyText"],
    },
    Command {
        line: "aws organizations describe-organization > organization.json",
        for_all: None,
        brings: "the organization and its management account",
        fields: &["Organization"],
    },
    Command {
        line: "aws organizations list-roots > roots.json",
        for_all: None,
        brings: "its root, and which kinds of policies are on",
        fields: &["Roots"],
    },
    Command {
        line: "aws organizations list-organizational-units-for-parent --parent-id ID > parent-ID.json",
        for_all: None,
        brings: "the units below the root or a unit",
        fields: &["OrganizationalUnits"],
    },
    Command {
        line: "aws organizations list-accounts-for-parent --parent-id ID > parent-ID_accounts.json",
        for_all: None,
        brings: "the accounts below the root or a unit",
        fields: &["Accounts"],
    },
    Command {
        line: "aws organizations list-policies --filter SERVICE_CONTROL_POLICY > policies_scp.json",
        for_all: None,
        brings: "which SCPs there are, with the ids for the command below",
        fields: &["Policies"],
    },
    Command {
        line: "aws organizations list-policies --filter RESOURCE_CONTROL_POLICY > policies_rcp.json",
        for_all: None,
        brings: "which RCPs there are",
        fields: &["Policies"],
    },
    Command {
        line: "aws organizations describe-policy --policy-id ID > policy-ID.json",
        for_all: None,
        brings: "an SCP or an RCP",
        fields: &["Policy"],
    },
    Command {
        line: "aws organizations list-targets-for-policy --policy-id ID > policy-ID_targets.json",
        for_all: None,
        brings: "where an SCP or an RCP is attached",
        fields: &["Targets"],
    },
    Command {
        line: "aws organizations list-policies-for-target --target-id ID --filter SERVICE_CONTROL_POLICY > target-ID_scp.json",
        for_all: None,
        brings: "which SCPs are attached to a root, unit or account",
        fields: &["Policies"],
    },
    Command {
        line: "aws organizations list-policies-for-target --target-id ID --filter RESOURCE_CONTROL_POLICY > target-ID_rcp.json",
        for_all: None,
        brings: "which RCPs are attached to a root, unit or account",
        fields: &["Policies"],
    },
];
