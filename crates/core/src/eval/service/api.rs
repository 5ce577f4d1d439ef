//! Calls that are authorized as an action of another name. Data.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>

use std::borrow::Cow;

use crate::names::ActionName;

/// Service, call, and the action that policies speak of; the first two in lower case.
const CALLS: [(&str, &str, &str); 9] = [
    ("s3", "listobjects", "ListBucket"),
    ("s3", "listobjectsv2", "ListBucket"),
    ("s3", "headbucket", "ListBucket"),
    ("s3", "headobject", "GetObject"),
    ("s3", "listbuckets", "ListAllMyBuckets"),
    ("s3", "createmultipartupload", "PutObject"),
    ("s3", "uploadpart", "PutObject"),
    ("s3", "completemultipartupload", "PutObject"),
    ("lambda", "invoke", "InvokeFunction"),
];

/// The action that policies are asked about.
pub(in crate::eval) fn authorized_as(action: &ActionName) -> Cow<'_, ActionName> {
    let found = CALLS
        .iter()
        .find(|(service, call, _)| action.folded() == (*service, *call));
    match found {
        Some((service, _, name)) => Cow::Owned(ActionName::new(service, name)),
        None => Cow::Borrowed(action),
    }
}
