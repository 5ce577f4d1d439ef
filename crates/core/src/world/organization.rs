//! The organization: its tree of units and accounts, and which of its policies hang where.
//!
//! Units stand inside each other, so no unit can be its own ancestor. Invariant: attachments are
//! names of [`OrganizationPolicy`]s, the defaults `FullAWSAccess` and `RCPFullAWSAccess` among them,
//! as in AWS.
//!
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html>

use serde::{Deserialize, Serialize};

use crate::{
    names::AccountId,
    policy::PolicyKind,
    world::{EntityId, PolicyText, Thing, World},
};

/// An organization in AWS Organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organization {
    /// Its id, such as `o-exampleorgid`.
    pub id: String,
    /// The account that it was made from: no policy of the organization limits it.
    pub management_account: AccountId,
    /// The kinds of policies that are switched on.
    #[serde(default)]
    pub enabled_policy_types: Vec<OrganizationPolicyKind>,
    /// Its policies.
    #[serde(default)]
    pub policies: Vec<OrganizationPolicy>,
    /// The top of the tree.
    pub root: OrganizationalUnit,
}

/// What an organization's policy limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrganizationPolicyKind {
    /// Service control policy: what the identities of an account may do at most.
    Scp,
    /// Resource control policy: what may be done with the resources of an account at most.
    Rcp,
}

impl OrganizationPolicyKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Scp, Self::Rcp];

    /// The short word, `scp` or `rcp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scp => "scp",
            Self::Rcp => "rcp",
        }
    }

    /// The kind with that short word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// What kind of policy its text must be.
    pub const fn policy_kind(self) -> PolicyKind {
        match self {
            Self::Scp => PolicyKind::Scp,
            Self::Rcp => PolicyKind::Rcp,
        }
    }

    /// The policy that AWS keeps and attaches everywhere when a kind is switched on.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    pub const fn full_access(self) -> &'static str {
        match self {
            Self::Scp => "FullAWSAccess",
            Self::Rcp => "RCPFullAWSAccess",
        }
    }

    /// What that policy says, in every organization.
    pub(crate) const fn full_access_text(self) -> &'static str {
        match self {
            Self::Scp => ALLOW_ALL,
            Self::Rcp => ALLOW_ALL_RESOURCES,
        }
    }
}

const ALLOW_ALL: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#;

pub(crate) const ALLOW_ALL_RESOURCES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#;

/// A policy of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganizationPolicy {
    /// Its name, unique among those of its kind.
    pub name: String,
    /// What it limits.
    pub kind: OrganizationPolicyKind,
    /// The document.
    pub document: PolicyText,
}

/// The root or an organizational unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganizationalUnit {
    /// Its id: `r-…` for the root, else `ou-…`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Names of attached service control policies.
    #[serde(default)]
    pub scps: Vec<String>,
    /// Names of attached resource control policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rcps: Vec<String>,
    /// The units below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<OrganizationalUnit>,
    /// The accounts in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<MemberAccount>,
}

/// An account's place in the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberAccount {
    /// Which account.
    pub account: AccountId,
    /// Names of attached service control policies.
    #[serde(default)]
    pub scps: Vec<String>,
    /// Names of attached resource control policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rcps: Vec<String>,
}

/// A place on the way from an organization's root down to an account: the policies there are one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level<'a> {
    /// The root, or an organizational unit.
    Unit(&'a OrganizationalUnit),
    /// The account itself.
    Account(&'a MemberAccount),
}

impl<'a> Level<'a> {
    /// The names that are attached here.
    pub fn attached(self, kind: OrganizationPolicyKind) -> &'a [String] {
        match self {
            Self::Unit(it) => it.attached(kind),
            Self::Account(it) => it.attached(kind),
        }
    }
}

impl OrganizationalUnit {
    /// The names that are attached here.
    pub fn attached(&self, kind: OrganizationPolicyKind) -> &[String] {
        match kind {
            OrganizationPolicyKind::Scp => &self.scps,
            OrganizationPolicyKind::Rcp => &self.rcps,
        }
    }

    /// The same, to be changed.
    pub const fn attached_mut(&mut self, kind: OrganizationPolicyKind) -> &mut Vec<String> {
        match kind {
            OrganizationPolicyKind::Scp => &mut self.scps,
            OrganizationPolicyKind::Rcp => &mut self.rcps,
        }
    }

    /// The unit with that id: this one, or one below it.
    pub fn unit(&self, id: &str) -> Option<&Self> {
        if self.id == id {
            return Some(self);
        }
        self.units.iter().find_map(|it| it.unit(id))
    }

    /// The same, to be changed.
    pub fn unit_mut(&mut self, id: &str) -> Option<&mut Self> {
        if self.id == id {
            return Some(self);
        }
        self.units.iter_mut().find_map(|it| it.unit_mut(id))
    }

    /// How many levels below this unit the one with that id lies; 0 for this one.
    pub fn depth_of(&self, id: &str) -> Option<usize> {
        if self.id == id {
            return Some(0);
        }
        self.units
            .iter()
            .find_map(|it| it.depth_of(id))
            .map(|it| it + 1)
    }

    /// The unit that has the unit with that id right below it.
    pub fn parent_of(&self, id: &str) -> Option<&Self> {
        if self.units.iter().any(|it| it.id == id) {
            return Some(self);
        }
        self.units.iter().find_map(|it| it.parent_of(id))
    }

