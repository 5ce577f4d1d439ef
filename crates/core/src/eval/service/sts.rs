//! Assuming a role: the role's trust policy must allow it, also where a role assumes itself. And
//! what STS gives to everybody.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>

use crate::{
    eval::service::ResourceRule,
    request::{Principal, Request},
    trace::Note,
};

/// What is asked besides `AssumeRole…` when tags, a source identity or a context are passed along.
const PASSED_ALONG: [&str; 3] = ["tagsession", "setsourceidentity", "setcontext"];

/// What somebody may ask for whom an identity provider vouches, by the kind of provider.
const BY_SAML: &str = "assumerolewithsaml";
const BY_WEB_IDENTITY: &str = "assumerolewithwebidentity";

/// Every role has a trust policy, so assuming a role without one is a question that the policy has
/// not answered. What is passed along is asked of the trust policy too, where it is known. An account's root user has no
/// policy: who works as that of a member account, the caller's own account says.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
pub(super) fn resource_rule(request: &Request, has_policy: bool) -> Option<ResourceRule> {
    let (service, name) = request.action.folded();
    if service != "sts" {
        return None;
    }
    if name == "assumeroot" {
        return Some(ResourceRule::CallerAlone);
    }
    let is_known = has_policy || !PASSED_ALONG.contains(&name);
    (is_known && asks_trust_policy(request)).then_some(ResourceRule::TrustPolicy)
}

/// Whether a role's trust policy is asked.
pub(crate) fn asks_trust_policy(request: &Request) -> bool {
    let (service, name) = request.action.folded();
    service == "sts" && (name.starts_with("assumerole") || PASSED_ALONG.contains(&name))
}

/// What succeeds in spite of any policy: `GetCallerIdentity` for everybody who has credentials, and `GetSessionToken`
/// for users and root.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
pub(in crate::eval) fn let_through(request: &Request) -> Option<Note> {
    let (service, name) = request.action.folded();
    if service != "sts" {
        return None;
    }
    let (is_let_through, note) = match name {
        "getcalleridentity" => (
            request.principal.account_str().is_some(),
            Note::AlwaysAllowed,
        ),
        "getsessiontoken" => (
            matches!(
                request.principal,
                Principal::Root { .. } | Principal::User { .. }
            ),
            Note::NeedsNoPermission,
        ),
        _ => return None,
    };
    is_let_through.then_some(note)
}

/// What STS gives to nobody of that kind, and that the word of an identity provider is good for a role and for nothing else.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
pub(super) fn refusal(request: &Request) -> Option<Note> {
    let (service, name) = request.action.folded();
    let is_sts = service == "sts";
    if let Principal::Federated { provider } = &request.principal {
        return of_provider(provider, is_sts, name);
    }
    if is_sts && matches!(name, BY_SAML | BY_WEB_IDENTITY) {
        return Some(Note::NeedsIdentityProvider);
    }
    let (is_refused, note) = match request.principal {
        Principal::FederatedUser { .. } => (
            // To hand over a role is no call of IAM.
            is_sts && name != "getcalleridentity" || service == "iam" && name != "passrole",
            Note::FederatedUserCallsNeitherIamNorSts,
        ),
        Principal::RoleSession { .. } => {
            let is_token = matches!(name, "getfederationtoken" | "getsessiontoken");
            (is_sts && is_token, Note::SessionGetsNoToken)
        }
        Principal::Root { .. } => {
            let is_assuming = matches!(name, "assumerole" | "assumeroot");
            (is_sts && is_assuming, Note::RootAssumesNoRole)
        }
        Principal::Anonymous => (is_sts, Note::StsNeedsCredentials),
        _ => return None,
    };
    is_refused.then_some(note)
}

/// What the word of this provider is not good for.
fn of_provider(provider: &str, is_sts: bool, name: &str) -> Option<Note> {
    let own = if provider.contains(":saml-provider/") {
        BY_SAML
    } else {
        BY_WEB_IDENTITY
    };
    match name {
        _ if !is_sts => Some(Note::FederatedCallerMayOnlyAssumeRole),
        BY_SAML | BY_WEB_IDENTITY => (name != own).then_some(Note::ProviderOfOtherKind),
        _ => (!PASSED_ALONG.contains(&name)).then_some(Note::FederatedCallerMayOnlyAssumeRole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        names::{ActionName, Arn},
        policy::{PolicyKind, parse},
        request::{Context, Resource},
    };

    fn request(action: &str) -> Request {
        let (user, role) = ["user/alice", "role/R"]
            .map(|it| Arn::parse(&format!("arn:aws:iam::111122223333:{it}")).unwrap())
            .into();
        Request {
            principal: Principal::User { arn: user },
            action: ActionName::new("sts", action),
            resource: Resource::Arn(role),
            resource_account: None,
            wildcard_only_action: false,
            context: Context::new(),
            origin: crate::request::Origin::Outside,
        }
    }

    #[test]
    fn a_trust_policy_is_asked_about_what_it_may_name_and_about_nothing_else() {
        let services = include_str!("../../../../../data/catalogue/core.json");
        let services: serde_json::Value = serde_json::from_str(services).unwrap();
        let actions = services["sts"]["a"].as_array().unwrap();
        let mut n_asked = 0;
        for action in actions.iter().map(|it| it[0].as_str().unwrap()) {
            let text = format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {{"AWS": "111122223333"}}, "Action": "sts:{action}"}}}}"#
            );
            let (_, diagnostics) = parse(&text, PolicyKind::Trust);
            let is_refused = diagnostics.iter().any(|it| it.code == "not-an-sts-action");
            let is_asked = asks_trust_policy(&request(action));
            assert_eq!(is_asked, !is_refused, "{action}");
            n_asked += usize::from(is_asked);
        }
        assert_eq!(n_asked, 6, "of {} actions", actions.len());
    }
}
