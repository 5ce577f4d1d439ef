//! Keys, buckets, repositories, log groups and VPC endpoints.

use serde_json::{Value, json};

use crate::{
    eval::BlockPublicAccess,
    export::{
        commands::{Script, given, json as input, word::Word},
        constraints, endpoint_type,
    },
    names::ALIAS,
    world::{Account, Bucket, Key, World},
};

/// The account's key that is named by its id or its ARN.
pub(super) fn own_key<'a>(account: &'a Account, key: &str) -> Option<&'a Key> {
    let is_it = |own: &str| {
        let tail = format!(":{}:key/{own}", account.account);
        own == key || key.ends_with(&tail)
    };
    account.keys.iter().find(|it| is_it(&it.key_id))
}

/// <https://docs.aws.amazon.com/cli/latest/reference/kms/create-grant.html>
pub(super) fn grants(script: &mut Script, account: &Account) {
    for key in &account.keys {
        for it in &key.grants {
            script.note(&format!("A grant on the key {}", key.name()));
            let constraints = constraints(it);
            let constraints = (!constraints.is_empty()).then(|| input(&Value::Object(constraints)));
            script.aws(
                "kms create-grant",
                &[
                    ("key-id", Some(script.id(&key.key_id))),
                    ("grantee-principal", Some(Word::from(&it.grantee_principal))),
                    ("operations", Some(input(&json!(it.operations)))),
                    ("name", given(&it.name)),
                    (
                        "retiring-principal",
                        it.retiring_principal.as_ref().map(Word::from),
                    ),
                    ("constraints", constraints),
                ],
            );
        }
    }
}

pub(super) fn resources(script: &mut Script, world: &World, account: &Account) {
    if let Some(block) = account.block_public_access {
        script.note("Block Public Access of the account");
        script.aws(
            "s3control put-public-access-block",
            &[
                ("account-id", Some(account.account.as_str().into())),
                (
                    "public-access-block-configuration",
                    Some(input(&public_access(block))),
                ),
            ],
        );
    }
    for it in &account.keys {
        key(script, it);
    }
    endpoints(script, account);
    for it in &account.buckets {
        bucket(script, world, account, it);
    }
    repositories_and_logs(script, account);
}

fn key(script: &mut Script, key: &Key) {
    script.note(&format!(
        "Key {}: AWS gives it an id of its own, which policies of other accounts that name the old one must then name",
        key.name()
    ));
    let policy = script.document(key.policy.as_str());
    script.keep_id(
        &key.key_id,
        "kms create-key",
        "KeyMetadata.KeyId",
        &[("policy", Some(policy.now))],
    );
    let id = script.id(&key.key_id);
    if policy.later.is_some() {
        let options = [
            ("key-id", Some(id.clone())),
            ("policy-name", Some("default".into())),
        ];
        script.aws_with(
            "kms put-key-policy",
            &options,
            "policy",
            key.policy.as_str(),
        );
    }
    if let Some(alias) = &key.alias {
        let name = format!("{ALIAS}{alias}").into();
        let options = [("alias-name", Some(name)), ("target-key-id", Some(id))];
        script.aws("kms create-alias", &options);
    }
}

fn bucket(script: &mut Script, world: &World, account: &Account, bucket: &Bucket) {
    script.note(&format!("Bucket {}", bucket.name));
    let name = ("bucket", Some(Word::from(&bucket.name)));
    let elsewhere = world.region != "us-east-1";
    let constraint = json!({ "LocationConstraint": world.region });
    let configuration = elsewhere.then(|| input(&constraint));
    let configuration = ("create-bucket-configuration", configuration);
    script.aws("s3api create-bucket", &[name.clone(), configuration]);
    if let Some(block) = bucket.block_public_access {
        let block = Some(input(&public_access(block)));
        let block = ("public-access-block-configuration", block);
        script.aws("s3api put-public-access-block", &[name.clone(), block]);
    }
    if let Some(key) = &bucket.kms_key_id {
        let own = own_key(account, key);
        let encryption = json!({ "Rules": [{ "ApplyServerSideEncryptionByDefault": {
            "SSEAlgorithm": "aws:kms",
            "KMSMasterKeyID": own.map_or(key, |it| &it.key_id),
        } }] });
        let of_member = |member: &str, text: &str| match member {
            "KMSMasterKeyID" => script.id(text),
            _ => text.into(),
        };
        let encryption = Some(Word::json(&encryption, &of_member));
        let encryption = ("server-side-encryption-configuration", encryption);
        script.aws("s3api put-bucket-encryption", &[name.clone(), encryption]);
    }
    if let Some(policy) = &bucket.policy {
        script.aws_with(
            "s3api put-bucket-policy",
            &[name],
            "policy",
            policy.as_str(),
        );
    }
}

fn public_access(block: BlockPublicAccess) -> Value {
    json!({
        "BlockPublicAcls": block.block_public_acls,
        "IgnorePublicAcls": block.ignore_public_acls,
        "BlockPublicPolicy": block.block_public_policy,
        "RestrictPublicBuckets": block.restrict_public_buckets,
    })
}

fn endpoints(script: &mut Script, account: &Account) {
    for endpoint in &account.vpc_endpoints {
        let id = &endpoint.vpc_endpoint_id;
        script.note(&format!("VPC endpoint {id}"));
        let kind = endpoint_type(&endpoint.service_name);
        let policy = endpoint.policy.as_ref();
        let policy = policy.map(|it| script.document(it.as_str()));
        let later = policy.as_ref().and_then(|it| it.later.clone());
        script.keep_id(
            id,
            "ec2 create-vpc-endpoint",
            "VpcEndpoint.VpcEndpointId",
            &[
                ("vpc-id", Some(script.id(&endpoint.vpc_id))),
                ("service-name", Some(Word::from(&endpoint.service_name))),
                ("vpc-endpoint-type", Some(kind.into())),
                ("policy-document", policy.map(|it| it.now)),
            ],
        );
        if later.is_some() {
            let options = [
                ("vpc-endpoint-id", Some(script.id(id))),
                ("policy-document", later),
            ];
            script.aws_later("ec2 modify-vpc-endpoint", &options);
        }
    }
}

fn repositories_and_logs(script: &mut Script, account: &Account) {
    for repository in &account.repositories {
        script.note(&format!("Repository {}", repository.name));
        let name = ("repository-name", Some(Word::from(&repository.name)));
        script.aws("ecr create-repository", std::slice::from_ref(&name));
        if let Some(policy) = &repository.policy {
            let command = "ecr set-repository-policy";
            script.aws_with(command, &[name], "policy-text", policy.as_str());
        }
    }
    if !account.log_groups.is_empty() {
        script.note("Log groups");
    }
    for group in &account.log_groups {
        let name = ("log-group-name", Some(Word::from(&group.name)));
        script.aws("logs create-log-group", &[name]);
    }
}
