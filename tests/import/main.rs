//! What the AWS CLI prints becomes a world; what it does not say, or says badly, becomes a note at
//! its place.
//!
//! The texts in `import/` have the CLI's shape; the account is made up.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test: a failed read is a failed test"
)]

mod around;
mod bad_input;
mod buckets;
mod commands;
#[path = "../generate_account.rs"]
mod generate_account;
mod told;
mod version;

use std::{fs, path::Path};

use rolewalk_core::{
    explain,
    import::{Count, ImportNote, Imported, ImportedKind, Input, import, import_alone},
    names::AccountId,
    world::{
        AccessKeyStatus, AppType, AuthMode, Documents, OrganizationPolicyKind, SharingType, World,
        WorldFindingKind, check,
    },
};
use rolewalk_lessons::{aws_managed_policy, start_worlds};
use serde_json::{Value, json};

fn input(name: &str, text: &str) -> Input {
    Input {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// The texts of `import/`, in order of their names.
fn fixtures() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("import");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|it| {
            let name = it.file_name().unwrap().to_str().unwrap();
            input(name, &fs::read_to_string(it).unwrap())
        })
        .collect()
}

fn fixture(name: &str) -> Input {
    let mut all = fixtures().into_iter();
    all.find(|it| it.name == name).unwrap()
}

fn present() -> World {
    start_worlds()[0].scenario().unwrap().world
}

fn alone(inputs: &[Input]) -> Imported {
    import_alone(inputs, &aws_managed_policy)
}

fn added(inputs: &[Input]) -> Imported {
    import(&present(), inputs, &aws_managed_policy)
}

/// Place and sentence of each note.
fn told(notes: &[ImportNote]) -> Vec<String> {
    let place = |it: &ImportNote| match &it.place {
        Some(it) => format!("{}:{}:{}: ", it.input, it.line, it.column),
        None => String::new(),
    };
    let told = |it: &ImportNote| place(it) + &explain::import_note_sentence(&it.kind);
    notes.iter().map(told).collect()
}

#[test]
fn grants_go_to_their_keys() {
    let imported = alone(&fixtures());
    let key = imported
        .world
        .key("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
        .unwrap();
    let [grant] = key.grants.as_slice() else {
        panic!("{:?}", key.grants)
    };
    assert_eq!(grant.name, "volumes");
    assert_eq!(
        grant.grantee_principal,
        "arn:aws:iam::555566667777:role/service-role/StudioExecution"
    );
    assert_eq!(
        grant.retiring_principal.as_deref(),
        Some("sagemaker.eu-central-1.amazonaws.com")
    );
    assert_eq!(grant.operations, ["Decrypt", "CreateGrant"]);
    let pairs = &grant.constraints.encryption_context_subset;
    assert_eq!(pairs.get("aws:ebs:id").unwrap(), "vol-0a1b2c3d");
    let strange = r#"{"Grants": [
        {"KeyId": "arn:aws:kms:eu-central-1:555566667777:key/other", "GrantId": "b",
            "GranteePrincipal": "sagemaker.amazonaws.com", "Operations": ["Decrypt"]},
        {"GrantId": "c"}]}"#;
    let notes = told(
        &import(
            &imported.world,
            &[input("g.json", strange)],
            &aws_managed_policy,
        )
        .notes,
    );
    assert!(
        notes[0].starts_with("g.json:2:9: There is no key `other`, so its grants are left out")
    );
    assert!(notes[1].starts_with("g.json:4:9: A grant on a key without `KeyId` is left out"));
    let again = import(&imported.world, &fixtures(), &aws_managed_policy);
    let count = again.counts[&ImportedKind::KeyGrant];
    assert_eq!((count.new, count.changed, count.same), (0, 0, 1));
    assert_eq!(again.world, imported.world);
}

