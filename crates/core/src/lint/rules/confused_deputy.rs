//! The rule `confused-deputy`.

use crate::{
    lint::look::{Look, Seen, is_met_by_absence, is_null},
    lint::{Found, rule},
    policy::spelling::quoted,
    policy::{Condition, PolicyKind},
};

rule! {
    /// A service that may use a resource for anybody who asks the service to.
    ///
    /// A service acts for all its customers. Without a word on whose behalf, another customer can have it use this
    /// resource: the confused deputy.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
    ///   "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs" }
    /// ```
    ///
    /// Instead, ask for the account, or better the resource, that the service acts for.
    ///
    /// ```json resource
    /// { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
    ///   "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs",
    ///   "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
    Warning "confused-deputy"
}

/// Whether a condition says for whom a service acts.
pub(super) fn is_told_for_whom(seen: &Seen<'_>) -> bool {
    let keys = [
        "aws:SourceArn",
        "aws:SourceAccount",
        "aws:SourceOrgID",
        "aws:SourceOrgPaths",
        "aws:SourceOwner",
        "kms:CallerAccount",
        "kms:EncryptionContext:",
        "kms:ViaService",
        "aws:PrincipalOrgID",
        "sts:ExternalId",
    ];
    let is_one = |it: &Condition| {
        let key = it.key.value.as_str();
        keys.iter().any(|wanted| {
            key.get(..wanted.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        })
    };
    seen.conditions()
        .iter()
        .any(|it| is_one(it) && !is_null(it) && !is_met_by_absence(it))
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Resource {
        return;
    }
    for seen in look.granting().filter(|it| !is_told_for_whom(it)) {
        if let Some(service) = seen.service_principals().next() {
            found.at(
                service.span,
                format!(
                    "{} may use this for anybody who asks it to",
                    quoted(service.value)
                ),
                "add a condition on `aws:SourceAccount` or `aws:SourceArn`",
            );
        }
    }
}
