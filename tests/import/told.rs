//! What an import says that it leaves out: settings that the world has no place for, what is not in service, files of other
//! forms; and key policies that are put to the key that is described.

use rolewalk_core::import::{Imported, Input};
use serde_json::{Value, json};

use crate::{alone, input, told};

const KEY: &str = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const OTHER: &str = "11112222-4b5a-6978-8796-a5b4c3d2e1f0";

fn about(imported: &Imported, words: &str) -> Vec<String> {
    let mut notes = told(&imported.notes);
    notes.retain(|it| it.contains(words));
    notes
}

fn domain(id: &str, with: &Value) -> Input {
    let mut text = json!({
        "DomainArn": format!("arn:aws:sagemaker:eu-central-1:555566667777:domain/{id}"),
        "DomainId": id, "DomainName": format!("of-{id}"), "Status": "InService",
        "CreationTime": "2023-06-01T12:00:00.000000+00:00", "Url": "https://d.studio", "AuthMode": "IAM",
        "DefaultUserSettings": { "ExecutionRole": "arn:aws:iam::555566667777:role/Run" },
    });
    for (name, value) in with.as_object().unwrap() {
        text[name] = value.clone();
    }
    input(&format!("domain-{id}.json"), &text.to_string())
}

fn profile(name: &str, with: &Value) -> Input {
    let mut text = json!({
        "UserProfileArn": format!("arn:aws:sagemaker:eu-central-1:555566667777:user-profile/d-1/{name}"),
        "DomainId": "d-1", "UserProfileName": name, "Status": "InService",
    });
    for (field, value) in with.as_object().unwrap() {
        text[field] = value.clone();
    }
    input(&format!("profile-{name}.json"), &text.to_string())
}

#[test]
fn settings_that_are_not_kept_are_told_once_for_each_domain() {
    let plain = alone(&[domain("d-1", &json!({}))]);
    assert_eq!(about(&plain, "not kept"), [""; 0]);
    // What is read is not told, nor what is not set.
    let settings = json!({
        "ExecutionRole": "arn:aws:iam::555566667777:role/Run", "SecurityGroups": ["sg-1"],
        "SharingSettings": { "NotebookOutputOption": "Allowed", "S3OutputPath": "s3://shared" },
        "JupyterLabAppSettings": { "AppLifecycleManagement": { "IdleSettings": { "IdleTimeoutInMinutes": 60 } } },
        "SpaceStorageSettings": { "DefaultEbsStorageSettings": { "DefaultEbsVolumeSizeInGb": 5 } },
        "StudioWebPortal": "ENABLED", "CustomFileSystemConfigs": [], "DefaultLandingUri": "",
        "StudioWebPortalSettings": { "HiddenMlTools": ["JumpStart"], "ExecutionRoleSessionNameMode": "STATIC" },
    });
    let own = json!({
        "DefaultUserSettings": settings, "TagPropagation": "ENABLED",
        "DomainSettings": { "SecurityGroupIds": [], "DockerSettings": { "EnableDockerAccess": "ENABLED" } },
    });
    let imported = alone(&[domain("d-1", &own)]);
    assert_eq!(
        about(&imported, "not kept"),
        [
            "domain-d-1.json:1:1: Of the domain `of-d-1` these settings are not kept: `DefaultUserSettings.JupyterLabAppSettings`, `DefaultUserSettings.SharingSettings`, `DefaultUserSettings.SpaceStorageSettings`, `DefaultUserSettings.StudioWebPortal`, `DefaultUserSettings.StudioWebPortalSettings.HiddenMlTools`, `DomainSettings.DockerSettings`. No walk heeds what they say, and an export does not have them: look at them in AWS where it answers otherwise."
        ]
    );
    // What somebody made up gets into no note.
    let strange = alone(&[domain("d-1", &json!({ "<b>": 1, "a b": { "c": 1 } }))]);
    assert_eq!(about(&strange, "not kept"), [""; 0]);
}