#[test]
fn an_account_with_its_domain_resources_and_organization() {
    let imported = alone(&fixtures());
    let world = &imported.world;
    assert_eq!(world.region, "eu-central-1");
    assert_eq!(world.home.account.as_str(), "555566667777");
    assert_eq!(world.home.name, "churn");
    assert_eq!(world.other_accounts, []);

    let maria = world.user("maria").unwrap();
    assert_eq!(maria.path, "/people/");
    assert_eq!(maria.groups, ["data-science"]);
    assert_eq!(maria.tags.get("team").unwrap(), "churn");
    assert_eq!(
        maria.inline_policies[0].document.as_str(),
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"*"}]}"#,
        "percent-encoded, as the API has it"
    );
    let boundary = maria.permissions_boundary.as_ref().unwrap();
    let boundary = world.policy(boundary).unwrap();
    assert_eq!(boundary.version.as_deref(), Some("v2"));
    assert_eq!(boundary.other_versions[0].version, "v1");

    let role = world.role("StudioExecution").unwrap();
    assert_eq!(role.path, "/service-role/");
    assert!(
        role.trust_policy
            .as_str()
            .starts_with("{\n  \"Version\": \"2012-10-17\",\n")
    );

    let domain = world.domain("d-churn0000001").unwrap();
    assert_eq!(domain.auth_mode, AuthMode::Iam);
    assert_eq!(
        domain.kms_key_id.as_deref(),
        Some("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
    );
    let profile = domain.user_profile("maria").unwrap();
    assert_eq!(profile.home_efs_file_system_uid, "200005");
    assert_eq!(
        domain.security_groups(Some(profile)),
        ["sg-00112233445566778", "sg-0ffffffffffffffff"]
    );
    assert_eq!(
        domain.space("churn-lab").unwrap().sharing_type,
        SharingType::Shared
    );
    let apps: Vec<_> = domain.apps.iter().map(|it| it.app_type).collect();
    assert_eq!(apps, [AppType::Canvas, AppType::JupyterLab]);

    let bucket = world.bucket("churn-data").unwrap();
    let text = bucket.policy.as_ref().unwrap().as_str();
    assert!(
        text.starts_with("{\"Version\":\"2012-10-17\""),
        "as given: {text}"
    );
    assert!(world.repository("churn/train").unwrap().policy.is_some());
    assert!(world.key("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0").is_some());

    let organization = world.organization.as_ref().unwrap();
    assert_eq!(organization.id, "o-churnorg0001");
    assert_eq!(organization.management_account.as_str(), "777788889999");
    let kind = OrganizationPolicyKind::Scp;
    let levels = organization.levels(&world.home.account, kind).into_iter();
    assert_eq!(
        levels.map(|it| it.attached(kind)).collect::<Vec<_>>(),
        [
            &["FullAWSAccess".to_owned()][..],
            &["FullAWSAccess".to_owned(), "Regions".to_owned()],
            &["FullAWSAccess".to_owned()],
        ]
    );

    assert_eq!(
        imported.counts[&ImportedKind::ManagedPolicy],
        Count {
            new: 3,
            ..Count::default()
        },
        "one imported, two of AWS at hand"
    );
    assert_eq!(
        told(&imported.notes),
        [
            "resources.json:1:1: This is not JSON and is passed over. If it is an error of the command, run it again; if it is a table, add `--output json`.",
            "resources.json:5:1: This is not JSON and is passed over. If it is an error of the command, run it again; if it is a table, add `--output json`.",
            "sagemaker.json:1:1: Of the domain `churn` these settings are not kept: `DefaultUserSettings.StudioWebPortal`, `DefaultUserSettings.StudioWebPortalSettings.HiddenMlTools`, `DomainSettings.DockerSettings`. No walk heeds what they say, and an export does not have them: look at them in AWS where it answers otherwise.",
            "sagemaker.json:44:9: Only a list names `nadia`, without the settings: add the output of `aws sagemaker describe-user-profile` for each.",
            "sagemaker.json:44:9: The user profile `nadia` is `Failed` in AWS, and is so here: a walk gets no further than there. See why in AWS, or set the status to `InService` to look at the doors behind.",
            "sagemaker.json:65:1: Of the space `churn-lab` this setting is not kept: `SpaceSettings.SpaceStorageSettings`. No walk heeds what they say, and an export does not have them: look at them in AWS where it answers otherwise.",
            "Nothing says how `churn-data` is encrypted, so it is taken as under S3’s own key, which asks for no permission: add the output of `aws s3api get-bucket-encryption --bucket churn-data > bucket-encryption-churn-data.json`.",
            "The output does not say which users have a password for the console, so all that are new have one: add the output of `aws iam get-login-profile`, or say so at each user.",
            "Attached, but neither imported nor kept here: `arn:aws:iam::aws:policy/AWSLambda_FullAccess`. What it may allow or deny is not known, so what hinges on it is not judged. Add the output of `aws iam get-account-authorization-details --filter AWSManagedPolicy > policies.json`.",
        ]
    );
    let findings = check(world);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(
        matches!(&findings[0].kind, WorldFindingKind::Missing { name, .. } if name.ends_with("AWSLambda_FullAccess"))
    );
    for (id, document) in Documents::parse(world).iter() {
        assert!(!document.has_errors(), "{id:?}: {:?}", document.diagnostics);
    }
}

