//! The list of commands whose output is read, a generated account, and what is asked before an import.

use rolewalk_core::{
    explain,
    import::{COMMANDS, ImportNoteKind, Imported, Texts, import},
    world::check,
};
use rolewalk_lessons::aws_managed_policy;
use serde_json::{Value, json};

use crate::{alone, documents, fixtures, generate_account, input, told};

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
        // Of passwords, and of a setting of the domain that is not kept.
        assert_eq!(
            told(&imported.notes).len(),
            2,
            "{:?}",
            told(&imported.notes)
        );
    }
    let aws = |it: &rolewalk_core::world::ManagedPolicy| it.is_aws_managed();
    let world = alone(&[input("account.json", &generate_account::account(200))]).world;
    assert!(world.home.policies.iter().filter(|it| aws(it)).count() > 20);
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
    // A loop runs the same command for each, into the file of the right name.
    let loops = COMMANDS
        .iter()
        .filter_map(|it| Some((it.line, it.for_all?)));
    let mut n = 0;
    for (line, for_all) in loops {
        let each = line.replace("NAME", "$NAME");
        let (names, rest) = for_all.split_once("; do ").unwrap();
        assert!(rest.starts_with(&each), "{for_all}");
        assert!(rest.ends_with("; done"), "{for_all}");
        let listing = names.strip_prefix("for NAME in $(").unwrap();
        let listing = listing.split(" --query").next().unwrap();
        assert!(
            lines.iter().any(|it| it.starts_with(listing)),
            "what names them is listed: {for_all}"
        );
        n += 1;
    }
    assert_eq!(n, 2);
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
        "aws s3api list-buckets",
        "aws s3api get-bucket-encryption",
        "aws s3api get-bucket-policy",
        "aws iam get-account-authorization-details",
        "aws iam get-role --",
        "aws iam get-user --",
        "aws iam get-role-policy",
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
                "LoginProfile" | "AccessKey" | "Organization" | "Role" | "User"
                | "PolicyVersion" | "KeyMetadata" => {
                    json!({"UserName": "a"})
                }
                "ServerSideEncryptionConfiguration" => json!({ "Rules": [] }),
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

const GET_ROLE: &str = r#"{"Role": {"Path": "/team/", "RoleName": "Job", "RoleId": "AROAX", "Arn": "arn:aws:iam::555566667777:role/team/Job",
  "CreateDate": "2026-01-01T00:00:00+00:00", "Description": "Runs jobs", "MaxSessionDuration": 7200,
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]},
  "Tags": [{"Key": "team", "Value": "ml"}], "RoleLastUsed": {}}}"#;
const GET_ROLE_POLICY: &str = r#"{"RoleName": "Job", "PolicyName": "Work", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}"#;

#[test]
fn one_role_comes_over_by_itself_and_keeps_the_policies_that_it_has() {
    let imported = alone(&[input("role-Job.json", GET_ROLE)]);
    let role = imported.world.home.role("Job").unwrap();
    assert_eq!(
        (role.path.as_str(), role.description.as_str()),
        ("/team/", "Runs jobs")
    );
    assert_eq!(role.max_session_duration, Some(7200));
    assert!(
        role.trust_policy
            .as_str()
            .contains("sagemaker.amazonaws.com")
    );
    assert_eq!(role.tags.get("team").unwrap(), "ml");
    assert_eq!(imported.world.home.account.as_str(), "555566667777");
    let said = told(&imported.notes).join(" ");
    assert!(
        said.contains("does not say which policies `Job` has"),
        "{said}"
    );

    // With its policy, in any order; and what is known already stays.
    for texts in [[GET_ROLE, GET_ROLE_POLICY], [GET_ROLE_POLICY, GET_ROLE]] {
        let inputs = texts.iter().enumerate();
        let inputs: Vec<_> = inputs
            .map(|(n, it)| input(&format!("{n}.json"), it))
            .collect();
        let whole = alone(&inputs).world;
        assert_eq!(
            whole.home.role("Job").unwrap().inline_policies[0].name,
            "Work"
        );
        let again = import(&whole, &inputs[..1], &aws_managed_policy);
        assert_eq!(again.world, whole);
    }
}

#[test]
fn an_inline_policy_of_nobody_is_told() {
    let imported = alone(&[input("x.json", GET_ROLE_POLICY)]);
    let said = told(&imported.notes).join(" ");
    assert!(
        said.contains("There is no role `Job`, so its inline policy `Work` is left out"),
        "{said}"
    );
}

#[test]
fn one_user_comes_over_by_itself() {
    let text = r#"{"User": {"Path": "/", "UserName": "ben", "UserId": "AIDAX", "Arn": "arn:aws:iam::555566667777:user/ben", "CreateDate": "2026-01-01T00:00:00+00:00"}}"#;
    let imported = alone(&[input("user-ben.json", text)]);
    assert!(imported.world.home.user("ben").is_some());
    let said = told(&imported.notes).join(" ");
    assert!(
        said.contains("does not say which groups and policies `ben` has"),
        "{said}"
    );
}

#[test]
fn what_does_not_say_whose_it_is_says_which_command_does() {
    for text in [
        r#"{"PolicyVersion": {"Document": {"Version": "2012-10-17", "Statement": []}, "VersionId": "v1", "IsDefaultVersion": true}}"#,
        r#"{"Policy": {"PolicyName": "a", "Arn": "arn:aws:iam::555566667777:policy/a"}}"#,
        r#"{"AttachedPolicies": []}"#,
    ] {
        let said = told(&alone(&[input("x.json", text)]).notes).join(" ");
        assert!(
            said.contains("`aws iam get-account-authorization-details` has"),
            "{text}: {said}"
        );
    }
}

/// Whatever belongs to something that nobody knows is told, each in its own words and with the command that brings what is
/// missing.
#[test]
fn what_belongs_to_nobody_known_is_told() {
    let document = json!({"Version": "2012-10-17", "Statement": []});
    let key = |id: &str| json!({"UserName": "ben", "AccessKeyId": id, "Status": "Active"});
    for (text, sentence) in [
        (
            json!({"RoleName": "Job", "PolicyName": "Work", "PolicyDocument": document}),
            "There is no role `Job`, so its inline policy `Work` is left out: add the output of `aws iam get-role --role-name Job`.",
        ),
        (
            json!({"UserName": "ben", "PolicyName": "Work", "PolicyDocument": document}),
            "There is no user `ben`, so the inline policy `Work` is left out: add the output of `aws iam get-user --user-name ben`.",
        ),
        (
            json!({"GroupName": "team", "PolicyName": "Work", "PolicyDocument": document}),
            "There is no group `team`, so its inline policy `Work` is left out: add the output of `aws iam get-account-authorization-details`, which has the groups.",
        ),
        (
            json!({"AccessKeyMetadata": [key("AKIAIOSFODNN7EXAMPLE"), key("AKIAIOSFODNN8EXAMPLE")]}),
            "There is no user `ben`, so the access keys are left out: add the output of `aws iam get-user --user-name ben`.",
        ),
        (
            json!({"LoginProfile": {"UserName": "ben", "CreateDate": "2026-01-01T00:00:00+00:00"}}),
            "There is no user `ben`, so the password for the console is left out: add the output of `aws iam get-user --user-name ben`.",
        ),
    ] {
        let imported = alone(&[input("x.json", &text.to_string())]);
        let kinds = imported.notes.iter().map(|it| &it.kind);
        let told = kinds.map(explain::import_note_sentence);
        let about: Vec<_> = told.filter(|it| it.contains("left out")).collect();
        assert_eq!(about, [sentence]);
    }
}
