//! Every policy text in a world: its id, its kind, its owner, and the text as parsed.
//!
//! Invariant: [`DocumentId`] and [`DocumentName`] are two spellings of one thing; a name that a
//! trace carries leads back to the text it is about.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Diagnostic,
    names::{Arn, DocumentName},
    policy::{self, Policy, PolicyKind},
    syntax::LineIndex,
    world::{InlinePolicy, KeyError, PolicyText, World},
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

/// Which policy text of a world. JSON has its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "DocumentName", into = "DocumentName")]
pub enum DocumentId {
    /// A managed policy.
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
}

impl DocumentId {
    /// The name that traces carry.
    pub fn name(&self) -> DocumentName {
        DocumentName::new(match self {
            Self::Managed { arn } => format!("managed:{arn}"),
            Self::Inline { owner, name } => {
                let (kind, owner) = match owner {
                    Owner::User(it) => ("user", it),
                    Owner::Group(it) => ("group", it),
                    Owner::Role(it) => ("role", it),
                };
                format!("inline:{kind}:{owner}:{name}")
            }
            Self::Trust { role } => format!("trust:{role}"),
            Self::Bucket { bucket } => format!("bucket:{bucket}"),
            Self::Key { key } => format!("key:{key}"),
            Self::Repository { repository } => format!("repository:{repository}"),
        })
    }

    /// The document that a trace speaks of; nothing where the name was not made by
    /// [`Self::name`].
    pub fn of(name: &DocumentName) -> Option<Self> {
        let (kind, rest) = name.as_str().split_once(':')?;
        Some(match kind {
            "managed" => Self::Managed {
                arn: Arn::parse(rest)?,
            },
            "inline" => {
                let mut parts = rest.splitn(3, ':').map(str::to_owned);
                let (kind, owner, name) = (parts.next()?, parts.next()?, parts.next()?);
                let owner = match kind.as_str() {
                    "user" => Owner::User(owner),
                    "group" => Owner::Group(owner),
                    "role" => Owner::Role(owner),
                    _ => return None,
                };
                Self::Inline { owner, name }
            }
            "trust" => Self::Trust {
                role: rest.to_owned(),
            },
            "bucket" => Self::Bucket {
                bucket: rest.to_owned(),
            },
            "key" => Self::Key {
                key: rest.to_owned(),
            },
            "repository" => Self::Repository {
                repository: rest.to_owned(),
            },
            _ => return None,
        })
    }

