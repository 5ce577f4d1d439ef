//! One check at a door: what is asked, why, when, and what came out.

use serde::{Deserialize, Serialize};

use crate::{
    flow::{Gate, Place},
    request::Request,
    trace::Trace,
    world::EntityId,
};

/// Something that is checked at a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Why it is checked.
    pub why: Why,
    /// Whether the walk needs it.
    pub need: Need,
    /// Whether the call waits for it.
    pub timing: Timing,
    /// What is checked, and what came out.
    pub subject: Subject,
}

impl Check {
    /// What came out. An answer that rests on something that could not be judged is no yes.
    pub fn outcome(&self) -> Outcome {
        match &self.subject {
            Subject::Authorization { trace, .. } => {
                if !trace.is_judged() {
                    Outcome::NotEvaluated
                } else if trace.decision.is_allowed() {
                    Outcome::Passes
                } else {
                    Outcome::Fails
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

/// When a check is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Timing {
    /// During the call: where it fails, the call fails.
    Sync,
    /// Later, when the call has long succeeded: where it fails, the thing that was made ends as
    /// `Failed` and says why in its `FailureReason`.
    Async {
        /// What ends as `Failed`.
        place: Place,
    },
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
    /// Tags are sent along.
    SendTags,
    /// The caller looks how far it has come.
    Describe,
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
    /// The parts that were written already are encrypted with the key.
    DecryptParts,
    /// The log group is made where it is missing.
    MakeLogGroup,
    /// In which region the bucket lies.
    LocateBucket,
    /// The log streams that are there are looked through.
    FindLogStream,
    /// Somebody asks what a role might do.
    MaySimulate,
    /// It is simulated.
    Simulated,
    /// What runs in the account's own network needs a way to its data.
    DataPath,
    /// Whoever started a job follows its log.
    FollowLog,
    /// A log stream is made.
    MakeLogStream,
    /// Lines are logged.
    WriteLog,
    /// Metrics are sent.
    SendMetrics,
    /// Only people that are assigned get in through IAM Identity Center.
    Assigned,
    /// Session tags are passed along.
    PassSessionTags,
    /// Policies are passed that limit the session.
    LimitSession,
    /// A source identity is set.
    SetSourceIdentity,
    /// The identity of a user of IAM Identity Center goes on.
    SetContext,
    /// A key encrypts volumes.
    VolumeKey,
    /// Network interfaces are made.
    NetworkInterface,
    /// The files of a model are looked at.
    ModelData,
    /// The service itself pulls an image from another account.
    ServicePullsImage,
    /// An endpoint is made from its configuration.
    UseEndpointConfig,
    /// An endpoint is asked.
    Invoke,
    /// The pipeline is started.
    StartPipeline,
    /// The pipeline reads a step's result.
    JsonGet,
    /// A secret opens the Git repository.
    GitSecret,
    /// The notebook instance is opened.
    OpenNotebook,
    /// SageMaker's own role is made.
    ServiceLinkedRole,
    /// The new domain's storage is encrypted with a key.
    DomainStorage,
    /// The profile's kind of user must fit the domain.
    RightKindOfUser,
    /// This call deletes it.
    Delete,
    /// What hangs on it goes first.
    DeletedBefore,
    /// The scenario asks for it.
    Asked,
}
