//! The details of a workload: what each is called, what is offered for it, and when it is shown.
//!
//! One table for all workloads: a detail is offered wherever the workload has it.

use rolewalk_core::{
    flow::{Choice, Workload},
    world::{AppType, SharingType, World},
};

use crate::view::{
    options::{self, Choosable, option},
    settings,
    workload::{
        deed::Deed,
        slot::{Slot, networks},
    },
};

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

    /// What stands in an empty field.
    pub(crate) const fn placeholder(self) -> &'static str {
        match self {
            Self::Principal => "the person",
            Self::Space => "one of its own",
            _ => "",
        }
    }

    /// Whether most walks leave it as it begins.
    const fn is_rare(self) -> bool {
        matches!(
            self,
            Self::Principal
                | Self::StepRole
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
            all.extend(options::role_arns_with(world, &world.home, chosen));
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
            Self::Role | Self::ModelRole => roles("the caller’s own role"),
            Self::StepRole => roles("the pipeline’s role"),
            Self::DefaultRole | Self::SpaceRole => roles("none"),
            Self::Step => vec![
                option("training", "training job"),
                option("processing", "processing job"),
            ],
            Self::Uncompressed => pair("packed in one file", "in many files"),
            Self::OutputKey => options::keys(&world.home, Some(chosen), "S3’s own key"),
            Self::VolumeKey => options::keys(&world.home, Some(chosen), "AWS’s own key"),
            Self::Vpc => networks(world, chosen),
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
            Self::AuthMode => settings::auth_modes(),
            Self::NetworkAccess => settings::network_accesses(),
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