#[test]
fn nothing_of_the_present_world_is_lost() {
    let before = present();
    let imported = added(&fixtures());
    let world = &imported.world;
    assert_eq!(world.home.users, before.home.users);
    assert_eq!(world.home.roles, before.home.roles);
    assert_eq!(world.home.domains, before.home.domains);
    assert_eq!(
        world.home.buckets[..before.home.buckets.len()],
        before.home.buckets
    );
    let policies = before.home.policies.iter();
    assert!(
        policies
            .zip(&world.home.policies)
            .all(|(old, new)| old == new)
    );
    let id = AccountId::parse("555566667777").unwrap();
    let account = world.account(&id).unwrap();
    assert!(account.role("StudioExecution").is_some());
    assert!(
        account
            .domain("d-churn0000001")
            .unwrap()
            .space("churn-lab")
            .is_some()
    );
    let regions: Vec<_> = told(&imported.notes)
        .into_iter()
        .filter(|it| it.contains("the world in `eu-west-1`"))
        .collect();
    assert_eq!(regions.len(), 1, "{regions:?}");
}

#[test]
fn to_import_twice_is_to_import_once() {
    for once in [alone(&fixtures()), added(&fixtures())] {
        let twice = import(&once.world, &fixtures(), &aws_managed_policy);
        assert_eq!(twice.world, once.world);
        for (kind, count) in &twice.counts {
            assert_eq!((count.new, count.changed), (0, 0), "{kind:?}");
        }
    }
}

/// The documents of a text that is whole.
fn documents(text: &str) -> Vec<Value> {
    let lines: Vec<&str> = text.lines().filter(|it| !it.starts_with('$')).collect();
    let text = lines.join("\n");
    let stream = serde_json::Deserializer::from_str(&text).into_iter();
    stream.map(Result::unwrap).collect()
}

#[test]
fn the_order_of_files_documents_and_fields_does_not_matter() {
    let expected = alone(&fixtures()).world;
    let mut inputs = fixtures();
    inputs.reverse();
    assert_eq!(alone(&inputs).world, expected);
    for it in &mut inputs {
        // `serde_json` sorts the fields, and the CLI does not.
        let documents = documents(&it.text);
        it.text = documents.iter().rev().map(Value::to_string).collect();
    }
    let sorted = alone(&inputs).world;
    // Policies that stood as objects have their fields in another order too.
    let texts = |world: &World| {
        let mut texts: Vec<Value> = Vec::new();
        for (_, text) in world.documents() {
            texts.push(serde_json::from_str(text.as_str()).unwrap());
        }
        texts
    };
    assert_eq!(texts(&sorted), texts(&expected));
    assert_eq!(sorted.home.domains, expected.home.domains);
    assert_eq!(sorted.organization, expected.organization);
}

