//! What the walk says about the things of a world.

use rolewalk_core::{
    explain::{self, Spot},
    flow::{Flow, Gate, Place, Subject},
    world::EntityId,
};

use crate::{
    state::{document::Shown, selection::Selection},
    view::tree::Passage,
};

/// Where the walk passes, and where it is stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    path: Vec<EntityId>,
    blocking: Vec<Selection>,
    lacking: Option<Lacking>,
}

/// A thing that is not there, before which the walk stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lacking {
    /// What kind of thing.
    place: Place,
    /// What the scenario calls it; empty where it names none.
    name: String,
    /// The thing that it would belong to.
    of: Option<EntityId>,
}

impl Lacking {
    /// What the walk's shut door finds missing, of what has a place in the tree.
    fn of(flow: &Flow) -> Option<Self> {
        let hop = flow.hops.get(flow.blocked_at()?)?;
        let Subject::Gate { gate, .. } = &hop.first_failing()?.subject else {
            return None;
        };
        let (place, name) = match gate {
            Gate::Exists {
                place: place @ (Place::User | Place::Domain | Place::UserProfile),
                name,
                found: false,
            } => (*place, name.as_str()),
            Gate::Named {
                place: place @ (Place::User | Place::Domain | Place::UserProfile),
            } => (*place, ""),
            Gate::ExecutionRoleNamed { arn: None, .. } => (Place::ExecutionRole, ""),
            _ => return None,
        };
        let owner = match place {
            Place::UserProfile => Some(Place::Domain),
            Place::ExecutionRole => Some(Place::UserProfile),
            _ => None,
        };
        let mut stations = flow.hops.iter().flat_map(|it| [&it.from, &it.to]);
        let of = stations.find(|it| Some(it.place) == owner);
        Some(Self {
            place,
            name: name.to_owned(),
            of: of.and_then(|it| it.entity.clone()),
        })
    }
}

impl Marks {
    /// Those of `flow`, the walk through `shown`.
    pub(crate) fn of(flow: &Flow, shown: &Shown) -> Self {
        let mut path: Vec<EntityId> = Vec::new();
        let hops = flow.hops.iter().filter(|it| flow.reaches(it));
        for entity in hops
            .flat_map(|it| [&it.from, &it.to])
            .filter_map(|it| it.entity.as_ref())
        {
            if !path.contains(entity) {
                path.push(entity.clone());
            }
        }
        let lacking = Lacking::of(flow);
        let stops = flow.blocked_at().filter(|_| lacking.is_none());
        let blocking = stops.and_then(|it| flow.hops.get(it)).map(|hop| {
            let spots = explain::hop_verdict(hop, &shown.scenario.world, &shown.documents).spots;
            spots
                .iter()
                .map(|(_, spot): &(String, Spot)| Selection::of(spot))
                .collect()
        });
        Self {
            path,
            blocking: blocking.unwrap_or_default(),
            lacking,
        }
    }

    pub(super) fn passage(&self, opens: &Selection, entity: Option<&EntityId>) -> Passage {
        if self.blocking.contains(opens) {
            Passage::Stopped
        } else if entity.is_some_and(|it| self.path.contains(it)) {
            Passage::OnPath
        } else {
            Passage::Off
        }
    }

    /// What the scenario calls a thing of that kind that the walk lacks, where it would belong to `of`.
    pub(super) fn lacks(&self, place: Place, of: Option<&EntityId>) -> Option<&str> {
        let lacking = self.lacking.as_ref();
        let lacking = lacking.filter(|it| it.place == place && it.of.as_ref() == of)?;
        Some(&lacking.name)
    }

    /// The things that the walk comes to, and those whose texts stop it.
    pub(super) fn things(&self) -> Vec<EntityId> {
        let stopping = self.blocking.iter().map(Selection::entity);
        self.path.iter().cloned().chain(stopping).collect()
    }
}
