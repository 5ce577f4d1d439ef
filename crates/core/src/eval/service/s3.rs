//! Buckets: settings that stop what policies allow, tags that count only where it is set so, and
//! the one thing that no bucket policy can take from the owner's root user.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use crate::{
    eval::{PolicySet, Settings, service::s3_public::is_public},
    names::ContextKey,
    request::{Principal, Request, Resource},
    trace::{Note, Unmodelled},
};

/// The ACLs that let in everybody, or everybody with an account.
const PUBLIC_ACLS: [&str; 3] = ["public-read", "public-read-write", "authenticated-read"];

/// The groups of ACLs that stand for the same.
const PUBLIC_GROUPS: [&str; 2] = [
    "/groups/global/AllUsers",
    "/groups/global/AuthenticatedUsers",
];

/// The headers that put somebody on an ACL, as condition keys.
const GRANTS: [&str; 5] = [
    "s3:x-amz-grant-read",
    "s3:x-amz-grant-write",
    "s3:x-amz-grant-read-acp",
    "s3:x-amz-grant-write-acp",
    "s3:x-amz-grant-full-control",
];

fn is_s3(request: &Request) -> bool {
    request.action.folded().0 == "s3"
}

/// Whether the settings of Block Public Access bear on the request.
pub(in crate::eval) fn is_public_access_asked(policies: &PolicySet, request: &Request) -> bool {
    policies.settings.s3.block_public_access.is_some() && is_s3(request)
}

/// What Block Public Access stops.
pub(in crate::eval) fn restriction(
    policies: &PolicySet,
    request: &Request,
    is_cross_account: bool,
) -> Option<Note> {
    let settings = policies.settings.s3.block_public_access?;
    if !is_s3(request) {
        return None;
    }
    if settings.block_public_acls && asks_for_public_acl(request) {
        return Some(Note::PublicAclBlocked);
    }
    let is_stranger = is_cross_account || matches!(request.principal, Principal::Anonymous);
    let is_restricted = settings.restrict_public_buckets && is_stranger;
    let policy = policies.resource.as_ref().filter(|_| is_restricted)?;
    is_public(&policy.policy).then_some(Note::PublicBucketRestricted)
}

fn asks_for_public_acl(request: &Request) -> bool {
    let values = |key: &str| {
        let found = request.context.get(&ContextKey::new(key));
        found.map_or(&[][..], |it| it.values())
    };
    values("s3:x-amz-acl")
        .iter()
        .any(|it| PUBLIC_ACLS.contains(&it.as_str()))
        || GRANTS
            .iter()
            .flat_map(|it| values(it))
            .any(|value| PUBLIC_GROUPS.iter().any(|it| value.contains(it)))
}

/// Whether the request is about a bucket itself, and carries tags of it that do not count.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html>
pub(in crate::eval) fn ignores_bucket_tags(settings: Settings, request: &Request) -> bool {
    let Resource::Arn(arn) = &request.resource else {
        return false;
    };
    let is_bucket = is_s3(request) && arn.service() == "s3" && !arn.resource().contains(['/', ':']);
    is_bucket
        && !settings.s3.bucket_abac_enabled
        && request.context.iter().any(|it| is_bucket_tag(it.0))
}

pub(super) fn is_bucket_tag(key: &ContextKey) -> bool {
    key.folded().starts_with("aws:resourcetag/") || key.folded().starts_with("s3:buckettag/")
}

/// What the policies are asked about. For the list of buckets that is `arn:aws:s3:::*`, so that policies may name every bucket
/// instead of everything.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html>
pub(in crate::eval) fn asked_of(request: &Request) -> &str {
    match (request.action.folded(), request.asked_of()) {
        (("s3", "listallmybuckets" | "listbuckets"), "*") => match request.principal.partition() {
            Some("aws-cn") => "arn:aws-cn:s3:::*",
            Some("aws-us-gov") => "arn:aws-us-gov:s3:::*",
            _ => "arn:aws:s3:::*",
        },
        (_, asked_of) => asked_of,
    }
}

/// Whoever locks everybody out of a bucket is let back in by the root user.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html>
pub(in crate::eval) fn is_above_bucket_policy(request: &Request, is_cross_account: bool) -> bool {
    let (service, name) = request.action.folded();
    let is_about_policy = matches!(
        name,
        "getbucketpolicy" | "putbucketpolicy" | "deletebucketpolicy"
    );
    matches!(request.principal, Principal::Root { .. })
        && !is_cross_account
        && service == "s3"
        && is_about_policy
}

/// Through an access point, its policy and the bucket's must both allow, and one is given.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>
pub(super) fn access_point(request: &Request) -> Option<Unmodelled> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let is_access_point = is_s3(request) && arn.resource().starts_with("accesspoint/");
    is_access_point.then_some(Unmodelled::AccessPointAndBucket)
}

/// Where S3 looks into the policy or ACL that is put, which the request does not carry here.
pub(super) fn content(settings: Settings, request: &Request) -> Option<Unmodelled> {
    let settings = settings.s3.block_public_access?;
    let is_looked_at = match request.action.folded() {
        ("s3", "putbucketpolicy" | "putaccesspointpolicy") => settings.block_public_policy,
        ("s3", "putbucketacl" | "putobjectacl") => {
            let named = request.context.single("s3:x-amz-acl");
            settings.block_public_acls && named.is_none()
        }
        _ => false,
    };
    is_looked_at.then_some(Unmodelled::ContentOfRequest)
}
