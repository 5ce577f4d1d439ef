//! How a walk is laid out where there is a whole window for it.
//!
//! Knows the window's size in pixels and nothing of what the picture shows. Invariant: of all layouts the picture is
//! drawn largest in the one that is chosen.

use rolewalk_core::flow::Flow;

use crate::view::picture::{NARROW, Picture, WIDE, low_picture, picture};

/// How a picture is laid beside or above what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How many stations are in a row.
    pub(crate) columns: i32,
    /// Whether the words stand beside it.
    pub(crate) is_beside: bool,
    /// Whether names have a second line: there is room for it that would be empty else.
    pub(crate) has_long_names: bool,
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
            let scale = scale(&low_picture(flow, columns), room);
            let layout = Layout {
                columns,
                is_beside,
                has_long_names: self::scale(&picture(flow, columns), room) == scale,
            };
            if best.is_none_or(|(largest, _)| largest < scale) {
                best = Some((scale, layout));
            }
        }
    }
    best.map_or(
        Layout {
            columns: WIDE,
            is_beside: false,
            has_long_names: false,
        },
        |it| it.1,
    )
}

/// Pixels of the page for one of the picture, in thousandths.
fn scale(drawn: &Picture, room: (i32, i32)) -> i32 {
    i32::min(
        room.0 * 1000 / drawn.width.max(1),
        room.1 * 1000 / drawn.height.max(1),
    )
}

#[cfg(test)]
mod tests {
    use rolewalk_core::flow::{Job, Workload};

    use super::*;
    use crate::view::picture::tests::draw;

    /// How large a walk is drawn in a layout: pixels of the page for one of the picture.
    fn scale(flow: &Flow, layout: Layout, (width, height): (i32, i32)) -> f64 {
        let drawn = low_picture(flow, layout.columns);
        let (width, height) = (f64::from(width), f64::from(height));
        let room = if layout.is_beside {
            (width / 2.0, height - f64::from(AROUND))
        } else {
            (width, height * f64::from(ABOVE) / 100.0)
        };
        f64::min(
            room.0 / f64::from(drawn.width),
            room.1 / f64::from(drawn.height),
        )
    }

    #[test]
    fn a_walk_is_drawn_as_large_as_the_window_lets_it() {
        let train = || Workload::TrainingJob(Job::named("train"));
        for (window, workload, columns, is_beside) in [
            // A screen, a projector: half of it is high, so the rows are short.
            ((1440, 900), train(), NARROW, true),
            ((1920, 1080), train(), NARROW, true),
            ((1024, 768), Workload::OpenStudio, NARROW, true),
            // A very wide one has room beside the words for long rows, where there are many of them.
            ((2560, 1080), train(), WIDE, true),
            ((2560, 1080), Workload::OpenStudio, NARROW, true),
            // Nearly a square: half of it would be too narrow, and a strip above is low.
            ((900, 800), train(), WIDE, false),
            // So low that beside the title there is nothing left.
            ((800, 160), train(), WIDE, false),
        ] {
            let (flow, _) = draw(workload, WIDE);
            let found = largest(&flow, window.0, window.1);
            let wanted = Layout {
                columns,
                is_beside,
                has_long_names: found.has_long_names,
            };
            assert_eq!(found, wanted, "{window:?}");
            for columns in NARROW..=WIDE {
                for is_beside in [false, true] {
                    let layout = Layout {
                        columns,
                        is_beside,
                        has_long_names: false,
                    };
                    let other = scale(&flow, layout, window);
                    // It is chosen by thousandths.
                    assert!(other < scale(&flow, found, window) + 0.001, "{window:?}");
                }
            }
        }
    }

    #[test]
    fn names_have_a_second_line_where_it_makes_nothing_smaller() {
        for (window, name, has_long_names) in [
            ((1440, 900), "train-the-churn-model", true),
            ((1440, 900), "train", true),
            // There is just room for one line.
            ((1440, 560), "train-the-churn-model", false),
            ((900, 800), "train-the-churn-model", false),
        ] {
            let (mut flow, _) = draw(Workload::OpenStudio, WIDE);
            for hop in &mut flow.hops {
                let hop = std::sync::Arc::make_mut(hop);
                hop.from.name = name.to_owned();
                hop.to.name = name.to_owned();
            }
            let found = largest(&flow, window.0, window.1);
            assert_eq!(found.has_long_names, has_long_names, "{window:?} {name}");
        }
    }

    #[test]
    fn a_window_without_room_has_a_layout() {
        let (flow, _) = draw(Workload::OpenStudio, WIDE);
        for (width, height) in [(0, 0), (1, 1), (0, 900), (900, 0)] {
            assert!((NARROW..=WIDE).contains(&largest(&flow, width, height).columns));
        }
    }
}
