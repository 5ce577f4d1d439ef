//! Where everything stands in the picture of the walk.
//!
//! The layout is known in advance: the person's side in the first row, SageMaker's in the next, the
//! services in the last. Numbers are units of the SVG's view box. Invariant: every hop has
//! exactly one badge, in the order of the walk.

use rolewalk_core::{
    explain,
    flow::{Flow, Hop, HopKind, Place, Station},
    world::EntityId,
};

use crate::view::{door::DoorState, icon::Icon, markup};

const NODE_WIDTH: i32 = 108;
const NODE_HEIGHT: i32 = 46;
const GAP: i32 = 36;
const MARGIN: i32 = 2;
/// From one row's top to the next one's.
const ROW: i32 = 94;
const LAST_ROW: i32 = 106;
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
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Its sign.
    pub(crate) icon: Icon,
    /// What kind of place.
    pub(crate) kind: &'static str,
    /// Its name, cut to fit.
    pub(crate) name: String,
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

/// Draws a walk, with so many stations in a row.
pub(crate) fn picture(flow: &Flow, columns: i32) -> Picture {
    let mut drawing = Drawing {
        flow,
        columns,
        picture: Picture {
            width: 0,
            height: 0,
            nodes: Vec::new(),
            ways: Vec::new(),
            badges: Vec::new(),
        },
    };
    let doors: Vec<Door<'_>> = flow
        .hops
        .iter()
        .enumerate()
        .map(|(idx, hop)| Door {
            number: idx + 1,
            hop,
        })
        .collect();
    let (services, walk): (Vec<_>, Vec<_>) =
        doors.into_iter().partition(|it| is_service(it.hop.kind));
    let (first, rest): (Vec<_>, Vec<_>) = walk.into_iter().partition(|it| is_personal(it.hop.kind));

    if let Some(door) = first.first() {
        drawing.node(&door.hop.from, column_x(0), 0, true);
    }
    // The person has the first place.
    let n_first = usize::try_from(columns - 1).unwrap_or(1);
    let (beside, below) = split(&by_station(&first), n_first);
    drawing.row(&beside, 1, 0);
    let mut bottom = NODE_HEIGHT;
    for row in rows(&below, columns)
        .into_iter()
        .chain(rows(&rest, columns))
    {
        let y = bottom - NODE_HEIGHT + ROW;
        drawing.turn(&row, y);
        bottom = y + NODE_HEIGHT;
    }
    if !services.is_empty() {
        let y = bottom - NODE_HEIGHT + LAST_ROW;
        bottom = drawing.fan(&services, y) + NODE_HEIGHT;
    }
    drawing.picture.height = bottom + 2 * MARGIN;
    // A short walk is no wider than its stations, so that they are drawn as large as those of a long one.
    let ends = drawing.picture.nodes.iter().map(|it| it.x + it.width);
    drawing.picture.width = ends.max().unwrap_or(0) + MARGIN;
    drawing.picture
}

/// How a picture is laid beside or above what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How many stations are in a row.
    pub(crate) columns: i32,
    /// Whether the words stand beside it.
    pub(crate) is_beside: bool,
}

/// The part of the window's height that a picture above the words may take, in hundredths.
const ABOVE: i32 = 38;
/// What the title and the keys take of the window's height, in pixels.
const AROUND: i32 = 150;

/// How a walk is drawn largest in a window of that size, in pixels: half of it beside the words, or a strip above them.
pub(crate) fn largest(flow: &Flow, width: i32, height: i32) -> Layout {
    let beside = (width / 2, height - AROUND);
    let above = (width, height * ABOVE / 100);
    let mut best = None;
    for (is_beside, room) in [(false, above), (true, beside)] {
        for columns in NARROW..=WIDE {
            let drawn = picture(flow, columns);
            // In thousandths: a pixel of the page for one of the picture.
            let scale = i32::min(
                room.0 * 1000 / drawn.width.max(1),
                room.1 * 1000 / drawn.height.max(1),
            );
            let layout = Layout { columns, is_beside };
            if best.is_none_or(|(largest, _)| largest < scale) {
                best = Some((scale, layout));
            }
        }
    }
    best.map_or(
        Layout {
            columns: WIDE,
            is_beside: false,
        },
        |it| it.1,
    )
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

#[derive(Clone, Copy)]
struct Door<'a> {
    number: usize,
    hop: &'a Hop,
}

const fn is_service(kind: HopKind) -> bool {
    matches!(
        kind,
        HopKind::Ecr
            | HopKind::S3
            | HopKind::Kms
            | HopKind::OutputKey
            | HopKind::VolumeKey
            | HopKind::Ec2
            | HopKind::Logs
            | HopKind::CloudWatch
            | HopKind::Follow
    )
}

/// Whether it is part of the person's own way, up to the profile; what follows has rows of its own.
const fn is_personal(kind: HopKind) -> bool {
    matches!(
        kind,
        HopKind::SignIn
            | HopKind::AssumeRole
            | HopKind::AssumeSecondRole
            | HopKind::AssumeThirdRole
            | HopKind::AssumeFourthRole
            | HopKind::AssumeFifthRole
            | HopKind::FindDomain
            | HopKind::OpenProfile
            | HopKind::IdentityCenter
            | HopKind::ApiCall
    )
}

