//! Challenges made of the library, and what is locked in a lesson.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use rolewalk_core::{
    explain,
    flow::SignIn,
    lesson::{self, Course, Seed},
    library::Library,
    scenario::{Alteration, CheckOutcome, Scenario, run},
    world::{self, Documents, InlinePolicy},
};
use rolewalk_lessons::add_aws_managed_policies;

use crate::{Checked, applied, check, root, same};

fn library() -> Library {
    let folder = root().join("tests/corpus/misconfigurations");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let read = |it: &PathBuf| fs::read_to_string(it).unwrap();
    let parts: Vec<String> = files
        .iter()
        .filter(|it| !it.ends_with("base.json"))
        .map(read)
        .collect();
    let base = read(&folder.join("base.json"));
    let json = format!(
        "{{\"base\":{base},\"misconfigurations\":[{}]}}",
        parts.join(",")
    );
    Library::from_json(&json).unwrap()
}

const A_LITTLE: &str = r#"{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket","sagemaker:AddTags","sagemaker:Create*"],"Resource":"*"}"#;
const EVERYTHING: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
const ANY_ROLE: &str = r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}"#;
const ALL_OF_S3: &str = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;

/// Another policy for each role.
fn with_policy(statement: &str, scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    for role in &mut scenario.world.home.roles {
        role.permissions_boundary = None;
        role.inline_policies.push(InlinePolicy {
            name: "More".to_owned(),
            document: format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)
                .as_str()
                .into(),
        });
    }
    scenario
}

pub(crate) fn challenges(course: &Course) -> Checked {
    let library = library();
    let challenges = course.sheet.challenges.as_ref().unwrap();
    check(12 <= challenges.slugs.len(), "fewer than twelve")?;
    let complete = |it: &mut Scenario| add_aws_managed_policies(&mut it.world);
    let mut texts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    for slug in &challenges.slugs {
        for seed in 0..4 {
            let Some(it) = lesson::challenge(&library, slug, Seed(seed), &complete) else {
                problems.push(format!("{slug} {seed}: does not stop at its door"));
                continue;
            };
            if !it.doors.contains(&it.answer) || it.message.is_empty() {
                problems.push(format!("{slug} {seed}: no door, or no message"));
            }
            if matches!(run(&it.scenario, &it.goal), CheckOutcome::Passed { .. }) {
                problems.push(format!("{slug} {seed}: is mended already"));
            }
            let mended = applied(&it.solution, &it.scenario)?;
            if let CheckOutcome::Failed { mismatches, .. } = run(&mended, &it.goal) {
                problems.push(format!("{slug} {seed}: {mismatches:?}"));
            }
            if let Some(it) = it.opens(&mended, &Documents::parse(&mended.world)) {
                problems.push(format!("{slug} {seed}: its solution opens more: {it}"));
            }
            let found = world::check(&it.scenario.world);
            let errors: Vec<String> = found.iter().map(explain::world_finding_sentence).collect();
            if !errors.is_empty() {
                problems.push(format!(
                    "{slug} {seed}: is no part of the exercise: {errors:#?}"
                ));
            }
            let text = it.scenario.to_json();
            let is_renamed =
                it.scenario.choice.user != "alice" && it.scenario.choice.sign_in == SignIn::Iam;
            if let Some(at) = text.find("alice").filter(|_| is_renamed) {
                let around = text.get(at.saturating_sub(60)..at + 20).unwrap_or_default();
                problems.push(format!("{slug} {seed}: has Alice’s name still: {around}"));
            }
            if it.doors.iter().all(|door| *door == it.answer) {
                problems.push(format!("{slug} {seed}: a question with one answer"));
            }
            // What AWS says of it, with this world's names or as people report it.
            let reported = &library.get(slug).unwrap().messages[0];
            let is_of_aws = ["is not authorized to perform", "An error occurred ("]
                .iter()
                .any(|form| it.message.contains(form));
            if !is_of_aws && it.message != *reported {
                problems.push(format!("{slug} {seed}: nobody sees “{}”", it.message));
            }
            // A repair that is a little larger than ours is right as well.
            let other = with_policy(A_LITTLE, &mended);
            if let Some(it) = it.opens(&other, &Documents::parse(&other.world)) {
                problems.push(format!("{slug} {seed}: a little opens more: {it}"));
            }
            for statement in [EVERYTHING, ANY_ROLE, ALL_OF_S3] {
                let wider = with_policy(statement, &mended);
                if it.opens(&wider, &Documents::parse(&wider.world)).is_none() {
                    problems.push(format!("{slug} {seed}: opens nothing with {statement}"));
                }
            }
            texts.entry(slug).or_default().insert(it.scenario.to_json());
        }
    }
    check(problems.is_empty(), problems.join("\n"))?;
    check(
        texts.values().all(|it| 2 <= it.len()),
        "always the same names",
    )?;
    let order = |seed| lesson::challenge_order(challenges, Seed(seed));
    same(&order(1), &order(1))?;
    check(order(1) != order(2), "always the same order")?;
    let sorted = |mut it: Vec<String>| {
        it.sort();
        it
    };
    same(&sorted(order(1)), &sorted(challenges.slugs.clone()))
}

pub(crate) fn locks(course: &Course) -> Checked {
    let lesson = course.lesson("trust-policy").unwrap();
    let exercise = lesson.exercise().unwrap();
    let refused = |change: &str| {
        let change: Alteration = serde_json::from_str(change).unwrap();
        let state = change.apply(&exercise.start).unwrap();
        exercise.outcome(&state).refusal.map(|it| it.at)
    };
    for (change, at) in [
        (
            r#"{"document":"inline:user:alice:Become","text":"{}"}"#,
            "users/alice/inlinePolicies/Become/document",
        ),
        (
            r#"{"document":"inline:user:alice:More","text":"{}"}"#,
            "users/alice/inlinePolicies/More",
        ),
        (
            r#"{"at":"/world/home/roles","value":[]}"#,
            "roles/DataScientistRole",
        ),
        (
            r#"{"at":"/world/home/roles/ExecutionRole/path","value":"/x/"}"#,
            "roles/ExecutionRole/path",
        ),
        (
            r#"{"at":"/world/region","value":"eu-west-1"}"#,
            "/world/region",
        ),
        (
            r#"{"at":"/world/home/domains/0/tags","value":{"a":"b"}}"#,
            "domains/d-acme00000001/tags",
        ),
    ] {
        same(&refused(change), &Some(at.to_owned()))?;
    }
    same(&refused(r#"{"at":"/choice/person","value":"Zoe"}"#), &None)?;
    same(
        &refused(r#"{"document":"trust:ExecutionRole","text":"{}"}"#),
        &None,
    )?;
    let sentence = exercise
        .outcome(
            &Alteration::apply_all(
                &[serde_json::from_str(r#"{"at":"/world/region","value":"eu-west-1"}"#).unwrap()],
                &exercise.start,
            )
            .unwrap(),
        )
        .refusal
        .unwrap();
    same(
        &sentence.message(),
        &"the `region` stays as it is in this lesson".to_owned(),
    )?;
    same(
        &sentence.help(),
        &"undo the change, and edit the trust policy of role `ExecutionRole`".to_owned(),
    )?;
    let open = |id: &str| lesson.opens(&serde_json::from_str(&format!("\"{id}\"")).unwrap());
    same(
        &(open("trust:ExecutionRole"), open("trust:AdminRole")),
        &(true, false),
    )
}
