//! What a person can do, and the details of each that the scenario bar offers.
//!
//! One table for all workloads: a detail is offered wherever the workload has it. Invariant: a
//! value that a control gives is written as given, and one that cannot be read changes nothing.

use std::collections::BTreeMap;

use rolewalk_core::{
    flow::{
        ApiCall, CalledFrom, Choice, DataLocation, Deployment, DomainDeletion, Invocation, Job,
        NewDomain, NewProfile, NotebookInstance, Pipeline, RetentionType, Simulation, Step,
        StudioApp, TransformJob, VpcConfig, Workload,
    },
    world::{AppNetworkAccessType, AppType, AuthMode, SharingType, World},
};

use crate::view::options::{self, Choosable, option};

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
    const ALL: [Self; 15] = [
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
        let (from, none) = (CalledFrom::Studio, BTreeMap::new);
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
        context: BTreeMap::new(),
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

/// A detail of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    Principal,
    Action,
    Resource,
    Name,
    App,
    Space,
    Sharing,
    From,
    Role,
    ModelRole,
    Step,
    StepRole,
    DefaultRole,
    SpaceRole,
    Instance,
    Uncompressed,
    OutputKey,
    VolumeKey,
    Vpc,
    Isolation,
    Pending,
    Simulation,
    AuthMode,
    NetworkAccess,
    SsoUser,
    Retention,
}

