//! The commands, as a shell runs them.

use std::{fs, process::Command};

use rolewalk_core::export::{Form, Part};
use rolewalk_lessons::start_worlds;
use serde_json::Value;

use crate::{built, exported, folder, worlds};

/// What `aws` is told, call by call, when a shell runs the commands.
fn calls(name: &str, script: &str) -> Vec<Vec<String>> {
    let folder = folder(&format!("commands-{name}"));
    // Words end in a byte that no word has. What the script asks for is answered as it needs it.
    let recorder = ": > calls\naws() {\n  printf '%s\\0' \"$@\" >> calls\n  printf '\\1\\0' >> calls\n  case \"$*\" in *describe-*) echo InService ;; *) echo made/id ;; esac\n}\n";
    let file = folder.join("script.sh");
    fs::write(&file, format!("{recorder}{script}")).unwrap();
    let output = Command::new("sh")
        .arg(&file)
        .current_dir(&folder)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name}: {told}");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["calls", "script.sh"], "{name}: something else ran");
    let words = fs::read_to_string(folder.join("calls")).unwrap();
    let mut calls = vec![Vec::new()];
    for word in words.split_terminator('\0') {
        if word == "\u{1}" {
            calls.push(Vec::new());
        } else {
            calls.last_mut().unwrap().push(word.to_owned());
        }
    }
    calls.pop();
    calls
}

fn option<'a>(call: &'a [String], name: &str) -> Option<&'a str> {
    let at = call.iter().position(|it| it == name)?;
    call.get(at + 1).map(String::as_str)
}

#[test]
fn a_shell_tells_aws_what_the_world_has() {
    for (name, world) in worlds() {
        let account = &world.home;
        let (script, _) = built(&world, account, Form::Commands);
        let calls = calls(&name, &script);
        let of = |command: &str| -> Vec<&Vec<String>> {
            calls.iter().filter(|it| it[1] == command).collect()
        };
        let roles = of("create-role");
        assert_eq!(roles.len(), account.roles.len(), "{name}");
        for (call, role) in roles.into_iter().zip(&account.roles) {
            assert_eq!(option(call, "--role-name"), Some(role.name.as_str()));
            let trust = option(call, "--assume-role-policy-document");
            assert_eq!(trust, Some(role.trust_policy.as_str()));
        }
        let inline = account.roles.iter().flat_map(|it| &it.inline_policies);
        let put = of("put-role-policy");
        assert_eq!(put.len(), inline.clone().count());
        for (call, policy) in put.into_iter().zip(inline) {
            assert_eq!(option(call, "--policy-name"), Some(policy.name.as_str()));
            let document = option(call, "--policy-document");
            assert_eq!(document, Some(policy.document.as_str()));
        }
        let profiles = of("create-user-profile");
        let of_domains = account.domains.iter().flat_map(|it| &it.user_profiles);
        assert_eq!(profiles.len(), of_domains.clone().count(), "{name}");
        for (call, profile) in profiles.iter().zip(of_domains) {
            let input: Value =
                serde_json::from_str(option(call, "--cli-input-json").unwrap()).unwrap();
            assert_eq!(input["UserProfileName"], profile.user_profile_name.as_str());
            assert_eq!(option(call, "--domain-id"), Some("id"));
        }
        let encrypted = account.buckets.iter().filter(|it| it.kms_key_id.is_some());
        for (call, bucket) in of("put-bucket-encryption").into_iter().zip(encrypted) {
            assert_eq!(option(call, "--bucket"), Some(bucket.name.as_str()));
            let encryption = option(call, "--server-side-encryption-configuration").unwrap();
            let key = bucket.kms_key_id.as_deref().unwrap();
            let is_own = account.key(key).is_some();
            let key = if is_own { "made/id" } else { key };
            let encryption: Value = serde_json::from_str(encryption).unwrap();
            let rule = &encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"];
            assert_eq!(rule["KMSMasterKeyID"], key, "{name}");
        }
        for (call, domain) in of("create-domain").into_iter().zip(&account.domains) {
            let input = option(call, "--cli-input-json").unwrap();
            let input: Value = serde_json::from_str(input).unwrap();
            let own = domain.kms_key_id.as_ref().and_then(|it| account.key(it));
            if own.is_some() {
                assert_eq!(input["KmsKeyId"], "made/id", "{name}");
            }
        }
        let apps = account.domains.iter().flat_map(|it| &it.apps);
        let apps = apps.filter(|it| it.space_name.is_some() || it.user_profile_name.is_some());
        assert_eq!(of("create-app").len(), apps.count(), "{name}");
        assert_eq!(of("create-vpc-endpoint").len(), account.vpc_endpoints.len());
    }
}

#[test]
fn a_role_that_names_a_later_one_gets_its_trust_policy_afterwards() {
    let mut world = start_worlds()[0].scenario().unwrap().world;
    let arn = world.role_arn(&world.home.roles[1]);
    let trust = world.home.roles[1].trust_policy.as_str().to_owned();
    let principal = format!("{{\"AWS\": \"{arn}\"}}");
    let trust = trust.replace(
        "\"Service\": \"sagemaker.amazonaws.com\"",
        principal.trim_matches(['{', '}']),
    );
    world.home.roles[0].trust_policy = trust.as_str().into();
    let calls = calls("later", &built(&world, &world.home, Form::Commands).0);
    let at = |command: &str| calls.iter().rposition(|it| it[1] == command).unwrap();
    assert!(at("create-role") < at("update-assume-role-policy"));
    let update = &calls[at("update-assume-role-policy")];
    assert_eq!(option(update, "--policy-document"), Some(trust.as_str()));
}

/// Policies of the organization are made, attached, and where AWS's own is not wanted, it goes.
#[test]
fn the_organization_gets_its_policies() {
    for (name, world) in worlds() {
        let Some(organization) = &world.organization else {
            continue;
        };
        let exported = exported(&world, &Part::Organization, Form::Commands);
        let calls = calls(&format!("organization-{name}"), &exported.files[0].text);
        let made: Vec<_> = calls.iter().filter(|it| it[1] == "create-policy").collect();
        let own = organization.policies.iter();
        let own = own.filter(|it| !it.name.ends_with("FullAWSAccess"));
        assert_eq!(made.len(), own.clone().count());
        for (call, policy) in made.into_iter().zip(own) {
            assert_eq!(option(call, "--name"), Some(policy.name.as_str()));
            let content = option(call, "--content");
            assert_eq!(content, Some(policy.document.as_str()));
        }
        let attached = calls.iter().filter(|it| it[1] == "attach-policy").count();
        let facts = crate::facts::of_organization(&world);
        let targets = facts.0.iter().map(|it| {
            let fact: Value = serde_json::from_str(it).unwrap();
            fact[4].as_array().unwrap().len()
        });
        assert_eq!(attached, targets.sum::<usize>(), "{name}");
    }
}
