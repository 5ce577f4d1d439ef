//! A request and the policies that bear on it, as the API has them.

use std::{borrow::Cow, fmt};

use rolewalk_core::{
    names::{AccountId, ActionName, Arn, ContextKey, with_prefix},
    request::{Context, ContextValue, Origin, Principal, Request, Resource, is_session_of},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    finding::Finding,
    input::{self, Object},
    wildcard_only::takes_no_resource,
};

/// Up to as many keys those of the request before are looked through.
const FEW_KEYS: usize = 32;

/// The key that tells a session's role with its path.
const ROLE: &str = "aws:PrincipalArn";

/// What `evaluate` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case<'a> {
    /// The question.
    #[serde(borrow)]
    pub request: Object<RequestCase<'a>>,
    /// What it is asked of.
    #[serde(borrow)]
    pub policies: Object<PoliciesCase<'a>>,
    /// What is set at the resource: [`rolewalk_core::eval::Settings`].
    #[serde(borrow)]
    pub settings: Option<&'a RawValue>,
}

/// Who asks what of which resource.
///
/// Caller and context are read later: in a list of requests they are mostly those of the one before.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestCase<'a> {
    #[serde(borrow)]
    principal: &'a RawValue,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    resource: Cow<'a, str>,
    resource_account: Option<String>,
    wildcard_only_action: Option<bool>,
    #[serde(borrow)]
    context: Option<&'a RawValue>,
}

/// The documents by layer; each an object, or its text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct PoliciesCase<'a> {
    /// Of the caller.
    #[serde(borrow)]
    pub identity: Option<Vec<&'a RawValue>>,
    /// Of the resource; for `sts:AssumeRole…` the trust policy.
    #[serde(borrow)]
    pub resource: Option<&'a RawValue>,
    /// The caller's permissions boundary: one, or a list.
    #[serde(borrow)]
    pub boundary: Option<&'a RawValue>,
    /// Of the session: one, or a list.
    #[serde(borrow)]
    pub session: Option<&'a RawValue>,
    /// Service control policies by level.
    #[serde(borrow)]
    pub scps: Option<Vec<Vec<&'a RawValue>>>,
    /// Resource control policies by level.
    #[serde(borrow)]
    pub rcps: Option<Vec<Vec<&'a RawValue>>>,
    /// Of the VPC endpoint.
    #[serde(borrow)]
    pub vpc_endpoint: Option<&'a RawValue>,
    /// On the key: a list of [`rolewalk_core::eval::KeyGrant`].
    #[serde(borrow)]
    pub grants: Option<&'a RawValue>,
}

#[derive(Debug)]
enum PrincipalCase {
    /// An ARN or a service's name.
    Text(String),
    Object(PrincipalObject),
}

/// A caller that takes more than one name to tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PrincipalObject {
    /// `Anonymous` or `Federated`.
    r#type: Option<String>,
    provider: Option<String>,
    /// A session whose role has a path, which the session's ARN does not show.
    session: Option<String>,
    role: Option<String>,
    /// A federated user whose issuer matters.
    federated_user: Option<String>,
    user: Option<String>,
}

impl<'de> Deserialize<'de> for PrincipalCase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOf;
        impl<'de> Visitor<'de> for OneOf {
            type Value = PrincipalCase;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "an ARN, a service principal, or an object such as {\"type\": \"Anonymous\"}",
                )
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<PrincipalCase, E> {
                Ok(PrincipalCase::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PrincipalCase, A::Error> {
                let map = de::value::MapAccessDeserializer::new(map);
                PrincipalObject::deserialize(map).map(PrincipalCase::Object)
            }
        }
        deserializer.deserialize_any(OneOf)
    }
}

/// Keys to values: a string for a single-valued key, a list for a multi-valued one.
struct ContextCase(Context);

impl<'de> Deserialize<'de> for ContextCase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ReadContext { before: None }
            .deserialize(deserializer)
            .map(Self)
    }
}

/// Reads a context; keys that the one before has too are taken from there.
struct ReadContext<'a> {
    before: Option<&'a Context>,
}

impl ReadContext<'_> {
    fn key(&self, text: &str) -> ContextKey {
        // Among many keys looking for one takes longer than making it.
        let before = self.before.filter(|it| it.iter().count() <= FEW_KEYS);
        let mut known = before.into_iter().flat_map(Context::iter);
        let known = known.find(|(key, _)| key.as_str() == text);
        known.map_or_else(|| ContextKey::new(text), |(key, _)| key.clone())
    }
}

