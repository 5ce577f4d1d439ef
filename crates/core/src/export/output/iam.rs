//! `aws iam get-account-authorization-details`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    export::{
        output::{DATE, Json, Output, policy},
        policy_path, sagemaker,
    },
    names::Arn,
    world::{Account, InlinePolicy, ManagedPolicy, PolicyText, World},
};

impl Output {
    pub(super) fn iam(&mut self, world: &World, account: &Account) {
        let users = account.users.iter().enumerate().map(|(idx, it)| {
            let mut fields = vec![
                ("Path", it.path.as_str().into()),
                ("UserName", it.name.as_str().into()),
                ("UserId", unique_id("AIDA", idx)),
                ("Arn", world.user_arn_in(account, it).as_str().into()),
                ("CreateDate", DATE.into()),
            ];
            let owner = format!("user `{}`", it.name);
            let inline = self.inline(&owner, &it.inline_policies);
            fields.extend(inline.map(|it| ("UserPolicyList", it)));
            fields.push(("GroupList", json!(it.groups).into()));
            fields.push(("AttachedManagedPolicies", attached(&it.attached_policies)));
            fields.extend(boundary(it.permissions_boundary.as_ref()));
            fields.push(("Tags", sagemaker::tags(&it.tags).into()));
            Json::Fields(fields)
        });
        let users = users.collect();
        let groups = account.groups.iter().enumerate().map(|(idx, it)| {
            let arn = world.iam_arn_in(&account.account, "group", "/", &it.name);
            let owner = format!("group `{}`", it.name);
            let inline = self.inline(&owner, &it.inline_policies);
            Json::Fields(vec![
                ("Path", "/".into()),
                ("GroupName", it.name.as_str().into()),
                ("GroupId", unique_id("AGPA", idx)),
                ("Arn", arn.as_str().into()),
                ("CreateDate", DATE.into()),
                ("GroupPolicyList", inline.unwrap_or(Json::List(Vec::new()))),
                ("AttachedManagedPolicies", attached(&it.attached_policies)),
            ])
        });
        let groups = groups.collect();
        let roles = self.roles(world, account);
        let mut n_attached: BTreeMap<&Arn, usize> = BTreeMap::new();
        let lists = account.users.iter().map(|it| &it.attached_policies);
        let lists = lists.chain(account.groups.iter().map(|it| &it.attached_policies));
        let lists = lists.chain(account.roles.iter().map(|it| &it.attached_policies));
        for arn in lists.flatten() {
            *n_attached.entry(arn).or_default() += 1;
        }
        let mut n_bounding: BTreeMap<&Arn, usize> = BTreeMap::new();
        let bounds = account.users.iter().map(|it| &it.permissions_boundary);
        let bounds = bounds.chain(account.roles.iter().map(|it| &it.permissions_boundary));
        for arn in bounds.flatten() {
            *n_bounding.entry(arn).or_default() += 1;
        }
        let mut policies = Vec::new();
        for (idx, it) in account.policies.iter().enumerate() {
            let what = format!("managed policy `{}`", it.name());
            if self.has_text(&it.document, &what) {
                let n = |all: &BTreeMap<&Arn, usize>| all.get(&it.arn).copied().unwrap_or_default();
                let used = [
                    ("AttachmentCount", n(&n_attached)),
                    ("PermissionsBoundaryUsageCount", n(&n_bounding)),
                ];
                policies.push(self.managed(idx, used, it));
            }
        }
        let details = Json::Fields(vec![
            ("UserDetailList", users),
            ("GroupDetailList", groups),
            ("RoleDetailList", roles),
            ("Policies", Json::List(policies)),
        ]);
        self.file("account-authorization-details", &[details]);
        self.iam_left_out(account);
    }

