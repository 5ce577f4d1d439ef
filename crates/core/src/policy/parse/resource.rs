//! `Resource` and `NotResource`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use crate::{
    diagnostic::{Diagnostic, IamError, Severity},
    pattern::{ArnPattern, ShortArn, Template, has_variable},
    policy::{
        Element, LanguageVersion, PolicyKind,
        parse::{
            element::{Findings, strings},
            spelling::quoted,
        },
    },
    syntax::{Span, Spanned, json::Member},
};

/// What an IAM ARN may begin with behind its account; IAM checks this when a policy is saved.
const IAM_PATHS: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

const FORM: &str = "an ARN has the form `arn:partition:service:region:account:resource`";

pub(super) fn read(
    member: &Member,
    version: LanguageVersion,
    findings: &mut Findings,
) -> Element<ArnPattern> {
    let name = member.key.value.as_str();
    let short = match findings.kind {
        PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::Session => ShortArn::Padded,
        PolicyKind::Resource | PolicyKind::Trust | PolicyKind::VpcEndpoint => {
            ShortArn::PaddedIfWildcard
        }
        PolicyKind::Scp => ShortArn::PaddedIfLastIsWildcard,
        PolicyKind::Rcp => ShortArn::MatchesNothing,
    };
    let mut patterns = Vec::new();
    for text in strings(&member.value, name, findings) {
        if let Some(mut diagnostic) = check(text.value, text.span, findings.kind) {
            if diagnostic.is_error() && diagnostic.iam_error.is_none() {
                diagnostic.iam_error = iam_error(diagnostic.code, text.value).map(Box::new);
            }
            if diagnostic.code == "short-arn" && is_refused_short(text.value, findings.kind) {
                // Understood all the same: it matches nothing.
                diagnostic.severity = Severity::Error;
                findings.push_tolerated(diagnostic);
            } else {
                findings.push(diagnostic);
            }
        }
        let template = template(text.value, text.span, version, findings);
        patterns.push(Spanned::new(text.span, ArnPattern::new(template, short)));
    }
    Element {
        span: member.span,
        negated: name == "NotResource",
        patterns,
    }
}

/// Policies of an organization take no short ARNs, SCPs none that do not end in a star.
fn is_refused_short(text: &str, kind: PolicyKind) -> bool {
    // With an empty part it is refused everywhere.
    !text.contains("::")
        && match kind {
            PolicyKind::Rcp => true,
            PolicyKind::Scp => !text.ends_with('*'),
            _ => false,
        }
}

/// A text in which variables are live if the document's version knows them.
pub(super) fn template(
    text: &str,
    span: Span,
    version: LanguageVersion,
    findings: &mut Findings,
) -> Template {
    if version == LanguageVersion::V2012 {
        return Template::with_variables(text);
    }
    if has_variable(text) {
        findings.push(Diagnostic::warning(
            "variable-in-old-version",
            span,
            format!(
                "{} is literal text in this document, not a policy variable",
                quoted(text)
            ),
            "write `\"Version\": \"2012-10-17\"`: only that version has policy variables",
        ));
    }
    Template::literal(text)
}

/// What IAM itself says of a resource. It takes the first part for `arn` whatever stands there, and
/// the parts that are not there for `*`.
fn iam_error(code: &str, text: &str) -> Option<IamError> {
    let resource = text.to_owned();
    match code {
        "resource-not-arn" | "unknown-partition" => {
            let mut parts = text.splitn(6, ':').skip(1);
            let Some(partition) = parts.next() else {
                return Some(IamError::ResourceNotArn { resource });
            };
            let rest: Vec<&str> = parts.collect();
            if code == "resource-not-arn" && is_partition(partition) {
                return Some(if rest.is_empty() {
                    IamError::ResourceVendor
                } else {
                    IamError::ResourceNotArn { resource }
                });
            }
            let part = |idx: usize| match rest.get(idx) {
                Some(&"") if rest.len() == 1 => "*",
                Some(it) => it,
                None => "*",
            };
            let [service, region, account, name] = [0, 1, 2, 3].map(part);
            Some(IamError::Partition {
                partition: partition.to_owned(),
                resource: format!("arn:{partition}:{service}:{region}:{account}:{name}"),
            })
        }
        "bucket-with-region" => Some(IamError::BucketRegion { resource }),
        "iam-with-region" => Some(IamError::IamRegion { resource }),
        _ => None,
    }
}

