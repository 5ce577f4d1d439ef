//! The forms that AWS asks names, ids and numbers to have.

use serde::Serialize;

use crate::{
    eval::GRANT_OPERATIONS,
    request::{Context, Principal},
};

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// Of a user or a role.
    IdentityName,
    /// Of a group, a managed policy or an inline policy.
    PolicyName,
    /// Of a user or a role: begins and ends with `/`.
    Path,
    /// The longest a role's sessions may last, in seconds.
    SessionDuration,
    /// Of an access key.
    AccessKeyId,
    /// Of a managed policy's version.
    PolicyVersion,
    /// Of a bucket.
    BucketName,
    /// Of a domain, a user profile or a space.
    SageMakerName,
    /// Of a domain.
    DomainId,
    /// Of a home directory; empty where there is none yet.
    PosixUid,
    /// Of a repository.
    RepositoryName,
    /// Of a log group.
    LogGroupName,
    /// Of a key.
    KeyId,
    /// Of a key, without `alias/`.
    KeyAlias,
    /// Of a grant on a key.
    GrantId,
    /// Of a grant's friendly name.
    GrantName,
    /// Of whoever a grant names.
    GrantPrincipal,
    /// Of what a grant allows.
    GrantOperation,
    /// Of a VPC.
    VpcId,
    /// Of a subnet.
    SubnetId,
    /// Of a security group.
    SecurityGroupId,
    /// Of an EFS file system.
    FileSystemId,
    /// Of a VPC endpoint.
    VpcEndpointId,
    /// Of an organization.
    OrganizationId,
    /// Of an organization's root.
    RootId,
    /// Of an organizational unit.
    UnitId,
    /// Of a unit or a policy of the organization.
    OrganizationName,
}

impl Form {
    /// Whether a text has the form.
    pub fn is_met_by(self, text: &str) -> bool {
        let n = text.chars().count();
        let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let lower = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
        let all = |is: &dyn Fn(char) -> bool| text.chars().all(is);
        match self {
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
            Self::IdentityName => (1..=64).contains(&n) && all(&is_iam),
            Self::PolicyName => (1..=128).contains(&n) && all(&is_iam),
            Self::Path => {
                n <= 512
                    && text.starts_with('/')
                    && text.ends_with('/')
                    && all(&|it| it.is_ascii_graphic())
            }
            Self::SessionDuration => text.parse().is_ok_and(|it| (3600..=43_200).contains(&it)),
            Self::AccessKeyId => (16..=128).contains(&n) && all(&word),
            Self::PolicyVersion => text.strip_prefix('v').is_some_and(is_positive),
            Self::BucketName => is_bucket(text),
            // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
            Self::SageMakerName => {
                n <= 63
                    && all(&|it| it.is_ascii_alphanumeric() || it == '-')
                    && ends_in(text, |it| it.is_ascii_alphanumeric())
            }
            Self::DomainId => {
                let rest = text.strip_prefix("d-").unwrap_or_default();
                n <= 63 && rest.chars().all(|it| lower(it) || it == '-') && rest.ends_with(lower)
            }
            Self::PosixUid => n <= 10 && all(&|it| it.is_ascii_digit()),
            Self::RepositoryName => (2..=256).contains(&n) && text.split('/').all(is_image_part),
            Self::LogGroupName => {
                (1..=512).contains(&n) && all(&|it| word(it) || ".-/#".contains(it))
            }
            Self::KeyId => is_key(text),
            Self::KeyAlias => {
                (1..=250).contains(&n)
                    && all(&|it| word(it) || "/-".contains(it))
                    && !text.starts_with("aws/")
            }
            // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
            Self::GrantName => (1..=256).contains(&n) && all(&|it| word(it) || ":/-".contains(it)),
            Self::GrantPrincipal => is_grant_principal(text),
            Self::GrantOperation => GRANT_OPERATIONS.contains(&text),
            Self::VpcId => is_network_id(text, "vpc-"),
            Self::SubnetId => is_network_id(text, "subnet-"),
            Self::SecurityGroupId => is_network_id(text, "sg-"),
            Self::FileSystemId => is_network_id(text, "fs-"),
            Self::VpcEndpointId => text
                .strip_prefix("vpce-")
                .is_some_and(|it| (8..=17).contains(&it.len()) && is_hex(it)),
            // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
            Self::OrganizationId => is_id(text, "o-", 10),
            Self::RootId => is_id(text, "r-", 4),
            Self::UnitId => text
                .rsplit_once('-')
                .is_some_and(|(root, own)| is_id(root, "ou-", 4) && is_id(own, "", 8)),
            Self::OrganizationName | Self::GrantId => (1..=128).contains(&n),
        }
    }
}

fn is_iam(it: char) -> bool {
    it.is_ascii_alphanumeric() || "_+=,.@-".contains(it)
}

/// An account, user, role, session or federated user by its ARN, or a service.
fn is_grant_principal(text: &str) -> bool {
    match Principal::parse(text, &Context::new()) {
        Some(Principal::Federated { .. } | Principal::Anonymous) | None => false,
        Some(_) => true,
    }
}

