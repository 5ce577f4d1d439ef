//! Users, groups, roles and managed policies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{names::Arn, world::PolicyText};

/// A managed policy: a document of its own that users, groups and roles attach by its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManagedPolicy {
    /// Its ARN; AWS's own have `aws` for an account.
    pub arn: Arn,
    /// The version of an AWS managed policy, such as `v29`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The document.
    pub document: PolicyText,
}

impl ManagedPolicy {
    /// The name behind the path.
    pub fn name(&self) -> &str {
        self.arn.last_segment()
    }

    /// Whether AWS keeps it.
    pub fn is_aws_managed(&self) -> bool {
        self.arn.is_aws_owned()
    }
}

/// A policy that belongs to one user, group or role and to nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InlinePolicy {
    /// Its name, unique with its owner.
    pub name: String,
    /// The document.
    pub document: PolicyText,
}

/// An IAM group. Never a principal: it hands its policies to its users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
}

/// An IAM user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Its path, `/` where none was given.
    #[serde(default = "root_path")]
    pub path: String,
    /// Names of its groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
    /// ARN of the managed policy that bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<Arn>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its path, `/` where none was given.
    #[serde(default = "root_path")]
    pub path: String,
    /// Who may assume it.
    pub trust_policy: PolicyText,
    /// ARNs of attached managed policies.
    #[serde(default)]
    pub attached_policies: Vec<Arn>,
    /// Its own policies.
    #[serde(default)]
    pub inline_policies: Vec<InlinePolicy>,
    /// ARN of the managed policy that bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<Arn>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

fn root_path() -> String {
    "/".to_owned()
}