#[test]
fn unknown_fields_are_ignored() {
    fn add(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.values_mut().for_each(add);
                fields.insert("AddedIn2031".to_owned(), json!({ "New": [1, null] }));
            }
            Value::Array(items) => items.iter_mut().for_each(add),
            _ => {}
        }
    }
    let text = fixture("sagemaker.json").text;
    let mut changed = documents(&text);
    changed.iter_mut().for_each(add);
    let text = changed.iter().map(Value::to_string).collect::<String>();
    let (plain, changed) = (fixture("sagemaker.json"), input("sagemaker.json", &text));
    assert_eq!(alone(&[changed]).world, alone(&[plain]).world);
}

#[test]
fn what_is_there_is_brought_up_to_date_in_place() {
    let mut world = alone(&fixtures()).world;
    let user = &mut world.home.users[0];
    user.console_access = false;
    user.groups.clear();
    world.home.roles[0].description = "mine".to_owned();
    world.home.roles[0].inline_policies.clear();
    world.home.keys[0].alias = Some("churn".to_owned());
    world.home.buckets[0].kms_key_id = Some("alias".to_owned());
    let again = import(&world, &fixtures(), &aws_managed_policy);
    let home = &again.world.home;
    assert_eq!(home.users[0].groups, ["data-science"]);
    assert!(!home.users[0].console_access, "the texts do not say");
    assert_eq!(home.roles[0].description, "mine");
    assert_eq!(home.roles[0].inline_policies.len(), 1);
    assert_eq!(home.keys[0].alias.as_deref(), Some("churn"));
    assert_eq!(home.buckets[0].kms_key_id.as_deref(), Some("alias"));
    assert_eq!(again.counts[&ImportedKind::Role].changed, 1);
}

/// Nowhere in what comes of it, notes included.
#[test]
fn secrets_are_neither_kept_nor_shown() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let texts = [
        json!({ "AccessKey": { "UserName": "maria", "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Inactive", "SecretAccessKey": secret } }).to_string(),
        json!({ "Credentials": { "AccessKeyId": "ASIAIOSFODNN7EXAMPLE", "SecretAccessKey": secret, "SessionToken": secret } }).to_string(),
        json!({ "AuthorizedUrl": format!("https://d-churn.studio.aws/auth?token={secret}") }).to_string(),
        json!({ "CiphertextBlob": "AQ==", "Plaintext": secret }).to_string(),
        json!({ "UserDetailList": [{ "UserName": "maria", "Arn": "arn:aws:iam::555566667777:user/maria", "Password": secret, "LoginProfile": { "Password": secret } }] }).to_string(),
        format!("{{\"SecretAccessKey\": {secret}, {secret}: 1, \"SecretAccessKey\": \"{secret}"),
        format!("export AWS_SECRET_ACCESS_KEY={secret}"),
        format!("{{\"{secret}\": 1}}"),
    ];
    let inputs: Vec<Input> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| input(&format!("{n}.json"), text))
        .collect();
    let imported = alone(&inputs);
    let shown = format!("{imported:?}\n{}", told(&imported.notes).join("\n"));
    assert!(!shown.contains("wJalrXUtn"), "{shown}");
    let n_told = told(&imported.notes)
        .iter()
        .filter(|it| it.contains("A secret stands here"))
        .count();
    assert_eq!(n_told, 9, "{:#?}", told(&imported.notes));
    let keys = &imported.world.user("maria").unwrap().access_keys;
    assert_eq!(keys[0].access_key_id, "AKIAIOSFODNN7EXAMPLE");
    assert_eq!(keys[0].status, AccessKeyStatus::Inactive);
}