    fn roles(&mut self, world: &World, account: &Account) -> Json {
        let mut roles = Vec::new();
        for (idx, it) in account.roles.iter().enumerate() {
            let owner = format!("role `{}`", it.name);
            if !self.has_text(&it.trust_policy, &format!("{owner} with its trust policy")) {
                continue;
            }
            let inline = self.inline(&owner, &it.inline_policies);
            let mut fields = vec![
                ("Path", it.path.as_str().into()),
                ("RoleName", it.name.as_str().into()),
                ("RoleId", unique_id("AROA", idx)),
                ("Arn", world.role_arn_in(account, it).as_str().into()),
                ("CreateDate", DATE.into()),
                ("AssumeRolePolicyDocument", policy(&it.trust_policy)),
                ("InstanceProfileList", Json::List(Vec::new())),
                ("RolePolicyList", inline.unwrap_or(Json::List(Vec::new()))),
                ("AttachedManagedPolicies", attached(&it.attached_policies)),
            ];
            fields.extend(boundary(it.permissions_boundary.as_ref()));
            fields.push(("Tags", sagemaker::tags(&it.tags).into()));
            fields.push(("RoleLastUsed", json!({}).into()));
            roles.push(Json::Fields(fields));
        }
        Json::List(roles)
    }

    /// Nothing where there are none: the CLI leaves the list out then.
    fn inline(&mut self, owner: &str, policies: &[InlinePolicy]) -> Option<Json> {
        let mut all = Vec::new();
        for it in policies {
            let what = format!("inline policy `{}` of {owner}", it.name);
            if self.has_text(&it.document, &what) {
                all.push(Json::Fields(vec![
                    ("PolicyName", it.name.as_str().into()),
                    ("PolicyDocument", policy(&it.document)),
                ]));
            }
        }
        (!all.is_empty()).then_some(Json::List(all))
    }

    fn managed(
        &mut self,
        idx: usize,
        used: [(&'static str, usize); 2],
        it: &ManagedPolicy,
    ) -> Json {
        let [attached, bounding] = used.map(|(field, n)| (field, json!(n).into()));
        let in_force = it.version.as_deref().unwrap_or("v1");
        let version = |version: &str, document: &PolicyText, is_default: bool| {
            Json::Fields(vec![
                ("Document", policy(document)),
                ("VersionId", version.into()),
                ("IsDefaultVersion", json!(is_default).into()),
                ("CreateDate", DATE.into()),
            ])
        };
        let mut versions = vec![version(in_force, &it.document, true)];
        for other in &it.other_versions {
            let what = format!(
                "version `{}` of managed policy `{}`",
                other.version,
                it.name()
            );
            if self.has_text(&other.document, &what) {
                versions.push(version(&other.version, &other.document, false));
            }
        }
        Json::Fields(vec![
            ("PolicyName", it.name().into()),
            ("PolicyId", unique_id("ANPA", idx)),
            ("Arn", it.arn.as_str().into()),
            ("Path", policy_path(&it.arn).into()),
            ("DefaultVersionId", in_force.into()),
            attached,
            bounding,
            ("IsAttachable", json!(true).into()),
            ("CreateDate", DATE.into()),
            ("UpdateDate", DATE.into()),
            ("PolicyVersionList", Json::List(versions)),
        ])
    }

    fn iam_left_out(&mut self, account: &Account) {
        let without = account.users.iter().filter(|it| !it.console_access);
        self.say_of(without.map(|it| it.name.clone()), |names| {
            format!("that users have no password for the console: an import takes it that {names} have one")
        });
        let with_keys = account.users.iter().filter(|it| !it.access_keys.is_empty());
        self.say_of(with_keys.map(|it| it.name.clone()), |names| {
            format!("access keys, which never leave this page: {names}")
        });
        let described = account.roles.iter();
        let described =
            described.filter(|it| !it.description.is_empty() || it.max_session_duration.is_some());
        self.say_of(described.map(|it| it.name.clone()), |names| {
            format!("descriptions and session durations of roles: {names}")
        });
        let unknown = account.policies.iter().filter(|it| it.version.is_none());
        self.say_of(unknown.map(|it| it.name().to_owned()), |names| {
            format!("that the version in force is not known: `v1` stands in at {names}")
        });
    }
}

/// Made up: 21 characters, as AWS's are.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn unique_id(prefix: &str, idx: usize) -> Json {
    Json::from(format!("{prefix}{:017}", idx + 1).as_str())
}

fn attached(arns: &[Arn]) -> Json {
    let policy = |arn: &Arn| json!({ "PolicyName": arn.last_segment(), "PolicyArn": arn.as_str() });
    Json::Plain(Value::Array(arns.iter().map(policy).collect()))
}

fn boundary(arn: Option<&Arn>) -> Option<(&'static str, Json)> {
    let boundary = arn.map(
        |it| json!({ "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": it.as_str() }),
    )?;
    Some(("PermissionsBoundary", boundary.into()))
}
