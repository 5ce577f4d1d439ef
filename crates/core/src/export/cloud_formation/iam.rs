//! Users, groups, roles and managed policies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    export::{
        cloud_formation::{Template, properties},
        ids::Rank,
        order::boundaries,
        other_versions, policy_path, sagemaker,
    },
    names::Arn,
    world::{Account, InlinePolicy},
};

/// A managed policy that names ids of what comes after users and roles.
#[derive(Debug, Default)]
pub(super) struct LatePolicy {
    id: String,
    /// To whom it is attached: names by the property that has them.
    names: BTreeMap<String, Vec<String>>,
    /// Their logical ids.
    first: Vec<String>,
}

/// What stands in the resource of a user, group or role: its own policies, and managed ones.
type Attached = [(&'static str, Value); 2];

/// The policies of a user, group or role, of which some come later.
struct Later<'a> {
    inline: Vec<(String, Value)>,
    attached: &'a [Arn],
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "Role" => "RoleName",
        "User" => "UserName",
        _ => "GroupName",
    }
}

impl Template<'_> {
    pub(super) fn managed_policies(&mut self, account: &Account) {
        let boundaries = boundaries(account);
        for policy in account.policies.iter().filter(|it| !it.is_aws_managed()) {
            let what = format!("managed policy `{}`", policy.name());
            let Some(document) = self.document(&policy.document, &what) else {
                continue;
            };
            let is_boundary = boundaries.contains(&policy.arn);
            let is_late = !is_boundary && self.names_ids(&document);
            let rank = if is_boundary {
                Rank::Identity
            } else {
                Rank::Policy
            };
            let document = self.with_ids(document, rank, &what);
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
            if is_late {
                let late = LatePolicy {
                    id,
                    ..LatePolicy::default()
                };
                self.others.late.insert(policy.arn.clone(), late);
                continue;
            }
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

    /// Policies that stand in the resource of whom they belong to. Those that name ids of what comes
    /// later are resources of their own.
    fn attached(
        &mut self,
        of: &str,
        inline: &[InlinePolicy],
        arns: &[Arn],
    ) -> (Attached, Vec<(String, Value)>) {
        let mut policies = Vec::new();
        let mut late = Vec::new();
        for policy in inline {
            let what = format!("inline policy `{}` of {of}", policy.name);
            let Some(document) = self.document(&policy.document, &what) else {
                continue;
            };
            if self.names_ids(&document) {
                let document = self.with_ids(document, Rank::Policy, &what);
                late.push((policy.name.clone(), document));
            } else {
                let document = self.with_ids(document, Rank::Identity, &what);
                policies.push(json!({ "PolicyName": policy.name, "PolicyDocument": document }));
            }
        }
        // Each once: `CloudFormation` refuses the list otherwise.
        let unique: BTreeSet<&Arn> = arns.iter().collect();
        let unique = unique.into_iter();
        let now = unique.filter(|it| !self.others.late.contains_key(it));
        let arns = now.map(|it| self.policy(it)).collect();
        let own = [
            ("Policies", Value::Array(policies)),
            ("ManagedPolicyArns", Value::Array(arns)),
        ];
        (own, late)
    }

    /// Gives a user, group or role the policies that come later.
    fn attach_later(&mut self, kind: &str, name: &str, id: &str, of: Later<'_>) {
        for (policy, document) in of.inline {
            let properties = properties([
                (kind_name(kind), json!(name)),
                ("PolicyName", json!(policy)),
                ("PolicyDocument", document),
            ]);
            let resource = format!("AWS::IAM::{kind}Policy");
            let label = format!("{name}{policy}");
            let policy = self.add(&format!("{kind}Policy"), &label, &resource, properties);
            self.after(&policy, &[id.to_owned()]);
        }
        for arn in of.attached {
            if let Some(late) = self.others.late.get_mut(arn)
                && !late.first.iter().any(|it| it == id)
            {
                let names = late.names.entry(format!("{kind}s")).or_default();
                names.push(name.to_owned());
                late.first.push(id.to_owned());
            }
        }
    }

    /// What is attached later names whom it is attached to, instead of the other way round.
    pub(super) fn attach_late_policies(&mut self) {
        for late in std::mem::take(&mut self.others.late).into_values() {
            let resource = self.resources.get_mut(&late.id);
            let properties = resource.and_then(|it| it.get_mut("Properties"));
            if let Some(map) = properties.and_then(Value::as_object_mut) {
                let names = late.names.into_iter();
                map.extend(names.map(|(kind, names)| (kind, json!(names))));
            }
            self.after(&late.id, &late.first);
        }
    }

    pub(super) fn groups_and_users(&mut self, account: &Account) {
        let mut groups = BTreeMap::new();
        for group in &account.groups {
            let of = format!("group `{}`", group.name);
            let (attached, inline) =
                self.attached(&of, &group.inline_policies, &group.attached_policies);
            let name = [("GroupName", json!(group.name))];
            let properties = properties(name.into_iter().chain(attached));
            let id = self.add("Group", &group.name, "AWS::IAM::Group", properties);
            self.literals.insert(id.clone(), json!(group.name));
            let attached = &group.attached_policies;
            self.attach_later("Group", &group.name, &id, Later { inline, attached });
            groups.insert(group.name.as_str(), id);
        }
        for user in &account.users {
            let of = format!("user `{}`", user.name);
            let (attached, inline) =
                self.attached(&of, &user.inline_policies, &user.attached_policies);
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
            let attached = &user.attached_policies;
            self.attach_later("User", &user.name, &id, Later { inline, attached });
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
            let trust = self.with_ids(trust, Rank::Identity, &format!("trust policy of {of}"));
            let (attached, inline) =
                self.attached(&of, &role.inline_policies, &role.attached_policies);
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
            let attached = &role.attached_policies;
            self.attach_later("Role", &role.name, &id, Later { inline, attached });
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