struct Drawing<'a> {
    flow: &'a Flow,
    columns: i32,
    picture: Picture,
}

impl<'a> Drawing<'a> {
    /// A row of stations, each behind the one before; doors to one and the same station share a
    /// way.
    fn row(&mut self, doors: &[Door<'a>], first_column: i32, y: i32) {
        for (column, doors) in (first_column..).zip(by_station(doors)) {
            let x = column_x(column);
            self.arrive(&doors, x, y);
            let (start, end) = (x - GAP, x);
            let middle = y + MARGIN + NODE_HEIGHT / 2;
            self.way(&doors, format!("M{start} {middle}H{end}"));
            self.badges(&doors, i32::midpoint(start, end), middle - MARGIN);
        }
    }

    /// The first station of a new row, below and to the left, and the row behind it.
    fn turn(&mut self, doors: &[Door<'a>], y: i32) {
        let groups = by_station(doors);
        let Some(first) = groups.first() else {
            return;
        };
        let from = self.last_node_middle();
        let x = column_x(0);
        let to = x + NODE_WIDTH / 2;
        let middle = y + MARGIN - (ROW - NODE_HEIGHT) / 2;
        let start = y - ROW + NODE_HEIGHT + MARGIN;
        let path = format!(
            "M{from} {start}V{}q0 8 -8 8H{}q-8 0 -8 8V{y}",
            middle - 8,
            to + 8
        );
        self.arrive(first, x, y);
        self.way(first, path);
        self.badges(first, i32::midpoint(from, to), middle - MARGIN);
        let rest: Vec<_> = groups.iter().skip(1).flatten().copied().collect();
        self.row(&rest, 1, y);
    }

    /// The services, side by side, all reached from the last station; those that find no room in the
    /// row go below, each reached by the gap on its left. Gives the top of the last row.
    fn fan(&mut self, doors: &[Door<'a>], y: i32) -> i32 {
        let from = self.last_node_middle();
        let bus = y - LAST_ROW + NODE_HEIGHT + 18;
        let start = y - LAST_ROW + NODE_HEIGHT + MARGIN;
        let mut bottom = y;
        for (place, door) in (0..).zip(doors) {
            // Below the first row the first column is free: it has no gap on its left.
            let (row, column) = match place - self.columns {
                ..0 => (0, place),
                behind => (
                    1 + behind / (self.columns - 1),
                    1 + behind % (self.columns - 1),
                ),
            };
            let x = column_x(column);
            let doors = [*door];
            let top = y + row * (ROW - 16);
            bottom = top;
            self.arrive(&doors, x, top);
            if row > 0 {
                let (gap, middle) = (x - GAP / 2, top + MARGIN + NODE_HEIGHT / 2);
                let step = if gap > from { 8 } else { -8 };
                let path = format!(
                    "M{from} {start}V{}q0 8 {step} 8H{}q{step} 0 {step} 8V{}q0 8 8 8H{x}",
                    bus - 8,
                    gap - step,
                    middle - 8
                );
                self.way(&doors, path);
                self.badges(&doors, gap, top - 12);
                continue;
            }
            let to = x + NODE_WIDTH / 2;
            let path = if to == from {
                format!("M{from} {start}V{y}")
            } else {
                let step = if to > from { 8 } else { -8 };
                format!(
                    "M{from} {start}V{}q0 8 {step} 8H{}q{step} 0 {step} 8V{y}",
                    bus - 8,
                    to - step
                )
            };
            self.way(&doors, path);
            self.badges(&doors, to, i32::midpoint(bus, y) + 3);
        }
        bottom
    }

    fn arrive(&mut self, doors: &[Door<'a>], x: i32, y: i32) {
        if let Some(door) = doors.last() {
            let is_open = |it: &Door<'_>| {
                !matches!(
                    DoorState::of(self.flow, it.hop),
                    DoorState::Shut | DoorState::NotReached
                )
            };
            let is_reached = doors.iter().all(is_open);
            self.node(&door.hop.to, x, y, is_reached);
        }
    }

    fn node(&mut self, station: &Station, x: i32, y: i32, is_reached: bool) {
        self.picture.nodes.push(Node {
            x,
            y: y + MARGIN,
            width: NODE_WIDTH,
            height: NODE_HEIGHT,
            icon: Icon::of_place(station.place),
            kind: kind(station.place),
            name: fit(&station.name),
            full_name: station.name.clone(),
            entity: station.entity.clone(),
            is_reached,
        });
    }

    fn way(&mut self, doors: &[Door<'a>], path: String) {
        let states = || doors.iter().map(|it| DoorState::of(self.flow, it.hop));
        let worst = states().find(|it| matches!(it, DoorState::Shut | DoorState::NotReached));
        self.picture.ways.push(Way {
            path,
            state: worst
                .or_else(|| states().next())
                .unwrap_or(DoorState::NotReached),
            stage: doors.first().map_or(0, |it| it.hop.stage),
        });
    }

    fn badges(&mut self, doors: &[Door<'a>], x: i32, y: i32) {
        let n = i32::try_from(doors.len()).unwrap_or(1);
        for (idx, door) in (0..).zip(doors) {
            let state = DoorState::of(self.flow, door.hop);
            let title = markup::plain(&explain::hop_title(door.hop));
            let badge = Badge {
                x,
                y: y + MARGIN + idx * 22 - (n - 1) * 11,
                kind: door.hop.kind,
                number: door.number,
                state,
                label: format!("Door {}: {title}: {}", door.number, state.word()),
            };
            let badges = &mut self.picture.badges;
            let at = badges.partition_point(|it| it.number < badge.number);
            badges.insert(at, badge);
        }
    }

    fn last_node_middle(&self) -> i32 {
        self.picture
            .nodes
            .last()
            .map_or(0, |it| it.x + it.width / 2)
    }
}

fn by_station<'a>(doors: &[Door<'a>]) -> Vec<Vec<Door<'a>>> {
    let mut groups: Vec<Vec<Door<'a>>> = Vec::new();
    for door in doors {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|it| it.hop.to == door.hop.to) => {
                group.push(*door);
            }
            _ => groups.push(vec![*door]),
        }
    }
    groups
}

