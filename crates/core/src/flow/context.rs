//! The condition keys that a request of this walk carries.
//!
//! Knows which keys AWS sets for whom; decides nothing. Invariant: a key that AWS would not send is
//! absent here, not empty.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use crate::{
    by_name::Tags,
    names::{AccountId, Arn, ContextKey},
    policy::literal::date,
    request::{Context, ContextValue, Principal, Request, Resource},
    world::World,
};

/// The keys that say who calls, when and how.
pub(crate) fn of_caller(world: &World, principal: &Principal, time: &str) -> Context {
    let is_service = matches!(principal, Principal::Service { .. });
    let account = principal.account();
    let own = account.as_ref().unwrap_or(&world.home.account).as_str();
    let mut context = at_time(Context::new(), time)
        .with("aws:RequestedRegion", &world.region)
        .with("aws:SecureTransport", "true")
        .with("aws:ViaAWSService", "false")
        .with("aws:PrincipalIsAWSService", is_service.to_string())
        .with("aws:ResourceAccount", own);
    if let Some(id) = user_id(principal) {
        context = context.with("aws:userid", id);
    }
    let context = of_organization(world, context, "Principal", account.as_ref());
    match principal {
        Principal::Root { .. } => signed(context, principal.to_string(), own, "Account"),
        Principal::User { arn } => {
            let user = world.user_by_arn(arn.as_str());
            let context = signed(context, arn.to_string(), own, "User");
            with_tags(
                context.with("aws:username", arn.last_segment()),
                "aws:PrincipalTag",
                user.map(|it| &it.tags),
            )
        }
        Principal::RoleSession { role_arn, .. } => {
            let role = world.role_by_arn(role_arn.as_str());
            let context = signed(context, role_arn.to_string(), own, "AssumedRole");
            let context = context.with("aws:TokenIssueTime", time);
            with_tags(context, "aws:PrincipalTag", role.map(|it| &it.tags))
        }
        Principal::FederatedUser { arn, .. } => {
            let context = signed(context, arn.to_string(), own, "FederatedUser");
            context.with("aws:TokenIssueTime", time)
        }
        Principal::Service { name } => context
            .with("aws:PrincipalServiceName", name)
            .with("aws:UserAgent", name),
        Principal::Federated { .. } | Principal::Anonymous => context,
    }
}

/// The keys that say when a request is made.
pub(crate) fn at_time(context: Context, time: &str) -> Context {
    let context = context.with("aws:CurrentTime", time);
    match date(time) {
        Some(time) => context.with("aws:EpochTime", time.unix_seconds().to_string()),
        None => context,
    }
}

/// `aws:userid`. A world does not say which unique ids IAM gave: each user and role gets one of its
/// ARN, of AWS's form, always the same and like no id that a policy was written with.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
fn user_id(principal: &Principal) -> Option<String> {
    Some(match principal {
        Principal::Root { account } => account.to_string(),
        Principal::User { arn } => unique_id("AIDA", arn),
        Principal::RoleSession {
            session_arn,
            role_arn,
        } => format!(
            "{}:{}",
            unique_id("AROA", role_arn),
            session_arn.last_segment()
        ),
        Principal::FederatedUser { arn, .. } => {
            format!("{}:{}", arn.account_str()?, arn.last_segment())
        }
        Principal::Service { .. } | Principal::Federated { .. } | Principal::Anonymous => {
            return None;
        }
    })
}

/// Prefix and seventeen letters and digits: FNV-1a of the ARN, in the alphabet of base 32.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes>
fn unique_id(prefix: &str, arn: &Arn) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let step = |hash: u128, byte: u8| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    };
    let hash = arn
        .as_str()
        .bytes()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step);
    let letter = |n: u32| {
        let digit = usize::try_from(hash >> (n * 5) & 31).unwrap_or_default();
        ALPHABET.get(digit).copied().map_or('A', char::from)
    };
    prefix.chars().chain((0..17).map(letter)).collect()
}

