//! Which settings of domains, user profiles and spaces the world has no place for, and which of these things are not in
//! service.
//!
//! Knows the fields that `sagemaker` reads, and those that say nothing of how a thing is set. Invariant: a setting that is
//! not empty is read, or it is told.
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeDomain.html>

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    import::{
        count::ImportedKind,
        facts::At,
        fields::Fields,
        merge::{MAX_SHOWN, Merge},
        note::{ImportNoteKind, Mark},
    },
    syntax::json::{Node, Value},
};

/// How deep a setting is named: what lies deeper goes with what it lies in.
const MAX_PARTS: usize = 3;

/// What is read, or says only what AWS itself has given or done.
const DOMAIN: &[&str] = &[
    "AppNetworkAccessType",
    "AppSecurityGroupManagement",
    "AuthMode",
    "CreationTime",
    "DefaultSpaceSettings.ExecutionRole",
    "DefaultSpaceSettings.SecurityGroups",
    "DefaultUserSettings.ExecutionRole",
    "DefaultUserSettings.SecurityGroups",
    "DefaultUserSettings.StudioWebPortalSettings.ExecutionRoleSessionNameMode",
    "DomainArn",
    "DomainId",
    "DomainName",
    "DomainSettings.ExecutionRoleIdentityConfig",
    "DomainSettings.RStudioServerProDomainSettings.DomainExecutionRoleArn",
    "DomainSettings.SecurityGroupIds",
    "DomainSettings.TrustedIdentityPropagationSettings.Status",
    "FailureReason",
    "HomeEfsFileSystemCreation",
    "HomeEfsFileSystemId",
    "HomeEfsFileSystemKmsKeyId",
    "KmsKeyId",
    "LastModifiedTime",
    "SecurityGroupIdForDomainBoundary",
    "SingleSignOnApplicationArn",
    "SingleSignOnManagedApplicationInstanceId",
    "Status",
    "SubnetIds",
    "TagPropagation",
    "Url",
    "VpcId",
];

const PROFILE: &[&str] = &[
    "CreationTime",
    "DomainId",
    "FailureReason",
    "HomeEfsFileSystemUid",
    "LastModifiedTime",
    "SingleSignOnUserIdentifier",
    "SingleSignOnUserValue",
    "Status",
    "UserProfileArn",
    "UserProfileName",
    "UserSettings.ExecutionRole",
    "UserSettings.SecurityGroups",
    "UserSettings.StudioWebPortalSettings.ExecutionRoleSessionNameMode",
];

const SPACE: &[&str] = &[
    "CreationTime",
    "DomainId",
    "FailureReason",
    "HomeEfsFileSystemUid",
    "LastModifiedTime",
    "OwnershipSettings.OwnerUserProfileName",
    "SpaceArn",
    "SpaceName",
    "SpaceSettings.AppType",
    "SpaceSharingSettings.SharingType",
    "Status",
    "Url",
];

/// What there is to know of a thing, besides what the world has of it then.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) kind: ImportedKind,
    pub(super) name: String,
    pub(super) about: About,
}

/// What a remark is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// These settings are not kept.
    Unkept(Vec<String>),
    /// It is not in service: its state, in AWS's word.
    Status(&'static str),
}

/// The settings of a whole output that nobody reads; nothing where there are none.
pub(super) fn unkept(kind: ImportedKind, fields: Fields<'_>) -> Option<About> {
    let kept = match kind {
        ImportedKind::Domain => DOMAIN,
        ImportedKind::UserProfile => PROFILE,
        _ => SPACE,
    };
    let mut settings = Vec::new();
    add(fields, "", kept, &mut settings);
    (!settings.is_empty()).then_some(About::Unkept(settings))
}

fn add(fields: Fields<'_>, above: &str, kept: &[&str], settings: &mut Vec<String>) {
    for (name, node) in fields.each() {
        // The names that AWS gives have no other signs: a text that somebody made up gets into no note.
        let is_word = name.len() <= 60 && name.bytes().all(|it| it.is_ascii_alphanumeric());
        let path = if above.is_empty() {
            name.to_owned()
        } else {
            format!("{above}.{name}")
        };
        if !is_word || is_empty(node) || kept.contains(&path.as_str()) {
            continue;
        }
        let below = format!("{path}.");
        let is_read_below = kept.iter().any(|it| it.starts_with(&below));
        let inner = fields.object(name).filter(|_| is_read_below);
        match inner.filter(|_| path.split('.').count() < MAX_PARTS) {
            Some(inner) => add(inner, &path, kept, settings),
            None => settings.push(path),
        }
    }
}

/// Whether nothing is set there.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

impl Merge {
    /// Says each once for all things of a kind of which it is the same, at the first of their places.
    pub(super) fn remarks(&mut self, all: Vec<At<Remark>>) {
        let mut alike: BTreeMap<(ImportedKind, About), (BTreeSet<String>, Mark)> = BTreeMap::new();
        for At { mark, what, .. } in all {
            let key = (what.kind, what.about);
            let (names, first) = alike.entry(key).or_insert((BTreeSet::new(), mark));
            names.insert(what.name);
            *first = mark.min(*first);
        }
        for ((kind, about), (names, mark)) in alike {
            let n = names.len();
            let names = names.into_iter().take(MAX_SHOWN).collect();
            let note = match about {
                About::Unkept(settings) => ImportNoteKind::Unkept {
                    kind,
                    names,
                    n,
                    settings,
                },
                About::Status(status) => ImportNoteKind::NotInService {
                    kind,
                    names,
                    n,
                    status,
                },
            };
            self.notes.push(mark, note);
        }
    }
}
