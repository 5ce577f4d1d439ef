//! The agenda of a course with the time at which each part begins, as a teacher goes through it.
//!
//! Pure. Invariant: every lesson of the course is in it once, whatever its agenda leaves out.

use rolewalk_core::lesson::{Course, Lesson};

/// A part.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// What it is called.
    pub(crate) title: String,
    /// From when to when, such as `0:13 to 0:33`.
    pub(crate) time: String,
    /// How long it takes.
    pub(crate) minutes: u32,
    /// What to say and to ask.
    pub(crate) points: &'a [String],
    /// Its lessons, each with its number in the course.
    pub(crate) lessons: Vec<(usize, &'a Lesson)>,
}

/// The parts of a course.
pub(crate) fn parts(course: &Course) -> Vec<Part<'_>> {
    let numbered = || {
        course
            .lessons
            .iter()
            .enumerate()
            .map(|(idx, it)| (idx + 1, it))
    };
    let mut begin = 0;
    let mut time = |minutes: u32| {
        let from = begin;
        begin += minutes;
        format!("{} to {}", clock(from), clock(begin))
    };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for it in &course.sheet.agenda {
        let is_here = |lesson: &(usize, &Lesson)| it.lessons.contains(&lesson.1.sheet.id);
        parts.push(Part {
            title: it.title.clone(),
            time: time(it.minutes),
            minutes: it.minutes,
            points: &it.talking_points,
            lessons: numbered().filter(is_here).collect(),
        });
    }
    let is_planned = |id: &String| course.sheet.agenda.iter().any(|it| it.lessons.contains(id));
    let left: Vec<_> = numbered()
        .filter(|it| !is_planned(&it.1.sheet.id))
        .collect();
    if !left.is_empty() {
        let minutes = left.iter().map(|it| it.1.sheet.minutes).sum();
        let title = if parts.is_empty() {
            "The lessons"
        } else {
            "Besides"
        };
        parts.push(Part {
            title: title.to_owned(),
            time: time(minutes),
            minutes,
            points: &[],
            lessons: left,
        });
    }
    parts
}

/// Minutes as hours and minutes.
pub(crate) fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_leave_no_lesson_out() {
        let mut course = rolewalk_lessons::course().unwrap();
        let all = |course: &Course| {
            parts(course)
                .iter()
                .map(|it| it.lessons.len())
                .sum::<usize>()
        };
        let planned = parts(&course);
        assert_eq!(planned[0].time, "0:00 to 0:13");
        assert_eq!(planned[1].time, "0:13 to 0:33");
        let minutes: u32 = planned.iter().map(|it| it.minutes).sum();
        assert!((60..=90).contains(&minutes), "{minutes}");
        for part in &planned {
            let alone: u32 = part.lessons.iter().map(|it| it.1.sheet.minutes).sum();
            assert_eq!(part.minutes, alone, "{}", part.title);
        }
        assert_eq!(all(&course), 16);
        course.sheet.agenda.pop();
        assert_eq!(parts(&course).last().unwrap().title, "Besides");
        assert_eq!(all(&course), 16);
        course.sheet.agenda.clear();
        assert_eq!(parts(&course).len(), 1);
        assert_eq!(all(&course), 16);
        assert_eq!(clock(75), "1:15");
    }
}
