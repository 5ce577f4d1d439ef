//! Walks through a start world with something changed in it.

use rolewalk_core::{
    explain::{self, Verdict},
    flow::{self, Flow, HopKind, Job, Workload},
    scenario::Scenario,
    world::{DocumentId, Documents, Text, World},
};
use rolewalk_lessons::start_worlds;

pub(crate) const EXECUTION_ROLE: &str = "ChurnExecutionRole";

pub(crate) fn stops(edit: impl Fn(&mut Scenario), at: HopKind) -> Verdict {
    let (scenario, flow) = walked(0, edit);
    let found = flow.blocked_at().map(|it| flow.hops[it].kind);
    let verdict = verdict(&scenario, &flow);
    assert_eq!(found, Some(at), "{verdict:#?}");
    assert!(
        verdict.fix.is_some(),
        "says nothing of what to do: {verdict:#?}"
    );
    verdict
}

pub(crate) fn walked(world: usize, edit: impl Fn(&mut Scenario)) -> (Scenario, Flow) {
    let mut scenario = start_worlds()[world].scenario().unwrap();
    edit(&mut scenario);
    let documents = Documents::parse(&scenario.world);
    let broken: Vec<_> = documents.with_errors().collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    (scenario, flow)
}

pub(crate) fn verdict(scenario: &Scenario, flow: &Flow) -> Verdict {
    explain::flow_verdict(flow, &scenario.world, &Documents::parse(&scenario.world))
}

pub(crate) fn hop(flow: &Flow, kind: HopKind) -> &flow::Hop {
    flow.hops
        .iter()
        .find(|it| it.kind == kind)
        .unwrap_or_else(|| panic!("no hop {kind:?}"))
}

pub(crate) fn role(world: &mut World) -> &mut rolewalk_core::world::Role {
    world.home.role_mut(EXECUTION_ROLE).unwrap()
}

pub(crate) fn training(scenario: &mut Scenario, role: Option<&str>) {
    scenario.choice.workload = Workload::TrainingJob(Job {
        role: role.map(str::to_owned),
        ..Job::named("churn")
    });
}

pub(crate) fn trust() -> DocumentId {
    Text::Trust {
        role: EXECUTION_ROLE.into(),
    }
    .into()
}

pub(crate) fn bucket() -> DocumentId {
    Text::Bucket {
        bucket: "acme-sagemaker-churn".into(),
    }
    .into()
}

pub(crate) fn replace(scenario: &mut Scenario, document: &DocumentId, find: &str, by: &str) {
    let text = scenario.world.document_mut(document).unwrap();
    assert!(
        text.as_str().contains(find),
        "{find} not in {}",
        text.as_str()
    );
    *text = text.as_str().replace(find, by).into();
}

pub(crate) fn assert_says(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}
