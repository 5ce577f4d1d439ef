//! Who asks for what, on which resource, in which context.
//!
//! Knows nothing of policies. Invariant: a principal is a kind with fields, never a bare string,
//! since the rules differ by kind.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::names::{AccountId, ActionName, Arn, ContextKey};

/// The caller, as IAM sees it.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Principal {
    /// An account's root user.
    Root {
        /// The account.
        account: AccountId,
    },
    /// An IAM user.
    User {
        /// `arn:aws:iam::…:user/path/name`.
        arn: Arn,
    },
    /// A session of a role: what `sts:AssumeRole` gives.
    RoleSession {
        /// `arn:aws:sts::…:assumed-role/name/session`, without the role's path.
        session_arn: Arn,
        /// `arn:aws:iam::…:role/path/name`.
        role_arn: Arn,
    },
    /// What `sts:GetFederationToken` gives: a session of the user that asked for it.
    FederatedUser {
        /// `arn:aws:sts::…:federated-user/name`.
        arn: Arn,
        /// The user that issued the session, where it is known.
        user_arn: Option<Arn>,
    },
    /// An AWS service.
    Service {
        /// Its principal, such as `sagemaker.amazonaws.com`. What else it is called stands in the
        /// context, as `aws:PrincipalServiceNamesList`.
        name: String,
    },
    /// Somebody that an identity provider vouches for, asking for a role: `AssumeRoleWithSAML`,
    /// `AssumeRoleWithWebIdentity`. Not yet an identity of IAM.
    Federated {
        /// The provider: its ARN, or the host name of one that AWS knows by itself.
        provider: String,
    },
    /// A caller without credentials.
    Anonymous,
}

/// Whether a role belongs to a service, by its path: no policy of the organization limits it.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
pub(crate) fn is_service_linked_role(role: &Arn) -> bool {
    role.resource().starts_with("role/aws-service-role/")
}

impl Principal {
    /// Reads a caller from the text that names it: an ARN (user, role session, root, federated
    /// user; a role's ARN stands for some session of it), or a service's principal.
    ///
    /// A session's ARN does not show its role's path: that is taken from `aws:PrincipalArn`, where
    /// the context has it.
    pub fn parse(text: &str, context: &Context) -> Option<Self> {
        let Some(arn) = Arn::parse(text) else {
            return is_service(text).then(|| Self::Service {
                name: text.to_owned(),
            });
        };
        if arn.resource().starts_with("saml-provider/")
            || arn.resource().starts_with("oidc-provider/")
        {
            return Some(Self::Federated {
                provider: text.to_owned(),
            });
        }
        let account = arn.account()?;
        let (sort, rest) = arn
            .resource()
            .split_once('/')
            .unwrap_or((arn.resource(), ""));
        match (arn.service(), sort) {
            ("iam", "root") if rest.is_empty() => Some(Self::Root { account }),
            ("iam", "user") if !rest.is_empty() => Some(Self::User { arn }),
            ("iam", "role") if !rest.is_empty() => {
                let session = format!("assumed-role/{}/session", arn.last_segment());
                let session_arn =
                    Arn::from_parts([arn.partition(), "sts", "", account.as_str(), &session]);
                Some(Self::RoleSession {
                    session_arn,
                    role_arn: arn,
                })
            }
            ("sts", "assumed-role") => {
                let (name, _) = rest.split_once('/')?;
                let role = format!("role/{name}");
                let plain = Arn::from_parts([arn.partition(), "iam", "", account.as_str(), &role]);
                let role_arn = context
                    .single("aws:PrincipalArn")
                    .and_then(Arn::parse)
                    .filter(|it| is_session_of(&arn, it))
                    .unwrap_or(plain);
                Some(Self::RoleSession {
                    session_arn: arn,
                    role_arn,
                })
            }
            ("sts", "federated-user") if !rest.is_empty() => Some(Self::FederatedUser {
                arn,
                user_arn: None,
            }),
            _ => None,
        }
    }

    /// The account the caller belongs to; services and callers without an identity of IAM belong
    /// to none.
    pub fn account(&self) -> Option<AccountId> {
        self.account_str().and_then(AccountId::parse)
    }

    /// The same, as text.
    pub fn account_str(&self) -> Option<&str> {
        match self {
            Self::Root { account } => Some(account.as_str()),
            Self::User { arn } | Self::FederatedUser { arn, .. } => arn.account_str(),
            Self::RoleSession { session_arn, .. } => session_arn.account_str(),
            Self::Service { .. } | Self::Federated { .. } | Self::Anonymous => None,
        }
    }