#[test]
fn profiles_of_which_the_same_is_told_share_a_line() {
    let own = json!({ "UserSettings": { "StudioWebPortal": "DISABLED" } });
    let of = |name: &str| profile(name, &own);
    let names = ["ada", "ben", "cleo", "dora", "eve"];
    let mut inputs: Vec<Input> = names.into_iter().map(of).collect();
    inputs.push(domain("d-1", &json!({})));
    inputs.push(profile("plain", &json!({})));
    let notes = about(&alone(&inputs), "not kept");
    assert_eq!(notes.len(), 1, "{notes:#?}");
    assert!(
        notes[0].starts_with("profile-ada.json:1:1: Of the user profiles `ada`, `ben`, `cleo` and 2 more this setting is not kept: `UserSettings.StudioWebPortal`."),
        "{notes:#?}"
    );
}

#[test]
fn what_is_not_in_service_is_told() {
    let status = |it: &str| json!({ "Status": it });
    let inputs = [
        domain("d-1", &status("Delete_Failed")),
        profile("ada", &status("Failed")),
        profile("ben", &status("Deleting")),
        profile("cleo", &json!({})),
    ];
    let imported = alone(&inputs);
    let mut notes = told(&imported.notes);
    notes.retain(|it| it.contains("a walk gets no further"));
    assert_eq!(
        notes,
        [
            "domain-d-1.json:1:1: The domain `of-d-1` is `Delete_Failed` in AWS, and is so here: a walk gets no further than there. See why in AWS, or set the status to `InService` to look at the doors behind.",
            "profile-ada.json:1:1: The user profile `ada` is `Failed` in AWS, and is so here: a walk gets no further than there. See why in AWS, or set the status to `InService` to look at the doors behind.",
            "profile-ben.json:1:1: The user profile `ben` is `Deleting` in AWS, and is so here: a walk gets no further than there. See why in AWS, or set the status to `InService` to look at the doors behind.",
        ]
    );
}

#[test]
fn a_file_that_is_no_text_is_told_in_one_line() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0{[}]\xff\"\n".repeat(200);
    let noise: Vec<u8> = (0..4_000_u32)
        .map(|it| u8::try_from(it * 7919 % 255 + 1).unwrap())
        .collect();
    for bytes in [png, noise] {
        let text = String::from_utf8_lossy(&bytes);
        let notes = told(&alone(&[input("pic.png", &text)]).notes);
        let notes: Vec<_> = notes.iter().filter(|it| it.starts_with("pic")).collect();
        assert_eq!(
            notes,
            [
                "pic.png:1:1: This file is no text, and nothing in it is read: choose what a command printed. If it is text in another encoding, save it as UTF-8."
            ]
        );
    }
    // A log of a terminal is one, and so is an account whose people have names of any script.
    let user =
        r#"{"UserDetailList": [{"UserName": "ада", "Arn": "arn:aws:iam::555566667777:user/x"}]}"#;
    for before in ["\u{1b}[32m$ aws iam\u{1b}[0m\n", "\u{feff}", "\u{fffd}\n"] {
        let imported = alone(&[input("log.txt", &format!("{before}{user}"))]);
        assert!(imported.world.user("ада").is_some(), "{before:?}");
    }
}

#[test]
fn other_forms_are_refused_with_a_next_step() {
    let trail = "paste its event into the Library";
    let template = "This is a template of CloudFormation: what it is to build is not imported, what is deployed is. Run `aws iam get-account-authorization-details > account.json`";
    let terraform = "This is of Terraform: what it is to build is not imported";
    for (text, expected) in [
        (
            r#"{"Records": [{"eventVersion": "1.08", "eventName": "CreateApp"}]}"#,
            trail,
        ),
        (
            r#"{"Events": [{"EventId": "e", "CloudTrailEvent": "{}"}], "NextToken": "x"}"#,
            trail,
        ),
        (
            r#"{"eventVersion": "1.08", "eventName": "CreateApp"}"#,
            trail,
        ),
        (
            r#"{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}"#,
            template,
        ),
        (
            r#"{"Description": "x", "Resources": {"A": {"Type": "AWS::IAM::Role"}}}"#,
            template,
        ),
        (
            "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Policy: {\"Statement\": []}\n",
            template,
        ),
        (
            r#"{"format_version": "1.2", "terraform_version": "1.9.5", "values": {}}"#,
            terraform,
        ),
        (
            r#"{"version": 4, "terraform_version": "1.9.5", "resources": []}"#,
            terraform,
        ),
        (
            "resource \"aws_iam_role\" \"x\" {\n  name = \"x\"\n}\n",
            terraform,
        ),
    ] {
        let notes = told(&alone(&[input("x.txt", text)]).notes);
        let notes: Vec<_> = notes.iter().filter(|it| it.starts_with("x.txt")).collect();
        assert_eq!(notes.len(), 1, "{text}: {notes:#?}");
        assert!(notes[0].contains(expected), "{text}: {notes:#?}");
    }
}

