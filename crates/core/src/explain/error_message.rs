//! The messages that AWS itself would show.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use crate::{
    flow::{Check, Subject},
    request::{Principal, Request},
    trace::{Decision, Layer, LayerOutcome, Trace},
};

/// What AWS would answer to a request that fails; nothing for one that passes, and for gates.
pub fn aws_error(check: &Check) -> Option<String> {
    let Subject::Authorization {
        operation,
        request,
        trace,
    } = &check.subject
    else {
        return None;
    };
    let because = because(request, trace)?;
    if let Principal::Service { name } = &request.principal {
        // A person never sees the service's own request, only that the role could not be had.
        return Some(format!(
            "An error occurred (ValidationException) when calling the {operation} operation: Could not assume role {}. \
             Please ensure that the role exists and allows principal '{name}' to assume the role.",
            request.resource
        ));
    }
    Some(format!(
        "An error occurred ({}) when calling the {operation} operation: {}",
        exception(request, operation),
        sentence(request, &because)
    ))
}

/// What AWS says of a request that fails, without the call around it: «User: … is not authorized to
/// perform: … because …»; nothing for one that passes.
pub fn aws_denial(request: &Request, trace: &Trace) -> Option<String> {
    because(request, trace).map(|it| sentence(request, &it))
}

/// What was asked and what came of it, in one sentence: AWS's own where the request fails.
pub fn answer_sentence(request: &Request, trace: &Trace) -> String {
    aws_denial(request, trace).unwrap_or_else(|| {
        format!(
            "User: {} is authorized to perform: {} on resource: {}",
            request.principal, request.action, request.resource
        )
    })
}

/// S3 and STS say `AccessDenied`, others `AccessDeniedException`. `iam:PassRole` is asked during
/// another service's call, and that service answers.
fn exception(request: &Request, operation: &str) -> &'static str {
    let is_old = match request.action.service() {
        "s3" | "sts" => true,
        // KMS is asked on behalf of S3 here, and S3 answers.
        "kms" => operation.ends_with("Object"),
        _ => false,
    };
    if is_old {
        "AccessDenied"
    } else {
        "AccessDeniedException"
    }
}

fn sentence(request: &Request, because: &str) -> String {
    format!(
        "User: {} is not authorized to perform: {} on resource: {} {because}",
        request.principal, request.action, request.resource
    )
}

fn because(request: &Request, trace: &Trace) -> Option<String> {
    let action = &request.action;
    match &trace.decision {
        Decision::Allowed { .. } => None,
        Decision::ExplicitDeny { .. } => {
            let denies = trace
                .layers
                .iter()
                .find(|it| it.outcome == LayerOutcome::Denies);
            let kind = denies.map_or("policy", |it| policy_type(it.layer, request));
            let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
                "an"
            } else {
                "a"
            };
            Some(format!("with an explicit deny in {article} {kind}"))
        }
        Decision::ImplicitDeny { missing } => {
            // AWS names one. Where both sides could have allowed, it names the identity-based one.
            let layer = first_named(missing);
            if layer == Some(Layer::BlockPublicAccess) {
                return Some("because of S3 Block Public Access".to_owned());
            }
            let kind = layer.map_or("policy", |it| policy_type(it, request));
            Some(format!("because no {kind} allows the {action} action"))
        }
    }
}

/// The layer that AWS names of those that did not allow: limits of the organization first, then
/// the sides themselves. Where both could have allowed, people look at the caller's first.
pub(crate) fn first_named(missing: &[Layer]) -> Option<Layer> {
    [
        Layer::Rcp,
        Layer::Scp,
        Layer::VpcEndpoint,
        Layer::Identity,
        Layer::Resource,
        Layer::Boundary,
        Layer::Session,
        Layer::BlockPublicAccess,
        Layer::AwsManaged,
    ]
    .into_iter()
    .find(|it| missing.contains(it))
}

/// What AWS's messages call a layer.
pub(crate) fn policy_type(layer: Layer, request: &Request) -> &'static str {
    match layer {
        Layer::Identity => "identity-based policy",
        Layer::Resource if is_trust(request) => "role trust policy",
        Layer::Resource => "resource-based policy",
        Layer::Boundary => "permissions boundary",
        Layer::Session => "session policy",
        Layer::Scp => "service control policy",
        Layer::Rcp => "resource control policy",
        Layer::VpcEndpoint => "VPC endpoint policy",
        Layer::BlockPublicAccess | Layer::AwsManaged => "policy",
    }
}

/// Whether the resource's policy is a role's trust policy.
pub(crate) fn is_trust(request: &Request) -> bool {
    request.action.service().eq_ignore_ascii_case("sts")
}
