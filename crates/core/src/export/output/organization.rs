//! `aws organizations describe-organization | list-roots | list-organizational-units-for-parent |
//! list-accounts-for-parent | describe-policy | list-policies-for-target`.
//!
//! <https://docs.aws.amazon.com/cli/latest/reference/organizations/>

use serde_json::{Value, json};

use crate::{
    export::{
        Exported,
        organization::{is_of_aws, places, policy_type},
        output::{DATE, Json, Output},
    },
    world::{Organization, OrganizationPolicy, OrganizationPolicyKind, OrganizationalUnit, World},
};

/// The organization: its tree, its policies, and where they are attached.
pub(in crate::export) fn organization(world: &World) -> Exported {
    let mut output = Output::default();
    if let Some(organization) = &world.organization {
        output.organization(world, organization);
    }
    output.exported
}

/// An organization, and how its things are written.
#[derive(Clone, Copy)]
struct Written<'a> {
    world: &'a World,
    organization: &'a Organization,
}

impl Written<'_> {
    fn arn(self, kind: &str, rest: &str) -> String {
        let partition = &self.world.partition;
        let account = &self.organization.management_account;
        let id = &self.organization.id;
        format!("arn:{partition}:organizations::{account}:{kind}/{id}{rest}")
    }

    /// The id of a policy, which the world does not have: made up, but for those of AWS.
    fn policy_id(self, kind: OrganizationPolicyKind, name: &str) -> Option<String> {
        let policies = &self.organization.policies;
        if is_of_aws(kind, name) {
            return Some(format!("p-{name}"));
        }
        let is_it = |it: &OrganizationPolicy| it.kind == kind && it.name == name;
        let idx = policies.iter().position(is_it)?;
        Some(format!("p-{:08}", idx + 1))
    }

    fn summary(self, kind: OrganizationPolicyKind, name: &str) -> Option<Value> {
        let id = self.policy_id(kind, name)?;
        let sort = policy_type(kind);
        let folder = sort.to_ascii_lowercase();
        let is_of_aws = is_of_aws(kind, name);
        let arn = if is_of_aws {
            let partition = &self.world.partition;
            format!("arn:{partition}:organizations::aws:policy/{folder}/{id}")
        } else {
            self.arn("policy", &format!("/{folder}/{id}"))
        };
        Some(json!({
            "Id": id,
            "Arn": arn,
            "Name": name,
            "Description": "",
            "Type": sort,
            "AwsManaged": is_of_aws,
        }))
    }
}

impl Output {
    fn organization(&mut self, world: &World, organization: &Organization) {
        let written = Written {
            world,
            organization,
        };
        let management = organization.management_account.as_str();
        let described = json!({ "Organization": {
            "Id": organization.id,
            "Arn": written.arn("organization", ""),
            "FeatureSet": "ALL",
            "MasterAccountId": management,
            "MasterAccountArn": written.arn("account", &format!("/{management}")),
        } });
        self.file("organization", &[described.into()]);
        let root = &organization.root;
        let on = organization.enabled_policy_types.iter();
        let on = on.map(|it| json!({ "Type": policy_type(*it), "Status": "ENABLED" }));
        let roots = json!({ "Roots": [{
            "Id": root.id,
            "Arn": written.arn("root", &format!("/{}", root.id)),
            "Name": root.name,
            "PolicyTypes": on.collect::<Vec<_>>(),
        }] });
        self.file("roots", &[roots.into()]);
        self.below(written, root);
        for policy in &organization.policies {
            let what = format!("policy `{}` of the organization", policy.name);
            let summary = written.summary(policy.kind, &policy.name);
            let id = written.policy_id(policy.kind, &policy.name);
            if let (Some(summary), Some(id)) = (summary, id)
                && self.has_text(&policy.document, &what)
            {
                let printed = Json::Fields(vec![(
                    "Policy",
                    Json::Fields(vec![
                        ("PolicySummary", summary.into()),
                        ("Content", policy.document.as_str().into()),
                    ]),
                )]);
                self.file(&format!("policy-{id}"), &[printed]);
            }
        }
        for (target, lists) in places(organization) {
            let mut documents = Vec::new();
            for (kind, names) in lists {
                let mut summaries = Vec::new();
                for name in names {
                    match written.summary(kind, name) {
                        Some(it) => summaries.push(it),
                        None => self.say(format!(
                            "policy `{name}` at `{target}`: the organization has none of that name"
                        )),
                    }
                }
                if !summaries.is_empty() {
                    documents.push(json!({ "Policies": summaries }).into());
                }
            }
            if !documents.is_empty() {
                self.file(&format!("target-{target}"), &documents);
            }
        }
    }

    /// The units and accounts of a unit, and so on down.
    fn below(&mut self, written: Written<'_>, unit: &OrganizationalUnit) {
        let root = &written.organization.root.id;
        let units = unit.units.iter().map(|it| {
            let rest = format!("/{root}/{}", it.id);
            json!({ "Id": it.id, "Arn": written.arn("ou", &rest), "Name": it.name })
        });
        let accounts = unit.accounts.iter().map(|it| {
            let id = it.account.as_str();
            let named = written.world.account(&it.account);
            let name = named.map_or("", |it| it.name.as_str());
            json!({
                "Id": id,
                "Arn": written.arn("account", &format!("/{id}")),
                "Name": name,
                "Status": "ACTIVE",
                "JoinedMethod": "CREATED",
                "JoinedTimestamp": DATE,
            })
        });
        let documents = [
            json!({ "OrganizationalUnits": units.collect::<Vec<_>>() }).into(),
            json!({ "Accounts": accounts.collect::<Vec<_>>() }).into(),
        ];
        self.file(&format!("parent-{}", unit.id), &documents);
        for it in &unit.units {
            self.below(written, it);
        }
    }
}