    /// The partition of the caller's ARN, where there is one.
    pub(crate) fn partition(&self) -> Option<&str> {
        match self {
            Self::User { arn } | Self::FederatedUser { arn, .. } => Some(arn.partition()),
            Self::RoleSession { session_arn, .. } => Some(session_arn.partition()),
            _ => None,
        }
    }

    /// Whether it is a session of a role that belongs to a service: what its path says.
    pub fn is_service_linked(&self) -> bool {
        matches!(self, Self::RoleSession { role_arn, .. } if is_service_linked_role(role_arn))
    }
}

/// Whether a text is the principal of a service, such as `sagemaker.amazonaws.com`: names between
/// dots.
fn is_service(text: &str) -> bool {
    let is_name = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    text.contains('.') && text.split('.').all(is_name)
}

/// Whether a session belongs to a role: its ARN has the role's name without the path, and names
/// are unique in an account.
pub fn is_session_of(session: &Arn, role: &Arn) -> bool {
    let is_role = role.service() == "iam" && role.resource().starts_with("role/");
    let name = session.resource().split('/').nth(1);
    is_role
        && session.partition() == role.partition()
        && session.account_str() == role.account_str()
        && name == Some(role.last_segment())
}

/// As AWS's error messages name the caller.
impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root { account } => write!(f, "arn:aws:iam::{account}:root"),
            Self::User { arn } | Self::FederatedUser { arn, .. } => arn.fmt(f),
            Self::RoleSession { session_arn, .. } => session_arn.fmt(f),
            Self::Service { name } => f.write_str(name),
            Self::Federated { provider } => f.write_str(provider),
            Self::Anonymous => f.write_str("anonymous"),
        }
    }
}

/// What the request is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// One thing.
    Arn(Arn),
    /// The action has no resource-level permissions: it is authorized against `*`.
    Any,
}

impl Resource {
    /// The ARN, or `*`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Arn(arn) => arn.as_str(),
            Self::Any => "*",
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A context key's value. One or many is a property of the key, not of the policy's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum ContextValue {
    /// A single-valued key.
    Single(String),
    /// A multi-valued key; present even when the list is empty.
    Multi(Vec<String>),
}

impl ContextValue {
    /// The values, however many.
    pub fn values(&self) -> &[String] {
        match self {
            Self::Single(value) => std::slice::from_ref(value),
            Self::Multi(values) => values,
        }
    }
}

impl From<&str> for ContextValue {
    fn from(value: &str) -> Self {
        Self::Single(value.to_owned())
    }
}

/// The keys present in a request. A key that is not in here is absent, which is not the same as
/// present and empty.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context(Vec<(ContextKey, ContextValue)>); // INVARIANT: in order, each key once

/// Up to as many keys it is faster to look at each than to cut the list in halves.
const FEW_KEYS: usize = 32;

impl Context {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key, where it is present.
    pub fn get(&self, key: &ContextKey) -> Option<&ContextValue> {
        if self.0.len() <= FEW_KEYS {
            return self.0.iter().find(|it| it.0 == *key).map(|it| &it.1);
        }
        let idx = self.place(key).ok()?;
        self.0.get(idx).map(|it| &it.1)
    }

    fn place(&self, key: &ContextKey) -> Result<usize, usize> {
        self.0.binary_search_by(|it| it.0.cmp(key))
    }

    /// The value of a single-valued key.
    pub fn single(&self, key: &str) -> Option<&str> {
        match self.get(&ContextKey::new(key))? {
            ContextValue::Single(value) => Some(value),
            ContextValue::Multi(_) => None,
        }
    }

    /// The same without the keys that `is_left_out` names.
    #[must_use]
    pub fn without(&self, is_left_out: impl Fn(&ContextKey) -> bool) -> Self {
        let kept = self.0.iter().filter(|(key, _)| !is_left_out(key));
        Self(kept.cloned().collect())
    }

    /// Sets a key.
    pub fn insert(&mut self, key: ContextKey, value: ContextValue) {
        match self.place(&key) {
            Ok(idx) => {
                if let Some(entry) = self.0.get_mut(idx) {
                    entry.1 = value;
                }
            }
            Err(idx) => self.0.insert(idx, (key, value)),
        }
    }

    /// Sets a single-valued key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.insert(ContextKey::new(key), ContextValue::Single(value.into()));
        self
    }

    /// All keys in order.
    pub fn iter(&self) -> impl Iterator<Item = (&ContextKey, &ContextValue)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Who calls: somebody from outside, or AWS itself.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// A person or a program of theirs; from where, only they can say.
    Outside,
    /// The same, who say that they come through a VPC endpoint, which does not lead to the service that is asked.
    BesideEndpoint,
    /// A service, on its own or on somebody's behalf, or what runs in one: an app, a notebook, a job.
    Service,
}

