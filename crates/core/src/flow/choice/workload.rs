//! What is done: opening Studio, a job, a deployment, one call.
//!
//! Plain data. Knows nothing of who does it. Invariant: as for [`Choice`](super::Choice).

use serde::{Deserialize, Serialize};

use crate::{
    by_name::{ByName, Tags},
    world::{AppNetworkAccessType, AppType, AuthMode, SharingType},
};

pub(super) const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What a person does in the domain, or with SageMaker's API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Workload {
    /// Opens Studio and works with the data from a notebook in a private space.
    OpenStudio,
    /// Opens Studio and starts an app of choice, in a private or a shared space.
    StartApp(StudioApp),
    /// Starts a training job.
    TrainingJob(Job),
    /// Starts a processing job.
    ProcessingJob(Job),
    /// Starts a tuning job, which starts training jobs.
    TuningJob(Job),
    /// Starts a batch transform job with a model.
    TransformJob(TransformJob),
    /// Makes a model, an endpoint configuration and an endpoint.
    Deployment(Deployment),
    /// Asks an endpoint for a prediction.
    Invocation(Invocation),
    /// Makes a pipeline of one step and starts it.
    Pipeline(Pipeline),
    /// Makes a notebook instance and opens it.
    NotebookInstance(NotebookInstance),
    /// Makes a domain.
    NewDomain(NewDomain),
    /// Makes a user profile in the domain.
    NewProfile(NewProfile),
    /// Deletes the chosen user profile.
    DeleteProfile,
    /// Deletes the chosen domain, and then its subnets and VPC.
    DeleteDomain(DomainDeletion),
    /// One call of any API, by anybody.
    ApiCall(ApiCall),
}

/// Whose credentials ask for something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CalledFrom {
    /// A notebook in Studio, with the execution role's.
    #[default]
    Studio,
    /// The person, with their own.
    Api,
}

/// An app in Studio and the space it runs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StudioApp {
    /// The space's name; `None`: one that is named after the profile.
    pub space: Option<String>,
    /// Who may open the space; counts where the domain has no space of that name yet.
    pub sharing_type: SharingType,
    /// What runs.
    pub app_type: AppType,
    /// The instance it runs on.
    pub instance_type: String,
}

impl Default for StudioApp {
    fn default() -> Self {
        Self {
            space: None,
            sharing_type: SharingType::Private,
            app_type: AppType::JupyterLab,
            instance_type: "ml.t3.medium".to_owned(),
        }
    }
}

/// Subnets and security groups of a job, a model or a notebook instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct VpcConfig {
    /// Ids of subnets.
    pub subnets: Vec<String>,
    /// Ids of security groups.
    pub security_group_ids: Vec<String>,
}

fn job_instance() -> String {
    "ml.m5.xlarge".to_owned()
}

/// A training, processing or tuning job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Job {
    /// The job's name.
    pub job: String,
    /// The ARN of the role handed to the job; `None`: the caller hands over its own role, as the
    /// SageMaker SDK's `get_execution_role()` does.
    #[serde(default)]
    pub role: Option<String>,
    /// Who asks for it.
    #[serde(default)]
    pub from: CalledFrom,
    /// The instance it runs on.
    #[serde(default = "job_instance")]
    pub instance_type: String,
    /// The id of the key for its volume; `None` where AWS's own does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_kms_key_id: Option<String>,
    /// The id of the key for its results; `None` where the one that AWS manages for S3 does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_kms_key_id: Option<String>,
    /// The network it is put into; `None`: SageMaker's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_config: Option<VpcConfig>,
    /// How many seconds it is `Pending` before it starts: SageMaker assumes the role anew then.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pending_seconds: u32,
    /// What the SDK asks `iam:SimulatePrincipalPolicy` of the role before it asks for the job; `None`
    /// where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulation: Option<Simulation>,
    /// Whether its containers have no network at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub enable_network_isolation: bool,
    /// Whether traffic between its containers is encrypted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub enable_inter_container_traffic_encryption: bool,
    /// Tags that are sent along, besides those that Studio sends.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

