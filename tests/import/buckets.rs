//! `aws s3api list-buckets` and `get-bucket-encryption`: which buckets there are, and which key encrypts each.

use rolewalk_core::{
    explain,
    import::{COMMANDS, Count, ImportNoteKind, Imported, ImportedKind, Input, import},
    world::{Bucket, World},
};
use rolewalk_lessons::aws_managed_policy;
use serde_json::{Value, json};

use crate::{alone, input, told};

const KEY: &str = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

fn encryption(default: &Value) -> String {
    json!({ "ServerSideEncryptionConfiguration": { "Rules": [
        { "ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": true }] } })
    .to_string()
}

fn by_key(key: &str) -> String {
    encryption(&json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key }))
}

fn list(names: &[&str]) -> Input {
    let buckets: Vec<Value> = names
        .iter()
        .map(|it| json!({ "Name": it, "CreationDate": "2026-01-01T00:00:00+00:00" }))
        .collect();
    let text = json!({ "Buckets": buckets, "Owner": { "ID": "0a1b" }, "Prefix": null });
    input("buckets.json", &text.to_string())
}

/// The default policy of a key in an account.
fn key(account: &str, id: &str) -> Input {
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{account}:root") }, "Action": "kms:*", "Resource": "*" }] });
    let text = json!({ "Policy": policy.to_string(), "PolicyName": "default" });
    input(&format!("key-{id}.json"), &text.to_string())
}

/// An account with one role, so that it is known which is at home.
fn account() -> Input {
    let trust = json!({ "Version": "2012-10-17", "Statement": [] });
    let text = json!({ "RoleDetailList": [{ "RoleName": "Job", "Path": "/",
        "Arn": "arn:aws:iam::555566667777:role/Job", "AssumeRolePolicyDocument": trust }] });
    input("account.json", &text.to_string())
}

fn bucket<'a>(imported: &'a Imported, name: &str) -> &'a Bucket {
    imported.world.bucket(name).unwrap()
}

fn key_of(inputs: &[Input], name: &str) -> Option<String> {
    bucket(&alone(inputs), name).kms_key_id.clone()
}

/// What is told that has these words.
fn about(imported: &Imported, words: &str) -> Vec<String> {
    let mut notes = told(&imported.notes);
    notes.retain(|it| it.contains(words));
    notes
}

