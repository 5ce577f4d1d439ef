//! How each service words a refusal, where it differs from the general form.
//!
//! IAM writes the sentence «User: … is not authorized to perform: …», but each service has a code for it, a way to name
//! the thing it is about, and calls of other names than their actions. Only what a page of AWS or several outputs that
//! people show agree on stands in these tables; for everything else the general form holds. Knows no trace.

use crate::{
    names::ActionName,
    request::{Request, Resource},
};

/// What a service says round IAM's sentence.
pub(super) struct Answers {
    service: &'static str,
    /// The code in the CLI's brackets.
    pub(super) code: &'static str,
    /// What stands before the sentence.
    pub(super) before: &'static str,
}

const GENERAL: Answers = denied("", "AccessDeniedException");

const fn denied(service: &'static str, code: &'static str) -> Answers {
    Answers {
        service,
        code,
        before: "",
    }
}

const ANSWERS: [Answers; 8] = [
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
    denied("s3", "AccessDenied"),
    denied("sts", "AccessDenied"),
    // https://github.com/aws-samples/rancher-on-aws-workshop/issues/28
    // https://github.com/galaxyproject/cloudlaunch/issues/220
    denied("iam", "AccessDenied"),
    // https://github.com/tomaszkiewicz/prometheus-alertmanager-cloudwatch-webhook/issues/3
    // https://github.com/aws-cloudformation/cloudformation-cli/issues/376
    denied("cloudwatch", "AccessDenied"),
    // https://github.com/scopely-devops/skew/issues/81
    // https://github.com/runs-on/runs-on/issues/27
    denied("cloudformation", "AccessDenied"),
    // https://github.com/aws/serverless-application-model/issues/3633
    denied("sqs", "AccessDenied"),
    // https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/151
    // https://github.com/miztiik/Serverless-AMI-Baker/issues/5
    denied("sns", "AuthorizationError"),
    // https://github.com/aws/karpenter-provider-aws/issues/7370
    Answers {
        service: "ec2",
        code: "UnauthorizedOperation",
        before: "You are not authorized to perform this operation. ",
    },
];

/// What a service says; its prefix in lower case.
pub(super) fn answers(service: &str) -> &'static Answers {
    let of_service = ANSWERS.iter().find(|it| it.service == service);
    of_service.unwrap_or(&GENERAL)
}

/// Actions, in lower case, that a call of another name asks for; the plainest call of several.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>
const CALLS: [((&str, &str), &str); 16] = [
    (("s3", "listbucket"), "ListObjectsV2"),
    (("s3", "listallmybuckets"), "ListBuckets"),
    (("s3", "listbucketversions"), "ListObjectVersions"),
    (("s3", "listbucketmultipartuploads"), "ListMultipartUploads"),
    (("s3", "listmultipartuploadparts"), "ListParts"),
    (("s3", "getobjectversion"), "GetObject"),
    (("s3", "deleteobjectversion"), "DeleteObject"),
    (("s3", "getbucketpublicaccessblock"), "GetPublicAccessBlock"),
    (("s3", "putbucketpublicaccessblock"), "PutPublicAccessBlock"),
    (("s3", "getencryptionconfiguration"), "GetBucketEncryption"),
    (("s3", "putencryptionconfiguration"), "PutBucketEncryption"),
    (
        ("s3", "getlifecycleconfiguration"),
        "GetBucketLifecycleConfiguration",
    ),
    (
        ("s3", "putlifecycleconfiguration"),
        "PutBucketLifecycleConfiguration",
    ),
    (
        ("s3", "getreplicationconfiguration"),
        "GetBucketReplication",
    ),
    (
        ("s3", "putreplicationconfiguration"),
        "PutBucketReplication",
    ),
    (("lambda", "invokefunction"), "Invoke"),
];

/// The call that asks for an action.
pub(super) fn call(action: &ActionName) -> &str {
    let found = CALLS.iter().find(|(asked, _)| action.folded() == *asked);
    found.map_or(action.name(), |(_, call)| *call)
}

/// An action as its service writes it in a refusal.
pub(super) fn spelled(action: &ActionName) -> String {
    match action.folded().0 {
        // https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/151
        "sns" => format!("SNS:{}", action.name()),
        // https://github.com/aws/serverless-application-model/issues/3633
        // https://github.com/rebus-org/Rebus.AmazonSQS/issues/45
        "sqs" => action.to_string().to_ascii_lowercase(),
        _ => action.to_string(),
    }
}

