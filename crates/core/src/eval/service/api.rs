//! Operations that are authorized as an action of another name. Data.
//!
//! Where an operation asks for two actions, as `CopyObject` does, the one here is that of the resource it makes or changes.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>

use std::{borrow::Cow, cmp::Ordering};

use crate::names::ActionName;

/// Those of S3, a line for each: the operation in lower case, by which the lines are sorted, and its action. A text, since a
/// list of pairs is a larger program.
const OF_S3: &str = "\
completemultipartupload PutObject
copyobject PutObject
createbucketmetadataconfiguration CreateBucketMetadataTableConfiguration
createmultipartupload PutObject
deletebucketanalyticsconfiguration PutAnalyticsConfiguration
deletebucketcors PutBucketCORS
deletebucketencryption PutEncryptionConfiguration
deletebucketintelligenttieringconfiguration PutIntelligentTieringConfiguration
deletebucketinventoryconfiguration PutInventoryConfiguration
deletebucketlifecycle PutLifecycleConfiguration
deletebucketmetadataconfiguration DeleteBucketMetadataTableConfiguration
deletebucketmetricsconfiguration PutMetricsConfiguration
deletebucketownershipcontrols PutBucketOwnershipControls
deletebucketreplication PutReplicationConfiguration
deletebuckettagging PutBucketTagging
deleteobjects DeleteObject
deletepublicaccessblock PutBucketPublicAccessBlock
getbucketaccelerateconfiguration GetAccelerateConfiguration
getbucketanalyticsconfiguration GetAnalyticsConfiguration
getbucketencryption GetEncryptionConfiguration
getbucketintelligenttieringconfiguration GetIntelligentTieringConfiguration
getbucketinventoryconfiguration GetInventoryConfiguration
getbucketlifecycle GetLifecycleConfiguration
getbucketlifecycleconfiguration GetLifecycleConfiguration
getbucketmetadataconfiguration GetBucketMetadataTableConfiguration
getbucketmetricsconfiguration GetMetricsConfiguration
getbucketnotificationconfiguration GetBucketNotification
getbucketreplication GetReplicationConfiguration
getobjectlockconfiguration GetBucketObjectLockConfiguration
getpublicaccessblock GetBucketPublicAccessBlock
headbucket ListBucket
headobject GetObject
listbucketanalyticsconfigurations GetAnalyticsConfiguration
listbucketintelligenttieringconfigurations GetIntelligentTieringConfiguration
listbucketinventoryconfigurations GetInventoryConfiguration
listbucketmetricsconfigurations GetMetricsConfiguration
listbuckets ListAllMyBuckets
listmultipartuploads ListBucketMultipartUploads
listobjects ListBucket
listobjectsv2 ListBucket
listobjectversions ListBucketVersions
listparts ListMultipartUploadParts
putbucketaccelerateconfiguration PutAccelerateConfiguration
putbucketanalyticsconfiguration PutAnalyticsConfiguration
putbucketencryption PutEncryptionConfiguration
putbucketintelligenttieringconfiguration PutIntelligentTieringConfiguration
putbucketinventoryconfiguration PutInventoryConfiguration
putbucketlifecycle PutLifecycleConfiguration
putbucketlifecycleconfiguration PutLifecycleConfiguration
putbucketmetricsconfiguration PutMetricsConfiguration
putbucketnotificationconfiguration PutBucketNotification
putbucketreplication PutReplicationConfiguration
putobjectlockconfiguration PutBucketObjectLockConfiguration
putpublicaccessblock PutBucketPublicAccessBlock
selectobjectcontent GetObject
uploadpart PutObject
uploadpartcopy PutObject";

/// The action that policies speak of where they know an operation, named in lower case, under another name.
pub(crate) fn action_of_operation(service: &str, operation: &str) -> Option<&'static str> {
    match service {
        "lambda" => (operation == "invoke").then_some("InvokeFunction"),
        "s3" => action_of_s3(operation),
        _ => None,
    }
}

/// Found by halving: it is asked of every request for S3.
fn action_of_s3(operation: &str) -> Option<&'static str> {
    let mut lines = OF_S3;
    loop {
        let half = lines.get(..lines.len() / 2)?;
        let start = half.rfind('\n').map_or(0, |it| it + 1);
        let (before, rest) = lines.split_at_checked(start)?;
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        let (name, action) = line.split_once(' ')?;
        lines = match operation.cmp(name) {
            Ordering::Less => before,
            Ordering::Equal => return Some(action),
            Ordering::Greater => behind,
        };
    }
}

/// The action that policies are asked about.
pub(crate) fn authorized_as(action: &ActionName) -> Cow<'_, ActionName> {
    let (service, operation) = action.folded();
    match action_of_operation(service, operation) {
        Some(name) => Cow::Owned(ActionName::new(service, name)),
        None => Cow::Borrowed(action),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_and_nothing_else() {
        let mut last = "";
        for line in OF_S3.lines() {
            let (operation, action) = line.split_once(' ').unwrap();
            assert_eq!(operation, operation.to_ascii_lowercase());
            assert!(last < operation, "{last} {operation}");
            assert_eq!(action_of_operation("s3", operation), Some(action));
            last = operation;
        }
        for other in ["", "a", "getobject", "listbucket", "uploadpart ", "z"] {
            assert_eq!(action_of_operation("s3", other), None, "{other}");
        }
    }
}
