//! A world as somebody has it whose policies name what AWS gives ids: its network is in the world, that
//! of a second domain is not.

use rolewalk_core::{
    eval::{GrantConstraints, KeyGrant},
    names::Arn,
    world::{
        Bucket, Domain, InlinePolicy, ManagedPolicy, SecurityGroup, Subnet, Vpc, VpcEndpoint, World,
    },
};
use rolewalk_lessons::start_worlds;
use serde_json::{Value, json};

pub(crate) fn world() -> World {
    let mut world = start_worlds()[0].scenario().unwrap().world;
    let home = &mut world.home;
    let account = home.account.clone();
    let domain = home.domains[0].clone();
    let key = home.keys[0].key_id.clone();
    let key_arn = format!("arn:aws:kms:eu-west-1:{account}:key/{key}");
    let id = &domain.domain_id;
    let statement = |action: &str, resource: Value| {
        json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": action, "Resource": resource,
        }] })
        .to_string()
    };
    let profiles =
        format!("arn:aws:sagemaker:eu-west-1:{account}:user-profile/{id}/${{aws:username}}");
    let managed = ManagedPolicy {
        arn: Arn::parse(&format!("arn:aws:iam::{account}:policy/OpenStudio")).unwrap(),
        version: Some("v1".to_owned()),
        document: statement("sagemaker:CreatePresignedDomainUrl", json!(profiles)).into(),
        other_versions: Vec::new(),
    };
    let arn = managed.arn.clone();
    home.policies.push(managed);
    let role = home.roles[0].name.clone();
    let role = home.role_mut(&role).unwrap();
    role.attached_policies.push(arn.clone());
    role.inline_policies.push(InlinePolicy {
        name: "UseTheKey".to_owned(),
        document: statement("kms:Decrypt", json!([key_arn])).into(),
    });
    let group = home.groups[0].name.clone();
    home.group_mut(&group).unwrap().attached_policies.push(arn);
    home.vpcs.push(Vpc {
        vpc_id: domain.vpc_id.clone(),
        subnets: domain
            .subnet_ids
            .iter()
            .map(|it| Subnet {
                subnet_id: it.clone(),
                is_public: false,
            })
            .collect(),
        nat_gateway: false,
        endpoints: Vec::new(),
        security_groups: vec![SecurityGroup {
            group_id: domain.default_user_settings.security_groups[0].clone(),
            allows_nfs: true,
            allows_apps: true,
        }],
    });
    home.vpc_endpoints.push(VpcEndpoint {
        vpc_endpoint_id: "vpce-0f00f00f".to_owned(),
        service_name: "com.amazonaws.eu-west-1.s3".to_owned(),
        vpc_id: domain.vpc_id.clone(),
        policy: None,
    });
    let bucket = "acme-networked";
    home.buckets.push(Bucket {
        name: bucket.to_owned(),
        policy: Some(
            json!({ "Version": "2012-10-17", "Statement": [{
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": format!("arn:aws:s3:::{bucket}/*"),
                "Condition": { "StringNotEquals": {
                    "aws:SourceVpce": "vpce-0f00f00f",
                    "aws:SourceVpc": ["vpc-0e00e00e", domain.vpc_id],
                } },
            }] })
            .to_string()
            .into(),
        ),
        kms_key_id: Some(key_arn),
        is_key_assumed: false,
        block_public_access: None,
    });
    let grantee = format!("arn:aws:iam::{account}:root");
    home.keys[0].grants.push(KeyGrant {
        grant_id: "g1".to_owned(),
        name: "reading".to_owned(),
        grantee_principal: grantee,
        retiring_principal: None,
        operations: vec!["Decrypt".to_owned()],
        constraints: GrantConstraints::default(),
    });
    home.domains.push(Domain {
        domain_id: "d-elsewhere1".to_owned(),
        domain_name: "elsewhere".to_owned(),
        vpc_id: "vpc-0e00e00e".to_owned(),
        subnet_ids: vec!["subnet-0e00e00e".to_owned()],
        user_profiles: Vec::new(),
        ..domain
    });
    world
}
