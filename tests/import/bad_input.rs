//! Texts that are broken, cut off, contradictory or made to be slow: told at their place, and the rest is imported.

use rolewalk_core::{
    explain,
    import::{ImportNoteKind, Purpose, import},
    names::{AccountId, Arn},
    world::check,
};
use rolewalk_lessons::aws_managed_policy;
use serde_json::json;

use crate::{added, alone, fixture, fixtures, input, present, told};

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
    (
        r#"{"Version": "2012-10-17", "Statement": []}"#,
        &[],
        &[
            "bad.json:1:1: This is a policy document, and it does not say whose policy it is. Choose",
        ],
    ),
    // Cut off: what stands before is there.
    (
        "{\"UserDetailList\": [{\"UserName\": \"a\"}, {\"UserName\": \"b\", \"Pa",
        &["a"],
        &[
            "No ARN says",
            "bad.json:1:61: The text stops here in the middle of `UserDetailList`. `GroupDetailList`, `RoleDetailList` and `Policies` are not in it.",
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
        &["The text stops here in the middle of `RoleDetailList`. `Policies` is not in it."],
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
    for purpose in [Purpose::Attached, Purpose::Boundary] {
        let expected = ImportNoteKind::NoPolicy {
            is_aws_managed: false,
            purpose,
            arns: vec![Arn::parse("arn:aws:iam::555566667777:policy/gone").unwrap()],
            n: 1,
        };
        let note = imported.notes.iter().find(|it| it.kind == expected);
        let words = explain::import_note_sentence(&note.unwrap().kind);
        let boundary = "The permissions boundary `arn:aws:iam::555566667777:policy/gone` is not in the world. What it may let through is not known, so what hinges on it is not judged.";
        assert_eq!(
            words.contains(boundary),
            purpose == Purpose::Boundary,
            "{words}"
        );
    }
    assert_eq!(
        check(&imported.world).len(),
        6,
        "policy and boundary of each"
    );
}

/// As the walk says it: what a policy says that is not there is not known, be it AWS’s own or the account’s.
#[test]
fn what_is_attached_and_not_here_is_said_as_the_walk_says_it() {
    let told = |n: usize, is_aws_managed, purpose| {
        let arns = (0..n).map(|it| Arn::parse(&format!("arn:aws:iam::aws:policy/P{it}")).unwrap());
        let arns = arns.collect();
        explain::import_note_sentence(&ImportNoteKind::NoPolicy {
            is_aws_managed,
            purpose,
            arns,
            n,
        })
    };
    let command = |filter: &str| {
        format!(
            "Add the output of `aws iam get-account-authorization-details --filter {filter} > policies.json`."
        )
    };
    let (aws, own) = (command("AWSManagedPolicy"), command("LocalManagedPolicy"));
    let (one, two) = (
        "`arn:aws:iam::aws:policy/P0`",
        "`arn:aws:iam::aws:policy/P0`, `arn:aws:iam::aws:policy/P1`",
    );
    for (n, is_aws_managed, purpose, expected) in [
        (
            1,
            true,
            Purpose::Attached,
            format!(
                "Attached, but neither imported nor kept here: {one}. What it may allow or deny is not known, so what hinges on it is not judged. {aws}"
            ),
        ),
        (
            2,
            true,
            Purpose::Boundary,
            format!(
                "The permissions boundaries {two} are neither imported nor kept here. What they may let through is not known, so what hinges on them is not judged. {aws}"
            ),
        ),
        (
            2,
            false,
            Purpose::Attached,
            format!(
                "Attached, but not in the world: {two}. What they may allow or deny is not known, so what hinges on them is not judged. {own}"
            ),
        ),
        (
            1,
            false,
            Purpose::Boundary,
            format!(
                "The permissions boundary {one} is not in the world. What it may let through is not known, so what hinges on it is not judged. {own}"
            ),
        ),
    ] {
        assert_eq!(told(n, is_aws_managed, purpose), expected);
    }
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
    let buckets = (0..million / 10).map(|it| format!("{{\"Name\": \"{it}\"}},"));
    let buckets = format!("{{\"Buckets\": [{}]}}", buckets.collect::<String>());
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
        buckets,
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