/// Says whose the resource is, and which tags it has.
///
/// Nothing in the ARN of a bucket or an object names an account, so the world is asked.
pub(crate) fn of_resource(world: &World, request: Request) -> Request {
    let Resource::Arn(arn) = &request.resource else {
        // What names no resource is about the caller's own account.
        let own = request.principal.account();
        let context = of_organization(world, request.context, "Resource", own.as_ref());
        return Request { context, ..request };
    };
    let Some(owner) = world.owner_of(arn).cloned().or_else(|| arn.account()) else {
        return request;
    };
    let tags = tags_of(world, arn);
    let mut context = with_resource_tags(request.context.clone(), arn.service(), tags);
    context = of_organization(world, context, "Resource", Some(&owner));
    context = context.with("aws:ResourceAccount", owner.as_str());
    if arn.service() == "s3" {
        context = context.with("s3:ResourceAccount", owner.as_str());
    }
    let caller = request.principal.account();
    let is_own = *caller.as_ref().unwrap_or(&world.home.account) == owner;
    let resource_account = if is_own {
        request.resource_account
    } else {
        Some(owner)
    };
    Request {
        resource_account,
        context,
        ..request
    }
}

/// The tags of a thing of the world that others are let at by its tags. Names of profiles are compared
/// without case, their ARNs with.
fn tags_of<'w>(world: &'w World, arn: &Arn) -> Option<&'w Tags> {
    let mut parts = arn.resource().splitn(3, '/');
    match (arn.service(), parts.next()?) {
        ("iam", "role") => world.role_by_arn(arn.as_str()).map(|it| &it.tags),
        ("iam", "user") => world.user_by_arn(arn.as_str()).map(|it| &it.tags),
        ("sagemaker", kind) => {
            let account = world.account(&arn.account()?)?;
            let domain = account.domain(parts.next()?)?;
            match (kind, parts.next()) {
                ("domain", None) => Some(&domain.tags),
                ("user-profile", Some(name)) => {
                    let profile = domain.user_profile(name);
                    let profile = profile.filter(|it| it.user_profile_name == name);
                    profile.map(|it| &it.tags)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The keys that say on whose behalf a service calls: beside the account its place in an organization.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid>
pub(crate) fn of_source(world: &World, principal: &Principal, context: Context) -> Context {
    let account = context
        .single("aws:SourceAccount")
        .and_then(AccountId::parse);
    match principal {
        Principal::Service { .. } => of_organization(world, context, "Source", account.as_ref()),
        _ => context,
    }
}

/// The keys that say whose an endpoint is through which a request comes.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount>
pub(crate) fn of_endpoint_owner(world: &World, account: &AccountId) -> Context {
    let context = Context::new().with("aws:VpceAccount", account.as_str());
    of_organization(world, context, "Vpce", Some(account))
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

/// What S3 says of a request that an SDK has signed.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html>
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>
pub(crate) fn signed_for_s3(context: Context) -> Context {
    context
        .with("s3:authType", "REST-HEADER")
        .with("s3:signatureversion", "AWS4-HMAC-SHA256")
        .with("s3:TlsVersion", "1.3")
}

/// What KMS says of the pairs of an encryption context, and of the one way that symmetric keys encrypt.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
pub(crate) fn encrypting(context: Context, pairs: &[(&str, &str)]) -> Context {
    let keys: Vec<&str> = pairs.iter().map(|it| it.0).collect();
    let context = pairs.iter().fold(context, |context, (key, value)| {
        context.with(&format!("kms:EncryptionContext:{key}"), *value)
    });
    with_list(context, "kms:EncryptionContextKeys", &keys)
        .with("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT")
}

/// Adds a thing's tags under each of the given key prefixes.
pub(crate) fn with_tags(context: Context, prefix: &str, tags: Option<&Tags>) -> Context {
    tags.into_iter()
        .flatten()
        .fold(context, |context, (key, value)| {
            context.with(&format!("{prefix}/{key}"), value)
        })
}

/// Adds the tags of a thing that a request is about: under the key that all services have, and under
/// the service's own.
pub(crate) fn with_resource_tags(context: Context, service: &str, tags: Option<&Tags>) -> Context {
    let context = with_tags(context, "aws:ResourceTag", tags);
    with_tags(context, &format!("{service}:ResourceTag"), tags)
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
pub(crate) fn with_sent_tags(context: Context, tags: &Tags) -> Context {
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
