//! What the AWS CLI prints becomes a world; what it does not say, or says badly, becomes a note at
//! its place.
//!
//! The texts in `import/` have the CLI's shape; the account is made up.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

mod generate_account;

use std::{fs, path::Path};

use rolewalk_core::{
    explain,
    import::{
        COMMANDS, Count, ImportNote, ImportNoteKind, Imported, ImportedKind, Input, Texts, import,
        import_alone,
    },
    names::{AccountId, Arn},
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
    assert_eq!(pairs["aws:ebs:id"], "vol-0a1b2c3d");
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
    assert_eq!(maria.tags["team"], "churn");
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
    assert_eq!(
        organization.levels(&world.home.account, OrganizationPolicyKind::Scp),
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
            "sagemaker.json:44:9: Only a list names `nadia`, without the settings: add the output of `aws sagemaker describe-user-profile` for each.",
            "The output does not say which users have a password for the console, so all that are new have one: add the output of `aws iam get-login-profile`, or say so at each user.",
            "Attached, but neither imported nor kept here, so they allow nothing: `arn:aws:iam::aws:policy/AWSLambda_FullAccess`. Run `aws iam get-account-authorization-details` without `--filter`, or with `AWSManagedPolicy` among them.",
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

/// A text, the users that are imported of it, and a part of what is told, in order.
const BAD: &[(&str, &[&str], &[&str])] = &[
    ("", &[], &["bad.json:1:1: There is nothing"]),
    (" \n\t", &[], &["There is nothing"]),
    (
        "\n\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation",
        &[],
        &[
            "bad.json:3:1: AWS does not let whoever ran the command do `GetAccountAuthorizationDetails`",
        ],
    ),
    (
        "An error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: User: arn:aws:iam::555566667777:user/ben is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: *",
        &[],
        &[
            "AWS does not let `arn:aws:iam::555566667777:user/ben` do `iam:GetAccountAuthorizationDetails`, so there is no output to import. Give them that permission, or have somebody run the command who has it. If this error is what you want to understand, paste it into the Library",
        ],
    ),
    (
        "{\"eventVersion\": \"1.08\", \"errorCode\": \"AccessDenied\", \"errorMessage\": \"User: arn:aws:iam::555566667777:user/ben is not authorized to perform: sagemaker:CreateApp\"}",
        &[],
        &["do `sagemaker:CreateApp`"],
    ),
    ("zsh: command not found: aws", &[], &["This is not JSON"]),
    ("[]", &[], &[]),
    ("\"text\"", &[], &["This is not JSON"]),
    ("[1]", &[], &["bad.json:1:2: This document is none"]),
    ("{}", &[], &["This document is none"]),
    (
        "{\"Functions\": []}",
        &[],
        &["A document that begins with `Functions`"],
    ),
    (
        "{\"Policy\": {\"PolicyName\": \"a\", \"Arn\": \"arn:aws:iam::1:policy/a\"}}",
        &[],
        &["A document that begins with `Policy`"],
    ),
    // Cut off: what stands before is there.
    (
        "{\"UserDetailList\": [{\"UserName\": \"a\"}, {\"UserName\": \"b\", \"Pa",
        &["a"],
        &[
            "No ARN says",
            "bad.json:1:61: The text stops here in the middle of `UserDetailList`. `GroupDetailList`, `RoleDetailList` and `Policies` are missing altogether.",
            "console",
        ],
    ),
    // Cut off, and something behind it.
    (
        "{\n  \"UserDetailList\": [\n    {\"UserName\": \"a\"},\n{\"UserDetailList\": [{\"UserName\": \"b\"}]}",
        &["a", "b"],
        &[
            "No ARN says",
            "bad.json:4:1: The text stops here",
            "console",
        ],
    ),
    // Cut off in the last list but one.
    (
        "{\"UserDetailList\": [], \"GroupDetailList\": [], \"RoleDetailList\": [{\"RoleName\": \"r",
        &[],
        &[
            "The text stops here in the middle of `RoleDetailList`. `Policies` is missing altogether.",
        ],
    ),
    // A domain that only a list has.
    (
        "{\"Domains\": [{\"DomainArn\": \"arn:aws:sagemaker:eu-west-1:555566667777:domain/d-1\", \"DomainId\": \"d-1\", \"DomainName\": \"ml\", \"Status\": \"InService\"}]}",
        &[],
        &[
            "Only a list names `d-1`, without the settings: add the output of `aws sagemaker describe-domain`",
        ],
    ),
    // Mistakes in the middle.
    (
        "{\"UserDetailList\": [{\"UserName\": \"a\"} {\"UserName\": \"b\",}]}",
        &["a", "b"],
        &[
            "No ARN says",
            "bad.json:1:39: This is not JSON as AWS",
            "This is not JSON as AWS",
            "console",
        ],
    ),
    (
        "{\"UserDetailList\": [{\"Path\": \"/\"}, 7, null, {\"UserName\": \"\"}, {\"UserName\": \"a\"}]}",
        &["a"],
        &[
            "A user without `UserName`",
            "A user without `UserName`",
            "No ARN says",
            "console",
        ],
    ),
    (
        "{\"UserDetailList\": {\"UserName\": \"a\"}, \"RoleDetailList\": [{\"RoleName\": \"r\"}]}",
        &[],
        &["A role without `AssumeRolePolicyDocument`"],
    ),
    // One name, two users.
    (
        "{\"UserDetailList\": [{\"UserName\": \"a\"}, {\"UserName\": \"a\", \"Path\": \"/x/\"}, {\"UserName\": \"a\"}]}",
        &["a"],
        &[
            "No ARN says",
            "bad.json:1:40: User `a` is told in two ways",
            "console",
        ],
    ),
    // More pages.
    (
        "{\"UserDetailList\": [], \"IsTruncated\": true, \"Marker\": \"x\"}",
        &[],
        &["The list goes on: `Marker`"],
    ),
    (
        "{\"UserProfiles\": [{\"DomainId\": \"d-1\", \"UserProfileName\": \"a\"}], \"NextToken\": \"x\"}",
        &[],
        &["The list goes on: `NextToken`", "There is no domain `d-1`"],
    ),
    // Names that are meant to hurt.
    (
        "{\"UserDetailList\": [{\"UserName\": \"<script>alert(1)</script>\"}, {\"UserName\": \"`\\u0000\\n`\", \"Path\": \"../\"}, {\"UserName\": \"`\\u0000\\n`\"}]}",
        &["<script>alert(1)</script>", "`\0\n`"],
        &["No ARN says", "User `····` is told", "console"],
    ),
    // Whose policy it is.
    (
        "{\"Policy\": \"{\\\"Statement\\\": []}\"}",
        &[],
        &["call the file `bucket-NAME.json`"],
    ),
    (
        "{\"Policy\": \"{\\\"Statement\\\": []}\", \"PolicyName\": \"default\"}",
        &[],
        &["call the file `key-ID.json`"],
    ),
    (
        "{\"Policy\": \"{\\\"Statement\\\": {\\\"Resource\\\": [\\\"arn:aws:s3:::a/*\\\", \\\"arn:aws:s3:::b\\\"]}}\"}",
        &[],
        &["call the file `bucket-NAME.json`"],
    ),
    (
        "{\"Targets\": []}",
        &[],
        &["call the file `policy-ID.json`"],
    ),
    (
        "{\"Policies\": [{\"Id\": \"p-1\", \"Name\": \"n\", \"Type\": \"TAG_POLICY\"}]}",
        &[],
        &[
            "call the file `target-ID.json`",
            "A policy of type `TAG_POLICY`",
        ],
    ),
    (
        "{\"OrganizationalUnits\": [{\"Id\": \"u\", \"Name\": \"u\"}]}",
        &[],
        &[
            "call the file `parent-ID.json`",
            "Which organization this is of",
        ],
    ),
    (
        "{\"DomainArn\": \"arn:aws:sagemaker:eu-west-1:555566667777:domain/d-1\", \"DomainId\": \"d-1\", \"AuthMode\": \"LDAP\"}",
        &[],
        &["The `AuthMode` of a domain"],
    ),
];

#[test]
fn bad_input_is_told_at_its_place_and_the_rest_is_imported() {
    for (text, users, expected) in BAD {
        let imported = alone(&[input("bad.json", text)]);
        let names: Vec<_> = imported
            .world
            .home
            .users
            .iter()
            .map(|it| &*it.name)
            .collect();
        assert_eq!(names, *users, "{text}");
        let mut notes = told(&imported.notes);
        notes.retain(|it| !it.starts_with("No text names a region"));
        assert_eq!(notes.len(), expected.len(), "{text}: {notes:#?}");
        for (note, expected) in notes.iter().zip(*expected) {
            assert!(note.contains(expected), "{text}: {note}");
        }
    }
}

#[test]
fn every_note_says_what_to_do() {
    let mut n = 0;
    for (text, ..) in BAD {
        for it in alone(&[input("bad.json", text)]).notes {
            let sentence = explain::import_note_sentence(&it.kind);
            assert!(sentence.ends_with('.'), "{sentence}");
            n += 1;
        }
    }
    assert!(n > 20);
}

#[test]
fn any_cut_keeps_what_stands_before_it() {
    let text = fixture("account.json").text;
    let mut n_users = 0;
    for end in (0..text.len())
        .filter(|it| text.is_char_boundary(*it))
        .step_by(7)
    {
        let imported = added(&[input("cut.json", text.get(..end).unwrap())]);
        let before = present();
        assert_eq!(imported.world.home.roles, before.home.roles);
        let id = AccountId::parse("555566667777").unwrap();
        let n = imported.world.account(&id).map_or(0, |it| it.users.len());
        assert!(n >= n_users, "at {end}");
        n_users = n;
        assert!(
            end == 0
                || told(&imported.notes)
                    .iter()
                    .any(|it| it.contains("The text stops here"))
        );
    }
    assert_eq!(n_users, 1);
}

#[test]
fn role_chains_may_lead_in_circles_and_references_nowhere() {
    let role = |name: &str, trusted: &str| {
        json!({
            "RoleName": name, "Path": "/", "Arn": format!("arn:aws:iam::555566667777:role/{name}"),
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::555566667777:role/{trusted}") }, "Action": "sts:AssumeRole" }] },
            "AttachedManagedPolicies": [{ "PolicyArn": "arn:aws:iam::555566667777:policy/gone" }, { "PolicyArn": "no ARN" }],
            "PermissionsBoundary": { "PermissionsBoundaryArn": "arn:aws:iam::555566667777:policy/gone" },
        })
    };
    let text = json!({ "RoleDetailList": [role("a", "b"), role("b", "a"), role("c", "nobody")] });
    let imported = alone(&[input("roles.json", &text.to_string())]);
    assert_eq!(imported.world.home.roles.len(), 3);
    for is_boundary in [false, true] {
        let expected = ImportNoteKind::NoPolicy {
            is_aws_managed: false,
            is_boundary,
            arns: vec![Arn::parse("arn:aws:iam::555566667777:policy/gone").unwrap()],
            n: 1,
        };
        let note = imported.notes.iter().find(|it| it.kind == expected);
        let words = explain::import_note_sentence(&note.unwrap().kind);
        let boundary = "The permissions boundary `arn:aws:iam::555566667777:policy/gone` is not in the world, so whom it bounds may do nothing.";
        assert_eq!(words.contains(boundary), is_boundary, "{words}");
    }
    assert_eq!(
        check(&imported.world).len(),
        6,
        "policy and boundary of each"
    );
}

#[test]
fn an_organization_may_be_its_own_parent() {
    let arn = |id: &str| format!("arn:aws:organizations::777788889999:ou/o-churnorg0001/{id}");
    let unit = |id: String| json!({ "Id": id, "Arn": arn(&id), "Name": id });
    let below = |parent: String, child: String| {
        let text = json!({ "OrganizationalUnits": [unit(child)] });
        input(&format!("parent-{parent}.json"), &text.to_string())
    };
    // A ring, and a chain deeper than any stack.
    let n = 4000;
    let id = |n: usize| format!("ou-ch01-{n:08}");
    let mut inputs = vec![below(id(1), id(0)), below(id(0), id(1))];
    inputs.extend((2..n).map(|it| below(id(it), id(it + 1))));
    let imported = alone(&inputs);
    let root = &imported.world.organization.as_ref().unwrap().root;
    assert_eq!(root.id, "r-ch01");
    assert!(root.unit(&id(0)).is_some() && root.unit(&id(n)).is_some());
}

/// Texts that would take hours if a step were not linear.
#[test]
fn large_texts_end() {
    let million = 1_000_000;
    let texts = [
        "{".repeat(million),
        "{\n".repeat(million),
        "[".repeat(million),
        "]{\"".repeat(million),
        "{}".repeat(million),
        "{\"UserDetailList\": [\n".repeat(million / 20),
        "x\n".repeat(million),
        format!("{{\"UserDetailList\": [{}]}}", "{},".repeat(million)),
        format!(
            "{{\"UserDetailList\": [{}]}}",
            "{\"UserName\": \"a\"},".repeat(million / 10)
        ),
        format!("{{\"DomainId\": \"{}\"}}", "a".repeat(million)),
    ];
    for text in texts {
        let imported = added(&[input("large.json", &text)]);
        assert!(imported.notes.len() <= 201, "{}", imported.notes.len());
        assert!(!imported.notes.is_empty());
        assert_eq!(imported.world.home.roles, present().home.roles);
    }
    let too_large = [
        input("a.json", &fixture("account.json").text),
        input("b.json", &" ".repeat(65_000_000)),
    ];
    let imported = alone(&too_large);
    assert!(imported.world.user("maria").is_some());
    assert!(
        told(&imported.notes)
            .iter()
            .any(|it| it.starts_with("b.json:1:1: Not read"))
    );
}

#[test]
fn a_generated_account_comes_over_whole() {
    for n_roles in [1, 200] {
        let size = generate_account::Size::with_roles(n_roles);
        let text = generate_account::account(n_roles);
        let imported = alone(&[input("account.json", &text)]);
        let home = &imported.world.home;
        assert_eq!(home.account.as_str(), generate_account::ACCOUNT);
        assert_eq!(home.roles.len(), n_roles);
        assert_eq!(home.users.len(), size.users);
        assert_eq!(home.groups.len(), size.groups);
        assert_eq!(home.policies.len(), size.policies);
        assert_eq!(home.domains[0].user_profiles.len(), size.profiles);
        assert_eq!(check(&imported.world), []);
        assert_eq!(
            told(&imported.notes).len(),
            1,
            "{:?}",
            told(&imported.notes)
        );
    }
    let aws = |it: &rolewalk_core::world::ManagedPolicy| it.is_aws_managed();
    let world = alone(&[input("account.json", &generate_account::account(200))]).world;
    assert!(world.home.policies.iter().filter(|it| aws(it)).count() > 20);
}

#[test]
fn what_is_cut_does_not_take_the_place_of_what_is_whole() {
    let world = alone(&fixtures()).world;
    for name in ["account.json", "sagemaker.json"] {
        let text = fixture(name).text;
        for end in (1..text.len()).step_by(11) {
            let cut = input(name, text.get(..end).unwrap());
            let imported = import(&world, &[cut], &aws_managed_policy);
            assert_eq!(imported.world, world, "{name} at {end}");
        }
    }
}

#[test]
fn every_command_is_listed_once_and_names_its_file() {
    let mut lines = std::collections::BTreeSet::new();
    for it in COMMANDS {
        assert!(lines.insert(it.line), "{}", it.line);
        assert!(
            it.line.starts_with("aws ") && it.line.contains(" > "),
            "{}",
            it.line
        );
        assert!(!it.fields.is_empty(), "{}", it.line);
    }
    // What the notes tell people to run is on the list.
    for command in [
        "aws iam get-login-profile",
        "aws sagemaker list-domains",
        "aws sagemaker describe-domain",
        "aws sagemaker describe-user-profile",
        "aws sagemaker describe-space",
        "aws organizations describe-policy",
        "aws organizations list-roots",
        "aws kms get-key-policy",
        "--filter RESOURCE_CONTROL_POLICY > target-ID",
    ] {
        assert!(lines.iter().any(|it| it.contains(command)), "{command}");
    }
}

/// A document for each field of a command: whatever reads it says something other than that nobody does.
#[test]
fn what_is_listed_is_read_and_what_is_read_is_listed() {
    let is_unknown = |name: &str, text: &Value| {
        let notes = alone(&[input(name, &text.to_string())]).notes;
        let mut kinds = notes.iter().map(|it| &it.kind);
        kinds.any(|it| matches!(it, ImportNoteKind::UnknownShape { .. }))
    };
    for command in COMMANDS {
        let file = command.line.rsplit("> ").next().unwrap();
        for field in command.fields {
            let value = match *field {
                "Policy" if command.line.contains("organizations") => {
                    json!({"PolicySummary": {}, "Content": "{}"})
                }
                "Policy" | "policyText" => json!("{\"Statement\": []}"),
                "LoginProfile" | "AccessKey" | "Organization" => json!({"UserName": "a"}),
                name if name.ends_with("Arn") => {
                    json!("arn:aws:sagemaker:eu-west-1:555566667777:x/y")
                }
                _ => json!([]),
            };
            assert!(
                !is_unknown(file, &json!({*field: value})),
                "{} {field}",
                command.line
            );
        }
    }
    // The fixtures have nothing that no listed command prints.
    for it in fixtures() {
        for document in documents(&it.text) {
            let fields = document.as_object().unwrap();
            let mut known = COMMANDS.iter().flat_map(|it| it.fields);
            assert!(known.any(|it| fields.contains_key(*it)), "{}", it.name);
        }
    }
}

#[test]
fn the_region_of_a_new_world_is_asked_for_only_where_no_text_names_one() {
    let text = "{\"UserDetailList\": [{\"UserName\": \"a\", \"Arn\": \"arn:aws:iam::555566667777:user/a\"}]}";
    let texts = Texts::read(vec![input("account.json", text)]);
    assert_eq!(texts.region(), None);
    let is_asked = |it: &Imported| {
        it.notes
            .iter()
            .any(|it| it.kind == ImportNoteKind::NoRegion)
    };
    assert!(is_asked(&texts.alone(None, &aws_managed_policy)));
    let there = texts.alone(Some("eu-west-1"), &aws_managed_policy);
    assert_eq!(there.world.region, "eu-west-1");
    assert!(!is_asked(&there));
    let regional = Texts::read(fixtures());
    assert_eq!(regional.region().as_deref(), Some("eu-central-1"));
    let own = regional.alone(Some("eu-west-1"), &aws_managed_policy);
    assert_eq!(own.world.region, "eu-central-1");
}
