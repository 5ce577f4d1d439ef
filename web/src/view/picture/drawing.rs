//! Where everything stands in the picture of the walk.
//!
//! The layout is known in advance: the person's side in the first row, SageMaker's in the next, the services in the last.
//! Invariant: no station lies on another.

use rolewalk_core::{
    explain,
    flow::{Flow, Hop, HopKind, Station},
};

use crate::view::{
    door::DoorState,
    icon::Icon,
    markup,
    picture::{
        Badge, Node, Picture, Way,
        label::{fit, in_two_lines, kind},
    },
};

const NODE_WIDTH: i32 = 108;
const NODE_HEIGHT: i32 = 46;
/// What a second line of a name takes.
const LINE: i32 = 15;
const GAP: i32 = 36;
const MARGIN: i32 = 2;
/// What is between two rows, and before the last one.
const BETWEEN: i32 = 48;
const BEFORE_LAST: i32 = 60;

/// Draws a walk, with so many stations in a row; names have two lines where that shows more of one.
pub(crate) fn picture(flow: &Flow, columns: i32) -> Picture {
    let mut stations = flow.hops.iter().flat_map(|it| [&it.from, &it.to]);
    drawn(flow, columns, stations.any(|it| fit(&it.name) != it.name))
}

/// The same where room is dear: each name is cut to one line.
pub(crate) fn low_picture(flow: &Flow, columns: i32) -> Picture {
    drawn(flow, columns, false)
}

fn drawn(flow: &Flow, columns: i32, has_two_lines: bool) -> Picture {
    let mut drawing = Drawing {
        flow,
        columns,
        has_two_lines,
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
    let height = drawing.node_height();
    let mut bottom = height;
    for row in rows(&below, columns)
        .into_iter()
        .chain(rows(&rest, columns))
    {
        let y = bottom + BETWEEN;
        drawing.turn(&row, y);
        bottom = y + height;
    }
    if !services.is_empty() {
        let y = bottom + BEFORE_LAST;
        bottom = drawing.fan(&services, y) + height;
    }
    drawing.picture.height = bottom + 2 * MARGIN;
    // A short walk is no wider than its stations, so that they are drawn as large as those of a long one.
    let ends = drawing.picture.nodes.iter().map(|it| it.x + it.width);
    drawing.picture.width = ends.max().unwrap_or(0) + MARGIN;
    drawing.picture
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
    kind.is_of_chain()
        || matches!(
            kind,
            HopKind::SignIn
                | HopKind::FindDomain
                | HopKind::OpenProfile
                | HopKind::IdentityCenter
                | HopKind::ApiCall
        )
}

struct Drawing<'a> {
    flow: &'a Flow,
    columns: i32,
    has_two_lines: bool,
    picture: Picture,
}

impl<'a> Drawing<'a> {
    const fn node_height(&self) -> i32 {
        if self.has_two_lines {
            NODE_HEIGHT + LINE
        } else {
            NODE_HEIGHT
        }
    }

    /// A row of stations, each behind the one before; doors to one and the same station share a
    /// way.
    fn row(&mut self, doors: &[Door<'a>], first_column: i32, y: i32) {
        for (column, doors) in (first_column..).zip(by_station(doors)) {
            let x = column_x(column);
            self.arrive(&doors, x, y);
            let (start, end) = (x - GAP, x);
            let middle = y + MARGIN + self.node_height() / 2;
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
        let middle = y + MARGIN - BETWEEN / 2;
        let start = y - BETWEEN + MARGIN;
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
    /// row go below, each reached by the gap on its left. One alone lies right below the last station. Gives the top of the
    /// last row.
    fn fan(&mut self, doors: &[Door<'a>], y: i32) -> i32 {
        let from = self.last_node_middle();
        let below = (0..self.columns).find(|it| column_x(*it) + NODE_WIDTH / 2 == from);
        let first = below.filter(|_| doors.len() == 1).unwrap_or(0);
        let bus = y - BEFORE_LAST + 18;
        let start = y - BEFORE_LAST + MARGIN;
        let mut bottom = y;
        for (place, door) in (0..).zip(doors) {
            // Below the first row the first column is free: it has no gap on its left.
            let (row, column) = match place - self.columns {
                ..0 => (0, first + place),
                behind => (
                    1 + behind / (self.columns - 1),
                    1 + behind % (self.columns - 1),
                ),
            };
            let x = column_x(column);
            let doors = [*door];
            let top = y + row * (self.node_height() + BETWEEN - 16);
            bottom = top;
            self.arrive(&doors, x, top);
            if row > 0 {
                let (gap, middle) = (x - GAP / 2, top + MARGIN + self.node_height() / 2);
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
        let (name, second_line) = if self.has_two_lines {
            in_two_lines(&station.name)
        } else {
            (fit(&station.name), None)
        };
        let height = self.node_height();
        let spare = if self.has_two_lines && second_line.is_none() {
            LINE / 2
        } else {
            0
        };
        self.picture.nodes.push(Node {
            x,
            y: y + MARGIN,
            text_y: y + MARGIN + spare,
            width: NODE_WIDTH,
            height,
            icon: Icon::of_place(station.place),
            kind: kind(station.place),
            name,
            second_line,
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
