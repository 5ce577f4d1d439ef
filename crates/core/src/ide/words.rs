//! What is said of the parts of the policy language, in completion and hover alike: elements, operators, condition keys.
//!
//! Words only, each with the AWS page it follows. Invariant: one thing is described in one place.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use crate::{
    catalogue::KeyType,
    policy::{BaseOperator, Operator, SetOperator},
};

/// Elements of a document and of a statement, and what they say.
const ELEMENTS: [(&str, &str); 12] = [
    (
        "Version",
        "The version of the policy language. Write `2012-10-17`: without it, variables such as `${aws:username}` are plain text.",
    ),
    (
        "Id",
        "A name for the whole policy. Some services ask for one; it changes nothing.",
    ),
    (
        "Statement",
        "The list of statements. Each one allows or denies by itself, and a `Deny` always wins.",
    ),
    (
        "Sid",
        "A name for the statement, unique in its document. It changes nothing; in IAM it has letters and digits only.",
    ),
    (
        "Effect",
        "`Allow` or `Deny`. What nothing allows is denied; what one statement denies, no other allows.",
    ),
    (
        "Principal",
        "Whom the statement is about: accounts, users, roles, services or identity providers.",
    ),
    (
        "NotPrincipal",
        "The statement is about everybody except these. With `Allow` that is nearly everybody; AWS advises conditions instead.",
    ),
    (
        "Action",
        "What is asked for: `service:Name`, with `*` and `?` in the name. Letter case does not matter.",
    ),
    (
        "NotAction",
        "Every action except these, of every service. With `Allow` it grants what nobody has listed.",
    ),
    (
        "Resource",
        "What the action is done to: ARNs with `*` and `?`. An action without resource types needs `*`.",
    ),
    (
        "NotResource",
        "Everything except these. With `Allow` it grants what nobody has listed.",
    ),
    (
        "Condition",
        "When the statement counts: each operator and each key has to be met; of several values one is enough.",
    ),
];

/// What an element says, with its name as AWS writes it.
pub(super) fn element(name: &str) -> Option<(&'static str, &'static str)> {
    let mut elements = ELEMENTS.iter().copied();
    elements.find(|it| it.0.eq_ignore_ascii_case(name))
}

/// The types of principals, and what they say.
pub(super) const PRINCIPAL_TYPES: [(&str, &str); 4] = [
    (
        "AWS",
        "Accounts, users, roles and role sessions. An account stands for all in it that its own policies allow.",
    ),
    (
        "Service",
        "A service of AWS, such as `sagemaker.amazonaws.com`, when it acts itself.",
    ),
    (
        "Federated",
        "An identity provider: its users ask by `AssumeRoleWithSAML` or `AssumeRoleWithWebIdentity`.",
    ),
    (
        "CanonicalUser",
        "An account by its canonical id, in bucket policies.",
    ),
];

/// What a condition operator compares.
pub(super) const fn comparison(base: BaseOperator) -> &'static str {
    use BaseOperator as Base;
    match base {
        Base::StringEquals => {
            "The value is the same text, letter case included; `*` is no wildcard."
        }
        Base::StringNotEquals => "The value is another text; `*` is no wildcard.",
        Base::StringEqualsIgnoreCase => "The value is the same text, letter case aside.",
        Base::StringNotEqualsIgnoreCase => "The value is another text, letter case aside.",
        Base::StringLike => "The value fits the pattern: `*` is any text, `?` one character.",
        Base::StringNotLike => {
            "The value does not fit the pattern: `*` is any text, `?` one character."
        }
        Base::NumericEquals => "The value is this number.",
        Base::NumericNotEquals => "The value is another number.",
        Base::NumericLessThan => "The value is less than this number.",
        Base::NumericLessThanEquals => "The value is this number or less.",
        Base::NumericGreaterThan => "The value is greater than this number.",
        Base::NumericGreaterThanEquals => "The value is this number or greater.",
        Base::DateEquals => "The value is this date.",
        Base::DateNotEquals => "The value is another date.",
        Base::DateLessThan => "The value is before this date.",
        Base::DateLessThanEquals => "The value is this date or before it.",
        Base::DateGreaterThan => "The value is after this date.",
        Base::DateGreaterThanEquals => "The value is this date or after it.",
        Base::Bool => "The value is `true` or `false`, as written.",
        Base::BinaryEquals => "The value is these bytes, in base64.",
        Base::IpAddress => "The value is an address of this range, such as `203.0.113.0/24`.",
        Base::NotIpAddress => "The value is no address of this range.",
        Base::ArnEquals | Base::ArnLike => {
            "The value fits the ARN, part by part: `*` and `?` never cross a colon of the first five."
        }
        Base::ArnNotEquals | Base::ArnNotLike => "The value does not fit the ARN, part by part.",
        Base::Null => {
            "Whether the request lacks the key: `true` where it has to be absent, `false` where it has to be there."
        }
    }
}

