//! The messages that AWS itself would show.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use crate::{
    eval::{asks_trust_policy, authorized_as},
    explain::service_words::{answers, call, on_resource, spelled},
    flow::{Check, Gate, Outcome, Place, Subject, Timing, Why},
    request::{Principal, Request, Resource},
    trace::{Decision, Layer, LayerOutcome, Trace},
};

/// What AWS would answer to a check that fails; nothing for one that passes or is not judged, and for
/// gates that AWS has no words for.
pub fn aws_error(check: &Check) -> Option<String> {
    let (operation, request, trace) = match &check.subject {
        Subject::Gate { gate, .. } => return of_gate(gate),
        Subject::Authorization {
            operation,
            request,
            trace,
        } => (operation.as_str(), request.as_ref(), trace.as_ref()),
    };
    if !trace.is_judged() {
        return None;
    }
    let denial = aws_denial(request, trace)?;
    if let Some(message) = in_own_words(check, operation, request, trace) {
        return Some(message);
    }
    let is_own_call = operation == request.action.name();
    let operation = if is_own_call {
        call(&request.action)
    } else {
        operation
    };
    let answers = answers(answering(request, is_own_call));
    Some(format!(
        "An error occurred ({}) when calling the {operation} operation: {}{denial}",
        answers.code, answers.before
    ))
}

/// The service that answers: the action's own, or the one whose call asks for it on the way.
fn answering(request: &Request, is_own_call: bool) -> &str {
    let service = request.action.folded().0;
    let via = request.context.single("kms:ViaService");
    match service {
        _ if is_own_call && !request.action.is("iam:PassRole") => service,
        // KMS is asked on behalf of S3 here, and S3 answers.
        "kms" if via.is_some_and(|it| it.starts_with("s3.")) => "s3",
        "s3" | "sts" => service,
        _ => "sagemaker",
    }
}

/// Where SageMaker does not pass on IAM's sentence but has one of its own. As people report them.
fn in_own_words(
    check: &Check,
    operation: &str,
    request: &Request,
    trace: &Trace,
) -> Option<String> {
    let resource = &request.resource;
    let invalid =
        format!("An error occurred (ValidationException) when calling the {operation} operation:");
    let place = match check.timing {
        Timing::Async { place } => Some(place),
        Timing::Sync => None,
    };
    Some(match (check.why, place) {
        // `HEAD` has no body to say why in.
        // https://github.com/aws/amazon-sagemaker-examples/issues/1931
        (Why::ReadObject | Why::Asked, None) if matches!(operation, "HeadObject" | "HeadBucket") => {
            format!("An error occurred (403) when calling the {operation} operation: Forbidden")
        }
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
        (Why::Simulated, _) => {
            let decision = match &trace.decision {
                Decision::ExplicitDeny { .. } => "explicitDeny",
                _ => "implicitDeny",
            };
            format!("SimulatePrincipalPolicy: {decision} for {} on resource {resource}", request.action)
        }
        // A person never sees the service's own request, only that the role could not be had.
        // https://github.com/aws/sagemaker-python-sdk/issues/43
        (Why::ServiceAssumesRole, Some(_)) => {
            format!("SageMaker was unable to assume the role '{resource}'")
        }
        // https://github.com/bentoml/BentoML/issues/892
        (Why::ServiceAssumesRole, None) if operation == "CreateModel" => format!(
            "{invalid} The execution role ARN \"{resource}\" is invalid. Please ensure that the role exists and that its trust \
             relationship policy allows the action \"sts:AssumeRole\" for the service principal \"{}\"",
            request.principal
        ),
        // https://github.com/awslabs/predictive-maintenance-using-machine-learning/issues/3
        (Why::ServiceAssumesRole, None) => format!(
            "{invalid} Could not assume role {resource}. Please ensure that the role exists and allows principal '{}' to \
             assume the role.",
            request.principal
        ),
        // https://github.com/philschmid/llm-sagemaker-sample/issues/2
        (Why::ModelData, _) => format!(
            "{invalid} Could not access model data at {}. Please ensure that the role \"{}\" exists and that its trust \
             relationship policy allows the action \"sts:AssumeRole\" for the service principal \"sagemaker.amazonaws.com\". \
             Also ensure that the role has \"s3:GetObject\" permissions and that the object is located in {}. If your Model \
             uses multiple models or uncompressed models, please ensure that the role has \"s3:ListBucket\" permission.",
            s3_uri(resource),
            role_arn(request),
            request
                .context
                .single("aws:RequestedRegion")
                .unwrap_or_default()
        ),
        // https://github.com/aws/deep-learning-containers/issues/5657
        (Why::ServicePullsImage, _) => format!(
            "{invalid} The repository of your image {} does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage, \
             ecr:BatchCheckLayerAvailability permission to {} service principal",
            repository(resource).0,
            request.principal
        ),
        // https://github.com/yuyasugano/terraform-sagemaker-sample-1/issues/1
        (Why::RegistryLogin | Why::PullImage, Some(Place::Endpoint)) => "Please make sure all images included in the \
             model for the production variant AllTraffic exist, and that the execution role used to create the model has \
             permissions to access them."
            .to_owned(),
        // https://github.com/aws/sagemaker-spark-container/issues/158
        (Why::PullImage, Some(_)) if is_silent(trace, Layer::Identity) => {
            let (name, registry) = repository(resource);
            format!("Access denied for repository: {name} in registry ID: {registry}")
        }
        // https://github.com/aws-samples/cvat-on-aws-china/issues/3
        (Why::ReadObject, Some(Place::Endpoint)) => {
            format!(
                "Failed to download model data for container from {}",
                s3_uri(resource)
            )
        }
        // https://github.com/data-dot-all/dataall/issues/47
        (Why::CreateApp, _) => format!(
            "SageMaker is unable to use your associated ExecutionRole [{}] to create app. Verify that your associated \
             ExecutionRole has permission for 'sagemaker:CreateApp'.",
            role_arn(request)
        ),
        _ => return None,
    })
}

