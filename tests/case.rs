//! A request and the policies that bear on it, as JSON: what the corpus and the conformance cases share.
//!
//! The form is that of the JavaScript API's `evaluate(case)`. Knows no expectation.

use std::{collections::BTreeMap, sync::Arc};

use rolewalk_core::{
    eval::{NamedPolicy, PolicySet},
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
    context: BTreeMap<String, ContextCase>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PrincipalCase {
    /// An ARN or a service's name.
    Text(String),
    /// A session whose role has a path, which the session's ARN does not show.
    Session(SessionCase),
    Kind(KindCase),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionCase {
    session: String,
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindCase {
    r#type: String,
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
    session: Option<Value>,
    scps: Vec<Value>,
    rcps: Vec<Value>,
    vpc_endpoint: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<Value>),
    One(Value),
}

/// Reads the request. The error says what this engine does not know of yet.
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
        principal: principal(&case.principal)?,
        action: ActionName::parse(&case.action).ok_or_else(|| format!("action {}", case.action))?,
        resource,
        resource_account: account.and_then(AccountId::parse),
        context,
    })
}

fn principal(case: &PrincipalCase) -> Result<Principal, String> {
    let arn = |text: &str| Arn::parse(text).ok_or_else(|| format!("principal {text}"));
    let text = match case {
        PrincipalCase::Text(text) => text,
        PrincipalCase::Session(it) => {
            let (session_arn, role_arn) = (arn(&it.session)?, arn(&it.role)?);
            return Ok(Principal::RoleSession {
                session_arn,
                role_arn,
            });
        }
        PrincipalCase::Kind(it) if it.r#type == "Anonymous" => return Ok(Principal::Anonymous),
        PrincipalCase::Kind(it) => return Err(format!("principal of type {}", it.r#type)),
    };
    if !text.starts_with("arn:") && text.contains('.') {
        return Ok(Principal::Service { name: text.clone() });
    }
    let arn = arn(text)?;
    let account = arn.account().ok_or_else(|| format!("principal {text}"))?;
    let (sort, rest) = arn
        .resource()
        .split_once('/')
        .unwrap_or((arn.resource(), ""));
    match sort {
        "root" => Ok(Principal::Root { account }),
        "user" => Ok(Principal::User { arn }),
        "assumed-role" => {
            let name = rest.split('/').next().unwrap_or("");
            let role = format!("arn:{}:iam::{account}:role/{name}", arn.partition());
            let role_arn = Arn::parse(&role).ok_or_else(|| role.clone())?;
            Ok(Principal::RoleSession {
                session_arn: arn,
                role_arn,
            })
        }
        "role" => {
            let session = format!(
                "arn:{}:sts::{account}:assumed-role/{}/session",
                arn.partition(),
                arn.last_segment()
            );
            let session_arn = Arn::parse(&session).ok_or_else(|| session.clone())?;
            Ok(Principal::RoleSession {
                session_arn,
                role_arn: arn,
            })
        }
        other => Err(format!("principal of kind {other}")),
    }
}

/// Reads the policies: `identity[0]`, `identity[1]`, …, `resource`, `boundary`.
pub(crate) fn policies(case: &PoliciesCase, request: &Request) -> Result<PolicySet, String> {
    let later = [
        ("session policy", case.session.is_some()),
        ("SCP", !case.scps.is_empty()),
        ("RCP", !case.rcps.is_empty()),
        ("VPC endpoint policy", case.vpc_endpoint.is_some()),
    ];
    if let Some((kind, _)) = later.iter().find(|it| it.1) {
        return Err((*kind).to_owned());
    }
    let identity = case.identity.iter().enumerate();
    let boundary = match &case.boundary {
        None => None,
        Some(OneOrMany::One(it)) => Some(it),
        Some(OneOrMany::Many(list)) if list.len() > 1 => {
            return Err("several boundaries".to_owned());
        }
        Some(OneOrMany::Many(list)) => list.first(),
    };
    let is_trust =
        request.action.service() == "sts" && request.resource.as_str().contains(":role/");
    let resource_kind = if is_trust {
        PolicyKind::Trust
    } else {
        PolicyKind::Resource
    };
    Ok(PolicySet {
        identity: identity
            .map(|(idx, it)| document(&format!("identity[{idx}]"), it, PolicyKind::Identity))
            .collect::<Result<_, _>>()?,
        resource: case
            .resource
            .as_ref()
            .map(|it| document("resource", it, resource_kind))
            .transpose()?,
        boundary: boundary
            .map(|it| document("boundary", it, PolicyKind::Boundary))
            .transpose()?,
    })
}

/// A document may have an unknown operator: what evaluation makes of it is part of the behaviour.
fn document(name: &str, value: &Value, kind: PolicyKind) -> Result<NamedPolicy, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let (policy, diagnostics) = parse(&text, kind);
    let error = diagnostics
        .iter()
        .find(|it| it.is_error() && it.code != "unknown-operator");
    match (policy, error) {
        (Some(policy), None) => Ok(NamedPolicy {
            name: DocumentName::new(name),
            policy: Arc::new(policy),
        }),
        (_, error) => Err(format!("{name} is broken: {error:?}")),
    }
}
