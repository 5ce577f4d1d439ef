//! Puts what was read of an organization into its tree.
//!
//! Invariant: the tree stays as shallow as AWS lets it be, whatever the texts say.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    import::{
        count::{ImportedKind, Outcome, put},
        facts::{At, Below, OrganizationFacts, OrganizationPolicyFact},
        merge::Merge,
        note::{ImportNoteKind, Mark},
    },
    names::AccountId,
    world::{
        MemberAccount, Organization, OrganizationPolicy, OrganizationPolicyKind,
        OrganizationalUnit, PolicyText,
    },
};

/// Deeper than this no unit is put.
const MAX_DEPTH: usize = 10;

/// Attached everywhere when a kind is switched on, and the same in every organization.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
const FULL_ACCESS: [(OrganizationPolicyKind, &str, &str); 2] = [
    (
        OrganizationPolicyKind::Scp,
        "FullAWSAccess",
        include_str!("full_access/scp.json"),
    ),
    (
        OrganizationPolicyKind::Rcp,
        "RCPFullAWSAccess",
        include_str!("full_access/rcp.json"),
    ),
];

impl Merge {
    pub(super) fn organization(&mut self, mut facts: OrganizationFacts) {
        let places = [
            facts.roots.iter().map(|it| it.mark).min(),
            facts.units.iter().map(|it| it.mark).min(),
            facts.members.iter().map(|it| it.mark).min(),
            facts.policies.iter().map(|it| it.mark).min(),
            facts.attachments.iter().map(|it| it.mark).min(),
            facts.ids.iter().map(|it| it.mark).min(),
        ];
        let Some(first) = places.into_iter().flatten().min() else {
            return;
        };
        let Some(mut organization) = self.begun(&facts, first) else {
            return;
        };
        facts.units.sort_by(|a, b| a.what.id.cmp(&b.what.id));
        facts.members.sort_by(|a, b| a.what.id.cmp(&b.what.id));
        facts.policies.sort_by(|a, b| {
            let key = |it: &OrganizationPolicyFact| (it.kind, it.name.clone());
            key(&a.what).cmp(&key(&b.what))
        });
        for root in &facts.roots {
            if root.what.id == organization.root.id {
                organization.root.name.clone_from(&root.what.name);
                organization
                    .enabled_policy_types
                    .clone_from(&root.what.enabled);
                organization.enabled_policy_types.sort();
            }
        }
        self.units(&mut organization, std::mem::take(&mut facts.units));
        self.members(&mut organization, std::mem::take(&mut facts.members));
        self.organization_policies(&mut organization, &facts.policies);
        attach(&mut organization, &facts);
        self.world.organization = Some(organization);
    }

    /// The organization of the world, or one that begins with what every ARN of it says.
    fn begun(&mut self, facts: &OrganizationFacts, first: Mark) -> Option<Organization> {
        let said = facts.ids.iter().min_by(|a, b| a.what.cmp(&b.what));
        if let Some(present) = &self.world.organization {
            let other = facts.ids.iter().find(|it| it.what.0 != present.id);
            let Some(other) = other else {
                return Some(present.clone());
            };
            let id = other.what.0.clone();
            let kind = ImportNoteKind::OtherOrganization { id };
            self.notes.push(other.mark, kind);
            return None;
        }
        // A unit's id has the root's in it: `ou-ab12-11111111` lies below `r-ab12`.
        let of_unit = |it: &At<Below<String>>| {
            let part = it.what.id.strip_prefix("ou-")?.split('-').next()?;
            Some(format!("r-{part}"))
        };
        let root = facts.roots.iter().map(|it| it.what.id.clone()).min();
        let root = root.or_else(|| facts.units.iter().find_map(of_unit));
        let (Some(said), Some(root)) = (said, root) else {
            self.notes.push(first, ImportNoteKind::NoOrganization);
            return None;
        };
        let (id, management_account) = said.what.clone();
        Some(Organization {
            id,
            management_account,
            enabled_policy_types: vec![OrganizationPolicyKind::Scp],
            policies: Vec::new(),
            root: OrganizationalUnit {
                name: "Root".to_owned(),
                ..unit(root)
            },
        })
    }

