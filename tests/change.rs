//! Laws and cases of changing a world: what is added is valid, what is renamed takes along
//! everything that names it, what is removed leaves nothing attached.
#![expect(clippy::unwrap_used, reason = "a test: a failed read is a failed test")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use rolewalk_core::{
    explain,
    flow::{Job, Workload},
    names::Arn,
    scenario::{Scenario, change as edit},
    world::{
        self, Account, Checked, Documents, Domain, EntityId, OrganizationPolicyKind, Owner, Thing,
        World,
        change::{Dependence, JsonRefusal, Kind, Refusal, dependents, json_of},
    },
};
use rolewalk_lessons::start_worlds;

/// A start world with one more thing of every kind, and something that names most of them.
fn full() -> Scenario {
    let mut scenario = start_worlds().get(3).unwrap().scenario().unwrap();
    let home: EntityId = Thing::Account.into();
    let domain = scenario.choice.domain.clone();
    for kind in Kind::ALL {
        let at = match kind {
            Kind::UserProfile | Kind::Space | Kind::App => {
                Thing::Domain { id: domain.clone() }.into()
            }
            Kind::InlinePolicy => Thing::Role {
                name: scenario.world.home.roles.first().unwrap().name.clone(),
            }
            .into(),
            Kind::Organization => continue,
            _ => home.clone(),
        };
        edit::add(&mut scenario, kind, &at).unwrap();
    }
    let key = scenario.world.home.keys.last().unwrap().key_id.clone();
    let home = &mut scenario.world.home;
    home.buckets.last_mut().unwrap().kms_key_id = Some(key);
    let group = home.groups.last().unwrap().name.clone();
    home.users.last_mut().unwrap().groups.push(group);
    let policy = home.policies.last().unwrap().arn.clone();
    home.roles
        .last_mut()
        .unwrap()
        .attached_policies
        .push(policy.clone());
    home.users.last_mut().unwrap().permissions_boundary = Some(policy);
    scenario
}

/// The VPCs of an account and what is in them.
fn network(account: &Account) -> Vec<Thing> {
    let mut all = Vec::new();
    for it in &account.vpcs {
        let id = it.vpc_id.clone();
        all.push(Thing::Vpc { id });
        for it in &it.subnets {
            let id = it.subnet_id.clone();
            all.push(Thing::Subnet { id });
        }
        for it in &it.security_groups {
            let id = it.group_id.clone();
            all.push(Thing::SecurityGroup { id });
        }
    }
    all
}

/// The apps of a domain.
fn apps(domain: &Domain) -> impl Iterator<Item = Thing> {
    domain.apps.iter().map(|it| Thing::App {
        domain: domain.domain_id.clone(),
        owner: it.owner(),
        app_type: it.app_type,
        name: it.app_name.clone(),
    })
}

/// Everything in a world that has a name.
fn things(world: &World) -> Vec<EntityId> {
    let mut all = Vec::new();
    for account in world.accounts() {
        let mut push = |thing| all.push(world.entity(&account.account, thing));
        push(Thing::Account);
        for it in &account.users {
            push(Thing::User {
                name: it.name.clone(),
            });
        }
        for it in &account.groups {
            push(Thing::Group {
                name: it.name.clone(),
            });
        }
        for it in &account.roles {
            push(Thing::Role {
                name: it.name.clone(),
            });
            for policy in &it.inline_policies {
                push(Thing::InlinePolicy {
                    owner: Owner::Role(it.name.clone()),
                    name: policy.name.clone(),
                });
            }
        }
        for it in &account.domains {
            let domain = || it.domain_id.clone();
            push(Thing::Domain { id: domain() });
            for it in &it.user_profiles {
                let name = it.user_profile_name.clone();
                push(Thing::UserProfile {
                    domain: domain(),
                    name,
                });
            }
            apps(it).for_each(&mut push);
            for it in &it.spaces {
                let name = it.space_name.clone();
                push(Thing::Space {
                    domain: domain(),
                    name,
                });
            }
        }
        for it in &account.buckets {
            push(Thing::Bucket {
                name: it.name.clone(),
            });
        }
        for it in &account.repositories {
            push(Thing::Repository {
                name: it.name.clone(),
            });
        }
        for it in &account.log_groups {
            push(Thing::LogGroup {
                name: it.name.clone(),
            });
        }
        for it in &account.keys {
            push(Thing::Key {
                id: it.key_id.clone(),
            });
        }
        network(account).into_iter().for_each(&mut push);
        for it in &account.vpc_endpoints {
            push(Thing::VpcEndpoint {
                id: it.vpc_endpoint_id.clone(),
            });
        }
        for it in &account.policies {
            all.push(
                Thing::ManagedPolicy {
                    arn: it.arn.clone(),
                }
                .into(),
            );
        }
    }
    if let Some(organization) = &world.organization {
        all.push(Thing::Organization.into());
        let mut units = vec![&organization.root];
        while let Some(unit) = units.pop() {
            all.push(
                Thing::OrganizationalUnit {
                    id: unit.id.clone(),
                }
                .into(),
            );
            units.extend(&unit.units);
        }
        for it in &organization.policies {
            let (kind, name) = (it.kind, it.name.clone());
            all.push(Thing::OrganizationPolicy { kind, name }.into());
        }
    }
    all
}

