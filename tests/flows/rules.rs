//! What holds for every workload.

use std::collections::BTreeMap;

use rolewalk_core::{
    explain,
    flow::{Check, Flow, HopKind, Lifetime, Subject, Timing},
    scenario::Scenario,
    world::{Documents, EntityId, Thing, change::Kind},
};
use serde_json::{Value, json};

use crate::cases::{action, base, read, scenario, walk};

/// Each workload as a person or a notebook does it, and the roles it hands over.
pub(crate) fn workloads() -> Vec<(Value, &'static [&'static str])> {
    const EXECUTION: &str = "arn:aws:iam::111122223333:role/Execution";
    const JOB: &str = "arn:aws:iam::111122223333:role/Job";
    const PIPELINE: &str = "arn:aws:iam::111122223333:role/Pipeline";
    const SPACE: &str = "arn:aws:iam::111122223333:role/Space";
    let job = json!({"job": "j", "role": JOB});
    vec![
        (json!("openStudio"), &[]),
        (json!({"startApp": {}}), &[]),
        (
            json!({"startApp": {"space": "team", "sharingType": "Shared"}}),
            &[],
        ),
        (json!({"startApp": {"appType": "Canvas"}}), &[]),
        (json!({"trainingJob": {"job": "j"}}), &[EXECUTION]),
        (json!({"trainingJob": job}), &[JOB]),
        (json!({"processingJob": job}), &[JOB]),
        (json!({"tuningJob": job}), &[JOB]),
        (
            json!({"transformJob": {"job": "j", "model": "m", "modelRole": JOB}}),
            &[],
        ),
        (
            json!({"deployment": {"endpoint": "e", "model": "m", "role": JOB}}),
            &[JOB],
        ),
        (
            json!({"deployment": {"endpoint": "e", "model": "m", "role": JOB, "executionRole": EXECUTION}}),
            &[JOB, EXECUTION],
        ),
        (json!({"invocation": {"endpoint": "e"}}), &[]),
        (json!({"invocation": {"endpoint": "e", "from": "api"}}), &[]),
        (
            json!({"pipeline": {"pipeline": "p", "role": PIPELINE, "stepRole": JOB}}),
            &[PIPELINE, JOB],
        ),
        (
            json!({"pipeline": {"pipeline": "p", "role": PIPELINE}}),
            &[PIPELINE, PIPELINE],
        ),
        (
            json!({"notebookInstance": {"notebookInstance": "n", "role": JOB}}),
            &[JOB],
        ),
        (
            json!({"newDomain": {"domainName": "d", "executionRole": EXECUTION, "spaceExecutionRole": SPACE}}),
            &[EXECUTION, SPACE],
        ),
        (
            json!({"newDomain": {"domainName": "d", "executionRole": EXECUTION}}),
            &[EXECUTION],
        ),
        (json!({"newProfile": {"userProfileName": "carol"}}), &[]),
        (
            json!({"newProfile": {"userProfileName": "carol", "executionRole": JOB}}),
            &[JOB],
        ),
        (
            json!({"apiCall": {"principal": EXECUTION, "action": "s3:GetObject", "resource": "arn:aws:s3:::churn-data/churn/x"}}),
            &[],
        ),
    ]
}

fn flow_of(workload: &Value) -> Flow {
    walk(&scenario(base(), workload, &BTreeMap::new()))
}

fn checks(flow: &Flow) -> impl Iterator<Item = &Check> {
    flow.hops.iter().flat_map(|it| &it.checks)
}

#[test]
fn every_workload_gets_to_its_end() {
    for (workload, _) in workloads() {
        let flow = flow_of(&workload);
        let stopped = flow.blocked_at().map(|it| &flow.hops[it]);
        let stopped = stopped.map(|it| (it.kind, &it.to));
        assert!(stopped.is_none(), "{workload}: {stopped:#?}");
        assert!(checks(&flow).count() > 0);
    }
}

