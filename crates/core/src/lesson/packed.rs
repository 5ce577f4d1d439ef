//! The one text that a course is; on disk that text is a folder, see [`pack`].
//!
//! Knows nothing of who has solved what. Invariant: a course is read whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{
    lesson::{
        Course, CourseError, CourseSheet, FORMAT, Lesson, MAX_COURSE, MAX_ID, MAX_LESSONS,
        MAX_OF_EACH, Settings, Sheet, course::changed, markdown,
    },
    names::Arn,
    scenario::{self, Scenario},
    syntax::json::{self, SyntaxErrorKind},
    world::ManagedPolicy,
};

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
    let scenario = match (&start.base, &start.scenario) {
        (Some(name), None) => bases
            .get(name)
            .cloned()
            .ok_or_else(|| problem(format!("the course has no base `{name}`")))?,
        (None, Some(own)) => own.as_ref().clone(),
        _ => return Err(problem("it needs `base` or `scenario`".to_owned())),
    };
    let mut scenario = changed(&start.changes, &scenario)
        .map_err(|n| problem(format!("its change {n} does not fit")))?;
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
