//! A template of `CloudFormation`: one stack for one account.
//!
//! What one resource needs of another it names by `Ref` or `Fn::GetAtt`, so that `CloudFormation` makes
//! them in an order that works; a policy that names an ARN in its text does so as it was typed. A text
//! that is no JSON cannot stand in a template and is listed under `Metadata`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    export::sagemaker,
    names::Arn,
    world::{Account, Domain, InlinePolicy, PolicyText, World},
};

/// The template, as JSON.
pub fn cloud_formation(world: &World, account: &Account) -> String {
    let mut template = Template {
        resources: BTreeMap::new(),
        left_out: Vec::new(),
        policies: BTreeMap::new(),
    };
    template.managed_policies(account);
    template.groups_and_users(account);
    template.roles(world, account);
    template.services(account);
    for domain in &account.domains {
        template.domain(world, account, domain);
    }
    let mut whole = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!("Account {}", account.account),
        "Resources": template.resources,
    });
    if !template.left_out.is_empty()
        && let Some(map) = whole.as_object_mut()
    {
        let left_out = json!({ "LeftOut": template.left_out });
        map.insert("Metadata".to_owned(), left_out);
    }
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

struct Template {
    resources: BTreeMap<String, Value>,
    /// Texts that are no JSON, in words.
    left_out: Vec<String>,
    /// Logical ids by the ARNs of the account's own managed policies.
    policies: BTreeMap<Arn, String>,
}

impl Template {
    /// Adds a resource under a logical id, which has letters and digits only and is unique.
    fn add(
        &mut self,
        kind: &str,
        name: &str,
        resource: &str,
        properties: Map<String, Value>,
    ) -> String {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain: String = plain.chars().take(200).collect();
        let mut id = format!("{kind}{plain}");
        let mut n = 2;
        while self.resources.contains_key(&id) {
            id = format!("{kind}{plain}x{n}");
            n += 1;
        }
        let mut whole = json!({ "Type": resource });
        if let Some(map) = whole.as_object_mut()
            && !properties.is_empty()
        {
            map.insert("Properties".to_owned(), Value::Object(properties));
        }
        self.resources.insert(id.clone(), whole);
        id
    }

    /// A policy as JSON; what is no JSON is noted and left out.
    fn document(&mut self, text: &PolicyText, what: &str) -> Option<Value> {
        let read = serde_json::from_str(text.as_str()).ok();
        let read = read.filter(Value::is_object);
        if read.is_none() {
            self.left_out
                .push(format!("{what}: the text is no JSON object"));
        }
        read
    }

    fn managed_policies(&mut self, account: &Account) {
        for policy in account.policies.iter().filter(|it| !it.is_aws_managed()) {
            let what = format!("managed policy {}", policy.name());
            let Some(document) = self.document(&policy.document, &what) else {
                continue;
            };
            let resource = policy.arn.resource().strip_prefix("policy").unwrap_or("/");
            let path = resource.strip_suffix(policy.name()).unwrap_or("/");
            let properties = properties([
                ("ManagedPolicyName", json!(policy.name())),
                ("Path", json!(path)),
                ("PolicyDocument", document),
            ]);
            let id = self.add(
                "Policy",
                policy.name(),
                "AWS::IAM::ManagedPolicy",
                properties,
            );
            self.policies.insert(policy.arn.clone(), id);
        }
    }

    /// A managed policy by the resource that makes it, else by its ARN.
    fn policy(&self, arn: &Arn) -> Value {
        let own = self.policies.get(arn);
        own.map_or_else(|| json!(arn.as_str()), |id| json!({ "Ref": id }))
    }