#[test]
fn a_role_is_passed_where_one_is_handed_over_and_nowhere_else() {
    for (workload, roles) in workloads() {
        let flow = flow_of(&workload);
        let mut passed = Vec::new();
        for check in checks(&flow) {
            if let Subject::Authorization { request, .. } = &check.subject
                && request.action.is("iam:PassRole")
            {
                passed.push(request.resource.as_str().to_owned());
                let service = request.context.single("iam:PassedToService");
                assert_eq!(service, Some("sagemaker.amazonaws.com"), "{workload}");
                assert!(
                    request
                        .context
                        .single("iam:AssociatedResourceArn")
                        .is_some()
                );
            }
        }
        assert_eq!(passed, roles, "{workload}");
    }
}

#[test]
fn no_door_is_met_twice_and_each_has_a_name_of_its_own() {
    for (workload, _) in workloads() {
        let flow = flow_of(&workload);
        let mut kinds: Vec<HopKind> = flow.hops.iter().map(|it| it.kind).collect();
        let mut names: Vec<&str> = kinds
            .iter()
            .map(|it| explain::hop_short_title(*it))
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!(kinds.len(), flow.hops.len(), "{workload}");
        assert_eq!(names.len(), flow.hops.len(), "{workload}");
    }
}

#[test]
fn what_runs_later_is_asked_when_the_call_is_over() {
    for (workload, _) in workloads() {
        let flow = flow_of(&workload);
        let is_later = |it: &Check| it.timing != Timing::Sync;
        for hop in &flow.hops {
            let creates = format!("{:?}", hop.kind).starts_with("Create");
            let has_later = hop.checks.iter().any(is_later);
            let in_pipeline = workload.get("pipeline").is_some() && hop.kind == HopKind::CreateJob;
            assert!(
                !creates || !has_later || in_pipeline,
                "{workload}: {hop:#?}"
            );
        }
        let runs = [
            "trainingJob",
            "processingJob",
            "tuningJob",
            "transformJob",
            "deployment",
            "pipeline",
        ]
        .iter()
        .any(|it| workload.get(it).is_some());
        assert_eq!(checks(&flow).any(is_later), runs, "{workload}");
    }
}

#[test]
fn the_calls_for_one_thing_carry_its_tags_or_are_not_asked_about_them() {
    for (workload, _) in workloads() {
        let flow = flow_of(&workload);
        let from_studio = read(&workload).is_from_studio();
        let asks = checks(&flow).any(|it| action(it).as_deref() == Some("sagemaker:AddTags"));
        assert_eq!(asks, from_studio, "{workload}");
    }
}

/// What would be said behind the door that stops the walk, in the words that people report.
#[test]
fn each_way_to_miss_a_model_or_its_image_has_words_of_its_own() {
    let deployment = json!({"deployment": {"endpoint": "e", "model": "m", "role": "arn:aws:iam::111122223333:role/Job"}});
    let messages = |set: &BTreeMap<String, Value>| {
        let flow = walk(&scenario(base(), &deployment, set));
        let all: Vec<String> = checks(&flow).filter_map(explain::aws_error).collect();
        all.join("\n")
    };
    // https://github.com/aws/deep-learning-containers/issues/5657
    let foreign = json!("arn:aws:ecr:eu-west-1:444455556666:repository/other");
    let there = json!([{"account": "444455556666", "repositories": [{"name": "other"}]}]);
    let of_foreign = messages(&BTreeMap::from([
        ("/choice/repository".to_owned(), foreign),
        ("/world/otherAccounts".to_owned(), there),
    ]));
    let said = "The repository of your image other does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage, \
                ecr:BatchCheckLayerAvailability permission to sagemaker.amazonaws.com service principal";
    assert!(of_foreign.contains(said), "{of_foreign}");
    // https://github.com/yuyasugano/terraform-sagemaker-sample-1/issues/1
    let without = BTreeMap::from([("/world/home/roles/2/inlinePolicies".to_owned(), json!([]))]);
    let of_endpoint = messages(&without);
    for said in [
        "Please make sure all images included in the model",
        "Failed to download model data for container",
        "Could not access model data at s3://churn-data/churn/model.tar.gz",
    ] {
        assert!(of_endpoint.contains(said), "{of_endpoint}");
    }
}

