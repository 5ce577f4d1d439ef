//! Keys, buckets, repositories, log groups and VPC endpoints.

use crate::{
    eval::BlockPublicAccess,
    export::{
        endpoint_type,
        ids::{IdOf, Rank},
        terraform::{
            Config,
            hcl::{Body, quoted},
        },
    },
    names::ALIAS,
    world::{Account, Bucket},
};

impl Config<'_> {
    pub(super) fn keys(&mut self, account: &Account) {
        for (idx, key) in account.keys.iter().enumerate() {
            let what = format!("key policy of `{}`", key.name());
            let address = self.references.key(idx).map(str::to_owned);
            let takes = self.takes(&key.policy, &what);
            let Some(address) = address.filter(|_| takes) else {
                continue;
            };
            let body = Body::default().list("depends_on", &self.written.named(&key.policy));
            let body = self.document(body, "policy", (&key.policy, Rank::Key), &what);
            self.resource(&address, &body);
            if let Some(alias) = &key.alias {
                let body = Body::default()
                    .text("name", &format!("{ALIAS}{alias}"))
                    .bare("target_key_id", format!("{address}.key_id"));
                self.add("aws_kms_alias", alias, &body);
            }
            let arn = format!("key/{}", key.key_id);
            let arn = self.world.regional_arn_in(&account.account, "kms", &arn);
            self.written.keys.insert(arn.to_string(), address.clone());
            self.written.keys.insert(key.key_id.clone(), address);
        }
    }

    /// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_grant>
    pub(super) fn grants(&mut self, account: &Account) {
        for key in &account.keys {
            let Some(address) = self.written.keys.get(&key.key_id).cloned() else {
                continue;
            };
            for it in &key.grants {
                let mut body = Body::default();
                if !it.name.is_empty() {
                    body = body.text("name", &it.name);
                }
                let operations: Vec<String> = it.operations.iter().map(|it| quoted(it)).collect();
                body = body
                    .bare("key_id", format!("{address}.key_id"))
                    .bare("grantee_principal", self.role(&it.grantee_principal))
                    .list("operations", &operations);
                if let Some(retiring) = &it.retiring_principal {
                    body = body.bare("retiring_principal", self.role(retiring));
                }
                // The provider knows either of the two in a block, and no source ARN.
                for (name, pairs) in [
                    (
                        "encryption_context_equals",
                        &it.constraints.encryption_context_equals,
                    ),
                    (
                        "encryption_context_subset",
                        &it.constraints.encryption_context_subset,
                    ),
                ] {
                    if !pairs.is_empty() {
                        body = body.block("constraints", Body::default().map(name, pairs));
                    }
                }
                self.add("aws_kms_grant", &it.grant_id, &body);
            }
        }
    }

    pub(super) fn buckets(&mut self, account: &Account) {
        if let Some(block) = account.block_public_access {
            let body = public_access(Body::default(), block);
            self.add("aws_s3_account_public_access_block", "account", &body);
        }
        for bucket in &account.buckets {
            self.bucket(bucket);
        }
    }

    fn bucket(&mut self, bucket: &Bucket) {
        let name = &bucket.name;
        let address = self.address("aws_s3_bucket", name);
        self.resource(&address, &Body::default().text("bucket", name));
        let of_bucket = || Body::default().bare("bucket", format!("{address}.id"));
        let mut first = Vec::new();
        if let Some(block) = bucket.block_public_access {
            let own = self.address("aws_s3_bucket_public_access_block", name);
            self.resource(&own, &public_access(of_bucket(), block));
            // A new bucket blocks public policies until this says otherwise.
            first.push(own);
        }
        if let Some(key) = &bucket.kms_key_id {
            let by_default = Body::default()
                .text("sse_algorithm", "aws:kms")
                .bare("kms_master_key_id", self.key(key));
            let rule = Body::default().block("apply_server_side_encryption_by_default", by_default);
            let body = of_bucket().block("rule", rule);
            let kind = "aws_s3_bucket_server_side_encryption_configuration";
            self.add(kind, name, &body);
        }
        let what = format!("bucket policy of `{name}`");
        let policy = bucket.policy.as_ref();
        if let Some(policy) = policy.filter(|it| self.takes(it, &what)) {
            first.extend(self.written.named(policy));
            let body = of_bucket().list("depends_on", &first);
            let body = self.document(body, "policy", (policy, Rank::Policy), &what);
            self.add("aws_s3_bucket_policy", name, &body);
        }
    }

    pub(super) fn others(&mut self, account: &Account) {
        for repository in &account.repositories {
            let name = &repository.name;
            let address = self.address("aws_ecr_repository", name);
            self.resource(&address, &Body::default().text("name", name));
            let what = format!("repository policy of `{name}`");
            let policy = repository.policy.as_ref();
            if let Some(policy) = policy.filter(|it| self.takes(it, &what)) {
                let body = Body::default()
                    .bare("repository", format!("{address}.name"))
                    .list("depends_on", &self.written.named(policy));
                let body = self.document(body, "policy", (policy, Rank::Policy), &what);
                self.add("aws_ecr_repository_policy", name, &body);
            }
        }
        for group in &account.log_groups {
            let body = Body::default().text("name", &group.name);
            self.add("aws_cloudwatch_log_group", &group.name, &body);
        }
        for (idx, endpoint) in account.vpc_endpoints.iter().enumerate() {
            let what = format!("policy of VPC endpoint `{}`", endpoint.vpc_endpoint_id);
            let policy = endpoint.policy.as_ref();
            let takes = policy.is_none_or(|it| self.takes(it, &what));
            let address = self.references.endpoint(idx).map(str::to_owned);
            let Some(address) = address.filter(|_| takes) else {
                continue;
            };
            let mut body = Body::default()
                .bare("vpc_id", self.network(IdOf::Vpc, &endpoint.vpc_id))
                .bare("service_name", quoted(&endpoint.service_name))
                .text("vpc_endpoint_type", endpoint_type(&endpoint.service_name));
            if let Some(policy) = policy {
                body = body.list("depends_on", &self.written.named(policy));
                body = self.document(body, "policy", (policy, Rank::Endpoint), &what);
            }
            self.resource(&address, &body);
        }
    }
}

fn public_access(body: Body, block: BlockPublicAccess) -> Body {
    body.bare("block_public_acls", block.block_public_acls.to_string())
        .bare("ignore_public_acls", block.ignore_public_acls.to_string())
        .bare("block_public_policy", block.block_public_policy.to_string())
        .bare(
            "restrict_public_buckets",
            block.restrict_public_buckets.to_string(),
        )
}
