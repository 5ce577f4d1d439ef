//! Every kind of thing × everything that can be done to it, in one table: adding, duplicating,
//! renaming and deleting leave the world as it was, references follow a new name wherever they stand,
//! and what AWS has not is refused with the reason that stands here.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

use rolewalk_core::{
    explain,
    scenario::{Scenario, change as edit},
    world::{
        self, AppOwner, AppType, EntityId, Limited, OrganizationPolicyKind, PolicyText, Thing,
        World, WorldFindingKind,
        change::{
            Kind, Refusal, Whole, add_access_key, add_version, attach, delete_version, dependents,
            detach, json_of, make_default, never, targets,
        },
    },
};
use rolewalk_lessons::start_worlds;

/// What a page can do to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Duplicate,
    Rename,
    Remove,
}

/// The cells that AWS does not have, and how the page says so. Every other cell must work.
const REFUSED: [(&str, Operation, &str); 6] = [
    (
        "organization",
        Operation::Duplicate,
        "There is only one of this",
    ),
    (
        "organization",
        Operation::Rename,
        "There is only one of this",
    ),
    ("account", Operation::Duplicate, "There is only one of this"),
    (
        "root",
        Operation::Duplicate,
        "The root belongs to the organization",
    ),
    (
        "root",
        Operation::Remove,
        "The root belongs to the organization",
    ),
    (
        "home account",
        Operation::Remove,
        "People work in this account",
    ),
];

fn scenario() -> Scenario {
    start_worlds()
        .iter()
        .find(|it| it.slug == "organization-says-no")
        .unwrap()
        .scenario()
        .unwrap()
}

/// Where a thing of that kind is added in this world.
fn place(world: &World, kind: Kind) -> EntityId {
    let domain = &world.home.domains.first().unwrap();
    match kind {
        Kind::UserProfile | Kind::Space | Kind::App => Thing::Domain {
            id: domain.domain_id.clone(),
        },
        Kind::InlinePolicy => Thing::Role {
            name: world.home.roles.first().unwrap().name.clone(),
        },
        _ => Thing::Account,
    }
    .into()
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "12345678-90ab-cdef-1234-567890abcdef",
        Kind::VpcEndpoint => "vpce-0123456789abcdef0",
        Kind::Vpc => "vpc-0123456789abcdef0",
        Kind::Subnet => "subnet-0123456789abcdef0",
        Kind::SecurityGroup => "sg-0123456789abcdef0",
        _ => "quite-new",
    }
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => "organization",
        Kind::Account => "account",
        _ => "thing",
    }
}

fn refused(what: &str, operation: Operation) -> Option<&'static str> {
    let mut cells = REFUSED.iter();
    let cell = cells.find(|it| it.0 == what && it.1 == operation);
    cell.map(|it| it.2)
}

/// Checks a cell of the table; gives what came of it where it works.
fn cell<T>(kind: &str, operation: Operation, result: Result<T, Refusal>) -> Option<T> {
    match (result, refused(kind, operation)) {
        (Ok(it), None) => Some(it),
        (Err(refusal), Some(reason)) => {
            let sentence = explain::refusal_sentence(&refusal);
            assert!(
                sentence.starts_with(reason),
                "{kind} {operation:?}: {sentence}"
            );
            None
        }
        (Err(refusal), None) => panic!("{kind} {operation:?}: {refusal:?}"),
        (Ok(_), Some(reason)) => panic!("{kind} {operation:?} works, but: {reason}"),
    }
}

/// Things of AWS that a kind brings along where they are not there yet, so that they do not count.
fn ready(kind: Kind) -> Scenario {
    let mut scenario = scenario();
    let organization = scenario.world.organization.as_mut().unwrap();
    if kind == Kind::Organization {
        scenario.world.organization = None;
        return scenario;
    }
    organization.enabled_policy_types = vec![OrganizationPolicyKind::Scp];
    if matches!(kind, Kind::Subnet | Kind::SecurityGroup) {
        edit::add(&mut scenario, Kind::Vpc, &Thing::Account.into()).unwrap();
    }
    if kind == Kind::App {
        let domain = place(&scenario.world, kind);
        edit::add(&mut scenario, Kind::Space, &domain).unwrap();
    }
    scenario
}

