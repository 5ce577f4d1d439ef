//! One statement: which elements it has, and which it must and may not have.

use litemap::LiteMap;

use crate::{
    diagnostic::{Diagnostic, IamError},
    names::Sid,
    policy::{
        Effect, LanguageVersion, PolicyKind, STATEMENT_ELEMENTS, Statement,
        parse::{
            action, condition,
            element::{Findings, Members, duplicate, members, spelt, string},
            list_of, opening, principal, resource,
            spelling::quoted,
        },
    },
    syntax::{
        Span, Spanned,
        json::{Member, Node, Value},
    },
};

/// Reads a statement; nothing where there is an error in it.
pub(super) fn read(
    node: &Node,
    version: LanguageVersion,
    sids: &mut LiteMap<String, Span>,
    findings: &mut Findings,
) -> Option<Statement> {
    let n_errors_before = findings.n_errors();
    let Value::Object(all) = &node.value else {
        findings.push(Diagnostic::error(
            "wrong-type",
            node.span,
            format!("a statement is an object, this is {}", node.value.sort()),
            "write `{ \"Effect\": …, \"Action\": …, \"Resource\": … }`",
        ));
        return None;
    };
    let found = members(all, &STATEMENT_ELEMENTS, "a statement", findings);
    let sid = found.get("Sid").and_then(|it| read_sid(it, sids, findings));
    let effect =
        one_of(&found, node.span, &["Effect"], findings).and_then(|it| read_effect(it, findings));
    let is_for = ["Principal", "NotPrincipal"];
    let principal = if findings.kind.has_principal() {
        one_of(&found, node.span, &is_for, findings).and_then(|it| principal::read(it, findings))
    } else {
        refuse(
            &found,
            is_for,
            "the policy is about whoever it is attached to",
            findings,
        );
        None
    };
    if let (Some(principal), Some(effect)) = (&principal, &effect) {
        principal::check_negated(principal, effect.value, findings);
    }
    let action = one_of(&found, node.span, &["Action", "NotAction"], findings)
        .map(|it| action::read(it, findings));
    let is_about = ["Resource", "NotResource"];
    let names_resource = is_about.iter().any(|it| found.contains_misspelt(it))
        || is_about.iter().any(|it| found.get(it).is_some());
    let resource = if !names_resource && is_about_its_own(&found, findings.kind) {
        None
    } else if findings.kind.has_resource() {
        one_of(&found, node.span, &is_about, findings)
            .map(|it| resource::read(it, version, findings))
    } else {
        refuse(
            &found,
            is_about,
            "a trust policy is about its own role",
            findings,
        );
        None
    };
    let conditions = found
        .get("Condition")
        .map_or_else(Vec::new, |it| condition::read(it, version, findings));
    if findings.n_errors() > n_errors_before || findings.has_syntax_error(node.span) {
        return None;
    }
    Some(Statement {
        span: node.span,
        sid,
        effect: effect?,
        principal,
        action: action?,
        resource,
        conditions,
    })
}

/// Whether the statement is of a policy that is about the one thing it is attached to, and need not name it: a
/// repository's or a file system's. The actions of these services stand in no other resource policy.
///
/// <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html>
/// <https://docs.aws.amazon.com/efs/latest/ug/access-control-overview.html>
fn is_about_its_own(found: &Members<'_>, kind: PolicyKind) -> bool {
    let is_of = |it: &Node, service: &str| match &it.value {
        Value::String(text) => text
            .split_once(':')
            .is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(service)),
        _ => false,
    };
    let are_all_of = |service: &str| {
        found.get("Action").is_some_and(|it| match &it.value.value {
            Value::Array(items) => !items.is_empty() && items.iter().all(|it| is_of(it, service)),
            _ => is_of(&it.value, service),
        })
    };
    kind == PolicyKind::Resource && (are_all_of("ecr") || are_all_of("elasticfilesystem"))
}