#[test]
fn a_workload_survives_being_written_and_read() {
    for (workload, _) in workloads() {
        let scenario = scenario(base(), &workload, &BTreeMap::new());
        let again = rolewalk_core::scenario::Scenario::from_json(&scenario.to_json()).unwrap();
        assert_eq!(again, scenario, "{workload}");
    }
}

#[test]
fn fields_that_nobody_knows_are_told() {
    let mut json = base();
    json["choice"]["workload"] = json!({"trainingJob": {"job": "j", "rolle": "x"}});
    let error = rolewalk_core::scenario::Scenario::from_json(&json.to_string()).unwrap_err();
    assert!(error.to_string().contains("rolle"), "{error}");
}

#[test]
fn credentials_say_who_one_is_and_when_they_end() {
    let set = BTreeMap::from([
        (
            "/choice/sourceIdentity".to_owned(),
            json!("alice@example.com"),
        ),
        ("/choice/sessionTags".to_owned(), json!({"team": "churn"})),
        (
            "/world/home/domains/0/domainSettings".to_owned(),
            json!({"executionRoleIdentityConfig": "USER_PROFILE_NAME"}),
        ),
    ]);
    let flow = walk(&scenario(base(), &json!("openStudio"), &set));
    let of = |kind| {
        let hop = flow.hops.iter().find(|it| it.kind == kind).unwrap();
        hop.identity.clone()
    };
    let user = of(HopKind::SignIn);
    assert_eq!(user.session_name, None);
    assert!(user.ends.is_empty());
    let session = of(HopKind::AssumeRole);
    assert_eq!(session.session_name.as_deref(), Some("alice"));
    assert_eq!(
        session.source_identity.as_deref(),
        Some("alice@example.com")
    );
    assert_eq!(session.session_tags.get("team").unwrap(), "churn");
    assert_eq!(session.ends[0].what, Lifetime::RoleSession);
    assert_eq!(session.ends[0].at.as_deref(), Some("2026-01-15T10:00:00Z"));
    let url = of(HopKind::OpenProfile).ends.pop().unwrap();
    assert_eq!((url.what, url.seconds), (Lifetime::PresignedUrl, 300));
    let app = of(HopKind::AssumeExecutionRole);
    assert_eq!(app.session_name.as_deref(), Some("SageMaker"));
    assert_eq!(app.source_identity.as_deref(), Some("alice"));
    assert_eq!(app.ends[0].at.as_deref(), Some("2026-01-15T21:00:00Z"));
    assert_eq!(
        explain::identity_details(&app),
        [
            "session name `SageMaker`",
            "source identity `alice`",
            "the Studio session ends after 12 h, at `2026-01-15T21:00:00Z`"
        ]
    );
}

/// The ARNs in a value that have an empty part, such as `user-profile//`.
fn with_empty_part(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("arn:") => {
            let resource = text.splitn(6, ':').nth(5).unwrap_or("");
            let is_object = text.contains(":s3:");
            let is_empty = resource.is_empty()
                || resource.starts_with('/')
                || (!is_object && (resource.contains("//") || resource.ends_with('/')));
            if is_empty {
                found.push(text.clone());
            }
        }
        Value::Array(items) => items.iter().for_each(|it| with_empty_part(it, found)),
        Value::Object(members) => members.values().for_each(|it| with_empty_part(it, found)),
        _ => {}
    }
}

