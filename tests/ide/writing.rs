//! A policy written by completions alone.

use rolewalk_core::{
    flow::{HopKind, Outcome, Subject, walk},
    ide::complete,
    policy::{self, PolicyKind},
    world::{Documents, InlinePolicy, PolicyText},
};

use serde_json::{Map, Value};

use crate::{Setting, completion::accepted, scenario};

/// In place of a label: the caret goes behind the last thing that is written.
const GO_ON: &str = "go on";

/// Accepts the completions with these labels, one after the other, and gives the text.
fn write(setting: &Setting, labels: &[&str]) -> String {
    let asking = setting.asking();
    let (mut text, mut caret) = (String::new(), 0);
    for label in labels {
        if *label == GO_ON {
            caret = text.len() - text.chars().rev().position(|it| it == '"').unwrap();
            continue;
        }
        let offset = u32::try_from(caret).unwrap();
        let found = complete(&text, offset, &asking.about());
        let found = found.unwrap_or_else(|| panic!("nothing is offered for `{label}` in\n{text}"));
        let item = found.items.iter().find(|it| it.label == *label);
        let item = item.unwrap_or_else(|| {
            let shown: Vec<_> = found.items.iter().map(|it| &it.label).take(20).collect();
            panic!(
                "`{label}` is not offered but {shown:?} in\n{}|{}",
                &text[..caret],
                &text[caret..]
            )
        });
        (text, caret) = accepted(&text, &found, item);
    }
    text
}

/// `training-job.json` has the labels for each statement; a journey in the browser takes some of them.
#[test]
fn the_least_privilege_policy_of_a_training_job() {
    let statements: Map<String, Value> =
        serde_json::from_str(include_str!("training-job.json")).unwrap();
    let mut labels = Vec::new();
    // The first statement comes with the document, and is about everything already.
    let (first, others): (Vec<_>, Vec<_>) = statements.iter().partition(|it| it.0 == "registry");
    let ordered = first.into_iter().chain(others);
    for statement in ordered.map(|it| it.1.as_array().unwrap()) {
        labels.push(if labels.is_empty() {
            "policy"
        } else {
            "statement that allows"
        });
        labels.extend(statement.iter().map(|it| it.as_str().unwrap()));
        if labels.first() == Some(&"policy") && !labels.contains(&GO_ON) {
            labels.push(GO_ON);
        }
    }
    let text = write(&Setting::default(), &labels);
    let (_, found) = policy::parse(&text, PolicyKind::Identity);
    assert_eq!(found, []);
    assert_eq!(failing(&text), Vec::<String>::new());
}

/// What still fails when the execution role has this policy and no other, and trains a model. Studio's app is none of the
/// job's business.
fn failing(text: &str) -> Vec<String> {
    let mut scenario = scenario("working-studio");
    let role = scenario.world.home.role_mut("ChurnExecutionRole").unwrap();
    role.attached_policies.clear();
    role.inline_policies = vec![InlinePolicy {
        name: "Train".to_owned(),
        document: PolicyText::from(text.to_owned()),
    }];
    scenario.choice.workload =
        serde_json::from_str(r#"{"trainingJob": {"job": "churn-1"}}"#).unwrap();
    let documents = Documents::parse(&scenario.world);
    let flow = walk(&scenario.world, &documents, &scenario.choice);
    let hops = flow.hops.iter().filter(|it| it.kind != HopKind::StartApp);
    let hops = hops.flat_map(|hop| {
        let checks = hop.checks.iter().map(move |check| (hop.kind, check));
        checks.filter(|it| it.1.outcome() != Outcome::Passes)
    });
    hops.map(|(kind, check)| match &check.subject {
        Subject::Authorization { request, .. } => {
            format!("{kind:?}: {} on {}", request.action, request.resource)
        }
        Subject::Gate { gate, .. } => format!("{kind:?}: {gate:?}"),
    })
    .collect()
}
