//! A whole account, as large as real ones, that comes in pieces, twice, in another order or with names
//! that nobody should have: what can be read is imported, the rest is told, and the world stays.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

#[path = "generate_account.rs"]
mod generate_account;

use rolewalk_core::{
    advise,
    catalogue::Catalogue,
    explain,
    import::{Imported, Input, import, import_alone},
    world::{Checked, DocumentId, Documents, Text, World},
};
use rolewalk_lessons::{aws_managed_policy, start_worlds};
use serde_json::{Value, json};

const N_ROLES: usize = 40;

/// What `explain` says of a text that ends too early.
/// How what is told of a text that is cut off ends, whatever of it is missing.
const CUT_OFF: &str =
    "Of its lists, what stands whole before is imported; copy the whole output to have the rest.";

fn input(name: &str, text: impl Into<String>) -> Input {
    Input {
        name: name.to_owned(),
        text: text.into(),
    }
}

fn present() -> World {
    start_worlds()[0].scenario().unwrap().world
}

fn alone(text: impl Into<String>) -> Imported {
    import_alone(&[input("account.json", text)], &aws_managed_policy)
}

/// The sentences, each with its place.
fn told(imported: &Imported) -> Vec<String> {
    let note = |it: &rolewalk_core::import::ImportNote| {
        let sentence = explain::import_note_sentence(&it.kind);
        match &it.place {
            Some(place) => format!("{}:{}: {sentence}", place.line, place.column),
            None => sentence,
        }
    };
    imported.notes.iter().map(note).collect()
}

/// The outputs that stand one behind the other.
fn documents(text: &str) -> Vec<Value> {
    let stream = serde_json::Deserializer::from_str(text).into_iter();
    stream.map(Result::unwrap).collect()
}

/// Everything of the world before is still there, just so.
#[track_caller]
fn assert_kept(before: &World, after: &World) {
    let (old, new) = (&before.home, &after.home);
    assert_eq!(old.account, new.account);
    for it in &old.users {
        assert_eq!(new.user(&it.name), Some(it));
    }
    for it in &old.roles {
        assert_eq!(new.role(&it.name), Some(it));
    }
    for it in &old.policies {
        assert!(new.policies.iter().any(|new| new.arn == it.arn));
    }
    assert_eq!(old.domains, new.domains);
    assert_eq!(old.buckets, new.buckets[..old.buckets.len()]);
}

/// At each fiftieth of its length.
#[test]
fn a_text_that_stops_anywhere_is_told_there_and_read_up_to_there() {
    let text = generate_account::account(N_ROLES);
    let whole = alone(text.as_str()).world;
    let before = present();
    let mut n_roles = 0;
    for n in 1..50 {
        let cut = text.get(..text.len() * n / 50).unwrap();
        let imported = alone(cut);
        let sentences = told(&imported);
        let is_told = sentences.iter().any(|it| it.ends_with(CUT_OFF));
        // The cut may fall between two outputs.
        assert!(is_told || cut.ends_with("}\n"), "{n}: {sentences:#?}");
        for role in &imported.world.home.roles {
            assert_eq!(whole.home.role(&role.name), Some(role), "{n}");
        }
        assert!(imported.world.home.roles.len() >= n_roles, "{n}");
        n_roles = imported.world.home.roles.len();
        let added = import(&before, &[input("account.json", cut)], &aws_managed_policy);
        assert_kept(&before, &added.world);
    }
    assert!(n_roles > N_ROLES / 2, "{n_roles}");
}

#[test]
fn outputs_in_another_order_and_told_twice_are_the_same_account() {
    let text = generate_account::account(N_ROLES);
    let whole = alone(text.as_str());
    let mut outputs: Vec<String> = documents(&text).iter().map(Value::to_string).collect();
    let straight = alone(outputs.concat());
    outputs.reverse();
    assert_eq!(alone(outputs.concat()).world, straight.world);
    let twice = alone(format!("{text}{text}"));
    assert_eq!(twice.world, whole.world);
    assert_eq!(
        told(&twice),
        told(&whole),
        "the same again is nothing to tell"
    );
    let files: Vec<Input> = outputs
        .iter()
        .enumerate()
        .map(|(n, it)| input(&format!("{n}.json"), it.as_str()))
        .collect();
    assert_eq!(
        import_alone(&files, &aws_managed_policy).world,
        straight.world
    );
    // A piece that stands in the middle of another is lost, what is around it is not.
    let torn = format!("{}\n{text}", text.get(..text.len() / 2).unwrap());
    assert_eq!(alone(torn).world.home.roles.len(), N_ROLES);
}

#[test]
fn of_two_things_of_one_name_the_first_counts_and_it_is_told() {
    let mut outputs = documents(&generate_account::account(3));
    let roles = outputs[0]["RoleDetailList"].as_array_mut().unwrap();
    let mut twin = roles[0].clone();
    twin["RolePolicyList"] = json!([]);
    roles.push(twin.clone());
    roles.push(twin);
    let text: String = outputs.iter().map(Value::to_string).collect();
    let imported = alone(text);
    let roles = &imported.world.home.roles;
    assert_eq!(roles.iter().filter(|it| it.name == "role-00000").count(), 1);
    assert_eq!(roles.len(), 3);
    let is_twice = |it: &&String| {
        it.ends_with("Role `role-00000` is told in two ways: what comes first counts, by name of file and place in it. Leave out the older one.")
    };
    let sentences = told(&imported);
    assert_eq!(
        sentences.iter().filter(is_twice).count(),
        2,
        "{sentences:#?}"
    );
}

