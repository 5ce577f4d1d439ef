//! The rows of users, groups, roles and managed policies.

use rolewalk_core::{
    flow::Place,
    names::Arn,
    world::{InlinePolicy, Owner, Text, Thing, change::Kind},
};

use crate::view::{
    icon::Icon,
    tree::build::{Home, MANY, Tree},
};

impl Tree<'_> {
    pub(super) fn iam(&mut self, iam: &str, home: &Home<'_>) {
        let account = home.account;
        let at = || home.entity(Thing::Account);

        let key = self.folder(iam, "users", "Users");
        self.adds(&[Kind::User], at());
        let n = account.users.len();
        let lacks_user = home.is_home() && self.has_lacking(Place::User, None);
        self.inside(&key, n <= MANY, Some(n > 0 || lacks_user), |tree| {
            tree.list(&key, "users", home, account.users.iter(), |tree, it| {
                let owner = Owner::User(it.name.clone());
                let policies = (&*it.inline_policies, &*it.attached_policies);
                tree.identity(&key, home, Icon::User, &owner, policies);
            });
            if lacks_user {
                tree.lacking(&key, Place::User, Icon::User, at(), None);
            }
        });

        let key = self.folder(iam, "groups", "Groups");
        self.adds(&[Kind::Group], at());
        let has_groups = !account.groups.is_empty();
        self.inside(&key, false, Some(has_groups), |tree| {
            tree.list(&key, "groups", home, account.groups.iter(), |tree, it| {
                let owner = Owner::Group(it.name.clone());
                let policies = (&*it.inline_policies, &*it.attached_policies);
                tree.identity(&key, home, Icon::Group, &owner, policies);
            });
        });

        let key = self.folder(iam, "roles", "Roles");
        self.adds(&[Kind::Role], at());
        let n = account.roles.len();
        self.inside(&key, n <= MANY, Some(n > 0), |tree| {
            tree.list(&key, "roles", home, account.roles.iter(), |tree, it| {
                let owner = Owner::Role(it.name.clone());
                let policies = (&*it.inline_policies, &*it.attached_policies);
                tree.identity(&key, home, Icon::Role, &owner, policies);
            });
        });

        let key = self.folder(iam, "policies", "Policies");
        self.adds(&[Kind::ManagedPolicy], at());
        let has_policies = !account.policies.is_empty();
        self.inside(&key, false, Some(has_policies), |tree| {
            tree.list(
                &key,
                "policies",
                home,
                account.policies.iter(),
                |tree, it| tree.managed(&key, &it.arn, ""),
            );
        });
    }

    /// A user, group or role, and its policies.
    fn identity(
        &mut self,
        parent: &str,
        home: &Home<'_>,
        icon: Icon,
        owner: &Owner,
        (inline, attached): (&[InlinePolicy], &[Arn]),
    ) {
        let name = match owner {
            Owner::User(name) | Owner::Group(name) | Owner::Role(name) => name,
        };
        let entity = home.entity(owner.thing());
        let key = self.add(Some(parent), name, icon, name.clone(), entity);
        let trust = match owner {
            Owner::Role(role) => Some(Text::Trust { role: role.clone() }),
            Owner::User(_) | Owner::Group(_) => None,
        };
        self.inside(&key, false, None, |tree| {
            if let Some(trust) = trust {
                tree.document(&key, "trust", Icon::Trust, "Trust policy", home.text(trust));
            }
            for policy in inline {
                let id = home.text(Text::Inline {
                    owner: owner.clone(),
                    name: policy.name.clone(),
                });
                let name = format!("inline-{}", policy.name);
                tree.document(&key, &name, Icon::Policy, &policy.name, id);
                tree.detail("inline");
            }
            for arn in attached {
                tree.managed(&key, arn, "attached");
            }
        });
    }
}
