//! A request and the policies that bear on it, as JSON: what the corpus and the conformance cases share.
//!
//! The form is that of the JavaScript API's `evaluate(case)`. Knows no expectation.

use std::{collections::BTreeMap, sync::Arc};

use rolewalk_core::{
    eval::{NamedPolicy, PolicySet, Settings},
    names::{AccountId, ActionName, Arn, ContextKey, DocumentName},
    policy::{PolicyKind, parse},
    request::{Context, ContextValue, Principal, Request, Resource},
};
use serde::Deserialize;
use serde_json::Value;

/// Who asks what of which resource.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RequestCase {
    principal: PrincipalCase,
    action: String,
    resource: String,
    resource_account: Option<String>,
    #[serde(default)]
    wildcard_only_action: bool,
    #[serde(default)]
    context: BTreeMap<String, ContextCase>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PrincipalCase {
    /// An ARN or a service's name.
    Text(String),
    /// A session whose role has a path, which the session's ARN does not show.
    Session(SessionCase),
    /// A federated user whose issuer matters.
    FederatedUser(FederatedUserCase),
    Kind(KindCase),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionCase {
    session: String,
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FederatedUserCase {
    federated_user: String,
    user: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindCase {
    r#type: String,
    provider: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ContextCase {
    Single(String),
    Multi(Vec<String>),
}

/// The documents by layer; each an object, or its text.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct PoliciesCase {
    identity: Vec<Value>,
    resource: Option<Value>,
    boundary: Option<OneOrMany>,
    session: Option<OneOrMany>,
    scps: Vec<Vec<Value>>,
    rcps: Vec<Vec<Value>>,
    vpc_endpoint: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Value>),
    One(Value),
}

impl OneOrMany {
    fn as_slice(&self) -> &[Value] {
        match self {
            Self::Many(list) => list,
            Self::One(it) => std::slice::from_ref(it),
        }
    }
}

/// Reads the request.
pub(crate) fn request(case: &RequestCase) -> Result<Request, String> {
    let resource = match case.resource.as_str() {
        "*" => Resource::Any,
        text => Resource::Arn(Arn::parse(text).ok_or_else(|| format!("resource {text}"))?),
    };
    let mut context = Context::new();
    for (key, value) in &case.context {
        let value = match value {
            ContextCase::Single(it) => ContextValue::Single(it.clone()),
            ContextCase::Multi(it) => ContextValue::Multi(it.clone()),
        };
        context.insert(ContextKey::new(key.as_str()), value);
    }
    let account = case.resource_account.as_deref();
    Ok(Request {
        principal: principal(&case.principal, &context)?,
        action: ActionName::parse(&case.action).ok_or_else(|| format!("action {}", case.action))?,
        resource,
        resource_account: account.and_then(AccountId::parse),
        wildcard_only_action: case.wildcard_only_action,
        context,
    })
}

fn principal(case: &PrincipalCase, context: &Context) -> Result<Principal, String> {
    let arn = |text: &str| Arn::parse(text).ok_or_else(|| format!("principal {text}"));
    match case {
        PrincipalCase::Text(text) => {
            Principal::parse(text, context).ok_or_else(|| format!("principal {text}"))
        }
        PrincipalCase::Session(it) => Ok(Principal::RoleSession {
            session_arn: arn(&it.session)?,
            role_arn: arn(&it.role)?,
        }),
        PrincipalCase::FederatedUser(it) => Ok(Principal::FederatedUser {
            arn: arn(&it.federated_user)?,
            user_arn: Some(arn(&it.user)?),
        }),
        PrincipalCase::Kind(it) => match (it.r#type.as_str(), &it.provider) {
            ("Anonymous", None) => Ok(Principal::Anonymous),
            ("Federated", Some(provider)) => Ok(Principal::Federated {
                provider: provider.clone(),
            }),
            (other, _) => Err(format!("principal of type {other}")),
        },
    }
}

/// Reads the policies: `identity[0]`, `identity[1]`, …, `resource`, `boundary`, `session`,
/// `scps[level][idx]`, `rcps[level][idx]`, `vpcEndpoint`.
pub(crate) fn policies(
    case: &PoliciesCase,
    settings: Settings,
    request: &Request,
) -> Result<PolicySet, String> {
    let is_trust =
        request.action.service() == "sts" && request.resource.as_str().contains(":role/");
    let resource_kind = if is_trust {
        PolicyKind::Trust
    } else {
        PolicyKind::Resource
    };
    let one = |name: &str, value: &Option<Value>, kind| {
        value
            .as_ref()
            .map(|it| document(name, it, kind))
            .transpose()
    };
    let many = |name: &str, values: &[Value], kind| -> Result<Vec<NamedPolicy>, String> {
        let numbered = values.iter().enumerate();
        numbered
            .map(|(idx, it)| document(&format!("{name}[{idx}]"), it, kind))
            .collect()
    };
    let levels = |name: &str, values: &[Vec<Value>], kind| -> Result<Vec<_>, String> {
        let numbered = values.iter().enumerate();
        numbered
            .map(|(level, it)| many(&format!("{name}[{level}]"), it, kind))
            .collect()
    };
    // The one boundary that there is has no number.
    let boundaries = |values: &[Value]| match values {
        [only] => Ok(vec![document("boundary", only, PolicyKind::Boundary)?]),
        several => many("boundary", several, PolicyKind::Boundary),
    };
    let slice =
        |it: &Option<OneOrMany>| it.as_ref().map_or(Vec::new(), |it| it.as_slice().to_vec());
    Ok(PolicySet {
        identity: many("identity", &case.identity, PolicyKind::Identity)?,
        resource: one("resource", &case.resource, resource_kind)?,
        boundary: boundaries(&slice(&case.boundary))?,
        session: many("session", &slice(&case.session), PolicyKind::Session)?,
        scps: levels("scps", &case.scps, PolicyKind::Scp)?,
        rcps: levels("rcps", &case.rcps, PolicyKind::Rcp)?,
        vpc_endpoint: one("vpcEndpoint", &case.vpc_endpoint, PolicyKind::VpcEndpoint)?,
        settings,
    })
}

/// A document may be one that AWS would not save: what evaluation makes of it is part of the
/// behaviour, as long as every statement could be read.
fn document(name: &str, value: &Value, kind: PolicyKind) -> Result<NamedPolicy, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (policy, diagnostics) = parse(&text, kind);
    match policy {
        Some(policy) if policy.is_whole => Ok(NamedPolicy {
            name: DocumentName::new(name),
            policy: Arc::new(policy),
        }),
        _ => Err(format!("{name} is broken: {diagnostics:?}")),
    }
}
