//! What AWS would refuse of a world: names without their form, names that are taken, references to
//! what is not there, more of something than AWS lets there be.
//!
//! Finds and says nothing: the sentences are `explain`'s. Invariant: a world with findings walks all
//! the same; nothing is repaired.

mod account;
mod field;
mod form;
mod organization;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

pub use self::{
    field::{FieldError, check_role_arn, check_tag_key},
    form::Form,
};
use crate::{
    names::{AccountId, Arn},
    world::{EntityId, OrganizationPolicyKind, Thing, World, changed},
};

/// Something that AWS would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorldFinding {
    /// The thing it is about.
    pub entity: EntityId,
    /// What it is.
    pub kind: WorldFindingKind,
}

/// What AWS would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum WorldFindingKind {
    /// A name, an id or a number does not have its form.
    Form {
        /// The form it should have.
        form: Form,
        /// What stands there.
        found: String,
    },
    /// Another thing of its kind has the name already.
    Taken {
        /// The name as the earlier one writes it; AWS compares most names without case.
        name: String,
    },
    /// It names something that is not there.
    Missing {
        /// What kind of thing.
        what: Reference,
        /// The name that leads nowhere.
        name: String,
    },
    /// It has more of something than there may be.
    TooMany {
        /// Of what.
        what: Limited,
        /// How many it has.
        n: usize,
    },
    /// Policies of a kind are switched on, and none is attached here.
    NothingAttached {
        /// The kind.
        kind: OrganizationPolicyKind,
    },
    /// Policies of a kind are attached here, and the organization has them switched off.
    SwitchedOff {
        /// The kind.
        kind: OrganizationPolicyKind,
    },
}

/// What a thing can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Reference {
    /// A managed policy that is attached.
    AttachedPolicy,
    /// A managed policy that is a permissions boundary.
    PermissionsBoundary,
    /// A group.
    Group,
    /// An execution role.
    ExecutionRole,
    /// A key.
    Key,
    /// Whoever a grant on a key names.
    GrantPrincipal,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// The account that manages the organization, somewhere in its tree.
    ManagementAccount,
}

/// What there may be only so many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Limited {
    /// Managed policies attached to a user, group or role.
    AttachedPolicies,
    /// Versions of a managed policy.
    PolicyVersions,
    /// Groups of a user.
    Groups,
    /// Access keys of a user.
    AccessKeys,
    /// Tags of a thing.
    Tags,
    /// Security groups of a domain or profile.
    SecurityGroups,
    /// Subnets of a domain.
    Subnets,
    /// Service control policies at one place.
    Scps,
    /// Resource control policies at one place.
    Rcps,
    /// Units in each other, below the root.
    NestedUnits,
}

impl Limited {
    /// How many there may be, where nobody has asked AWS for more.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>,
    /// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html>
    pub const fn most(self) -> usize {
        match self {
            Self::AttachedPolicies | Self::Groups | Self::Scps => 10,
            Self::PolicyVersions | Self::SecurityGroups | Self::Rcps | Self::NestedUnits => 5,
            Self::AccessKeys => 2,
            Self::Tags => 50,
            Self::Subnets => 16,
        }
    }
}

/// Everything that AWS would refuse of a world, thing by thing.
pub fn check(world: &World) -> Vec<WorldFinding> {
    let policies = world.accounts().flat_map(|it| &it.policies);
    let mut findings = Findings {
        world,
        policies: policies.map(|it| &it.arn).collect(),
        all: Vec::new(),
    };
    let mut accounts = Names::exact();
    let mut buckets = Names::exact();
    let mut endpoints = Names::exact();
    for (idx, account) in world.accounts().enumerate() {
        let place = (idx > 0).then(|| account.account.clone());
        let id = |thing| EntityId {
            account: place.clone(),
            thing,
        };
        findings.take(&mut accounts, &id(Thing::Account), account.account.as_str());
        for bucket in &account.buckets {
            let name = bucket.name.clone();
            findings.take(&mut buckets, &id(Thing::Bucket { name }), &bucket.name);
        }
        for endpoint in &account.vpc_endpoints {
            let own = endpoint.vpc_endpoint_id.clone();
            let entity = id(Thing::VpcEndpoint { id: own });
            findings.take(&mut endpoints, &entity, &endpoint.vpc_endpoint_id);
        }
        findings.account(place.as_ref(), account);
    }
    if let Some(organization) = &world.organization {
        findings.organization(organization);
    }
    findings.all
}

