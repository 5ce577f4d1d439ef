//! What AWS would refuse in the organization.

use crate::{
    names::AccountId,
    world::{
        EntityId, Organization, OrganizationPolicyKind, OrganizationalUnit, Thing,
        check::{Findings, Form, Limited, Names, Reference, WorldFindingKind},
    },
};

impl Findings<'_> {
    pub(super) fn organization(&mut self, organization: &Organization) {
        let own = EntityId::home(Thing::Organization);
        self.form(&own, Form::OrganizationId, &organization.id);
        let management = &organization.management_account;
        if organization.member(management).is_none() {
            self.missing(&own, Reference::ManagementAccount, management.as_str());
        }
        for kind in OrganizationPolicyKind::ALL {
            let mut names = Names::exact();
            for policy in organization.policies.iter().filter(|it| it.kind == kind) {
                let name = policy.name.clone();
                let id = EntityId::home(Thing::OrganizationPolicy { kind, name });
                self.form(&id, Form::OrganizationName, &policy.name);
                self.take(&mut names, &id, &policy.name);
            }
        }
        let mut tree = Tree {
            organization,
            units: Names::exact(),
            accounts: Names::exact(),
        };
        self.unit(&mut tree, &organization.root, 0);
    }

    fn unit(&mut self, tree: &mut Tree<'_>, unit: &OrganizationalUnit, depth: usize) {
        let id = unit.id.clone();
        let id = EntityId::home(Thing::OrganizationalUnit { id });
        let form = if depth == 0 {
            Form::RootId
        } else {
            Form::UnitId
        };
        self.form(&id, form, &unit.id);
        self.form(&id, Form::OrganizationName, &unit.name);
        self.limit(&id, Limited::NestedUnits, depth);
        self.take(&mut tree.units, &id, &unit.id);
        let mut names = Names::without_case();
        for below in &unit.units {
            let own = below.id.clone();
            let own = EntityId::home(Thing::OrganizationalUnit { id: own });
            self.take(&mut names, &own, &below.name);
            self.unit(tree, below, depth + 1);
        }
        for kind in OrganizationPolicyKind::ALL {
            self.attached(&id, tree.organization, kind, unit.attached(kind));
        }
        for member in &unit.accounts {
            let account: &AccountId = &member.account;
            let id = self.world.entity(account, Thing::Account);
            self.take(&mut tree.accounts, &id, account.as_str());
            for kind in OrganizationPolicyKind::ALL {
                self.attached(&id, tree.organization, kind, member.attached(kind));
            }
        }
    }

    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_policies_scps_attach.html>
    fn attached(
        &mut self,
        id: &EntityId,
        organization: &Organization,
        kind: OrganizationPolicyKind,
        names: &[String],
    ) {
        let is_on = organization.enabled_policy_types.contains(&kind);
        let (limit, reference) = match kind {
            OrganizationPolicyKind::Scp => (Limited::Scps, Reference::Scp),
            OrganizationPolicyKind::Rcp => (Limited::Rcps, Reference::Rcp),
        };
        self.limit(id, limit, names.len());
        for name in names {
            if organization.policy(kind, name).is_none() {
                self.missing(id, reference, name);
            }
        }
        // `RCPFullAWSAccess` stays attached everywhere, whatever anybody does.
        if is_on && names.is_empty() && kind == OrganizationPolicyKind::Scp {
            self.push(id, WorldFindingKind::NothingAttached { kind });
        }
        if !is_on && !names.is_empty() {
            self.push(id, WorldFindingKind::SwitchedOff { kind });
        }
    }
}

struct Tree<'a> {
    organization: &'a Organization,
    units: Names,
    accounts: Names,
}
