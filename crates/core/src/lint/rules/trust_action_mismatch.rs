//! The rule `trust-action-mismatch`.

use crate::{
    lint::look::Look,
    lint::{Found, edit, rule},
    names::ActionName,
    policy::{PolicyKind, PrincipalPattern},
};

rule! {
    /// A principal, and an action of STS that such a principal does not ask for.
    ///
    /// Services, users and roles ask for `sts:AssumeRole`, a SAML provider's users for `sts:AssumeRoleWithSAML`, those
    /// of an OIDC provider for `sts:AssumeRoleWithWebIdentity`. With another action the statement never applies.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Action": "sts:AssumeRole",
    ///   "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/office" },
    ///   "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } } }
    /// ```
    ///
    /// Instead, name the action of the principal.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Action": "sts:AssumeRoleWithSAML",
    ///   "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/office" },
    ///   "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create.html>
    Warning "trust-action-mismatch"
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    for seen in &look.statements {
        let covers = |name: &str| seen.covers(&ActionName::new("sts", name));
        let assumes = [
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
        ]
        .iter()
        .any(|it| covers(it));
        let principals = seen
            .statement
            .principal
            .as_ref()
            .filter(|it| !it.negated && assumes);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            let wanted = match &entry.value {
                PrincipalPattern::Federated(it) if it.contains(":saml-provider/") => {
                    "AssumeRoleWithSAML"
                }
                PrincipalPattern::Federated(_) => "AssumeRoleWithWebIdentity",
                PrincipalPattern::Service(_)
                | PrincipalPattern::Account(_)
                | PrincipalPattern::Arn(_) => "AssumeRole",
                _ => continue,
            };
            if covers(wanted) {
                continue;
            }
            let only = match seen.actions.as_slice() {
                [only] if !only.is_pattern() => Some(only),
                _ => None,
            };
            let is_alone = seen
                .statement
                .principal
                .as_ref()
                .is_some_and(|it| it.entries.len() == 1);
            let new = format!("sts:{wanted}");
            let fix = only
                .filter(|_| is_alone)
                .map(|it| edit::rewrite(format!("Write `{new}`"), it.pattern.span, &new));
            found.at_both(
                (seen.statement.action.span, entry.span),
                "asks for another action",
                format!("this principal takes on roles by `{new}`, which is not here"),
                format!("write `{new}`"),
                fix,
            );
        }
    }
}