#[test]
fn where_something_is_not_chosen_no_arn_has_an_empty_part() {
    let nothing = BTreeMap::new();
    for (workload, _) in workloads().into_iter().chain([
        (json!("deleteProfile"), &[][..]),
        (json!({"deleteDomain": {}}), &[]),
    ]) {
        for sign_in in ["iam", "identityCenter"] {
            for fields in [
                &[][..],
                &["user"],
                &["domain"],
                &["userProfile"],
                &["domain", "userProfile"],
                &["bucket"],
                &["repository"],
                &["user", "domain", "userProfile", "bucket", "repository"],
            ] {
                let mut scenario = scenario(base(), &workload, &nothing);
                let choice = &mut scenario.choice;
                choice.sign_in = serde_json::from_value(json!(sign_in)).unwrap();
                for field in fields {
                    match *field {
                        "user" => choice.user.clear(),
                        "domain" => choice.domain.clear(),
                        "userProfile" => choice.user_profile.clear(),
                        "bucket" => choice.data.bucket.clear(),
                        _ => choice.repository.clear(),
                    }
                }
                let flow = walk(&scenario);
                let mut found = Vec::new();
                with_empty_part(&serde_json::to_value(&flow).unwrap(), &mut found);
                assert!(
                    found.is_empty(),
                    "{workload} {sign_in} without {fields:?}: {found:?}"
                );
                if *fields == ["user"]
                    && flow
                        .hops
                        .first()
                        .is_some_and(|it| it.kind == HopKind::SignIn)
                {
                    assert_eq!(flow.blocked_at(), Some(0), "{workload}");
                    assert_eq!(flow.hops[0].checks.len(), 1, "nobody proves to be nobody");
                }
            }
        }
    }
}

#[test]
fn a_user_who_is_gone_proves_nothing_at_the_first_door() {
    let mut scenario = scenario(base(), &json!("openStudio"), &BTreeMap::new());
    "gone".clone_into(&mut scenario.choice.user);
    let flow = walk(&scenario);
    assert_eq!(flow.blocked_at(), Some(0));
    let sentences: Vec<String> = flow.hops[0]
        .checks
        .iter()
        .map(explain::check_title)
        .collect();
    assert_eq!(sentences, ["There is no IAM user `gone`"]);
}

#[test]
fn what_there_is_none_of_is_offered_to_be_added() {
    let mut scenario = scenario(base(), &json!("openStudio"), &BTreeMap::new());
    let verdict = |scenario: &Scenario| {
        let documents = Documents::parse(&scenario.world);
        explain::flow_verdict(&walk(scenario), &scenario.world, &documents)
    };
    let account: EntityId = Thing::Account.into();
    "gone".clone_into(&mut scenario.choice.domain);
    let it = verdict(&scenario);
    assert_eq!(it.answer, "There is no domain `gone`.");
    assert_eq!(it.add, Some((Kind::Domain, account.clone())));
    scenario.world.home.domains.clear();
    scenario.choice.domain.clear();
    let it = verdict(&scenario);
    assert_eq!(it.answer, "There is no domain yet.");
    assert_eq!(
        it.fix.as_deref(),
        Some("Add one, and the scenario takes it.")
    );
    scenario.world.home.users.clear();
    scenario.choice.user.clear();
    let it = verdict(&scenario);
    assert_eq!(it.answer, "There is no IAM user yet.");
    assert_eq!(it.add, Some((Kind::User, account.clone())));
    // The name of what was deleted stays in the scenario, and is no reason for it to be there.
    let mut scenario = self::scenario(base(), &json!("openStudio"), &BTreeMap::new());
    scenario.world.home.buckets.clear();
    let it = verdict(&scenario);
    assert_eq!(it.answer, "There is no S3 bucket yet.");
    assert!(
        it.reason
            .starts_with("The walk needs one, and there is none to choose."),
        "{}",
        it.reason
    );
    assert_eq!(it.add, Some((Kind::Bucket, account)));
}
