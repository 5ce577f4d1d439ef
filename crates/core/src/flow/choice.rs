//! Who does what, in which domain, on which data: the part of a scenario that people choose.
//!
//! Plain data. Invariant: what is not given is what the AWS console or the SageMaker SDK would
//! take, and everything optional may be left out of the JSON.

mod workload;

use serde::{Deserialize, Serialize};

use self::workload::yes;
pub use self::workload::{
    ApiCall, CalledFrom, ContextText, Deployment, DomainDeletion, Invocation, Job, NewDomain,
    NewProfile, NotebookInstance, Pipeline, RetentionType, Simulation, Step, StudioApp,
    TransformJob, VpcConfig, Workload,
};
use crate::{
    by_name::{ByName, Tags},
    world::PolicyText,
};

/// Who does what, in which domain, on which data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choice {
    /// The person's name.
    pub person: String,
    /// The IAM user the person signs in as: its name, or the ARN of one in another account; or the
    /// user of IAM Identity Center.
    pub user: String,
    /// How the person signs in.
    #[serde(default, skip_serializing_if = "SignIn::is_iam")]
    pub sign_in: SignIn,
    /// Whether the person signs in with a second factor.
    #[serde(default = "yes")]
    pub mfa: bool,
    /// The role the user assumes: its name, or the ARN of one in another account; `None`: the user
    /// acts with its own permissions. For a user of IAM Identity Center the role of a permission set.
    #[serde(default)]
    pub role: Option<String>,
    /// Roles that are assumed behind it one after the other, each with the credentials of the one
    /// before. Whoever makes one API call and is named there assumes these, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub role_chain: Vec<String>,
    /// Session tags that are passed along when the role is assumed.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub session_tags: Tags,
    /// The keys of those that go on to the roles behind the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitive_tag_keys: Vec<String>,
    /// The source identity that is set when the role is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// The external id that is sent along when the role is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The ARNs of managed policies that are passed when the role is assumed: its session may do no
    /// more than they and [`Self::session_policy`] allow together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub session_policy_arns: Vec<String>,
    /// A policy that is passed as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_policy: Option<PolicyText>,
    /// How many seconds the role's session is to last.
    #[serde(default = "one_hour", skip_serializing_if = "is_one_hour")]
    pub session_seconds: u32,
    /// The address the person's requests come from, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ip: Option<String>,
    /// The VPC endpoint the person's requests go through, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_vpce: Option<String>,
    /// What the person's requests say of the program that makes them; `None`: a browser's where the
    /// way leads through the console, else the AWS CLI's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The domain's id, in whatever account it is.
    pub domain: String,
    /// The user profile's name.
    pub user_profile: String,
    /// What the person does there.
    pub workload: Workload,
    /// Where the data lies.
    pub data: DataLocation,
    /// The name of the ECR repository with the image, or the ARN of one in another account.
    pub repository: String,
    /// When it happens, as `aws:CurrentTime` has it. Core reads no clock.
    #[serde(default = "some_morning")]
    pub time: String,
}

impl Choice {
    /// The role that the user assumes first; a field that was left empty names none.
    pub fn first_role(&self) -> Option<&str> {
        self.role.as_deref().filter(|it| !it.is_empty())
    }
}

const fn one_hour() -> u32 {
    3600
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_one_hour(seconds: &u32) -> bool {
    *seconds == one_hour()
}

fn some_morning() -> String {
    "2026-01-15T09:00:00Z".to_owned()
}

/// How a person signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignIn {
    /// As an IAM user.
    #[default]
    Iam,
    /// At the access portal of IAM Identity Center.
    IdentityCenter,
}

impl SignIn {
    /// Whether it is as an IAM user.
    pub const fn is_iam(&self) -> bool {
        matches!(self, Self::Iam)
    }
}

/// A bucket and where in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataLocation {
    /// The bucket's name.
    pub bucket: String,
    /// What the keys of the objects begin with, such as `churn/`; may be empty.
    #[serde(default)]
    pub prefix: String,
}
