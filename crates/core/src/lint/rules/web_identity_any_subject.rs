//! The rule `web-identity-any-subject`.

use crate::{
    lint::look::{Look, is_any, narrows},
    lint::{Found, rule},
    names::ActionName,
    policy::spelling::quoted,
    policy::{Condition, PolicyKind, PrincipalPattern},
};

rule! {
    /// An identity provider whose every user may take on the role.
    ///
    /// A provider such as GitHub vouches for all its users. Without a condition on its `sub` (and `aud`), any of them
    /// gets the role.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
    ///   "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } }
    /// ```
    ///
    /// Instead, say which of its users.
    ///
    /// ```json trust
    /// { "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
    ///   "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
    ///   "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
    ///                                    "token.actions.githubusercontent.com:sub": "repo:acme/train:ref:refs/heads/main" } } }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>
    Warning "web-identity-any-subject"
}

/// Providers that vouch for the customers of many organizations and say in `sub` of which. Where AWS's page asks for `aud`
/// instead (Pulumi, Vercel, sandboxes.cloud, Cognito), `aud` names the organization. The issuers of IBM Turbonomic are not
/// here: their addresses change with its versions.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html>
const SHARED: [&str; 11] = [
    "agent.buildkite.com",
    "app.terraform.io",
    "gitlab.com",
    "oidc-configuration.audit-log.githubusercontent.com",
    "oidc.codefresh.io",
    "proidc.upbound.io",
    "scalr.io",
    "studio.datachain.ai/api",
    "token.actions.githubusercontent.com",
    "tokens.cloud.shisho.dev",
    "vstoken.actions.githubusercontent.com",
];

fn is_shared(provider: &str) -> bool {
    let host = provider
        .split_once("oidc-provider/")
        .map_or(provider, |it| it.1);
    SHARED.iter().any(|it| host.eq_ignore_ascii_case(it))
}

/// Whether the condition says which of the provider's users are meant.
fn says_who(condition: &Condition, provider: &str) -> bool {
    let key = condition.key.value.folded();
    let Some((issuer, claim)) = key.rsplit_once(':').filter(|it| it.0.contains('.')) else {
        return false;
    };
    // Of Cognito, Google, Facebook and Amazon, `aud` and its like are the own application.
    let claims: &[&str] = if is_shared(provider) || is_shared(issuer) {
        &["sub"]
    } else {
        &[
            "sub", "aud", "amr", "oaud", "app_id", "id", "user_id", "email",
        ]
    };
    let is_everybody = |text: &str| is_any(text) || (claim == "sub" && begins_open(text));
    claims.contains(&claim)
        && narrows(condition)
        && !condition
            .values
            .iter()
            .any(|it| is_everybody(it.value.text()))
}

/// Whether the first name in a subject, which is the organization, is a wildcard: `repo:*`, `organization:*:project:x`.
fn begins_open(text: &str) -> bool {
    let kind = ["repo:", "organization:", "project_path:"];
    let name = kind.iter().find_map(|it| text.strip_prefix(it));
    name.unwrap_or(text).starts_with('*')
}

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    let with_web = ActionName::new("sts", "AssumeRoleWithWebIdentity");
    for seen in look.granting().filter(|it| it.covers(&with_web)) {
        let principals = seen.statement.principal.as_ref().filter(|it| !it.negated);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            if let PrincipalPattern::Federated(provider) = &entry.value
                && !provider.contains(":saml-provider/")
                && !seen.conditions().iter().any(|it| says_who(it, provider))
            {
                found.at(
                    entry.span,
                    format!("every user of {} may take on this role", quoted(provider)),
                    if is_shared(provider) {
                        "add a condition on the provider's `sub` that names your organization: `aud` is the same for all of its customers"
                    } else {
                        "add conditions on the provider's `aud` and `sub`"
                    },
                );
            }
        }
    }
}
