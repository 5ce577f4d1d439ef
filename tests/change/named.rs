//! What names a thing follows it; what AWS would refuse is refused; things as JSON.

use rolewalk_core::{
    explain,
    flow::{Job, Workload},
    names::Arn,
    scenario::change as edit,
    world::{
        self, EntityId, OrganizationPolicyKind, Thing,
        change::{Dependence, JsonRefusal, Kind, Refusal, dependents, json_of},
    },
};
use rolewalk_lessons::start_worlds;

use crate::{full, role, things, user};

#[test]
fn everything_that_names_a_role_follows_it() {
    let mut scenario = start_worlds().first().unwrap().scenario().unwrap();
    let old = "arn:aws:iam::111122223333:role/ChurnExecutionRole";
    let mut job = Job::named("train");
    job.role = Some(old.to_owned());
    scenario.choice.workload = Workload::TrainingJob(job);
    let text = format!(
        "{{ \"Principal\":   {{ \"AWS\": [\"{old}\", \"{old}2\", \"arn:aws:sts::111122223333:assumed-role/ChurnExecutionRole/SageMaker\"] }} }}"
    );
    scenario.world.home.buckets.first_mut().unwrap().policy = Some(text.into());
    scenario.choice.role_chain = vec![old.to_owned(), "ChurnExecutionRole".to_owned()];
    let grant = serde_json::json!({"grantId": "g", "granteePrincipal": old, "operations": ["Decrypt"],
        "retiringPrincipal": "arn:aws:sts::111122223333:assumed-role/ChurnExecutionRole/SageMaker"});
    let keys = &mut scenario.world.home.keys;
    keys.first_mut().unwrap().grants = vec![serde_json::from_value(grant).unwrap()];
    let id = role("ChurnExecutionRole");
    assert!(edit::is_chosen(&scenario, &id));
    let how: Vec<String> = dependents(&scenario.world, &id)
        .iter()
        .map(|it| explain::dependent_sentence(it, &scenario.world))
        .collect();
    assert!(
        how.iter()
            .any(|it| it.contains("keeps it as an execution role")),
        "{how:?}"
    );
    assert!(
        how.iter().any(|it| it.contains("A grant on the key")),
        "{how:?}"
    );
    assert!(
        how.iter().any(|it| it.contains("goes on naming it")),
        "{how:?}"
    );

    edit::rename(&mut scenario, &id, "Churn").unwrap();
    let json = scenario.to_json();
    assert!(json.contains("arn:aws:iam::111122223333:role/ChurnExecutionRole2"));
    assert_eq!(json.matches("role/ChurnExecutionRole").count(), 1, "{json}");
    let policy = scenario
        .world
        .home
        .buckets
        .first()
        .unwrap()
        .policy
        .clone()
        .unwrap();
    let chain = ["arn:aws:iam::111122223333:role/Churn", "Churn"];
    assert_eq!(scenario.choice.role_chain, chain);
    assert!(policy.as_str().contains(":   {"), "the layout stays");
    assert!(policy.as_str().contains("assumed-role/Churn/SageMaker"));
    let Workload::TrainingJob(job) = &scenario.choice.workload else {
        panic!("{:?}", scenario.choice.workload)
    };
    assert_eq!(
        job.role.as_deref(),
        Some("arn:aws:iam::111122223333:role/Churn")
    );
}

#[test]
fn what_aws_would_refuse_is_refused_with_the_reason() {
    let cases: &[(EntityId, &str, &str)] = &[
        (
            user("alice"),
            "",
            "An empty text is not a name for a user or role",
        ),
        (user("alice"), "al ice", "is not a name for a user or role"),
        (user("nobody"), "somebody", "is no longer there"),
        (
            role("ChurnExecutionRole"),
            "datascientistrole",
            "`DataScientistRole` is taken already",
        ),
        (
            Thing::ManagedPolicy {
                arn: Arn::parse("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess").unwrap(),
            }
            .into(),
            "Mine",
            "AWS keeps this policy",
        ),
    ];
    let scenario = start_worlds().first().unwrap().scenario().unwrap();
    for (id, new, reason) in cases {
        let mut changed = scenario.clone();
        let refusal = edit::rename(&mut changed, id, new).unwrap_err();
        let sentence = explain::refusal_sentence(&refusal);
        assert!(sentence.contains(reason), "{sentence}");
        assert_eq!(changed, scenario);
    }
    let mut changed = scenario.clone();
    edit::rename(&mut changed, &user("alice"), "Alice").unwrap();
    assert_eq!(
        changed.choice.user, "Alice",
        "another case of one's own name is free"
    );
    let home = Thing::Account.into();
    assert_eq!(edit::remove(&mut changed, &home), Err(Refusal::HomeAccount));
    let scp = Kind::OrganizationPolicy(OrganizationPolicyKind::Scp);
    assert_eq!(
        edit::add(&mut changed, scp, &home),
        Err(Refusal::NoOrganization)
    );
}

#[test]
fn a_group_lets_its_users_go_and_a_boundary_stays() {
    let mut scenario = full();
    let group = scenario.world.home.groups.last().unwrap().name.clone();
    edit::remove(&mut scenario, &Thing::Group { name: group }.into()).unwrap();
    assert!(scenario.world.home.users.last().unwrap().groups.is_empty());
    let arn = scenario.world.home.policies.last().unwrap().arn.clone();
    let id: EntityId = Thing::ManagedPolicy { arn: arn.clone() }.into();
    let how: Vec<Dependence> = dependents(&scenario.world, &id)
        .into_iter()
        .map(|it| it.how)
        .collect();
    assert_eq!(how, [Dependence::Attached, Dependence::Boundary]);
    edit::remove(&mut scenario, &id).unwrap();
    assert_eq!(
        scenario
            .world
            .home
            .users
            .last()
            .unwrap()
            .permissions_boundary,
        Some(arn)
    );
    assert_eq!(
        world::check(&scenario.world).len(),
        1,
        "the boundary leads nowhere"
    );
}

#[test]
fn everything_reads_back_from_its_own_json() {
    let scenario = full();
    for id in things(&scenario.world) {
        let json = json_of(&scenario.world, &id).unwrap();
        let mut changed = scenario.clone();
        edit::set_json(&mut changed, &id, &json).unwrap();
        assert_eq!(changed, scenario, "{json}");
        let n_lines = json.lines().count();
        let cut = json.trim_end_matches('}');
        match edit::set_json(&mut changed, &id, cut).unwrap_err() {
            JsonRefusal::Shape { line, .. } => assert!((n_lines - 1..=n_lines).contains(&line)),
            it @ JsonRefusal::Refused(_) => panic!("{it:?}"),
        }
        assert_eq!(changed, scenario);
    }
    let json = json_of(&scenario.world, &role("ChurnExecutionRole")).unwrap();
    assert!(
        json.contains("\"trustPolicy\": {\n    \"Version\""),
        "{json}"
    );
}

#[test]
fn a_name_that_is_changed_in_the_json_is_a_renaming() {
    let mut scenario = start_worlds().first().unwrap().scenario().unwrap();
    let id = role("ChurnExecutionRole");
    let json = json_of(&scenario.world, &id).unwrap();
    let json = json.replace("\"ChurnExecutionRole\"", "\"Churn\"");
    let json = json.replace("\"path\": \"/\"", "\"path\": \"/team/\"");
    assert_eq!(edit::set_json(&mut scenario, &id, &json), Ok(role("Churn")));
    assert_eq!(world::check(&scenario.world), []);
    assert!(
        scenario
            .to_json()
            .contains("arn:aws:iam::111122223333:role/team/Churn")
    );
}
