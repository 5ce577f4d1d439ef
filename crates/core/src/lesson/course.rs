//! A course: its lessons in their order, its agenda, and how it is given.
//!
//! How it is read and written is in `packed`. Invariant: a lesson that is solved stays open, whatever comes before it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{Progress, Sheet},
    scenario::{Alteration, Scenario},
};

/// A course without its lessons: `course.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CourseSheet {
    /// Its name in addresses and in progress.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub about: String,
    /// The folders of its lessons, in order.
    pub lessons: Vec<String>,
    /// How a teacher goes through it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<Agenda>,
    /// How it is given.
    #[serde(default)]
    pub settings: Settings,
    /// What comes when lessons are solved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenges: Option<Challenges>,
}

/// A part of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Agenda {
    /// What it is called.
    pub title: String,
    /// Ids of the lessons that are solved in it.
    pub lessons: Vec<String>,
    /// How long it takes, its talk included.
    pub minutes: u32,
    /// What to say and to ask.
    pub talking_points: Vec<String>,
}

/// How a course is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// Which lessons are open.
    pub order: Order,
    /// When a solution is shown.
    pub solutions: Solutions,
    /// Whether hints are kept back.
    pub without_hints: bool,
    /// Whether the question before a lesson is left out.
    pub without_predictions: bool,
    /// How it is presented.
    #[serde(skip_serializing_if = "Presenter::is_usual")]
    pub presenter: Presenter,
}

/// How a walk is presented to a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Presenter {
    /// When a door's verdict is shown.
    pub verdict: Reveal,
    /// Whether the doors behind the one that stops the walk are gone through as well.
    pub behind_the_shut_door: bool,
}

impl Presenter {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// When a door's verdict is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reveal {
    /// Once the class has guessed.
    #[default]
    WhenGuessed,
    /// With the door.
    AtOnce,
}

/// Which lessons are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Order {
    /// All of them.
    #[default]
    Free,
    /// Those whose `after` is solved.
    InOrder,
}

/// When a solution is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Solutions {
    /// Once one's own is found.
    #[default]
    WhenSolved,
    /// At any time.
    Always,
    /// Only on the teacher's page.
    Never,
}

/// Faults of the library of misconfigurations, to be found from their message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Challenges {
    /// The id of the lesson that opens them.
    pub after: String,
    /// Which of the library's.
    pub slugs: Vec<String>,
}

/// A lesson, ready to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// As it is written.
    pub sheet: Sheet,
    /// Its text, in Markdown.
    pub text: String,
    /// The scenario it begins with; for a lesson of tickets, the world that works.
    pub start: Scenario,
}

/// A course, ready to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// As it is written.
    pub sheet: CourseSheet,
    /// Its lessons, in order.
    pub lessons: Vec<Lesson>,
}

impl Course {
    /// The lesson with that id.
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|it| it.sheet.id == id)
    }

    /// Whether a lesson may be begun. Solved lessons stay open.
    pub fn is_open(&self, lesson: &Lesson, progress: &Progress) -> bool {
        let is_solved = |id: &str| progress.is_solved(&self.sheet.id, id);
        match self.sheet.settings.order {
            Order::Free => true,
            Order::InOrder => {
                is_solved(&lesson.sheet.id) || lesson.sheet.after.iter().all(|it| is_solved(it))
            }
        }
    }

    /// What is to be solved before a lesson is open, from the first on; empty where it is open.
    pub fn before(&self, lesson: &Lesson, progress: &Progress) -> Vec<&Lesson> {
        if self.is_open(lesson, progress) {
            return Vec::new();
        }
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        let mut to_look_at = vec![lesson];
        while let Some(next) = to_look_at.pop() {
            for id in &next.sheet.after {
                let is_left = !progress.is_solved(&self.sheet.id, id);
                // An id that no lesson has keeps it shut, and nothing can be done about it here.
                if let Some(it) = self.lesson(id).filter(|_| is_left)
                    && wanted.insert(id)
                {
                    to_look_at.push(it);
                }
            }
        }
        let is_wanted = |it: &&Lesson| wanted.contains(it.sheet.id.as_str());
        self.lessons.iter().filter(is_wanted).collect()
    }

    /// Whether the challenges may be begun: never where the course has none. Whoever has solved one goes on with them.
    pub fn are_challenges_open(&self, progress: &Progress) -> bool {
        let id = &self.sheet.id;
        self.sheet.challenges.as_ref().is_some_and(|it| {
            let has_solved = |slug: &String| progress.is_challenge_solved(id, slug);
            match self.sheet.settings.order {
                Order::Free => true,
                Order::InOrder => {
                    progress.is_solved(id, &it.after) || it.slugs.iter().any(has_solved)
                }
            }
        })
    }

    /// The lesson to go on with: where one was, or the first that is open and not solved.
    pub fn current(&self, progress: &Progress) -> Option<&Lesson> {
        let is_left = |it: &&Lesson| {
            self.is_open(it, progress) && !progress.is_solved(&self.sheet.id, &it.sheet.id)
        };
        let last = progress.current(&self.sheet.id);
        let last = last.and_then(|id| self.lesson(id));
        last.filter(is_left)
            .or_else(|| self.lessons.iter().find(is_left))
    }
}

/// A scenario with changes, or the place of the first that does not fit, from 1.
pub(super) fn changed(changes: &[Alteration], scenario: &Scenario) -> Result<Scenario, usize> {
    let mut state = scenario.clone();
    for (idx, it) in changes.iter().enumerate() {
        state = it.apply(&state).ok_or(idx + 1)?;
    }
    Ok(state)
}