/// Names that would break out of whatever they are put into without care.
const HOSTILE: [&str; 10] = [
    "</script><img src=x onerror=alert(1)>",
    "`backticks` and \"quotes\"",
    "../../../../etc/passwd",
    "${aws:username}*?",
    "$(rm -rf /)'; DROP TABLE roles; --",
    "\u{202e}txt.elor\u{202c}\u{0}\u{7f}\u{1b}[31m",
    "__proto__",
    "👩‍👩‍👧‍👦 naïve \u{301}",
    "//more-roles",
    " ",
];

#[test]
fn hostile_strings_are_names_like_others() {
    let whole = generate_account::account(30);
    for hostile in HOSTILE {
        let mut outputs = documents(&whole);
        for list in [
            "UserDetailList",
            "GroupDetailList",
            "RoleDetailList",
            "Policies",
        ] {
            let thing = &mut outputs[0][list][0];
            for field in ["UserName", "GroupName", "RoleName", "Path", "PolicyName"] {
                if thing.get(field).is_some() {
                    thing[field] = json!(hostile);
                }
            }
            if thing.get("Tags").is_some() {
                thing["Tags"] = json!([{ "Key": hostile, "Value": hostile }]);
            }
        }
        outputs[0]["RoleDetailList"][0]["RolePolicyList"][0]["PolicyName"] = json!(hostile);
        outputs[1]["DomainName"] = json!(hostile);
        outputs[2]["UserProfileName"] = json!(hostile);
        let text: String = outputs.iter().map(Value::to_string).collect();
        let imported = alone(text);
        let world = &imported.world;
        let role = world.role(hostile).unwrap();
        assert_eq!(role.inline_policies[0].name, hostile);
        assert!(world.user(hostile).is_some() && world.group(hostile).is_some());
        assert!(world.home.domains[0].user_profile(hostile).is_some());
        assert_eq!(world.home.roles.len(), 30);
        // Whatever is made of them ends, and leads back to them.
        let documents = Documents::parse(world);
        let id = DocumentId::home(Text::Trust {
            role: hostile.to_owned(),
        });
        assert!(documents.get(&id).is_some());
        assert_eq!(DocumentId::of(&id.name()), Some(id.clone()));
        assert!(!Checked::of(world).of_thing(&id.entity()).is_empty() || hostile == "__proto__");
        let advice = advise::advise(
            world,
            &documents,
            &Catalogue::default(),
            "2026-01-15T09:00:00Z",
        );
        for it in advice {
            let _ = it.finding.words(world);
        }
        let again: World = serde_json::from_str(&serde_json::to_string(world).unwrap()).unwrap();
        assert_eq!(again, *world);
    }
}

/// `role-00001` and `role-00002` trust each other, a role trusts itself, others what is not there.
#[test]
fn roles_that_trust_in_a_ring_and_what_is_not_there_are_imported() {
    let mut outputs = documents(&generate_account::account(4));
    let arn = |name: &str| {
        format!(
            "arn:aws:iam::{}:role/team/{name}",
            generate_account::ACCOUNT
        )
    };
    let rings = ["role-00001", "role-00000", "role-00002", "role-nowhere"];
    for (n, to) in rings.iter().enumerate() {
        let role = &mut outputs[0]["RoleDetailList"][n];
        let trust = &mut role["AssumeRolePolicyDocument"]["Statement"][0];
        trust["Principal"] = json!({ "AWS": arn(to) });
        role["RolePolicyList"][0]["PolicyDocument"]["Statement"] =
            json!([{ "Effect": "Allow", "Action": ["sts:AssumeRole", "iam:*"], "Resource": "*" }]);
        role["AttachedManagedPolicies"] =
            json!([{ "PolicyName": "Gone", "PolicyArn": "arn:aws:iam::444455556666:policy/Gone" }]);
        role["PermissionsBoundary"] =
            json!({ "PermissionsBoundaryArn": "arn:aws:iam::444455556666:policy/Gone" });
    }
    outputs[0]["UserDetailList"][0]["GroupList"] = json!(["nowhere"]);
    let text: String = outputs.iter().map(Value::to_string).collect();
    let imported = alone(text);
    assert_eq!(imported.world.home.roles.len(), 4);
    let sentences = told(&imported).join("\n");
    assert!(
        sentences.contains("`arn:aws:iam::444455556666:policy/Gone`"),
        "{sentences}"
    );
    let found = rolewalk_core::world::check(&imported.world);
    // Attached and boundary of four roles, and the group.
    assert_eq!(found.len(), 9, "{found:#?}");
    let documents = Documents::parse(&imported.world);
    advise::advise(
        &imported.world,
        &documents,
        &Catalogue::default(),
        "2026-01-15T09:00:00Z",
    );
}
