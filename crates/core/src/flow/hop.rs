//! The walk as data: hops, what each comes to, and the stations between them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    flow::{Check, Identity, Need, Outcome},
    world::EntityId,
};

/// The whole walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// The hops, in the order they are made. Hops of one stage do not wait for each other.
    pub hops: Vec<Arc<Hop>>,
    /// The first that stops the walk: each door is asked whether the walk comes there.
    #[serde(skip)]
    blocked: Option<usize>,
}

impl Flow {
    pub(crate) fn new(hops: Vec<Hop>) -> Self {
        let is_blocked = |it: &Hop| it.outcome() == HopOutcome::Blocked;
        Self {
            blocked: hops.iter().position(is_blocked),
            hops: hops.into_iter().map(Arc::new).collect(),
        }
    }

    /// The first hop that stops the walk, by its place in [`Self::hops`].
    pub const fn blocked_at(&self) -> Option<usize> {
        self.blocked
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
        let is_unjudged = |it: &Check| it.outcome() == Outcome::NotEvaluated;
        match self.first_failing().map(|it| it.need) {
            Some(Need::Required) => HopOutcome::Blocked,
            Some(Need::Wanted) => HopOutcome::Degraded,
            None if self.checks.iter().any(is_unjudged) => HopOutcome::NotEvaluated,
            None => HopOutcome::Passed,
        }
    }

    /// The failing checks that its outcome rests on, in order: those without which the walk ends here, and where none of
    /// these fails, those without which something is lost.
    pub fn failing(&self) -> impl Iterator<Item = &Check> {
        let failing = |need| {
            let of_need = self.checks.iter().filter(move |it| it.need == need);
            of_need.filter(|it| it.outcome() == Outcome::Fails)
        };
        let is_shut = failing(Need::Required).next().is_some();
        failing(if is_shut {
            Need::Required
        } else {
            Need::Wanted
        })
    }

    /// The first of these: what is told of a door that is shut, and what somebody mends first.
    pub fn first_failing(&self) -> Option<&Check> {
        self.failing().next()
    }
}

/// Which step of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HopKind {
    /// The person signs in as an IAM user.
    SignIn,
    /// The person signs in at IAM Identity Center and opens the domain from there.
    IdentityCenter,
    /// The user assumes a role.
    AssumeRole,
    /// That role assumes another: each step of a chain is a door of its own.
    AssumeSecondRole,
    /// That one assumes another.
    AssumeThirdRole,
    /// That one assumes another.
    AssumeFourthRole,
    /// That one assumes another; longer chains are not walked.
    AssumeFifthRole,
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
    /// The SDK has the role's policies simulated before it asks for a job.
    Simulate,
    /// A pipeline is created.
    CreatePipeline,
    /// A model is created.
    CreateModel,
    /// A notebook instance is created.
    CreateNotebook,
    /// A domain is created.
    CreateDomain,
    /// A user profile is created.
    CreateProfile,
    /// A user profile is deleted.
    DeleteProfile,
    /// A domain is deleted.
    DeleteDomain,
    /// The subnets and the VPC of a deleted domain are deleted.
    DeleteVpc,
    /// A job is created: by a person, a notebook or a pipeline.
    #[serde(alias = "createTrainingJob")]
    CreateJob,
    /// The caller hands a role to what is created.
    PassRole,
    /// The caller hands the role of shared spaces to the domain.
    PassSpaceRole,
    /// The pipeline is started.
    StartPipeline,
    /// SageMaker assumes the pipeline's role.
    AssumePipelineRole,
    /// The pipeline hands a role to the job of its step.
    PassStepRole,
    /// SageMaker assumes the role that was handed over.
    AssumeJobRole,
    /// SageMaker looks at a model's files and image while the model is created.
    ValidateModel,
    /// An endpoint configuration is created.
    CreateEndpointConfig,
    /// An endpoint is created.
    CreateEndpoint,
    /// SageMaker assumes the model's role for the endpoint.
    AssumeModelRole,
    /// An endpoint is asked for a prediction.
    InvokeEndpoint,
    /// The caller asks for the URL that opens the notebook instance.
    OpenNotebook,
    /// One call of any API.
    ApiCall,
    /// The image is pulled.
    Ecr,
    /// The data is read and written.
    S3,
    /// The data's key is used.
    Kms,
    /// The key for results is used, where it is not the bucket's.
    OutputKey,
    /// The key for volumes is used.
    VolumeKey,
    /// Network interfaces are made in the account's own network.
    Ec2,
    /// Logs are written.
    Logs,
    /// Metrics are written.
    CloudWatch,
    /// Whoever started it looks how far it has come.
    Follow,
}

