//! The five ideas, filled in with this scenario's names.

use rolewalk_core::{
    flow::{Flow, Hop, HopKind, Place, Station},
    world::EntityId,
};

use crate::view::{door::DoorState, icon::Icon};

/// One idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Idea {
    /// AWS's word.
    pub(crate) title: &'static str,
    /// What it comes to.
    pub(crate) meaning: &'static str,
    /// Its sign.
    pub(crate) icon: Icon,
    /// What it is called here.
    pub(crate) name: String,
    /// The thing, where there is one.
    pub(crate) entity: Option<EntityId>,
    /// Whether the request got through.
    pub(crate) state: DoorState,
}

struct Plan {
    title: &'static str,
    meaning: &'static str,
    icon: Icon,
    place: Place,
    none: &'static str,
    hops: &'static [HopKind],
}

const PLANS: [Plan; 5] = [
    Plan {
        title: "IAM user",
        meaning: "Who you are",
        icon: Icon::User,
        place: Place::User,
        none: "",
        hops: &[HopKind::SignIn],
    },
    Plan {
        title: "Role",
        meaning: "What you can do",
        icon: Icon::Role,
        place: Place::Role,
        none: "no role: the user’s own permissions",
        hops: &HopKind::CHAIN,
    },
    Plan {
        title: "Domain",
        meaning: "Where you work",
        icon: Icon::Domain,
        place: Place::Domain,
        none: "",
        hops: &[HopKind::FindDomain, HopKind::Network],
    },
    Plan {
        title: "User profile",
        meaning: "Your workspace",
        icon: Icon::Profile,
        place: Place::UserProfile,
        none: "",
        hops: &[HopKind::OpenProfile, HopKind::IdentityCenter],
    },
    Plan {
        title: "Execution role",
        meaning: "Your AWS access badge",
        icon: Icon::Badge,
        place: Place::ExecutionRole,
        none: "none named",
        hops: &[
            HopKind::AssumeExecutionRole,
            HopKind::StartApp,
            HopKind::CreatePipeline,
            HopKind::CreateModel,
            HopKind::CreateNotebook,
            HopKind::CreateJob,
            HopKind::PassRole,
            HopKind::StartPipeline,
            HopKind::AssumePipelineRole,
            HopKind::PassStepRole,
            HopKind::AssumeJobRole,
            HopKind::ValidateModel,
            HopKind::CreateEndpointConfig,
            HopKind::CreateEndpoint,
            HopKind::AssumeModelRole,
            HopKind::InvokeEndpoint,
            HopKind::OpenNotebook,
            HopKind::Ecr,
            HopKind::S3,
            HopKind::Kms,
            HopKind::OutputKey,
            HopKind::VolumeKey,
            HopKind::Ec2,
            HopKind::Logs,
            HopKind::CloudWatch,
            HopKind::Follow,
            HopKind::Simulate,
        ],
    },
];

/// The five ideas of a walk.
pub(crate) fn ideas(flow: &Flow) -> Vec<Idea> {
    PLANS.iter().map(|it| idea(flow, it)).collect()
}

fn idea(flow: &Flow, plan: &Plan) -> Idea {
    let station = station(flow, plan.place);
    let name = station
        .map(|it| it.name.clone())
        .filter(|it| !it.is_empty());
    Idea {
        title: plan.title,
        meaning: plan.meaning,
        icon: plan.icon,
        name: name.unwrap_or_else(|| plan.none.to_owned()),
        entity: station.and_then(|it| it.entity.clone()),
        state: state(flow, plan.hops),
    }
}

/// The worst that the idea's doors say; a door that is not there stands open.
fn state(flow: &Flow, kinds: &[HopKind]) -> DoorState {
    let hops: Vec<&Hop> = flow
        .hops
        .iter()
        .filter(|it| kinds.contains(&it.kind))
        .collect();
    let states = || hops.iter().map(|it| DoorState::of(flow, it));
    let has = |state: DoorState| states().any(|it| it == state);
    if hops.is_empty() {
        return if flow.blocked_at() == Some(0) {
            DoorState::NotReached
        } else {
            DoorState::Open
        };
    }
    if has(DoorState::Shut) {
        DoorState::Shut
    } else if states().next() == Some(DoorState::NotReached) {
        DoorState::NotReached
    } else if has(DoorState::Loses) {
        DoorState::Loses
    } else if has(DoorState::NotJudged) {
        DoorState::NotJudged
    } else {
        DoorState::Open
    }
}

fn station(flow: &Flow, place: Place) -> Option<&Station> {
    flow.hops
        .iter()
        .flat_map(|it| [&it.from, &it.to])
        .find(|it| it.place == place)
}
