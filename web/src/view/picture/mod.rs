//! The picture of the walk: its stations, the ways between them and the doors on these.
//!
//! Numbers are units of the SVG's view box; of pixels only `layout` knows. Invariant: every hop has exactly one badge, in
//! the order of the walk.

mod drawing;
mod label;
mod layout;

use rolewalk_core::{
    flow::{Hop, HopKind, Station},
    world::EntityId,
};

use self::label::kind;
pub(crate) use self::{
    drawing::{low_picture, picture},
    label::letter_width,
    layout::largest,
};
use crate::view::{door::DoorState, icon::Icon};

/// How many stations a row has room for on a wide screen.
pub(crate) const WIDE: i32 = 5;
/// The same on a narrow one, where all of it stays in sight.
pub(crate) const NARROW: i32 = 3;

/// The whole picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Width of the view box.
    pub(crate) width: i32,
    /// Height of the view box.
    pub(crate) height: i32,
    /// The stations.
    pub(crate) nodes: Vec<Node>,
    /// The ways between them.
    pub(crate) ways: Vec<Way>,
    /// The doors on them.
    pub(crate) badges: Vec<Badge>,
}

impl Picture {
    /// How wide it is drawn where there is room for it, in pixels: its text is as large as that beside it.
    pub(crate) const fn width_on_page(&self) -> i32 {
        self.width * 11 / 10
    }
}

/// A station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Left edge.
    pub(crate) x: i32,
    /// Upper edge.
    pub(crate) y: i32,
    /// Upper edge of what is written in it, which stands in the middle.
    pub(crate) text_y: i32,
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Its sign.
    pub(crate) icon: Icon,
    /// What kind of place.
    pub(crate) kind: &'static str,
    /// Its name, cut to fit, or the first line of it.
    pub(crate) name: String,
    /// The second line.
    pub(crate) second_line: Option<String>,
    /// Its name, whole.
    pub(crate) full_name: String,
    /// The thing, where there is one.
    pub(crate) entity: Option<EntityId>,
    /// Whether the request gets there.
    pub(crate) is_reached: bool,
}

/// A line from station to station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// The SVG path.
    pub(crate) path: String,
    /// How the doors on it stand.
    pub(crate) state: DoorState,
    /// Its place in the order.
    pub(crate) stage: u8,
}

/// A door on a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    /// Centre.
    pub(crate) x: i32,
    /// Centre.
    pub(crate) y: i32,
    /// Which hop.
    pub(crate) kind: HopKind,
    /// Its number, from 1.
    pub(crate) number: usize,
    /// How it stands.
    pub(crate) state: DoorState,
    /// What a screen reader says.
    pub(crate) label: String,
}

/// The places in `nodes` of the two stations beside a door: of several that are called the same, the nearest.
pub(crate) fn beside(picture: &Picture, hop: &Hop) -> Vec<usize> {
    let Some(badge) = picture.badges.iter().find(|it| it.kind == hop.kind) else {
        return Vec::new();
    };
    let distance = |it: &Node| {
        let x = it.x + it.width / 2 - badge.x;
        let y = it.y + it.height / 2 - badge.y;
        x.abs() + y.abs()
    };
    let nearest = |station: &Station| {
        let nodes = picture.nodes.iter().enumerate();
        let named = nodes.filter(|(_, it)| {
            it.full_name == station.name
                && it.entity == station.entity
                && it.kind == kind(station.place)
        });
        named.min_by_key(|(_, it)| distance(it)).map(|it| it.0)
    };
    [&hop.from, &hop.to]
        .into_iter()
        .filter_map(nearest)
        .collect()
}

#[cfg(test)]
mod tests {
    use rolewalk_core::flow::{self, Flow, HopKind, Job, VpcConfig, Workload};

    use super::*;
    use crate::{
        state::{document::Document, sample},
        view::workload::{Deed, deeds},
    };

    pub(super) fn draw(workload: Workload, columns: i32) -> (Flow, Picture) {
        let mut scenario = sample::scenario();
        scenario.choice.workload = workload;
        let document = Document::new(scenario, "one");
        let shown = document.shown();
        let flow = flow::walk(
            &shown.scenario.world,
            &shown.documents,
            &shown.scenario.choice,
        );
        let picture = picture(&flow, columns);
        (flow, picture)
    }

    #[test]
    fn every_door_has_its_two_stations() {
        for deed in deeds() {
            let choice = sample::scenario().choice;
            let Some(deed) = Deed::parse(&deed.value) else {
                continue;
            };
            let (flow, picture) = draw(deed.workload(&choice), WIDE);
            for hop in &flow.hops {
                let nodes = beside(&picture, hop);
                let names: Vec<_> = nodes
                    .iter()
                    .map(|it| &picture.nodes[*it].full_name)
                    .collect();
                assert!(names.contains(&&hop.to.name), "{:?}: {names:?}", hop.kind);
            }
        }
    }

    fn check(workload: &Workload) {
        for columns in [WIDE, NARROW] {
            check_in(workload.clone(), columns);
        }
    }

    fn check_in(workload: Workload, columns: i32) {
        let (flow, picture) = draw(workload, columns);
        check_picture(&flow, &picture);
        check_picture(&flow, &low_picture(&flow, columns));
    }

    fn check_picture(flow: &Flow, picture: &Picture) {
        let numbers: Vec<_> = picture.badges.iter().map(|it| it.kind).collect();
        assert_eq!(
            numbers,
            flow.hops.iter().map(|it| it.kind).collect::<Vec<_>>()
        );
        for node in &picture.nodes {
            assert!(
                node.x >= 0 && node.x + node.width <= picture.width,
                "{node:?}"
            );
            assert!(node.y + node.height <= picture.height, "{node:?}");
        }
        for (idx, left) in picture.nodes.iter().enumerate() {
            for right in picture.nodes.iter().skip(idx + 1) {
                assert!(
                    (left.x, left.y) != (right.x, right.y),
                    "{left:?} lies on {right:?}"
                );
            }
        }
    }

    #[test]
    fn one_service_alone_lies_right_below_what_asks_it() {
        let call = r#"{"apiCall": {"action": "s3:PutObject", "resource": "arn:aws:s3:::data/x", "context":
            {"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:key/one"}}}"#;
        let (flow, picture) = draw(serde_json::from_str(call).unwrap(), WIDE);
        assert!(flow.hops.iter().any(|it| it.kind == HopKind::Kms));
        let [.., asks, key] = picture.nodes.as_slice() else {
            panic!("{:?}", picture.nodes);
        };
        assert_eq!((asks.kind, key.kind), ("Resource", "KMS key"));
        assert_eq!(asks.x, key.x);
        assert!(asks.y < key.y);
    }

    #[test]
    fn every_hop_has_a_badge_and_nodes_do_not_overlap() {
        let choice = sample::scenario().choice;
        for deed in deeds() {
            let deed = Deed::parse(&deed.value).unwrap();
            check(&deed.workload(&choice));
        }
        let full = Job {
            output_kms_key_id: Some("one".to_owned()),
            volume_kms_key_id: Some("two".to_owned()),
            vpc_config: Some(VpcConfig::default()),
            ..Job::named("train")
        };
        check(&Workload::TrainingJob(full));
    }
}
