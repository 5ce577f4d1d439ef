//! Tickets: a symptom, the idea of the mental model behind it, and the repair.
//!
//! Which hop stops a ticket's walk is asked of the engine; what is here says only to which idea a hop
//! belongs. Invariant: every hop belongs to exactly one idea.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    flow::{Check, Gate, Hop, HopKind, Place, Subject},
    lesson::{Solution, WrongAnswer},
    scenario::Alteration,
};

/// The five ideas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Idea {
    /// Who you are.
    IamUser,
    /// What you can do.
    Role,
    /// Where you work.
    Domain,
    /// Your workspace.
    UserProfile,
    /// Your access badge.
    ExecutionRole,
}

impl Idea {
    /// All, in the order of a walk.
    pub const ALL: [Self; 5] = [
        Self::IamUser,
        Self::Role,
        Self::Domain,
        Self::UserProfile,
        Self::ExecutionRole,
    ];

    /// AWS's word for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::IamUser => "IAM user",
            Self::Role => "Role",
            Self::Domain => "Domain",
            Self::UserProfile => "User profile",
            Self::ExecutionRole => "Execution role",
        }
    }

    /// The idea whose policies or settings decide at a hop: a role is assumed with what the user may do,
    /// a profile is opened with what the role may do, and which role is taken on is the profile's matter.
    const fn of(hop: HopKind) -> Self {
        match hop {
            HopKind::SignIn | HopKind::IdentityCenter | HopKind::AssumeRole => Self::IamUser,
            HopKind::AssumeSecondRole
            | HopKind::AssumeThirdRole
            | HopKind::AssumeFourthRole
            | HopKind::AssumeFifthRole
            | HopKind::FindDomain
            | HopKind::OpenProfile => Self::Role,
            HopKind::Network => Self::Domain,
            HopKind::AssumeExecutionRole => Self::UserProfile,
            _ => Self::ExecutionRole,
        }
    }
}

impl Idea {
    /// The same for a hop of a walk. What somebody does themselves, a call or the start of a job, is a matter of who
    /// does it: only behind a profile that is the execution role. A role that the profile names and that does not let
    /// SageMaker in is no fault of the profile: only the role's trust policy is asked there.
    ///
    /// Where the thing itself is not there, or is not ready, it is the thing's own matter, whoever asks for it.
    pub fn of_hop(hop: &Hop) -> Self {
        if let Some(it) = hop.first_failing().and_then(Self::of_missing) {
            return it;
        }
        match (Self::of(hop.kind), hop.from.place) {
            (Self::ExecutionRole, Place::User) => Self::IamUser,
            (Self::ExecutionRole, Place::Role | Place::Caller) => Self::Role,
            (Self::UserProfile, _) if is_refused_by_policy(hop) => Self::ExecutionRole,
            (idea, _) => idea,
        }
    }

    /// The idea of the thing that a check finds missing, or not ready.
    const fn of_missing(check: &Check) -> Option<Self> {
        let Subject::Gate { gate, .. } = &check.subject else {
            return None;
        };
        Some(match (gate, gate.lacks()) {
            (_, Some(Place::User)) => Self::IamUser,
            (_, Some(Place::Role)) => Self::Role,
            (
                Gate::InService {
                    place: Place::Domain,
                    ..
                }
                | Gate::AuthModeIam { .. },
                _,
            )
            | (_, Some(Place::Domain)) => Self::Domain,
            (
                Gate::InService {
                    place: Place::UserProfile,
                    ..
                },
                _,
            )
            | (_, Some(Place::UserProfile)) => Self::UserProfile,
            // One that is named and not there is the matter of whoever names it.
            (
                Gate::ExecutionRoleNamed { arn: None, .. }
                | Gate::Named {
                    place: Place::ExecutionRole,
                },
                _,
            ) => Self::ExecutionRole,
            _ => return None,
        })
    }
}

/// Whether the first check that fails is one that policies answer.
fn is_refused_by_policy(hop: &Hop) -> bool {
    let first = hop.first_failing();
    first.is_some_and(|it| matches!(it.subject, Subject::Authorization { .. }))
}

/// A fault in a world that otherwise works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ticket {
    /// Its name, unique in its lesson.
    pub id: String,
    /// What somebody reports.
    pub symptom: String,
    /// What is changed in the lesson's start.
    pub changes: Vec<Alteration>,
    /// The hop that stops the walk then.
    pub stops_at: HopKind,
    /// The idea it belongs to.
    pub answer: Idea,
    /// What to say of other answers.
    pub feedback: BTreeMap<Idea, String>,
    /// The repair.
    pub solution: Solution,
    /// Tempting repairs that miss.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<WrongAnswer>,
}