impl Job {
    /// A job of that name, with every setting as AWS has it by default.
    pub fn named(job: &str) -> Self {
        Self {
            job: job.to_owned(),
            role: None,
            from: CalledFrom::Studio,
            instance_type: job_instance(),
            volume_kms_key_id: None,
            output_kms_key_id: None,
            vpc_config: None,
            pending_seconds: 0,
            simulation: None,
            enable_network_isolation: false,
            enable_inter_container_traffic_encryption: false,
            tags: Tags::new(),
        }
    }
}

/// A question about what a role might do, that names no caller, no conditions and no policies of
/// resources.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Simulation {
    /// The actions, such as `ecr:BatchGetImage`.
    pub action_names: Vec<String>,
    /// The ARNs that each is asked about; where none is given, `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_arns: Vec<String>,
}

/// A batch transform job. It is handed no role: it runs as the role its model was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransformJob {
    /// The job's name.
    pub job: String,
    /// The model's name.
    pub model: String,
    /// The ARN of the role that the model was made with; `None`: the execution role or the person's.
    #[serde(default)]
    pub model_role: Option<String>,
    /// Who asks for it.
    #[serde(default)]
    pub from: CalledFrom,
    /// The instance it runs on.
    #[serde(default = "job_instance")]
    pub instance_type: String,
    /// The id of the key for its volume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_kms_key_id: Option<String>,
    /// The id of the key for its results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_kms_key_id: Option<String>,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// A model, an endpoint configuration and an endpoint, made one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Deployment {
    /// The endpoint's name; its configuration is called the same.
    pub endpoint: String,
    /// The model's name.
    pub model: String,
    /// The ARN of the role handed to the model; `None`: the caller's own.
    #[serde(default)]
    pub role: Option<String>,
    /// Who asks for it.
    #[serde(default)]
    pub from: CalledFrom,
    /// The instance it runs on.
    #[serde(default = "job_instance")]
    pub instance_type: String,
    /// Whether the model is many files: several models, or not packed into one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_uncompressed: bool,
    /// The ARN of a role of the endpoint configuration's own; usually none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_role: Option<String>,
    /// The id of the key for the instances' volumes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_kms_key_id: Option<String>,
    /// The network the model is put into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_config: Option<VpcConfig>,
    /// Whether the model's containers have no network at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub enable_network_isolation: bool,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// A prediction asked of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invocation {
    /// The endpoint's name.
    pub endpoint: String,
    /// Who asks for it.
    #[serde(default)]
    pub from: CalledFrom,
    /// Which model, where the endpoint has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_model: Option<String>,
}

/// What a step of a pipeline starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// A training job.
    #[default]
    Training,
    /// A processing job.
    Processing,
}

/// A pipeline of one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pipeline {
    /// The pipeline's name.
    pub pipeline: String,
    /// The ARN of the pipeline's role; `None`: the caller's own.
    #[serde(default)]
    pub role: Option<String>,
    /// Who makes it and starts it.
    #[serde(default)]
    pub from: CalledFrom,
    /// What its step starts.
    #[serde(default)]
    pub step: Step,
    /// The ARN of the step's role; `None`: the pipeline's.
    #[serde(default)]
    pub step_role: Option<String>,
    /// Whether a condition reads a step's result with `JsonGet`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub uses_json_get: bool,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// A notebook instance: a machine of its own, outside Studio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotebookInstance {
    /// Its name.
    pub notebook_instance: String,
    /// The ARN of the role it runs as; `None`: the person's own.
    #[serde(default)]
    pub role: Option<String>,
    /// The instance it runs on.
    #[serde(default = "notebook_instance")]
    pub instance_type: String,
    /// The id of the key for its volume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume_kms_key_id: Option<String>,
    /// The network it is put into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_config: Option<VpcConfig>,
    /// Whether it reaches the internet by itself.
    #[serde(default = "yes")]
    pub direct_internet_access: bool,
    /// Whether its users are root on it.
    #[serde(default = "yes")]
    pub root_access: bool,
    /// The lowest version of the instance metadata service, `1` or `2`.
    #[serde(default = "second")]
    pub minimum_instance_metadata_service_version: String,
    /// The ARN of the secret with the password of its Git repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_secret: Option<String>,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

