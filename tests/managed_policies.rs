//! AWS's own managed policies read without an error: those of `data`, and all of them where
//! `npm install` was run in `tests/peer`. And what is kept of them can be searched, attached and copied.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that reports what it ran"
)]

mod published_policies;

use std::{fs, path::Path};

use rolewalk_core::{
    catalogue::{AccessLevel, Catalogue, CatalogueFile},
    diagnostic::Diagnostic,
    library::{
        grants::{Extent, compare, grants},
        managed::{PublishedPolicy, Purpose, find},
    },
    policy::{PolicyKind, parse},
    world::{
        EntityId, Thing,
        change::{Refusal, attach_published, fork},
    },
};
use rolewalk_lessons::{aws_managed_policy, start_worlds};
use serde_json::Value;

use crate::published_policies::published_policies;

#[test]
fn every_managed_policy_that_is_kept_is_read_without_an_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/managed-policies");
    let mut n_policies = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        n_policies += 1;
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(errors(&text), [], "{}", path.display());
    }
    assert!(n_policies > 0, "{} is empty", folder.display());
}

#[test]
fn every_managed_policy_there_is_is_read_without_an_error() {
    let Some(text) = published_policies() else {
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let all = all.as_object().unwrap();
    let mut failures = Vec::new();
    for (name, policy) in all {
        for (version, it) in policy.get("versions").and_then(Value::as_object).unwrap() {
            let Some(document) = it.get("document") else {
                continue;
            };
            let errors = errors(&document.to_string());
            if !errors.is_empty() {
                failures.push(format!("{name} {version}: {errors:?}"));
            }
        }
    }
    println!("{} managed policies read", all.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let (policy, diagnostics) = parse(text, PolicyKind::Identity);
    assert!(policy.is_some_and(|it| !it.statements.is_empty()));
    let errors = diagnostics.into_iter().filter(Diagnostic::is_error);
    errors.collect()
}

/// As `cargo xtask` puts them together for the page.
fn kept() -> Vec<PublishedPolicy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let index = fs::read_to_string(folder.join("managed-policies.json")).unwrap();
    let index: Value = serde_json::from_str(&index).unwrap();
    let index = index.as_object().unwrap().iter();
    let list: Vec<Value> = index
        .map(|(name, row)| {
            let file = folder.join(format!("managed-policies/{name}.json"));
            let document = fs::read_to_string(file).unwrap();
            let at = |place: usize| row.get(place).unwrap();
            serde_json::json!({
                "name": name, "path": at(0), "version": at(1), "updated": at(2), "created": at(3), "document": document,
            })
        })
        .collect();
    PublishedPolicy::list_from_json(&Value::from(list).to_string()).unwrap()
}

fn catalogue() -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/catalogue");
    let mut catalogue = Catalogue::default();
    let text = fs::read_to_string(folder.join("all.json")).unwrap();
    catalogue.read(CatalogueFile::All, &text).unwrap();
    catalogue
}

fn named<'a>(all: &'a [PublishedPolicy], name: &str) -> &'a PublishedPolicy {
    all.iter().find(|it| it.name == name).unwrap()
}

#[test]
fn all_of_sagemaker_and_the_common_ones_are_kept() {
    let all = kept();
    let n_sagemaker = all
        .iter()
        .filter(|it| it.name.contains("SageMaker"))
        .count();
    assert_eq!((all.len(), n_sagemaker), (252, 84));
    assert!(
        all.iter()
            .all(|it| it.arn().is_some() && it.policy().is_some())
    );
    for purpose in Purpose::ALL {
        assert!(all.iter().any(|it| it.purpose() == purpose), "{purpose:?}");
    }
    let it = named(&all, "AmazonSageMakerFullAccess");
    assert_eq!(
        (it.version.as_str(), it.updated.as_str()),
        ("v29", "2026-02-12")
    );
    // What the worlds attach is the same.
    let arn = it.arn().unwrap();
    assert_eq!(aws_managed_policy(&arn), it.to_managed());
}

#[test]
fn who_grants_an_action_is_found() {
    let all = kept();
    let found = find(&all, "sagemaker:CreateTrainingJob");
    let extent = |name: &str| {
        let found = found.policies.iter().find(|(it, _)| it.name == name);
        found.and_then(|it| it.1)
    };
    assert_eq!(extent("AdministratorAccess"), Some(Extent::Everywhere));
    assert_eq!(extent("PowerUserAccess"), Some(Extent::Everywhere));
    // By `NotResource`.
    assert_eq!(extent("AmazonSageMakerFullAccess"), Some(Extent::Limited));
    assert_eq!(extent("AmazonSageMakerReadOnly"), None);
    assert_eq!(extent("IAMFullAccess"), None);
}

#[test]
fn grants_are_told_by_level() {
    let (all, catalogue) = (kept(), catalogue());
    let of = |name: &str| grants(named(&all, name).policy().unwrap(), &catalogue);
    let read_only = of("AmazonS3ReadOnlyAccess");
    let levels: Vec<_> = read_only.counts().into_keys().collect();
    assert_eq!(levels, [AccessLevel::List, AccessLevel::Read]);
    let everything: usize = of("AdministratorAccess").counts().values().sum();
    assert_eq!(everything, 22_321);

    let difference = compare(&read_only, &of("AmazonS3FullAccess"));
    let s3 = difference.get("s3").unwrap();
    assert!(s3.left.is_empty());
    assert!(s3.both.contains_key(&AccessLevel::Read));
    assert!(
        s3.right
            .get(&AccessLevel::Write)
            .unwrap()
            .contains_key("PutObject")
    );
}

#[test]
fn one_is_attached_or_copied_without_being_there_before() {
    let all = kept();
    let before = start_worlds().first().unwrap().scenario().unwrap().world;
    let policy = named(&all, "AmazonAthenaFullAccess").to_managed().unwrap();
    let role = before.home.roles.first().unwrap().name.clone();
    let role: EntityId = Thing::Role { name: role }.into();

    let mut world = before.clone();
    attach_published(&mut world, policy.clone(), &role).unwrap();
    assert!(
        world
            .home
            .roles
            .first()
            .unwrap()
            .attached_policies
            .contains(&policy.arn)
    );
    assert_eq!(world.policy(&policy.arn), Some(&policy));
    let once = world.clone();
    assert_eq!(
        attach_published(&mut world, policy.clone(), &role),
        Err(Refusal::AlreadyThere)
    );
    assert_eq!(world, once);

    let mut world = before.clone();
    let bucket: EntityId = Thing::Bucket {
        name: "nobody".to_owned(),
    }
    .into();
    assert!(attach_published(&mut world, policy.clone(), &bucket).is_err());
    assert_eq!(world, before);

    let copy = fork(&mut world, policy.clone()).unwrap();
    let Thing::ManagedPolicy { arn } = &copy.thing else {
        panic!("{copy:?} is no policy");
    };
    assert_eq!(arn.last_segment(), "AmazonAthenaFullAccess-copy");
    assert_eq!(world.policy(arn).unwrap().document, policy.document);
    assert_eq!(world.policy(&policy.arn), None);
}
