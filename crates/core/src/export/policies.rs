//! Every policy for itself, in a file named after what it belongs to.

use crate::{
    export::{Exported, File, file_name::FileNames},
    world::{Account, Owner, PolicyText, Text, World},
};

/// The texts of an account, or those of the organization.
pub(super) fn policies(world: &World, account: Option<&Account>) -> Exported {
    let mut names = FileNames::default();
    let mut files = Vec::new();
    let mut add = |stem: &str, text: &PolicyText| {
        files.push(File {
            name: names.json(stem),
            text: text.as_str().to_owned(),
        });
    };
    match account {
        Some(account) => {
            for (text, document) in account.texts() {
                add(&stem(&text), document);
            }
        }
        None => {
            for it in world.organization.iter().flat_map(|it| &it.policies) {
                add(&format!("{}-{}", it.kind.as_str(), it.name), &it.document);
            }
        }
    }
    Exported {
        files,
        left_out: Vec::new(),
    }
}

/// A name for a text that tells what it belongs to.
pub(super) fn stem(text: &Text) -> String {
    match text {
        Text::Managed { arn } => format!("managed-policy-{}", arn.last_segment()),
        Text::Inline { owner, name } => {
            let (kind, owner) = match owner {
                Owner::User(it) => ("user", it),
                Owner::Group(it) => ("group", it),
                Owner::Role(it) => ("role", it),
            };
            format!("{kind}-{owner}-inline-{name}")
        }
        Text::Trust { role } => format!("role-{role}-trust"),
        Text::Bucket { bucket } => format!("bucket-{bucket}"),
        Text::Key { key } => format!("key-{key}"),
        Text::Repository { repository } => format!("repository-{repository}"),
        Text::VpcEndpoint { id } => format!("vpc-endpoint-{id}"),
        Text::Organization { kind, name } => format!("{}-{name}", kind.as_str()),
    }
}
