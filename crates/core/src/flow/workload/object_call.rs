//! One call on an object of S3: what it reads besides, and the keys that S3 asks for it on the caller's behalf.
//!
//! What a call does with an object's key is data, one line for each. A copy is a write that says by
//! `s3:x-amz-copy-source` what it copies, as policies see it. The head of an object asks for no key: S3 encrypts the
//! data alone, and only to show a checksum it would ask.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions>
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>

use crate::{
    flow::{
        Check, Hop, HopKind, Station, Why,
        caller::{Asked, Caller},
        walk::Scene,
    },
    names::{Arn, ContextKey},
    request::{Request, Resource},
};

/// What a call does with the object that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// It reads the object: the data key is decrypted.
    Reads,
    /// It begins a new object: a data key is made.
    Writes,
    /// It goes on with parts that are there, by their data key.
    Continues,
}

/// The action or call in lower case, the call as AWS writes it, and what it does.
const CALLS: [(&str, &str, Deed); 8] = [
    ("getobject", "GetObject", Deed::Reads),
    ("getobjectversion", "GetObject", Deed::Reads),
    ("putobject", "PutObject", Deed::Writes),
    (
        "createmultipartupload",
        "CreateMultipartUpload",
        Deed::Writes,
    ),
    ("copyobject", "CopyObject", Deed::Writes),
    ("uploadpart", "UploadPart", Deed::Continues),
    ("uploadpartcopy", "UploadPartCopy", Deed::Continues),
    (
        "completemultipartupload",
        "CompleteMultipartUpload",
        Deed::Continues,
    ),
];

/// What a request does with an object.
pub(super) struct ObjectCall<'a> {
    operation: &'static str,
    deed: Deed,
    object: &'a Arn,
    /// The object that is copied into it.
    source: Option<Source>,
}

struct Source {
    object: Arn,
    has_version: bool,
}

/// A key that S3 asks for, and for what.
struct KeyUse<'a> {
    key: String,
    how: (Why, &'static str, &'static str),
    object: &'a Arn,
}

impl Scene<'_> {
    /// What a request does with an object; nothing where it is no such call.
    pub(super) fn object_call<'r>(&self, request: &'r Request) -> Option<ObjectCall<'r>> {
        let Resource::Arn(object) = &request.resource else {
            return None;
        };
        let (service, action) = request.action.folded();
        bucket_of(object).filter(|_| service == "s3")?;
        let (_, operation, deed) = CALLS.iter().find(|it| it.0 == action)?;
        let is_written = *deed != Deed::Reads;
        let source = said(request, "s3:x-amz-copy-source").filter(|_| is_written);
        let source = source.and_then(|it| self.source(it));
        let operation = match (&source, deed) {
            (Some(_), Deed::Writes) => "CopyObject",
            (Some(_), Deed::Continues) => "UploadPartCopy",
            _ => operation,
        };
        Some(ObjectCall {
            operation,
            deed: *deed,
            object,
            source,
        })
    }

    /// The object that a header names: its bucket, its key, and behind a question mark its version.
    fn source(&self, header: &str) -> Option<Source> {
        let header = header.strip_prefix('/').unwrap_or(header);
        let (path, has_version) = match header.split_once("?versionId=") {
            Some((path, _)) => (path, true),
            None => (header, false),
        };
        let (bucket, key) = path.split_once('/')?;
        let object = self.world.bucket_arn(bucket, Some(key));
        Some(Source {
            object,
            has_version,
        })
    }

    /// What S3 checks besides what was asked: that who copies may read what is copied.
    pub(super) fn source_checks(
        &self,
        call: &ObjectCall<'_>,
        caller: &Caller,
        request: &Request,
    ) -> Vec<Check> {
        let Some(source) = &call.source else {
            return Vec::new();
        };
        let action = if source.has_version {
            "GetObjectVersion"
        } else {
            "GetObject"
        };
        let is_header = |it: &ContextKey| it.folded().starts_with("s3:x-amz-");
        let context = request.context.without(is_header);
        let asked: Asked =
            caller.request("s3", action, Resource::Arn(source.object.clone()), context);
        let unknown = self.not_in_world(&asked.request);
        let mut checks = vec![
            self.authorize(Why::ReadObject, asked)
                .during(call.operation),
        ];
        checks.extend(unknown);
        checks
    }

    /// The keys behind it: that of what is copied, and that of what is written or read. One key is asked at one door.
    pub(super) fn behind_object(
        &self,
        call: &ObjectCall<'_>,
        caller: &Caller,
        request: &Request,
        from: &Station,
    ) -> Vec<Hop> {
        let uses = self.keys_of_source(call).into_iter();
        let uses = uses.chain(self.keys_of_object(call, request));
        let mut hops: Vec<Hop> = Vec::new();
        for it in uses {
            let to = self.key_station(&it.key);
            let check = self.through_s3(caller, &it.key, it.how, it.object);
            if let Some(hop) = hops.iter_mut().find(|hop| hop.to == to) {
                hop.checks.push(check);
                continue;
            }
            let kind = if hops.is_empty() {
                HopKind::Kms
            } else {
                HopKind::OutputKey
            };
            let exists = Self::key_exists(&to, &it.key);
            let checks = exists.into_iter().chain([check]).collect();
            hops.push(Hop::new(kind, from.clone(), to, caller.identity(), checks));
        }
        hops
    }

    fn keys_of_source<'c>(&self, call: &'c ObjectCall<'_>) -> Option<KeyUse<'c>> {
        let object = &call.source.as_ref()?.object;
        Some(KeyUse {
            key: self.key_of_bucket(bucket_of(object)?)?,
            how: (Why::DecryptObject, "Decrypt", call.operation),
            object,
        })
    }

    /// The key that a write names, or the bucket's. By Amazon S3's own keys everybody may have it encrypted.
    fn keys_of_object<'c>(
        &self,
        call: &'c ObjectCall<'_>,
        request: &Request,
    ) -> Option<KeyUse<'c>> {
        let (why, action) = match call.deed {
            Deed::Reads => (Why::DecryptObject, "Decrypt"),
            Deed::Writes => (Why::EncryptObject, "GenerateDataKey"),
            Deed::Continues => (Why::DecryptParts, "Decrypt"),
        };
        let is_written = call.deed != Deed::Reads;
        let header = |name| said(request, name).filter(|_| is_written);
        if header("s3:x-amz-server-side-encryption") == Some("AES256") {
            return None;
        }
        let named = header("s3:x-amz-server-side-encryption-aws-kms-key-id");
        let key = named.map(str::to_owned);
        Some(KeyUse {
            key: key.or_else(|| self.key_of_bucket(bucket_of(call.object)?))?,
            how: (why, action, call.operation),
            object: call.object,
        })
    }
}

fn said<'r>(request: &'r Request, key: &str) -> Option<&'r str> {
    request.context.single(key)
}

/// The bucket of an object; nothing where the ARN names none, or a bucket itself.
fn bucket_of(object: &Arn) -> Option<&str> {
    let is_s3 = object.service() == "s3";
    object
        .resource()
        .split_once('/')
        .map(|it| it.0)
        .filter(|_| is_s3)
}
