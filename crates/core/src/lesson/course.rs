//! A course: its lessons in their order, its agenda, and how it is given.
//!
//! Reads one text that has everything in it; on disk that text is a folder, see [`pack`]. Invariant: a
//! course is read whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    lesson::{
        CourseError, FORMAT, MAX_COURSE, MAX_ID, MAX_LESSONS, MAX_OF_EACH, Progress, Sheet,
        markdown,
    },
    names::Arn,
    scenario::{self, Alteration, Scenario},
    syntax::json::{self, SyntaxErrorKind},
    world::ManagedPolicy,
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

/// The one text that a course is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Packed {
    #[expect(dead_code, reason = "looked at before the rest is read")]
    rolewalk_course: u32,
    course: CourseSheet,
    #[serde(default)]
    bases: BTreeMap<String, Scenario>,
    lessons: Vec<PackedLesson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedLesson {
    lesson: Sheet,
    text: String,
}

/// What is looked at first: a newer format may have other fields.
#[derive(Deserialize)]
#[serde(rename = "open:Head", rename_all = "camelCase")]
struct Head {
    rolewalk_course: u32,
    #[serde(default)]
    bases: BTreeMap<String, ScenarioHead>,
    #[serde(default)]
    lessons: Vec<LessonHead>,
}

#[derive(Deserialize)]
#[serde(rename = "open:ScenarioHead")]
struct ScenarioHead {
    rolewalk: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename = "open:StartHead")]
struct StartHead {
    scenario: Option<ScenarioHead>,
}

#[derive(Deserialize)]
#[serde(rename = "open:LessonHead")]
struct LessonHead {
    lesson: Option<SheetHead>,
}

#[derive(Deserialize)]
#[serde(rename = "open:SheetHead", rename_all = "camelCase")]
struct SheetHead {
    rolewalk_lesson: Option<u32>,
    start: Option<StartHead>,
}

/// Makes one text of the files of a course: `course.json`, the bases by their names, and the
/// `lesson.json` and `text.md` of each lesson.
///
/// Files are put together as they are, so that policies keep the order of their members.
pub fn pack(course: &str, bases: &[(&str, &str)], lessons: &[(&str, &str)]) -> String {
    let quoted = |it: &str| serde_json::to_string(it).unwrap_or_default();
    let bases: Vec<String> = bases
        .iter()
        .map(|(name, json)| format!("{}:{json}", quoted(name)))
        .collect();
    let lessons: Vec<String> = lessons
        .iter()
        .map(|(json, text)| format!("{{\"lesson\":{json},\"text\":{}}}", quoted(text)))
        .collect();
    format!(
        "{{\"rolewalkCourse\":{FORMAT},\"course\":{course},\"bases\":{{{}}},\"lessons\":[{}]}}",
        bases.join(","),
        lessons.join(",")
    )
}

/// Makes a course of one lesson, for whoever writes it.
pub fn pack_one(bases: &[(&str, &str)], lesson: &str, text: &str) -> Result<String, CourseError> {
    let sheet = Sheet::from_json(lesson)?;
    let course = CourseSheet {
        lessons: vec![sheet.id.clone()],
        id: sheet.id,
        title: sheet.title,
        about: sheet.idea,
        agenda: Vec::new(),
        settings: Settings::default(),
        challenges: None,
    };
    let course = serde_json::to_string(&course).unwrap_or_default();
    Ok(pack(&course, bases, &[(lesson, text)]))
}

impl Sheet {
    /// Reads a `lesson.json` by itself, for messages about that file.
    pub fn from_json(text: &str) -> Result<Self, CourseError> {
        let root = read(text)?;
        let head: SheetHead = json::from_node(&root, text).map_err(CourseError::Shape)?;
        check_version(head.rolewalk_lesson)?;
        json::from_node(&root, text).map_err(CourseError::Shape)
    }
}

impl CourseSheet {
    /// Reads a `course.json` by itself, for messages about that file.
    pub fn from_json(text: &str) -> Result<Self, CourseError> {
        json::from_node(&read(text)?, text).map_err(CourseError::Shape)
    }
}

fn read(text: &str) -> Result<json::Node, CourseError> {
    if text.len() > MAX_COURSE {
        return Err(CourseError::TooLarge {
            n_bytes: text.len(),
            max: MAX_COURSE,
        });
    }
    let errors = json::read(text).errors;
    if errors.iter().any(|it| it.kind == SyntaxErrorKind::TooDeep) {
        return Err(CourseError::TooDeep);
    }
    json::parse(text).map_err(CourseError::Shape)
}

fn check_version(version: Option<u32>) -> Result<(), CourseError> {
    match version {
        Some(it) if it == 0 || FORMAT < it => Err(CourseError::Version(it)),
        _ => Ok(()),
    }
}

/// `at` says which member of the course it is.
fn check_scenario(
    head: Option<&ScenarioHead>,
    at: impl FnOnce() -> String,
) -> Result<(), CourseError> {
    match head.and_then(|it| it.rolewalk) {
        Some(version) if scenario::FORMAT < version => {
            Err(CourseError::ScenarioVersion { at: at(), version })
        }
        _ => Ok(()),
    }
}

