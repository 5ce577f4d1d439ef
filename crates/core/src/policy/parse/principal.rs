//! `Principal` and `NotPrincipal`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::ptr;

use crate::{
    diagnostic::{Diagnostic, Fix, IamError},
    names::{AccountId, Arn},
    policy::{
        Effect, PolicyKind, PrincipalElement, PrincipalPattern,
        parse::{
            element::{Findings, members, strings},
            spelling::{nearest, quoted},
        },
        service_names,
    },
    syntax::{
        Span, Spanned,
        json::{Member, Value},
    },
};

const TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

const AWS_HELP: &str =
    "write an account id, the ARN of a user, role or role session, or `*` for everybody";

pub(super) fn read(member: &Member, findings: &mut Findings) -> Option<PrincipalElement> {
    let name = member.key.value.as_str();
    let negated = name == "NotPrincipal";
    if negated && findings.kind == PolicyKind::Trust {
        let diagnostic = Diagnostic::error(
            "element-not-allowed",
            member.key.span,
            "`NotPrincipal` may not stand in a trust policy",
            "list in `Principal` who may assume the role",
        );
        findings.push(diagnostic.with_iam_error(IamError::ProhibitedField {
            field: "NotPrincipal".to_owned(),
        }));
    }
    let node = &member.value;
    let entries = match &node.value {
        Value::String(text) if text == "*" => vec![Spanned::new(node.span, PrincipalPattern::Any)],
        Value::Object(all) => {
            let found = members(all, &TYPES, &format!("`{name}`"), findings);
            if all.is_empty() && !findings.has_syntax_error(node.span) {
                findings.push(Diagnostic::error(
                    "empty-list",
                    node.span,
                    format!("`{name}` is empty"),
                    "name at least one principal, such as `{ \"AWS\": \"123456789012\" }`",
                ));
            }
            let mut entries = Vec::new();
            // In the order of the text.
            for member in all {
                let is_of = |sort: &&str| found.get(sort).is_some_and(|it| ptr::eq(*it, member));
                let Some(sort) = TYPES.into_iter().find(is_of) else {
                    continue;
                };
                for text in strings(&member.value, sort, findings) {
                    if let Some(pattern) = entry(sort, text.value, text.span, findings) {
                        entries.push(Spanned::new(text.span, pattern));
                    }
                }
            }
            entries
        }
        other => {
            let found = if let Value::String(text) = other {
                quoted(text)
            } else {
                other.sort().to_owned()
            };
            findings.push(Diagnostic::error(
                "wrong-type",
                node.span,
                format!("`{name}` is `*` or an object, this is {found}"),
                "write `{ \"AWS\": … }`, `{ \"Service\": … }` or `{ \"Federated\": … }`",
            ));
            return None;
        }
    };
    Some(PrincipalElement {
        span: member.span,
        negated,
        entries,
    })
}

/// A statement that allows everybody but a few.
pub(super) fn check_negated(principal: &PrincipalElement, effect: Effect, findings: &mut Findings) {
    if principal.negated && effect == Effect::Allow {
        findings.push(Diagnostic::warning(
            "allow-not-principal",
            principal.span,
            "`Allow` with `NotPrincipal` allows everybody else, callers without credentials too",
            "list in `Principal` who is allowed, or use `Deny` with `NotPrincipal`",
        ));
    }
}

fn entry(sort: &str, text: &str, span: Span, findings: &mut Findings) -> Option<PrincipalPattern> {
    let read = match sort {
        "AWS" => aws(text, span),
        "Service" => service(text, span),
        "Federated" => federated(text, span),
        _ => Ok(PrincipalPattern::CanonicalUser(text.to_owned())),
    };
    match read {
        Ok(pattern) => Some(pattern),
        Err(diagnostic) => {
            findings.push(diagnostic);
            None
        }
    }
}

fn invalid(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("invalid-principal", span, message, help)
}

fn wildcard(text: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("the principal {} has a wildcard", quoted(text));
    Diagnostic::error("wildcard-in-principal", span, message, help)
}

