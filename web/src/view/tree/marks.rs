//! What the walk says about the things of a world.

use rolewalk_core::{
    explain::{self, Spot},
    flow::Flow,
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
        let blocking = flow
            .blocked_at()
            .and_then(|it| flow.hops.get(it))
            .map(|hop| {
                let spots =
                    explain::hop_verdict(hop, &shown.scenario.world, &shown.documents).spots;
                spots
                    .iter()
                    .map(|(_, spot): &(String, Spot)| Selection::of(spot))
                    .collect()
            });
        Self {
            path,
            blocking: blocking.unwrap_or_default(),
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

    /// The things that the walk comes to, and those whose texts stop it.
    pub(super) fn things(&self) -> Vec<EntityId> {
        let stopping = self.blocking.iter().map(Selection::entity);
        self.path.iter().cloned().chain(stopping).collect()
    }
}
