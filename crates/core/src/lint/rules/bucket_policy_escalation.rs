//! The rule `bucket-policy-escalation`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::Look,
    lint::{Found, rule},
    names::ActionName,
};

rule! {
    /// Writing a bucket's policy, list of access or rules of expiry, without the action on objects that it gives.
    ///
    /// Whoever may write the policy of a bucket can give themselves its objects, although the document does not.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// Instead, leave the policy to others, or allow openly what it amounts to.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": ["s3:PutBucketPolicy", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    ///   "Resource": ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html>
    Suggestion "bucket-policy-escalation"
}

/// Actions on a bucket, and what they amount to on its objects.
const AMOUNTS: [(&str, &[&str]); 3] = [
    (
        "PutBucketPolicy",
        &["GetObject", "PutObject", "DeleteObject"],
    ),
    ("PutBucketAcl", &["GetObject", "PutObject", "DeleteObject"]),
    ("PutLifecycleConfiguration", &["DeleteObject"]),
];

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    let s3 = |name: &str| ActionName::new("s3", name);
    for seen in look.granting_to_identities() {
        if seen.statement.action.negated {
            continue;
        }
        for named in seen.actions.iter().filter(|it| !it.pattern.value.is_any()) {
            let amounts = AMOUNTS.iter().find_map(|(bucket, objects)| {
                let missing = objects.iter().find(|object| {
                    !look
                        .granting_to_identities()
                        .any(|it| it.covers(&s3(object)))
                        || look.statements.iter().any(|it| {
                            it.is_deny() && it.conditions().is_empty() && it.covers(&s3(object))
                        })
                })?;
                named
                    .pattern
                    .value
                    .matches(&s3(bucket))
                    .then_some((*bucket, *missing))
            });
            if let Some((bucket, object)) = amounts {
                found.at(
                    named.pattern.span,
                    format!(
                        "`s3:{bucket}` amounts to `s3:{object}`, which this document does not allow"
                    ),
                    "leave it to administrators, or allow openly what it amounts to",
                );
            }
        }
    }
}
