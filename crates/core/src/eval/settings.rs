//! What is set at a resource and bears on who may use it, without being a policy.
//!
//! Plain data; the rules are in `service`.

use serde::{Deserialize, Serialize};

/// Settings by service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// Of the bucket, and of all above it.
    pub s3: S3Settings,
}

/// What is set at a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct S3Settings {
    /// S3 Block Public Access; `None` where it is not known, which is taken as nothing blocked.
    pub block_public_access: Option<BlockPublicAccess>,
    /// Whether tags of the bucket count in policies; off unless somebody turns it on.
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html>
    pub bucket_abac_enabled: bool,
}

/// S3 Block Public Access.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[expect(
    clippy::struct_excessive_bools,
    reason = "the four switches that S3 has, by S3's names"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct BlockPublicAccess {
    /// Requests that would make something public by an ACL fail.
    pub block_public_acls: bool,
    /// Public ACLs that are there count for nothing.
    pub ignore_public_acls: bool,
    /// Requests that would attach a public policy fail.
    pub block_public_policy: bool,
    /// Where the policy is public, nobody outside the account comes in but services.
    pub restrict_public_buckets: bool,
}

impl BlockPublicAccess {
    /// What holds where two are set, such as the account's and the bucket's: the stricter of each.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            block_public_acls: self.block_public_acls || other.block_public_acls,
            ignore_public_acls: self.ignore_public_acls || other.ignore_public_acls,
            block_public_policy: self.block_public_policy || other.block_public_policy,
            restrict_public_buckets: self.restrict_public_buckets || other.restrict_public_buckets,
        }
    }
}