    /// The same, to be changed.
    pub fn parent_of_mut(&mut self, id: &str) -> Option<&mut Self> {
        if self.units.iter().any(|it| it.id == id) {
            return Some(self);
        }
        self.units.iter_mut().find_map(|it| it.parent_of_mut(id))
    }

    /// The account, in this unit or in one below it, to be changed.
    pub fn member_mut(&mut self, account: &AccountId) -> Option<&mut MemberAccount> {
        let own = self.accounts.iter_mut().find(|it| it.account == *account);
        own.or_else(|| self.units.iter_mut().find_map(|it| it.member_mut(account)))
    }

    /// Takes an account out of this unit and of all below it.
    pub fn take_out(&mut self, account: &AccountId) {
        self.accounts.retain(|it| it.account != *account);
        for unit in &mut self.units {
            unit.take_out(account);
        }
    }

    /// The units down to an account, this one first, and the account.
    fn way_to<'a>(
        &'a self,
        account: &AccountId,
        way: &mut Vec<&'a Self>,
    ) -> Option<&'a MemberAccount> {
        way.push(self);
        let own = self.accounts.iter().find(|it| it.account == *account);
        let found = own.or_else(|| self.units.iter().find_map(|it| it.way_to(account, way)));
        if found.is_none() {
            way.pop();
        }
        found
    }
}

impl World {
    /// The names of the policies of a kind that are attached to a unit or an account of the organization; `None` for what is
    /// nothing of these.
    pub fn attached_at(&self, place: &EntityId, kind: OrganizationPolicyKind) -> Option<&[String]> {
        let organization = self.organization.as_ref()?;
        match &place.thing {
            Thing::OrganizationalUnit { id } => Some(organization.root.unit(id)?.attached(kind)),
            Thing::Account => {
                let id = place.account.as_ref().unwrap_or(&self.home.account);
                Some(organization.member(id)?.attached(kind))
            }
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn attached_at_mut(
        &mut self,
        place: &EntityId,
        kind: OrganizationPolicyKind,
    ) -> Option<&mut Vec<String>> {
        let root = &mut self.organization.as_mut()?.root;
        match &place.thing {
            Thing::OrganizationalUnit { id } => Some(root.unit_mut(id)?.attached_mut(kind)),
            Thing::Account => {
                let id = place.account.as_ref().unwrap_or(&self.home.account);
                Some(root.member_mut(id)?.attached_mut(kind))
            }
            _ => None,
        }
    }
}

impl MemberAccount {
    /// The names that are attached here.
    pub fn attached(&self, kind: OrganizationPolicyKind) -> &[String] {
        match kind {
            OrganizationPolicyKind::Scp => &self.scps,
            OrganizationPolicyKind::Rcp => &self.rcps,
        }
    }

    /// The same, to be changed.
    pub const fn attached_mut(&mut self, kind: OrganizationPolicyKind) -> &mut Vec<String> {
        match kind {
            OrganizationPolicyKind::Scp => &mut self.scps,
            OrganizationPolicyKind::Rcp => &mut self.rcps,
        }
    }
}

impl Organization {
    /// The policy of that kind and name.
    pub fn policy(&self, kind: OrganizationPolicyKind, name: &str) -> Option<&OrganizationPolicy> {
        let is_it = |it: &&OrganizationPolicy| it.kind == kind && it.name == name;
        self.policies.iter().find(is_it)
    }

    /// The same, to be changed.
    pub fn policy_mut(
        &mut self,
        kind: OrganizationPolicyKind,
        name: &str,
    ) -> Option<&mut OrganizationPolicy> {
        let mut policies = self.policies.iter_mut();
        policies.find(|it| it.kind == kind && it.name == name)
    }

    /// An account's place, from the root over its units to the account itself.
    fn way_to(&self, account: &AccountId) -> Option<(Vec<&OrganizationalUnit>, &MemberAccount)> {
        let mut way = Vec::new();
        let member = self.root.way_to(account, &mut way)?;
        Some((way, member))
    }

    /// An account's place in the tree.
    pub fn member(&self, account: &AccountId) -> Option<&MemberAccount> {
        self.way_to(account).map(|it| it.1)
    }

    /// What `aws:PrincipalOrgPaths` and `aws:ResourceOrgPaths` hold for an account, such as
    /// `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`; nothing where it is not in the organization.
    pub fn path(&self, account: &AccountId) -> Option<String> {
        let (way, _) = self.way_to(account)?;
        let ids = way.iter().map(|it| format!("{}/", it.id));
        Some(format!("{}/{}", self.id, ids.collect::<String>()))
    }

    /// Where policies limit an account, level by level from the root down. Empty for the management
    /// account, for an account outside the organization, and where the kind is switched off.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
    pub fn levels(&self, account: &AccountId, kind: OrganizationPolicyKind) -> Vec<Level<'_>> {
        if *account == self.management_account || !self.enabled_policy_types.contains(&kind) {
            return Vec::new();
        }
        let Some((way, member)) = self.way_to(account) else {
            return Vec::new();
        };
        let units = way.into_iter().map(Level::Unit);
        units.chain([Level::Account(member)]).collect()
    }
}
