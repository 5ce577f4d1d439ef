//! The rule `web-identity-any-subject`.
//!
//! Knows nothing of other rules. Invariant: what its page shows as bad is found, what it shows instead is not.

use crate::{
    lint::look::{Look, is_met_by_absence, is_null},
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

fn check(look: &Look<'_>, found: &mut Found<'_>) {
    if look.kind() != PolicyKind::Trust {
        return;
    }
    let with_web = ActionName::new("sts", "AssumeRoleWithWebIdentity");
    for seen in look.granting().filter(|it| it.covers(&with_web)) {
        let says_who = |it: &Condition| {
            let key = it.key.value.folded();
            let claim = key.rsplit(':').next().unwrap_or_default();
            let is_claim = key.contains('.')
                && [
                    "sub", "aud", "amr", "oaud", "app_id", "id", "user_id", "email",
                ]
                .contains(&claim);
            is_claim
                && !is_null(it)
                && !is_met_by_absence(it)
                && !it.values.iter().any(|it| it.value.text() == "*")
        };
        if seen.conditions().iter().any(says_who) {
            continue;
        }
        let principals = seen.statement.principal.as_ref().filter(|it| !it.negated);
        for entry in principals.into_iter().flat_map(|it| &it.entries) {
            if let PrincipalPattern::Federated(provider) = &entry.value
                && !provider.contains(":saml-provider/")
            {
                found.at(
                    entry.span,
                    format!("every user of {} may take on this role", quoted(provider)),
                    "add conditions on the provider's `aud` and `sub`",
                );
            }
        }
    }
}
