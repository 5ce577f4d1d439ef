//! Names for the policy texts of a world.
//!
//! Invariant: [`DocumentId`] and [`DocumentName`] are two spellings of one thing; a name that a
//! trace carries leads back to the text it is about.

use serde::{Deserialize, Serialize};

use crate::{
    names::{AccountId, Arn, DocumentName},
    policy::PolicyKind,
    world::{EntityId, KeyError, OrganizationPolicyKind, Thing, key},
};

/// Who an inline policy belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A user, by name.
    User(String),
    /// A group, by name.
    Group(String),
    /// A role, by name.
    Role(String),
}

impl Owner {
    /// The user, group or role.
    pub fn thing(&self) -> Thing {
        match self.clone() {
            Self::User(name) => Thing::User { name },
            Self::Group(name) => Thing::Group { name },
            Self::Role(name) => Thing::Role { name },
        }
    }

    /// The owner's kind and name and the policy's name, as keys have them.
    pub(super) fn written(&self, policy: &str) -> String {
        let (kind, owner) = match self {
            Self::User(it) => ("user", it),
            Self::Group(it) => ("group", it),
            Self::Role(it) => ("role", it),
        };
        format!("{kind}:{owner}:{policy}")
    }

    /// Undoes [`Self::written`]; names of owners have no colon.
    pub(super) fn read(text: &str) -> Option<(Self, String)> {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        let (kind, owner, name) = (parts.next()?, parts.next()?, parts.next()?);
        let owner = match kind.as_str() {
            "user" => Self::User(owner),
            "group" => Self::Group(owner),
            "role" => Self::Role(owner),
            _ => return None,
        };
        Some((owner, name))
    }

    /// The user, group or role as an owner; nothing for other things.
    pub fn of(thing: &Thing) -> Option<Self> {
        match thing {
            Thing::User { name } => Some(Self::User(name.clone())),
            Thing::Group { name } => Some(Self::Group(name.clone())),
            Thing::Role { name } => Some(Self::Role(name.clone())),
            _ => None,
        }
    }
}

/// Which policy text of a world. JSON has its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "DocumentName", into = "DocumentName")]
pub struct DocumentId {
    /// The account it is in; `None` for the home account, and for what belongs to no account or
    /// says its account itself.
    pub account: Option<AccountId>,
    /// Which text.
    pub text: Text,
}

/// Which policy text of an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// A managed policy, in its default version.
    Managed {
        /// Its ARN.
        arn: Arn,
    },
    /// A policy of one user, group or role.
    Inline {
        /// Whose.
        owner: Owner,
        /// Its name.
        name: String,
    },
    /// A role's trust policy.
    Trust {
        /// The role's name.
        role: String,
    },
    /// A bucket policy.
    Bucket {
        /// The bucket's name.
        bucket: String,
    },
    /// A key policy.
    Key {
        /// The key's id.
        key: String,
    },
    /// A repository policy.
    Repository {
        /// The repository's name.
        repository: String,
    },
    /// A VPC endpoint's policy.
    VpcEndpoint {
        /// The endpoint's id.
        id: String,
    },
    /// A policy of the organization.
    Organization {
        /// What it limits.
        kind: OrganizationPolicyKind,
        /// Its name.
        name: String,
    },
}

impl From<Text> for DocumentId {
    fn from(text: Text) -> Self {
        Self::home(text)
    }
}

impl DocumentId {
    /// A text of the home account, or one that belongs to no account.
    pub const fn home(text: Text) -> Self {
        Self {
            account: None,
            text,
        }
    }

    /// The name that traces carry.
    pub fn name(&self) -> DocumentName {
        let (kind, name) = match &self.text {
            Text::Managed { arn } => return DocumentName::new(format!("managed:{arn}")),
            Text::Organization { kind, name } => {
                return DocumentName::new(format!("{}:{name}", kind.as_str()));
            }
            Text::Inline { owner, name } => ("inline", &owner.written(name)),
            Text::Trust { role } => ("trust", role),
            Text::Bucket { bucket } => ("bucket", bucket),
            Text::Key { key } => ("key", key),
            Text::Repository { repository } => ("repository", repository),
            Text::VpcEndpoint { id } => ("vpc-endpoint", id),
        };
        let name = key::written(self.account.as_ref(), name);
        DocumentName::new(format!("{kind}:{name}"))
    }

    /// The document that a trace speaks of; nothing where the name was not made by
    /// [`Self::name`].
    pub fn of(name: &DocumentName) -> Option<Self> {
        let (kind, rest) = name.as_str().split_once(':')?;
        if kind == "managed" {
            let arn = Arn::parse(rest)?;
            return Some(Self::home(Text::Managed { arn }));
        }
        if let Some(kind) = OrganizationPolicyKind::parse(kind) {
            let name = rest.to_owned();
            return Some(Self::home(Text::Organization { kind, name }));
        }
        let (account, rest) = key::read(rest);
        let own = || rest.to_owned();
        let text = match kind {
            "inline" => {
                let (owner, name) = Owner::read(rest)?;
                Text::Inline { owner, name }
            }
            "trust" => Text::Trust { role: own() },
            "bucket" => Text::Bucket { bucket: own() },
            "key" => Text::Key { key: own() },
            "repository" => Text::Repository { repository: own() },
            "vpc-endpoint" => Text::VpcEndpoint { id: own() },
            _ => return None,
        };
        Some(Self { account, text })
    }