/// A name that the thing may have and nothing has.
fn fresh(id: &EntityId) -> &'static str {
    match id.thing {
        Thing::Key { .. } => "12345678-90ab-cdef-1234-567890abcdef",
        Thing::VpcEndpoint { .. } => "vpce-0123456789abcdef0",
        _ => "quite-new",
    }
}

fn user(name: &str) -> EntityId {
    Thing::User {
        name: name.to_owned(),
    }
    .into()
}

fn role(name: &str) -> EntityId {
    Thing::Role {
        name: name.to_owned(),
    }
    .into()
}

#[test]
fn what_is_added_is_valid_and_has_an_id_of_its_own() {
    for start in start_worlds() {
        let mut scenario = start.scenario().unwrap();
        let domain = scenario
            .world
            .home
            .domains
            .first()
            .map(|it| it.domain_id.clone());
        let owner = scenario.world.home.users.first().map(|it| it.name.clone());
        for kind in Kind::ALL.into_iter().chain(Kind::ALL) {
            let at: EntityId = match kind {
                Kind::UserProfile | Kind::Space | Kind::App => {
                    let Some(id) = domain.clone() else { continue };
                    Thing::Domain { id }.into()
                }
                Kind::InlinePolicy => {
                    let Some(name) = owner.clone() else { continue };
                    user(&name)
                }
                _ => Thing::Account.into(),
            };
            let before = world::check(&scenario.world);
            let n = things(&scenario.world).len();
            match edit::add(&mut scenario, kind, &at) {
                Ok(id) => {
                    assert!(id.exists_in(&scenario.world), "{kind:?}: {}", id.key());
                    assert_eq!(EntityId::of(&id.key()), Some(id), "{kind:?}");
                }
                Err(Refusal::SecondOrganization) => assert_eq!(kind, Kind::Organization),
                Err(it) => panic!("{}: {kind:?}: {it:?}", start.slug),
            }
            assert_eq!(world::check(&scenario.world), before, "{kind:?}");
            let all = things(&scenario.world);
            assert!(n <= all.len());
            let keys: BTreeSet<String> = all.iter().map(EntityId::key).collect();
            assert_eq!(keys.len(), all.len(), "{kind:?}: ids are unique");
        }
        for (id, document) in Documents::parse(&scenario.world).iter() {
            assert!(
                document.diagnostics.is_empty(),
                "{id:?}: {:?}",
                document.diagnostics
            );
        }
        let again = Scenario::from_json(&scenario.to_json()).unwrap();
        assert_eq!(again, scenario);
    }
}

