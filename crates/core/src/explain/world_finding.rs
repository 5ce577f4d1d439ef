//! What AWS would refuse of a world, in words: what is wrong, and what to do about it.

use crate::world::{
    EntityId, Form, Limited, OrganizationPolicyKind, Reference, Thing, WorldFinding,
    WorldFindingKind,
};

/// What is wrong with a thing, and what to do next.
pub fn world_finding_sentence(finding: &WorldFinding) -> String {
    match &finding.kind {
        WorldFindingKind::Form { form, found } => {
            let (what, rule) = form_in_words(*form);
            let found = if found.is_empty() {
                "An empty text".to_owned()
            } else {
                format!("`{found}`")
            };
            format!("{found} is not {what}: write {rule}.")
        }
        WorldFindingKind::Taken { name } => taken(&finding.entity, name),
        WorldFindingKind::Missing { what, name } => missing(*what, name),
        WorldFindingKind::TooMany { what, n } => {
            let (things, next) = limited_in_words(*what);
            format!(
                "There are {n} {things}, and AWS lets there be {}: {next}.",
                what.most()
            )
        }
        WorldFindingKind::NothingAttached { kind } => format!(
            "No {} is attached here, so nothing is allowed at this level: attach one, such as `FullAWSAccess`.",
            policy(*kind)
        ),
        WorldFindingKind::SwitchedOff { kind } => format!(
            "A {} is attached here, and the organization has such policies switched off: put `{}` into `enabledPolicyTypes`, or detach it.",
            policy(*kind),
            kind.as_str()
        ),
    }
}

const fn policy(kind: OrganizationPolicyKind) -> &'static str {
    match kind {
        OrganizationPolicyKind::Scp => "service control policy",
        OrganizationPolicyKind::Rcp => "resource control policy",
    }
}

/// What has the form, with its article, and what to write.
const fn form_in_words(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::IdentityName => (
            "a name for a user or role",
            "1 to 64 letters, digits and `+=,.@_-`",
        ),
        Form::PolicyName => (
            "a name for a group or policy",
            "1 to 128 letters, digits and `+=,.@_-`",
        ),
        Form::Path => (
            "a path",
            "`/`, or names between slashes that begins and ends with one, such as `/service-role/`",
        ),
        Form::SessionDuration => (
            "a length for a session",
            "3600 to 43200 seconds, an hour to twelve",
        ),
        Form::AccessKeyId => (
            "the id of an access key",
            "16 to 128 letters and digits, such as `AKIAIOSFODNN7EXAMPLE`",
        ),
        Form::PolicyVersion => ("a version", "`v` and a number, such as `v2`"),
        Form::BucketName => (
            "a name for a bucket",
            "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends, that are no IP address and begin and end with none of S3’s own marks",
        ),
        Form::SageMakerName => (
            "a name for a domain, user profile or space",
            "1 to 63 letters, digits and hyphens, with a letter or digit at both ends",
        ),
        Form::DomainId => (
            "the id of a domain",
            "`d-` and lower-case letters or digits, such as `d-abcdef123456`",
        ),
        Form::PosixUid => ("a POSIX user id", "up to 10 digits, such as `200001`"),
        Form::RepositoryName => (
            "a name for a repository",
            "2 to 256 lower-case letters and digits, with single `.`, `_`, `-` or `/` between them",
        ),
        Form::LogGroupName => (
            "a name for a log group",
            "1 to 512 letters, digits and `._-/#`",
        ),
        Form::KeyId => (
            "the id of a key",
            "hexadecimal digits in groups of 8, 4, 4, 4 and 12, or `mrk-` and 32 of them",
        ),
        Form::KeyAlias => (
            "an alias for a key",
            "letters, digits and `/_-` without `alias/` in front; those that begin with `aws/` are AWS’s",
        ),
        Form::GrantId => ("the id of a grant", "1 to 128 characters"),
        Form::GrantName => ("a name for a grant", "1 to 256 letters, digits and `:/_-`"),
        Form::GrantPrincipal => (
            "somebody that a grant can name",
            "the ARN of an account, user, role or session, or a service such as `sagemaker.amazonaws.com`",
        ),
        Form::GrantOperation => (
            "an operation that a grant can allow",
            "names of KMS operations, such as `Decrypt` or `GenerateDataKey`",
        ),
        Form::VpcId => (
            "the id of a VPC",
            "`vpc-` and 8 or 17 hexadecimal digits, such as `vpc-0a1b2c3d`",
        ),
        Form::SubnetId => (
            "the id of a subnet",
            "`subnet-` and 8 or 17 hexadecimal digits, such as `subnet-0a1b2c3d`",
        ),
        Form::SecurityGroupId => (
            "the id of a security group",
            "`sg-` and 8 or 17 hexadecimal digits, such as `sg-0a1b2c3d`",
        ),
        Form::FileSystemId => (
            "the id of an EFS file system",
            "`fs-` and 8 or 17 hexadecimal digits, such as `fs-0a1b2c3d`",
        ),
        Form::VpcEndpointId => (
            "the id of a VPC endpoint",
            "`vpce-` and 8 to 17 hexadecimal digits",
        ),
        Form::OrganizationId => (
            "the id of an organization",
            "`o-` and 10 to 32 lower-case letters or digits",
        ),
        Form::RootId => (
            "the id of a root",
            "`r-` and 4 to 32 lower-case letters or digits",
        ),
        Form::UnitId => (
            "the id of an organizational unit",
            "`ou-`, the part of the root’s id, `-` and 8 to 32 lower-case letters or digits",
        ),
        Form::OrganizationName => ("a name in the organization", "1 to 128 characters"),
    }
}

