//! Keys, buckets, repositories, log groups and VPC endpoints.

use serde_json::{Value, json};

use crate::{
    export::{
        cloud_formation::{Template, properties},
        endpoint_type,
        ids::{IdOf, Rank},
    },
    names::ALIAS,
    world::Account,
};

impl Template<'_> {
    /// A key by the resource that makes it, else as it was typed.
    pub(super) fn key(&self, id: &str) -> Value {
        let own = self.written.keys.get(id);
        own.map_or_else(|| json!(id), |it| json!({ "Fn::GetAtt": [it, "Arn"] }))
    }

    pub(super) fn services(&mut self, account: &Account) {
        for (idx, key) in account.keys.iter().enumerate() {
            let what = format!("key policy of `{}`", key.name());
            let policy = self.document(&key.policy, &what);
            let id = self.references.key(idx).map(str::to_owned);
            let (Some(policy), Some(id)) = (policy, id) else {
                continue;
            };
            let policy = self.with_ids(policy, Rank::Key, &what);
            self.put(&id, "AWS::KMS::Key", properties([("KeyPolicy", policy)]));
            if let Some(alias) = &key.alias {
                let alias_of = self::properties([
                    ("AliasName", json!(format!("{ALIAS}{alias}"))),
                    ("TargetKeyId", json!({ "Ref": id })),
                ]);
                self.add("Alias", alias, "AWS::KMS::Alias", alias_of);
            }
            self.after_named(&id, &key.policy);
            let arn = format!("key/{}", key.key_id);
            let arn = self.world.regional_arn_in(&account.account, "kms", &arn);
            self.written.keys.insert(arn.to_string(), id.clone());
            self.written.keys.insert(key.key_id.clone(), id);
        }
        for bucket in &account.buckets {
            let key = bucket.kms_key_id.as_deref().map(|it| self.key(it));
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
            let what = format!("bucket policy of `{}`", bucket.name);
            if let Some(text) = &bucket.policy
                && let Some(policy) = self.document(text, &what)
            {
                let policy = self.with_ids(policy, Rank::Policy, &what);
                let own =
                    properties([("Bucket", json!({ "Ref": id })), ("PolicyDocument", policy)]);
                let id = self.add("BucketPolicy", &bucket.name, "AWS::S3::BucketPolicy", own);
                self.after_named(&id, text);
            }
        }
        for repository in &account.repositories {
            let what = format!("repository policy of `{}`", repository.name);
            let policy = repository.policy.as_ref();
            let policy = policy.and_then(|it| self.document(it, &what));
            let policy = policy.map(|it| self.with_ids(it, Rank::Policy, &what));
            let own = properties([
                ("RepositoryName", json!(repository.name)),
                ("RepositoryPolicyText", policy.unwrap_or_default()),
            ]);
            let id = self.add("Repository", &repository.name, "AWS::ECR::Repository", own);
            if let Some(text) = &repository.policy {
                self.after_named(&id, text);
            }
        }
        for group in &account.log_groups {
            let own = properties([("LogGroupName", json!(group.name))]);
            self.add("LogGroup", &group.name, "AWS::Logs::LogGroup", own);
        }
    }

    pub(super) fn endpoints(&mut self, account: &Account) {
        for key in account.keys.iter().filter(|it| !it.grants.is_empty()) {
            self.left_out.push(format!(
                "grants on the key `{}`: CloudFormation has nothing for them; use `aws kms create-grant`",
                key.name()
            ));
        }
        if account.block_public_access.is_some() {
            self.left_out.push(
                "Block Public Access of the account: CloudFormation has nothing for it; use `aws s3control put-public-access-block`"
                    .to_owned(),
            );
        }
        for (idx, endpoint) in account.vpc_endpoints.iter().enumerate() {
            let mut policy = Value::Null;
            if let Some(text) = &endpoint.policy {
                let what = format!("policy of VPC endpoint `{}`", endpoint.vpc_endpoint_id);
                let Some(read) = self.document(text, &what) else {
                    continue;
                };
                policy = self.with_ids(read, Rank::Endpoint, &what);
            }
            let Some(id) = self.references.endpoint(idx).map(str::to_owned) else {
                continue;
            };
            let own = properties([
                ("VpcId", self.network(IdOf::Vpc, &endpoint.vpc_id)),
                ("ServiceName", json!(endpoint.service_name)),
                (
                    "VpcEndpointType",
                    json!(endpoint_type(&endpoint.service_name)),
                ),
                ("PolicyDocument", policy),
            ]);
            self.put(&id, "AWS::EC2::VPCEndpoint", own);
            if let Some(text) = &endpoint.policy {
                self.after_named(&id, text);
            }
        }
    }
}
