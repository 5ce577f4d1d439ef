//! What is set at a resource and bears on who may use it, without being a policy.
//!
//! Plain data; the rules are in `service`.

use serde::{Deserialize, Deserializer, Serialize};

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
    /// S3 Block Public Access; `None` where it is not known, which is taken as nothing blocked. Read
    /// as four switches, or as one truth value for all of them.
    #[serde(deserialize_with = "one_or_four")]
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
#[serde(rename_all = "camelCase", from = "Written")]
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

/// In the names of this code, or in those that S3 itself writes.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the four switches that S3 has, by both names"
)]
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Written {
    block_public_acls: bool,
    ignore_public_acls: bool,
    block_public_policy: bool,
    restrict_public_buckets: bool,
    #[serde(rename = "BlockPublicAcls")]
    s3_block_public_acls: bool,
    #[serde(rename = "IgnorePublicAcls")]
    s3_ignore_public_acls: bool,
    #[serde(rename = "BlockPublicPolicy")]
    s3_block_public_policy: bool,
    #[serde(rename = "RestrictPublicBuckets")]
    s3_restrict_public_buckets: bool,
}

impl From<Written> for BlockPublicAccess {
    fn from(it: Written) -> Self {
        Self {
            block_public_acls: it.block_public_acls || it.s3_block_public_acls,
            ignore_public_acls: it.ignore_public_acls || it.s3_ignore_public_acls,
            block_public_policy: it.block_public_policy || it.s3_block_public_policy,
            restrict_public_buckets: it.restrict_public_buckets || it.s3_restrict_public_buckets,
        }
    }
}

impl BlockPublicAccess {
    /// All four switches alike.
    pub const fn all(is_on: bool) -> Self {
        Self {
            block_public_acls: is_on,
            ignore_public_acls: is_on,
            block_public_policy: is_on,
            restrict_public_buckets: is_on,
        }
    }

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

fn one_or_four<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BlockPublicAccess>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "expected true, false, or an object of the four switches"
    )]
    enum Form {
        One(bool),
        Four(BlockPublicAccess),
    }
    let form = Option::<Form>::deserialize(deserializer)?;
    Ok(form.map(|it| match it {
        Form::One(is_on) => BlockPublicAccess::all(is_on),
        Form::Four(switches) => switches,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_every_form() {
        let read = |text: &str| {
            let settings: Settings = serde_json::from_str(text).unwrap();
            settings.s3.block_public_access
        };
        let all = Some(BlockPublicAccess::all(true));
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"s3": {}}"#), None);
        assert_eq!(read(r#"{"s3": {"blockPublicAccess": null}}"#), None);
        assert_eq!(read(r#"{"s3": {"blockPublicAccess": true}}"#), all);
        let one =
            read(r#"{"s3": {"blockPublicAccess": {"restrictPublicBuckets": true}}}"#).unwrap();
        assert!(one.restrict_public_buckets && !one.block_public_acls);
        let as_s3_says = r#"{"s3": {"blockPublicAccess": {"BlockPublicAcls": true, "IgnorePublicAcls": true,
            "BlockPublicPolicy": true, "RestrictPublicBuckets": true}}}"#;
        assert_eq!(read(as_s3_says), all);
        assert_eq!(
            one.and(BlockPublicAccess::all(true)),
            BlockPublicAccess::all(true)
        );
    }
}