#[test]
fn adding_duplicating_renaming_and_removing_leaves_every_kind_as_it_was() {
    for kind in Kind::ALL {
        let before = ready(kind);
        let found = world::check(&before.world);
        let mut now = before.clone();
        let at = place(&now.world, kind);
        let id = edit::add(&mut now, kind, &at).unwrap();
        let added = now.clone();
        assert_ne!(added.world, before.world, "{kind:?}");
        let what = what(kind);

        if let Some(copy) = cell(what, Operation::Duplicate, edit::duplicate(&mut now, &id)) {
            assert!(copy.exists_in(&now.world) && copy != id, "{kind:?}");
            edit::remove(&mut now, &copy).unwrap();
        }
        assert_eq!(now, added, "{kind:?}: duplicated");

        let old = match id.thing {
            Thing::Domain { .. } | Thing::OrganizationalUnit { .. } | Thing::Account => {
                explain::entity_name(&id, &now.world)
            }
            _ => id.to_string(),
        };
        if let Some(new) = cell(
            what,
            Operation::Rename,
            edit::rename(&mut now, &id, name(kind)),
        ) {
            assert_ne!(now, added, "{kind:?}");
            assert_eq!(edit::rename(&mut now, &new, &old).unwrap(), id);
        }
        assert_eq!(now, added, "{kind:?}: renamed");

        let json = json_of(&now.world, &id).unwrap();
        edit::set_json(&mut now, &id, &json).unwrap();
        assert_eq!(now, added, "{kind:?}: from its own JSON");

        cell(what, Operation::Remove, edit::remove(&mut now, &id)).unwrap();
        assert_eq!(now.world, before.world, "{kind:?}: removed");
        assert_eq!(world::check(&now.world), found, "{kind:?}");
    }
    let mut now = scenario();
    let root = now.world.organization.as_ref().unwrap().root.id.clone();
    let root: EntityId = Thing::OrganizationalUnit { id: root }.into();
    cell(
        "root",
        Operation::Duplicate,
        edit::duplicate(&mut now, &root),
    );
    cell("root", Operation::Remove, edit::remove(&mut now, &root));
    let home = Thing::Account.into();
    cell(
        "home account",
        Operation::Remove,
        edit::remove(&mut now, &home),
    );
    assert_eq!(now, scenario());
}

/// What a page need not offer is what is refused, by the same reason; the rest is refused by what is around it only.
#[test]
fn what_is_never_done_to_a_thing_is_what_is_refused_of_it() {
    let mut n_never = 0;
    for kind in Kind::ALL {
        let mut before = ready(kind);
        let at = place(&before.world, kind);
        edit::add(&mut before, kind, &at).unwrap();
        for id in things(&before.world) {
            for (what, result) in [
                (
                    Whole::Rename,
                    edit::rename(&mut before.clone(), &id, "x y/"),
                ),
                (Whole::Duplicate, edit::duplicate(&mut before.clone(), &id)),
                (
                    Whole::Remove,
                    edit::remove(&mut before.clone(), &id).map(|()| id.clone()),
                ),
            ] {
                let refused = result.err();
                if let Some(never) = never(&before.world, &id, what) {
                    n_never += 1;
                    assert_eq!(refused, Some(never), "{id} {what:?}");
                } else {
                    let is_around = matches!(
                        refused,
                        None | Some(Refusal::NotEmpty | Refusal::Finding(_))
                    );
                    assert!(is_around, "{id} {what:?}: {refused:?}");
                }
            }
        }
    }
    assert!(n_never > 20, "{n_never}");
}

/// All accounts, units and policies, which AWS keeps some of.
fn things(world: &World) -> Vec<EntityId> {
    let mut all: Vec<EntityId> = vec![Thing::Account.into()];
    let others = world.other_accounts.iter();
    all.extend(others.map(|it| EntityId {
        account: Some(it.account.clone()),
        thing: Thing::Account,
    }));
    let policies = world.home.policies.iter();
    all.extend(policies.map(|it| {
        Thing::ManagedPolicy {
            arn: it.arn.clone(),
        }
        .into()
    }));
    if let Some(organization) = &world.organization {
        all.push(Thing::Organization.into());
        let policies = organization.policies.iter();
        all.extend(policies.map(|it| {
            Thing::OrganizationPolicy {
                kind: it.kind,
                name: it.name.clone(),
            }
            .into()
        }));
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
    }
    all
}