/// The messages that are no answer of IAM's.
fn of_gate(gate: &Gate) -> Option<String> {
    match gate {
        // https://github.com/boto/boto3/issues/3180
        Gate::Assigned {
            domain,
            is_assigned: false,
            ..
        } => Some(format!(
            "Access Denied. Please check if user is assigned to Studio Domain [{domain}] and SSO Application is Active."
        )),
        // https://github.com/aws/amazon-sagemaker-feedback/issues/113
        Gate::NothingLeft { place, arn, left } => {
            let (operation, kind) = match place {
                Place::Domain => ("DeleteDomain", "Domain"),
                _ => ("DeleteUserProfile", "UserProfile"),
            };
            let first = left.first()?.split(' ').next()?;
            let what = match first {
                "app" => "App(s)",
                "space" => "Space(s)",
                _ => "UserProfile(s)",
            };
            Some(format!(
                "An error occurred (ResourceInUse) when calling the {operation} operation: Unable to delete {kind} [{arn}] \
                 because {what} are associated with it"
            ))
        }
        // https://github.com/hashicorp/terraform-provider-aws/issues/20986
        Gate::NoMountTargets { subnets, .. } if gate.outcome() == Outcome::Fails => Some(format!(
            "An error occurred (DependencyViolation) when calling the DeleteSubnet operation: The subnet '{}' has \
             dependencies and cannot be deleted.",
            subnets.first()?
        )),
        // https://github.com/aws/sagemaker-python-sdk/issues/300
        Gate::CallerIsRole { arn } => Some(format!(
            "ValueError: The current AWS identity is not a role: {arn}, therefore it cannot be used as a SageMaker execution role"
        )),
        _ => None,
    }
}

fn is_silent(trace: &Trace, layer: Layer) -> bool {
    matches!(&trace.decision, Decision::ImplicitDeny { missing } if missing.contains(&layer))
}

/// The role behind a session.
fn role_arn(request: &Request) -> String {
    match &request.principal {
        Principal::RoleSession { role_arn, .. } => role_arn.to_string(),
        other => other.to_string(),
    }
}

fn s3_uri(resource: &Resource) -> String {
    match resource {
        Resource::Arn(arn) => format!("s3://{}", arn.resource()),
        Resource::Any => resource.to_string(),
    }
}

/// A repository's name and the account of its registry.
fn repository(resource: &Resource) -> (&str, &str) {
    match resource {
        Resource::Arn(arn) => (
            arn.resource().trim_start_matches("repository/"),
            arn.account_str().unwrap_or_default(),
        ),
        Resource::Any => ("*", ""),
    }
}

/// What AWS says of a request that fails, without the call around it: «User: … is not authorized to
/// perform: … because …»; nothing for one that passes.
pub fn aws_denial(request: &Request, trace: &Trace) -> Option<String> {
    if is_role_of_another_account(request, trace) {
        // https://github.com/artilleryio/chaos-lambda/issues/29
        return Some("Cross-account pass role is not allowed.".to_owned());
    }
    let because = because(request, trace)?;
    Some(format!(
        "User: {} is not authorized to perform: {}{}{because}",
        request.principal,
        spelled(&authorized_as(&request.action)),
        on_resource(request)
    ))
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

/// Whether a role would be handed over to another account, which no policy allows.
fn is_role_of_another_account(request: &Request, trace: &Trace) -> bool {
    let Decision::ImplicitDeny { missing } = &trace.decision else {
        return false;
    };
    let is_refused_by_aws = missing.contains(&Layer::AwsManaged);
    request.action.is("iam:PassRole")
        && !is_refused_by_aws
        && first_named(missing) == Some(Layer::Resource)
}

/// What AWS puts behind its sentence, with the space before it.
fn because(request: &Request, trace: &Trace) -> Option<String> {
    let action = authorized_as(&request.action);
    let action = spelled(&action);
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
            Some(format!(" with an explicit deny in {article} {kind}"))
        }
        Decision::ImplicitDeny { missing } => {
            if missing.contains(&Layer::AwsManaged) {
                // No policy is to blame, so AWS names none.
                return Some(String::new());
            }
            // AWS names one. Where both sides could have allowed, it names the identity-based one.
            let layer = first_named(missing);
            if layer == Some(Layer::BlockPublicAccess) {
                return Some(" because of S3 Block Public Access".to_owned());
            }
            let kind = layer.map_or("policy", |it| policy_type(it, request));
            Some(format!(" because no {kind} allows the {action} action"))
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
    policy_type_where(layer, asks_trust_policy(request))
}

/// The same, where it is known whether the resource's policy is a role's trust policy.
pub(crate) const fn policy_type_where(layer: Layer, is_trust: bool) -> &'static str {
    match layer {
        Layer::Identity => "identity-based policy",
        Layer::Resource if is_trust => "role trust policy",
        Layer::Resource => "resource-based policy",
        Layer::Grant => "grant",
        Layer::Boundary => "permissions boundary",
        Layer::Session => "session policy",
        Layer::Scp => "service control policy",
        Layer::Rcp => "resource control policy",
        Layer::VpcEndpoint => "VPC endpoint policy",
        Layer::BlockPublicAccess | Layer::AwsManaged => "policy",
    }
}