#[test]
fn a_list_brings_buckets_without_a_policy() {
    let imported = alone(&[account(), list(&["data", "models"])]);
    let names: Vec<_> = imported
        .world
        .home
        .buckets
        .iter()
        .map(|it| &it.name)
        .collect();
    assert_eq!(names, ["data", "models"]);
    assert!(bucket(&imported, "data").policy.is_none());
    assert!(
        bucket(&imported, "data").is_key_assumed,
        "nothing tells its key"
    );
    assert_eq!(
        imported.counts[&ImportedKind::Bucket],
        Count {
            new: 2,
            ..Count::default()
        }
    );
    assert_eq!(
        about(&imported, "bucket policy"),
        [
            "buckets.json:1:13: No text has a bucket policy of `data`, `models`, so there is none here: add the output of `aws s3api get-bucket-policy --bucket NAME > bucket-NAME.json` for each that has one."
        ]
    );
    // Again, with a policy for one: the other stays as it is, and nothing is lost.
    let policy = json!({ "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }).to_string();
    let policy = input("bucket-data.json", &policy);
    let again = import(
        &imported.world,
        &[list(&["data", "models"]), policy],
        &aws_managed_policy,
    );
    assert!(bucket(&again, "data").policy.is_some());
    let count = again.counts[&ImportedKind::Bucket];
    assert_eq!((count.new, count.changed, count.same), (0, 1, 1));
    let unchanged = import(&again.world, &[list(&["data"])], &aws_managed_policy);
    assert_eq!(unchanged.world, again.world, "a list takes no policy away");
    let nameless = alone(&[input(
        "buckets.json",
        r#"{"Buckets": [{}], "NextToken": "x"}"#,
    )]);
    assert_eq!(
        about(&nameless, "A bucket without `Name` is left out").len(),
        1
    );
    assert_eq!(about(&nameless, "The list goes on: `NextToken`").len(), 1);
}

#[test]
fn the_file_says_of_which_bucket_the_encryption_is() {
    let own = format!("arn:aws:kms:eu-central-1:555566667777:key/{KEY}");
    let all = |text: &str| {
        let file = input("bucket-encryption-data.json", text);
        [
            account(),
            list(&["data", "models"]),
            key("555566667777", KEY),
            file,
        ]
    };
    // By the key's id or by its ARN.
    for told in [own.as_str(), KEY] {
        let imported = alone(&all(&by_key(told)));
        assert_eq!(bucket(&imported, "data").kms_key_id.as_deref(), Some(KEY));
        assert_eq!(bucket(&imported, "models").kms_key_id, None);
        assert!(!bucket(&imported, "data").is_key_assumed);
        assert!(bucket(&imported, "models").is_key_assumed);
        // What a walk asks is that key.
        let asked = imported.world.bucket_key("data").unwrap();
        assert_eq!(imported.world.key_of(&asked).unwrap().key_id, KEY);
        assert_eq!(
            about(&imported, "judged: add the output of `aws kms"),
            [""; 0]
        );
    }
    // In two layers it is the same key.
    let twofold = json!({ "SSEAlgorithm": "aws:kms:dsse", "KMSMasterKeyID": own });
    assert_eq!(
        key_of(&all(&encryption(&twofold)), "data").as_deref(),
        Some(KEY)
    );
    // S3's own, which is a fact then.
    let imported = alone(&all(&encryption(&json!({ "SSEAlgorithm": "AES256" }))));
    let data = bucket(&imported, "data");
    assert_eq!((&data.kms_key_id, data.is_key_assumed), (&None, false));
    // Another account's goes by its ARN.
    let others = own.replace("555566667777", "888899990000");
    assert_eq!(key_of(&all(&by_key(&others)), "data"), Some(others));
    // The bucket's name is in no text but the file's.
    let imported = alone(&[
        account(),
        input("bucket-encryption-new.json", &by_key(&own)),
    ]);
    assert_eq!(bucket(&imported, "new").kms_key_id.as_deref(), Some(KEY));
    // In one file with the policy.
    let policy = json!({ "Policy": "{\"Statement\":[]}" }).to_string();
    let both = input("bucket-data.json", &format!("{policy}\n{}", by_key(&own)));
    assert_eq!(key_of(&[account(), both], "data").as_deref(), Some(KEY));
}

#[test]
fn what_was_told_is_brought_up_to_date() {
    let inputs = [
        account(),
        list(&["data"]),
        input("bucket-encryption-data.json", &by_key(KEY)),
    ];
    let once = alone(&inputs);
    let count = once.counts[&ImportedKind::Bucket];
    assert_eq!(
        (count.new, count.changed, count.same),
        (1, 0, 0),
        "one bucket, told twice"
    );
    let again = import(&once.world, &inputs, &aws_managed_policy);
    assert_eq!(again.world, once.world);
    assert_eq!(again.counts[&ImportedKind::Bucket].same, 1);
    // What nobody tells stays.
    let list = import(&once.world, &[list(&["data"])], &aws_managed_policy);
    assert_eq!(list.world, once.world);
    let s3 = encryption(&json!({ "SSEAlgorithm": "AES256" }));
    let s3 = input("bucket-encryption-data.json", &s3);
    let back = import(&once.world, &[s3], &aws_managed_policy);
    assert_eq!(bucket(&back, "data").kms_key_id, None);
    assert_eq!(back.counts[&ImportedKind::Bucket].changed, 1);
}

#[test]
fn without_a_name_it_goes_to_the_only_bucket() {
    let pasted = input("pasted text", &by_key(KEY));
    let imported = alone(&[account(), list(&["data"]), pasted.clone()]);
    assert_eq!(bucket(&imported, "data").kms_key_id.as_deref(), Some(KEY));
    assert_eq!(
        about(&imported, "the only one here"),
        [
            "pasted text:1:1: `aws s3api get-bucket-encryption` does not say of which bucket this is. It is put into `data`, the only one here: if it is of another, call the file `bucket-encryption-NAME.json`."
        ]
    );
    for buckets in [&["data", "models"][..], &[]] {
        let imported = alone(&[account(), list(buckets), pasted.clone()]);
        assert!(
            imported
                .world
                .home
                .buckets
                .iter()
                .all(|it| it.kms_key_id.is_none())
        );
        assert_eq!(
            about(&imported, "of which bucket this is"),
            [
                "pasted text:1:1: `aws s3api get-bucket-encryption` does not say of which bucket this is: call the file `bucket-encryption-NAME.json`."
            ]
        );
    }
}

#[test]
fn a_key_of_aws_stands_as_s3s_own_and_that_is_told() {
    let default = encryption(&json!({ "SSEAlgorithm": "aws:kms" }));
    let arn = "arn:aws:kms:eu-central-1:555566667777:alias/aws/s3";
    for text in [
        default,
        by_key("aws/s3"),
        by_key("alias/aws/s3"),
        by_key(arn),
    ] {
        let file = input("bucket-encryption-data.json", &text);
        let imported = alone(&[account(), list(&["data"]), file]);
        assert_eq!(bucket(&imported, "data").kms_key_id, None);
        let told = about(&imported, "AWS’s own key `aws/s3`");
        assert!(told[0].starts_with("`data` is encrypted with"), "{told:?}");
        assert_eq!(about(&imported, "Nothing says how"), [""; 0]);
    }
}

#[test]
fn an_alias_is_the_key_that_has_it() {
    let mut world: World = alone(&[
        account(),
        key("555566667777", KEY),
        key("888899990000", "of-others"),
    ])
    .world;
    world.home.keys[0].alias = Some("data".to_owned());
    world.other_accounts[0].keys[0].alias = Some("data".to_owned());
    let with = |alias: &str| {
        let file = input("bucket-encryption-data.json", &by_key(alias));
        import(&world, &[file], &aws_managed_policy)
    };
    let of = |account: &str| format!("arn:aws:kms:us-east-1:{account}:alias/data");
    for (alias, expected) in [
        ("alias/data".to_owned(), KEY.to_owned()),
        (of("555566667777"), KEY.to_owned()),
        (
            of("888899990000"),
            "arn:aws:kms:us-east-1:888899990000:key/of-others".to_owned(),
        ),
    ] {
        assert_eq!(bucket(&with(&alias), "data").kms_key_id, Some(expected));
    }
    // One that nobody knows stays as it is told: a walk cannot take it for S3's own.
    let imported = with("alias/gone");
    assert_eq!(
        bucket(&imported, "data").kms_key_id.as_deref(),
        Some("alias/gone")
    );
    assert_eq!(
        about(&imported, "no key here has that alias"),
        [
            "bucket-encryption-data.json:1:1: The bucket `data` is encrypted with `alias/gone`, and no key here has that alias: add the output of `aws kms list-aliases > aliases.json`."
        ]
    );
}

/// What `aws kms list-aliases` prints: each name, and the key that has it.
fn aliases(account: &str, all: &[(&str, Option<&str>)]) -> Input {
    let all: Vec<_> = all
        .iter()
        .map(|(name, key)| {
            let arn = format!("arn:aws:kms:us-east-1:{account}:alias/{name}");
            let mut alias = json!({ "AliasName": format!("alias/{name}"), "AliasArn": arn });
            if let Some(key) = key {
                alias["TargetKeyId"] = json!(key);
            }
            alias
        })
        .collect();
    let text = json!({ "Aliases": all }).to_string();
    input(&format!("aliases-{account}.json"), &text)
}

#[test]
fn a_list_of_aliases_says_which_key_is_meant() {
    const OF_AWS: &str = "11111111-2222-4333-8444-555555555555";
    let home = aliases(
        "555566667777",
        &[
            ("lake", Some(KEY)),
            ("data", Some(KEY)),
            ("aws/s3", Some(OF_AWS)),
            ("aws/ebs", None),
            ("elsewhere", Some("gone")),
        ],
    );
    let others = aliases("888899990000", &[("data", Some("of-others"))]);
    let keys = [
        account(),
        key("555566667777", KEY),
        key("888899990000", "of-others"),
        home,
        others,
    ];
    let with = |by: &str| {
        let file = input("bucket-encryption-data.json", &by_key(by));
        let mut all = keys.to_vec();
        all.push(file);
        alone(&all)
    };
    // By either of its aliases; the world keeps one.
    for alias in ["alias/data", "alias/lake"] {
        let imported = with(alias);
        assert_eq!(bucket(&imported, "data").kms_key_id.as_deref(), Some(KEY));
        assert_eq!(imported.world.home.keys[0].alias.as_deref(), Some("data"));
        assert_eq!(about(&imported, "no key here"), [""; 0]);
        assert_eq!(imported.counts[&ImportedKind::KeyAlias].new, 2);
        assert_eq!(
            about(&imported, "whose policy no text has"),
            [
                "`alias/elsewhere` is of a key whose policy no text has, and so left out: add the output of `aws kms get-key-policy --key-id ID --policy-name default > key-ID.json` for each that something here is encrypted with."
            ]
        );
        let again = import(&imported.world, &keys, &aws_managed_policy);
        assert_eq!(again.world, imported.world);
        assert_eq!(again.counts[&ImportedKind::KeyAlias].same, 2);
    }
    let theirs = with("arn:aws:kms:us-east-1:888899990000:alias/data");
    assert_eq!(
        bucket(&theirs, "data").kms_key_id.as_deref(),
        Some("arn:aws:kms:us-east-1:888899990000:key/of-others")
    );
    // The key of AWS by its id, which only the list tells.
    let of_aws = with(OF_AWS);
    assert_eq!(bucket(&of_aws, "data").kms_key_id, None);
    assert_eq!(about(&of_aws, "AWS’s own key `aws/s3`").len(), 1);
    // A key of which only the alias is known is asked for by its id.
    let unknown = with("alias/elsewhere");
    assert_eq!(bucket(&unknown, "data").kms_key_id.as_deref(), Some("gone"));
    assert_eq!(about(&unknown, "get-key-policy --key-id gone").len(), 1);
    // A domain's, too.
    let arn = "arn:aws:sagemaker:us-east-1:555566667777:domain/d-1";
    let domain = json!({ "DomainArn": arn, "DomainId": "d-1", "DomainName": "ml",
        "Status": "InService", "AuthMode": "IAM", "KmsKeyId": "alias/lake" });
    let mut all = keys.to_vec();
    all.push(input("domain-d-1.json", &domain.to_string()));
    let imported = alone(&all);
    let domain = imported.world.domain("d-1").unwrap();
    assert_eq!(domain.kms_key_id.as_deref(), Some(KEY));
    // What has no name is told.
    let nameless = alone(&[input(
        "aliases.json",
        r#"{"Aliases": [{"TargetKeyId": "k"}]}"#,
    )]);
    assert_eq!(
        about(&nameless, "An alias of a key without `AliasName`").len(),
        1
    );
}

#[test]
fn a_key_that_is_not_here_is_told_with_its_command() {
    let file =
        |bucket: &str, key: &str| input(&format!("bucket-encryption-{bucket}.json"), &by_key(key));
    let one = alone(&[account(), file("a", KEY), file("b", KEY)]);
    assert_eq!(
        about(&one, "with which buckets are encrypted"),
        [format!(
            "The key `{KEY}`, with which buckets are encrypted, is not here, so what hinges on its policy is not judged: add the output of `aws kms get-key-policy --key-id {KEY} --policy-name default > key-{KEY}.json`."
        )]
    );
    let two = alone(&[account(), file("a", "k-1"), file("b", "k-2")]);
    assert_eq!(
        about(&two, "with which buckets are encrypted"),
        [
            "The keys `k-1`, `k-2`, with which buckets are encrypted, are not here, so what hinges on their policies is not judged: add the output of `aws kms get-key-policy --key-id ID --policy-name default > key-ID.json` for each."
        ]
    );
}

/// A domain’s key as a bucket’s: what hinges on its policy is not judged.
#[test]
fn a_key_of_a_domain_that_is_not_here_is_told_with_its_command() {
    let domain = json!({
        "DomainArn": "arn:aws:sagemaker:eu-central-1:555566667777:domain/d-1", "DomainId": "d-1", "DomainName": "ml",
        "KmsKeyId": format!("arn:aws:kms:eu-central-1:555566667777:key/{KEY}")
    });
    let domain = || input("domain.json", &domain.to_string());
    let missing = "with which storage of domains is encrypted";
    assert_eq!(
        about(&alone(&[account(), domain()]), missing),
        [format!(
            "The key `{KEY}`, with which storage of domains is encrypted, is not here, so what hinges on its policy is not judged: add the output of `aws kms get-key-policy --key-id {KEY} --policy-name default > key-{KEY}.json`."
        )]
    );
    let with_key = alone(&[account(), domain(), key("555566667777", KEY)]);
    assert_eq!(about(&with_key, missing), [""; 0]);
}

#[test]
fn strange_encryption_is_told() {
    let with = |text: &str| {
        let file = input("bucket-encryption-data.json", text);
        alone(&[account(), list(&["data"]), file])
    };
    let unknown = with(&encryption(&json!({ "SSEAlgorithm": "aws:moon" })));
    assert_eq!(bucket(&unknown, "data").kms_key_id, None);
    assert_eq!(
        about(&unknown, "The `SSEAlgorithm` of a bucket is not one").len(),
        1
    );
    for text in [
        r#"{"ServerSideEncryptionConfiguration": {}}"#,
        r#"{"ServerSideEncryptionConfiguration": {"Rules": [7, {"BucketKeyEnabled": true}]}}"#,
    ] {
        let none = with(text);
        assert_eq!(
            about(&none, "A bucket without `SSEAlgorithm` is left out").len(),
            1
        );
        assert_eq!(about(&none, "Nothing says how `data` is").len(), 1);
    }
    let other = with(r#"{"ServerSideEncryptionConfiguration": "AES256"}"#);
    let is_unknown = |it: &rolewalk_core::import::ImportNote| {
        matches!(it.kind, ImportNoteKind::UnknownShape { .. })
    };
    assert!(other.notes.iter().any(is_unknown));
    // Two keys of one bucket: the first counts.
    let twice = with(&format!("{}\n{}", by_key("k-1"), by_key("k-2")));
    assert_eq!(bucket(&twice, "data").kms_key_id.as_deref(), Some("k-1"));
    assert_eq!(about(&twice, "Bucket `data` is told in two ways").len(), 1);
    let same = with(&format!("{}\n{}", by_key("k-1"), by_key("k-1")));
    assert_eq!(about(&same, "told in two ways"), [""; 0]);
}

/// Once, however many there are, and with the whole command.
#[test]
fn buckets_of_which_nobody_tells_it_are_told_once() {
    let told_of = |names: &[&str]| about(&alone(&[account(), list(names)]), "S3’s own key");
    assert_eq!(
        told_of(&["data"]),
        [
            "Nothing says how `data` is encrypted, so it is taken as under S3’s own key, which asks for no permission: add the output of `aws s3api get-bucket-encryption --bucket data > bucket-encryption-data.json`."
        ]
    );
    assert_eq!(
        told_of(&["a", "b", "c", "d", "e"]),
        [
            "Nothing says how `a`, `b`, `c` and 2 more are encrypted, so each is taken as under S3’s own key, which asks for no permission: add the output of `aws s3api get-bucket-encryption --bucket NAME > bucket-encryption-NAME.json` for each; the list of commands has a loop for it."
        ]
    );
    let command = told_of(&["NAME"]).remove(0);
    assert!(COMMANDS.iter().any(|it| command.contains(it.line)));
    // One that was there before has what it had.
    let world = alone(&[account(), list(&["data"])]).world;
    let again = import(&world, &[list(&["data"])], &aws_managed_policy);
    let notes = again
        .notes
        .iter()
        .map(|it| explain::import_note_sentence(&it.kind));
    assert_eq!(
        notes.filter(|it| it.contains("Nothing says how")).count(),
        0
    );
}
