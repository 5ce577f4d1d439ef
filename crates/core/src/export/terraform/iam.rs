//! Users, groups, roles and managed policies.

use std::collections::BTreeSet;

use crate::{
    export::{
        ids::Rank,
        order::boundaries,
        terraform::{
            Config,
            hcl::{Body, quoted},
        },
    },
    names::Arn,
    world::{Account, InlinePolicy},
};

/// A user, group or role by the names of its resources.
#[derive(Clone, Copy)]
struct Owner<'a> {
    /// `user`, `group` or `role`: also the argument that names it.
    kind: &'static str,
    name: &'a str,
    address: &'a str,
}

impl Config<'_> {
    pub(super) fn managed_policies(&mut self, account: &Account) {
        let boundaries = boundaries(account);
        for policy in account.policies.iter().filter(|it| !it.is_aws_managed()) {
            let what = format!("managed policy `{}`", policy.name());
            if !self.takes(&policy.document, &what) {
                continue;
            }
            self.other_versions(policy);
            let body = Body::default()
                .text("name", policy.name())
                .text("path", crate::export::policy_path(&policy.arn));
            let rank = if boundaries.contains(&policy.arn) {
                Rank::Identity
            } else {
                Rank::Policy
            };
            let body = self.document(body, "policy", (&policy.document, rank), &what);
            let address = self.address("aws_iam_policy", policy.name());
            self.resource(&address, &body);
            self.written.policies.insert(policy.arn.clone(), address);
        }
    }

    fn other_versions(&mut self, policy: &crate::world::ManagedPolicy) {
        self.left_out.extend(crate::export::other_versions(policy));
    }

    fn policies_of(&mut self, owner: Owner<'_>, inline: &[InlinePolicy], attached: &[Arn]) {
        let Owner {
            kind,
            name,
            address,
        } = owner;
        for policy in inline {
            let what = format!("inline policy `{}` of {kind} `{name}`", policy.name);
            if self.takes(&policy.document, &what) {
                let body = Body::default()
                    .text("name", &policy.name)
                    .bare(kind, format!("{address}.name"));
                let text = (&policy.document, Rank::Policy);
                let body = self.document(body, "policy", text, &what);
                let label = format!("{name}_{}", policy.name);
                self.add(&format!("aws_iam_{kind}_policy"), &label, &body);
            }
        }
        // Each once: two resources for one attachment undo each other.
        let mut done = BTreeSet::new();
        for arn in attached.iter().filter(|it| done.insert(*it)) {
            let body = Body::default()
                .bare(kind, format!("{address}.name"))
                .bare("policy_arn", self.policy(arn));
            let label = format!("{name}_{}", arn.last_segment());
            let attachment = format!("aws_iam_{kind}_policy_attachment");
            self.add(&attachment, &label, &body);
        }
    }

    pub(super) fn groups_and_users(&mut self, account: &Account) {
        let mut groups = Vec::new();
        for group in &account.groups {
            let address = self.address("aws_iam_group", &group.name);
            self.resource(&address, &Body::default().text("name", &group.name));
            let owner = Owner {
                kind: "group",
                name: &group.name,
                address: &address,
            };
            self.policies_of(owner, &group.inline_policies, &group.attached_policies);
            groups.push((group.name.as_str(), address));
        }
        for user in &account.users {
            let address = self.address("aws_iam_user", &user.name);
            let mut body = Body::default()
                .text("name", &user.name)
                .text("path", &user.path);
            if let Some(arn) = &user.permissions_boundary {
                body = body.bare("permissions_boundary", self.policy(arn));
            }
            self.resource(&address, &body.map("tags", &user.tags));
            let member = |name: &String| {
                let own = groups.iter().find(|it| it.0 == name);
                own.map_or_else(|| quoted(name), |it| format!("{}.name", it.1))
            };
            let names: BTreeSet<&String> = user.groups.iter().collect();
            let names: Vec<String> = names.into_iter().map(member).collect();
            if !names.is_empty() {
                let body = Body::default()
                    .bare("user", format!("{address}.name"))
                    .list("groups", &names);
                self.add("aws_iam_user_group_membership", &user.name, &body);
            }
            let owner = Owner {
                kind: "user",
                name: &user.name,
                address: &address,
            };
            self.policies_of(owner, &user.inline_policies, &user.attached_policies);
            self.written.users.push(Some(address));
        }
    }

    pub(super) fn roles(&mut self, account: &Account) {
        for role in &account.roles {
            let what = format!("trust policy of role `{}`", role.name);
            let address = self
                .takes(&role.trust_policy, &what)
                .then(|| self.address("aws_iam_role", &role.name));
            if let Some(address) = &address {
                let arn = self.world.role_arn_in(account, role).to_string();
                self.written.role_arns.insert(arn, address.clone());
            }
            self.written.roles.push(address);
        }
        let before = self
            .written
            .principals
            .as_ref()
            .map(|it| it.before_roles(account));
        let before = before.unwrap_or_default();
        for (idx, role) in account.roles.iter().enumerate() {
            let Some(address) = self.written.roles.get(idx).cloned().flatten() else {
                continue;
            };
            let mut body = Body::default()
                .text("name", &role.name)
                .text("path", &role.path)
                .text("description", &role.description);
            if let Some(seconds) = role.max_session_duration {
                body = body.bare("max_session_duration", seconds.to_string());
            }
            if let Some(arn) = &role.permissions_boundary {
                body = body.bare("permissions_boundary", self.policy(arn));
            }
            let before = before.get(idx).map(|it| self.written.needs(it));
            let what = format!("trust policy of role `{}`", role.name);
            let text = (&role.trust_policy, Rank::Identity);
            let body = body.list("depends_on", &before.unwrap_or_default());
            let body = self.document(body, "assume_role_policy", text, &what);
            let body = body.map("tags", &role.tags);
            self.resource(&address, &body);
            let owner = Owner {
                kind: "role",
                name: &role.name,
                address: &address,
            };
            self.policies_of(owner, &role.inline_policies, &role.attached_policies);
        }
    }
}