/// What several values of a request come to.
pub(super) const fn of_set(set: SetOperator) -> &'static str {
    match set {
        SetOperator::ForAllValues => {
            "Each value of the request has to fit one of these. It is met too when the request has no value at all: add `Null` with `false` in an `Allow`."
        }
        SetOperator::ForAnyValue => "One value of the request has to fit one of these.",
    }
}

/// What an operator comes to where the request does not have the key.
pub(super) const fn when_absent(operator: Operator) -> &'static str {
    match operator {
        Operator {
            base: BaseOperator::Null,
            ..
        } => "It asks about the absence of the key itself.",
        Operator {
            if_exists: true, ..
        } => "A request without the key meets it: that is what `IfExists` says.",
        Operator {
            set: Some(SetOperator::ForAllValues),
            ..
        } => "A request without the key meets it.",
        Operator {
            set: Some(SetOperator::ForAnyValue),
            ..
        } => "A request without the key does not meet it.",
        Operator { base, .. } if base.is_negated() => {
            "A request without the key meets it: the operator is negated."
        }
        _ => "A request without the key does not meet it.",
    }
}

/// The type of a key, as AWS writes it.
pub(super) const fn type_name(value_type: KeyType) -> &'static str {
    match value_type {
        KeyType::String => "String",
        KeyType::Arn => "ARN",
        KeyType::Bool => "Bool",
        KeyType::Numeric => "Numeric",
        KeyType::Date => "Date",
        KeyType::IpAddress => "IPAddress",
        KeyType::Binary => "Binary",
        KeyType::ArrayOfString => "ArrayOfString",
        KeyType::ArrayOfArn => "ArrayOfARN",
        KeyType::ArrayOfBool => "ArrayOfBool",
    }
}

