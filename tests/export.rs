//! A world as commands and as a template: the same bytes each time, and no name breaks out of its
//! quotes.
//!
//! A shell reads the commands with `aws` replaced by a recorder, so what AWS would be told is compared,
//! not how it is written. Where `cfn-lint` is installed, or `CFN_LINT` names it, it reads the templates.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

use std::{env, fs, path::PathBuf, process::Command};

use rolewalk_core::{
    export::{cloud_formation, commands},
    world::{InlinePolicy, World},
};
use rolewalk_lessons::start_worlds;
use serde_json::Value;

/// Ends a single-quoted, a double-quoted and a backquoted string, and starts something in each.
const HOSTILE: &str = "a'b\"c`touch pwned`$(touch pwned)${HOME}\\'; touch pwned #\n touch pwned";

fn hostile() -> World {
    let name = || HOSTILE.to_owned();
    let mut world = start_worlds()[0].scenario().unwrap().world;
    let role = &mut world.home.roles[0];
    role.name = name();
    role.description = name();
    role.tags.insert(name(), name());
    role.inline_policies.push(InlinePolicy {
        name: name(),
        document: HOSTILE.into(),
    });
    world.home.users[0].name = name();
    world.home.groups[0].name = name();
    world.home.users[0].groups = vec![name()];
    world.home.buckets[0].name = name();
    world.home.repositories[0].name = name();
    world.home.log_groups[0].name = name();
    world.home.keys[0].alias = Some(name());
    let domain = &mut world.home.domains[0];
    domain.domain_name = name();
    domain.user_profiles[0].user_profile_name = name();
    world.region = name();
    world
}

fn worlds() -> Vec<(String, World)> {
    let given = start_worlds().iter();
    let given = given.map(|it| (it.slug.to_owned(), it.scenario().unwrap().world));
    given.chain([("hostile".to_owned(), hostile())]).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What `aws` is told, call by call, when a shell runs the commands.
fn calls(name: &str, script: &str) -> Vec<Vec<String>> {
    let folder = folder(&format!("commands-{name}"));
    // Words end in a byte that no word has. What the script asks for is answered as it needs it.
    let recorder = ": > calls\naws() {\n  printf '%s\\0' \"$@\" >> calls\n  printf '\\1\\0' >> calls\n  case \"$*\" in *describe-domain*) echo InService ;; *) echo made/id ;; esac\n}\n";
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
        let script = commands(&world, account);
        assert_eq!(script, commands(&world, account));
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
        for (call, bucket) in of("put-bucket-encryption")
            .into_iter()
            .zip(&account.buckets)
        {
            assert_eq!(option(call, "--bucket"), Some(bucket.name.as_str()));
            let encryption = option(call, "--server-side-encryption-configuration").unwrap();
            let key = "\"KMSMasterKeyID\":\"made/id\"";
            assert!(encryption.contains(key), "{encryption}");
        }
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
    let calls = calls("later", &commands(&world, &world.home));
    let at = |command: &str| calls.iter().rposition(|it| it[1] == command).unwrap();
    assert!(at("create-role") < at("update-assume-role-policy"));
    let update = &calls[at("update-assume-role-policy")];
    assert_eq!(option(update, "--policy-document"), Some(trust.as_str()));
}

#[test]
fn a_template_has_what_the_world_has_and_refers_instead_of_repeating() {
    for (name, world) in worlds() {
        let account = &world.home;
        let text = cloud_formation(&world, account);
        assert_eq!(text, cloud_formation(&world, account));
        let template: Value = serde_json::from_str(&text).unwrap();
        let resources = template["Resources"].as_object().unwrap();
        let count = |sort: &str| resources.values().filter(|it| it["Type"] == sort).count();
        assert_eq!(count("AWS::IAM::Role"), account.roles.len(), "{name}");
        assert_eq!(count("AWS::S3::Bucket"), account.buckets.len(), "{name}");
        let n_profiles = account
            .domains
            .iter()
            .map(|it| it.user_profiles.len())
            .sum::<usize>();
        assert_eq!(count("AWS::SageMaker::UserProfile"), n_profiles, "{name}");
        for id in resources.keys() {
            assert!(id.bytes().all(|it| it.is_ascii_alphanumeric()), "{id}");
        }
        let domain = resources
            .values()
            .find(|it| it["Type"] == "AWS::SageMaker::Domain");
        assert_eq!(domain.is_some(), !account.domains.is_empty(), "{name}");
        if let Some(domain) = domain {
            let role = &domain["Properties"]["DefaultUserSettings"]["ExecutionRole"];
            let target = role["Fn::GetAtt"][0].as_str().unwrap();
            assert_eq!(resources[target]["Type"], "AWS::IAM::Role", "{name}");
        }
        let left_out = &template["Metadata"]["LeftOut"];
        assert_eq!(left_out.is_array(), name == "hostile", "{left_out}");
    }
}

#[test]
fn cfn_lint_finds_nothing_wrong_with_the_templates() {
    let lint = env::var("CFN_LINT").unwrap_or_else(|_| "cfn-lint".to_owned());
    if Command::new(&lint).arg("--version").output().is_err() {
        return;
    }
    let folder = folder("templates");
    for start in start_worlds() {
        let world = start.scenario().unwrap().world;
        let file = folder.join(format!("{}.json", start.slug));
        fs::write(&file, cloud_formation(&world, &world.home)).unwrap();
        let output = Command::new(&lint).arg(&file).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}: {told}", start.slug);
    }
}