    /// Those whose parent is there, and so on until no more find theirs; the rest goes below the root.
    fn units(&mut self, organization: &mut Organization, units: Vec<At<Below<String>>>) {
        let mut known: BTreeMap<String, Below<String>> = BTreeMap::new();
        for At { what, mark, .. } in units {
            match known.get(&what.id) {
                Some(first) if first.name != what.name => {
                    let kind = ImportNoteKind::Twice {
                        kind: ImportedKind::OrganizationalUnit,
                        name: what.id,
                    };
                    self.notes.push(mark, kind);
                }
                Some(first) if first.parent.is_some() => {}
                _ => {
                    known.insert(what.id.clone(), what);
                }
            }
        }
        let root = organization.root.id.clone();
        let mut depths = BTreeMap::new();
        depths_of(&organization.root, 0, &mut depths);
        let mut waiting: Vec<Below<String>> = known.into_values().collect();
        loop {
            let n_before = waiting.len();
            let mut still = Vec::new();
            for it in waiting {
                let parent = it.parent.clone();
                let depth = parent.as_ref().and_then(|it| depths.get(it)).copied();
                if depths.contains_key(&it.id) {
                    self.rename(organization, &it);
                } else if let (Some(parent), Some(depth)) = (parent, depth)
                    && depth < MAX_DEPTH
                {
                    depths.insert(it.id.clone(), depth + 1);
                    self.add_unit(organization, &parent, it);
                } else {
                    still.push(it);
                }
            }
            waiting = still;
            if waiting.is_empty() {
                return;
            }
            if waiting.len() == n_before {
                // Nobody's parent is there: the first goes below the root, others may be below it.
                let first = waiting.remove(0);
                depths.insert(first.id.clone(), 1);
                self.add_unit(organization, &root, first);
            }
        }
    }

    fn rename(&mut self, organization: &mut Organization, it: &Below<String>) {
        if let Some(unit) = organization.root.unit_mut(&it.id) {
            let outcome = Outcome::of(Some(&unit.name), &it.name);
            self.counts.add(ImportedKind::OrganizationalUnit, outcome);
            unit.name.clone_from(&it.name);
        }
    }

    fn add_unit(&mut self, organization: &mut Organization, parent: &str, it: Below<String>) {
        if let Some(parent) = organization.root.unit_mut(parent) {
            let name = it.name;
            parent.units.push(OrganizationalUnit {
                name,
                ..unit(it.id)
            });
            self.counts
                .add(ImportedKind::OrganizationalUnit, Outcome::New);
        }
    }

    fn members(&mut self, organization: &mut Organization, members: Vec<At<Below<AccountId>>>) {
        let mut known: BTreeMap<AccountId, Below<AccountId>> = BTreeMap::new();
        for At { what, .. } in members {
            if known.get(&what.id).is_none_or(|it| it.parent.is_none()) {
                known.insert(what.id.clone(), what);
            }
        }
        let root = organization.root.id.clone();
        for it in known.into_values() {
            if let Some(account) = self.world.account_mut(&it.id)
                && account.name.is_empty()
            {
                account.name.clone_from(&it.name);
            }
            let present = organization.root.member_mut(&it.id).map(|it| it.clone());
            let parent = it.parent.filter(|it| organization.root.unit(it).is_some());
            let (outcome, member) = if let Some(present) = present {
                let is_there = parent.as_ref().is_none_or(|parent| {
                    let unit = organization.root.unit(parent);
                    unit.is_some_and(|it| it.accounts.contains(&present))
                });
                let outcome = if is_there {
                    Outcome::Same
                } else {
                    Outcome::Changed
                };
                (outcome, present)
            } else {
                let member = MemberAccount {
                    account: it.id,
                    scps: Vec::new(),
                    rcps: Vec::new(),
                };
                (Outcome::New, member)
            };
            self.counts.add(ImportedKind::MemberAccount, outcome);
            match outcome {
                Outcome::Same => continue,
                Outcome::Changed => take_out(&mut organization.root, &member.account),
                Outcome::New => {}
            }
            let parent = parent.as_ref().unwrap_or(&root);
            if let Some(unit) = organization.root.unit_mut(parent) {
                unit.accounts.push(member);
            }
        }
    }

