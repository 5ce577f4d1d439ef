//! Where a policy text has its say.

use rolewalk_core::{
    names::Arn,
    world::{DocumentId, EntityId, ManagedPolicy, Owner, World},
};

/// A thing that a policy is attached to, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// `attached to role`, `boundary of user`.
    pub(crate) how: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// The thing.
    pub(crate) entity: EntityId,
}

fn attachment(how: &'static str, name: &str, entity: EntityId) -> Attachment {
    Attachment {
        how,
        name: name.to_owned(),
        entity,
    }
}

/// What a text is, in AWS's words.
pub(crate) fn kind(document: &DocumentId, world: &World) -> &'static str {
    match document {
        DocumentId::Managed { .. } if is_aws_managed(document, world) => "AWS managed policy",
        DocumentId::Managed { .. } => "Customer managed policy",
        DocumentId::Inline { .. } => "Inline policy",
        DocumentId::Trust { .. } => "Trust policy",
        DocumentId::Bucket { .. } => "Bucket policy",
        DocumentId::Key { .. } => "Key policy",
        DocumentId::Repository { .. } => "Repository policy",
    }
}

/// The version of a text that AWS keeps, such as `v29`.
pub(crate) fn version<'a>(document: &DocumentId, world: &'a World) -> Option<&'a str> {
    match document {
        DocumentId::Managed { arn } => world.policy(arn)?.version.as_deref(),
        _ => None,
    }
}

/// Whether AWS keeps the text.
pub(crate) fn is_aws_managed(document: &DocumentId, world: &World) -> bool {
    match document {
        DocumentId::Managed { arn } => world.policy(arn).is_some_and(ManagedPolicy::is_aws_managed),
        _ => false,
    }
}

/// Everything that a text is attached to.
pub(crate) fn attachments(document: &DocumentId, world: &World) -> Vec<Attachment> {
    match document {
        DocumentId::Managed { arn } => of_managed(arn, world),
        DocumentId::Inline { owner, .. } => {
            let name = match owner {
                Owner::User(it) | Owner::Group(it) | Owner::Role(it) => it,
            };
            let how = match owner {
                Owner::User(_) => "in user",
                Owner::Group(_) => "in group",
                Owner::Role(_) => "in role",
            };
            vec![attachment(
                how,
                name,
                crate::state::selection::owner_of(document),
            )]
        }
        DocumentId::Trust { role } => vec![attachment(
            "of role",
            role,
            EntityId::Role { name: role.clone() },
        )],
        DocumentId::Bucket { bucket } => {
            vec![attachment(
                "of bucket",
                bucket,
                EntityId::Bucket {
                    name: bucket.clone(),
                },
            )]
        }
        DocumentId::Key { key } => {
            let name = world.key(key).map_or(key.as_str(), |it| it.name());
            vec![attachment(
                "of key",
                name,
                EntityId::Key { id: key.clone() },
            )]
        }
        DocumentId::Repository { repository } => {
            let entity = EntityId::Repository {
                name: repository.clone(),
            };
            vec![attachment("of repository", repository, entity)]
        }
    }
}

fn of_managed(arn: &Arn, world: &World) -> Vec<Attachment> {
    let user = |how, name: &String| attachment(how, name, EntityId::User { name: name.clone() });
    let group = |how, name: &String| attachment(how, name, EntityId::Group { name: name.clone() });
    let role = |how, name: &String| attachment(how, name, EntityId::Role { name: name.clone() });
    let mut all = Vec::new();
    for it in &world.users {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| user("attached to user", &it.name)));
    }
    for it in &world.groups {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| group("attached to group", &it.name)));
    }
    for it in &world.roles {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| role("attached to role", &it.name)));
    }
    for it in &world.users {
        let is_bounded = it.permissions_boundary.as_ref() == Some(arn);
        all.extend(is_bounded.then(|| user("boundary of user", &it.name)));
    }
    for it in &world.roles {
        let is_bounded = it.permissions_boundary.as_ref() == Some(arn);
        all.extend(is_bounded.then(|| role("boundary of role", &it.name)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_managed_policy_knows_everybody_it_is_attached_to() {
        let world = sample::scenario().world;
        let arn = Arn::parse("arn:aws:iam::111122223333:policy/UseStudio").unwrap();
        let names: Vec<_> = attachments(&DocumentId::Managed { arn }, &world)
            .into_iter()
            .map(|it| format!("{} {}", it.how, it.name))
            .collect();
        assert_eq!(
            names,
            ["attached to user alice", "attached to role Scientist"]
        );
    }
}
