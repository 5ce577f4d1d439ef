//! The scenario around a world in which nobody has chosen anything: who does what in it at first.

use rolewalk_core::{
    flow::{ApiCall, Workload},
    scenario::Scenario,
    world::{Account, Group, InlinePolicy, Status, User, UserProfile, World},
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

/// A world with one domain, these profiles, and these users, each with a policy or none.
fn with(users: &[(&str, Option<&str>)], profiles: &[(&str, Status)]) -> World {
    let mut world = start();
    let (user, profile) = (
        world.home.users.first().unwrap().clone(),
        world.home.domains.first().unwrap().user_profiles[0].clone(),
    );
    world.home.users = users
        .iter()
        .map(|(name, policy)| User {
            name: (*name).to_owned(),
            inline_policies: policy
                .map(|it| InlinePolicy {
                    name: "own".to_owned(),
                    document: it.into(),
                })
                .into_iter()
                .collect(),
            groups: Vec::new(),
            attached_policies: Vec::new(),
            ..user.clone()
        })
        .collect();
    world.home.domains.first_mut().unwrap().user_profiles = profiles
        .iter()
        .map(|(name, status)| UserProfile {
            user_profile_name: (*name).to_owned(),
            status: *status,
            ..profile.clone()
        })
        .collect();
    world
}

fn chosen(world: World) -> (String, Option<String>, String) {
    let choice = around(world).choice;
    (choice.user, choice.role, choice.user_profile)
}

#[test]
fn whoever_can_get_to_studio_starts_with_their_own_profile() {
    const READ: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sagemaker:List*", "Resource": "*"}}"#;
    const OPEN: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sagemaker:*", "Resource": "*"}}"#;
    const DENY: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sagemaker:*", "Resource": "*"}}"#;
    let role = start()
        .home
        .roles
        .iter()
        .find(|it| !it.is_kept_by_aws())
        .unwrap()
        .clone();
    let arn = start().role_arn(&role);
    let assume = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "{arn}"}}}}"#
    );
    let assume = Some(assume.as_str());
    let ready = Status::InService;
    let by_role = Some(role.name.clone());
    let is = |users: &[(&str, Option<&str>)],
              profiles: &[(&str, Status)],
              expected: (&str, Option<String>, &str)| {
        let (user, role, profile) = chosen(with(users, profiles));
        assert_eq!(
            (user.as_str(), role, profile.as_str()),
            expected,
            "{users:?} {profiles:?}"
        );
    };
    // A profile's name has no dots, and a machine's user comes first by alphabet.
    is(
        &[("jenkins", Some(READ)), ("mira.keller", assume)],
        &[("mira-keller", ready), ("old-intern", Status::DeleteFailed)],
        ("mira.keller", by_role.clone(), "mira-keller"),
    );
    is(
        &[("bot", None), ("Ada@bank.example", Some(OPEN))],
        &[("zoe", ready), ("ada", ready)],
        ("Ada@bank.example", None, "ada"),
    );
    // Of two with a profile the one that can get there.
    is(
        &[("ada", Some(DENY)), ("zoe", Some(OPEN))],
        &[("ada", ready), ("zoe", ready)],
        ("zoe", None, "zoe"),
    );
    // Who has none takes the first that is in service.
    is(
        &[("bot", Some(READ)), ("cleo", Some(OPEN))],
        &[("old", Status::Failed), ("zoe", ready)],
        ("cleo", None, "zoe"),
    );
    // Where nobody can, and where all is the same, the first.
    is(
        &[("bot", None), ("cleo", None)],
        &[("zoe", ready)],
        ("bot", None, "zoe"),
    );
    is(
        &[("a.b", Some(OPEN)), ("ab", Some(OPEN))],
        &[("ab", ready)],
        ("ab", None, "ab"),
    );
    is(&[], &[("zoe", ready)], ("", None, "zoe"));
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
