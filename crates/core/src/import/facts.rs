//! What the texts say, thing by thing, before any of it is merged into a world.
//!
//! Invariant: a fact knows where it was read, and holds nothing that the world has no place for.

use crate::{
    eval::KeyGrant,
    import::{
        alias::Alias,
        bucket::{BucketFact, Encryption},
        count::ImportedKind,
        described_key::{DescribedKey, NamelessPolicy},
        note::Mark,
        unkept::Remark,
        version::VersionFact,
    },
    names::{AccountId, Arn},
    world::{
        AccessKey, App, Domain, Group, InlinePolicy, Key, ManagedPolicy, OrganizationPolicyKind,
        Owner, PolicyText, Repository, Role, Space, User, UserProfile,
    },
};

/// Something read at a place.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) mark: Mark,
    /// The account it is in, where an ARN says so.
    pub(super) account: Option<AccountId>,
    pub(super) what: T,
}

/// A thing, and how much of it was said.
#[derive(Clone, Debug)]
pub(super) struct Said<T> {
    pub(super) thing: T,
    /// Whether this is all of it; a list tells the name and the state only.
    pub(super) is_whole: bool,
}

/// What the texts say of a thing, and how that goes onto what is known of it.
pub(super) trait Fact {
    type Thing: PartialEq + Clone;
    const KIND: ImportedKind;
    /// What it is told apart by from others of its kind.
    fn key(thing: &Self::Thing) -> String;
    fn said(&self) -> &Said<Self::Thing>;
    /// The thing as it is now, where it was `old` before.
    fn onto(&self, old: &Self::Thing) -> Self::Thing;
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) users: Vec<At<Said<User>>>,
    pub(super) groups: Vec<At<Said<Group>>>,
    pub(super) roles: Vec<At<Said<Role>>>,
    pub(super) policies: Vec<At<Said<ManagedPolicy>>>,
    /// Versions of managed policies by themselves.
    pub(super) versions: Vec<At<VersionFact>>,
    /// Inline policies by themselves, with whose they are.
    pub(super) inline: Vec<At<(Owner, InlinePolicy)>>,
    /// The user's name and the key.
    pub(super) access_keys: Vec<At<(String, AccessKey)>>,
    /// The names of users with a password.
    pub(super) passwords: Vec<At<String>>,
    pub(super) domains: Vec<At<Said<Domain>>>,
    /// With the domain's id.
    pub(super) profiles: Vec<At<(String, Said<UserProfile>)>>,
    pub(super) spaces: Vec<At<(String, Said<Space>)>>,
    pub(super) apps: Vec<At<(String, Said<App>)>>,
    /// On domains, profiles and spaces.
    pub(super) remarks: Vec<At<Remark>>,
    pub(super) buckets: Vec<At<BucketFact>>,
    /// How buckets are encrypted, in order of places.
    pub(super) encryptions: Vec<At<Encryption>>,
    pub(super) keys: Vec<At<Said<Key>>>,
    /// Key policies that do not say of which key they are.
    pub(super) nameless_keys: Vec<At<NamelessPolicy>>,
    pub(super) described_keys: Vec<At<DescribedKey>>,
    pub(super) aliases: Vec<At<Alias>>,
    /// The key's id and the grant.
    pub(super) grants: Vec<At<(String, KeyGrant)>>,
    pub(super) repositories: Vec<At<Said<Repository>>>,
    pub(super) organization: OrganizationFacts,
    /// The first partition of an ARN.
    pub(super) partition: Option<String>,
    /// The region of each regional thing.
    pub(super) regions: Vec<At<String>>,
}

/// What the texts say of the organization.
#[derive(Clone, Debug, Default)]
pub(super) struct OrganizationFacts {
    /// Its id and its management account, as each ARN says them.
    pub(super) ids: Vec<At<(String, AccountId)>>,
    pub(super) roots: Vec<At<Root>>,
    pub(super) units: Vec<At<Below<String>>>,
    pub(super) members: Vec<At<Below<AccountId>>>,
    pub(super) policies: Vec<At<OrganizationPolicyFact>>,
    /// Target and policy, each by its id.
    pub(super) attachments: Vec<At<(String, String)>>,
    /// Target and kind of lists that name every policy of that kind there.
    pub(super) whole_lists: Vec<(String, OrganizationPolicyKind)>,
}

#[derive(Clone, Debug)]
pub(super) struct Root {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) enabled: Vec<OrganizationPolicyKind>,
}

/// A unit or an account, below another unit or the root.
#[derive(Clone, Debug)]
pub(super) struct Below<T> {
    pub(super) id: T,
    pub(super) name: String,
    pub(super) parent: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct OrganizationPolicyFact {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: OrganizationPolicyKind,
    pub(super) document: Option<PolicyText>,
}

impl Facts {
    /// Takes over what an ARN says of partition and region.
    pub(super) fn note_arn(&mut self, mark: Mark, arn: &Arn) {
        if self.partition.is_none() {
            self.partition = Some(arn.partition().to_owned());
        }
        let [_, _, service, region, ..] = arn.parts();
        if !region.is_empty() && service != "iam" {
            self.regions.push(At {
                mark,
                account: arn.account(),
                what: region.to_owned(),
            });
        }
    }

    /// The region that most things lie in; of several the first by name.
    pub(super) fn region(&self) -> Option<String> {
        most(self.regions.iter().map(|it| it.what.clone()))
    }

    /// The account to be at home in.
    pub(super) fn home(&self) -> Option<AccountId> {
        let domains = self.domains.iter().filter_map(|it| it.account.clone());
        let roles = self.roles.iter().filter_map(|it| it.account.clone());
        let users = self.users.iter().filter_map(|it| it.account.clone());
        let others = self.profiles.iter().filter_map(|it| it.account.clone());
        let described = self.described_keys.iter();
        let described = described.filter_map(|it| it.account.clone());
        let nameless = self.nameless_keys.iter();
        let nameless = nameless.filter_map(|it| it.account.clone());
        let keys = self.keys.iter().filter_map(|it| it.account.clone());
        let keys = keys.chain(described).chain(nameless);
        let repositories = self.repositories.iter().filter_map(|it| it.account.clone());
        most(domains)
            .or_else(|| most(roles))
            .or_else(|| most(users))
            .or_else(|| most(others.chain(keys).chain(repositories)))
            .or_else(|| {
                most(
                    self.organization
                        .members
                        .iter()
                        .map(|it| it.what.id.clone()),
                )
            })
    }
}

/// What comes most often; of several the smallest.
fn most<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut sorted: Vec<T> = all.collect();
    sorted.sort();
    let mut best: Option<(usize, &T)> = None;
    for run in sorted.chunk_by(|a, b| a == b) {
        if let Some(first) = run.first()
            && best.is_none_or(|it| it.0 < run.len())
        {
            best = Some((run.len(), first));
        }
    }
    let idx = best.map(|(_, it)| sorted.partition_point(|other| other < it))?;
    sorted.into_iter().nth(idx)
}