#[test]
fn renaming_and_back_is_as_it_was() {
    let scenario = full();
    let mut n = 0;
    for id in things(&scenario.world) {
        let mut changed = scenario.clone();
        let name = match &id.thing {
            Thing::Domain { .. } | Thing::OrganizationalUnit { .. } => {
                explain::entity_name(&id, &scenario.world)
            }
            Thing::Account => continue,
            _ => id.to_string(),
        };
        let found = world::check(&scenario.world).len();
        match edit::rename(&mut changed, &id, fresh(&id)) {
            Ok(new) => {
                n += 1;
                assert_ne!(changed, scenario, "{}", id.key());
                assert!(new.exists_in(&changed.world));
                let dangling = world::check(&changed.world);
                assert_eq!(dangling.len(), found, "{}: {dangling:?}", id.key());
                let back = edit::rename(&mut changed, &new, &name).unwrap();
                assert_eq!(back, id);
            }
            Err(Refusal::AwsManaged | Refusal::Fixed) => {}
            Err(it) => panic!("{}: {it:?}", id.key()),
        }
        assert_eq!(changed, scenario, "{}", id.key());
    }
    assert!(n > 20, "only {n} things could be renamed");
}

#[test]
fn duplicating_and_removing_is_as_it_was() {
    let scenario = full();
    let found = world::check(&scenario.world);
    for id in things(&scenario.world) {
        let mut changed = scenario.clone();
        match edit::duplicate(&mut changed, &id) {
            Ok(copy) => {
                assert!(copy.exists_in(&changed.world), "{}", copy.key());
                assert_eq!(world::check(&changed.world), found, "{}", copy.key());
                let all = things(&changed.world);
                let keys: BTreeSet<String> = all.iter().map(EntityId::key).collect();
                assert_eq!(keys.len(), all.len());
                edit::remove(&mut changed, &copy).unwrap();
            }
            Err(Refusal::Fixed | Refusal::Root) => {}
            Err(it) => panic!("{}: {it:?}", id.key()),
        }
        assert_eq!(changed, scenario, "{}", id.key());
    }
}

