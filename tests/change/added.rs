//! What a new thing is made with, so that it is of use at once.

use std::collections::BTreeSet;

use rolewalk_core::{
    eval::BlockPublicAccess,
    flow,
    scenario::{Scenario, change as edit},
    world::{
        Documents, EntityId, Thing, World,
        change::{self, Kind, Refusal},
    },
};
use rolewalk_lessons::start_worlds;

use crate::{things, user};

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

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[test]
fn a_new_bucket_blocks_public_access_as_s3_makes_it() {
    let mut scenario = start_worlds().first().unwrap().scenario().unwrap();
    edit::add(&mut scenario, Kind::Bucket, &Thing::Account.into()).unwrap();
    let bucket = scenario.world.home.buckets.last().unwrap();
    assert_eq!(bucket.name, "new-bucket");
    assert_eq!(
        bucket.block_public_access,
        Some(BlockPublicAccess::all(true))
    );
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

#[test]
fn a_first_policy_of_a_resource_is_valid_and_shuts_no_door() {
    let mut n_added = 0;
    for start in start_worlds() {
        let scenario = start.scenario().unwrap();
        let mut world = scenario.world.clone();
        let stop = |world: &World| {
            let documents = Documents::parse(world);
            flow::walk(world, &documents, &scenario.choice).blocked_at()
        };
        for id in things(&world) {
            let has_place = matches!(
                id.thing,
                Thing::Bucket { .. } | Thing::Repository { .. } | Thing::VpcEndpoint { .. }
            );
            assert_eq!(
                change::has_resource_policy(&world, &id).is_some(),
                has_place
            );
            if !has_place {
                let refusal = change::add_resource_policy(&mut world, &id);
                assert_eq!(refusal, Err(Refusal::Gone(id)));
                continue;
            }
            change::remove_resource_policy(&mut world, &id).unwrap();
            assert_eq!(change::has_resource_policy(&world, &id), Some(false));
            let before = stop(&world);
            change::add_resource_policy(&mut world, &id).unwrap();
            assert_eq!(change::has_resource_policy(&world, &id), Some(true));
            assert_eq!(stop(&world), before, "{}: {}", start.slug, id.key());
            n_added += 1;
        }
        for (id, document) in Documents::parse(&world).iter() {
            let findings = &document.diagnostics;
            assert!(findings.is_empty(), "{id:?}: {findings:?}");
        }
    }
    assert!(n_added > 3, "{n_added}");
}
