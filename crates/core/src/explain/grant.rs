//! Grants on KMS keys in words.

use crate::{
    request::Request,
    trace::{GrantMiss, GrantTrace},
};

/// What the grants on a key say together.
pub(crate) fn grants_sentence(grants: &[GrantTrace]) -> String {
    if let Some(it) = grants.iter().find(|it| it.allows()) {
        return format!("Grant `{}` allows it to `{}`", it.title(), it.grantee);
    }
    match grants {
        [only] => format!(
            "Grant `{}` does not allow it: {}",
            only.title(),
            misses(only)
        ),
        several => {
            let near = nearest(several);
            let near = near.map_or_else(String::new, |it| {
                format!("; `{}` comes nearest: {}", it.title(), misses(it))
            });
            format!("None of the {} grants allows it{near}", several.len())
        }
    }
}

/// The grant that came nearest to allowing: one of the caller's, which misses least.
pub(crate) fn nearest(grants: &[GrantTrace]) -> Option<&GrantTrace> {
    let own = grants
        .iter()
        .filter(|it| !it.misses.contains(&GrantMiss::Principal));
    own.min_by_key(|it| it.misses.len())
}

/// A sentence about the grant that came nearest, for whoever looks for a way in.
pub(crate) fn near_sentence(grant: &GrantTrace, request: &Request) -> String {
    format!(
        "Grant `{}` on the key is `{}`’s, but does not allow `{}`: {}.",
        grant.title(),
        grant.grantee,
        request.action,
        misses(grant)
    )
}

fn misses(grant: &GrantTrace) -> String {
    let each: Vec<String> = grant.misses.iter().map(|it| miss(it, grant)).collect();
    each.join("; and ")
}

fn miss(miss: &GrantMiss, grant: &GrantTrace) -> String {
    let or_none = |value: &Option<String>| match value {
        Some(it) => format!("is `{it}`"),
        None => "is not in the request".to_owned(),
    };
    match miss {
        GrantMiss::Principal => format!("it is `{}`’s", grant.grantee),
        GrantMiss::Operation => "the operation is not among its own".to_owned(),
        GrantMiss::EncryptionContext {
            key,
            wanted: Some(wanted),
            requested,
        } => format!(
            "`{key}` of the encryption context {}, and wanted is `{wanted}`",
            or_none(requested)
        ),
        GrantMiss::EncryptionContext { key, requested, .. } => format!(
            "`{key}` of the encryption context {}, and the grant wants no such pair",
            or_none(requested)
        ),
        GrantMiss::SourceArn { wanted, requested } => format!(
            "`aws:SourceArn` {}, and wanted is `{wanted}`",
            or_none(requested)
        ),
        GrantMiss::MoreOperations { operations } => {
            let operations: Vec<String> = operations.iter().map(|it| format!("`{it}`")).collect();
            format!(
                "a grant made by right of it may not allow more than it does itself, and {} is more",
                operations.join(", ")
            )
        }
        GrantMiss::NoConstraint => {
            "a grant made by right of it must keep its constraints".to_owned()
        }
    }
}