impl HopKind {
    /// The doors at which roles of a chain are assumed, in order.
    pub const CHAIN: [Self; 5] = [
        Self::AssumeRole,
        Self::AssumeSecondRole,
        Self::AssumeThirdRole,
        Self::AssumeFourthRole,
        Self::AssumeFifthRole,
    ];

    /// Whether a role of a chain is assumed at this door.
    pub const fn is_of_chain(self) -> bool {
        matches!(
            self,
            Self::AssumeRole
                | Self::AssumeSecondRole
                | Self::AssumeThirdRole
                | Self::AssumeFourthRole
                | Self::AssumeFifthRole
        )
    }

    /// Whether whoever goes through this door is somebody else behind it: then nobody has that identity while it is shut.
    pub const fn gives_identity(self) -> bool {
        self.is_of_chain()
            || matches!(
                self,
                Self::SignIn
                    | Self::AssumeExecutionRole
                    | Self::AssumeJobRole
                    | Self::AssumePipelineRole
                    | Self::AssumeModelRole
            )
    }
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
    Space,
    App,
    TrainingJob,
    ProcessingJob,
    TuningJob,
    TransformJob,
    Model,
    EndpointConfig,
    Endpoint,
    Pipeline,
    NotebookInstance,
    JobRole,
    PipelineRole,
    SpaceRole,
    NetworkInterface,
    Caller,
    Resource,
    Bucket,
    Repository,
    LogGroup,
    Metrics,
    Key,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Gate, Why};

    /// A door with these checks: each is named, and opens or does not.
    fn hop(checks: &[(&str, bool, Need)]) -> Hop {
        let station = Station {
            place: Place::User,
            name: String::new(),
            entity: None,
        };
        let checks = checks.iter().map(|&(name, found, need)| {
            let gate = Gate::Exists {
                place: Place::User,
                name: name.to_owned(),
                found,
            };
            Check {
                need,
                ..Check::gate(Why::Asked, gate, None)
            }
        });
        let nobody = Identity::nobody();
        Hop::new(
            HopKind::SignIn,
            station.clone(),
            station,
            nobody,
            checks.collect(),
        )
    }

    #[track_caller]
    fn check(checks: &[(&str, bool, Need)], outcome: HopOutcome, failing: &[&str]) {
        let hop = hop(checks);
        assert_eq!(hop.outcome(), outcome);
        let name = |it: &Check| match &it.subject {
            crate::flow::Subject::Gate {
                gate: Gate::Exists { name, .. },
                ..
            } => name.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(hop.failing().map(name).collect::<Vec<_>>(), failing);
        assert_eq!(hop.first_failing(), hop.failing().next());
    }

    #[test]
    fn what_the_walk_needs_fails_before_what_it_wants() {
        use Need::{Required, Wanted};
        let (wanted, needed) = (("wanted", false, Wanted), ("needed", false, Required));
        let more = ("more", false, Required);
        let open = ("open", true, Required);
        check(&[], HopOutcome::Passed, &[]);
        check(&[open], HopOutcome::Passed, &[]);
        check(&[open, wanted], HopOutcome::Degraded, &["wanted"]);
        check(
            &[wanted, open, needed, more],
            HopOutcome::Blocked,
            &["needed", "more"],
        );
    }
}
