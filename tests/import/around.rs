//! The scenario around a world in which nobody has chosen anything: who does what in it at first.

use rolewalk_core::{
    flow::{ApiCall, Workload},
    scenario::Scenario,
    world::{Account, Group, InlinePolicy, World},
};
use rolewalk_lessons::start_worlds;

fn start() -> World {
    start_worlds()[0].scenario().unwrap().world
}

fn around(world: World) -> Scenario {
    Scenario::around(world, "Account", "An account.")
}

#[test]
fn the_choice_is_out_of_the_world() {
    let world = start();
    let scenario = around(world);
    assert!(scenario.world.user(&scenario.choice.user).is_some());
    let domain = scenario.world.domain(&scenario.choice.domain).unwrap();
    assert!(domain.user_profile(&scenario.choice.user_profile).is_some());
    let text = scenario.to_json();
    assert_eq!(Scenario::from_json(&text).unwrap(), scenario);
}

fn call(world: &World) -> (String, ApiCall) {
    let scenario = around(world.clone());
    let Workload::ApiCall(call) = scenario.choice.workload else {
        panic!("{:?}", scenario.choice.workload)
    };
    (scenario.choice.user, call)
}

#[test]
fn without_studio_somebody_makes_a_call_that_a_policy_of_theirs_allows() {
    let mut world = start();
    world.home.domains.clear();
    world.home.policies.clear();
    let policy = |text: &str| InlinePolicy {
        name: "own".to_owned(),
        document: text.into(),
    };
    for it in &mut world.home.users {
        it.inline_policies.clear();
        it.attached_policies.clear();
        it.groups.clear();
    }
    for it in &mut world.home.roles {
        it.inline_policies.clear();
        it.attached_policies.clear();
    }
    let first = world.home.users.first().unwrap().name.clone();
    let (user, it) = call(&world);
    assert_eq!(
        (user, it.principal, it.action.as_str()),
        (first.clone(), None, "s3:ListAllMyBuckets")
    );

    // A role has one by its name, the user only wildcards.
    let wild = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
    let named = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": ["arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::data/*"]}]}"#;
    world.home.users.first_mut().unwrap().inline_policies = vec![policy(wild)];
    world.home.roles.first_mut().unwrap().inline_policies = vec![policy(named)];
    let (user, it) = call(&world);
    let role = world
        .role_arn(world.home.roles.first().unwrap())
        .to_string();
    assert_eq!(user, "");
    assert_eq!(it.principal, Some(role));
    assert_eq!(
        (it.action.as_str(), it.resource.as_str()),
        ("s3:GetObject", "arn:aws:s3:::data/example")
    );

    // The user has it through a group.
    world.home.users.first_mut().unwrap().groups = vec!["team".to_owned()];
    world.home.groups.push(Group {
        name: "team".to_owned(),
        attached_policies: Vec::new(),
        inline_policies: vec![policy(named)],
    });
    let (user, it) = call(&world);
    assert_eq!(
        (user, it.principal, it.action.as_str()),
        (first, None, "s3:GetObject")
    );
}

#[test]
fn an_account_with_nobody_in_it_has_a_start_too() {
    let mut world = start();
    world.home = Account::new(world.home.account.clone());
    let (user, it) = call(&world);
    assert_eq!(
        (user.as_str(), it.principal, it.resource.as_str()),
        ("", None, "*")
    );
}
