//! `Action` and `NotAction`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use crate::{
    diagnostic::{Diagnostic, IamError},
    pattern::ActionPattern,
    policy::{
        Element, PolicyKind,
        parse::{
            element::{Findings, spelt, strings},
            spelling::quoted,
        },
    },
    syntax::{Span, Spanned, json::Member},
};

pub(super) fn read(member: &Member, findings: &mut Findings) -> Element<ActionPattern> {
    let name = member.key.value.as_str();
    let texts = strings(&member.value, name, findings);
    for text in &texts {
        if let Some(diagnostic) = check(text.value, text.span, findings.kind) {
            findings.push(diagnostic);
        } else if findings.kind == PolicyKind::Trust && is_no_trust_action(text.value) {
            // Understood all the same: nobody assumes a role by it.
            findings.push_tolerated(no_trust_action(text.value, text.span));
        }
    }
    Element {
        span: member.span,
        negated: name == "NotAction",
        patterns: texts
            .iter()
            .map(|it| Spanned::new(it.span, ActionPattern::new(it.value)))
            .collect(),
    }
}

fn check(text: &str, span: Span, kind: PolicyKind) -> Option<Diagnostic> {
    if text == "*" {
        return None;
    }
    let Some((prefix, name)) = text.split_once(':') else {
        return Some(Diagnostic::error(
            "action-without-prefix",
            span,
            format!("the action {} has no service prefix", quoted(text)),
            "write `service:Name`, such as `s3:GetObject`, or `*` for every action",
        ));
    };
    let invalid_vendor = |it: Diagnostic| {
        it.with_iam_error(IamError::InvalidVendor {
            vendor: prefix.to_owned(),
        })
    };
    let is_prefix = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
    if (prefix, name) == ("*", "*") {
        let diagnostic = Diagnostic::warning(
            "any-action-with-prefix",
            span,
            "`*:*` is an unusual way to say every action",
            "write `*`",
        );
        Some(diagnostic.with_fix(spelt(span, "*")))
    } else if prefix.contains(['*', '?']) {
        Some(invalid_vendor(Diagnostic::error(
            "wildcard-in-prefix",
            span,
            format!("the service prefix {} has a wildcard", quoted(prefix)),
            "name the service; wildcards stand behind the colon only",
        )))
    } else if prefix.is_empty() || !prefix.bytes().all(is_prefix) {
        Some(invalid_vendor(Diagnostic::error(
            "invalid-prefix",
            span,
            format!("{} is not a service prefix", quoted(prefix)),
            "write the service in letters, digits and hyphens, such as `s3` or `sagemaker`",
        )))
    } else if name.contains(':') {
        Some(Diagnostic::error(
            "action-with-colons",
            span,
            format!("the action {} has more than one colon", quoted(text)),
            "write `service:Name` with one colon; an ARN belongs in `Resource`",
        ))
    } else if kind == PolicyKind::Trust && !prefix.eq_ignore_ascii_case("sts") {
        Some(no_trust_action(text, span))
    } else if name.is_empty() || !name.bytes().all(|it| it.is_ascii_graphic()) {
        Some(Diagnostic::warning(
            "action-matches-nothing",
            span,
            format!("the action {} matches no action", quoted(text)),
            "write the name without spaces, in letters and digits; `*` and `?` are wildcards",
        ))
    } else {
        None
    }
}

/// What a trust policy can say of who assumes a role, and what goes along.
const TRUST_ACTIONS: [&str; 6] = [
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "SetContext",
    "SetSourceIdentity",
    "TagSession",
];

/// Whether this is one of STS's actions by name, and none of these. What IAM says to wildcards no page tells.
fn is_no_trust_action(text: &str) -> bool {
    let name = text.split_once(':').map_or("*", |it| it.1);
    !name.contains(['*', '?']) && !TRUST_ACTIONS.iter().any(|it| it.eq_ignore_ascii_case(name))
}

fn no_trust_action(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "not-an-sts-action",
        span,
        format!("the action {} has no place in a trust policy", quoted(text)),
        "a trust policy names `sts:AssumeRole` and its like, and `sts:TagSession`, `sts:SetSourceIdentity` or `sts:SetContext`",
    )
}
