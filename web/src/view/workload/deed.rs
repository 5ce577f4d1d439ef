//! What a person can do, and the workload that it begins as.
//!
//! Invariant: the workload that a deed makes is one of that deed.

use rolewalk_core::{
    by_name::{ByName, Tags},
    flow::{
        ApiCall, CalledFrom, Choice, DataLocation, Deployment, DomainDeletion, Invocation, Job,
        NewDomain, NewProfile, NotebookInstance, Pipeline, Step, StudioApp, TransformJob, Workload,
    },
    world::{AppNetworkAccessType, AuthMode, SharingType},
};

use crate::view::options::{Choosable, option};

/// What a person can do, whatever else it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Studio,
    App,
    Training,
    Processing,
    Tuning,
    Transform,
    Deployment,
    Invocation,
    Pipeline,
    Notebook,
    Domain,
    Profile,
    DeleteProfile,
    DeleteDomain,
    ApiCall,
}

impl Deed {
    pub(super) const ALL: [Self; 15] = [
        Self::Studio,
        Self::App,
        Self::Training,
        Self::Processing,
        Self::Tuning,
        Self::Transform,
        Self::Deployment,
        Self::Invocation,
        Self::Pipeline,
        Self::Notebook,
        Self::Domain,
        Self::Profile,
        Self::DeleteProfile,
        Self::DeleteDomain,
        Self::ApiCall,
    ];

    /// What a workload comes to.
    pub(crate) const fn of(workload: &Workload) -> Self {
        match workload {
            Workload::OpenStudio => Self::Studio,
            Workload::StartApp(_) => Self::App,
            Workload::TrainingJob(_) => Self::Training,
            Workload::ProcessingJob(_) => Self::Processing,
            Workload::TuningJob(_) => Self::Tuning,
            Workload::TransformJob(_) => Self::Transform,
            Workload::Deployment(_) => Self::Deployment,
            Workload::Invocation(_) => Self::Invocation,
            Workload::Pipeline(_) => Self::Pipeline,
            Workload::NotebookInstance(_) => Self::Notebook,
            Workload::NewDomain(_) => Self::Domain,
            Workload::NewProfile(_) => Self::Profile,
            Workload::DeleteProfile => Self::DeleteProfile,
            Workload::DeleteDomain(_) => Self::DeleteDomain,
            Workload::ApiCall(_) => Self::ApiCall,
        }
    }

