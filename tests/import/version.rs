//! `aws iam get-policy-version`, which says neither the name nor the ARN of its policy.

use rolewalk_core::{
    import::{Imported, Input, import},
    world::{ManagedPolicy, World},
};
use rolewalk_lessons::aws_managed_policy;
use serde_json::{Value, json};

use crate::{alone, input, told};

const ARN: &str = "arn:aws:iam::555566667777:policy/team/Data";

fn document(action: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
}

fn version(id: &str, action: &str, is_default: bool) -> String {
    let version = json!({"Document": document(action), "VersionId": id, "IsDefaultVersion": is_default, "CreateDate": "2026-01-01T00:00:00+00:00"});
    json!({ "PolicyVersion": version }).to_string()
}

fn managed(arn: &str, action: &str) -> Value {
    let version =
        json!({"Document": document(action), "VersionId": "v1", "IsDefaultVersion": true});
    json!({"PolicyName": "x", "Arn": arn, "DefaultVersionId": "v1", "AttachmentCount": 1, "PolicyVersionList": [version]})
}

/// An account with these customer managed policies, and a user to whom these ARNs are attached.
fn world(policies: &[Value], attached: &[&str]) -> World {
    let attached: Vec<Value> = attached
        .iter()
        .map(|it| json!({"PolicyName": "x", "PolicyArn": it}))
        .collect();
    let user = json!({"UserName": "ben", "Arn": "arn:aws:iam::555566667777:user/ben", "AttachedManagedPolicies": attached});
    let text = json!({"UserDetailList": [user], "Policies": policies}).to_string();
    alone(&[input("account.json", &text)]).world
}

fn into(world: &World, inputs: &[Input]) -> Imported {
    import(world, inputs, &aws_managed_policy)
}

/// The version in force, the action that it allows, and the ids of the others.
fn versions(policy: &ManagedPolicy) -> (Option<&str>, String, Vec<&str>) {
    let document: Value = serde_json::from_str(policy.document.as_str()).unwrap();
    let others = policy.other_versions.iter().map(|it| it.version.as_str());
    let action = document["Statement"][0]["Action"].as_str().unwrap();
    (
        policy.version.as_deref(),
        action.to_owned(),
        others.collect(),
    )
}

fn policy<'a>(imported: &'a Imported, arn: &str) -> &'a ManagedPolicy {
    imported.world.home.policies.named(arn).unwrap()
}

fn said(imported: &Imported) -> String {
    told(&imported.notes).join("\n")
}

#[test]
fn the_file_says_of_which_policy_it_is() {
    let other = "arn:aws:iam::555566667777:policy/Other";
    let before = world(
        &[managed(ARN, "s3:Get*"), managed(other, "s3:Get*")],
        &[ARN],
    );
    let new = input("policy-version-Data.json", &version("v2", "s3:List*", true));
    let imported = into(&before, std::slice::from_ref(&new));
    assert_eq!(
        versions(policy(&imported, ARN)),
        (Some("v2"), "s3:List*".to_owned(), vec!["v1"])
    );
    assert_eq!(
        versions(policy(&imported, other)),
        (Some("v1"), "s3:Get*".to_owned(), vec![])
    );
    assert_eq!(told(&imported.notes), Vec::<String>::new());
    // Again it is the same.
    assert_eq!(into(&imported.world, &[new]).world, imported.world);
    // One that is not in force is kept beside it.
    let old = input("policy-version-Data.json", &version("v0", "s3:*", false));
    let imported = into(&before, &[old]);
    assert_eq!(
        versions(policy(&imported, ARN)),
        (Some("v1"), "s3:Get*".to_owned(), vec!["v0"])
    );
}

#[test]
fn an_attached_policy_that_is_not_here_is_made_of_it() {
    let before = world(&[], &[ARN]);
    let (default, old) = (
        version("v2", "s3:List*", true),
        version("v1", "s3:*", false),
    );
    for text in [format!("{default}\n{old}"), format!("{old}\n{default}")] {
        let imported = into(&before, &[input("policy-version-Data.json", &text)]);
        assert_eq!(
            versions(policy(&imported, ARN)),
            (Some("v2"), "s3:List*".to_owned(), vec!["v1"])
        );
        assert_eq!(told(&imported.notes), Vec::<String>::new());
    }
    // By the default version only: nobody knows what is in force otherwise.
    let imported = into(&before, &[input("policy-version-Data.json", &old)]);
    assert!(imported.world.home.policies.named(ARN).is_none());
    assert!(
        said(&imported)
            .contains("Of the policy `Data` only `v1` is here, and it is not the default version")
    );
}

#[test]
fn a_policy_that_nobody_knows_gets_the_name_of_the_file() {
    let before = world(&[], &[]);
    let text = version("v3", "s3:List*", true);
    let imported = into(&before, &[input("policy-version-Data.json", &text)]);
    let arn = "arn:aws:iam::555566667777:policy/Data";
    assert_eq!(
        versions(policy(&imported, arn)),
        (Some("v3"), "s3:List*".to_owned(), vec![])
    );
    let sentence = format!("No text has the ARN of the policy `Data`, so it is made as `{arn}`");
    assert!(said(&imported).contains(&sentence), "{}", said(&imported));
    // No name of AWS's.
    for name in ["policy-version-.json", "policy-version-a b.json"] {
        let imported = into(&before, &[input(name, &text)]);
        assert_eq!(imported.world, before);
        assert!(said(&imported).contains("does not say which policy"));
    }
}

