//! The condition keys that a request of this walk carries.
//!
//! Knows which keys AWS sets for whom; decides nothing. Invariant: a key that AWS would not send is
//! absent here, not empty.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::collections::BTreeMap;

use crate::{
    names::{AccountId, ContextKey},
    request::{Context, ContextValue, Principal, Request, Resource},
    world::World,
};

/// The keys that say who calls, when and how.
pub(crate) fn of_caller(world: &World, principal: &Principal, time: &str) -> Context {
    let is_service = matches!(principal, Principal::Service { .. });
    let context = Context::new()
        .with("aws:CurrentTime", time)
        .with("aws:RequestedRegion", &world.region)
        .with("aws:SecureTransport", "true")
        .with("aws:ViaAWSService", "false")
        .with("aws:PrincipalIsAWSService", is_service.to_string())
        .with("aws:ResourceAccount", world.home.account.as_str());
    let context = of_organization(world, context, "Principal", principal.account().as_ref());
    match principal {
        Principal::Root { account } => {
            signed(context, principal.to_string(), account.as_str(), "Account")
        }
        Principal::User { arn } => {
            let user = world.user(arn.last_segment());
            let user = user.filter(|it| world.user_arn(it) == *arn);
            let account = world.home.account.as_str();
            let context = signed(context, arn.to_string(), account, "User");
            with_tags(
                context.with("aws:username", arn.last_segment()),
                "aws:PrincipalTag",
                user.map(|it| &it.tags),
            )
        }
        Principal::RoleSession { role_arn, .. } => {
            let role = world.role_by_arn(role_arn.as_str());
            let context = signed(
                context,
                role_arn.to_string(),
                world.home.account.as_str(),
                "AssumedRole",
            );
            with_tags(context, "aws:PrincipalTag", role.map(|it| &it.tags))
        }
        Principal::FederatedUser { arn, .. } => signed(
            context,
            arn.to_string(),
            world.home.account.as_str(),
            "FederatedUser",
        ),
        Principal::Service { name } => context.with("aws:PrincipalServiceName", name),
        Principal::Federated { .. } | Principal::Anonymous => context,
    }
}

/// Says whose the resource is, where that is not the account that the walk is in.
///
/// Nothing in the ARN of a bucket or an object names an account, so the world is asked.
pub(crate) fn of_resource(world: &World, request: Request) -> Request {
    let Resource::Arn(arn) = &request.resource else {
        return request;
    };
    let Some(owner) = world.owner_of(arn).cloned() else {
        return request;
    };
    let mut context = request.context.clone();
    context = of_organization(world, context, "Resource", Some(&owner));
    if owner == world.home.account {
        return Request { context, ..request };
    }
    context = context.with("aws:ResourceAccount", owner.as_str());
    if arn.service() == "s3" {
        context = context.with("s3:ResourceAccount", owner.as_str());
    }
    Request {
        resource_account: Some(owner),
        context,
        ..request
    }
}

/// The keys that say where in the organization an account is; none where it is not in one.
fn of_organization(
    world: &World,
    context: Context,
    of: &str,
    account: Option<&AccountId>,
) -> Context {
    let place = world.organization.as_ref().zip(account);
    let Some((organization, path)) = place.and_then(|(it, account)| Some((it, it.path(account)?)))
    else {
        return context;
    };
    let context = context.with(&format!("aws:{of}OrgID"), &organization.id);
    with_list(context, &format!("aws:{of}OrgPaths"), &[&path])
}

fn signed(context: Context, arn: String, account: &str, kind: &str) -> Context {
    context
        .with("aws:PrincipalArn", arn)
        .with("aws:PrincipalAccount", account)
        .with("aws:PrincipalType", kind)
}

/// Adds a thing's tags under each of the given key prefixes.
pub(crate) fn with_tags(
    context: Context,
    prefix: &str,
    tags: Option<&BTreeMap<String, String>>,
) -> Context {
    tags.into_iter()
        .flatten()
        .fold(context, |context, (key, value)| {
            context.with(&format!("{prefix}/{key}"), value)
        })
}

/// Adds a multi-valued key.
pub(crate) fn with_list(mut context: Context, key: &str, values: &[&str]) -> Context {
    let values = values.iter().map(|it| (*it).to_owned()).collect();
    context.insert(ContextKey::new(key), ContextValue::Multi(values));
    context
}

/// Adds a multi-valued key, where it has a value.
pub(crate) fn with_strings(context: Context, key: &str, values: &[String]) -> Context {
    if values.is_empty() {
        return context;
    }
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    with_list(context, key, &values)
}

/// Adds the tags that a call sends along: each by itself, and the list of their keys.
pub(crate) fn with_sent_tags(context: Context, tags: &BTreeMap<String, String>) -> Context {
    let keys: Vec<&str> = tags.keys().map(String::as_str).collect();
    if keys.is_empty() {
        return context;
    }
    with_list(
        with_tags(context, "aws:RequestTag", Some(tags)),
        "aws:TagKeys",
        &keys,
    )
}

/// Both, and where they share a key, the second's.
pub(crate) fn merged(mut context: Context, other: &Context) -> Context {
    for (key, value) in other.iter() {
        context.insert(key.clone(), value.clone());
    }
    context
}
