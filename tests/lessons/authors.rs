//! What the check for authors tells of a lesson that is spoiled, and the score of an answer.

use std::collections::BTreeSet;

use rolewalk_core::{
    catalogue::{Catalogue, CatalogueFile},
    lesson::{self, Course, Idea, Lesson},
    scenario::{Alteration, Scenario},
};

use crate::{Checked, answers, applied, check, missed, same};

/// Goals and probes that no answer here misses: they say what should stay as it is, and are met at the start.
const KEPT: [&str; 4] = [
    "assume-role/dave",
    "pass-role/assume",
    "build-a-domain/scientist",
    "profiles/roles",
];

/// One thing is spoiled in a lesson that is right, and that is what is told.
pub(crate) fn found(course: &Course) -> Checked {
    type Spoil = fn(&mut Lesson);
    let cases: [(&str, Spoil); 13] = [
        ("the solution misses `read`", |it| {
            it.sheet.solution.as_mut().unwrap().changes.clear();
        }),
        ("the start is solved already", |it| {
            let changes = it.sheet.solution.clone().unwrap().changes;
            it.start = Alteration::apply_all(&changes, &it.start).unwrap();
        }),
        (
            "the wrong answer `the bucket, not its objects` solves",
            |it| {
                it.sheet.wrong[1].changes = it.sheet.solution.clone().unwrap().changes;
            },
        ),
        ("gets the feedback of nothing; it misses `payroll`", |it| {
            it.sheet.wrong[2].misses = vec!["write".to_owned()];
        }),
        ("fits the start as well", |it| {
            it.sheet.wrong[1].tells.clear();
        }),
        ("says the same as another", |it| {
            it.sheet.wrong[1].feedback = it.sheet.wrong[0].feedback.clone();
        }),
        ("there is no goal or probe `nothing`", |it| {
            it.sheet.wrong[0].misses.push("nothing".to_owned());
        }),
        (
            "edits `users/alice/inlinePolicies/Own/document`, which is locked",
            |it| {
                it.sheet.editable.clear();
            },
        ),
        ("no goal says that something is still denied", |it| {
            it.sheet.goals.truncate(1);
        }),
        ("there is no hint", |it| it.sheet.hints.clear()),
        ("there is nothing to solve", |it| it.sheet.solution = None),
        ("`idea` has strong emphasis", |it| {
            "**Nobody** may".clone_into(&mut it.sheet.idea);
        }),
        ("`hints/0` has a link", |it| {
            "See [AWS](https://aws.amazon.com/).".clone_into(&mut it.sheet.hints[0]);
        }),
    ];
    for (says, spoil) in cases {
        let mut lesson = course.lesson("default-deny").unwrap().clone();
        spoil(&mut lesson);
        let findings = lesson::check_lesson(&lesson);
        let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
        check(
            told.iter().any(|it| it.contains(says)),
            format!("`{says}` is not in {told:#?}"),
        )?;
    }
    let mut course_of_markdown = course.clone();
    "# Ours\n\nOne *course*.".clone_into(&mut course_of_markdown.sheet.about);
    let told = lesson::check_plan(&course_of_markdown);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    same(&told, &vec!["who-said-no: `about` has a heading, and only `text.md` is Markdown: write words, with code between backticks".to_owned()])?;
    let mut lesson = course.lesson("mental-model").unwrap().clone();
    lesson.sheet.tickets.swap(0, 1);
    lesson.sheet.tickets[0].answer = Idea::Domain;
    lesson.sheet.tickets[0].feedback.remove(&Idea::IamUser);
    let of_another = lesson.sheet.tickets[2].changes.clone();
    lesson.sheet.tickets[1].changes = of_another;
    let told: Vec<String> = lesson::check_lesson(&lesson)
        .iter()
        .map(ToString::to_string)
        .collect();
    for says in [
        "mental-model/t2: the ticket’s hop belongs to `Role`",
        "mental-model/t2: the ticket says nothing to who answers `IAM user`",
        "mental-model/t1: the ticket stops elsewhere",
    ] {
        check(
            told.iter().any(|it| it.starts_with(says)),
            format!("`{says}` is not in {told:#?}"),
        )?;
    }
    Ok(())
}

