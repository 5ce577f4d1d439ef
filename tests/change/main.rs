//! Laws and cases of changing a world: what is added is valid, what is renamed takes along
//! everything that names it, what is removed leaves nothing attached.
#![expect(clippy::unwrap_used, reason = "a test: a failed read is a failed test")]

mod added;
mod named;
mod worked_out;

use std::collections::BTreeSet;

use proptest::prelude::*;
use rolewalk_core::{
    explain,
    scenario::{Scenario, change as edit},
    world::{
        self, Account, Documents, Domain, EntityId, Owner, Thing, World,
        change::{Kind, Refusal, dependents},
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
        Thing::Vpc { .. } => "vpc-0123456789abcdef0",
        Thing::Subnet { .. } => "subnet-0123456789abcdef0",
        Thing::SecurityGroup { .. } => "sg-0123456789abcdef0",
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
