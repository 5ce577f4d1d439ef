//! Users, groups, roles and managed policies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    export::{
        cloud_formation::{Template, properties},
        other_versions, policy_path, sagemaker,
    },
    names::Arn,
    world::{Account, InlinePolicy},
};

impl Template<'_> {
    pub(super) fn managed_policies(&mut self, account: &Account) {
        for policy in account.policies.iter().filter(|it| !it.is_aws_managed()) {
            let what = format!("managed policy `{}`", policy.name());
            let Some(document) = self.document(&policy.document, &what) else {
                continue;
            };
            self.left_out.extend(other_versions(policy));
            let properties = properties([
                ("ManagedPolicyName", json!(policy.name())),
                ("Path", json!(policy_path(&policy.arn))),
                ("PolicyDocument", document),
            ]);
            let id = self.add(
                "Policy",
                policy.name(),
                "AWS::IAM::ManagedPolicy",
                properties,
            );
            let literal = json!(policy.arn.as_str());
            self.literals.insert(id.clone(), literal);
            self.written.policies.insert(policy.arn.clone(), id);
        }
    }

    /// A managed policy by the resource that makes it, else by its ARN.
    fn policy(&self, arn: &Arn) -> Value {
        let own = self.written.policies.get(arn);
        own.map_or_else(|| json!(arn.as_str()), |id| json!({ "Ref": id }))
    }

    fn attached(
        &mut self,
        of: &str,
        inline: &[InlinePolicy],
        arns: &[Arn],
    ) -> [(&'static str, Value); 2] {
        let mut policies = Vec::new();
        for policy in inline {
            let what = format!("inline policy `{}` of {of}", policy.name);
            let document = self.document(&policy.document, &what);
            policies.extend(
                document.map(|it| json!({ "PolicyName": policy.name, "PolicyDocument": it })),
            );
        }
        // Each once: `CloudFormation` refuses the list otherwise.
        let unique: BTreeSet<&Arn> = arns.iter().collect();
        let arns = unique.into_iter().map(|it| self.policy(it)).collect();
        [
            ("Policies", Value::Array(policies)),
            ("ManagedPolicyArns", Value::Array(arns)),
        ]
    }

    pub(super) fn groups_and_users(&mut self, account: &Account) {
        let mut groups = BTreeMap::new();
        for group in &account.groups {
            let of = format!("group `{}`", group.name);
            let attached = self.attached(&of, &group.inline_policies, &group.attached_policies);
            let name = [("GroupName", json!(group.name))];
            let properties = properties(name.into_iter().chain(attached));
            let id = self.add("Group", &group.name, "AWS::IAM::Group", properties);
            self.literals.insert(id.clone(), json!(group.name));
            groups.insert(group.name.as_str(), id);
        }
        for user in &account.users {
            let of = format!("user `{}`", user.name);
            let attached = self.attached(&of, &user.inline_policies, &user.attached_policies);
            let named = |it: &String| match groups.get(it.as_str()) {
                Some(id) => json!({ "Ref": id }),
                None => json!(it),
            };
            let member: Vec<Value> = user.groups.iter().map(named).collect();
            let boundary = user.permissions_boundary.as_ref().map(|it| self.policy(it));
            let own = [
                ("UserName", json!(user.name)),
                ("Path", json!(user.path)),
                ("Groups", Value::Array(member)),
                ("PermissionsBoundary", boundary.unwrap_or_default()),
                ("Tags", sagemaker::tags(&user.tags)),
            ];
            let properties = properties(own.into_iter().chain(attached));
            let id = self.add("User", &user.name, "AWS::IAM::User", properties);
            self.written.users.push(Some(id));
        }
    }

    pub(super) fn roles(&mut self, account: &Account) {
        for role in &account.roles {
            let of = format!("role `{}`", role.name);
            let trust = self.document(&role.trust_policy, &format!("trust policy of {of}"));
            let Some(trust) = trust else {
                self.written.roles.push(None);
                continue;
            };
            let attached = self.attached(&of, &role.inline_policies, &role.attached_policies);
            let boundary = role.permissions_boundary.as_ref().map(|it| self.policy(it));
            let own = [
                ("RoleName", json!(role.name)),
                ("Path", json!(role.path)),
                ("Description", json!(role.description)),
                ("MaxSessionDuration", json!(role.max_session_duration)),
                ("AssumeRolePolicyDocument", trust),
                ("PermissionsBoundary", boundary.unwrap_or_default()),
                ("Tags", sagemaker::tags(&role.tags)),
            ];
            let properties = properties(own.into_iter().chain(attached));
            let id = self.add("Role", &role.name, "AWS::IAM::Role", properties);
            let arn = self.world.role_arn_in(account, role).to_string();
            self.literals.insert(id.clone(), json!(arn));
            self.written.role_arns.insert(arn, id.clone());
            self.written.roles.push(Some(id));
        }
        let before = self
            .written
            .principals
            .as_ref()
            .map(|it| it.before_roles(account));
        for (idx, named) in before.unwrap_or_default().iter().enumerate() {
            if let Some(id) = self.written.roles.get(idx).cloned().flatten() {
                let needs = self.written.needs(named);
                self.after(&id, &needs);
            }
        }
    }
}