    fn attached(
        &mut self,
        of: &str,
        inline: &[InlinePolicy],
        arns: &[Arn],
    ) -> [(&'static str, Value); 2] {
        let mut policies = Vec::new();
        for policy in inline {
            let what = format!("inline policy {} of {of}", policy.name);
            let document = self.document(&policy.document, &what);
            policies.extend(
                document.map(|it| json!({ "PolicyName": policy.name, "PolicyDocument": it })),
            );
        }
        // Each once: `CloudFormation` refuses the list otherwise.
        let unique: BTreeSet<&Arn> = arns.iter().collect();
        let arns = unique.into_iter().map(|it| self.policy(it)).collect();
        [
            ("Policies", Value::Array(policies)),
            ("ManagedPolicyArns", Value::Array(arns)),
        ]
    }

    fn groups_and_users(&mut self, account: &Account) {
        let mut groups = BTreeMap::new();
        for group in &account.groups {
            let of = format!("group {}", group.name);
            let attached = self.attached(&of, &group.inline_policies, &group.attached_policies);
            let name = [("GroupName", json!(group.name))];
            let properties = properties(name.into_iter().chain(attached));
            let id = self.add("Group", &group.name, "AWS::IAM::Group", properties);
            groups.insert(group.name.as_str(), id);
        }
        for user in &account.users {
            let of = format!("user {}", user.name);
            let attached = self.attached(&of, &user.inline_policies, &user.attached_policies);
            let named = |it: &String| match groups.get(it.as_str()) {
                Some(id) => json!({ "Ref": id }),
                None => json!(it),
            };
            let member: Vec<Value> = user.groups.iter().map(named).collect();
            let boundary = user.permissions_boundary.as_ref().map(|it| self.policy(it));
            let own = [
                ("UserName", json!(user.name)),
                ("Path", json!(user.path)),
                ("Groups", Value::Array(member)),
                ("PermissionsBoundary", boundary.unwrap_or_default()),
                ("Tags", sagemaker::tags(&user.tags)),
            ];
            let properties = properties(own.into_iter().chain(attached));
            self.add("User", &user.name, "AWS::IAM::User", properties);
        }
    }

    fn roles(&mut self, world: &World, account: &Account) {
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for role in &account.roles {
            let of = format!("role {}", role.name);
            let Some(trust) = self.document(&role.trust_policy, &format!("trust policy of {of}"))
            else {
                continue;
            };
            let attached = self.attached(&of, &role.inline_policies, &role.attached_policies);
            let boundary = role.permissions_boundary.as_ref().map(|it| self.policy(it));
            let own = [
                ("RoleName", json!(role.name)),
                ("Path", json!(role.path)),
                ("Description", json!(role.description)),
                ("MaxSessionDuration", json!(role.max_session_duration)),
                ("AssumeRolePolicyDocument", trust),
                ("PermissionsBoundary", boundary.unwrap_or_default()),
                ("Tags", sagemaker::tags(&role.tags)),
            ];
            let properties = properties(own.into_iter().chain(attached));
            let id = self.add("Role", &role.name, "AWS::IAM::Role", properties);
            ids.insert(world.role_arn_in(account, role).to_string(), id);
        }
        self.order_after_named(&ids);
    }

    /// AWS refuses a trust policy that names a user or role which is not there yet.
    fn order_after_named(&mut self, roles: &BTreeMap<String, String>) {
        let mut after: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mentions = |trust: &Value, arn: &str| trust.to_string().contains(&format!("\"{arn}\""));
        for id in roles.values() {
            let trust = self
                .resources
                .get(id)
                .and_then(|it| it.pointer("/Properties/AssumeRolePolicyDocument"));
            let Some(trust) = trust else { continue };
            let named = roles
                .iter()
                .filter(|(arn, other)| *other != id && mentions(trust, arn));
            let named: Vec<String> = named.map(|(_, other)| other.clone()).collect();
            after.insert(id.clone(), named);
        }
        for (id, named) in &after {
            // Two roles that name each other have no order; then AWS has the word.
            let in_turn = |it: &&String| after.get(*it).is_none_or(|back| !back.contains(id));
            let named: Vec<&String> = named.iter().filter(in_turn).collect();
            if let Some(map) = self.resources.get_mut(id).and_then(Value::as_object_mut)
                && !named.is_empty()
            {
                map.insert("DependsOn".to_owned(), json!(named));
            }
        }
    }

    fn services(&mut self, account: &Account) {
        let mut keys = BTreeMap::new();
        for key in &account.keys {
            let Some(policy) = self.document(&key.policy, &format!("key policy of {}", key.name()))
            else {
                continue;
            };
            let properties = properties([("KeyPolicy", policy)]);
            let id = self.add("Key", key.name(), "AWS::KMS::Key", properties);
            if let Some(alias) = &key.alias {
                let alias_of = self::properties([
                    ("AliasName", json!(format!("alias/{alias}"))),
                    ("TargetKeyId", json!({ "Ref": id })),
                ]);
                self.add("Alias", alias, "AWS::KMS::Alias", alias_of);
            }
            keys.insert(key.key_id.as_str(), id);
        }
        for bucket in &account.buckets {
            let key = bucket.kms_key_id.as_deref().map(|it| match keys.get(it) {
                Some(id) => json!({ "Fn::GetAtt": [id, "Arn"] }),
                None => json!(it),
            });
            let encryption = key.map(|it| {
                json!({ "ServerSideEncryptionConfiguration": [{
                    "ServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": it },
                }] })
            });
            let block = bucket.block_public_access.map(|it| {
                json!({
                    "BlockPublicAcls": it.block_public_acls,
                    "IgnorePublicAcls": it.ignore_public_acls,
                    "BlockPublicPolicy": it.block_public_policy,
                    "RestrictPublicBuckets": it.restrict_public_buckets,
                })
            });
            let own = properties([
                ("BucketName", json!(bucket.name)),
                ("BucketEncryption", encryption.unwrap_or_default()),
                ("PublicAccessBlockConfiguration", block.unwrap_or_default()),
            ]);
            let id = self.add("Bucket", &bucket.name, "AWS::S3::Bucket", own);
            let what = format!("bucket policy of {}", bucket.name);
            let policy = bucket.policy.as_ref();
            if let Some(policy) = policy.and_then(|it| self.document(it, &what)) {
                let own =
                    properties([("Bucket", json!({ "Ref": id })), ("PolicyDocument", policy)]);
                self.add("BucketPolicy", &bucket.name, "AWS::S3::BucketPolicy", own);
            }
        }
        for repository in &account.repositories {
            let what = format!("repository policy of {}", repository.name);
            let policy = repository.policy.as_ref();
            let policy = policy.and_then(|it| self.document(it, &what));
            let own = properties([
                ("RepositoryName", json!(repository.name)),
                ("RepositoryPolicyText", policy.unwrap_or_default()),
            ]);
            self.add("Repository", &repository.name, "AWS::ECR::Repository", own);
        }
        for group in &account.log_groups {
            let own = properties([("LogGroupName", json!(group.name))]);
            self.add("LogGroup", &group.name, "AWS::Logs::LogGroup", own);
        }
    }

