//! A course as rows: what is solved, what is open, what comes next.
//!
//! Pure. Invariant: every lesson of the course is in exactly one part.

use rolewalk_core::lesson::{Course, Lesson, Progress};

/// How a lesson stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LessonState {
    /// It is solved, and stays open.
    Solved,
    /// It is the one to go on with.
    Current,
    /// It may be begun.
    Open,
    /// It opens when these are solved, by title.
    Waits(Vec<String>),
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LessonRow {
    /// Its id.
    pub(crate) id: String,
    /// Its number, from 1.
    pub(crate) number: usize,
    /// Its title.
    pub(crate) title: String,
    /// Its idea.
    pub(crate) idea: String,
    /// How long it takes.
    pub(crate) minutes: u32,
    /// How it stands.
    pub(crate) state: LessonState,
}

/// A part of the course: the agenda's, with a title, or all of it without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartRow {
    /// Its title; empty where there is no agenda.
    pub(crate) title: String,
    /// Its lessons.
    pub(crate) lessons: Vec<LessonRow>,
}

/// How far somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How many lessons are solved.
    pub(crate) n_solved: usize,
    /// How many there are.
    pub(crate) n_lessons: usize,
    /// The lesson to go on with: id and title; nothing where all are solved.
    pub(crate) current: Option<(String, String)>,
    /// How many challenges are solved.
    pub(crate) n_challenges_solved: usize,
    /// How many challenges there are.
    pub(crate) n_challenges: usize,
    /// Whether the challenges may be begun.
    pub(crate) are_challenges_open: bool,
    /// The title of the lesson that opens the challenges.
    pub(crate) opens_challenges: String,
}

/// How far somebody is in a course.
pub(crate) fn standing(course: &Course, progress: &Progress) -> Standing {
    let id = &course.sheet.id;
    let is_solved = |it: &&Lesson| progress.is_solved(id, &it.sheet.id);
    let challenges = course.sheet.challenges.as_ref();
    let slugs = challenges.map(|it| it.slugs.as_slice()).unwrap_or_default();
    let opens = challenges.and_then(|it| course.lesson(&it.after));
    Standing {
        n_solved: course.lessons.iter().filter(is_solved).count(),
        n_lessons: course.lessons.len(),
        current: course
            .current(progress)
            .map(|it| (it.sheet.id.clone(), it.sheet.title.clone())),
        n_challenges_solved: slugs
            .iter()
            .filter(|it| progress.is_challenge_solved(id, it))
            .count(),
        n_challenges: slugs.len(),
        are_challenges_open: course.are_challenges_open(progress),
        opens_challenges: opens.map(|it| it.sheet.title.clone()).unwrap_or_default(),
    }
}

/// What the button says that goes on with a course.
pub(crate) fn go_on(standing: &Standing) -> Option<String> {
    let (_, title) = standing.current.as_ref()?;
    let verb = if standing.n_solved == 0 {
        "Begin"
    } else {
        "Continue"
    };
    Some(format!("{verb}: {title}"))
}

/// The parts of a course with their lessons. A lesson that the agenda leaves out comes behind.
pub(crate) fn parts(course: &Course, progress: &Progress) -> Vec<PartRow> {
    let current = course.current(progress).map(|it| it.sheet.id.clone());
    let row = |(idx, it): (usize, &Lesson)| LessonRow {
        id: it.sheet.id.clone(),
        number: idx + 1,
        title: it.sheet.title.clone(),
        idea: it.sheet.idea.clone(),
        minutes: it.sheet.minutes,
        state: state(course, it, progress, current.as_deref()),
    };
    let mut rows: Vec<LessonRow> = course.lessons.iter().enumerate().map(row).collect();
    let mut parts = Vec::new();
    for agenda in &course.sheet.agenda {
        let is_own = |it: &LessonRow| agenda.lessons.contains(&it.id);
        let (own, rest) = rows.into_iter().partition(is_own);
        rows = rest;
        parts.push(PartRow {
            title: agenda.title.clone(),
            lessons: own,
        });
    }
    if !rows.is_empty() {
        parts.push(PartRow {
            title: String::new(),
            lessons: rows,
        });
    }
    parts.retain(|it| !it.lessons.is_empty());
    parts
}

fn state(
    course: &Course,
    lesson: &Lesson,
    progress: &Progress,
    current: Option<&str>,
) -> LessonState {
    let is_solved = |id: &str| progress.is_solved(&course.sheet.id, id);
    if is_solved(&lesson.sheet.id) {
        return LessonState::Solved;
    }
    if course.is_open(lesson, progress) {
        return if current == Some(&lesson.sheet.id) {
            LessonState::Current
        } else {
            LessonState::Open
        };
    }
    let left = lesson.sheet.after.iter().filter(|it| !is_solved(it));
    let titles = left.filter_map(|it| course.lesson(it));
    LessonState::Waits(titles.map(|it| it.sheet.title.clone()).collect())
}

#[cfg(test)]
mod tests {
    use rolewalk_core::lesson::Score;

    use super::*;

    fn course() -> Course {
        rolewalk_lessons::course().unwrap()
    }

    const SCORE: Score = Score {
        statements: 1,
        characters: 1,
        actions: None,
    };

    #[test]
    fn every_lesson_is_in_one_part() {
        let parts = parts(&course(), &Progress::default());
        let numbers: Vec<_> = parts
            .iter()
            .flat_map(|it| &it.lessons)
            .map(|it| it.number)
            .collect();
        assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
        let states: Vec<_> = parts[0].lessons.iter().map(|it| it.state.clone()).collect();
        assert_eq!(states[0], LessonState::Current);
        assert!(matches!(&states[1], LessonState::Waits(for_) if for_.len() == 1));
    }

    #[test]
    fn one_goes_on_where_one_was() {
        let course = course();
        let mut progress = Progress::default();
        let begin = standing(&course, &progress);
        assert_eq!(
            go_on(&begin).as_deref(),
            Some("Begin: Nobody may do anything yet")
        );
        progress
            .lesson_mut(&course.sheet.id, "default-deny")
            .solve(SCORE);
        let next = standing(&course, &progress);
        assert_eq!((next.n_solved, next.n_lessons), (1, 16));
        assert!(go_on(&next).unwrap().starts_with("Continue: "));
        assert!(!next.are_challenges_open);
        for lesson in &course.lessons {
            progress
                .lesson_mut(&course.sheet.id, &lesson.sheet.id)
                .solve(SCORE);
        }
        let done = standing(&course, &progress);
        assert_eq!(go_on(&done), None);
        assert!(done.are_challenges_open);
    }
}