/// The one that is there of these names: an element, or an element and its `Not…` twin.
fn one_of<'a>(
    found: &Members<'a>,
    statement: Span,
    names: &[&'static str],
    findings: &mut Findings,
) -> Option<&'a Member> {
    let present: Vec<&'a Member> = names
        .iter()
        .filter_map(|it| found.get(it).copied())
        .collect();
    match present.as_slice() {
        [first, second, ..] => {
            let message = format!(
                "the statement has both {} and {}",
                quoted(&first.key.value),
                quoted(&second.key.value)
            );
            let diagnostic = Diagnostic::error(
                "both-forms",
                second.key.span,
                message,
                "keep one of the two",
            );
            findings.push(diagnostic.with_label(first.key.span, ""));
            None
        }
        [member] => Some(member),
        [] => {
            let is_excused = names.iter().any(|it| found.contains_misspelt(it));
            if !is_excused && !findings.has_syntax_error(statement) {
                let name = names.first().unwrap_or(&"");
                let diagnostic = Diagnostic::error(
                    "missing-element",
                    opening(statement),
                    format!("the statement has no {}", list_of(names)),
                    format!("add `\"{name}\": …`"),
                );
                findings.push(diagnostic.with_iam_error(IamError::of_missing(name)));
            }
            None
        }
    }
}

fn refuse(found: &Members<'_>, names: [&'static str; 2], why: &str, findings: &mut Findings) {
    for member in names.iter().filter_map(|it| found.get(it)) {
        let place = match findings.kind {
            PolicyKind::Identity => "an identity policy",
            PolicyKind::Boundary => "a permissions boundary",
            PolicyKind::Resource => "a resource policy",
            PolicyKind::Trust => "a trust policy",
            PolicyKind::Session => "a session policy",
            PolicyKind::Scp => "a service control policy",
            PolicyKind::Rcp => "a resource control policy",
            PolicyKind::VpcEndpoint => "a VPC endpoint policy",
        };
        let name = &member.key.value;
        let error = if name.ends_with("Principal") {
            IamError::PrincipalNotAllowed
        } else {
            IamError::ProhibitedField {
                field: name.clone(),
            }
        };
        let diagnostic = Diagnostic::error(
            "element-not-allowed",
            member.key.span,
            format!("{} may not stand in {place}", quoted(name)),
            format!("remove it: {why}"),
        );
        findings.push(diagnostic.with_iam_error(error));
    }
}

fn read_effect(member: &Member, findings: &mut Findings) -> Option<Spanned<Effect>> {
    let text = string(&member.value, "Effect", findings)?;
    let effect = match text {
        "Allow" => Effect::Allow,
        "Deny" => Effect::Deny,
        other => {
            let help = match other.to_ascii_lowercase().as_str() {
                "allow" => "write `Allow`: the value is case-sensitive",
                "deny" => "write `Deny`: the value is case-sensitive",
                _ => "write `Allow` or `Deny`",
            };
            let is_case = help.starts_with("write `Allow`:") || help.starts_with("write `Deny`:");
            let diagnostic = Diagnostic::error(
                "invalid-effect",
                member.value.span,
                format!("{} is not an effect", quoted(other)),
                help,
            );
            findings.push(if is_case {
                let right = if other.eq_ignore_ascii_case("allow") {
                    "Allow"
                } else {
                    "Deny"
                };
                diagnostic
                    .with_iam_error(IamError::LegacyParsing)
                    .with_fix(spelt(member.value.span, right))
            } else {
                diagnostic
            });
            return None;
        }
    };
    Some(Spanned::new(member.value.span, effect))
}

/// IAM wants letters and digits, once in a document; other services are looser, VPC endpoints among them.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
fn read_sid(
    member: &Member,
    sids: &mut LiteMap<String, Span>,
    findings: &mut Findings,
) -> Option<Spanned<Sid>> {
    let text = string(&member.value, "Sid", findings)?;
    let span = member.value.span;
    let is_strict = !matches!(
        findings.kind,
        PolicyKind::Resource | PolicyKind::VpcEndpoint
    );
    if is_strict && !text.bytes().all(|it| it.is_ascii_alphanumeric()) {
        findings.push(Diagnostic::error(
            "invalid-sid",
            span,
            format!(
                "the id {} has other characters than letters and digits",
                quoted(text)
            ),
            "use A-Z, a-z and 0-9 only",
        ));
    }
    if let Some(first) = sids.get(text).filter(|_| !text.is_empty()) {
        let mut diagnostic = duplicate(text, span, *first);
        diagnostic.code = "duplicate-sid";
        diagnostic.message = format!("the id {} is there twice", quoted(text));
        "give each statement an id of its own, or none".clone_into(&mut diagnostic.help);
        if !is_strict {
            diagnostic.severity = crate::diagnostic::Severity::Warning;
        }
        findings.push(diagnostic);
    } else {
        sids.insert(text.to_owned(), span);
    }
    Some(Spanned::new(span, Sid::new(text)))
}
