//! Keys, buckets, repositories, log groups and VPC endpoints.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::{
    eval::BlockPublicAccess,
    export::{
        can_be_asked_for,
        commands::{Script, quoted, with_variable},
        constraints, endpoint_type, grant_of_service,
    },
    world::{Account, World},
};

/// The variable with the id of an account's key, and the key as the world writes it.
pub(super) fn key_variable(account: &Account, key: &str) -> Option<String> {
    let is_it = |own: &str| {
        let tail = format!(":{}:key/{own}", account.account);
        own == key || key.ends_with(&tail)
    };
    let idx = account.keys.iter().position(|it| is_it(&it.key_id))?;
    Some(format!("KEY_{}", idx + 1))
}

/// <https://docs.aws.amazon.com/cli/latest/reference/kms/create-grant.html>
pub(super) fn grants(script: &mut Script, account: &Account, left_out: &mut Vec<String>) {
    for (idx, key) in account.keys.iter().enumerate() {
        for it in &key.grants {
            if !can_be_asked_for(it) {
                left_out.push(grant_of_service(key.name(), it));
                continue;
            }
            script.note(&format!("A grant on the key {}", key.name()));
            let option = |name: &str, value: &str| format!(" \\\n  --{name} {}", quoted(value));
            let mut options = format!(
                " \\\n  --key-id \"$KEY_{}\"{}{}",
                idx + 1,
                option("grantee-principal", &it.grantee_principal),
                option("operations", &json!(it.operations).to_string()),
            );
            if !it.name.is_empty() {
                options += &option("name", &it.name);
            }
            if let Some(retiring) = &it.retiring_principal {
                options += &option("retiring-principal", retiring);
            }
            let constraints = constraints(it);
            if !constraints.is_empty() {
                options += &option("constraints", &json!(constraints).to_string());
            }
            let _ = writeln!(script.out, "aws kms create-grant{options}");
        }
    }
}

pub(super) fn resources(script: &mut Script, world: &World, account: &Account) {
    if let Some(block) = account.block_public_access {
        script.note("Block Public Access of the account");
        script.aws(
            "s3control put-public-access-block",
            &[
                ("account-id", Some(account.account.as_str().to_owned())),
                (
                    "public-access-block-configuration",
                    Some(public_access(block).to_string()),
                ),
            ],
        );
    }
    for (idx, key) in account.keys.iter().enumerate() {
        let variable = format!("KEY_{}", idx + 1);
        script.note(&format!(
            "Key {}: AWS gives it an id of its own, which policies that name the old one must then name",
            key.name()
        ));
        script.keep(
            &variable,
            "kms create-key",
            "KeyMetadata.KeyId",
            &[("policy", Some(key.policy.as_str().to_string()))],
        );
        if let Some(alias) = &key.alias {
            let name = quoted(&format!("alias/{alias}"));
            let _ = writeln!(
                script.out,
                "aws kms create-alias \\\n  --alias-name {name} \\\n  --target-key-id \"${variable}\""
            );
        }
    }
    for bucket in &account.buckets {
        script.note(&format!("Bucket {}", bucket.name));
        let name = || ("bucket", Some(bucket.name.clone()));
        let elsewhere = world.region != "us-east-1";
        let constraint = json!({ "LocationConstraint": world.region }).to_string();
        script.aws(
            "s3api create-bucket",
            &[
                name(),
                (
                    "create-bucket-configuration",
                    elsewhere.then_some(constraint),
                ),
            ],
        );
        if let Some(block) = bucket.block_public_access {
            let block = public_access(block).to_string();
            script.aws(
                "s3api put-public-access-block",
                &[name(), ("public-access-block-configuration", Some(block))],
            );
        }
        if let Some(key) = &bucket.kms_key_id {
            let encryption = |key: &str| {
                json!({ "Rules": [{ "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": key,
                } }] })
                .to_string()
            };
            let value = match key_variable(account, key) {
                None => quoted(&encryption(key)),
                Some(variable) => with_variable(&encryption(""), "KMSMasterKeyID", &variable),
            };
            let _ = writeln!(
                script.out,
                "aws s3api put-bucket-encryption \\\n  --bucket {} \\\n  --server-side-encryption-configuration {value}",
                quoted(&bucket.name)
            );
        }
        if let Some(policy) = &bucket.policy {
            script.aws(
                "s3api put-bucket-policy",
                &[name(), ("policy", Some(policy.as_str().to_string()))],
            );
        }
    }
    repositories_and_logs(script, account);
    endpoints(script, account);
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
        script.note(&format!("VPC endpoint {}", endpoint.vpc_endpoint_id));
        let kind = endpoint_type(&endpoint.service_name);
        let policy = endpoint.policy.as_ref();
        script.aws(
            "ec2 create-vpc-endpoint",
            &[
                ("vpc-id", Some(endpoint.vpc_id.clone())),
                ("service-name", Some(endpoint.service_name.clone())),
                ("vpc-endpoint-type", Some(kind.to_owned())),
                ("policy-document", policy.map(|it| it.as_str().to_owned())),
            ],
        );
    }
}

fn repositories_and_logs(script: &mut Script, account: &Account) {
    for repository in &account.repositories {
        script.note(&format!("Repository {}", repository.name));
        let name = || ("repository-name", Some(repository.name.clone()));
        script.aws("ecr create-repository", &[name()]);
        if let Some(policy) = &repository.policy {
            let policy = Some(policy.as_str().to_owned());
            script.aws(
                "ecr set-repository-policy",
                &[name(), ("policy-text", policy)],
            );
        }
    }
    if !account.log_groups.is_empty() {
        script.note("Log groups");
    }
    for group in &account.log_groups {
        script.aws(
            "logs create-log-group",
            &[("log-group-name", Some(group.name.clone()))],
        );
    }
}