/// When a key is in a request; keys whose names vary stand with what is fixed of them.
const PRESENT: [(&str, &str); 75] = [
    (
        "aws:PrincipalArn",
        "In every signed request. For a role session it is the ARN of the role.",
    ),
    ("aws:PrincipalAccount", "In every signed request."),
    (
        "aws:PrincipalOrgPaths",
        "Where the caller's account is in an organization.",
    ),
    (
        "aws:PrincipalOrgID",
        "Where the caller's account is in an organization.",
    ),
    (
        "aws:PrincipalTag/",
        "Where the user, the role or its session has that tag.",
    ),
    (
        "aws:PrincipalIsAWSService",
        "In every request: `true` where a service calls by itself.",
    ),
    (
        "aws:PrincipalServiceName",
        "Where a service calls by itself.",
    ),
    (
        "aws:PrincipalServiceNamesList",
        "Where a service calls by itself.",
    ),
    ("aws:PrincipalType", "In every request."),
    (
        "aws:userid",
        "In every signed request; for a role session `role-id:session-name`.",
    ),
    (
        "aws:username",
        "For IAM users only: a role session has none.",
    ),
    (
        "aws:AssumedRoot",
        "In requests of root sessions that an organization's account took on.",
    ),
    (
        "aws:FederatedProvider",
        "In requests of sessions that a provider of web identities vouched for.",
    ),
    (
        "aws:TokenIssueTime",
        "In requests with temporary credentials.",
    ),
    (
        "aws:MultiFactorAuthAge",
        "In requests with temporary credentials that were asked for with MFA. Absent for access keys.",
    ),
    (
        "aws:MultiFactorAuthPresent",
        "In requests with temporary credentials. Absent, not `false`, for access keys.",
    ),
    (
        "aws:ChatbotSourceArn",
        "In requests of a session that a chat configuration opened.",
    ),
    (
        "aws:Ec2InstanceSourceVpc",
        "In requests signed with the role of an EC2 instance.",
    ),
    (
        "aws:Ec2InstanceSourcePrivateIPv4",
        "In requests signed with the role of an EC2 instance.",
    ),
    (
        "ec2:RoleDelivery",
        "In requests signed with the role of an EC2 instance.",
    ),
    (
        "aws:SourceIdentity",
        "In requests of role sessions that were given a source identity.",
    ),
    (
        "aws:SignInSessionArn",
        "In requests of sessions that began with a sign-in.",
    ),
    (
        "aws:SourceIp",
        "In requests that come over the internet. Absent over a VPC endpoint and in calls that a service makes.",
    ),
    ("aws:SourceVpc", "In requests over a VPC endpoint."),
    ("aws:SourceVpcArn", "In requests over a VPC endpoint."),
    ("aws:SourceVpce", "In requests over a VPC endpoint."),
    (
        "aws:VpceAccount",
        "In requests over a VPC endpoint, for services that support it.",
    ),
    (
        "aws:VpceOrgID",
        "In requests over a VPC endpoint whose account is in an organization.",
    ),
    (
        "aws:VpceOrgPaths",
        "In requests over a VPC endpoint whose account is in an organization.",
    ),
    ("aws:VpcSourceIp", "In requests over a VPC endpoint."),
    (
        "aws:ResourceAccount",
        "In most requests: the account that owns the resource.",
    ),
    (
        "aws:ResourceOrgID",
        "In most requests where the resource's account is in an organization.",
    ),
    (
        "aws:ResourceOrgPaths",
        "In most requests where the resource's account is in an organization.",
    ),
    (
        "aws:ResourceTag/",
        "Where the resource has that tag and the action supports it.",
    ),
    ("aws:CurrentTime", "In every request."),
    ("aws:EpochTime", "In every request."),
    ("aws:referer", "Where the browser sends it; anybody can."),
    ("aws:RequestedRegion", "In every request."),
    ("aws:RequestTag/", "Where the request sends that tag along."),
    (
        "aws:TagKeys",
        "Where the request sends tags along: their keys.",
    ),
    ("aws:SecureTransport", "In every request: `true` over TLS."),
    (
        "aws:SourceAccount",
        "Where a service calls on behalf of a resource: the account of that resource. Absent where people call.",
    ),
    (
        "aws:SourceArn",
        "Where a service calls on behalf of a resource: the ARN of that resource. Absent where people call.",
    ),
    (
        "aws:SourceOrgID",
        "Where a service calls on behalf of a resource of an organization.",
    ),
    (
        "aws:SourceOrgPaths",
        "Where a service calls on behalf of a resource of an organization.",
    ),
    (
        "aws:UserAgent",
        "In every request; anybody can send what they like.",
    ),
    (
        "aws:CalledVia",
        "Where a service passes a caller's request on: the services on the way.",
    ),
    (
        "aws:CalledViaFirst",
        "Where a service passes a caller's request on: the first on the way.",
    ),
    (
        "aws:CalledViaLast",
        "Where a service passes a caller's request on: the last on the way.",
    ),
    (
        "aws:ViaAWSService",
        "In every request: `true` where a service passes a caller's request on.",
    ),
    (
        "iam:PassedToService",
        "In checks of `iam:PassRole`: the service that is to take on the role.",
    ),
    (
        "iam:AssociatedResourceArn",
        "In checks of `iam:PassRole`: the resource that the role is for.",
    ),
    (
        "iam:PermissionsBoundary",
        "Where the request sets a permissions boundary, or the user or role has one.",
    ),
    (
        "iam:PolicyARN",
        "Where the request attaches or detaches a managed policy.",
    ),
    ("iam:AWSServiceName", "Where a service-linked role is made."),
    ("iam:ResourceTag/", "Where the user or role has that tag."),
    (
        "sts:ExternalId",
        "Where the caller sends an external id along with `sts:AssumeRole`.",
    ),
    (
        "sts:RoleSessionName",
        "Where a role is assumed: the name of the session.",
    ),
    (
        "sts:SourceIdentity",
        "Where the caller sets a source identity.",
    ),
    (
        "sts:TransitiveTagKeys",
        "Where the caller marks session tags as transitive.",
    ),
    (
        "s3:prefix",
        "In `s3:ListBucket`, where the caller asks for keys that begin with something.",
    ),
    (
        "s3:delimiter",
        "In `s3:ListBucket`, where the caller sends a delimiter.",
    ),
    (
        "s3:max-keys",
        "In `s3:ListBucket`, where the caller limits the number of keys.",
    ),
    (
        "s3:x-amz-server-side-encryption",
        "Where the request says how to encrypt; absent where the bucket's default is used.",
    ),
    (
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "Where the request names a KMS key; absent where the bucket's default is used.",
    ),
    ("s3:x-amz-acl", "Where the request sets a canned ACL."),
    ("s3:ExistingObjectTag/", "Where the object has that tag."),
    (
        "s3:RequestObjectTag/",
        "Where the request sends that object tag along.",
    ),
    (
        "s3:ResourceAccount",
        "In requests to S3: the account that owns the bucket.",
    ),
    ("s3:TlsVersion", "In requests over TLS."),
    (
        "kms:ViaService",
        "Where a service uses the key for the caller, such as `s3.eu-west-1.amazonaws.com`.",
    ),
    (
        "kms:CallerAccount",
        "In requests to KMS: the account of the caller.",
    ),
    (
        "kms:GrantIsForAWSResource",
        "In requests about grants: `true` where a service makes the grant.",
    ),
    (
        "kms:EncryptionContext:",
        "Where the request has that pair in its encryption context.",
    ),
    (
        "sagemaker:ResourceTag/",
        "Where the SageMaker resource has that tag.",
    ),
];

/// When a key is in a request, in a sentence; `None` where nothing more is known than which actions support it.
pub(super) fn presence(key: &str) -> Option<&'static str> {
    let is_it = |it: &&(&str, &str)| {
        let begins = it.0.ends_with(['/', ':']);
        let head = key.get(..it.0.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it.0))
            && (begins || key.len() == it.0.len())
    };
    PRESENT.iter().find(is_it).map(|it| it.1)
}

/// AWS's words with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let end = if text.is_empty() || text.ends_with('.') {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}
