//! The rows of the organization: its root, its units, their accounts, and the policies at each.

use rolewalk_core::{
    explain,
    world::{
        MemberAccount, Organization, OrganizationPolicyKind, OrganizationalUnit, Text, Thing,
        World, change::Kind,
    },
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
        let (icon, label) = (Icon::Group, "Organization".to_owned());
        let entity = Thing::Organization.into();
        let key = self.add(None, "organization", icon, label, entity);
        self.sought_detail(explain::thing_words(&Thing::Organization), &organization.id);
        self.inside(&key, true, None, |tree| {
            tree.unit(&key, world, organization, &organization.root);
            let policies = tree.folder(&key, "policies", "Policies");
            tree.adds(&POLICIES, Thing::Organization.into());
            tree.inside(&policies, false, None, |tree| {
                for it in &organization.policies {
                    tree.organization_policy(&policies, it.kind, &it.name);
                }
            });
        });
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
        let (id, name) = (&unit.id, unit.name.clone());
        let key = self.add(Some(parent), id, Icon::Folder, name, entity);
        self.detail(&unit.id);
        self.inside(&key, true, None, |tree| {
            for kind in OrganizationPolicyKind::ALL {
                tree.organization_policies(&key, kind, unit.attached(kind));
            }
            for unit in &unit.units {
                tree.unit(&key, world, organization, unit);
            }
            for member in &unit.accounts {
                tree.member(&key, world, organization, member);
            }
        });
    }

    fn member(
        &mut self,
        parent: &str,
        world: &World,
        organization: &Organization,
        member: &MemberAccount,
    ) {
        let id = &member.account;
        let (label, entity) = (account_name(world, id), world.entity(id, Thing::Account));
        let key = self.add(Some(parent), id.as_str(), Icon::Account, label, entity);
        self.unmark();
        self.detail(if *id == organization.management_account {
            "management account"
        } else if *id == world.home.account {
            "this account"
        } else {
            "member account"
        });
        self.inside(&key, true, None, |tree| {
            for kind in OrganizationPolicyKind::ALL {
                tree.organization_policies(&key, kind, member.attached(kind));
            }
        });
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
        let words = explain::kind_words(Kind::OrganizationPolicy(kind));
        self.sought_detail(words, &kind.as_str().to_ascii_uppercase());
    }
}
