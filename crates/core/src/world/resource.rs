//! What the execution role works with: buckets, repositories, log groups, keys.

use serde::{Deserialize, Serialize};

use crate::world::PolicyText;

/// An S3 bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its bucket policy, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyText>,
    /// The id of the key that encrypts its objects; `None` where S3's own does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
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
}

impl Key {
    /// What people call it: the alias, else the id.
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.key_id)
    }
}