/// Doors in rows of so many stations.
fn rows<'a>(doors: &[Door<'a>], columns: i32) -> Vec<Vec<Door<'a>>> {
    let groups = by_station(doors);
    let columns = usize::try_from(columns).unwrap_or(1);
    groups.chunks(columns).map(<[_]>::concat).collect()
}

/// The doors of the first `n` stations, and the others.
fn split<'a>(stations: &[Vec<Door<'a>>], n: usize) -> (Vec<Door<'a>>, Vec<Door<'a>>) {
    let (first, rest) = stations.split_at(n.min(stations.len()));
    (first.concat(), rest.concat())
}

fn column_x(column: i32) -> i32 {
    MARGIN + column * (NODE_WIDTH + GAP)
}

/// A word for a place that fits into a node.
const fn kind(place: Place) -> &'static str {
    match place {
        Place::Person => "Person",
        Place::User => "IAM user",
        Place::Role => "Role",
        Place::Domain => "Domain",
        Place::UserProfile => "User profile",
        Place::Network => "Network",
        Place::ExecutionRole => "Execution role",
        Place::App => "App",
        Place::Space => "Space",
        Place::TrainingJob => "Training job",
        Place::ProcessingJob => "Processing job",
        Place::TuningJob => "Tuning job",
        Place::TransformJob => "Transform job",
        Place::Model => "Model",
        Place::EndpointConfig => "Endpoint config",
        Place::Endpoint => "Endpoint",
        Place::Pipeline => "Pipeline",
        Place::NotebookInstance => "Notebook",
        Place::JobRole => "Job’s role",
        Place::PipelineRole => "Pipeline’s role",
        Place::SpaceRole => "Role of spaces",
        Place::NetworkInterface => "Own network",
        Place::Caller => "Caller",
        Place::Resource => "Resource",
        Place::Bucket => "S3 bucket",
        Place::Repository => "ECR repository",
        Place::LogGroup => "Log group",
        Place::Metrics => "Metrics",
        Place::Key => "KMS key",
    }
}

/// Cuts a name to a node's width, by the widths of its letters in a system face.
fn fit(name: &str) -> String {
    /// In hundredths of the letters' size; less than there is, since some faces are wider when bold.
    const ROOM: u32 = 650;
    const ROOM_BEFORE_DOTS: u32 = 560;
    if name.chars().map(letter_width).sum::<u32>() <= ROOM {
        return name.to_owned();
    }
    let mut end = 0;
    let begins = |letter: &char| {
        end += letter_width(*letter);
        end <= ROOM_BEFORE_DOTS
    };
    name.chars().take_while(begins).chain(['…']).collect()
}

/// A letter's width in hundredths of its size, in a system face.
pub(crate) const fn letter_width(letter: char) -> u32 {
    match letter {
        'i' | 'l' | 'j' | '.' | ',' | '\'' | ':' | '|' | '/' | 'I' | ' ' => 28,
        't' | 'f' | 'r' | '-' => 36,
        'm' | 'w' | 'M' | 'W' | '@' => 88,
        'A'..='Z' => 72,
        _ => 58,
    }
}

#[cfg(test)]
mod tests {
    use rolewalk_core::flow::{self, Job, VpcConfig, Workload};

    use super::*;
    use crate::{
        state::{document::Document, sample},
        view::workload::{Deed, deeds},
    };

    fn draw(workload: Workload, columns: i32) -> (Flow, Picture) {
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

    #[test]
    fn names_are_cut_to_fit() {
        assert_eq!(fit("alice"), "alice");
        assert_eq!(fit("AmazonSageMaker-ExecutionRole"), "AmazonSa…");
    }
}
