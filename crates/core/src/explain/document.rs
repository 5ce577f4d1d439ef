//! What policy texts and the things of a world are called.

use crate::world::{DocumentId, EntityId, Key, Owner, World};

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

/// What people call a thing: a domain by its name and a key by its alias, not by their ids.
pub(crate) fn entity_name(entity: &EntityId, world: &World) -> String {
    let name = match entity {
        EntityId::Domain { id } => world.domain(id).map(|it| it.domain_name.as_str()),
        EntityId::Key { id } => world.key(id).map(Key::name),
        _ => None,
    };
    name.map_or_else(|| entity.to_string(), str::to_owned)
}
