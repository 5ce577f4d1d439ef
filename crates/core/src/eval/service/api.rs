//! Operations that are authorized as an action of another name. Data.
//!
//! Where an operation asks for two actions, as `CopyObject` does, the one here is that of the resource it makes or changes.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>

use std::borrow::Cow;

use crate::names::ActionName;

/// Those of S3, each operation before its action: words, since a list of pairs is a larger program.
const OF_S3: &str = "\
    CompleteMultipartUpload PutObject \
    CopyObject PutObject \
    CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration \
    CreateMultipartUpload PutObject \
    DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration \
    DeleteBucketCors PutBucketCORS \
    DeleteBucketEncryption PutEncryptionConfiguration \
    DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration \
    DeleteBucketInventoryConfiguration PutInventoryConfiguration \
    DeleteBucketLifecycle PutLifecycleConfiguration \
    DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration \
    DeleteBucketMetricsConfiguration PutMetricsConfiguration \
    DeleteBucketOwnershipControls PutBucketOwnershipControls \
    DeleteBucketReplication PutReplicationConfiguration \
    DeleteBucketTagging PutBucketTagging \
    DeleteObjects DeleteObject \
    DeletePublicAccessBlock PutBucketPublicAccessBlock \
    GetBucketAccelerateConfiguration GetAccelerateConfiguration \
    GetBucketAnalyticsConfiguration GetAnalyticsConfiguration \
    GetBucketEncryption GetEncryptionConfiguration \
    GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration \
    GetBucketInventoryConfiguration GetInventoryConfiguration \
    GetBucketLifecycle GetLifecycleConfiguration \
    GetBucketLifecycleConfiguration GetLifecycleConfiguration \
    GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration \
    GetBucketMetricsConfiguration GetMetricsConfiguration \
    GetBucketNotificationConfiguration GetBucketNotification \
    GetBucketReplication GetReplicationConfiguration \
    GetObjectLockConfiguration GetBucketObjectLockConfiguration \
    GetPublicAccessBlock GetBucketPublicAccessBlock \
    HeadBucket ListBucket \
    HeadObject GetObject \
    ListBucketAnalyticsConfigurations GetAnalyticsConfiguration \
    ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration \
    ListBucketInventoryConfigurations GetInventoryConfiguration \
    ListBucketMetricsConfigurations GetMetricsConfiguration \
    ListBuckets ListAllMyBuckets \
    ListMultipartUploads ListBucketMultipartUploads \
    ListObjectVersions ListBucketVersions \
    ListObjects ListBucket \
    ListObjectsV2 ListBucket \
    ListParts ListMultipartUploadParts \
    PutBucketAccelerateConfiguration PutAccelerateConfiguration \
    PutBucketAnalyticsConfiguration PutAnalyticsConfiguration \
    PutBucketEncryption PutEncryptionConfiguration \
    PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration \
    PutBucketInventoryConfiguration PutInventoryConfiguration \
    PutBucketLifecycle PutLifecycleConfiguration \
    PutBucketLifecycleConfiguration PutLifecycleConfiguration \
    PutBucketMetricsConfiguration PutMetricsConfiguration \
    PutBucketNotificationConfiguration PutBucketNotification \
    PutBucketReplication PutReplicationConfiguration \
    PutObjectLockConfiguration PutBucketObjectLockConfiguration \
    PutPublicAccessBlock PutBucketPublicAccessBlock \
    SelectObjectContent GetObject \
    UploadPart PutObject \
    UploadPartCopy PutObject";

/// The action that policies speak of where they know an operation under another name.
pub(crate) fn action_of_operation(service: &str, operation: &str) -> Option<&'static str> {
    if service == "lambda" && operation.eq_ignore_ascii_case("Invoke") {
        return Some("InvokeFunction");
    }
    if service != "s3" {
        return None;
    }
    let mut words = OF_S3.split_ascii_whitespace();
    // Both words of a pair at a time, so that an action is not taken for an operation.
    while let (Some(name), Some(action)) = (words.next(), words.next()) {
        if name.eq_ignore_ascii_case(operation) {
            return Some(action);
        }
    }
    None
}

/// The action that policies are asked about.
pub(crate) fn authorized_as(action: &ActionName) -> Cow<'_, ActionName> {
    let (service, operation) = action.folded();
    match action_of_operation(service, operation) {
        Some(name) => Cow::Owned(ActionName::new(service, name)),
        None => Cow::Borrowed(action),
    }
}