#[test]
fn without_a_name_it_goes_where_alone_it_can_be_of() {
    let pasted = |text: &str| input("pasted text", text);
    let before = world(&[managed(ARN, "s3:Get*")], &[ARN]);
    let imported = into(&before, &[pasted(&version("v2", "s3:List*", true))]);
    assert_eq!(
        versions(policy(&imported, ARN)),
        (Some("v2"), "s3:List*".to_owned(), vec!["v1"])
    );
    let sentence = "It is put into `Data`, the only one here that it can be of";
    assert!(said(&imported).contains(sentence), "{}", said(&imported));
    // What is there already needs no guess.
    let again = into(&imported.world, &[pasted(&version("v2", "s3:List*", true))]);
    assert_eq!(again.world, imported.world);
    assert_eq!(told(&again.notes), Vec::<String>::new());
    // An attached one that is not here is one, too.
    let missing = world(&[], &[ARN]);
    let imported = into(&missing, &[pasted(&version("v2", "s3:List*", true))]);
    assert_eq!(policy(&imported, ARN).version.as_deref(), Some("v2"));
    assert!(said(&imported).contains(sentence));
    // What is left out is not said to be put anywhere.
    let old = version("v2", "s3:List*", false);
    let imported = into(&missing, &[pasted(&old)]);
    assert_eq!(imported.world, missing);
    assert!(!said(&imported).contains("It is put into"));
    assert!(said(&imported).contains("it is not the default version"));
    // Another layout is no other document.
    let mut laid_out = before.clone();
    let own = laid_out.home.policies.named_mut(ARN).unwrap();
    own.document = document("s3:Get*").to_string().into();
    let imported = into(&laid_out, &[pasted(&version("v1", "s3:Get*", true))]);
    assert_eq!(imported.world, laid_out);
    assert_eq!(told(&imported.notes), Vec::<String>::new());
}

#[test]
fn where_it_can_be_of_several_or_of_none_it_is_asked_for() {
    let other = "arn:aws:iam::555566667777:policy/Other";
    let of_aws = "arn:aws:iam::aws:policy/NobodyHasThis";
    for (before, id) in [
        (world(&[], &[]), "v1"),
        // AWS never changes a version: this is one of another policy.
        (world(&[managed(ARN, "s3:Get*")], &[ARN]), "v1"),
        (
            world(&[managed(ARN, "s3:Get*"), managed(other, "s3:*")], &[]),
            "v2",
        ),
        (world(&[managed(ARN, "s3:Get*")], &[of_aws]), "v2"),
    ] {
        let text = version(id, "s3:List*", true);
        let imported = into(&before, &[input("pasted text", &text)]);
        assert_eq!(imported.world.home.policies, before.home.policies);
        let said = said(&imported);
        assert!(
            said.contains("call the file `policy-version-NAME.json`"),
            "{said}"
        );
        assert!(said.contains("`aws iam get-account-authorization-details` has"));
    }
}

#[test]
fn what_contradicts_another_text_is_told() {
    let before = world(&[managed(ARN, "s3:Get*")], &[ARN]);
    let text = format!(
        "{}\n{}",
        version("v2", "s3:List*", true),
        version("v2", "s3:Put*", true)
    );
    let imported = into(&before, &[input("policy-version-Data.json", &text)]);
    assert_eq!(policy(&imported, ARN).version.as_deref(), Some("v2"));
    assert!(said(&imported).contains("Managed policy `Data` is told in two ways"));
    // The whole account says more than one version.
    let account = json!({ "Policies": [managed(ARN, "s3:Get*")] }).to_string();
    let imported = into(
        &world(&[], &[]),
        &[
            input("account.json", &account),
            input("policy-version-Data.json", &version("v1", "s3:Put*", true)),
        ],
    );
    assert_eq!(
        versions(policy(&imported, ARN)),
        (Some("v1"), "s3:Get*".to_owned(), vec![])
    );
    assert!(said(&imported).contains("Managed policy `Data` is told in two ways"));
    // And which of them is in force.
    let older = version("v1", "s3:Get*", false);
    let imported = into(
        &world(&[], &[]),
        &[
            input("account.json", &account),
            input("policy-version-Data.json", &older),
        ],
    );
    assert_eq!(policy(&imported, ARN).version.as_deref(), Some("v1"));
    assert!(said(&imported).contains("Managed policy `Data` is told in two ways"));
    // And it has all its versions: one without a name is of another policy.
    let imported = into(
        &world(&[], &[]),
        &[
            input("account.json", &account),
            input("pasted text", &version("v2", "s3:Put*", true)),
        ],
    );
    assert_eq!(policy(&imported, ARN).version.as_deref(), Some("v1"));
    assert!(!said(&imported).contains("It is put into"));
    assert!(said(&imported).contains("does not say which policy"));
    // One without its document or its id is told.
    for text in [
        json!({"PolicyVersion": {"VersionId": "v2", "IsDefaultVersion": true}}),
        json!({"PolicyVersion": {"Document": document("s3:*"), "IsDefaultVersion": true}}),
    ] {
        let imported = into(
            &before,
            &[input("policy-version-Data.json", &text.to_string())],
        );
        assert_eq!(imported.world, before);
        assert!(said(&imported).contains("A managed policy without"));
    }
}
