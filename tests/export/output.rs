//! What the CLI would print, imported again: the same world, but for a list of what no command prints.

use std::collections::BTreeMap;

use rolewalk_core::{
    export::{Form, Part},
    import::{EncryptionNote, ImportNoteKind, ImportedKind, Input, import},
    names::{AccountId, Arn},
    world::{Account, Bucket, OrganizationalUnit, PolicyText, Things, World},
};
use rolewalk_lessons::aws_managed_policy;

use crate::{alone, exported, input, says, worlds};

/// What does not come back: the words by which the export says it, and the same done to a world. Each
/// is said exactly where it makes a difference.
type Rule = (&'static str, fn(&mut World));

const RULES: &[Rule] = &[
    ("have no password for the console", |world| {
        each(world, |it| {
            for user in &mut it.users {
                user.console_access = true;
            }
        });
    }),
    ("access keys", |world| {
        each(world, |it| {
            for user in &mut it.users {
                user.access_keys.clear();
            }
        });
    }),
    ("descriptions and session durations of roles", |world| {
        each(world, |it| {
            for role in &mut it.roles {
                role.description.clear();
                role.max_session_duration = None;
            }
        });
    }),
    ("`v1` stands in at", |world| {
        each(world, |it| {
            for policy in &mut it.policies {
                policy.version.get_or_insert_with(|| "v1".to_owned());
            }
        });
    }),
    ("tags of domain `", |world| {
        each(world, |it| {
            for domain in &mut it.domains {
                domain.tags.clear();
            }
        });
    }),
    ("who is assigned to domain `", |world| {
        each(world, |it| {
            for domain in &mut it.domains {
                domain.single_sign_on_assignments.clear();
            }
        });
    }),
    ("tags of user profiles of domain `", |world| {
        each(world, |it| {
            let profiles = it.domains.iter_mut().flat_map(|it| &mut it.user_profiles);
            for profile in profiles {
                profile.tags.clear();
            }
        });
    }),
    ("which account buckets are in", |world| {
        let mut moved = Vec::new();
        for idx in 0..world.other_accounts.len() {
            let account = world.other_accounts[idx].account.clone();
            for mut bucket in std::mem::take(&mut world.other_accounts[idx].buckets) {
                let id = bucket.kms_key_id.as_mut();
                if let Some(id) = id.filter(|it| !it.starts_with("arn:")) {
                    *id = world
                        .regional_arn_in(&account, "kms", &format!("key/{id}"))
                        .to_string();
                }
                moved.push(bucket);
            }
        }
        world.home.buckets.extend(moved);
    }),
    ("which account keys are in", |world| {
        let others = world.other_accounts.iter_mut();
        let moved: Vec<_> = others
            .flat_map(|account| {
                let root = format!("::{}:root\"", account.account);
                let keys = std::mem::take(&mut account.keys).into_iter();
                let (own, lost): (Vec<_>, Vec<_>) =
                    keys.partition(|it| it.policy.as_str().contains(&root));
                account.keys = own;
                lost
            })
            .collect();
        world.home.keys.extend(moved);
    }),
    ("its name cannot be that of a file", |world| {
        let is_plain = |it: &str| {
            it.chars()
                .all(|it| it.is_ascii_alphanumeric() || "-.".contains(it))
        };
        for account in world.accounts_mut() {
            // A list names the bucket all the same.
            for bucket in account.buckets.iter_mut().filter(|it| !is_plain(&it.name)) {
                bucket.policy = None;
                bucket.kms_key_id = None;
                bucket.is_key_assumed = true;
            }
            account.keys.retain(|it| is_plain(&it.key_id));
        }
    }),
    ("Block Public Access of buckets", |world| {
        each(world, |it| {
            for bucket in &mut it.buckets {
                bucket.block_public_access = None;
            }
        });
    }),
    ("Block Public Access of the account", |world| {
        each(world, |it| it.block_public_access = None);
    }),
    ("repositories without a policy", |world| {
        each(world, |it| it.repositories.retain(|it| it.policy.is_some()));
    }),
    ("aliases of keys", |world| {
        each(world, |it| {
            for key in &mut it.keys {
                key.alias = None;
            }
        });
    }),
    ("log groups", |world| {
        each(world, |it| it.log_groups.clear());
    }),
    ("networks", |world| each(world, |it| it.vpcs.clear())),
    ("VPC endpoints", |world| {
        each(world, |it| it.vpc_endpoints.clear());
    }),
    ("that the account is called", |world| {
        let organization = world.organization.clone();
        each(world, |it| {
            let organization = organization.as_ref();
            if organization.is_none_or(|org| org.member(&it.account).is_none()) {
                it.name.clear();
            }
        });
    }),
    ("nothing that is printed names the account", |world| {
        let home = Account::new(world.home.account.clone());
        world.other_accounts.retain(|it| {
            let is_empty = Account {
                name: String::new(),
                policies: Things::new(),
                ..it.clone()
            } == Account {
                account: it.account.clone(),
                ..home.clone()
            };
            !is_empty
        });
    }),
];

fn each(world: &mut World, change: impl Fn(&mut Account)) {
    world.accounts_mut().for_each(change);
}

fn by<T: Clone, K: Ord>(things: &Things<T>, key: fn(&T) -> K) -> Things<T> {
    let mut all: Vec<T> = things.iter().cloned().collect();
    all.sort_by_key(key);
    all.into()
}

/// An import sorts what it adds, and lays the policies of IAM out anew: the CLI prints them as objects.
fn sorted(mut world: World) -> World {
    each(&mut world, |it| {
        it.users = by(&it.users, |it| it.name.clone());
        it.groups = by(&it.groups, |it| it.name.clone());
        it.roles = by(&it.roles, |it| it.name.clone());
        it.policies = by(&it.policies, |it| it.arn.clone());
        it.buckets.sort_by(|a, b| a.name.cmp(&b.name));
        // A key of the same account goes by its id.
        let of_account = format!(":{}:key/", it.account);
        for key in it
            .buckets
            .iter_mut()
            .filter_map(|it| it.kms_key_id.as_mut())
        {
            if let Some((_, id)) = key.split_once(&of_account) {
                *key = id.to_owned();
            }
        }
        it.keys.sort_by(|a, b| a.key_id.cmp(&b.key_id));
        it.repositories.sort_by(|a, b| a.name.cmp(&b.name));
        it.domains.sort_by(|a, b| a.domain_id.cmp(&b.domain_id));
        for domain in &mut it.domains {
            domain
                .user_profiles
                .sort_by(|a, b| a.user_profile_name.cmp(&b.user_profile_name));
            domain
                .spaces
                .sort_by(|a, b| a.space_name.cmp(&b.space_name));
            domain
                .apps
                .sort_by_key(|it| (it.app_type.as_str(), it.app_name.clone()));
        }
        let users = it.users.iter_mut().flat_map(|it| &mut it.inline_policies);
        let groups = it.groups.iter_mut().flat_map(|it| &mut it.inline_policies);
        for policy in users.chain(groups) {
            policy.document = laid_out(&policy.document);
        }
        for role in &mut it.roles {
            role.trust_policy = laid_out(&role.trust_policy);
            for policy in &mut role.inline_policies {
                policy.document = laid_out(&policy.document);
            }
        }
        for policy in &mut it.policies {
            policy.document = laid_out(&policy.document);
            for version in &mut policy.other_versions {
                version.document = laid_out(&version.document);
            }
        }
    });
    world
        .other_accounts
        .sort_by(|a, b| a.account.cmp(&b.account));
    if let Some(organization) = &mut world.organization {
        organization.enabled_policy_types.sort();
        organization
            .policies
            .sort_by_key(|it| (it.kind, it.name.clone()));
        sort_unit(&mut organization.root);
    }
    world
}

fn sort_unit(unit: &mut OrganizationalUnit) {
    unit.scps.sort();
    unit.rcps.sort();
    unit.units.sort_by(|a, b| a.id.cmp(&b.id));
    unit.accounts.sort_by(|a, b| a.account.cmp(&b.account));
    for it in &mut unit.accounts {
        it.scps.sort();
        it.rcps.sort();
    }
    unit.units.iter_mut().for_each(sort_unit);
}

fn laid_out(text: &PolicyText) -> PolicyText {
    let is_object = crate::facts::document(text.as_str()).is_some();
    if is_object {
        serde_json::from_str(text.as_str()).unwrap()
    } else {
        text.clone()
    }
}

/// A world of the same partition, region and home account with nothing in it.
fn bare(world: &World) -> World {
    World {
        organization: None,
        home: Account::new(world.home.account.clone()),
        other_accounts: Vec::new(),
        ..world.clone()
    }
}

fn printed(world: &World) -> (Vec<Input>, Vec<String>) {
    let mut inputs = Vec::new();
    let mut left_out = Vec::new();
    for part in Part::of(world) {
        let exported = exported(world, &part, Form::Output);
        inputs.extend(
            exported
                .files
                .into_iter()
                .map(|it| input(&it.name, it.text)),
        );
        left_out.extend(exported.left_out);
    }
    (inputs, left_out)
}

/// AWS's own policies are nobody's: an import puts them into the home account.
fn aws_policies_at_home(world: &mut World) {
    let mut all: BTreeMap<Arn, _> = BTreeMap::new();
    each_taken(world, |it| {
        all.entry(it.arn.clone()).or_insert(it);
    });
    world.home.policies.extend(all.into_values());
}

fn each_taken(world: &mut World, mut take: impl FnMut(rolewalk_core::world::ManagedPolicy)) {
    for account in world.accounts_mut() {
        let policies = std::mem::take(&mut account.policies);
        let policies = policies.iter().cloned();
        let (of_aws, own): (Vec<_>, Vec<_>) =
            policies.partition(rolewalk_core::world::ManagedPolicy::is_aws_managed);
        account.policies = own.into();
        of_aws.into_iter().for_each(&mut take);
    }
}

#[test]
fn what_is_printed_comes_back_as_the_same_world() {
    for (name, world) in worlds() {
        let (inputs, left_out) = printed(&world);
        let mut expected = world.clone();
        for (words, apply) in RULES {
            let before = expected.clone();
            apply(&mut expected);
            let says = says(&left_out, words);
            assert_eq!(before != expected, says, "{name}: {words}: {left_out:#?}");
        }
        aws_policies_at_home(&mut expected);
        let imported = import(&bare(&world), &inputs, &aws_managed_policy);
        for it in &imported.notes {
            let is_known = matches!(
                it.kind,
                ImportNoteKind::ConsoleUnknown
                    | ImportNoteKind::NoPolicy { .. }
                    | ImportNoteKind::NotInService { .. }
                    | ImportNoteKind::OnlyListed {
                        kind: ImportedKind::Bucket,
                        ..
                    }
            );
            // Of whose keys nothing told the first import.
            let is_known = is_known
                || name == "imported"
                    && matches!(
                        it.kind,
                        ImportNoteKind::Encryption(EncryptionNote::Untold { .. })
                    );
            // Of whose names no file can be made.
            let is_known = is_known
                || name == "hostile"
                    && matches!(
                        it.kind,
                        ImportNoteKind::Encryption(
                            EncryptionNote::Untold { .. } | EncryptionNote::NoKey { .. }
                        )
                    );
            assert!(is_known, "{name}: {it:?}");
        }
        assert_same(&name, &sorted(imported.world), &sorted(expected));
    }
}

/// Piece by piece, so that a difference can be read.
fn assert_same(name: &str, is: &World, expected: &World) {
    assert_eq!(is.organization, expected.organization, "{name}");
    let ids = |world: &World| -> Vec<AccountId> {
        world.accounts().map(|it| it.account.clone()).collect()
    };
    assert_eq!(ids(is), ids(expected), "{name}");
    for (is, expected) in is.accounts().zip(expected.accounts()) {
        assert_eq!(is.users, expected.users, "{name}");
        assert_eq!(is.groups, expected.groups, "{name}");
        assert_eq!(is.roles, expected.roles, "{name}");
        assert_eq!(is.policies, expected.policies, "{name}");
        assert_eq!(is.domains, expected.domains, "{name}");
        assert_eq!(is.buckets, expected.buckets, "{name}");
    }
    assert_eq!(is, expected, "{name}");
}

/// The key of each bucket, by its id, by its ARN, in another account by its id and its alias, and of a bucket whose file's name another has.
#[test]
fn the_keys_of_buckets_come_back() {
    let base = crate::networked::world();
    let key = base.home.keys[0].key_id.clone();
    let elsewhere = "arn:aws:kms:eu-west-1:999900001111:key/of-others";
    let bucket = |name: &str, policy: Option<&str>, key: Option<&str>| Bucket {
        name: name.to_owned(),
        policy: policy.map(PolicyText::from),
        kms_key_id: key.map(str::to_owned),
        is_key_assumed: false,
        block_public_access: None,
    };
    let policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    let mut world = base.clone();
    world.home.buckets = vec![
        bucket("by-id", None, Some(&key)),
        bucket("data", Some(policy), Some(elsewhere)),
        bucket("encryption-data", Some(policy), None),
        bucket("encryption-none", Some(policy), Some(&key)),
        bucket("none", None, None),
    ];
    let id = AccountId::parse("222233334444").unwrap();
    world.other_accounts.retain(|it| it.account != id);
    let mut other = Account::new(id);
    other
        .buckets
        .push(bucket("of-other", None, Some("its-own")));
    other
        .buckets
        .push(bucket("of-other-too", None, Some("alias/its-own")));
    world.other_accounts.push(other);
    // What nobody has told is no fact when it comes back, either.
    let mut assumed = bucket("assumed", None, None);
    assumed.is_key_assumed = true;
    world.home.buckets.push(assumed);

    let (inputs, left_out) = printed(&world);
    assert!(
        !left_out.iter().any(|it| it.contains("encrypt")),
        "{left_out:#?}"
    );
    let imported = import(&bare(&world), &inputs, &aws_managed_policy);
    let keys: Vec<_> = imported
        .world
        .home
        .buckets
        .iter()
        .map(|it| {
            (
                it.name.as_str(),
                it.policy.is_some(),
                it.kms_key_id.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("assumed", false, None),
            ("by-id", false, Some(key.as_str())),
            ("data", true, Some(elsewhere)),
            ("encryption-data", true, None),
            ("encryption-none", true, Some(key.as_str())),
            ("none", false, None),
            (
                "of-other",
                false,
                Some("arn:aws:kms:eu-west-1:222233334444:key/its-own")
            ),
            (
                "of-other-too",
                false,
                Some("arn:aws:kms:eu-west-1:222233334444:alias/its-own")
            ),
        ]
    );
    let buckets = imported.world.home.buckets.iter();
    let mut assumed = buckets.filter(|it| it.is_key_assumed);
    assert_eq!(assumed.next().unwrap().name, "assumed");
    assert_eq!(assumed.next(), None);
}

/// AWS counts a boundary by itself, and not as attached.
#[test]
fn a_policy_says_how_often_it_is_in_use() {
    let mut world = crate::networked::world();
    let own = world.home.policies.iter().find(|it| !it.is_aws_managed());
    let arn = own.unwrap().arn.clone();
    for account in world.accounts_mut() {
        for it in &mut account.users {
            it.permissions_boundary = None;
            it.attached_policies.retain(|it| *it != arn);
        }
        for it in &mut account.groups {
            it.attached_policies.retain(|it| *it != arn);
        }
        for it in &mut account.roles {
            it.permissions_boundary = None;
            it.attached_policies.retain(|it| *it != arn);
        }
    }
    let counts = |world: &World| {
        let (files, _) = printed(world);
        let details = files.iter().find(|it| it.text.contains("UserDetailList"));
        let read: serde_json::Value = serde_json::from_str(&details.unwrap().text).unwrap();
        let mut policies = read["Policies"].as_array().unwrap().iter();
        let policy = policies.find(|it| it["Arn"] == arn.as_str()).unwrap();
        ["AttachmentCount", "PermissionsBoundaryUsageCount"].map(|it| policy[it].as_u64().unwrap())
    };
    assert_eq!(counts(&world), [0, 0]);
    let home = &mut world.home;
    let user = home.users.iter_mut().next().unwrap();
    user.permissions_boundary = Some(arn.clone());
    let role = home.roles.iter_mut().next().unwrap();
    role.permissions_boundary = Some(arn.clone());
    role.attached_policies.push(arn.clone());
    assert_eq!(counts(&world), [1, 2]);
}

/// Nobody has to say which account is at home: what an import found, it finds again, and with a second
/// round nothing changes any more.
#[test]
fn imported_exported_and_imported_again() {
    for (name, world) in worlds() {
        if ["imported", "generated"].contains(&name.as_str()) {
            let (inputs, _) = printed(&world);
            let again = alone(&inputs);
            assert_eq!(again.region, world.region);
            assert_same(&name, &sorted(again.clone()), &sorted(world));
            let (inputs, left_out) = printed(&again);
            assert_eq!(left_out, Vec::<String>::new(), "{name}");
            assert_same(&name, &alone(&inputs), &again);
        }
    }
}
