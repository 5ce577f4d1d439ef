//! What a person does, as an ordered list of hops from the person to the data, each with the
//! checks that stand at its door.
//!
//! Knows SageMaker; makes no sentences (that is `explain`) and draws nothing. Invariant: every
//! check of every hop is made, also behind the hop that stops the walk, so that a learner sees all
//! the shut doors at once.

mod context;
mod gate;
mod identity;
mod services;
mod studio;
mod training;
mod walk;

use serde::{Deserialize, Serialize};

pub use self::walk::walk;
use crate::{request::Request, trace::Trace, world::EntityId};

/// Who does what, in which domain, on which data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choice {
    /// The person's name.
    pub person: String,
    /// The IAM user the person signs in as.
    pub user: String,
    /// Whether the person signs in with a second factor.
    #[serde(default = "yes")]
    pub mfa: bool,
    /// The name of the role the user assumes; `None`: the user acts with its own permissions.
    #[serde(default)]
    pub role: Option<String>,
    /// The domain's id.
    pub domain: String,
    /// The user profile's name.
    pub user_profile: String,
    /// What the person does there.
    pub workload: Workload,
    /// Where the data lies.
    pub data: DataLocation,
    /// The name of the ECR repository with the image.
    pub repository: String,
    /// When it happens, as `aws:CurrentTime` has it. Core reads no clock.
    #[serde(default = "some_morning")]
    pub time: String,
}

const fn yes() -> bool {
    true
}

fn some_morning() -> String {
    "2026-01-15T09:00:00Z".to_owned()
}

/// What a person does in the domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Workload {
    /// Opens Studio and works with the data from a notebook.
    OpenStudio,
    /// Opens Studio and starts a training job from there.
    TrainingJob {
        /// The job's name.
        job: String,
        /// The ARN of the role handed to the job; `None`: the execution role hands over itself, as
        /// the SageMaker SDK's `get_execution_role()` does.
        #[serde(default)]
        role: Option<String>,
    },
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

/// The whole walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// The hops, in the order they are made. Hops of one stage do not wait for each other.
    pub hops: Vec<Hop>,
}

impl Flow {
    /// The first hop that stops the walk, by its place in [`Self::hops`].
    pub fn blocked_at(&self) -> Option<usize> {
        self.hops
            .iter()
            .position(|it| it.outcome() == HopOutcome::Blocked)
    }

    /// Whether the request gets as far as that hop.
    pub fn reaches(&self, hop: &Hop) -> bool {
        let blocked = self.blocked_at().and_then(|it| self.hops.get(it));
        blocked.is_none_or(|it| hop.stage <= it.stage)
    }
}

/// One step of the walk: from one station to the next, through a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// Which step.
    pub kind: HopKind,
    /// Its place in the order, from 0. Several hops may share one.
    pub stage: u8,
    /// Where the request comes from.
    pub from: Station,
    /// Where it goes.
    pub to: Station,
    /// Who one is on the far side of the door.
    pub identity: Identity,
    /// What is checked at the door, in order.
    pub checks: Vec<Check>,
}

impl Hop {
    /// A hop that does not know its stage yet.
    pub(crate) const fn new(
        kind: HopKind,
        from: Station,
        to: Station,
        identity: Identity,
        checks: Vec<Check>,
    ) -> Self {
        Self {
            kind,
            stage: 0,
            from,
            to,
            identity,
            checks,
        }
    }

    /// What the checks together say.
    pub fn outcome(&self) -> HopOutcome {
        let failed = |needed: Need| {
            self.checks
                .iter()
                .any(|it| it.need == needed && it.outcome() == Outcome::Fails)
        };
        if failed(Need::Required) {
            HopOutcome::Blocked
        } else if failed(Need::Wanted) {
            HopOutcome::Degraded
        } else if self
            .checks
            .iter()
            .any(|it| it.outcome() == Outcome::NotEvaluated)
        {
            HopOutcome::NotEvaluated
        } else {
            HopOutcome::Passed
        }
    }
}

/// Which step of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HopKind {
    /// The person signs in as an IAM user.
    SignIn,
    /// The user assumes a role.
    AssumeRole,
    /// The caller looks up the domain and its profiles.
    FindDomain,
    /// The caller asks for the URL that opens the profile.
    OpenProfile,
    /// The domain's network must carry Studio's traffic.
    Network,
    /// SageMaker assumes the profile's execution role.
    AssumeExecutionRole,
    /// The space and the app are created.
    StartApp,
    /// The training job is created.
    CreateTrainingJob,
    /// The execution role hands a role to the job.
    PassRole,
    /// SageMaker assumes the role that was handed over.
    AssumeJobRole,
    /// The image is pulled.
    Ecr,
    /// The data is read and written.
    S3,
    /// The data's key is used.
    Kms,
    /// Logs are written.
    Logs,
    /// Metrics are written.
    CloudWatch,
}

/// What a hop's checks together say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HopOutcome {
    /// Every check passes.
    Passed,
    /// A check that is not needed to go on fails: something is lost.
    Degraded,
    /// A check that is needed fails.
    Blocked,
    /// Nothing fails, but something could not be judged.
    NotEvaluated,
}

/// A place on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Station {
    /// What kind of place.
    pub place: Place,
    /// What it is called in this world.
    pub name: String,
    /// The thing in the world, where there is one.
    pub entity: Option<EntityId>,
}

/// What kind of place a station is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Place {
    Person,
    User,
    Role,
    Domain,
    UserProfile,
    Network,
    ExecutionRole,
    App,
    TrainingJob,
    JobRole,
    Bucket,
    Repository,
    LogGroup,
    Metrics,
    Key,
}

