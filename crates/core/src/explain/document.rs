//! What policy texts are called.

use crate::world::{DocumentId, Owner, World};

/// What a policy text is called, without an article.
pub fn document_title(id: &DocumentId, world: &World) -> String {
    match id {
        DocumentId::Managed { arn } => {
            let kind = if arn.is_aws_owned() {
                "AWS managed"
            } else {
                "managed"
            };
            format!("{kind} policy `{}`", arn.last_segment())
        }
        DocumentId::Inline { owner, name } => match owner {
            Owner::User(owner) => format!("inline policy `{name}` of user `{owner}`"),
            Owner::Group(owner) => format!("inline policy `{name}` of group `{owner}`"),
            Owner::Role(owner) => format!("inline policy `{name}` of role `{owner}`"),
        },
        DocumentId::Trust { role } => format!("trust policy of `{role}`"),
        DocumentId::Bucket { bucket } => format!("bucket policy of `{bucket}`"),
        DocumentId::Key { key } => {
            let name = world.key(key).map_or(key.as_str(), |it| it.name());
            format!("key policy of `{name}`")
        }
        DocumentId::Repository { repository } => format!("repository policy of `{repository}`"),
    }
}