#[test]
fn what_is_removed_is_attached_nowhere() {
    let scenario = full();
    for id in things(&scenario.world) {
        let mut changed = scenario.clone();
        let before = dependents(&scenario.world, &id);
        match edit::remove(&mut changed, &id) {
            Ok(()) => {
                assert!(!id.exists_in(&changed.world), "{}", id.key());
                let left = dependents(&changed.world, &id);
                assert!(left.iter().all(|it| !it.how.goes_along()), "{left:?}");
                let stay = before.iter().filter(|it| !it.how.goes_along());
                for it in stay {
                    assert!(it.entity.exists_in(&changed.world), "{it:?}");
                }
            }
            Err(
                Refusal::AwsManaged
                | Refusal::HomeAccount
                | Refusal::ManagementAccount
                | Refusal::Root
                | Refusal::NotEmpty,
            ) => assert_eq!(changed, scenario),
            Err(it) => panic!("{}: {it:?}", id.key()),
        }
        for it in before {
            let sentence = explain::dependent_sentence(&it, &scenario.world);
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}

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

proptest! {
    /// Whatever is typed as a name, the change is whole or not made, and undone by the old name.
    #[test]
    fn a_hostile_name_is_refused_or_can_be_taken_back(name in "\\PC{0,12}|[\"\\\\/:\u{0}a]{0,6}", nth in 0_usize..60) {
        let scenario = full();
        let all = things(&scenario.world);
        let id = all.get(nth % all.len()).unwrap().clone();
        let mut changed = scenario.clone();
        match edit::rename(&mut changed, &id, &name) {
            Ok(new) => {
                prop_assert!(new.exists_in(&changed.world));
                let old = match id.thing {
                    Thing::Account => scenario.world.account_of(id.account.as_ref()).unwrap().name.clone(),
                    _ => explain::entity_name(&id, &scenario.world),
                };
                edit::rename(&mut changed, &new, &old).unwrap();
                prop_assert_eq!(changed, scenario);
            }
            Err(refusal) => {
                prop_assert!(!explain::refusal_sentence(&refusal).is_empty());
                prop_assert_eq!(changed, scenario);
            }
        }
    }
}

/// Scenarios one edit away from `scenario`: each text written anew, broken and taken back, each thing
/// renamed, duplicated and removed, and some fields changed.
fn edited(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let mut all = Vec::new();
    let mut edit = |name: String, change: &dyn Fn(&mut Scenario)| {
        let mut changed = scenario.clone();
        change(&mut changed);
        all.push((name, changed));
    };
    for (id, text) in scenario.world.documents() {
        for text in ["{ broken".to_owned(), format!(" {}", text.as_str())] {
            edit(format!("{id:?}: {text}"), &|it| {
                *it.world.document_mut(&id).unwrap() = text.as_str().into();
            });
        }
    }
    for id in things(&scenario.world) {
        edit(format!("rename {}", id.key()), &|it| {
            let _ = edit::rename(it, &id, fresh(&id));
        });
        edit(format!("duplicate {}", id.key()), &|it| {
            let _ = edit::duplicate(it, &id);
        });
        edit(format!("remove {}", id.key()), &|it| {
            let _ = edit::remove(it, &id);
        });
    }
    edit("no bucket policy".to_owned(), &|it| {
        it.world.home.buckets.first_mut().unwrap().policy = None;
    });
    edit("a policy attached that is not there".to_owned(), &|it| {
        let arn = Arn::parse("arn:aws:iam::aws:policy/Nowhere").unwrap();
        let role = it.world.home.roles.last_mut().unwrap();
        role.attached_policies.push(arn);
    });
    edit(
        "two users of one name, with other texts".to_owned(),
        &|it| {
            let mut twin = it.world.home.users.last().unwrap().clone();
            for it in &mut twin.inline_policies {
                it.document = "{}".into();
            }
            it.world.home.users.push(twin);
        },
    );
    edit("another region".to_owned(), &|it| {
        "eu-west-3".clone_into(&mut it.world.region);
    });
    all
}

#[test]
fn what_is_worked_out_from_what_was_known_is_what_is_worked_out_anew() {
    let scenario = full();
    let before = (
        Documents::parse(&scenario.world),
        Checked::of(&scenario.world),
    );
    let edited = edited(&scenario);
    assert!(edited.len() > 100, "{}", edited.len());
    let mut last = before.clone();
    for (name, changed) in &edited {
        let anew = (
            Documents::parse(&changed.world),
            Checked::of(&changed.world),
        );
        // From one world before it, and then on from whatever the last edit left.
        for known in [&before, &last] {
            let refreshed = (
                known.0.refresh(&changed.world),
                known.1.refresh(&changed.world),
            );
            assert_eq!(refreshed, anew, "{name}");
            let broken =
                |it: &Documents| it.with_errors().map(|it| it.0.clone()).collect::<Vec<_>>();
            assert_eq!(broken(&refreshed.0), broken(&anew.0), "{name}");
        }
        last = (last.0.refresh(&changed.world), anew.1);
    }
}

#[test]
fn many_edits_one_after_the_other_are_read_as_one() {
    let mut scenario = full();
    let mut documents = Documents::parse(&scenario.world);
    let ids: Vec<_> = scenario
        .world
        .documents()
        .into_iter()
        .map(|it| it.0)
        .collect();
    for n in 0..200 {
        let id = &ids[n % ids.len()];
        let text = if n % 3 == 0 { "{" } else { "{}" };
        *scenario.world.document_mut(id).unwrap() = text.into();
        documents = documents.refresh(&scenario.world);
        assert!(
            documents == Documents::parse(&scenario.world),
            "{n}: {id:?}"
        );
    }
}

/// The empty account with so many roles that SageMaker may take on, and one that it may not.
fn with_execution_roles(n: usize) -> Scenario {
    let mut worlds = start_worlds().iter();
    let empty = worlds.find(|it| it.slug == "empty-account").unwrap();
    let mut scenario = empty.scenario().unwrap();
    let home: EntityId = Thing::Account.into();
    for _ in 0..n {
        edit::add(&mut scenario, Kind::Role, &home).unwrap();
    }
    let other = edit::add(&mut scenario, Kind::Role, &home).unwrap();
    edit::rename(&mut scenario, &other, "lambda").unwrap();
    let lambda = scenario.world.home.roles.last_mut().unwrap();
    let trust = lambda.trust_policy.as_str().replace("sagemaker", "lambda");
    lambda.trust_policy = trust.into();
    scenario
}

#[test]
fn a_new_domain_takes_the_only_role_that_sagemaker_may_take_on() {
    for (n, expected) in [(0, None), (1, Some("new-role")), (2, None)] {
        let mut scenario = with_execution_roles(n);
        edit::add(&mut scenario, Kind::Domain, &Thing::Account.into()).unwrap();
        let domain = scenario.world.home.domains.first().unwrap();
        let role = domain.default_user_settings.execution_role.as_deref();
        let name = role.map(|it| it.rsplit('/').next().unwrap());
        assert_eq!(name, expected, "{n} roles");
    }
    // A service that is denied is not trusted.
    let mut scenario = with_execution_roles(1);
    let role = scenario.world.home.roles.iter_mut();
    for role in role {
        role.trust_policy = role.trust_policy.as_str().replace("Allow", "Deny").into();
    }
    edit::add(&mut scenario, Kind::Domain, &Thing::Account.into()).unwrap();
    let domain = scenario.world.home.domains.first().unwrap();
    assert_eq!(domain.default_user_settings.execution_role, None);
}

#[test]
fn a_new_app_is_jupyter_lab_in_a_space_of_its_profile() {
    let mut scenario = start_worlds().first().unwrap().scenario().unwrap();
    let domain = scenario.world.home.domains.first().unwrap();
    let at: EntityId = Thing::UserProfile {
        domain: domain.domain_id.clone(),
        name: domain
            .user_profiles
            .first()
            .unwrap()
            .user_profile_name
            .clone(),
    }
    .into();
    let profile = at.to_string();
    let mut spaces = BTreeSet::new();
    for _ in 0..3 {
        let id = edit::add(&mut scenario, Kind::App, &at).unwrap();
        let domain = scenario.world.home.domains.first().unwrap();
        let app = domain.apps.last().unwrap();
        assert_eq!(app.app_type.as_str(), "JupyterLab", "{}", id.key());
        let space = domain.space(app.space_name.as_deref().unwrap()).unwrap();
        assert_eq!(space.owner_user_profile_name, profile);
        assert!(spaces.insert(space.space_name.clone()), "one app a space");
    }
    // One that has no app yet is taken before another is made.
    let before = scenario.world.home.domains.first().unwrap().spaces.len();
    let space = edit::add(&mut scenario, Kind::Space, &at).unwrap();
    edit::add(&mut scenario, Kind::App, &at).unwrap();
    let domain = scenario.world.home.domains.first().unwrap();
    let app = domain.apps.last().unwrap();
    assert_eq!(app.space_name.as_deref(), Some(space.to_string().as_str()));
    assert_eq!(domain.spaces.len(), before + 1);
}

#[test]
fn what_is_added_takes_the_place_of_what_is_gone() {
    let mut scenario = start_worlds().first().unwrap().scenario().unwrap();
    let choice = scenario.choice.clone();
    let domain: EntityId = Thing::Domain {
        id: choice.domain.clone(),
    }
    .into();
    let account: EntityId = Thing::Account.into();
    // While it is there, another one is not taken.
    edit::add(&mut scenario, Kind::Domain, &account).unwrap();
    edit::add(&mut scenario, Kind::User, &account).unwrap();
    assert_eq!(scenario.choice, choice);
    edit::remove(&mut scenario, &domain).unwrap();
    edit::remove(&mut scenario, &user(&choice.user)).unwrap();
    assert_eq!(scenario.choice, choice, "it names what is gone");
    let new = edit::add(&mut scenario, Kind::Domain, &account).unwrap();
    assert_eq!(scenario.choice.domain, new.to_string());
    let profile = edit::add(&mut scenario, Kind::UserProfile, &new).unwrap();
    assert_eq!(scenario.choice.user_profile, profile.to_string());
    let person = edit::add(&mut scenario, Kind::User, &account).unwrap();
    assert_eq!(scenario.choice.user, person.to_string());
}