/// Who one is, as AWS sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The ARN that AWS's messages and logs name; a person before signing in has none.
    pub arn: Option<String>,
    /// How long the credentials last.
    pub credentials: Credentials,
}

/// How long credentials last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Credentials {
    /// None yet.
    None,
    /// A password or an access key: until somebody takes it away.
    LongTerm,
    /// A session from STS: it ends by itself.
    Temporary,
}

/// Something that is checked at a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Why it is checked.
    pub why: Why,
    /// Whether the walk needs it.
    pub need: Need,
    /// What is checked, and what came out.
    pub subject: Subject,
}

impl Check {
    /// What came out. An answer that rests on something that could not be judged is no yes.
    pub fn outcome(&self) -> Outcome {
        match &self.subject {
            Subject::Authorization { trace, .. } => {
                let is_judged =
                    trace.unmodelled.is_empty() && trace.not_evaluated().next().is_none();
                match (trace.decision.is_allowed(), is_judged) {
                    (false, _) => Outcome::Fails,
                    (true, false) => Outcome::NotEvaluated,
                    (true, true) => Outcome::Passes,
                }
            }
            Subject::Gate { gate, .. } => gate.outcome(),
        }
    }
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The door is open.
    Passes,
    /// The door is shut.
    Fails,
    /// Rolewalk does not model what decides here.
    NotEvaluated,
}

/// Whether the walk can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Need {
    /// Without it the walk ends here.
    Required,
    /// Without it something is lost, and the walk goes on.
    Wanted,
}

/// What is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Subject {
    /// IAM answers a request.
    Authorization {
        /// The API call during which it is asked, such as `CreateTrainingJob`.
        operation: String,
        /// What is asked.
        request: Box<Request>,
        /// The answer and all it rests on.
        trace: Box<Trace>,
    },
    /// Something that is not IAM must be so.
    Gate {
        /// What.
        gate: Gate,
        /// Where it is set.
        entity: Option<EntityId>,
    },
}

/// Something that is not IAM and must be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Gate {
    /// The person proves who they are: password, and a second factor or not.
    Authentication {
        /// Whether a second factor was used.
        mfa: bool,
    },
    /// Something the scenario names must be in the world.
    Exists {
        /// What kind of thing.
        place: Place,
        /// The name that was looked for.
        name: String,
        /// Whether it is there.
        found: bool,
    },
    /// A domain or profile must be in service.
    InService {
        /// Its kind.
        place: Place,
        /// Its state.
        status: crate::world::Status,
    },
    /// A presigned URL opens Studio only in domains that authenticate with IAM.
    AuthModeIam {
        /// The domain's mode.
        mode: crate::world::AuthMode,
    },
    /// The profile, or else the domain, must name an execution role.
    ExecutionRoleNamed {
        /// Whether it comes from the domain.
        from_domain: bool,
        /// The ARN; `None` where neither names one.
        arn: Option<String>,
    },
    /// Studio's traffic outside the file system goes through a network that SageMaker keeps.
    PublicInternet,
    /// A domain in the account's own network needs a VPC and subnets.
    HasSubnets {
        /// How many subnets there are.
        n_subnets: usize,
    },
    /// A domain in the account's own network needs security groups, at the domain or the profile.
    HasSecurityGroups {
        /// How many there are together.
        n_groups: usize,
    },
    /// Whether routes, endpoints and security group rules carry the traffic: not modelled.
    RoutesAndEndpoints,
    /// The home directories lie on a file system.
    HomeFileSystem {
        /// Its id; empty where there is none.
        id: String,
    },
}

/// Why a check is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// A person has to prove who they are.
    ProveIdentity,
    /// The scenario names it.
    Named,
    /// The user exchanges its own credentials for the role's.
    AssumeRole,
    /// The console lists domains and profiles.
    ListInConsole,
    /// The console shows the domain and the profile.
    ShowInConsole,
    /// The URL that opens the profile is asked for.
    PresignedUrl,
    /// Studio itself asks for the URL again, as the execution role.
    AskForUrlAgain,
    /// Studio opens only what is ready.
    Ready,
    /// Studio's traffic needs a way.
    NetworkPath,
    /// Files need a place.
    HomeDirectory,
    /// Somebody must say which role apps run as.
    WhichRole,
    /// The service takes on the role.
    ServiceAssumesRole,
    /// Studio makes a space for the app.
    CreateSpace,
    /// Studio tags what it makes.
    TagSpace,
    /// Studio starts the app.
    CreateApp,
    /// Studio tags what it makes.
    TagApp,
    /// The domain's own key encrypts the app's volume.
    DomainKey,
    /// The job is asked for.
    CreateJob,
    /// Studio tags what it makes.
    TagJob,
    /// Handing a role to a service needs a permission of its own.
    HandOverRole,
    /// An image is pulled: log in to the registry.
    RegistryLogin,
    /// An image is pulled: check, look up, download.
    PullImage,
    /// The objects are listed.
    ListObjects,
    /// An object is read.
    ReadObject,
    /// An object is written.
    WriteObject,
    /// What is read was encrypted with the bucket's key.
    DecryptObject,
    /// What is written is encrypted with the bucket's key.
    EncryptObject,
    /// The log group is made where it is missing.
    MakeLogGroup,
    /// A log stream is made.
    MakeLogStream,
    /// Lines are logged.
    WriteLog,
    /// Metrics are sent.
    SendMetrics,
}
