//! Which settings of domains, user profiles and spaces the world has no place for.
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
    world::Status,
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

/// Of a thing the settings that are not kept.
#[derive(Clone, Debug)]
pub(super) struct Unkept {
    kind: ImportedKind,
    name: String,
    settings: Vec<String>,
}

/// A thing that is not in service.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) kind: ImportedKind,
    pub(super) name: String,
    pub(super) status: Status,
}

impl Unkept {
    /// The settings of a whole output that nobody reads; nothing where there are none.
    pub(super) fn of(kind: ImportedKind, name: &str, fields: Fields<'_>) -> Option<Self> {
        let kept = match kind {
            ImportedKind::Domain => DOMAIN,
            ImportedKind::UserProfile => PROFILE,
            _ => SPACE,
        };
        let mut settings = Vec::new();
        add(fields, "", kept, &mut settings);
        (!settings.is_empty()).then(|| Self {
            kind,
            name: name.to_owned(),
            settings,
        })
    }
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
    /// Says what is not kept: once for all things of a kind of which it is the same.
    pub(super) fn unkept(&mut self, all: Vec<At<Unkept>>) {
        let mut alike: BTreeMap<(ImportedKind, Vec<String>), Group> = BTreeMap::new();
        for it in all {
            let Unkept {
                kind,
                name,
                settings,
            } = it.what;
            Group::add(&mut alike, (kind, settings), name, it.mark);
        }
        for ((kind, settings), Group { names, mark }) in alike {
            let (names, n) = shown(names);
            let note = ImportNoteKind::Unkept {
                kind,
                names,
                n,
                settings,
            };
            self.notes.push(mark, note);
        }
    }

    /// Says what is not in service, likewise.
    pub(super) fn states(&mut self, all: Vec<At<State>>) {
        let mut alike: BTreeMap<(ImportedKind, &'static str), Group> = BTreeMap::new();
        for it in all {
            let State { kind, name, status } = it.what;
            Group::add(&mut alike, (kind, status.as_str()), name, it.mark);
        }
        for ((kind, status), Group { names, mark }) in alike {
            let (names, n) = shown(names);
            let note = ImportNoteKind::NotInService {
                kind,
                names,
                n,
                status,
            };
            self.notes.push(mark, note);
        }
    }
}

/// Things of which the same is to be said, at the first place.
#[derive(Debug)]
struct Group {
    names: BTreeSet<String>,
    mark: Mark,
}

impl Group {
    fn add<K: Ord>(groups: &mut BTreeMap<K, Self>, key: K, name: String, mark: Mark) {
        let names = BTreeSet::new();
        let group = groups.entry(key).or_insert(Self { names, mark });
        group.mark = group.mark.min(mark);
        group.names.insert(name);
    }
}

/// The first names, and how many there are.
fn shown(names: BTreeSet<String>) -> (Vec<String>, usize) {
    let n = names.len();
    (names.into_iter().take(MAX_SHOWN).collect(), n)
}
