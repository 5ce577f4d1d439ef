//! Commands of the AWS CLI, for a POSIX shell.
//!
//! INVARIANT: every word that comes from a world stands between single quotes, in which a shell takes
//! nothing for anything but itself; comments have no line ends in them.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};

use crate::{
    export::sagemaker,
    names::Arn,
    world::{Account, Domain, InlinePolicy, Role, World},
};

/// Everything that an account has, as commands in an order in which they work.
pub fn commands(world: &World, account: &Account) -> String {
    let mut script = Script::default();
    script.note(&format!(
        "Account {}, region {}",
        account.account, world.region
    ));
    script.out.push_str("set -eu\n");
    script.line(&["export", "AWS_REGION="], &world.region);
    iam(&mut script, world, account);
    resources(&mut script, world, account);
    for (idx, domain) in account.domains.iter().enumerate() {
        self::domain(&mut script, idx + 1, domain);
    }
    script.out
}

#[derive(Default)]
struct Script {
    out: String,
}

impl Script {
    fn note(&mut self, text: &str) {
        let text: String = text.chars().filter(|it| !it.is_control()).collect();
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let _ = writeln!(self.out, "# {text}");
    }

    /// Words of ours, and at their end one of the world's.
    fn line(&mut self, words: &[&str], value: &str) {
        let _ = writeln!(self.out, "{}{}", words.join(" "), quoted(value));
    }

    /// A command, and its options; those without a value are left out.
    fn aws(&mut self, command: &str, options: &[(&str, Option<String>)]) {
        let _ = write!(self.out, "aws {command}");
        self.options(options);
        self.out.push('\n');
    }

    fn options(&mut self, options: &[(&str, Option<String>)]) {
        for (name, value) in options {
            if let Some(value) = value {
                let _ = write!(self.out, " \\\n  --{name} {}", quoted(value));
            }
        }
    }

    /// A command whose answer, or a part of it, goes into a variable.
    fn keep(
        &mut self,
        variable: &str,
        command: &str,
        query: &str,
        options: &[(&str, Option<String>)],
    ) {
        let _ = write!(self.out, "{variable}=$(aws {command}");
        self.options(options);
        let _ = writeln!(self.out, " \\\n  --query {query} --output text)");
    }
}

/// A word for a POSIX shell: nothing in single quotes means anything but itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Tags as JSON: the short form of the CLI has characters of its own.
fn tags(tags: &BTreeMap<String, String>) -> Option<String> {
    (!tags.is_empty()).then(|| sagemaker::tags(tags).to_string())
}

fn iam(script: &mut Script, world: &World, account: &Account) {
    let own = |it: &&crate::world::ManagedPolicy| !it.is_aws_managed();
    if account.policies.iter().any(|it| own(&it)) {
        script.note("Managed policies");
    }
    for policy in account.policies.iter().filter(own) {
        script.aws(
            "iam create-policy",
            &[
                ("policy-name", Some(policy.name().to_string())),
                ("path", given(path(&policy.arn))),
                (
                    "policy-document",
                    Some(policy.document.as_str().to_string()),
                ),
            ],
        );
    }
    for group in &account.groups {
        script.note(&format!("Group {}", group.name));
        script.aws(
            "iam create-group",
            &[("group-name", Some(group.name.clone()))],
        );
        policies(
            script,
            "group",
            &group.name,
            &group.inline_policies,
            &group.attached_policies,
        );
    }
    for user in &account.users {
        script.note(&format!("User {}", user.name));
        script.aws(
            "iam create-user",
            &[
                ("user-name", Some(user.name.clone())),
                ("path", given(&user.path)),
                (
                    "permissions-boundary",
                    user.permissions_boundary.as_ref().map(ToString::to_string),
                ),
                ("tags", tags(&user.tags)),
            ],
        );
        for group in &user.groups {
            script.aws(
                "iam add-user-to-group",
                &[
                    ("user-name", Some(user.name.clone())),
                    ("group-name", Some(group.clone())),
                ],
            );
        }
        policies(
            script,
            "user",
            &user.name,
            &user.inline_policies,
            &user.attached_policies,
        );
    }
    roles(script, world, account);
}