fn notebook_instance() -> String {
    "ml.t3.medium".to_owned()
}

fn second() -> String {
    "2".to_owned()
}

/// A domain to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewDomain {
    /// Its name.
    pub domain_name: String,
    /// How people get in.
    #[serde(default)]
    pub auth_mode: AuthMode,
    /// Which way its traffic takes.
    #[serde(default)]
    pub app_network_access_type: AppNetworkAccessType,
    /// The ARN of the default execution role.
    #[serde(default)]
    pub execution_role: Option<String>,
    /// The ARN of the role of shared spaces; `None`: there are none.
    #[serde(default)]
    pub space_execution_role: Option<String>,
    /// The id of the key for its storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// Its subnets and security groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_config: Option<VpcConfig>,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// A user profile to be made in the chosen domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProfile {
    /// Its name.
    pub user_profile_name: String,
    /// The ARN of an execution role of its own; `None`: the domain's default.
    #[serde(default)]
    pub execution_role: Option<String>,
    /// Its user of IAM Identity Center, which only such domains want.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_sign_on_user_value: Option<String>,
    /// Tags that are sent along.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub tags: Tags,
}

/// What becomes of a domain's file system when the domain is deleted.
///
/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RetentionPolicy.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RetentionType {
    /// It stays, and so do its mount targets.
    #[default]
    Retain,
    /// It goes, with all home directories.
    Delete,
}

/// The end of a domain and of its network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DomainDeletion {
    /// What becomes of the file system.
    pub home_efs_file_system: RetentionType,
}

/// One call of any API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiCall {
    /// Who calls: an ARN, a service's principal, `anonymous`; `None`: the person.
    #[serde(default)]
    pub principal: Option<String>,
    /// The action, such as `s3:GetObject`.
    pub action: String,
    /// The resource's ARN, or `*` for actions that know none.
    pub resource: String,
    /// Context keys besides those that the caller brings.
    #[serde(default, skip_serializing_if = "ByName::is_empty")]
    pub context: ByName<ContextText>,
}

/// A context key's value as somebody gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ContextText {
    /// Of a key with one value.
    One(String),
    /// Of a key with many.
    Many(Vec<String>),
    /// Of a key that is not there although the caller would bring it: `null`. A plain access key brings no
    /// `aws:MultiFactorAuthPresent`, say.
    Absent,
}

impl Workload {
    /// Whether it is done in the account that has the domain, whoever does it; else it is done in the
    /// account of whoever does it.
    pub const fn is_about_domain(&self) -> bool {
        self.is_from_studio()
            || matches!(
                self,
                Self::NewProfile(_) | Self::DeleteProfile | Self::DeleteDomain(_)
            )
    }

    /// Whether it begins in Studio, so that the way leads through domain and profile.
    pub const fn is_from_studio(&self) -> bool {
        let from = match self {
            Self::OpenStudio | Self::StartApp(_) => return true,
            Self::NotebookInstance(_)
            | Self::NewDomain(_)
            | Self::NewProfile(_)
            | Self::DeleteProfile
            | Self::DeleteDomain(_)
            | Self::ApiCall(_) => return false,
            Self::TrainingJob(it) | Self::ProcessingJob(it) | Self::TuningJob(it) => it.from,
            Self::TransformJob(it) => it.from,
            Self::Deployment(it) => it.from,
            Self::Invocation(it) => it.from,
            Self::Pipeline(it) => it.from,
        };
        matches!(from, CalledFrom::Studio)
    }
}
