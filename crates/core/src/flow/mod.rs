//! What a person does, as an ordered list of hops from the person to the data, each with the
//! checks that stand at its door.
//!
//! Knows SageMaker; makes no sentences (that is `explain`) and draws nothing. Invariant: every
//! check of every hop is made, also behind the hop that stops the walk, so that a learner sees all
//! the shut doors at once.

mod caller;
mod check;
mod choice;
mod context;
mod gate;
mod hop;
mod identity;
mod network;
mod role_session;
mod route;
mod services;
mod start_app;
mod studio;
mod time;
mod walk;
mod workload;

pub use self::{
    check::{Check, Need, Outcome, Subject, Timing, Why},
    choice::{
        ApiCall, CalledFrom, Choice, ContextText, DataLocation, Deployment, DomainDeletion,
        Invocation, Job, NewDomain, NewProfile, NotebookInstance, Pipeline, RetentionType, SignIn,
        Simulation, Step, StudioApp, TransformJob, VpcConfig, Workload,
    },
    gate::{Gate, SessionPolicyProblem},
    hop::{Flow, Hop, HopKind, HopOutcome, Place, Station},
    identity::{Credentials, Ending, Identity, Lifetime},
    walk::walk,
};
pub(crate) use self::{
    context::{of_caller, of_resource},
    gate::SHORTEST_SESSION,
    route::endpoint_service,
    studio::SAGEMAKER,
};