fn roles(script: &mut Script, world: &World, account: &Account) {
    let mut later: Vec<&Role> = Vec::new();
    for (idx, role) in account.roles.iter().enumerate() {
        script.note(&format!("Role {}", role.name));
        // AWS refuses a trust policy that names a role which is not there yet.
        let mut unmade = account.roles.iter().skip(idx);
        let names_unmade = unmade.any(|it| {
            let arn = world.role_arn_in(account, it);
            role.trust_policy.as_str().contains(&format!("\"{arn}\""))
        });
        let trust = if names_unmade {
            later.push(role);
            nobody(world, account)
        } else {
            role.trust_policy.as_str().to_owned()
        };
        script.aws(
            "iam create-role",
            &[
                ("role-name", Some(role.name.clone())),
                ("path", given(&role.path)),
                ("description", given(&role.description)),
                (
                    "max-session-duration",
                    role.max_session_duration.map(|it| it.to_string()),
                ),
                (
                    "permissions-boundary",
                    role.permissions_boundary.as_ref().map(ToString::to_string),
                ),
                ("assume-role-policy-document", Some(trust)),
                ("tags", tags(&role.tags)),
            ],
        );
        policies(
            script,
            "role",
            &role.name,
            &role.inline_policies,
            &role.attached_policies,
        );
    }
    if !later.is_empty() {
        script.note("Trust policies that name roles which had to be made first");
    }
    for role in later {
        script.aws(
            "iam update-assume-role-policy",
            &[
                ("role-name", Some(role.name.clone())),
                (
                    "policy-document",
                    Some(role.trust_policy.as_str().to_string()),
                ),
            ],
        );
    }
}

/// A trust policy for the time being: nobody gets in.
fn nobody(world: &World, account: &Account) -> String {
    let root = format!("arn:{}:iam::{}:root", world.partition, account.account);
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Deny", "Principal": { "AWS": root }, "Action": "sts:AssumeRole" }],
    })
    .to_string()
}

/// The path in a managed policy's ARN.
fn path(arn: &Arn) -> &str {
    let resource = arn.resource().strip_prefix("policy").unwrap_or_default();
    resource
        .strip_suffix(arn.last_segment())
        .unwrap_or_default()
}

fn policies(
    script: &mut Script,
    kind: &str,
    name: &str,
    inline: &[InlinePolicy],
    attached: &[Arn],
) {
    let owner = format!("{kind}-name");
    for policy in inline {
        script.aws(
            &format!("iam put-{kind}-policy"),
            &[
                (&owner, Some(name.to_string())),
                ("policy-name", Some(policy.name.clone())),
                (
                    "policy-document",
                    Some(policy.document.as_str().to_string()),
                ),
            ],
        );
    }
    for arn in attached {
        script.aws(
            &format!("iam attach-{kind}-policy"),
            &[
                (&owner, Some(name.to_string())),
                ("policy-arn", Some(arn.to_string())),
            ],
        );
    }
}

fn resources(script: &mut Script, world: &World, account: &Account) {
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
            let block = json!({
                "BlockPublicAcls": block.block_public_acls,
                "IgnorePublicAcls": block.ignore_public_acls,
                "BlockPublicPolicy": block.block_public_policy,
                "RestrictPublicBuckets": block.restrict_public_buckets,
            });
            script.aws(
                "s3api put-public-access-block",
                &[
                    name(),
                    ("public-access-block-configuration", Some(block.to_string())),
                ],
            );
        }
        if let Some(key) = &bucket.kms_key_id {
            let idx = account.keys.iter().position(|it| it.key_id == *key);
            let encryption = |key: &str| {
                json!({ "Rules": [{ "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": key,
                } }] })
                .to_string()
            };
            let value = match idx {
                None => quoted(&encryption(key)),
                Some(idx) => {
                    let marker = "ROLEWALK-KEY";
                    let (head, tail) = match encryption(marker).split_once(marker) {
                        Some((head, tail)) => (quoted(head), quoted(tail)),
                        None => continue,
                    };
                    format!("{head}\"$KEY_{}\"{tail}", idx + 1)
                }
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

fn domain(script: &mut Script, number: usize, domain: &Domain) {
    let variable = format!("DOMAIN_{number}");
    script.note(&format!(
        "Domain {}: AWS gives it an id of its own",
        domain.domain_name
    ));
    let with_tags = |mut input: serde_json::Map<String, Value>, tags: &BTreeMap<String, String>| {
        if !tags.is_empty() {
            input.insert("Tags".to_owned(), sagemaker::tags(tags));
        }
        Value::Object(input).to_string()
    };
    let input = with_tags(sagemaker::domain(domain), &domain.tags);
    script.keep(
        &variable,
        "sagemaker create-domain",
        "DomainArn",
        &[("cli-input-json", Some(input))],
    );
    let _ = writeln!(
        script.out,
        "{variable}=${{{variable}##*/}}\nuntil [ \"$(aws sagemaker describe-domain --domain-id \"${variable}\" --query Status --output text)\" = InService ]; do\n  sleep 10\ndone"
    );
    let mut create = |what: &str, input: String| {
        let input = quoted(&input);
        let _ = writeln!(
            script.out,
            "aws sagemaker {what} \\\n  --domain-id \"${variable}\" \\\n  --cli-input-json {input}"
        );
    };
    for profile in &domain.user_profiles {
        let input = with_tags(sagemaker::profile(profile), &profile.tags);
        create("create-user-profile", input);
    }
    for space in &domain.spaces {
        create(
            "create-space",
            Value::Object(sagemaker::space(space)).to_string(),
        );
    }
}