    /// What kind of policy the text must be.
    pub const fn kind(&self) -> PolicyKind {
        match self {
            Self::Managed { .. } | Self::Inline { .. } => PolicyKind::Identity,
            Self::Trust { .. } => PolicyKind::Trust,
            Self::Bucket { .. } | Self::Key { .. } | Self::Repository { .. } => {
                PolicyKind::Resource
            }
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

impl World {
    /// Every policy text, in the order of the account tree.
    pub fn documents(&self) -> Vec<(DocumentId, &PolicyText)> {
        let mut all = Vec::new();
        for user in &self.users {
            all.extend(inline(
                Owner::User(user.name.clone()),
                &user.inline_policies,
            ));
        }
        for group in &self.groups {
            all.extend(inline(
                Owner::Group(group.name.clone()),
                &group.inline_policies,
            ));
        }
        for role in &self.roles {
            all.push((
                DocumentId::Trust {
                    role: role.name.clone(),
                },
                &role.trust_policy,
            ));
            all.extend(inline(
                Owner::Role(role.name.clone()),
                &role.inline_policies,
            ));
        }
        for policy in &self.policies {
            all.push((
                DocumentId::Managed {
                    arn: policy.arn.clone(),
                },
                &policy.document,
            ));
        }
        for bucket in &self.buckets {
            let id = DocumentId::Bucket {
                bucket: bucket.name.clone(),
            };
            all.extend(bucket.policy.as_ref().map(|text| (id, text)));
        }
        for repository in &self.repositories {
            let id = DocumentId::Repository {
                repository: repository.name.clone(),
            };
            all.extend(repository.policy.as_ref().map(|text| (id, text)));
        }
        for key in &self.keys {
            all.push((
                DocumentId::Key {
                    key: key.key_id.clone(),
                },
                &key.policy,
            ));
        }
        all
    }

    /// One policy's text.
    pub fn document(&self, id: &DocumentId) -> Option<&PolicyText> {
        match id {
            DocumentId::Managed { arn } => self.policy(arn).map(|it| &it.document),
            DocumentId::Inline { owner, name } => {
                let policies = match owner {
                    Owner::User(it) => &self.user(it)?.inline_policies,
                    Owner::Group(it) => &self.group(it)?.inline_policies,
                    Owner::Role(it) => &self.role(it)?.inline_policies,
                };
                policies
                    .iter()
                    .find(|it| it.name == *name)
                    .map(|it| &it.document)
            }
            DocumentId::Trust { role } => self.role(role).map(|it| &it.trust_policy),
            DocumentId::Bucket { bucket } => self.bucket(bucket)?.policy.as_ref(),
            DocumentId::Key { key } => self.key(key).map(|it| &it.policy),
            DocumentId::Repository { repository } => self.repository(repository)?.policy.as_ref(),
        }
    }

    /// One policy's text, to be replaced.
    pub fn document_mut(&mut self, id: &DocumentId) -> Option<&mut PolicyText> {
        match id {
            DocumentId::Managed { arn } => self
                .policies
                .iter_mut()
                .find(|it| it.arn == *arn)
                .map(|it| &mut it.document),
            DocumentId::Inline { owner, name } => {
                let policies = match owner {
                    Owner::User(owner) => {
                        &mut self
                            .users
                            .iter_mut()
                            .find(|it| it.name == *owner)?
                            .inline_policies
                    }
                    Owner::Group(owner) => {
                        &mut self
                            .groups
                            .iter_mut()
                            .find(|it| it.name == *owner)?
                            .inline_policies
                    }
                    Owner::Role(owner) => {
                        &mut self
                            .roles
                            .iter_mut()
                            .find(|it| it.name == *owner)?
                            .inline_policies
                    }
                };
                policies
                    .iter_mut()
                    .find(|it| it.name == *name)
                    .map(|it| &mut it.document)
            }
            DocumentId::Trust { role } => self
                .roles
                .iter_mut()
                .find(|it| it.name == *role)
                .map(|it| &mut it.trust_policy),
            DocumentId::Bucket { bucket } => self
                .buckets
                .iter_mut()
                .find(|it| it.name == *bucket)?
                .policy
                .as_mut(),
            DocumentId::Key { key } => self
                .keys
                .iter_mut()
                .find(|it| it.key_id == *key)
                .map(|it| &mut it.policy),
            DocumentId::Repository { repository } => self
                .repositories
                .iter_mut()
                .find(|it| it.name == *repository)?
                .policy
                .as_mut(),
        }
    }
}

fn inline(
    owner: Owner,
    policies: &[InlinePolicy],
) -> impl Iterator<Item = (DocumentId, &PolicyText)> {
    policies.iter().map(move |it| {
        let id = DocumentId::Inline {
            owner: owner.clone(),
            name: it.name.clone(),
        };
        (id, &it.document)
    })
}

/// One policy text, parsed.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    /// The text it was parsed from.
    pub text: PolicyText,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// What could be understood.
    pub policy: Option<Arc<Policy>>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    fn parse(text: &PolicyText, id: &DocumentId) -> Self {
        let (policy, mut diagnostics) = policy::parse(text.as_str(), id.kind());
        if matches!(id, DocumentId::Managed { arn } if arn.is_aws_owned()) {
            // AWS's own policies may be larger than a customer's.
            diagnostics.retain(|it| it.is_error() || it.code != "document-too-large");
        }
        Self {
            text: text.clone(),
            lines: LineIndex::new(text.as_str()),
            policy: policy.map(Arc::new),
            diagnostics,
        }
    }

    /// Whether AWS would refuse to save it.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Every policy text of a world, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents(BTreeMap<DocumentId, Arc<Document>>);

impl Documents {
    /// Parses every text of `world`.
    pub fn parse(world: &World) -> Self {
        Self::default().refresh(world)
    }

    /// Parses the texts that changed since `self` was made and takes over the rest: a keystroke
    /// costs the parsing of one policy.
    #[must_use]
    pub fn refresh(&self, world: &World) -> Self {
        let document = |(id, text): (DocumentId, &PolicyText)| {
            let kept = self
                .0
                .get(&id)
                .filter(|it| it.text.is_same(text) || it.text == *text);
            let document = kept.map_or_else(|| Arc::new(Document::parse(text, &id)), Arc::clone);
            (id, document)
        };
        // One by one: `collect` would bring a sort of its own along, for a map this small.
        let mut documents = BTreeMap::new();
        for (id, document) in world.documents().into_iter().map(document) {
            documents.insert(id, document);
        }
        Self(documents)
    }

    /// One of them.
    pub fn get(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.0.get(id)
    }

    /// All of them, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&DocumentId, &Arc<Document>)> {
        self.0.iter()
    }

    /// Those that AWS would refuse to save.
    pub fn with_errors(&self) -> impl Iterator<Item = (&DocumentId, &Arc<Document>)> {
        self.0.iter().filter(|(_, it)| it.has_errors())
    }
}