fn described(id: &str) -> String {
    json!({ "KeyMetadata": { "AWSAccountId": "555566667777", "KeyId": id,
        "Arn": format!("arn:aws:kms:eu-central-1:555566667777:key/{id}"), "KeyManager": "CUSTOMER" } })
    .to_string()
}

fn policy(account: &str) -> String {
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{account}:root") }, "Action": "kms:*", "Resource": "*" }] });
    json!({ "Policy": policy.to_string(), "PolicyName": "default" }).to_string()
}

#[test]
fn a_key_policy_is_put_to_the_only_key_that_is_described() {
    let own = policy("555566667777");
    let imported = alone(&[input("a.json", &own), input("b.json", &described(KEY))]);
    assert_eq!(imported.world.home.account.as_str(), "555566667777");
    assert!(imported.world.key(KEY).is_some());
    assert_eq!(
        about(&imported, "key"),
        [format!(
            "a.json:1:1: `aws kms get-key-policy` does not say of which key this is. It is put to `{KEY}`, the only one described here that has none: if it is of another, call the file `key-ID.json`."
        )]
    );
    // Both outputs of a key in a file of its own, of several keys.
    let both = |id: &str| format!("{}\n{own}", described(id));
    let two = alone(&[input("a.json", &both(KEY)), input("b.json", &both(OTHER))]);
    assert!(two.world.key(KEY).is_some() && two.world.key(OTHER).is_some());
    assert_eq!(about(&two, "key"), [""; 0]);
    // One whose file says its key leaves the other.
    let files = [
        input(&format!("key-{OTHER}.json"), &own),
        input("a.json", &own),
        input("b.json", &format!("{}{}", described(KEY), described(OTHER))),
    ];
    let rest = alone(&files);
    assert!(rest.world.key(OTHER).is_some() && rest.world.key(KEY).is_some());
}

#[test]
fn where_it_is_not_certain_no_policy_is_put_anywhere() {
    let own = || input("a.json", &policy("555566667777"));
    let keys = |ids: &[&str]| {
        input(
            "b.json",
            &ids.iter().map(|it| described(it)).collect::<String>(),
        )
    };
    let which = "does not say of which key it is: call the file `key-ID.json`, or add the output of `aws kms describe-key` for its key.";
    // No key, two keys, two policies, a key of another account.
    for inputs in [
        vec![own()],
        vec![own(), keys(&[KEY, OTHER])],
        vec![
            own(),
            input("c.json", &policy("555566667777")),
            keys(&[KEY]),
        ],
        vec![input("a.json", &policy("222233334444")), keys(&[KEY])],
    ] {
        let imported = alone(&inputs);
        assert!(imported.world.accounts().all(|it| it.keys.is_empty()));
        assert!(
            !about(&imported, which).is_empty(),
            "{:#?}",
            told(&imported.notes)
        );
    }
    // The same key described twice is one.
    assert!(alone(&[own(), keys(&[KEY, KEY])]).world.key(KEY).is_some());
    // What is described and has no policy is told, with the command that brings it.
    assert_eq!(
        about(&alone(&[keys(&[KEY])]), "describe-key"),
        [format!(
            "b.json:1:1: `aws kms describe-key` does not say who may use `{KEY}`, so it is not here: add the output of `aws kms get-key-policy --key-id {KEY} --policy-name default > key-{KEY}.json`."
        )]
    );
}