    fn organization_policies(
        &mut self,
        organization: &mut Organization,
        policies: &[At<OrganizationPolicyFact>],
    ) {
        let mut done: BTreeMap<(OrganizationPolicyKind, &str), &PolicyText> = BTreeMap::new();
        let mut listed: Vec<(Mark, String)> = Vec::new();
        for At { what, mark, .. } in policies {
            let Some(document) = &what.document else {
                if !FULL_ACCESS.iter().any(|it| it.1 == what.name) {
                    listed.push((*mark, what.name.clone()));
                }
                continue;
            };
            if let Some(first) = done.insert((what.kind, &what.name), document) {
                done.insert((what.kind, &what.name), first);
                if first != document {
                    let kind = ImportNoteKind::Twice {
                        kind: ImportedKind::OrganizationPolicy,
                        name: what.name.clone(),
                    };
                    self.notes.push(*mark, kind);
                }
                continue;
            }
            self.set_policy(organization, what.kind, &what.name, document.clone());
        }
        for (kind, name, text) in FULL_ACCESS {
            let is_named = policies
                .iter()
                .any(|it| it.what.kind == kind && it.what.name == name);
            if is_named && organization.policy(kind, name).is_none() {
                self.set_policy(organization, kind, name, text.trim_end().into());
            }
        }
        listed.retain(|(_, name)| {
            let mut kinds = OrganizationPolicyKind::ALL.into_iter();
            !kinds.any(|it| organization.policy(it, name).is_some())
        });
        let Some(mark) = listed.iter().map(|it| it.0).min() else {
            return;
        };
        let names: BTreeSet<String> = listed.into_iter().map(|it| it.1).collect();
        let kind = ImportNoteKind::OnlyListed {
            kind: ImportedKind::OrganizationPolicy,
            n: names.len(),
            names: names.into_iter().take(3).collect(),
        };
        self.notes.push(mark, kind);
    }

    fn set_policy(
        &mut self,
        organization: &mut Organization,
        kind: OrganizationPolicyKind,
        name: &str,
        document: PolicyText,
    ) {
        let policy = OrganizationPolicy {
            name: name.to_owned(),
            kind,
            document,
        };
        let outcome = put(&mut organization.policies, policy, |it| {
            it.kind == kind && it.name == name
        });
        self.counts.add(ImportedKind::OrganizationPolicy, outcome);
    }
}

fn unit(id: String) -> OrganizationalUnit {
    OrganizationalUnit {
        id,
        name: String::new(),
        scps: Vec::new(),
        rcps: Vec::new(),
        units: Vec::new(),
        accounts: Vec::new(),
    }
}

fn depths_of(unit: &OrganizationalUnit, depth: usize, depths: &mut BTreeMap<String, usize>) {
    depths.insert(unit.id.clone(), depth);
    for it in &unit.units {
        depths_of(it, depth + 1, depths);
    }
}

fn take_out(unit: &mut OrganizationalUnit, account: &AccountId) {
    unit.accounts.retain(|it| it.account != *account);
    for it in &mut unit.units {
        take_out(it, account);
    }
}

/// Attaches policies to units and accounts. A list of all at one place is in place of those that were
/// there.
fn attach(organization: &mut Organization, facts: &OrganizationFacts) {
    let mut names: BTreeMap<&str, (OrganizationPolicyKind, &str)> = BTreeMap::new();
    for At { what, .. } in &facts.policies {
        names.insert(&what.id, (what.kind, &what.name));
    }
    let mut all: BTreeMap<(&str, OrganizationPolicyKind), BTreeSet<&str>> = BTreeMap::new();
    for At { what, .. } in &facts.attachments {
        let (target, policy) = what;
        if let Some((kind, name)) = names.get(policy.as_str()) {
            all.entry((target, *kind)).or_default().insert(name);
        }
    }
    for ((target, kind), attached) in all {
        let is_whole = facts
            .whole_lists
            .iter()
            .any(|it| it.0 == target && it.1 == kind);
        let account = AccountId::parse(target);
        let list = match &account {
            Some(it) => organization
                .root
                .member_mut(it)
                .map(|it| it.attached_mut(kind)),
            None => organization
                .root
                .unit_mut(target)
                .map(|it| it.attached_mut(kind)),
        };
        let Some(list) = list else { continue };
        if is_whole {
            list.retain(|it| attached.contains(it.as_str()));
        }
        for name in attached {
            if !list.iter().any(|it| it == name) {
                list.push(name.to_owned());
            }
        }
    }
}
