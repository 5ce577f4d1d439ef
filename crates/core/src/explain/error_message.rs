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

/// S3, STS and IAM say `AccessDenied`, younger services `AccessDeniedException`.
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
            let layer = [Layer::Identity, Layer::Resource, Layer::Boundary]
                .into_iter()
                .find(|it| missing.contains(it));
            let kind = layer.map_or("policy", |it| policy_type(it, request));
            Some(format!("because no {kind} allows the {action} action"))
        }
    }
}

/// What AWS's messages call a layer.
pub(crate) fn policy_type(layer: Layer, request: &Request) -> &'static str {
    match layer {
        Layer::Identity => "identity-based policy",
        Layer::Resource if is_trust(request) => "role trust policy",
        Layer::Resource => "resource-based policy",
        Layer::Boundary => "permissions boundary",
    }
}

/// Whether the resource's policy is a role's trust policy.
pub(crate) fn is_trust(request: &Request) -> bool {
    request.action.service().eq_ignore_ascii_case("sts")
}
