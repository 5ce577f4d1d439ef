//! The rows of the organization: its root, its units, their accounts, and the policies at each.

use rolewalk_core::world::{
    Organization, OrganizationPolicyKind, OrganizationalUnit, Text, Thing, World, change::Kind,
};

use crate::view::{
    icon::Icon,
    tree::build::{Tree, account_name},
};

const POLICIES: [Kind; 2] = [
    Kind::OrganizationPolicy(OrganizationPolicyKind::Scp),
    Kind::OrganizationPolicy(OrganizationPolicyKind::Rcp),
];

impl Tree<'_> {
    pub(super) fn organization(&mut self, world: &World, organization: &Organization) {
        let key = self.add(
            None,
            "organization",
            Icon::Group,
            "Organization".to_owned(),
            Thing::Organization.into(),
        );
        self.detail(&organization.id);
        self.unfold();
        self.unit(&key, world, organization, &organization.root);
        let policies = self.folder(&key, "policies", "Policies", false);
        self.adds(&POLICIES, Thing::Organization.into());
        for it in &organization.policies {
            self.organization_policy(&policies, it.kind, &it.name);
        }
    }

    fn unit(
        &mut self,
        parent: &str,
        world: &World,
        organization: &Organization,
        unit: &OrganizationalUnit,
    ) {
        let id = unit.id.clone();
        let entity = Thing::OrganizationalUnit { id }.into();
        let key = self.add(
            Some(parent),
            &unit.id,
            Icon::Folder,
            unit.name.clone(),
            entity,
        );
        self.detail(&unit.id);
        self.unfold();
        for kind in OrganizationPolicyKind::ALL {
            self.organization_policies(&key, kind, unit.attached(kind));
        }
        for unit in &unit.units {
            self.unit(&key, world, organization, unit);
        }
        for member in &unit.accounts {
            let id = &member.account;
            let account = self.add(
                Some(&key),
                id.as_str(),
                Icon::Account,
                account_name(world, id),
                world.entity(id, Thing::Account),
            );
            self.unmark();
            self.detail(if *id == organization.management_account {
                "management account"
            } else if *id == world.home.account {
                "this account"
            } else {
                "member account"
            });
            for kind in OrganizationPolicyKind::ALL {
                self.organization_policies(&account, kind, member.attached(kind));
            }
        }
    }

    fn organization_policies(
        &mut self,
        parent: &str,
        kind: OrganizationPolicyKind,
        names: &[String],
    ) {
        for name in names {
            self.organization_policy(parent, kind, name);
        }
    }

    fn organization_policy(&mut self, parent: &str, kind: OrganizationPolicyKind, name: &str) {
        let key = format!("{}-{name}", kind.as_str());
        let text = Text::Organization {
            kind,
            name: name.to_owned(),
        };
        self.document(parent, &key, Icon::Policy, name, text.into());
        self.detail(match kind {
            OrganizationPolicyKind::Scp => "SCP",
            OrganizationPolicyKind::Rcp => "RCP",
        });
    }
}
