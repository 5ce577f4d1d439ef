//! The policy of a bucket, a repository or a VPC endpoint, which may have none.
//!
//! Knows of each kind a text to begin with. Invariant: the text that is added is valid as it stands, and takes nothing from
//! anybody that IAM has given, but unencrypted requests.

use crate::world::{
    Account, EntityId, PolicyText, Thing, World, change::Refusal, organization::ALLOW_ALL_RESOURCES,
};

/// Whether the thing has a policy; `None` where it is none that could, or is not there.
pub fn has_resource_policy(world: &World, entity: &EntityId) -> Option<bool> {
    let account = world.account_of(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::Bucket { name } => account.bucket(name)?.policy.is_some(),
        Thing::Repository { name } => account.repository(name)?.policy.is_some(),
        Thing::VpcEndpoint { id } => account.vpc_endpoint(id)?.policy.is_some(),
        _ => return None,
    })
}

/// Gives the thing a policy to begin with, in place of what it has.
///
/// # Errors
///
/// Where the thing is not there, or has no such policy.
pub fn add_resource_policy(world: &mut World, entity: &EntityId) -> Result<(), Refusal> {
    let gone = || Refusal::Gone(entity.clone());
    let text = first(world, entity).ok_or_else(gone)?;
    let place = place(world, entity).ok_or_else(gone)?;
    *place = Some(text.into());
    Ok(())
}

/// Takes the thing's policy away.
///
/// # Errors
///
/// Where the thing is not there, or has no such policy.
pub fn remove_resource_policy(world: &mut World, entity: &EntityId) -> Result<(), Refusal> {
    let place = place(world, entity).ok_or_else(|| Refusal::Gone(entity.clone()))?;
    *place = None;
    Ok(())
}

fn place<'w>(world: &'w mut World, entity: &EntityId) -> Option<&'w mut Option<PolicyText>> {
    let account = world.account_of_mut(entity.account.as_ref())?;
    Some(match &entity.thing {
        Thing::Bucket { name } => &mut account.bucket_mut(name)?.policy,
        Thing::Repository { name } => &mut account.repository_mut(name)?.policy,
        Thing::VpcEndpoint { id } => &mut account.vpc_endpoint_mut(id)?.policy,
        _ => return None,
    })
}

fn first(world: &World, entity: &EntityId) -> Option<String> {
    match &entity.thing {
        Thing::Bucket { name } => Some(only_encrypted(world, name)),
        Thing::Repository { .. } => {
            let account = world.account_of(entity.account.as_ref())?;
            Some(pull(world, account))
        }
        // AWS's own default.
        // <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
        Thing::VpcEndpoint { .. } => Some(format!("{ALLOW_ALL_RESOURCES}\n")),
        _ => None,
    }
}

/// It allows and denies nothing that IAM does not, but that requests come encrypted.
fn only_encrypted(world: &World, bucket: &str) -> String {
    let (bucket, objects) = (
        world.bucket_arn(bucket, None),
        world.bucket_arn(bucket, Some("*")),
    );
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "OnlyEncryptedTransport",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["{bucket}", "{objects}"],
      "Condition": {{ "Bool": {{ "aws:SecureTransport": "false" }} }}
    }}
  ]
}}
"#
    )
}

/// Everybody in this account may pull whom IAM allows it.
fn pull(world: &World, account: &Account) -> String {
    let account = world.iam_arn_in(&account.account, "root", "", "");
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "Pull",
      "Effect": "Allow",
      "Principal": {{ "AWS": "{account}" }},
      "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }}
  ]
}}
"#
    )
}
