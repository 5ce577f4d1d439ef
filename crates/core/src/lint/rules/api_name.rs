//! The rule `api-name`.

use crate::{
    catalogue::Service,
    lint::look::Look,
    lint::{Found, edit, rule},
};

rule! {
    /// The name of an API operation that is authorized by an action of another name.
    ///
    /// `ListObjectsV2` asks for permission to `s3:ListBucket`, `HeadObject` for `s3:GetObject`. An entry with the
    /// operation's own name stands for nothing.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListObjectsV2", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// Instead, write the action that the operation asks for.
    ///
    /// ```json identity
    /// { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::data" }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
    Warning "api-name"
}

/// Operations and the actions that they ask for.
const OPERATIONS: [(&str, &str, &str); 17] = [
    ("s3", "ListObjects", "ListBucket"),
    ("s3", "ListObjectsV2", "ListBucket"),
    ("s3", "HeadBucket", "ListBucket"),
    ("s3", "ListBuckets", "ListAllMyBuckets"),
    ("s3", "HeadObject", "GetObject"),
    ("s3", "CopyObject", "PutObject"),
    ("s3", "CreateMultipartUpload", "PutObject"),
    ("s3", "UploadPart", "PutObject"),
    ("s3", "CompleteMultipartUpload", "PutObject"),
    ("s3", "DeleteObjects", "DeleteObject"),
    ("s3", "ListMultipartUploads", "ListBucketMultipartUploads"),
    ("s3", "ListObjectVersions", "ListBucketVersions"),
    ("s3", "GetBucketEncryption", "GetEncryptionConfiguration"),
    ("s3", "PutBucketEncryption", "PutEncryptionConfiguration"),
    ("s3", "GetBucketReplication", "GetReplicationConfiguration"),
    (
        "s3",
        "GetBucketLifecycleConfiguration",
        "GetLifecycleConfiguration",
    ),
    ("lambda", "Invoke", "InvokeFunction"),
];

/// The action that an operation of the service asks for, where it has another name.
pub(super) fn action_of(service: &Service, operation: &str) -> Option<&'static str> {
    let mut all = OPERATIONS.iter();
    let is_it =
        |it: &&(&str, &str, &str)| it.0 == service.prefix && it.1.eq_ignore_ascii_case(operation);
    let name = all.find(is_it).map(|it| it.2);
    name.filter(|_| service.action(operation).is_none())
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    for named in look.statements.iter().flat_map(|it| &it.actions) {
        let Some(service) = named.service else {
            continue;
        };
        let Some(action) = action_of(service, named.name) else {
            continue;
        };
        let new = format!("{}:{action}", named.prefix);
        let span = named.pattern.span;
        found.mendable(
            span,
            format!("{} is an operation, not an action", named.quoted()),
            format!("the operation asks for `{new}`: write that"),
            Some(edit::rewrite(format!("Write `{new}`"), span, &new)),
        );
    }
}