/// Where a detail stands in a workload.
enum Slot<'a> {
    Text(&'a mut String),
    Maybe(&'a mut Option<String>),
    Flag(&'a mut bool),
    From(&'a mut CalledFrom),
    App(&'a mut AppType),
    Sharing(&'a mut SharingType),
    Step(&'a mut Step),
    Vpc(&'a mut Option<VpcConfig>),
    Seconds(&'a mut u32),
    Simulation(&'a mut Option<Simulation>),
    AuthMode(&'a mut AuthMode),
    NetworkAccess(&'a mut AppNetworkAccessType),
    Retention(&'a mut RetentionType),
}

impl Slot<'_> {
    fn read(&self) -> String {
        let flag = |is_on: bool| if is_on { "yes" } else { "no" }.to_owned();
        match self {
            Self::Text(it) => (*it).clone(),
            Self::Maybe(it) => it.as_deref().unwrap_or_default().to_owned(),
            Self::Flag(it) => flag(**it),
            Self::Vpc(it) => flag(it.is_some()),
            Self::Seconds(it) => it.to_string(),
            Self::Simulation(it) => flag(it.is_some()),
            Self::From(CalledFrom::Studio) => "studio".to_owned(),
            Self::From(CalledFrom::Api) => "api".to_owned(),
            Self::App(it) => it.as_str().to_owned(),
            Self::Sharing(it) => it.as_str().to_owned(),
            Self::Step(Step::Training) => "training".to_owned(),
            Self::Step(Step::Processing) => "processing".to_owned(),
            Self::Retention(it) => flag(**it == RetentionType::Delete),
            Self::AuthMode(it) => options::auth_mode_value(**it).to_owned(),
            Self::NetworkAccess(it) => options::network_access_value(**it).to_owned(),
        }
    }

    fn write(self, value: &str) {
        match self {
            Self::Text(it) => value.clone_into(it),
            Self::Maybe(it) => *it = Some(value.to_owned()).filter(|it| !it.is_empty()),
            Self::Flag(it) => *it = value == "yes",
            Self::Vpc(it) => *it = (value == "yes").then(sample_network),
            Self::Seconds(it) => *it = value.parse().unwrap_or(*it),
            Self::Simulation(it) => *it = (value == "yes").then(image_simulation),
            Self::From(it) => {
                *it = if value == "api" {
                    CalledFrom::Api
                } else {
                    CalledFrom::Studio
                }
            }
            Self::App(it) => {
                let found = AppType::ALL.into_iter().find(|it| it.as_str() == value);
                *it = found.unwrap_or(*it);
            }
            Self::Sharing(it) => {
                *it = if value == SharingType::Shared.as_str() {
                    SharingType::Shared
                } else {
                    SharingType::Private
                }
            }
            Self::Step(it) => {
                *it = if value == "processing" {
                    Step::Processing
                } else {
                    Step::Training
                }
            }
            Self::Retention(it) => {
                *it = if value == "yes" {
                    RetentionType::Delete
                } else {
                    RetentionType::Retain
                }
            }
            Self::AuthMode(it) => *it = options::auth_mode(value).unwrap_or(*it),
            Self::NetworkAccess(it) => *it = options::network_access(value).unwrap_or(*it),
        }
    }
}

/// What the SDK once asked of every role, whatever its policies name.
///
/// <https://github.com/aws/sagemaker-python-sdk/pull/6024>
fn image_simulation() -> Simulation {
    let pulls = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
    ];
    Simulation {
        action_names: pulls.map(str::to_owned).to_vec(),
        resource_arns: Vec::new(),
    }
}

/// Some network, that the world need not know.
fn sample_network() -> VpcConfig {
    VpcConfig {
        subnets: vec!["subnet-0aa11bb2".to_owned()],
        security_group_ids: vec!["sg-0123abcd".to_owned()],
    }
}

impl Detail {
    /// In the order of the sentence.
    const ALL: [Self; 26] = [
        Self::Principal,
        Self::Action,
        Self::Resource,
        Self::Name,
        Self::App,
        Self::Space,
        Self::Sharing,
        Self::From,
        Self::Role,
        Self::ModelRole,
        Self::Step,
        Self::StepRole,
        Self::DefaultRole,
        Self::SpaceRole,
        Self::Instance,
        Self::Uncompressed,
        Self::OutputKey,
        Self::VolumeKey,
        Self::Vpc,
        Self::Isolation,
        Self::Pending,
        Self::Simulation,
        Self::AuthMode,
        Self::NetworkAccess,
        Self::SsoUser,
        Self::Retention,
    ];

    fn slot(self, workload: &mut Workload) -> Option<Slot<'_>> {
        use Slot::{Flag, Maybe, Text};
        use Workload as W;
        Some(match (self, workload) {
            (Self::Principal, W::ApiCall(it)) => Maybe(&mut it.principal),
            (Self::Action, W::ApiCall(it)) => Text(&mut it.action),
            (Self::Resource, W::ApiCall(it)) => Text(&mut it.resource),
            (Self::Name, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Text(&mut it.job)
            }
            (Self::Name, W::TransformJob(it)) => Text(&mut it.job),
            (Self::Name, W::Deployment(it)) => Text(&mut it.endpoint),
            (Self::Name, W::Invocation(it)) => Text(&mut it.endpoint),
            (Self::Name, W::Pipeline(it)) => Text(&mut it.pipeline),
            (Self::Name, W::NotebookInstance(it)) => Text(&mut it.notebook_instance),
            (Self::Name, W::NewDomain(it)) => Text(&mut it.domain_name),
            (Self::Name, W::NewProfile(it)) => Text(&mut it.user_profile_name),
            (Self::App, W::StartApp(it)) => Slot::App(&mut it.app_type),
            (Self::Space, W::StartApp(it)) => Maybe(&mut it.space),
            (Self::Sharing, W::StartApp(it)) => Slot::Sharing(&mut it.sharing_type),
            (Self::From, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Slot::From(&mut it.from)
            }
            (Self::From, W::TransformJob(it)) => Slot::From(&mut it.from),
            (Self::From, W::Deployment(it)) => Slot::From(&mut it.from),
            (Self::From, W::Invocation(it)) => Slot::From(&mut it.from),
            (Self::From, W::Pipeline(it)) => Slot::From(&mut it.from),
            (Self::Role, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Maybe(&mut it.role)
            }
            (Self::Role, W::Deployment(it)) => Maybe(&mut it.role),
            (Self::Role, W::Pipeline(it)) => Maybe(&mut it.role),
            (Self::Role, W::NotebookInstance(it)) => Maybe(&mut it.role),
            (Self::ModelRole, W::TransformJob(it)) => Maybe(&mut it.model_role),
            (Self::Step, W::Pipeline(it)) => Slot::Step(&mut it.step),
            (Self::StepRole, W::Pipeline(it)) => Maybe(&mut it.step_role),
            (Self::DefaultRole, W::NewDomain(it)) => Maybe(&mut it.execution_role),
            (Self::DefaultRole, W::NewProfile(it)) => Maybe(&mut it.execution_role),
            (Self::SpaceRole, W::NewDomain(it)) => Maybe(&mut it.space_execution_role),
            (Self::Instance, W::StartApp(it)) => Text(&mut it.instance_type),
            (Self::Instance, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Text(&mut it.instance_type)
            }
            (Self::Instance, W::TransformJob(it)) => Text(&mut it.instance_type),
            (Self::Instance, W::Deployment(it)) => Text(&mut it.instance_type),
            (Self::Instance, W::NotebookInstance(it)) => Text(&mut it.instance_type),
            (Self::Uncompressed, W::Deployment(it)) => Flag(&mut it.is_uncompressed),
            (Self::OutputKey, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Maybe(&mut it.output_kms_key_id)
            }
            (Self::OutputKey, W::TransformJob(it)) => Maybe(&mut it.output_kms_key_id),
            (Self::VolumeKey, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Maybe(&mut it.volume_kms_key_id)
            }
            (Self::VolumeKey, W::TransformJob(it)) => Maybe(&mut it.volume_kms_key_id),
            (Self::VolumeKey, W::Deployment(it)) => Maybe(&mut it.volume_kms_key_id),
            (Self::VolumeKey, W::NotebookInstance(it)) => Maybe(&mut it.volume_kms_key_id),
            (Self::VolumeKey, W::NewDomain(it)) => Maybe(&mut it.kms_key_id),
            (Self::Vpc, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Slot::Vpc(&mut it.vpc_config)
            }
            (Self::Vpc, W::Deployment(it)) => Slot::Vpc(&mut it.vpc_config),
            (Self::Vpc, W::NotebookInstance(it)) => Slot::Vpc(&mut it.vpc_config),
            (Self::Isolation, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Flag(&mut it.enable_network_isolation)
            }
            (Self::Pending, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Slot::Seconds(&mut it.pending_seconds)
            }
            (Self::Simulation, W::TrainingJob(it) | W::ProcessingJob(it) | W::TuningJob(it)) => {
                Slot::Simulation(&mut it.simulation)
            }
            (Self::AuthMode, W::NewDomain(it)) => Slot::AuthMode(&mut it.auth_mode),
            (Self::NetworkAccess, W::NewDomain(it)) => {
                Slot::NetworkAccess(&mut it.app_network_access_type)
            }
            (Self::SsoUser, W::NewProfile(it)) => Maybe(&mut it.single_sign_on_user_value),
            (Self::Retention, W::DeleteDomain(it)) => Slot::Retention(&mut it.home_efs_file_system),
            _ => return None,
        })
    }

    /// What it says; nothing where the workload has no such detail.
    pub(crate) fn read(self, workload: &Workload) -> Option<String> {
        let mut workload = workload.clone();
        self.slot(&mut workload).map(|it| it.read())
    }

    /// Says something else.
    pub(crate) fn write(self, workload: &mut Workload, value: &str) {
        if let Some(slot) = self.slot(workload) {
            slot.write(value);
        }
    }

    /// What a screen reader and the undo button call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Principal => "Caller",
            Self::Action => "Action",
            Self::Resource => "Resource",
            Self::Name => "What it is called",
            Self::App => "App",
            Self::Space => "Space",
            Self::Sharing => "Sharing",
            Self::From => "Credentials",
            Self::Role => "Role handed over",
            Self::ModelRole => "Role of the model",
            Self::Step => "Step",
            Self::StepRole => "Role of the step",
            Self::DefaultRole => "Execution role",
            Self::SpaceRole => "Role of shared spaces",
            Self::Instance => "Instance type",
            Self::Uncompressed => "Model files",
            Self::OutputKey => "Output key",
            Self::VolumeKey => "Volume key",
            Self::Vpc => "Network",
            Self::Isolation => "Network isolation",
            Self::Pending => "Start of the job",
            Self::Simulation => "Simulation",
            Self::AuthMode => "Authentication mode",
            Self::NetworkAccess => "Network access",
            Self::SsoUser => "Identity Center user",
            Self::Retention => "File system",
        }
    }

    /// The words before it in the sentence.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Principal => ", called by ",
            Self::Action | Self::App => ": ",
            Self::Resource => " on ",
            Self::Name => " named ",
            Self::Space => " in space ",
            Self::Sharing => ", which is ",
            Self::From => " with the credentials of ",
            Self::Role => ", handing over ",
            Self::ModelRole => ", whose model runs as ",
            Self::Step => ", whose step is a ",
            Self::StepRole => " run as ",
            Self::DefaultRole => " with execution role ",
            Self::SpaceRole => ", in shared spaces ",
            Self::Instance => ", on ",
            Self::Uncompressed => ", its model ",
            Self::OutputKey => ", results under ",
            Self::VolumeKey => ", volumes under ",
            Self::Vpc => ", in ",
            Self::Isolation => ", containers ",
            Self::Pending => ", starting ",
            Self::Simulation => ", with ",
            Self::AuthMode => ", authenticating with ",
            Self::NetworkAccess => ", network ",
            Self::SsoUser => ", for Identity Center user ",
            Self::Retention => ", its file system ",
        }
    }

    /// Whether most walks leave it as it begins.
    const fn is_rare(self) -> bool {
        matches!(
            self,
            Self::StepRole
                | Self::SpaceRole
                | Self::Instance
                | Self::Uncompressed
                | Self::OutputKey
                | Self::VolumeKey
                | Self::Vpc
                | Self::Isolation
                | Self::Pending
                | Self::Simulation
                | Self::NetworkAccess
                | Self::SsoUser
        )
    }

    /// What it can be, where it is chosen; what is typed has no options.
    pub(crate) fn options(self, world: &World, chosen: &str) -> Option<Vec<Choosable>> {
        let roles = |none: &str| {
            let mut all = vec![option("", none)];
            all.extend(options::role_arns(world, &world.home));
            options::with_chosen(all, chosen)
        };
        let pair = |no: &str, yes: &str| vec![option("no", no), option("yes", yes)];
        Some(match self {
            Self::Principal
            | Self::Action
            | Self::Resource
            | Self::Name
            | Self::Space
            | Self::Instance
            | Self::SsoUser => return None,
            Self::App => AppType::ALL
                .map(|it| option(it.as_str(), it.as_str()))
                .to_vec(),
            Self::Sharing => [SharingType::Private, SharingType::Shared]
                .map(|it| option(it.as_str(), it.as_str()))
                .to_vec(),
            Self::From => vec![
                option("studio", "a notebook in Studio"),
                option("api", "their own"),
            ],
            Self::Role => roles("the same execution role"),
            Self::ModelRole => roles("the caller’s own role"),
            Self::StepRole => roles("the pipeline’s role"),
            Self::DefaultRole | Self::SpaceRole => roles("none"),
            Self::Step => vec![
                option("training", "training job"),
                option("processing", "processing job"),
            ],
            Self::Uncompressed => pair("packed in one file", "in many files"),
            Self::OutputKey => options::keys(&world.home, Some(chosen), "the bucket’s default"),
            Self::VolumeKey => options::keys(&world.home, Some(chosen), "AWS’s own key"),
            Self::Vpc => pair("SageMaker’s network", "the account’s own VPC"),
            Self::Isolation => pair("with a network", "isolated"),
            Self::Pending => {
                let starts = [
                    ("0", "at once"),
                    ("900", "after 15 minutes"),
                    ("7200", "after 2 hours"),
                ];
                options::with_chosen(starts.map(|it| option(it.0, it.1)).to_vec(), chosen)
            }
            Self::Simulation => pair("no simulation before", "a simulation before"),
            Self::AuthMode => options::auth_modes(),
            Self::NetworkAccess => options::network_accesses(),
            Self::Retention => pair("retained", "deleted"),
        })
    }
}

/// The details that a workload has.
pub(crate) fn details(workload: &Workload) -> Vec<Detail> {
    let has = |it: &Detail| it.read(workload).is_some();
    Detail::ALL.into_iter().filter(has).collect()
}

/// Those of them that the sentence shows: while it is short, the rarer ones only where somebody has
/// set them.
pub(crate) fn shown_details(choice: &Choice, shows_all: bool) -> Vec<Detail> {
    let workload = &choice.workload;
    let fresh = Deed::of(workload).workload(choice);
    let is_shown = |it: &Detail| shows_all || !it.is_rare() || it.read(workload) != it.read(&fresh);
    let details = details(workload).into_iter();
    details.filter(is_shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_deed_makes_the_workload_that_it_is_of() {
        let choice = sample::scenario().choice;
        for deed in Deed::ALL {
            assert_eq!(Deed::of(&deed.workload(&choice)), deed);
            assert_eq!(Deed::parse(deed.value()), Some(deed));
        }
        assert_eq!(Deed::parse("something else"), None);
    }

    #[test]
    fn a_rare_detail_is_folded_until_somebody_sets_it() {
        let mut choice = sample::scenario().choice;
        choice.workload = Deed::Training.workload(&choice);
        let all = shown_details(&choice, true);
        assert_eq!(all, details(&choice.workload));
        let few = shown_details(&choice, false);
        assert!(few.len() < all.len() && few.contains(&Detail::Role));
        assert!(!few.contains(&Detail::Isolation));
        Detail::Isolation.write(&mut choice.workload, "yes");
        assert!(shown_details(&choice, false).contains(&Detail::Isolation));
    }

    #[test]
    fn every_detail_takes_each_value_that_it_offers() {
        let scenario = sample::scenario();
        for deed in Deed::ALL {
            let mut workload = deed.workload(&scenario.choice);
            for detail in details(&workload) {
                let chosen = detail.read(&workload).unwrap();
                let offered = detail.options(&scenario.world, &chosen);
                let values = offered.map_or_else(
                    || vec!["typed".to_owned()],
                    |it| it.into_iter().map(|it| it.value).collect(),
                );
                for value in values {
                    detail.write(&mut workload, &value);
                    assert_eq!(detail.read(&workload), Some(value), "{deed:?} {detail:?}");
                }
            }
        }
    }
}
