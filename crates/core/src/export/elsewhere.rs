//! Ids of another account's things in policies: no form can refer to them, for whoever builds has the
//! credentials of one account. So it is said which policies name them.
//!
//! Knows no form. Invariant: each policy is told once, with all such ids.

use crate::{
    export::{
        ids::{Ids, Piece},
        some,
    },
    world::{Account, Owner, PolicyText, Text, World},
};

/// Says which policies of the account, or of the organization, name ids that others will have.
pub(super) fn said(world: &World, account: Option<&Account>, left_out: &mut Vec<String>) {
    let own = account.map(|it| &it.account);
    let others = world.accounts().filter(|it| Some(&it.account) != own);
    let ids = Ids::built(others);
    if ids.is_empty() {
        return;
    }
    let mut say = |text: &PolicyText, what: &str| {
        let mut old: Vec<String> = Vec::new();
        for piece in ids.pieces(text.as_str()) {
            if let Piece::Id(id) = piece
                && !old.iter().any(|it| it == id)
            {
                old.push(id.to_owned());
            }
        }
        if !old.is_empty() {
            left_out.push(format!(
                "ids of another account in {what}: it names {}, and AWS gives others when that account is built; put them in then",
                some(&old)
            ));
        }
    };
    match account {
        Some(account) => {
            for (text, document) in account.texts() {
                if let Some(what) = what(&text) {
                    say(document, &what);
                }
            }
        }
        None => {
            for it in world.organization.iter().flat_map(|it| &it.policies) {
                say(
                    &it.document,
                    &format!("policy `{}` of the organization", it.name),
                );
            }
        }
    }
}

/// What a text is, in words; nothing for AWS's own.
fn what(text: &Text) -> Option<String> {
    Some(match text {
        Text::Managed { arn } if arn.is_aws_owned() => return None,
        Text::Managed { arn } => format!("managed policy `{}`", arn.last_segment()),
        Text::Inline { owner, name } => {
            let (kind, owner) = match owner {
                Owner::User(it) => ("user", it),
                Owner::Group(it) => ("group", it),
                Owner::Role(it) => ("role", it),
            };
            format!("inline policy `{name}` of {kind} `{owner}`")
        }
        Text::Trust { role } => format!("trust policy of role `{role}`"),
        Text::Bucket { bucket } => format!("bucket policy of `{bucket}`"),
        Text::Key { key } => format!("key policy of `{key}`"),
        Text::Repository { repository } => format!("repository policy of `{repository}`"),
        Text::VpcEndpoint { id } => format!("policy of VPC endpoint `{id}`"),
        Text::Organization { name, .. } => format!("policy `{name}` of the organization"),
    })
}