/// A goal that neither the start, nor any wrong answer, nor one that people give misses may be met by everything.
pub(crate) fn goals_can_be_missed(course: &Course) -> Checked {
    let mut idle = Vec::new();
    for (idx, lesson) in course.lessons.iter().enumerate() {
        let mut missed_once = BTreeSet::new();
        let answers = answers::answers(&lesson.sheet.id);
        for (number, exercise) in lesson.exercises().into_iter().enumerate() {
            let wrong = exercise.wrong.iter();
            let mut states = vec![exercise.start.as_ref().clone()];
            for it in wrong {
                states.push(applied(&it.changes, &exercise.start)?);
            }
            for it in &answers {
                if answers::exercise_of(it, course, idx) == number {
                    states.push(it.state(&exercise)?);
                }
            }
            for state in &states {
                let missed = missed(&exercise, state).into_iter();
                missed_once.extend(missed.filter_map(|it| Some(it.split(' ').next()?.to_owned())));
            }
        }
        for it in lesson.sheet.goals.iter().chain(&lesson.sheet.probes) {
            if !missed_once.contains(&it.id) {
                idle.push(format!("{}/{}", lesson.sheet.id, it.id));
            }
        }
    }
    let expected: Vec<String> = KEPT.iter().map(|it| (*it).to_owned()).collect();
    same(&idle, &expected)
}

pub(crate) fn scores(course: &Course) -> Checked {
    let exercise = course.lesson("default-deny").unwrap().exercise().unwrap();
    let reference = exercise.reference(None).unwrap();
    // The one that everybody may do anyway stays.
    same(&reference.statements, &2)?;
    same(&reference.actions, &None)?;
    let solved = applied(&exercise.solution.changes, &exercise.start)?;
    same(&lesson::score(&exercise, &solved, None), &reference)?;
    // Layout does not count.
    let spread: Alteration = serde_json::from_str(
        r#"{"document":"inline:user:alice:Own","find":"\n","replace":"\n\n\n      "}"#,
    )
    .unwrap();
    same(
        &lesson::score(&exercise, &spread.apply(&solved).unwrap(), None),
        &reference,
    )?;
    // Three actions are all there are here; each answer allows some of them.
    let mut catalogue = Catalogue::default();
    let services =
        r#"{"s3":{"n":"S3","a":[["GetObject","R"],["GetObjectTagging","R"],["PutObject","W"]]}}"#;
    catalogue.read(CatalogueFile::Core, services)?;
    let actions = |state: &Scenario| lesson::score(&exercise, state, Some(&catalogue)).actions;
    same(&actions(&solved), &Some(1))?;
    same(
        &exercise.reference(Some(&catalogue)),
        &Some(lesson::Score {
            actions: Some(1),
            ..reference
        }),
    )?;
    for (policy, n) in [
        (
            r#"{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#,
            2,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","NotAction":"s3:GetObject","Resource":"*"}}"#,
            2,
        ),
        (
            r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
            3,
        ),
        (
            r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#,
            0,
        ),
    ] {
        let change = format!(r#"{{"document":"inline:user:alice:Own","text":{policy}}}"#);
        let change: Alteration = serde_json::from_str(&change)?;
        same(&actions(&change.apply(&exercise.start).unwrap()), &Some(n))?;
    }
    // What nobody changes does not count, though it may be edited: in a ticket that is every policy of every role.
    let exercises = course.lesson("mental-model").unwrap().exercises();
    let statements = |state: &Scenario| lesson::score(&exercises[0], state, None).statements;
    let solved = applied(&exercises[0].solution.changes, &exercises[0].start)?;
    same(&statements(&solved), &1)?;
    same(&exercises[0].reference(None).unwrap().statements, &1)?;
    let more: Alteration = serde_json::from_str(
        r#"{"document":"inline:role:AdminRole:Everything","find":"Everything","replace":"All"}"#,
    )?;
    same(&statements(&more.apply(&solved).unwrap()), &2)?;
    // A managed policy counts where one may attach some.
    let exercise = course
        .lesson("least-privilege")
        .unwrap()
        .exercise()
        .unwrap();
    let (start, reference) = (
        lesson::score(&exercise, &exercise.start, None),
        exercise.reference(None).unwrap(),
    );
    check(
        reference.statements + 20 < start.statements,
        format!("{start:?} {reference:?}"),
    )
}
