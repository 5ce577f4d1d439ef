//! Every start world comes to what its text says, and its invitation changes that.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

use rolewalk_core::{
    explain,
    flow::{self, Flow, HopKind},
    scenario::{Alteration, CheckOutcome, Scenario, run},
    world::{DocumentId, Documents},
};
use rolewalk_lessons::{StartWorld, start_worlds};

#[test]
fn each_world_passes_its_own_checks() {
    for world in start_worlds() {
        let scenario = scenario(world);
        assert!(
            !scenario.checks.is_empty(),
            "{}: says nothing of itself",
            world.slug
        );
        for check in &scenario.checks {
            match run(&scenario, check) {
                CheckOutcome::Passed { .. } => (),
                CheckOutcome::Failed { mismatches, flow } => panic!(
                    "{}: {}: {mismatches:#?}\n{}",
                    world.slug,
                    check.name,
                    told(&scenario, &flow)
                ),
                CheckOutcome::Invalid { documents } => panic!("{}: {documents:?}", world.slug),
            }
        }
    }
}

#[test]
fn no_policy_of_a_world_draws_a_message() {
    for world in start_worlds() {
        let scenario = scenario(world);
        for (id, document) in Documents::parse(&scenario.world).iter() {
            assert!(
                document.diagnostics.is_empty(),
                "{}: {id:?}: {:#?}",
                world.slug,
                document.diagnostics
            );
        }
    }
}

#[test]
fn every_attached_policy_is_in_its_world() {
    for world in start_worlds() {
        let world = scenario(world).world;
        let attached = world.accounts().flat_map(|account| {
            let users = account.users.iter().map(|it| &it.attached_policies);
            let groups = account.groups.iter().map(|it| &it.attached_policies);
            let roles = account.roles.iter().map(|it| &it.attached_policies);
            users.chain(groups).chain(roles).flatten()
        });
        for arn in attached {
            assert!(world.policy(arn).is_some(), "{arn}");
        }
    }
}

#[test]
fn a_world_survives_being_written_and_read() {
    for world in start_worlds() {
        let scenario = scenario(world);
        assert_eq!(Scenario::from_json(&scenario.to_json()).unwrap(), scenario);
    }
}

#[test]
fn every_text_of_a_world_counts_for_its_length() {
    for world in start_worlds() {
        let mut world = scenario(world).world;
        let n = world.n_policy_characters();
        let texts = world.documents();
        let told: usize = texts
            .iter()
            .map(|it| it.1.as_str().encode_utf16().count())
            .sum();
        assert_eq!(n, told);
        let ids: Vec<DocumentId> = texts.into_iter().map(|it| it.0).collect();
        for id in ids {
            let text = world.document_mut(&id).unwrap();
            let before = text.as_str().encode_utf16().count();
            *text = "𝕒ö".into();
            assert_eq!(world.n_policy_characters(), n - before + 3, "{id:?}");
            *world.document_mut(&id).unwrap() = " ".repeat(before).into();
        }
    }
}

#[test]
fn each_invitation_moves_the_door_that_is_shut() {
    let inviting = start_worlds().iter().map(scenario);
    let inviting = inviting.filter(|it| it.invitation.is_some());
    let moves: Vec<(Option<HopKind>, Option<HopKind>)> =
        inviting.map(|it| before_and_after(&it)).collect();
    assert_eq!(
        moves,
        [
            (None, Some(HopKind::AssumeExecutionRole)),
            (Some(HopKind::S3), None),
            (Some(HopKind::AssumeExecutionRole), None),
            (Some(HopKind::FindDomain), None),
        ]
    );
}