fn is_positive(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('0') && text.bytes().all(|it| it.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    text.bytes()
        .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
}

fn is_id(text: &str, prefix: &str, least: usize) -> bool {
    text.strip_prefix(prefix).is_some_and(|it| {
        (least..=32).contains(&it.len())
            && it
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    })
}

/// An id as SageMaker takes it. AWS makes them of 8 or 17 hexadecimal digits; SageMaker's own pattern
/// takes any letters and digits, and worlds made up for learning say `vpc-acme`.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html>
fn is_network_id(text: &str, prefix: &str) -> bool {
    text.len() <= 32
        && text.strip_prefix(prefix).is_some_and(|it| {
            let is_fine = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
            !it.is_empty() && it.bytes().all(is_fine)
        })
}

/// Whether both the first and the last character are of a kind.
fn ends_in(text: &str, is: impl Fn(char) -> bool + Copy) -> bool {
    text.starts_with(is) && text.ends_with(is)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn is_bucket(name: &str) -> bool {
    const PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
    const SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    let lower = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    let is_address =
        name.split('.').count() == 4 && name.split('.').all(|it| it.parse::<u8>().is_ok());
    (3..=63).contains(&name.len())
        && name.chars().all(|it| lower(it) || it == '.' || it == '-')
        && ends_in(name, lower)
        && !name.contains("..")
        && !is_address
        && !PREFIXES.iter().any(|it| name.starts_with(it))
        && !SUFFIXES.iter().any(|it| name.ends_with(it))
}

/// Letters and digits, with single dots, hyphens and underscores between them.
///
/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html>
fn is_image_part(text: &str) -> bool {
    let is_word = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    text.split(['.', '-', '_']).all(is_word)
}

/// <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id>
fn is_key(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("mrk-") {
        return rest.len() == 32 && is_hex(rest);
    }
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(form.is_met_by(text), "{form:?}: {text}");
        }
        for text in bad {
            assert!(!form.is_met_by(text), "{form:?}: {text}");
        }
    }

    #[test]
    fn names_have_their_forms() {
        let long = "a".repeat(65);
        let longer = "a".repeat(129);
        check(
            Form::IdentityName,
            &["alice", "a.b@c+d=e,f-g_H"],
            &["", "a b", "a:b", "a/b", "ä", &long],
        );
        check(Form::PolicyName, &["P", &long], &["", &longer]);
        check(
            Form::Path,
            &["/", "/service-role/"],
            &["", "a", "/a", "a/", "/a b/"],
        );
        check(
            Form::SessionDuration,
            &["3600", "43200"],
            &["", "3599", "43201"],
        );
        check(Form::AccessKeyId, &["AKIAIOSFODNN7EXAMPLE"], &["AKIA", ""]);
        check(
            Form::PolicyVersion,
            &["v1", "v29"],
            &["1", "v", "v0", "v1a"],
        );
        check(
            Form::BucketName,
            &["abc", "a-b.c", "123"],
            &[
                "ab",
                "Abc",
                "a_b",
                "-abc",
                "abc-",
                "a..b",
                "10.0.0.1",
                "xn--a",
                "a-s3alias",
            ],
        );
        check(
            Form::SageMakerName,
            &["ml", "A-b--c"],
            &["", "-a", "a-", "a_b", "a.b"],
        );
        check(
            Form::DomainId,
            &["d-abc", "d--a"],
            &["", "d-", "abc", "d-A", "d-a-"],
        );
        check(Form::PosixUid, &["", "200001"], &["a", "12345678901"]);
        check(
            Form::RepositoryName,
            &["ab", "a/b", "a-b_c.d/e"],
            &["a", "A/b", "a//b", "a--b", "-ab"],
        );
        check(
            Form::LogGroupName,
            &["/aws/sagemaker/studio"],
            &["", "a:b", "a b"],
        );
        check(
            Form::KeyId,
            &[
                "1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809",
                "mrk-1234567890abcdef1234567890abcdef",
            ],
            &[
                "",
                "1a2b3c4d",
                "mrk-1",
                "1A2b3c4d-5e6f-7081-92a3-b4c5d6e7f809",
            ],
        );
        check(Form::KeyAlias, &["a/b_c-d"], &["", "aws/s3", "a b"]);
        check(
            Form::VpcEndpointId,
            &["vpce-0a1b2c3d"],
            &["", "vpce-", "vpce-xyz"],
        );
        check(
            Form::OrganizationId,
            &["o-a1b2c3d4e5"],
            &["", "o-a1", "a1b2c3d4e5"],
        );
        check(Form::RootId, &["r-ab12"], &["", "r-", "r-AB12"]);
        check(
            Form::UnitId,
            &["ou-ab12-11111111"],
            &["", "ou-ab12", "ou-ab12-1"],
        );
        check(Form::OrganizationName, &["Only Europe"], &["", &longer]);
    }

    #[test]
    fn ids_in_a_network_say_what_they_are_of() {
        let long = format!("sg-{}", "0".repeat(30));
        check(
            Form::VpcId,
            &["vpc-0a1b2c3d", "vpc-0123456789abcdef0", "vpc-acme"],
            &[
                "",
                "vpc-",
                "0a1b2c3d",
                "subnet-0a1b2c3d",
                "vpc-a b",
                "VPC-1",
            ],
        );
        check(Form::SubnetId, &["subnet-0a1b2c3d"], &["vpc-0a1b2c3d"]);
        check(Form::SecurityGroupId, &["sg-0a1b2c3d"], &["default", &long]);
        check(Form::FileSystemId, &["fs-0f1e2d3c"], &["fs-", "/home"]);
    }
}
