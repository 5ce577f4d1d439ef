//! What policy texts and the things of a world are called.

use crate::world::{DocumentId, EntityId, Key, OrganizationPolicyKind, Owner, Text, Thing, World};

/// What a policy text is called, without an article.
pub fn document_title(id: &DocumentId, world: &World) -> String {
    let title = match &id.text {
        Text::Managed { arn } => {
            let kind = if arn.is_aws_owned() {
                "AWS managed"
            } else {
                "managed"
            };
            format!("{kind} policy `{}`", arn.last_segment())
        }
        Text::Inline { owner, name } => match owner {
            Owner::User(owner) => format!("inline policy `{name}` of user `{owner}`"),
            Owner::Group(owner) => format!("inline policy `{name}` of group `{owner}`"),
            Owner::Role(owner) => format!("inline policy `{name}` of role `{owner}`"),
        },
        Text::Trust { role } => format!("trust policy of `{role}`"),
        Text::Bucket { bucket } => format!("bucket policy of `{bucket}`"),
        Text::Key { .. } => format!("key policy of `{}`", entity_name(&id.entity(), world)),
        Text::Repository { repository } => format!("repository policy of `{repository}`"),
        Text::VpcEndpoint { id } => format!("endpoint policy of `{id}`"),
        Text::Organization { kind, name } => match kind {
            OrganizationPolicyKind::Scp => format!("service control policy `{name}`"),
            OrganizationPolicyKind::Rcp => format!("resource control policy `{name}`"),
        },
    };
    match &id.account {
        Some(account) => format!("{title} in account `{account}`"),
        None => title,
    }
}

/// What people call a thing: a domain by its name and a key by its alias, not by their ids.
pub fn entity_name(entity: &EntityId, world: &World) -> String {
    let account = world.account_of(entity.account.as_ref());
    let organization = world.organization.as_ref();
    let name = match &entity.thing {
        Thing::Account => account
            .map(|it| it.name.as_str())
            .filter(|it| !it.is_empty()),
        Thing::Domain { id } => account
            .and_then(|it| it.domain(id))
            .map(|it| it.domain_name.as_str()),
        Thing::Key { id } => account.and_then(|it| it.key(id)).map(Key::name),
        Thing::OrganizationalUnit { id } => organization
            .and_then(|it| it.root.unit(id))
            .map(|it| it.name.as_str()),
        _ => None,
    };
    name.map_or_else(|| entity.to_string(), str::to_owned)
}