fn taken(entity: &EntityId, name: &str) -> String {
    match &entity.thing {
        Thing::Account => format!(
            "Account `{name}` is there more than once: merge the two, or give one another id."
        ),
        Thing::ManagedPolicy { .. } if !name.contains(':') => {
            format!("Version `{name}` is there more than once: give one another number.")
        }
        Thing::Key { id } if id != name => format!(
            "`{name}` is there more than once among the aliases or the grants of keys: give one another."
        ),
        Thing::Bucket { .. } => format!(
            "Another bucket is called `{name}`, and names of buckets are unique among all accounts: choose another."
        ),
        _ => format!(
            "`{name}` is taken already, and AWS takes most names that differ in case only for the same: choose another."
        ),
    }
}

fn missing(what: Reference, name: &str) -> String {
    match what {
        Reference::AttachedPolicy => format!(
            "The attached policy `{name}` is not in this world, so what hinges on it is not judged: add the policy, or detach it."
        ),
        Reference::PermissionsBoundary => format!(
            "The permissions boundary `{name}` is not in this world, so what hinges on it is not judged: add the policy, or choose another boundary."
        ),
        Reference::Group => format!(
            "There is no group `{name}` in the account: make it, or take the user out of it."
        ),
        Reference::ExecutionRole => format!(
            "No role of the account has the ARN `{name}`: make the role, or name another, path included."
        ),
        Reference::Key => format!(
            "There is no key `{name}` in this world, so what hinges on its policy is not judged: add it, or name one of the account by its id or by `alias/` and its alias, or one of another account by its ARN."
        ),
        Reference::GrantPrincipal => format!(
            "A grant names `{name}`, which is not in its account, so nobody has the grant: name a user or role that is there, path included, or take the grant away."
        ),
        Reference::Scp => format!(
            "The organization has no service control policy `{name}`: make it, or detach it."
        ),
        Reference::Rcp => format!(
            "The organization has no resource control policy `{name}`: make it, or detach it."
        ),
        Reference::ManagementAccount => format!(
            "The management account `{name}` is nowhere in the organization: put it below the root or a unit."
        ),
    }
}

/// What there are too many of, and what to do about it.
const fn limited_in_words(what: Limited) -> (&'static str, &'static str) {
    match what {
        Limited::AttachedPolicies => (
            "managed policies attached",
            "merge some, or ask AWS for a higher quota, up to 20",
        ),
        Limited::PolicyVersions => ("versions", "delete those that nobody goes back to"),
        Limited::Groups => ("groups of this user", "take it out of some"),
        Limited::AccessKeys => ("access keys", "delete those that are not used"),
        Limited::Tags => ("tags", "take some away"),
        Limited::SecurityGroups => ("security groups", "take some away"),
        Limited::Subnets => ("subnets", "take some away"),
        Limited::Scps => (
            "service control policies attached here",
            "merge some, or attach some a level higher",
        ),
        Limited::Rcps => (
            "resource control policies attached here",
            "merge some, or attach some a level higher",
        ),
        Limited::NestedUnits => (
            "units above each other down to this one",
            "move it up in the tree",
        ),
    }
}