    fn domain(&mut self, world: &World, account: &Account, domain: &Domain) {
        let roles: BTreeMap<String, Value> = account
            .roles
            .iter()
            .filter_map(|role| {
                let mut made = self.resources.iter();
                let (id, _) = made.find(|(_, it)| {
                    let name = it.pointer("/Properties/RoleName").and_then(Value::as_str);
                    it.get("Type").and_then(Value::as_str) == Some("AWS::IAM::Role")
                        && name == Some(role.name.as_str())
                })?;
                let arn = world.role_arn_in(account, role).to_string();
                Some((arn, json!({ "Fn::GetAtt": [id, "Arn"] })))
            })
            .collect();
        let with_roles = |input: Map<String, Value>| {
            let mut whole = Value::Object(input);
            refer(&mut whole, &roles);
            match whole {
                Value::Object(map) => map,
                _ => Map::new(),
            }
        };
        let mut own = with_roles(sagemaker::domain(domain));
        if !domain.tags.is_empty() {
            own.insert("Tags".to_owned(), sagemaker::tags(&domain.tags));
        }
        let id = self.add("Domain", &domain.domain_name, "AWS::SageMaker::Domain", own);
        let domain_id = || ("DomainId".to_owned(), json!({ "Ref": id }));
        let mut profiles = Vec::new();
        for profile in &domain.user_profiles {
            let mut own = with_roles(sagemaker::profile(profile));
            own.extend([domain_id()]);
            if !profile.tags.is_empty() {
                own.insert("Tags".to_owned(), sagemaker::tags(&profile.tags));
            }
            let name = &profile.user_profile_name;
            profiles.push(self.add("Profile", name, "AWS::SageMaker::UserProfile", own));
        }
        for space in &domain.spaces {
            let mut own = sagemaker::space(space);
            own.extend([domain_id()]);
            let id = self.add("Space", &space.space_name, "AWS::SageMaker::Space", own);
            // Its owner is named, not referred to.
            if let Some(map) = self.resources.get_mut(&id).and_then(Value::as_object_mut)
                && !profiles.is_empty()
            {
                map.insert("DependsOn".to_owned(), json!(profiles));
            }
        }
    }
}

/// Puts a reference in place of each role's ARN.
fn refer(value: &mut Value, roles: &BTreeMap<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some(reference) = roles.get(text) {
                *value = reference.clone();
            }
        }
        Value::Object(map) => map.values_mut().for_each(|it| refer(it, roles)),
        Value::Array(items) => items.iter_mut().for_each(|it| refer(it, roles)),
        _ => (),
    }
}

/// Properties without those that say nothing.
fn properties(all: impl IntoIterator<Item = (&'static str, Value)>) -> Map<String, Value> {
    let says_something = |it: &Value| match it {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let kept = all.into_iter().filter(|(_, it)| says_something(it));
    kept.map(|(key, it)| (key.to_owned(), it)).collect()
}