/// What the page says of the second world is the lesson of that world, so it is held to the word.
#[test]
fn the_second_world_names_the_patterns_that_miss() {
    let scenario = scenario(start_worlds().get(1).unwrap());
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let verdict = explain::flow_verdict(&flow, &scenario.world, &documents);
    assert_eq!(
        verdict.answer,
        "An error occurred (AccessDenied) when calling the GetObject operation: \
         User: arn:aws:sts::111122223333:assumed-role/ChurnExecutionRole/SageMaker is not authorized to perform: \
         s3:GetObject on resource: \"arn:aws:s3:::acme-churn-data/churn/train.csv\" \
         because no identity-based policy allows the s3:GetObject action"
    );
    assert!(verdict.is_aws_message);
    for part in [
        "AWS managed policy `AmazonSageMakerFullAccess`",
        "only on `arn:aws:s3:::*SageMaker*`, `arn:aws:s3:::*Sagemaker*`, `arn:aws:s3:::*sagemaker*` and `arn:aws:s3:::*aws-glue*`",
        "`arn:aws:s3:::acme-churn-data/churn/train.csv` is not among them",
        "`s3:PutObject` fails too",
    ] {
        assert!(
            verdict.reason.contains(part),
            "{part}\nnot in\n{}",
            verdict.reason
        );
    }
    assert_eq!(
        verdict.fix.unwrap(),
        "Allow `s3:GetObject` on `arn:aws:s3:::acme-churn-data/churn/*` in a policy of role `ChurnExecutionRole`. \
         Look at `s3:PutObject` as well."
    );
}

#[test]
fn the_third_world_names_whom_the_role_trusts() {
    let scenario = scenario(start_worlds().get(2).unwrap());
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let verdict = explain::flow_verdict(&flow, &scenario.world, &documents);
    assert!(
        verdict
            .answer
            .contains("Could not assume role arn:aws:iam::111122223333:role/ChurnExecutionRole")
    );
    assert_eq!(
        verdict.reason,
        "The trust policy of `ChurnExecutionRole` lets in only `lambda.amazonaws.com`, \
         and `sagemaker.amazonaws.com` is not among them."
    );
}

fn before_and_after(scenario: &Scenario) -> (Option<HopKind>, Option<HopKind>) {
    let before = stops_at(scenario);
    let invitation = scenario.invitation.clone().unwrap();
    let scenario = Alteration::apply_all(&invitation.changes, scenario).unwrap();
    (before, stops_at(&scenario))
}

fn stops_at(scenario: &Scenario) -> Option<HopKind> {
    let documents = Documents::parse(&scenario.world);
    let broken: Vec<&DocumentId> = documents.with_errors().map(|(id, _)| id).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    flow.blocked_at()
        .and_then(|it| flow.hops.get(it))
        .map(|it| it.kind)
}

fn told(scenario: &Scenario, flow: &Flow) -> String {
    let documents = Documents::parse(&scenario.world);
    let line = |hop: &flow::Hop| {
        let verdict = explain::hop_verdict(hop, &scenario.world, &documents);
        format!(
            "{}: {:?}: {} {}\n",
            explain::hop_title(hop),
            hop.outcome(),
            verdict.answer,
            verdict.reason
        )
    };
    flow.hops.iter().map(|it| line(it)).collect()
}

fn scenario(world: &StartWorld) -> Scenario {
    world
        .scenario()
        .unwrap_or_else(|error| panic!("{}: {error}", world.slug))
}

#[test]
fn the_title_of_a_door_is_whole_where_nothing_is_chosen_yet() {
    let empty = start_worlds().iter().find(|it| it.slug == "empty-account");
    let scenario = scenario(empty.unwrap());
    let documents = Documents::parse(&scenario.world);
    let flow = flow::walk(&scenario.world, &documents, &scenario.choice);
    let titles: Vec<_> = flow.hops.iter().map(|it| explain::hop_title(it)).collect();
    assert_eq!(
        titles[..3],
        [
            "Alice signs in as an IAM user",
            "The IAM user looks up the domain",
            "Studio opens for a user profile"
        ]
    );
    for it in titles {
        assert!(!it.contains("``") && !it.contains("  "), "{it}");
    }
}
