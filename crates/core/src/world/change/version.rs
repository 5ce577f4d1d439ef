//! Versions of a customer managed policy: one more, another default, one less.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>

use crate::{
    names::Arn,
    world::{Limited, ManagedPolicy, PolicyVersion, Thing, World, change::Refusal},
};

/// What a policy's only version is called.
const FIRST: &str = "v1";

fn policy<'a>(world: &'a mut World, arn: &Arn) -> Result<&'a mut ManagedPolicy, Refusal> {
    if arn.is_aws_owned() {
        return Err(Refusal::AwsManaged);
    }
    let mut policies = world.accounts_mut().flat_map(|it| &mut it.policies);
    let policy = policies.find(|it| it.arn == *arn);
    policy.ok_or_else(|| Refusal::Gone(Thing::ManagedPolicy { arn: arn.clone() }.into()))
}

/// Keeps the text as it is as a version, and makes a new default of the same text, to be changed; gives
/// the new version.
///
/// # Errors
///
/// Where AWS keeps the policy, or there are five versions already.
pub fn add_version(world: &mut World, arn: &Arn) -> Result<String, Refusal> {
    let policy = policy(world, arn)?;
    if policy.other_versions.len() + 1 >= Limited::PolicyVersions.most() {
        return Err(Refusal::LastVersion);
    }
    let old = policy.version.clone().unwrap_or_else(|| FIRST.to_owned());
    let others = policy.other_versions.iter().map(|it| &it.version);
    let numbers = others.chain([&old]);
    let numbers = numbers.filter_map(|it| it.strip_prefix('v')?.parse::<u64>().ok());
    let new = format!("v{}", numbers.max().unwrap_or(0).saturating_add(1));
    let document = policy.document.clone();
    let kept = PolicyVersion {
        version: old,
        document,
    };
    policy.other_versions.insert(0, kept);
    policy.version = Some(new.clone());
    Ok(new)
}

/// Puts a version in force; the one that was is kept.
///
/// # Errors
///
/// Where AWS keeps the policy, or has no such version.
pub fn make_default(world: &mut World, arn: &Arn, version: &str) -> Result<(), Refusal> {
    let policy = policy(world, arn)?;
    let old = policy.version.clone().unwrap_or_else(|| FIRST.to_owned());
    let mut others = policy.other_versions.iter_mut();
    let Some(other) = others.find(|it| it.version == version) else {
        return Err(Refusal::Gone(
            Thing::ManagedPolicy { arn: arn.clone() }.into(),
        ));
    };
    let new = std::mem::replace(&mut other.version, old);
    std::mem::swap(&mut other.document, &mut policy.document);
    policy.version = Some(new);
    Ok(())
}

/// Deletes a version that is not in force.
///
/// # Errors
///
/// Where AWS keeps the policy, or the version is the default.
pub fn delete_version(world: &mut World, arn: &Arn, version: &str) -> Result<(), Refusal> {
    let policy = policy(world, arn)?;
    if policy.version.as_deref().unwrap_or(FIRST) == version {
        return Err(Refusal::DefaultVersion);
    }
    policy.other_versions.retain(|it| it.version != version);
    Ok(())
}
