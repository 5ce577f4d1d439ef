//! Where a policy text has its say.

use rolewalk_core::{
    explain,
    names::Arn,
    world::{
        Account, DocumentId, EntityId, ManagedPolicy, OrganizationPolicyKind, OrganizationalUnit,
        Owner, Text, Thing, World,
    },
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
    match &document.text {
        Text::Managed { .. } if is_aws_managed(document, world) => "AWS managed policy",
        Text::Managed { .. } => "Customer managed policy",
        Text::Inline { .. } => "Inline policy",
        Text::Trust { .. } => "Trust policy",
        Text::Bucket { .. } => "Bucket policy",
        Text::Key { .. } => "Key policy",
        Text::Repository { .. } => "Repository policy",
        Text::VpcEndpoint { .. } => "VPC endpoint policy",
        Text::Organization { kind, .. } => match kind {
            OrganizationPolicyKind::Scp => "Service control policy",
            OrganizationPolicyKind::Rcp => "Resource control policy",
        },
    }
}

/// The version of a text that AWS keeps, such as `v29`.
pub(crate) fn version<'a>(document: &DocumentId, world: &'a World) -> Option<&'a str> {
    match &document.text {
        Text::Managed { arn } => world.policy(arn)?.version.as_deref(),
        _ => None,
    }
}

/// Whether AWS keeps the text.
pub(crate) fn is_aws_managed(document: &DocumentId, world: &World) -> bool {
    match &document.text {
        Text::Managed { arn } => world.policy(arn).is_some_and(ManagedPolicy::is_aws_managed),
        _ => false,
    }
}

/// Everything that a text is attached to.
pub(crate) fn attachments(document: &DocumentId, world: &World) -> Vec<Attachment> {
    let how = match &document.text {
        Text::Managed { arn } => {
            let accounts = world.accounts();
            return accounts.flat_map(|it| of_managed(arn, it, world)).collect();
        }
        Text::Organization { kind, name } => {
            let mut all = Vec::new();
            if let Some(organization) = &world.organization {
                of_organization(*kind, name, &organization.root, world, &mut all);
            }
            return all;
        }
        Text::Inline { owner, .. } => match owner {
            Owner::User(_) => "in user",
            Owner::Group(_) => "in group",
            Owner::Role(_) => "in role",
        },
        Text::Trust { .. } => "of role",
        Text::Bucket { .. } => "of bucket",
        Text::Key { .. } => "of key",
        Text::Repository { .. } => "of repository",
        Text::VpcEndpoint { .. } => "of VPC endpoint",
    };
    let entity = document.entity();
    let name = explain::entity_name(&entity, world);
    vec![attachment(how, &name, entity)]
}

/// What is said of a text that is attached to nothing.
pub(crate) const fn unattached(document: &DocumentId) -> &'static str {
    match document.text {
        Text::Organization { .. } => {
            "not attached to the root, a unit or an account, so it limits nobody yet"
        }
        _ => "not attached to anybody",
    }
}

fn of_managed(arn: &Arn, account: &Account, world: &World) -> Vec<Attachment> {
    let of =
        |how, name: &String, thing| attachment(how, name, world.entity(&account.account, thing));
    let user = |how, name: &String| of(how, name, Thing::User { name: name.clone() });
    let group = |how, name: &String| of(how, name, Thing::Group { name: name.clone() });
    let role = |how, name: &String| of(how, name, Thing::Role { name: name.clone() });
    let mut all = Vec::new();
    for it in &account.users {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| user("attached to user", &it.name)));
    }
    for it in &account.groups {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| group("attached to group", &it.name)));
    }
    for it in &account.roles {
        let is_attached = it.attached_policies.contains(arn);
        all.extend(is_attached.then(|| role("attached to role", &it.name)));
    }
    for it in &account.users {
        let is_bounded = it.permissions_boundary.as_ref() == Some(arn);
        all.extend(is_bounded.then(|| user("boundary of user", &it.name)));
    }
    for it in &account.roles {
        let is_bounded = it.permissions_boundary.as_ref() == Some(arn);
        all.extend(is_bounded.then(|| role("boundary of role", &it.name)));
    }
    all
}

fn of_organization(
    kind: OrganizationPolicyKind,
    name: &String,
    unit: &OrganizationalUnit,
    world: &World,
    all: &mut Vec<Attachment>,
) {
    if unit.attached(kind).contains(name) {
        let id = unit.id.clone();
        let entity = EntityId::home(Thing::OrganizationalUnit { id });
        all.push(attachment("attached to", &unit.name, entity));
    }
    for unit in &unit.units {
        of_organization(kind, name, unit, world, all);
    }
    for member in &unit.accounts {
        if member.attached(kind).contains(name) {
            let entity = world.entity(&member.account, Thing::Account);
            all.push(attachment(
                "attached to account",
                member.account.as_str(),
                entity,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_managed_policy_knows_everybody_it_is_attached_to() {
        let world = sample::scenario().world;
        let arn = Arn::parse("arn:aws:iam::111122223333:policy/UseStudio").unwrap();
        let names: Vec<_> = attachments(&Text::Managed { arn }.into(), &world)
            .into_iter()
            .map(|it| format!("{} {}", it.how, it.name))
            .collect();
        assert_eq!(
            names,
            ["attached to user alice", "attached to role Scientist"]
        );
    }

    #[test]
    fn a_policy_that_is_attached_to_nothing_says_what_it_lacks() {
        let world = sample::scenario().world;
        let name = "NeedVpc".to_owned();
        let kind = OrganizationPolicyKind::Scp;
        let scp: DocumentId = Text::Organization { kind, name }.into();
        assert!(attachments(&scp, &world).is_empty());
        assert!(unattached(&scp).ends_with("so it limits nobody yet"));
        let arn = Arn::parse("arn:aws:iam::111122223333:policy/Free").unwrap();
        let own: DocumentId = Text::Managed { arn }.into();
        assert_eq!(unattached(&own), "not attached to anybody");
    }
}