/// A policy that names a thing in every way a policy can: alone, in a list, and as a key's value.
fn witness(arn: &str) -> String {
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{{ \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": [\"{arn}\"],\n    \"Condition\": {{ \"ArnEquals\": {{ \"aws:SourceArn\": \"{arn}\" }} }} }}]\n}}"
    )
}

#[test]
fn a_new_name_is_followed_inside_every_policy_text() {
    let mut n = 0;
    for kind in Kind::ALL {
        let mut now = ready(kind);
        let at = place(&now.world, kind);
        let id = edit::add(&mut now, kind, &at).unwrap();
        let Some(arn) = now.world.arn_of(&id) else {
            continue;
        };
        let text: PolicyText = witness(arn.as_str()).into();
        // One text of each place that has texts.
        for role in now.world.home.roles.iter_mut().take(1) {
            role.trust_policy = text.clone();
        }
        for bucket in &mut now.world.home.buckets {
            bucket.policy = Some(text.clone());
        }
        let policies = now.world.home.policies.iter_mut();
        for policy in policies.filter(|it| !it.is_aws_managed()) {
            policy.document = text.clone();
            policy.other_versions = vec![world::PolicyVersion {
                version: "v9".to_owned(),
                document: text.clone(),
            }];
        }
        for policy in now
            .world
            .organization
            .iter_mut()
            .flat_map(|it| &mut it.policies)
        {
            policy.document = text.clone();
        }
        let named = now.to_json().matches(arn.as_str()).count();
        let new = edit::rename(&mut now, &id, name(kind)).unwrap();
        let now_named = now.world.arn_of(&new).unwrap();
        if now_named == arn {
            assert!(matches!(kind, Kind::Domain), "{kind:?}: keeps its id");
            continue;
        }
        n += 1;
        let json = now.to_json();
        assert!(
            !json.contains(&format!("{arn}\\\"")),
            "{kind:?}: {arn} is still named"
        );
        assert_eq!(json.matches(now_named.as_str()).count(), named, "{kind:?}");
        let texts = now.world.documents().len();
        assert!(texts > 4, "{kind:?}");
    }
    assert!(n >= 14, "{n} kinds have an ARN with their name in it");
}

#[test]
fn what_lies_in_a_network_follows_its_ids() {
    let mut now = scenario();
    let vpc = edit::add(&mut now, Kind::Vpc, &Thing::Account.into()).unwrap();
    let subnet = edit::add(&mut now, Kind::Subnet, &vpc).unwrap();
    let group = edit::add(&mut now, Kind::SecurityGroup, &vpc).unwrap();
    let domain = now.world.home.domains.first_mut().unwrap();
    domain.vpc_id = vpc.to_string();
    domain.subnet_ids = vec![subnet.to_string()];
    domain.default_user_settings.security_groups = vec![group.to_string()];
    domain.default_space_settings.security_groups = vec![group.to_string()];
    let profile = domain.user_profiles.first_mut().unwrap();
    profile.user_settings.security_groups = vec![group.to_string()];
    edit::add(&mut now, Kind::VpcEndpoint, &Thing::Account.into()).unwrap();
    let endpoint = now.world.home.vpc_endpoints.last_mut().unwrap();
    endpoint.vpc_id = vpc.to_string();
    for id in [&vpc, &subnet, &group] {
        let sentences: Vec<String> = dependents(&now.world, id)
            .iter()
            .map(|it| explain::dependent_sentence(it, &now.world))
            .collect();
        let names = |it: &&String| it.contains("goes on naming it as part of its network");
        assert!(sentences.iter().any(|it| names(&it)), "{id}: {sentences:?}");
    }
    let before = now.clone();
    for (id, new, what) in [
        (vpc, "vpc-new", "a VPC: write `vpc-`"),
        (subnet, "subnet-new", "a subnet: write `subnet-`"),
        (group, "sg-new", "a security group: write `sg-`"),
    ] {
        let old = format!("\"{id}\"");
        assert!(now.to_json().contains(&old));
        let to = edit::rename(&mut now, &id, new).unwrap();
        assert!(!now.to_json().contains(&old), "{old}");
        edit::rename(&mut now, &to, &id.to_string()).unwrap();
        assert_eq!(now, before);
        let refusal = edit::rename(&mut now, &id, "not an id").unwrap_err();
        let sentence = explain::refusal_sentence(&refusal);
        assert!(
            sentence.contains(&format!("`not an id` is not the id of {what}")),
            "{sentence}"
        );
    }
}

#[test]
fn an_app_runs_where_aws_has_apps_of_its_type() {
    let mut now = scenario();
    let domain = place(&now.world, Kind::Space);
    let space = edit::add(&mut now, Kind::Space, &domain).unwrap();
    let app = edit::add(&mut now, Kind::App, &space).unwrap();
    assert!(matches!(
        &app.thing,
        Thing::App {
            app_type: AppType::JupyterLab,
            ..
        }
    ));
    let profile = now
        .world
        .home
        .domains
        .first()
        .unwrap()
        .user_profiles
        .first()
        .unwrap();
    let profile = AppOwner::Profile(profile.user_profile_name.clone());
    let in_space = AppOwner::Space(space.to_string());
    let cases = [
        (&profile, AppType::JupyterLab, "runs in a space"),
        (&in_space, AppType::Canvas, "runs in no space"),
        (
            &AppOwner::Space("none".to_owned()),
            AppType::JupyterLab,
            "no longer there",
        ),
    ];
    for (owner, app_type, reason) in cases {
        let before = now.clone();
        let refusal = edit::move_app(&mut now, &app, owner, app_type).unwrap_err();
        let sentence = explain::refusal_sentence(&refusal);
        assert!(sentence.contains(reason), "{sentence}");
        assert_eq!(now, before);
    }
    let arn = now.world.arn_of(&app).unwrap();
    edit::add(&mut now, Kind::Bucket, &Thing::Account.into()).unwrap();
    now.world.home.buckets.first_mut().unwrap().policy = Some(witness(arn.as_str()).into());
    let moved = edit::move_app(&mut now, &app, &profile, AppType::Canvas).unwrap();
    assert!(moved.exists_in(&now.world) && !app.exists_in(&now.world));
    assert!(!now.to_json().contains(arn.as_str()), "policies follow");
    // A space or a profile takes its apps along.
    let back = edit::move_app(&mut now, &moved, &in_space, AppType::CodeEditor).unwrap();
    assert!(
        dependents(&now.world, &space)
            .iter()
            .any(|it| it.entity == back)
    );
    edit::remove(&mut now, &space).unwrap();
    assert!(!back.exists_in(&now.world));
}

#[test]
fn what_can_be_attached_goes_where_targets_says_and_nowhere_else() {
    let mut start = scenario();
    for kind in [
        Kind::Group,
        Kind::ManagedPolicy,
        Kind::Space,
        Kind::OrganizationalUnit,
    ] {
        let at = place(&start.world, kind);
        edit::add(&mut start, kind, &at).unwrap();
    }
    let all = everything(&start.world);
    let mut n = 0;
    for what in &all {
        let offered = targets(&start.world, what);
        for to in &all {
            let mut world = start.world.clone();
            match attach(&mut world, what, to) {
                Ok(()) => {
                    n += 1;
                    assert!(offered.contains(to), "{} onto {}", what.key(), to.key());
                    assert_ne!(world, start.world);
                    let again = attach(&mut world, what, to);
                    assert_eq!(
                        again,
                        Err(Refusal::AlreadyThere),
                        "{} onto {}",
                        what.key(),
                        to.key()
                    );
                    if !matches!(what.thing, Thing::Role { .. } | Thing::Account) {
                        let mut back = world.clone();
                        detach(&mut back, what, to).unwrap();
                        assert_eq!(back, start.world);
                    }
                    let (now, before) = (world::check(&world), world::check(&start.world));
                    assert!(now.len() <= before.len(), "{now:?}");
                }
                Err(refusal) => {
                    assert!(
                        !offered.contains(to),
                        "{} onto {}: {refusal:?}",
                        what.key(),
                        to.key()
                    );
                    assert_eq!(world, start.world);
                    let sentence = explain::refusal_sentence(&refusal);
                    assert!(
                        sentence.ends_with('.') && sentence.contains(": "),
                        "{sentence}"
                    );
                }
            }
        }
    }
    assert!(n > 20, "{n}");
}

/// A thing of every kind that a row of the account tree stands for.
fn everything(world: &World) -> Vec<EntityId> {
    let mut all = Vec::new();
    for account in world.accounts() {
        let mut push = |thing| all.push(world.entity(&account.account, thing));
        push(Thing::Account);
        let names = account.users.iter().map(|it| it.name.clone());
        names.for_each(|name| push(Thing::User { name }));
        let names = account.groups.iter().map(|it| it.name.clone());
        names.for_each(|name| push(Thing::Group { name }));
        let names = account.roles.iter().map(|it| it.name.clone());
        names.for_each(|name| push(Thing::Role { name }));
        let names = account.buckets.iter().map(|it| it.name.clone());
        names.for_each(|name| push(Thing::Bucket { name }));
        for domain in &account.domains {
            let id = || domain.domain_id.clone();
            push(Thing::Domain { id: id() });
            let names = domain.user_profiles.iter();
            let names = names.map(|it| it.user_profile_name.clone());
            names.for_each(|name| push(Thing::UserProfile { domain: id(), name }));
            let names = domain.spaces.iter().map(|it| it.space_name.clone());
            names.for_each(|name| push(Thing::Space { domain: id(), name }));
        }
        let arns = account.policies.iter().map(|it| it.arn.clone());
        all.extend(arns.map(|arn| EntityId::from(Thing::ManagedPolicy { arn })));
    }
    if let Some(organization) = &world.organization {
        all.push(Thing::Organization.into());
        let mut units = vec![&organization.root];
        while let Some(unit) = units.pop() {
            let id = unit.id.clone();
            all.push(Thing::OrganizationalUnit { id }.into());
            units.extend(&unit.units);
            // Accounts of which nothing is known but their place.
            let ids = unit
                .accounts
                .iter()
                .map(|it| world.entity(&it.account, Thing::Account));
            for id in ids {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        for it in &organization.policies {
            let (kind, name) = (it.kind, it.name.clone());
            all.push(Thing::OrganizationPolicy { kind, name }.into());
        }
    }
    all
}

#[test]
fn a_policy_has_five_versions_at_most_and_one_of_them_counts() {
    let mut now = scenario();
    let id = edit::add(&mut now, Kind::ManagedPolicy, &Thing::Account.into()).unwrap();
    let Thing::ManagedPolicy { arn } = &id.thing else {
        panic!("{id}")
    };
    let world = &mut now.world;
    let first = world.policy(arn).unwrap().document.clone();
    assert_eq!(add_version(world, arn), Ok("v2".to_owned()));
    let set = |world: &mut World, text: &str| {
        let policies = world.home.policies.iter_mut();
        let mut own = policies.filter(|it| it.arn == *arn);
        own.next().unwrap().document = text.into();
    };
    set(world, "{}");
    make_default(world, arn, "v1").unwrap();
    let policy = world.policy(arn).unwrap();
    assert_eq!(
        (policy.version.as_deref(), &policy.document),
        (Some("v1"), &first)
    );
    assert_eq!(
        policy.other_versions.first().unwrap().document.as_str(),
        "{}"
    );
    let refusal = delete_version(world, arn, "v1").unwrap_err();
    assert_eq!(refusal, Refusal::DefaultVersion);
    delete_version(world, arn, "v2").unwrap();
    assert!(world.policy(arn).unwrap().other_versions.is_empty());
    for _ in 1..Limited::PolicyVersions.most() {
        add_version(world, arn).unwrap();
    }
    assert_eq!(add_version(world, arn), Err(Refusal::LastVersion));
    let aws = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
    let aws = rolewalk_core::names::Arn::parse(aws).unwrap();
    assert_eq!(add_version(world, &aws), Err(Refusal::AwsManaged));
}

#[test]
fn a_user_has_two_access_keys_at_most() {
    let mut now = scenario();
    let user = edit::add(&mut now, Kind::User, &Thing::Account.into()).unwrap();
    let found = world::check(&now.world);
    let one = add_access_key(&mut now.world, &user).unwrap();
    let other = add_access_key(&mut now.world, &user).unwrap();
    assert_ne!(one, other);
    assert_eq!(
        world::check(&now.world),
        found,
        "their ids have the right form"
    );
    match add_access_key(&mut now.world, &user).unwrap_err() {
        Refusal::Finding(it) => assert!(matches!(
            it.kind,
            WorldFindingKind::TooMany {
                what: Limited::AccessKeys,
                n: 3
            }
        )),
        it => panic!("{it:?}"),
    }
}
