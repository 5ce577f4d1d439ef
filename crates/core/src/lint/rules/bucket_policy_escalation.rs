//! The rule `bucket-policy-escalation`.

use crate::{
    lint::look::Look,
    lint::look::Seen,
    lint::{Found, rule},
    lint::{rules::bucket_for_object_action::is_bucket, shape::Shape},
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
                let is_named = named.pattern.value.matches_parts("s3", bucket);
                let missing = objects
                    .iter()
                    .find(|it| is_named && !is_given(look, seen, &s3(it)));
                missing.map(|it| (*bucket, *it))
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

/// Whether the document gives the action on the objects of all buckets that the statement names.
fn is_given(look: &Look<'_>, seen: &Seen<'_>, object: &ActionName) -> bool {
    let is_denied = look
        .statements
        .iter()
        .any(|it| it.is_deny() && it.conditions().is_empty() && it.covers(object));
    let is_given_on = |bucket: &str| {
        let objects = format!("{bucket}/*");
        look.granting_to_identities().any(|it| {
            let mut resources = it.resources().iter().map(|it| it.value.text());
            it.covers(object)
                && (it.statement.resource.as_ref().is_some_and(|it| it.negated)
                    || resources
                        .any(|it| it == bucket || Shape::takes_in(it, &objects, &look.steps)))
        })
    };
    let buckets = seen.resources().iter().map(|it| it.value.text());
    !is_denied
        && buckets
            .filter(|it| *it == "*" || is_bucket(it))
            .all(is_given_on)
}
