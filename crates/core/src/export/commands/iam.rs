//! Users, groups, roles and managed policies.

use serde_json::json;

use crate::{
    export::{
        commands::{Script, given, tags},
        order::{Named, Principals},
        policy_path,
    },
    names::Arn,
    world::{Account, InlinePolicy, World},
};

pub(super) fn iam(script: &mut Script, world: &World, account: &Account) {
    let own = |it: &&crate::world::ManagedPolicy| !it.is_aws_managed();
    if account.policies.iter().any(|it| own(&it)) {
        script.note("Managed policies");
    }
    for policy in account.policies.iter().filter(own) {
        script.aws(
            "iam create-policy",
            &[
                ("policy-name", Some(policy.name().to_string())),
                ("path", given(policy_path(&policy.arn))),
                (
                    "policy-document",
                    Some(policy.document.as_str().to_string()),
                ),
            ],
        );
    }
    for group in &account.groups {
        script.note(&format!("Group {}", group.name));
        script.aws(
            "iam create-group",
            &[("group-name", Some(group.name.clone()))],
        );
        policies(
            script,
            "group",
            &group.name,
            &group.inline_policies,
            &group.attached_policies,
        );
    }
    for user in &account.users {
        script.note(&format!("User {}", user.name));
        script.aws(
            "iam create-user",
            &[
                ("user-name", Some(user.name.clone())),
                ("path", given(&user.path)),
                (
                    "permissions-boundary",
                    user.permissions_boundary.as_ref().map(ToString::to_string),
                ),
                ("tags", tags(&user.tags)),
            ],
        );
        for group in &user.groups {
            script.aws(
                "iam add-user-to-group",
                &[
                    ("user-name", Some(user.name.clone())),
                    ("group-name", Some(group.clone())),
                ],
            );
        }
        policies(
            script,
            "user",
            &user.name,
            &user.inline_policies,
            &user.attached_policies,
        );
    }
    roles(script, world, account);
}

fn roles(script: &mut Script, world: &World, account: &Account) {
    let principals = Principals::of(world, account);
    let mut later = Vec::new();
    for (idx, role) in account.roles.iter().enumerate() {
        script.note(&format!("Role {}", role.name));
        // AWS refuses a trust policy that names a role which is not there yet, itself among them.
        let named = principals.named(role.trust_policy.as_str());
        let names_unmade = named.iter().any(|it| *it >= Named::Role(idx));
        let trust = if names_unmade {
            later.push(role);
            nobody(world, account)
        } else {
            role.trust_policy.as_str().to_owned()
        };
        script.aws(
            "iam create-role",
            &[
                ("role-name", Some(role.name.clone())),
                ("path", given(&role.path)),
                ("description", given(&role.description)),
                (
                    "max-session-duration",
                    role.max_session_duration.map(|it| it.to_string()),
                ),
                (
                    "permissions-boundary",
                    role.permissions_boundary.as_ref().map(ToString::to_string),
                ),
                ("assume-role-policy-document", Some(trust)),
                ("tags", tags(&role.tags)),
            ],
        );
        policies(
            script,
            "role",
            &role.name,
            &role.inline_policies,
            &role.attached_policies,
        );
    }
    if !later.is_empty() {
        script.note("Trust policies that name roles which had to be made first");
    }
    for role in later {
        script.aws(
            "iam update-assume-role-policy",
            &[
                ("role-name", Some(role.name.clone())),
                (
                    "policy-document",
                    Some(role.trust_policy.as_str().to_string()),
                ),
            ],
        );
    }
}

/// A trust policy for the time being: nobody gets in.
fn nobody(world: &World, account: &Account) -> String {
    let root = format!("arn:{}:iam::{}:root", world.partition, account.account);
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Deny", "Principal": { "AWS": root }, "Action": "sts:AssumeRole" }],
    })
    .to_string()
}

fn policies(
    script: &mut Script,
    kind: &str,
    name: &str,
    inline: &[InlinePolicy],
    attached: &[Arn],
) {
    let owner = format!("{kind}-name");
    for policy in inline {
        script.aws(
            &format!("iam put-{kind}-policy"),
            &[
                (&owner, Some(name.to_string())),
                ("policy-name", Some(policy.name.clone())),
                (
                    "policy-document",
                    Some(policy.document.as_str().to_string()),
                ),
            ],
        );
    }
    for arn in attached {
        script.aws(
            &format!("iam attach-{kind}-policy"),
            &[
                (&owner, Some(name.to_string())),
                ("policy-arn", Some(arn.to_string())),
            ],
        );
    }
}