/// A world and what AWS would refuse of it, thing by thing.
#[derive(Clone, Debug)]
pub struct Checked {
    world: World,
    findings: Arc<BTreeMap<EntityId, Vec<WorldFinding>>>,
}

/// That which follows from it.
impl PartialEq for Checked {
    fn eq(&self, other: &Self) -> bool {
        self.findings == other.findings
    }
}

impl Eq for Checked {}

impl Checked {
    /// Checks all of a world.
    pub fn of(world: &World) -> Self {
        let mut findings: BTreeMap<EntityId, Vec<WorldFinding>> = BTreeMap::new();
        for it in check(world) {
            findings.entry(it.entity.clone()).or_default().push(it);
        }
        Self {
            world: world.clone(),
            findings: Arc::new(findings),
        }
    }

    /// The same for a later world. What a policy says is not checked here, so that where nothing else is
    /// different the findings stay.
    #[must_use]
    pub fn refresh(&self, world: &World) -> Self {
        if !changed::is_same_but_for_texts(&self.world, world) {
            return Self::of(world);
        }
        Self {
            world: world.clone(),
            findings: Arc::clone(&self.findings),
        }
    }

    /// What AWS would refuse of one thing.
    pub fn of_thing(&self, entity: &EntityId) -> &[WorldFinding] {
        self.findings.get(entity).map_or(&[], Vec::as_slice)
    }
}

struct Findings<'a> {
    world: &'a World,
    /// The ARNs of all managed policies: each attached one is looked up.
    policies: BTreeSet<&'a Arn>,
    all: Vec<WorldFinding>,
}

impl Findings<'_> {
    fn push(&mut self, entity: &EntityId, kind: WorldFindingKind) {
        let entity = entity.clone();
        self.all.push(WorldFinding { entity, kind });
    }

    fn form(&mut self, entity: &EntityId, form: Form, text: &str) {
        if !form.is_met_by(text) {
            let found = text.to_owned();
            self.push(entity, WorldFindingKind::Form { form, found });
        }
    }

    fn limit(&mut self, entity: &EntityId, what: Limited, n: usize) {
        if n > what.most() {
            self.push(entity, WorldFindingKind::TooMany { what, n });
        }
    }

    fn missing(&mut self, entity: &EntityId, what: Reference, name: &str) {
        let name = name.to_owned();
        self.push(entity, WorldFindingKind::Missing { what, name });
    }

    /// Takes a name for a thing; the second that wants it does not get it.
    fn take(&mut self, names: &mut Names, entity: &EntityId, name: &str) {
        if let Some(name) = names.take(name) {
            self.push(entity, WorldFindingKind::Taken { name });
        }
    }

    fn policy(&mut self, entity: &EntityId, what: Reference, arn: &Arn) {
        if !self.policies.contains(arn) {
            self.missing(entity, what, arn.as_str());
        }
    }
}

/// Names that are taken, each once.
struct Names {
    /// As they are compared, and as they are written.
    taken: BTreeMap<String, String>,
    ignores_case: bool,
}

impl Names {
    const fn exact() -> Self {
        Self {
            taken: BTreeMap::new(),
            ignores_case: false,
        }
    }

    const fn without_case() -> Self {
        Self {
            taken: BTreeMap::new(),
            ignores_case: true,
        }
    }

    /// The name as it is taken already; nothing where it was free.
    fn take(&mut self, name: &str) -> Option<String> {
        let folded = if self.ignores_case {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        let taken = self.taken.get(&folded).cloned();
        if taken.is_none() {
            self.taken.insert(folded, name.to_owned());
        }
        taken
    }
}

/// A thing of an account, `None` being the home account.
fn entity(account: Option<&AccountId>, thing: Thing) -> EntityId {
    EntityId {
        account: account.cloned(),
        thing,
    }
}