impl Origin {
    /// As far as the principal and the request's keys say it. That a role's session is that of a job in a service they do
    /// not: whoever makes it knows.
    pub fn of(principal: &Principal, context: &Context) -> Self {
        let is_service = matches!(principal, Principal::Service { .. });
        if is_service || context.single("aws:ViaAWSService") == Some("true") {
            Self::Service
        } else {
            Self::Outside
        }
    }
}

/// One question to IAM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// For what.
    pub action: ActionName,
    /// On what.
    pub resource: Resource,
    /// The account that owns the resource; `None` where it is the caller's.
    pub resource_account: Option<AccountId>,
    /// Whether the action has no resource-level permissions: it is then asked of `*`, whatever
    /// `resource` names.
    pub wildcard_only_action: bool,
    /// With which context.
    pub context: Context,
    /// From where.
    pub origin: Origin,
}

impl Request {
    /// What the policies are asked about: the resource, or `*` where the action knows no other.
    pub fn asked_of(&self) -> &str {
        if self.wildcard_only_action {
            "*"
        } else {
            self.resource.as_str()
        }
    }

    /// The account that owns the resource, where it is not simply the caller's.
    pub fn owner(&self) -> Option<&str> {
        let named = self.resource_account.as_ref().map(AccountId::as_str);
        named.or_else(|| match &self.resource {
            Resource::Arn(arn) => arn.account_str(),
            Resource::Any => None,
        })
    }

    /// Whether caller and resource lie in different accounts. Services and anonymous callers have
    /// no account of their own, so nothing is across accounts for them, nor is an action that has no resource.
    pub fn is_cross_account(&self) -> bool {
        let Some(caller) = self.principal.account_str() else {
            return false;
        };
        !self.wildcard_only_action && self.owner().is_some_and(|it| it != caller)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_read_from_its_name() {
        let none = Context::new();
        let cases = [
            ("arn:aws:iam::111122223333:root", "Root"),
            ("arn:aws:iam::111122223333:user/a/b", "User"),
            ("arn:aws:iam::111122223333:role/a/R", "RoleSession"),
            ("arn:aws:sts::111122223333:assumed-role/R/s", "RoleSession"),
            (
                "arn:aws:sts::111122223333:federated-user/bob",
                "FederatedUser",
            ),
            ("arn:aws:iam::111122223333:saml-provider/x", "Federated"),
            ("sagemaker.amazonaws.com", "Service"),
        ];
        for (text, kind) in cases {
            let found = Principal::parse(text, &none).unwrap();
            assert!(format!("{found:?}").starts_with(kind), "{text}: {found:?}");
        }
        for text in [
            "",
            "*",
            ".",
            "a.",
            "a.b c",
            "alice",
            "arn:aws:iam::111122223333:group/g",
            "arn:aws:sts::111122223333:assumed-role/R",
            "arn:aws:iam::aws:user/x",
        ] {
            assert_eq!(Principal::parse(text, &none), None, "{text}");
        }
    }

    #[test]
    fn a_context_finds_its_keys_however_many() {
        for n in [1, FEW_KEYS, FEW_KEYS + 1, 500] {
            let mut context = Context::new();
            for idx in 0..n {
                context = context.with(&format!("aws:PrincipalTag/K{idx}"), idx.to_string());
            }
            context = context.with("AWS:principaltag/k0", "again");
            assert_eq!(context.iter().count(), n);
            assert_eq!(context.single("aws:principaltag/k0"), Some("again"));
            let last = n - 1;
            let found = context.single(&format!("aws:principaltag/k{last}"));
            assert!(last == 0 || found == Some(last.to_string().as_str()));
            assert_eq!(context.single("aws:absent"), None);
            let keys: Vec<_> = context.iter().map(|it| it.0.clone()).collect();
            assert!(keys.is_sorted());
        }
    }

    #[test]
    fn the_context_tells_a_roles_path() {
        let role = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R";
        let context = Context::new().with("aws:PrincipalArn", role);
        let session = "arn:aws:sts::111122223333:assumed-role/R/s";
        assert!(
            Principal::parse(session, &context)
                .unwrap()
                .is_service_linked()
        );
        assert!(
            !Principal::parse(session, &Context::new())
                .unwrap()
                .is_service_linked()
        );
        let other = "arn:aws:sts::111122223333:assumed-role/S/s";
        assert!(
            !Principal::parse(other, &context)
                .unwrap()
                .is_service_linked()
        );
    }
}
