//! A world as the AWS CLI prints it: what [`import`](crate::import) and other tools read.
//!
//! One file for each command, named so that the import knows what it is about where the command's
//! output does not say. What AWS gives and the world does not have (unique ids, dates) is made up. What no
//! command that the import reads prints is said: INVARIANT: whatever is not said comes back.

mod iam;
mod json;
mod organization;
mod sagemaker;

use serde_json::{Value, json};

use self::json::Json;
pub(super) use self::organization::organization;
use crate::{
    eval::KeyGrant,
    export::{Exported, File, constraints, document, file_name::FileNames, some},
    names::{ALIAS, AccountId, Arn},
    world::{Account, Bucket, NamedBy, NamedKey, PolicyText, World},
};

/// In place of every date.
const DATE: &str = "2000-01-01T00:00:00+00:00";

/// <https://docs.aws.amazon.com/cli/latest/reference/kms/list-grants.html>
fn grant(key: &str, grant: &KeyGrant) -> Json {
    let constraints = constraints(grant);
    let mut fields = vec![
        ("KeyId", key.into()),
        ("GrantId", grant.grant_id.as_str().into()),
        ("Name", grant.name.as_str().into()),
        ("CreationDate", DATE.into()),
        ("GranteePrincipal", grant.grantee_principal.as_str().into()),
    ];
    if let Some(retiring) = &grant.retiring_principal {
        fields.push(("RetiringPrincipal", retiring.as_str().into()));
    }
    fields.push(("Operations", json!(grant.operations).into()));
    if !constraints.is_empty() {
        fields.push(("Constraints", Value::Object(constraints).into()));
    }
    Json::Fields(fields)
}

/// What one account has.
pub(super) fn account(world: &World, account: &Account) -> Exported {
    let mut output = Output::default();
    output.iam(world, account);
    for domain in &account.domains {
        output.domain(world, account, domain);
    }
    output.resources(world, account);
    output.left_out(world, account);
    output.exported
}

#[derive(Default)]
struct Output {
    exported: Exported,
    names: FileNames,
}

impl Output {
    /// What several calls of a command print goes into one file.
    fn file(&mut self, stem: &str, documents: &[Json]) {
        let name = self.names.json(stem);
        let text = documents.iter().map(Json::text).collect();
        self.exported.files.push(File { name, text });
    }

    fn say(&mut self, sentence: String) {
        self.exported.left_out.push(sentence);
    }

    /// Says what is left out, where there is anything.
    fn say_of(&mut self, names: impl IntoIterator<Item = String>, what: impl Fn(&str) -> String) {
        let names: Vec<String> = names.into_iter().collect();
        if !names.is_empty() {
            self.say(what(&some(&names)));
        }
    }

    /// Whether AWS would have such a text at all; where not, it is said.
    fn has_text(&mut self, text: &PolicyText, what: &str) -> bool {
        let has_text = !text.as_str().trim().is_empty();
        if !has_text {
            self.say(format!("{what}: it is empty, which nothing prints"));
        }
        has_text
    }

    /// A policy of a bucket or key: the name of its file says whose it is.
    fn of_named_file(&mut self, kind: &str, name: &str, document: &Json) {
        match self.names.exact(&format!("{kind}-{name}")) {
            Some(file) => {
                let text = document.text();
                self.exported.files.push(File { name: file, text });
            }
            None => self.say(format!(
                "{kind} `{name}`: its name cannot be that of a file, which is all that says whose policy it is"
            )),
        }
    }

    /// <https://docs.aws.amazon.com/cli/latest/reference/s3api/list-buckets.html>
    fn buckets(&mut self, world: &World, account: &Account) {
        if account.buckets.is_empty() {
            return;
        }
        let listed = account.buckets.iter().map(|it| {
            Json::Fields(vec![
                ("Name", it.name.as_str().into()),
                ("CreationDate", DATE.into()),
            ])
        });
        let owner = json!({ "ID": "0".repeat(64) });
        let listed = Json::Fields(vec![("Buckets", listed.collect()), ("Owner", owner.into())]);
        self.file("buckets", &[listed]);
        for bucket in &account.buckets {
            let policy = bucket.policy.as_ref();
            let what = format!("bucket policy of `{}`", bucket.name);
            if let Some(policy) = policy.filter(|it| self.has_text(it, &what)) {
                let printed = Json::Fields(vec![("Policy", policy.as_str().into())]);
                self.of_named_file("bucket", &bucket.name, &printed);
            }
        }
        // Of what nobody has told a file would make a fact.
        for bucket in account.buckets.iter().filter(|it| !it.is_key_assumed) {
            self.encryption(world, account, bucket);
        }
    }

