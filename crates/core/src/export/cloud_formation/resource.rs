//! Keys, buckets, repositories, log groups and VPC endpoints.

use serde_json::{Value, json};

use crate::{
    export::{
        cloud_formation::{Template, properties},
        endpoint_type, networks,
    },
    world::Account,
};

impl Template<'_> {
    /// A key by the resource that makes it, else as it was typed.
    pub(super) fn key(&self, id: &str) -> Value {
        let own = self.written.keys.get(id);
        own.map_or_else(|| json!(id), |it| json!({ "Fn::GetAtt": [it, "Arn"] }))
    }

    pub(super) fn services(&mut self, account: &Account) {
        for key in &account.keys {
            let Some(policy) =
                self.document(&key.policy, &format!("key policy of `{}`", key.name()))
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
        self.left_out.extend(networks(account));
        for endpoint in &account.vpc_endpoints {
            let id = &endpoint.vpc_endpoint_id;
            let mut policy = Value::Null;
            if let Some(text) = &endpoint.policy {
                let what = format!("policy of VPC endpoint `{id}`");
                let Some(read) = self.document(text, &what) else {
                    continue;
                };
                policy = read;
            }
            let own = properties([
                ("VpcId", json!(endpoint.vpc_id)),
                ("ServiceName", json!(endpoint.service_name)),
                (
                    "VpcEndpointType",
                    json!(endpoint_type(&endpoint.service_name)),
                ),
                ("PolicyDocument", policy),
            ]);
            let id = self.add("Endpoint", id, "AWS::EC2::VPCEndpoint", own);
            if let Some(text) = &endpoint.policy {
                self.after_named(&id, text);
            }
        }
    }
}