impl Course {
    /// Reads a course. `aws_managed` gives the AWS managed policies that its lessons ask for.
    pub fn from_json(
        text: &str,
        aws_managed: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
    ) -> Result<Self, CourseError> {
        let root = read(text)?;
        let head: Head = json::from_node(&root, text).map_err(CourseError::Shape)?;
        check_version(Some(head.rolewalk_course))?;
        for (idx, it) in head.lessons.iter().enumerate() {
            let sheet = it.lesson.as_ref();
            check_version(sheet.and_then(|it| it.rolewalk_lesson))?;
            if let Some(start) = sheet.and_then(|it| it.start.as_ref()) {
                let at = || format!("lessons/{idx}/lesson/start/scenario");
                check_scenario(start.scenario.as_ref(), at)?;
            }
        }
        for (name, it) in &head.bases {
            check_scenario(Some(it), || format!("bases/{name}"))?;
        }
        let packed: Packed = json::from_node(&root, text).map_err(CourseError::Shape)?;
        if MAX_LESSONS < packed.lessons.len() {
            return Err(CourseError::TooMany {
                lesson: String::new(),
                what: "lessons",
                max: MAX_LESSONS,
            });
        }
        check_id(&packed.course.id)?;
        let mut ids = BTreeSet::new();
        let mut lessons = Vec::new();
        for PackedLesson { lesson, text } in packed.lessons {
            check_id(&lesson.id)?;
            once(&mut ids, &lesson.id)?;
            check_parts(&lesson, &text)?;
            let start = start(&lesson, &packed.bases, aws_managed)?;
            lessons.push(Lesson {
                sheet: lesson,
                text,
                start,
            });
        }
        Ok(Self {
            sheet: packed.course,
            lessons,
        })
    }

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

/// An id stands in addresses and in the names that progress is kept under.
fn check_id(id: &str) -> Result<(), CourseError> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    if !id.is_empty() && id.len() <= MAX_ID && id.chars().all(is_plain) {
        Ok(())
    } else {
        let id = id.chars().take(MAX_ID).collect();
        Err(CourseError::Id { id })
    }
}

fn once(ids: &mut BTreeSet<String>, id: &str) -> Result<(), CourseError> {
    if ids.insert(id.to_owned()) {
        Ok(())
    } else {
        Err(CourseError::Twice { id: id.to_owned() })
    }
}

fn check_parts(sheet: &Sheet, text: &str) -> Result<(), CourseError> {
    let counts = [
        ("goals", sheet.goals.len()),
        ("probes", sheet.probes.len()),
        ("hints", sheet.hints.len()),
        ("wrong answers", sheet.wrong.len()),
        ("tickets", sheet.tickets.len()),
        ("editable places", sheet.editable.len()),
    ];
    if let Some((what, _)) = counts.into_iter().find(|it| MAX_OF_EACH < it.1) {
        return Err(CourseError::TooMany {
            lesson: sheet.id.clone(),
            what,
            max: MAX_OF_EACH,
        });
    }
    let mut ids = BTreeSet::new();
    for it in sheet.goals.iter().chain(&sheet.probes) {
        once(&mut ids, &it.id)?;
    }
    for it in &sheet.tickets {
        check_id(&it.id)?;
        once(&mut ids, &it.id)?;
    }
    match markdown::read(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(CourseError::Text {
            lesson: sheet.id.clone(),
            problem: error.to_string(),
        }),
    }
}

fn start(
    sheet: &Sheet,
    bases: &BTreeMap<String, Scenario>,
    aws_managed: &dyn Fn(&Arn) -> Option<ManagedPolicy>,
) -> Result<Scenario, CourseError> {
    let problem = |problem: String| CourseError::Start {
        lesson: sheet.id.clone(),
        problem,
    };
    let start = &sheet.start;
    let mut scenario = match (&start.base, &start.scenario) {
        (Some(name), None) => bases
            .get(name)
            .cloned()
            .ok_or_else(|| problem(format!("the course has no base `{name}`")))?,
        (None, Some(own)) => own.as_ref().clone(),
        _ => return Err(problem("it needs `base` or `scenario`".to_owned())),
    };
    for (idx, change) in start.changes.iter().enumerate() {
        scenario = change
            .apply(&scenario)
            .ok_or_else(|| problem(format!("its change {} does not fit", idx + 1)))?;
    }
    for arn in &start.aws_managed_policies {
        if scenario.world.policy(arn).is_none() {
            let policy =
                aws_managed(arn).ok_or_else(|| problem(format!("there is no policy `{arn}`")))?;
            scenario.world.home.policies.extend([policy]);
        }
    }
    scenario.name.clone_from(&sheet.title);
    scenario.about.clone_from(&sheet.idea);
    scenario.invitation = None;
    scenario.checks = Vec::new();
    Ok(scenario)
}

/// A scenario with changes, or the place of the first that does not fit, from 1.
pub(super) fn changed(changes: &[Alteration], scenario: &Scenario) -> Result<Scenario, usize> {
    let mut state = scenario.clone();
    for (idx, it) in changes.iter().enumerate() {
        state = it.apply(&state).ok_or(idx + 1)?;
    }
    Ok(state)
}
