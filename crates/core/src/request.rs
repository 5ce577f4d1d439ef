//! Who asks for what, on which resource, in which context.
//!
//! Knows nothing of policies. Invariant: a principal is a kind with fields, never a bare string,
//! since the rules differ by kind.

use std::{collections::BTreeMap, fmt};

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
    /// An AWS service.
    Service {
        /// Its principal, such as `sagemaker.amazonaws.com`.
        name: String,
    },
    /// A caller without credentials.
    Anonymous,
}

impl Principal {
    /// The account the caller belongs to; services and anonymous callers belong to none.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root { account } => Some(account.clone()),
            Self::User { arn } => arn.account(),
            Self::RoleSession { session_arn, .. } => session_arn.account(),
            Self::Service { .. } | Self::Anonymous => None,
        }
    }
}

/// As AWS's error messages name the caller.
impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root { account } => write!(f, "arn:aws:iam::{account}:root"),
            Self::User { arn } => arn.fmt(f),
            Self::RoleSession { session_arn, .. } => session_arn.fmt(f),
            Self::Service { name } => f.write_str(name),
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Context(BTreeMap<ContextKey, ContextValue>);

impl Context {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key, where it is present.
    pub fn get(&self, key: &ContextKey) -> Option<&ContextValue> {
        self.0.get(key)
    }

    /// Sets a key.
    pub fn insert(&mut self, key: ContextKey, value: ContextValue) {
        self.0.insert(key, value);
    }

    /// Sets a single-valued key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.insert(ContextKey::new(key), ContextValue::Single(value.into()));
        self
    }

    /// All keys in order.
    pub fn iter(&self) -> impl Iterator<Item = (&ContextKey, &ContextValue)> {
        self.0.iter()
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
    /// With which context.
    pub context: Context,
}

impl Request {
    /// Whether caller and resource lie in different accounts. Services and anonymous callers have
    /// no account of their own, so nothing is across accounts for them.
    pub fn is_cross_account(&self) -> bool {
        let Some(caller) = self.principal.account() else {
            return false;
        };
        let owner = self
            .resource_account
            .clone()
            .or_else(|| match &self.resource {
                Resource::Arn(arn) => arn.account(),
                Resource::Any => None,
            });
        owner.is_some_and(|it| it != caller)
    }
}
