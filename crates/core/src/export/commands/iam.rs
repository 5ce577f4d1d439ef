//! Users, groups, roles and managed policies.

use serde_json::json;

use crate::{
    export::{
        commands::{Script, given, tags, word::Word},
        order::{Named, Principals, boundaries},
        policy_path,
    },
    names::Arn,
    world::{Account, InlinePolicy, ManagedPolicy, Role, World},
};

pub(super) fn iam(script: &mut Script, world: &World, account: &Account) {
    let own = |it: &&ManagedPolicy| !it.is_aws_managed();
    if account.policies.iter().any(|it| own(&it)) {
        script.note("Managed policies");
    }
    let boundaries = boundaries(account);
    for policy in account.policies.iter().filter(own) {
        managed(script, policy, boundaries.contains(&policy.arn));
    }
    for group in &account.groups {
        script.note(&format!("Group {}", group.name));
        let name = ("group-name", Some(Word::from(&group.name)));
        script.aws("iam create-group", &[name]);
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
        let name = ("user-name", Some(Word::from(&user.name)));
        script.aws(
            "iam create-user",
            &[
                name.clone(),
                ("path", given(&user.path)),
                (
                    "permissions-boundary",
                    user.permissions_boundary
                        .as_ref()
                        .map(|it| it.as_str().into()),
                ),
                ("tags", tags(&user.tags)),
            ],
        );
        for group in &user.groups {
            let group = ("group-name", Some(Word::from(group)));
            script.aws("iam add-user-to-group", &[name.clone(), group]);
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

/// A policy that names ids is made when these are there. A boundary has to be there before whom it
/// bounds, so it gets a second version then.
fn managed(script: &mut Script, policy: &ManagedPolicy, is_boundary: bool) {
    let document = script.document(policy.document.as_str());
    let options = |text: Word| {
        [
            ("policy-name", Some(policy.name().into())),
            ("path", given(policy_path(&policy.arn))),
            ("policy-document", Some(text)),
        ]
    };
    match document.later {
        None => script.aws("iam create-policy", &options(document.now)),
        Some(later) if is_boundary => {
            script.aws("iam create-policy", &options(document.now));
            let options = [
                ("policy-arn", Some(policy.arn.as_str().into())),
                ("policy-document", Some(later)),
            ];
            script.aws_later("iam create-policy-version --set-as-default", &options);
        }
        Some(later) => {
            script.late_policies.insert(policy.arn.clone());
            script.aws_later("iam create-policy", &options(later));
        }
    }
}

fn roles(script: &mut Script, world: &World, account: &Account) {
    let principals = Principals::of(world, account);
    let mut later = Vec::new();
    for (idx, role) in account.roles.iter().enumerate() {
        script.note(&format!("Role {}", role.name));
        // AWS refuses a trust policy that names a role which is not there yet, itself among them.
        let named = principals.named(role.trust_policy.as_str());
        let names_unmade = named.iter().any(|it| *it >= Named::Role(idx));
        let document = script.document(role.trust_policy.as_str());
        let waits = document.later.is_some();
        let trust = if names_unmade {
            later.push(role);
            nobody(world, account).into()
        } else {
            document.now
        };
        script.aws(
            "iam create-role",
            &[
                ("role-name", Some(Word::from(&role.name))),
                ("path", given(&role.path)),
                ("description", given(&role.description)),
                (
                    "max-session-duration",
                    role.max_session_duration.map(|it| it.to_string().into()),
                ),
                (
                    "permissions-boundary",
                    role.permissions_boundary
                        .as_ref()
                        .map(|it| it.as_str().into()),
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
        if waits && !names_unmade {
            trust_again(script, role);
        }
    }
    if !later.is_empty() {
        script.note("Trust policies that name roles which had to be made first");
    }
    for role in later {
        trust_again(script, role);
    }
}

fn trust_again(script: &mut Script, role: &Role) {
    script.aws_with(
        "iam update-assume-role-policy",
        &[("role-name", Some(Word::from(&role.name)))],
        "policy-document",
        role.trust_policy.as_str(),
    );
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
    let owner = || (owner.as_str(), Some(Word::from(name)));
    for policy in inline {
        script.aws_with(
            &format!("iam put-{kind}-policy"),
            &[owner(), ("policy-name", Some(Word::from(&policy.name)))],
            "policy-document",
            policy.document.as_str(),
        );
    }
    for arn in attached {
        let command = format!("iam attach-{kind}-policy");
        let options = [owner(), ("policy-arn", Some(arn.as_str().into()))];
        if script.late_policies.contains(arn) {
            script.aws_later(&command, &options);
        } else {
            script.aws(&command, &options);
        }
    }
}
