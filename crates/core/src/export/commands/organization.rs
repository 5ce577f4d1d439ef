//! Policies of the organization, and where they are attached.

use crate::{
    export::{
        commands::{Script, word::Word},
        organization::{attachments, is_of_aws, policy_type, tree, without_full_access},
    },
    world::Organization,
};

pub(super) fn organization(
    script: &mut Script,
    organization: &Organization,
    left_out: &mut Vec<String>,
) {
    // The first sentence; the others are done here.
    left_out.extend(tree(organization).into_iter().take(1));
    let mut made = Vec::new();
    for policy in &organization.policies {
        if is_of_aws(policy.kind, &policy.name) {
            continue;
        }
        script.note(&format!("Policy {}", policy.name));
        let variable = format!("POLICY_{}", made.len() + 1);
        script.keep(
            &variable,
            "organizations create-policy",
            "Policy.PolicySummary.Id",
            &[
                ("name", Some(Word::from(&policy.name))),
                ("type", Some(policy_type(policy.kind).into())),
                // AWS wants one, and the world has none.
                ("description", Some("".into())),
                ("content", Some(policy.document.as_str().into())),
            ],
        );
        made.push(((policy.kind, policy.name.as_str()), variable));
    }
    script.note("Where they are attached");
    for it in attachments(organization) {
        let own = made.iter().find(|made| made.0 == (it.kind, it.name));
        if let Some((_, variable)) = own {
            let options = [
                ("policy-id", Some(Word::variable(variable))),
                ("target-id", Some(it.target.into())),
            ];
            script.aws("organizations attach-policy", &options);
        }
    }
    for (target, kind) in without_full_access(organization) {
        script.aws(
            "organizations detach-policy",
            &[
                (
                    "policy-id",
                    Some(format!("p-{}", kind.full_access()).into()),
                ),
                ("target-id", Some(target.into())),
            ],
        );
    }
}