/// How a refusal names what was asked for.
#[derive(Clone, Copy)]
enum Named {
    /// By its ARN.
    Arn,
    /// By its ARN between double quotes.
    Quoted,
    /// Not at all.
    Omitted,
    /// By its kind and its name, without a path.
    Name,
    /// By its kind and its ARN.
    KindAndArn,
    /// In words of its own.
    Words(&'static str),
    /// By what stands for all of a kind in the caller's account, and in the call's region where `true`.
    All(&'static str, bool),
}

/// By service and action; a star at the end stands for any rest. The first that fits counts, and these count before
/// [`OF_KIND`].
const OF_ACTION: [(&str, &str, Named); 12] = [
    // Calls that are about no thing: S3's and EC2's as many people show them,
    // https://github.com/github-aws-runners/terraform-aws-github-runner/pull/3067
    ("s3", "listallmybuckets", Named::Omitted),
    ("ec2", "describe*", Named::Omitted),
    ("cloudwatch", "putmetricdata", Named::Omitted),
    ("sagemaker", "listdomains", Named::All("domain/*", true)),
    ("iam", "listroles", Named::All("role/", false)),
    ("iam", "listpolicies", Named::Words("policy path /")),
    // https://github.com/alphagov/govuk-infrastructure/pull/2439
    ("iam", "passrole", Named::Arn),
    // What is not there yet, and what is asked about any kind of identity.
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.html
    ("iam", "createrole", Named::Arn),
    ("iam", "createuser", Named::Arn),
    ("iam", "createpolicy", Named::Name),
    ("iam", "createservicelinkedrole", Named::Arn),
    ("iam", "simulateprincipalpolicy", Named::Arn),
];

/// By the service and the kind of thing of an ARN.
const OF_KIND: [(&str, &str, Named); 4] = [
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
    ("s3", "", Named::Quoted),
    // https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2517
    ("iam", "role", Named::Name),
    // https://github.com/aws-samples/rancher-on-aws-workshop/issues/28
    ("iam", "user", Named::Name),
    // «iam:GetPolicy on resource: policy arn:aws:iam::…:policy/…», as many people show it.
    ("iam", "policy", Named::KindAndArn),
];

/// « on resource: …», as the service writes it; nothing where it names no resource.
pub(super) fn on_resource(request: &Request) -> String {
    let (service, action) = request.action.folded();
    let of_action = OF_ACTION.iter().find(|(of, name, _)| {
        *of == service
            && match name.strip_suffix('*') {
                Some(start) => action.starts_with(start),
                None => *name == action,
            }
    });
    let resource = request.resource.to_string();
    let kind = match &request.resource {
        Resource::Arn(arn) => arn.resource().split('/').next().unwrap_or_default(),
        Resource::Any => "",
    };
    let of_kind = OF_KIND
        .iter()
        .find(|(of, it, _)| *of == service && (it.is_empty() || *it == kind));
    let named = of_action.or(of_kind).map_or(Named::Arn, |it| it.2);
    let is_any = request.resource == Resource::Any;
    let name = || resource.rsplit('/').next().unwrap_or_default();
    let text = match named {
        Named::Omitted if is_any => return String::new(),
        Named::Words(words) if is_any => words.to_owned(),
        Named::All(kind, is_regional) if is_any => all_of(request, kind, is_regional),
        Named::Quoted if !is_any => format!("\"{resource}\""),
        Named::Name if !is_any => format!("{kind} {}", name()),
        Named::KindAndArn if !is_any => format!("{kind} {resource}"),
        _ => resource,
    };
    format!(" on resource: {text}")
}

fn all_of(request: &Request, kind: &str, is_regional: bool) -> String {
    let said = |key| request.context.single(key).unwrap_or("*");
    let partition = request.principal.partition().unwrap_or("aws");
    let region = if is_regional {
        said("aws:RequestedRegion")
    } else {
        ""
    };
    let account = request.principal.account_str().unwrap_or("*");
    let service = request.action.folded().0;
    format!("arn:{partition}:{service}:{region}:{account}:{kind}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::authorized_as;

    #[test]
    fn a_call_leads_back_to_its_action() {
        for ((service, action), call) in CALLS {
            let call = ActionName::new(service, call);
            let back = authorized_as(&call);
            let (_, back) = back.folded();
            // A call that names a version asks for an action of its own.
            let of_version = back
                .strip_suffix("object")
                .map(|it| format!("{it}objectversion"));
            assert!(
                back == action || of_version.as_deref() == Some(action),
                "{action}: {back}"
            );
        }
    }
}