    /// Its value among [`deeds`].
    pub(crate) const fn value(self) -> &'static str {
        match self {
            Self::Studio => "studio",
            Self::App => "app",
            Self::Training => "training",
            Self::Processing => "processing",
            Self::Tuning => "tuning",
            Self::Transform => "transform",
            Self::Deployment => "deployment",
            Self::Invocation => "invocation",
            Self::Pipeline => "pipeline",
            Self::Notebook => "notebook",
            Self::Domain => "domain",
            Self::Profile => "profile",
            Self::DeleteProfile => "delete-profile",
            Self::DeleteDomain => "delete-domain",
            Self::ApiCall => "call",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Studio => "opens Studio",
            Self::App => "starts an app in a space",
            Self::Training => "starts a training job",
            Self::Processing => "starts a processing job",
            Self::Tuning => "starts a tuning job",
            Self::Transform => "starts a transform job",
            Self::Deployment => "deploys a model",
            Self::Invocation => "invokes an endpoint",
            Self::Pipeline => "runs a pipeline",
            Self::Notebook => "makes a notebook instance",
            Self::Domain => "makes a domain",
            Self::Profile => "makes a user profile",
            Self::DeleteProfile => "deletes the user profile",
            Self::DeleteDomain => "deletes the domain and its VPC",
            Self::ApiCall => "makes one API call",
        }
    }

    /// The one that a value means.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.value() == value)
    }

    /// The workload as it begins, with the names of this scenario.
    pub(crate) fn workload(self, choice: &Choice) -> Workload {
        let job = |kind: &str| Job::named(&format!("{kind}-job-1"));
        let (from, none) = (CalledFrom::Studio, Tags::new);
        let instance = || "ml.m5.xlarge".to_owned();
        match self {
            Self::Studio => Workload::OpenStudio,
            Self::App => Workload::StartApp(StudioApp {
                space: Some("team".to_owned()),
                sharing_type: SharingType::Shared,
                ..StudioApp::default()
            }),
            Self::Training => Workload::TrainingJob(job("training")),
            Self::Processing => Workload::ProcessingJob(job("processing")),
            Self::Tuning => Workload::TuningJob(job("tuning")),
            Self::Transform => Workload::TransformJob(TransformJob {
                job: "transform-job-1".to_owned(),
                model: "model-1".to_owned(),
                model_role: None,
                from,
                instance_type: instance(),
                volume_kms_key_id: None,
                output_kms_key_id: None,
                tags: none(),
            }),
            Self::Deployment => Workload::Deployment(Deployment {
                endpoint: "endpoint-1".to_owned(),
                model: "model-1".to_owned(),
                role: None,
                from,
                instance_type: instance(),
                is_uncompressed: false,
                execution_role: None,
                volume_kms_key_id: None,
                vpc_config: None,
                enable_network_isolation: false,
                tags: none(),
            }),
            Self::Invocation => Workload::Invocation(Invocation {
                endpoint: "endpoint-1".to_owned(),
                from,
                target_model: None,
            }),
            Self::Pipeline => Workload::Pipeline(Pipeline {
                pipeline: "pipeline-1".to_owned(),
                role: None,
                from,
                step: Step::Training,
                step_role: None,
                uses_json_get: false,
                tags: none(),
            }),
            Self::Notebook => Workload::NotebookInstance(NotebookInstance {
                notebook_instance: "notebook-1".to_owned(),
                role: None,
                instance_type: "ml.t3.medium".to_owned(),
                volume_kms_key_id: None,
                vpc_config: None,
                direct_internet_access: true,
                root_access: true,
                minimum_instance_metadata_service_version: "2".to_owned(),
                git_secret: None,
                tags: none(),
            }),
            Self::Domain => Workload::NewDomain(NewDomain {
                domain_name: "new-domain".to_owned(),
                auth_mode: AuthMode::Iam,
                app_network_access_type: AppNetworkAccessType::PublicInternetOnly,
                execution_role: None,
                space_execution_role: None,
                kms_key_id: None,
                vpc_config: None,
                tags: none(),
            }),
            Self::Profile => Workload::NewProfile(NewProfile {
                user_profile_name: "new-profile".to_owned(),
                execution_role: None,
                single_sign_on_user_value: None,
                tags: none(),
            }),
            Self::DeleteProfile => Workload::DeleteProfile,
            Self::DeleteDomain => Workload::DeleteDomain(DomainDeletion::default()),
            Self::ApiCall => Workload::ApiCall(api_call(&choice.data)),
        }
    }
}

/// Reading the data; where no bucket is chosen, asking which there are.
fn api_call(data: &DataLocation) -> ApiCall {
    let DataLocation { bucket, prefix } = data;
    let (action, resource) = if bucket.is_empty() {
        ("s3:ListAllMyBuckets", "*".to_owned())
    } else {
        let object = format!("arn:aws:s3:::{bucket}/{prefix}train.csv");
        ("s3:GetObject", object)
    };
    ApiCall {
        principal: None,
        action: action.to_owned(),
        resource,
        context: ByName::new(),
    }
}

/// What a person can do.
pub(crate) fn deeds() -> Vec<Choosable> {
    Deed::ALL.map(|it| option(it.value(), it.label())).to_vec()
}

/// Whether domain and profile matter.
pub(crate) const fn has_profile(workload: &Workload) -> bool {
    workload.is_from_studio()
        || matches!(
            workload,
            Workload::NewProfile(_) | Workload::DeleteProfile | Workload::DeleteDomain(_)
        )
}

/// Whether data and image matter.
pub(crate) const fn has_data(workload: &Workload) -> bool {
    !matches!(
        workload,
        Workload::Invocation(_)
            | Workload::NewDomain(_)
            | Workload::NewProfile(_)
            | Workload::DeleteProfile
            | Workload::DeleteDomain(_)
            | Workload::ApiCall(_)
    )
}