fn aws(text: &str, span: Span) -> Result<PrincipalPattern, Diagnostic> {
    if text == "*" {
        return Ok(PrincipalPattern::AnyAws);
    }
    if let Some(account) = AccountId::parse(text) {
        return Ok(PrincipalPattern::Account(account));
    }
    if text.contains(['*', '?']) {
        let help = "name each principal, or write `*` and a condition on `aws:PrincipalArn`, which takes wildcards";
        return Err(wildcard(text, span, help));
    }
    if text.contains("${") {
        let message = format!("the principal {} has a policy variable", quoted(text));
        let help =
            "name the principal: variables stand in `Resource` and in values of `Condition` only";
        return Err(invalid(span, message, help));
    }
    if is_unique_id(text) {
        return Ok(PrincipalPattern::UniqueId(text.to_owned()));
    }
    let Some(arn) = Arn::parse(text) else {
        return Err(invalid(
            span,
            format!("{} is not a principal", quoted(text)),
            AWS_HELP,
        ));
    };
    if is_origin_access_identity(&arn) {
        return Ok(PrincipalPattern::Arn(arn));
    }
    let Some(account) = arn.account() else {
        let message = format!(
            "the principal {} has no account id of twelve digits",
            quoted(text)
        );
        return Err(invalid(span, message, AWS_HELP));
    };
    let resource = arn.resource();
    let (sort, name) = resource.split_once('/').unwrap_or((resource, ""));
    match (arn.service(), sort) {
        ("iam", "root") if name.is_empty() => Ok(PrincipalPattern::Account(account)),
        ("iam", "user" | "role") | ("sts", "federated-user") if !name.is_empty() => {
            Ok(PrincipalPattern::Arn(arn))
        }
        ("sts", "assumed-role") if name.contains('/') => Ok(PrincipalPattern::Arn(arn)),
        ("iam", "group") => {
            let message = format!("{} is a group, and groups are no principals", quoted(text));
            Err(invalid(
                span,
                message,
                "name the users, or give the group an identity policy",
            ))
        }
        ("sts", "assumed-role") => {
            let message = format!("the principal {} names no session", quoted(text));
            Err(invalid(
                span,
                message,
                "write `assumed-role/role/session`, or the ARN of the role for all its sessions",
            ))
        }
        _ => Err(invalid(
            span,
            format!("{} is not a principal", quoted(text)),
            AWS_HELP,
        )),
    }
}

/// Whom `CloudFront` fetches from a bucket as: a user of no account, and nobody who asks here.
///
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html>
fn is_origin_access_identity(arn: &Arn) -> bool {
    let [_, _, service, _, account, resource] = arn.parts();
    (service, account) == ("iam", "cloudfront")
        && resource.starts_with("user/CloudFront Origin Access Identity ")
}

/// `AIDA…`, `AROA…`: what is shown in place of an ARN whose owner was deleted.
fn is_unique_id(text: &str) -> bool {
    let is_id = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    text.len() >= 16 && text.starts_with('A') && text.bytes().all(is_id)
}

/// IAM refuses a principal that has not the form of one; whether a service of that form exists, its own rule asks.
fn service(text: &str, span: Span) -> Result<PrincipalPattern, Diagnostic> {
    let help = "write the service's principal, such as `sagemaker.amazonaws.com`";
    if text.contains(['*', '?']) {
        return Err(wildcard(text, span, help));
    }
    let domain = service_names::PRINCIPAL_DOMAINS
        .iter()
        .find_map(|it| text.strip_suffix(it));
    let is_label = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    if domain.is_some_and(|it| it.split('.').all(is_label)) {
        return Ok(PrincipalPattern::Service(text.to_owned()));
    }
    let message = format!("{} is not a service principal", quoted(text));
    let Some(guess) = meant(text) else {
        return Err(invalid(span, message, help));
    };
    let principal = format!("{guess}.amazonaws.com");
    let help = format!("did you mean {}?", quoted(&principal));
    let fix = Fix::rewrite(format!("Write {}", quoted(&principal)), span, &principal);
    Err(invalid(span, message, &help).with_fix(fix))
}

/// The service that a text without its domain, or half typed, most likely begins: of several that begin so, the one
/// with the fewest letters to go.
fn meant(text: &str) -> Option<&'static str> {
    let word = text.split('.').next().unwrap_or_default();
    let begins = |it: &&str| word.len() > 2 && it.starts_with(word);
    let exact = service_names::known().find(|it| *it == word);
    let begun = || {
        let all = service_names::known().filter(begins);
        all.min_by_key(|it| it.len())
    };
    let near = || (word.len() > 2).then(|| nearest(word, service_names::known()))?;
    exact.or_else(begun).or_else(near)
}

fn federated(text: &str, span: Span) -> Result<PrincipalPattern, Diagnostic> {
    let help = "write the provider's ARN, or its host name";
    if text.contains(['*', '?']) {
        return Err(wildcard(text, span, help));
    }
    let is_provider = Arn::parse(text).is_some_and(|it| {
        it.resource().starts_with("oidc-provider/") || it.resource().starts_with("saml-provider/")
    });
    let is_host = text.contains('.') && !text.contains([':', '/', ' ']);
    if is_provider || is_host {
        Ok(PrincipalPattern::Federated(text.to_owned()))
    } else {
        Err(invalid(
            span,
            format!("{} is not an identity provider", quoted(text)),
            help,
        ))
    }
}