fn is_partition(text: &str) -> bool {
    text == "aws" || text.starts_with("aws-") || text.contains(['*', '?', '$'])
}

fn check(text: &str, span: Span, kind: PolicyKind) -> Option<Diagnostic> {
    if text == "*" {
        return None;
    }
    let template = Template::with_variables(text);
    let pieces = template.split_at_colons(5);
    let parts: Vec<&str> = pieces.iter().map(Template::text).collect();
    let error =
        |code, message: String, help: &str| Some(Diagnostic::error(code, span, message, help));
    let [prefix, partition, service, ..] = parts.as_slice() else {
        let message = format!("the resource {} is not an ARN", quoted(text));
        return error(
            "resource-not-arn",
            message,
            &format!("write an ARN or `*`; {FORM}"),
        );
    };
    if *prefix != "arn" {
        let message = format!("the resource {} does not begin with `arn:`", quoted(text));
        error(
            "resource-not-arn",
            message,
            &format!("write an ARN or `*`; {FORM}"),
        )
    } else if !is_partition(partition) {
        let message = format!("{} is not a partition of AWS", quoted(partition));
        error(
            "unknown-partition",
            message,
            "write `aws`, `aws-cn` or `aws-us-gov` behind `arn:`",
        )
    } else if service.is_empty() {
        error(
            "short-arn",
            format!("the ARN {} names no service", quoted(text)),
            FORM,
        )
    } else if parts.len() < 6 && text.contains("::") {
        let message = format!(
            "the ARN {} has {} parts, not six",
            quoted(text),
            parts.len()
        );
        error("short-arn", message, &format!("count the colons: {FORM}"))
    } else if parts.len() < 6 {
        let message = format!(
            "the ARN {} has {} parts, not six",
            quoted(text),
            parts.len()
        );
        let help = match kind {
            PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::Session => {
                "write all six parts; IAM takes the missing ones as `*`"
            }
            _ => "write all six parts",
        };
        Some(Diagnostic::warning("short-arn", span, message, help))
    } else {
        check_whole(&parts, span, kind)
    }
}

/// What IAM checks of an ARN with all its parts.
fn check_whole(parts: &[&str], span: Span, kind: PolicyKind) -> Option<Diagnostic> {
    let [_, _, service, region, account, resource] = parts else {
        return None;
    };
    let is_wild = |it: &str| it.contains(['*', '?', '$']);
    if is_wild(service) {
        return Some(Diagnostic::warning(
            "wildcard-service",
            span,
            format!("the service {} of the ARN has a wildcard", quoted(service)),
            "name the service, one ARN for each",
        ));
    }
    // Buckets and objects have neither; access points have both.
    if *service == "s3" && !region.is_empty() && account.is_empty() && !is_wild(region) {
        return Some(Diagnostic::error(
            "bucket-with-region",
            span,
            format!(
                "the ARN of a bucket has no region, this has {}",
                quoted(region)
            ),
            "write `arn:aws:s3:::bucket`",
        ));
    }
    if *service == "iam" && !region.is_empty() && !is_wild(region) {
        return Some(Diagnostic::error(
            "iam-with-region",
            span,
            format!("an ARN of IAM has no region, this has {}", quoted(region)),
            "write two colons behind `iam`: IAM is not regional",
        ));
    }
    let is_iam_path = |path: &&str| {
        let fixed = resource.split(['*', '?', '$']).next().unwrap_or("");
        resource.starts_with(*path) || (fixed.len() < resource.len() && path.starts_with(fixed))
    };
    let is_identity = matches!(
        kind,
        PolicyKind::Identity | PolicyKind::Boundary | PolicyKind::Session
    );
    // Policies for root sessions of other accounts name an account's root.
    let is_whole_account = matches!(*resource, "*" | "root");
    if is_identity && *service == "iam" && !is_whole_account && !IAM_PATHS.iter().any(is_iam_path) {
        return Some(Diagnostic::error(
            "unknown-iam-path",
            span,
            format!("{} is no kind of IAM resource", quoted(resource)),
            "begin the sixth part with `user/`, `role/`, `group/`, `policy/` or another kind of IAM's",
        ));
    }
    None
}