impl<'de> DeserializeSeed<'de> for ReadContext<'_> {
    type Value = Context;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Context, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ReadContext<'_> {
    type Value = Context;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of condition keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Context, A::Error> {
        let mut context = Context::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let OneOrMany(value) = map.next_value()?;
            let key = self.key(&key);
            if context.get(&key).is_some() {
                return Err(de::Error::custom(format!(
                    "`{key}` is given twice; names of keys are compared without case"
                )));
            }
            context.insert(key, value);
        }
        Ok(context)
    }
}

struct OneOrMany(ContextValue);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, or a list of strings")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(ContextValue::Single(text.to_owned())))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                let seq = de::value::SeqAccessDeserializer::new(seq);
                let values = Vec::<String>::deserialize(seq)?;
                Ok(OneOrMany(ContextValue::Multi(values)))
            }
        }
        deserializer.deserialize_any(Values)
    }
}

impl RequestCase<'_> {
    /// The request; `at` is where it stands in the input.
    pub fn read(&self, at: &str) -> Result<Request, Vec<Finding>> {
        let context = match self.context {
            Some(context) => {
                let ContextCase(context) = input::read(context.get(), &below(at, "context"))?;
                self.with_whole_names(context, at)?
            }
            None => Context::new(),
        };
        let principal = self.principal(&context, at)?;
        self.with(principal, context, at)
    }

    /// The same, from the request before: what is written alike is taken over, as in a grid.
    pub fn read_after(&self, (before, request): (&Self, Request)) -> Option<Request> {
        let context = if before.context.map(RawValue::get) == self.context.map(RawValue::get) {
            None
        } else {
            Some(self.context_after(&request.context)?)
        };
        // A session's role may stand in the context.
        let is_same_role = context
            .as_ref()
            .is_none_or(|it| it.single(ROLE) == request.context.single(ROLE));
        let context = context.unwrap_or(request.context);
        let principal = if is_same_role && before.principal.get() == self.principal.get() {
            request.principal
        } else {
            self.principal(&context, "").ok()?
        };
        self.with(principal, context, "").ok()
    }

    fn context_after(&self, before: &Context) -> Option<Context> {
        let Some(json) = self.context else {
            return Some(Context::new());
        };
        let mut json = serde_json::Deserializer::from_str(json.get());
        let before = Some(before);
        let context = ReadContext { before }.deserialize(&mut json).ok()?;
        self.with_whole_names(context, "").ok()
    }

    /// The context, if all of its keys have a prefix: of one without no policy could ever ask.
    fn with_whole_names(&self, context: Context, at: &str) -> Result<Context, Vec<Finding>> {
        let service = || {
            let action = self.action(at).ok();
            action.map_or_else(|| "aws".to_owned(), |it| it.service().to_owned())
        };
        let bare = context.iter().find(|(key, _)| !key.as_str().contains(':'));
        let Some((key, _)) = bare else {
            return Ok(context);
        };
        let name = input::shortened(key.as_str());
        let meant = with_prefix(&name, &service()).unwrap_or_default();
        Err(vec![Finding::of_input(
            "unexpected-input",
            below(at, &format!("context.{name}")),
            format!("`{name}` is no condition key: those have a prefix"),
            format!("write its whole name, most likely `{meant}`"),
        )])
    }

    fn with(
        &self,
        principal: Principal,
        context: Context,
        at: &str,
    ) -> Result<Request, Vec<Finding>> {
        let action = self.action(at)?;
        let resource = self.resource(at)?;
        let wildcard_only_action = match (self.wildcard_only_action, &resource) {
            (Some(said), _) => said,
            // It is asked of `*` anyway.
            (None, Resource::Any) => false,
            (None, Resource::Arn(_)) => takes_no_resource(&action),
        };
        Ok(Request {
            origin: Origin::of(&principal, &context),
            principal,
            action,
            resource,
            resource_account: self.resource_account(at)?,
            wildcard_only_action,
            context,
        })
    }

    fn principal(&self, context: &Context, at: &str) -> Result<Principal, Vec<Finding>> {
        let case: PrincipalCase = input::read(self.principal.get(), &below(at, "principal"))?;
        case.into_principal(context).ok_or_else(|| {
            vec![Finding::of_input(
                "invalid-principal",
                below(at, "principal"),
                format!(
                    "`{}` names no caller",
                    input::shortened(self.principal.get().trim_matches('"'))
                ),
                "give the ARN of a user, role, role session, federated user or root, a service such as \
                 `sagemaker.amazonaws.com`, or `{\"type\": \"Anonymous\"}`",
            )]
        })
    }

    fn action(&self, at: &str) -> Result<ActionName, Vec<Finding>> {
        ActionName::parse(&self.action).ok_or_else(|| {
            vec![Finding::of_input(
                "invalid-action",
                below(at, "action"),
                format!("`{}` is not an action", input::shortened(&self.action)),
                "give service and name, such as `s3:GetObject`; a request asks for one action, not for a pattern",
            )]
        })
    }

    fn resource(&self, at: &str) -> Result<Resource, Vec<Finding>> {
        if self.resource == "*" {
            return Ok(Resource::Any);
        }
        let arn = Arn::parse(&self.resource).ok_or_else(|| {
            vec![Finding::of_input(
                "invalid-resource",
                below(at, "resource"),
                format!("`{}` is not an ARN", input::shortened(&self.resource)),
                "give an ARN such as `arn:aws:s3:::bucket/key`, or `*`",
            )]
        })?;
        Ok(Resource::Arn(arn))
    }

    fn resource_account(&self, at: &str) -> Result<Option<AccountId>, Vec<Finding>> {
        let Some(text) = &self.resource_account else {
            return Ok(None);
        };
        let account = AccountId::parse(text).ok_or_else(|| {
            vec![Finding::of_input(
                "invalid-account",
                below(at, "resourceAccount"),
                format!("`{}` is not an account", input::shortened(text)),
                "give its twelve digits",
            )]
        })?;
        Ok(Some(account))
    }
}

