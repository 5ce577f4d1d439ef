//! What testing one grant on a KMS key found.
//!
//! Data without prose. Invariant: every constraint is tested, also behind a miss.

use serde::Serialize;

use crate::trace::PrincipalMatch;

/// What testing one grant found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantTrace {
    /// The grant's id.
    pub grant_id: String,
    /// What people call it; may be empty.
    pub name: String,
    /// Who gets its permissions.
    pub grantee: String,
    /// How it takes in the caller, where it allows.
    pub principal: Option<PrincipalMatch>,
    /// What keeps it from allowing; empty where it allows.
    pub misses: Vec<GrantMiss>,
}

impl GrantTrace {
    /// Whether it allows the request.
    pub const fn allows(&self) -> bool {
        self.misses.is_empty()
    }

    /// What people call it: its name, else its id.
    pub const fn title(&self) -> &str {
        if self.name.is_empty() {
            self.grant_id.as_str()
        } else {
            self.name.as_str()
        }
    }
}

/// Why a grant does not allow a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum GrantMiss {
    /// The caller is not its grantee.
    Principal,
    /// The operation is not among its own.
    Operation,
    /// A pair of the encryption context is missing, is another, or is one too many.
    EncryptionContext {
        /// The pair's key.
        key: String,
        /// The value that the grant asks for; `None` where it asks that there is none.
        wanted: Option<String>,
        /// The request's value; `None` where there is none.
        requested: Option<String>,
    },
    /// The request is not made on behalf of the resource that the grant names.
    SourceArn {
        /// The resource.
        wanted: String,
        /// The request's `aws:SourceArn`.
        requested: Option<String>,
    },
    /// A grant is made by right of this one, and would allow more.
    MoreOperations {
        /// What this one does not allow.
        operations: Vec<String>,
    },
    /// A grant is made by right of this one, and does not keep its constraints.
    NoConstraint,
}