    /// <https://docs.aws.amazon.com/cli/latest/reference/s3api/get-bucket-encryption.html>
    fn encryption(&mut self, world: &World, account: &Account, bucket: &Bucket) {
        let default = match bucket.kms_key_id.as_deref() {
            None => json!({ "SSEAlgorithm": "AES256" }),
            Some(key) => {
                // An import puts the bucket into its home account, where id and alias would be those of another key.
                let is_elsewhere =
                    account.account != world.home.account && Arn::parse(key).is_none();
                let key = if is_elsewhere {
                    let resource = match NamedKey::read(key).by {
                        NamedBy::Id(id) => format!("key/{id}"),
                        NamedBy::Alias(alias) => format!("{ALIAS}{alias}"),
                    };
                    let arn = world.regional_arn_in(&account.account, "kms", &resource);
                    arn.to_string()
                } else {
                    key.to_owned()
                };
                json!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key })
            }
        };
        let rules = json!({ "Rules": [{
            "ApplyServerSideEncryptionByDefault": default,
            "BucketKeyEnabled": false,
        }] });
        let fields = vec![("ServerSideEncryptionConfiguration", rules.into())];
        let text = Json::Fields(fields).text();
        let stem = format!("bucket-encryption-{}", bucket.name);
        if let Some(name) = self.names.exact(&stem) {
            self.exported.files.push(File { name, text });
            return;
        }
        // The file of the policy of a bucket called `encryption-…`.
        let name = format!("{stem}.json");
        let mut files = self.exported.files.iter_mut();
        match files.find(|it| it.name == name) {
            Some(file) => file.text.push_str(&text),
            // Under S3's own it comes back as it is.
            None if bucket.kms_key_id.is_none() => {}
            None => self.say(format!(
                "key of bucket `{}`: its name cannot be that of a file, which is all that says whose key it is",
                bucket.name
            )),
        }
    }

    fn resources(&mut self, world: &World, account: &Account) {
        self.buckets(world, account);
        for key in &account.keys {
            if self.has_text(&key.policy, &format!("key policy of `{}`", key.name())) {
                let printed = Json::Fields(vec![
                    ("Policy", key.policy.as_str().into()),
                    ("PolicyName", "default".into()),
                ]);
                self.of_named_file("key", &key.key_id, &printed);
                if !key.grants.is_empty() {
                    let arn = format!("key/{}", key.key_id);
                    let arn = world.regional_arn_in(&account.account, "kms", &arn);
                    let grants = key.grants.iter().map(|it| grant(arn.as_str(), it));
                    let printed = Json::Fields(vec![("Grants", grants.collect())]);
                    self.file(&format!("grants-{}", key.key_id), &[printed]);
                }
            }
        }
        for repository in &account.repositories {
            let policy = repository.policy.as_ref();
            let what = format!("repository policy of `{}`", repository.name);
            if let Some(policy) = policy.filter(|it| self.has_text(it, &what)) {
                let printed = Json::Fields(vec![
                    ("registryId", account.account.as_str().into()),
                    ("repositoryName", repository.name.as_str().into()),
                    ("policyText", policy.as_str().into()),
                ]);
                self.file(&format!("repository-{}", repository.name), &[printed]);
            }
        }
        self.resources_left_out(world, account);
    }

    fn resources_left_out(&mut self, world: &World, account: &Account) {
        if account.account != world.home.account {
            let names = account.buckets.iter().map(|it| it.name.clone());
            self.say_of(names, |names| {
                format!(
                    "which account buckets are in: an import puts {names} into its home account"
                )
            });
        }
        let home = &world.home.account;
        let lost = account.keys.iter().filter(|it| {
            let found = account_in(&it.policy);
            found.as_ref().unwrap_or(home) != &account.account
        });
        self.say_of(lost.map(|it| it.name().to_owned()), |names| {
            format!("which account keys are in: the policy of {names} does not name its root alone")
        });
        let block = account.buckets.iter();
        let block = block.filter(|it| it.block_public_access.is_some());
        self.say_of(block.map(|it| it.name.clone()), |names| {
            format!("Block Public Access of buckets: {names}")
        });
        if account.block_public_access.is_some() {
            self.say("Block Public Access of the account".to_owned());
        }
        let without = account.repositories.iter().filter(|it| it.policy.is_none());
        self.say_of(without.map(|it| it.name.clone()), |names| {
            format!("repositories without a policy: {names}")
        });
        let aliases = account.keys.iter().filter_map(|it| it.alias.clone());
        self.say_of(aliases, |names| format!("aliases of keys: {names}"));
        let groups = account.log_groups.iter().map(|it| it.name.clone());
        self.say_of(groups, |names| format!("log groups: {names}"));
        let vpcs = account.vpcs.iter().map(|it| it.vpc_id.clone());
        self.say_of(vpcs, |names| format!("networks: {names}"));
        let endpoints = account.vpc_endpoints.iter();
        let endpoints = endpoints.map(|it| it.vpc_endpoint_id.clone());
        self.say_of(endpoints, |names| format!("VPC endpoints: {names}"));
    }

    /// What belongs to no one thing.
    fn left_out(&mut self, world: &World, account: &Account) {
        let own = account.policies.iter().filter(|it| !it.is_aws_managed());
        let n_named = account.users.len()
            + account.groups.len()
            + account.roles.len()
            + account.domains.len()
            + account.keys.len()
            + account
                .repositories
                .iter()
                .filter(|it| it.policy.is_some())
                .count()
            + own.count();
        if n_named == 0 && account.account != world.home.account {
            self.say(format!(
                "account `{}` itself: nothing that is printed names the account",
                account.account
            ));
        }
        let organization = world.organization.as_ref();
        let is_member = organization.is_some_and(|it| it.member(&account.account).is_some());
        if !account.name.is_empty() && !is_member {
            self.say(format!("that the account is called `{}`", account.name));
        }
    }
}

/// The one account whose root a policy names: where an import puts a key.
fn account_in(policy: &PolicyText) -> Option<AccountId> {
    let texts = policy.as_str().split('"');
    let roots = texts.filter_map(|it| Arn::parse(it).filter(|it| it.resource() == "root"));
    let mut accounts = roots.filter_map(|it| it.account());
    let first = accounts.next()?;
    accounts.all(|it| it == first).then_some(first)
}

/// A policy as the CLI prints it: an object, in the order in which it was typed. What AWS would have
/// refused stands there as its text.
fn policy(text: &PolicyText) -> Json {
    let text = text.as_str();
    if document(text).is_some() {
        Json::Typed(text.to_owned())
    } else {
        text.into()
    }
}
