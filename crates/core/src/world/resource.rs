//! What the execution role works with: buckets, repositories, log groups, keys, and the endpoints
//! through which it gets there.

use serde::{Deserialize, Serialize};

use crate::{
    eval::{BlockPublicAccess, KeyGrant},
    world::{PolicyText, domain::is_default},
};

/// An S3 bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    /// Its name, unique among all accounts.
    pub name: String,
    /// Its bucket policy, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyText>,
    /// The key that encrypts its objects, as [`World::key_named`](crate::world::World::key_named) reads it; `None` where
    /// S3's own does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// Whether nobody has told the key, so that S3's own is taken.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_key_assumed: bool,
    /// S3 Block Public Access; `None` where it is not known. The account's own counts besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_public_access: Option<BlockPublicAccess>,
}

impl Bucket {
    /// Takes for a fact that this key encrypts it; `None` is S3's own.
    pub fn tell_key(&mut self, key: Option<String>) {
        self.kms_key_id = key;
        self.is_key_assumed = false;
    }
}

/// An ECR repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Repository {
    /// Its name.
    pub name: String,
    /// Its repository policy, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyText>,
}

/// A CloudWatch log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogGroup {
    /// Its name, such as `/aws/sagemaker/studio`.
    pub name: String,
}

/// A KMS key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Key {
    /// Its id.
    pub key_id: String,
    /// Its alias without `alias/`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Its key policy: every key has one.
    pub policy: PolicyText,
    /// The grants on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<KeyGrant>,
}

impl Key {
    /// What people call it: the alias, else the id.
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.key_id)
    }
}

/// A way from a VPC to a service of AWS.
///
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VpcEndpoint {
    /// Its id, such as `vpce-0a1b2c3d`.
    pub vpc_endpoint_id: String,
    /// The service it leads to, such as `com.amazonaws.eu-west-1.s3`.
    pub service_name: String,
    /// The VPC it begins in.
    pub vpc_id: String,
    /// Its policy; without one everything may pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyText>,
}