/// A field of what stands at `at`.
fn below(at: &str, field: &str) -> String {
    if at.is_empty() {
        field.to_owned()
    } else {
        format!("{at}.{field}")
    }
}

impl PrincipalCase {
    fn into_principal(self, context: &Context) -> Option<Principal> {
        let object = match self {
            Self::Text(text) => return Principal::parse(&text, context),
            Self::Object(object) => object,
        };
        match object {
            PrincipalObject {
                r#type: Some(kind),
                provider,
                session: None,
                role: None,
                federated_user: None,
                user: None,
            } => match (kind.as_str(), provider) {
                ("Anonymous", None) => Some(Principal::Anonymous),
                ("Federated", Some(provider)) if !provider.is_empty() => {
                    Some(Principal::Federated { provider })
                }
                _ => None,
            },
            PrincipalObject {
                r#type: None,
                provider: None,
                session: Some(session),
                role: Some(role),
                federated_user: None,
                user: None,
            } => {
                let (session_arn, role_arn) = (Arn::parse(&session)?, Arn::parse(&role)?);
                is_session_of(&session_arn, &role_arn).then_some(Principal::RoleSession {
                    session_arn,
                    role_arn,
                })
            }
            PrincipalObject {
                r#type: None,
                provider: None,
                session: None,
                role: None,
                federated_user: Some(federated_user),
                user: Some(user),
            } => {
                let Principal::FederatedUser { arn, .. } =
                    Principal::parse(&federated_user, context)?
                else {
                    return None;
                };
                let user = Principal::parse(&user, context)?;
                let is_own = user.account() == arn.account();
                match user {
                    Principal::User { arn: user } if is_own => Some(Principal::FederatedUser {
                        arn,
                        user_arn: Some(user),
                    }),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::policies;

    #[test]
    fn a_context_key_without_its_prefix_is_told_with_the_key_that_is_meant() {
        let ask = |context: &str| {
            let request = format!(
                r#"{{"principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject", "resource": "*", "context": {context}}}"#
            );
            let one = format!(r#"{{"request": {request}, "policies": {{}}}}"#);
            let set = policies::Policies::from_json("{}", None).unwrap();
            // Behind another one it is read in another way.
            let before = request.replace(context, "{}");
            let many = set.decide_many(&format!("[{before}, {request}]")).err();
            (policies::evaluate(&one).err(), many)
        };
        for (context, at, meant) in [
            (
                r#"{"SourceIp": "203.0.113.7"}"#,
                "SourceIp",
                "`aws:SourceIp`",
            ),
            (
                r#"{"aws:SourceIp": "203.0.113.7", "versionid": "x"}"#,
                "versionid",
                "`s3:versionid`",
            ),
        ] {
            let (one, many) = ask(context);
            for (findings, request) in [(one, "request"), (many, "requests[1]")] {
                let finding = findings.unwrap().remove(0);
                assert_eq!(finding.path.unwrap(), format!("{request}.context.{at}"));
                assert!(finding.help.contains(meant), "{}", finding.help);
            }
        }
        assert_eq!(
            ask(r#"{"aws:SourceIp": "203.0.113.7"}"#)
                .0
                .map(|it| it.len()),
            None
        );
    }
}