    /// The id that the text has once the thing `from`, which it belongs to, is `to`; nothing where it
    /// belongs to another.
    pub fn of_renamed(&self, from: &EntityId, to: &EntityId) -> Option<Self> {
        let is_own = self.entity() == *from || self.inline_policy().as_ref() == Some(from);
        let text = match (&self.text, &to.thing) {
            _ if !is_own => return None,
            (Text::Managed { .. }, Thing::ManagedPolicy { arn }) => {
                Text::Managed { arn: arn.clone() }
            }
            (Text::Inline { .. }, Thing::InlinePolicy { owner, name }) => Text::Inline {
                owner: owner.clone(),
                name: name.clone(),
            },
            (Text::Inline { name, .. }, owner) => Text::Inline {
                owner: Owner::of(owner)?,
                name: name.clone(),
            },
            (Text::Trust { .. }, Thing::Role { name }) => Text::Trust { role: name.clone() },
            (Text::Bucket { .. }, Thing::Bucket { name }) => Text::Bucket {
                bucket: name.clone(),
            },
            (Text::Key { .. }, Thing::Key { id }) => Text::Key { key: id.clone() },
            (Text::Repository { .. }, Thing::Repository { name }) => Text::Repository {
                repository: name.clone(),
            },
            (Text::VpcEndpoint { .. }, Thing::VpcEndpoint { id }) => {
                Text::VpcEndpoint { id: id.clone() }
            }
            (Text::Organization { kind, .. }, Thing::OrganizationPolicy { name, .. }) => {
                Text::Organization {
                    kind: *kind,
                    name: name.clone(),
                }
            }
            _ => return None,
        };
        let account = self.account.clone();
        Some(Self { account, text })
    }

    /// The inline policy as a thing of its own; nothing for other texts.
    pub fn inline_policy(&self) -> Option<EntityId> {
        let Text::Inline { owner, name } = self.text.clone() else {
            return None;
        };
        Some(EntityId {
            account: self.account.clone(),
            thing: Thing::InlinePolicy { owner, name },
        })
    }

    /// What kind of policy the text must be.
    pub const fn kind(&self) -> PolicyKind {
        match self.text {
            Text::Managed { .. } | Text::Inline { .. } => PolicyKind::Identity,
            Text::Trust { .. } => PolicyKind::Trust,
            Text::Bucket { .. } | Text::Key { .. } | Text::Repository { .. } => {
                PolicyKind::Resource
            }
            Text::VpcEndpoint { .. } => PolicyKind::VpcEndpoint,
            Text::Organization { kind, .. } => kind.policy_kind(),
        }
    }

    /// The thing that the text belongs to.
    pub fn entity(&self) -> EntityId {
        let thing = match self.text.clone() {
            Text::Managed { arn } => Thing::ManagedPolicy { arn },
            Text::Inline { owner, .. } => owner.thing(),
            Text::Trust { role } => Thing::Role { name: role },
            Text::Bucket { bucket } => Thing::Bucket { name: bucket },
            Text::Key { key } => Thing::Key { id: key },
            Text::Repository { repository } => Thing::Repository { name: repository },
            Text::VpcEndpoint { id } => Thing::VpcEndpoint { id },
            Text::Organization { kind, name } => Thing::OrganizationPolicy { kind, name },
        };
        EntityId {
            account: self.account.clone(),
            thing,
        }
    }
}

impl TryFrom<DocumentName> for DocumentId {
    type Error = KeyError;

    fn try_from(name: DocumentName) -> Result<Self, KeyError> {
        Self::of(&name).ok_or_else(|| KeyError::Document(name.as_str().to_owned()))
    }
}

impl From<DocumentId> for DocumentName {
    fn from(id: DocumentId) -> Self {
        id.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_text() {
        let it = || "a/b".to_owned();
        let owners: [fn(String) -> Owner; 3] = [Owner::User, Owner::Group, Owner::Role];
        let mut texts: Vec<Text> = owners
            .into_iter()
            .map(|owner| Text::Inline {
                owner: owner(it()),
                name: it(),
            })
            .collect();
        texts.extend([
            Text::Trust { role: it() },
            Text::Bucket { bucket: it() },
            Text::Key { key: it() },
            Text::Repository { repository: it() },
            Text::VpcEndpoint { id: it() },
        ]);
        for text in texts {
            for account in [None, AccountId::parse("222233334444")] {
                let text = text.clone();
                let id = DocumentId { account, text };
                assert_eq!(DocumentId::of(&id.name()), Some(id));
            }
        }
        let arn = Arn::parse("arn:aws:iam::aws:policy/ReadOnlyAccess").unwrap();
        let mut of_no_account = vec![Text::Managed { arn }];
        of_no_account.extend(
            OrganizationPolicyKind::ALL.map(|kind| Text::Organization { kind, name: it() }),
        );
        for text in of_no_account {
            let id = DocumentId::home(text);
            assert_eq!(DocumentId::of(&id.name()), Some(id));
        }
        assert_eq!(DocumentId::of(&DocumentName::new("planet:earth")), None);
    }
}
