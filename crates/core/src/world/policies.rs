//! Which policies of a world bear on a request.
//!
//! Decides nothing. Invariant: a policy that is attached but not in the world grants nothing, and
//! a boundary that is not in the world allows nothing.

use std::sync::Arc;

use crate::{
    eval::{NamedPolicy, PolicySet},
    names::{Arn, DocumentName},
    policy::{LanguageVersion, Policy},
    request::{Principal, Request, Resource},
    world::{DocumentId, Documents, InlinePolicy, Owner, World},
};

/// The policies of the caller and of the resource.
pub fn policies_for(world: &World, documents: &Documents, request: &Request) -> PolicySet {
    let lookup = Lookup { world, documents };
    let (identity, boundary) = lookup.of_caller(&request.principal);
    PolicySet {
        identity,
        resource: policy_of_resource(world, request).and_then(|it| lookup.named(&it)),
        boundary: boundary.into_iter().collect(),
        ..PolicySet::default()
    }
}

/// Which text has a say for the resource: a bucket's, key's or repository's policy; for a role, who
/// may assume it. Nothing where the world has no such text.
pub fn policy_of_resource(world: &World, request: &Request) -> Option<DocumentId> {
    let Resource::Arn(arn) = &request.resource else {
        return None;
    };
    let id = match arn.service() {
        "s3" => DocumentId::Bucket {
            bucket: arn.resource().split('/').next()?.to_owned(),
        },
        "kms" => DocumentId::Key {
            key: arn.resource().strip_prefix("key/")?.to_owned(),
        },
        "ecr" => DocumentId::Repository {
            repository: arn.resource().strip_prefix("repository/")?.to_owned(),
        },
        "iam" if request.action.service().eq_ignore_ascii_case("sts") => DocumentId::Trust {
            role: world.role_by_arn(arn.as_str())?.name.clone(),
        },
        _ => return None,
    };
    world.document(&id).is_some().then_some(id)
}

struct Lookup<'a> {
    world: &'a World,
    documents: &'a Documents,
}

impl Lookup<'_> {
    fn of_caller(&self, principal: &Principal) -> (Vec<NamedPolicy>, Option<NamedPolicy>) {
        match principal {
            Principal::User { arn } => {
                let is_caller = |it: &&crate::world::User| self.world.user_arn(it) == *arn;
                let Some(user) = self.world.users.iter().find(is_caller) else {
                    return (Vec::new(), None);
                };
                let owner = Owner::User(user.name.clone());
                let mut identity =
                    self.attached(&owner, &user.inline_policies, &user.attached_policies);
                for group in user.groups.iter().filter_map(|it| self.world.group(it)) {
                    let owner = Owner::Group(group.name.clone());
                    identity.extend(self.attached(
                        &owner,
                        &group.inline_policies,
                        &group.attached_policies,
                    ));
                }
                (identity, self.boundary(user.permissions_boundary.as_ref()))
            }
            Principal::RoleSession { role_arn, .. } => {
                let Some(role) = self.world.role_by_arn(role_arn.as_str()) else {
                    return (Vec::new(), None);
                };
                let owner = Owner::Role(role.name.clone());
                let identity =
                    self.attached(&owner, &role.inline_policies, &role.attached_policies);
                (identity, self.boundary(role.permissions_boundary.as_ref()))
            }
            Principal::Root { .. }
            | Principal::FederatedUser { .. }
            | Principal::Service { .. }
            | Principal::Federated { .. }
            | Principal::Anonymous => (Vec::new(), None),
        }
    }

    fn attached(
        &self,
        owner: &Owner,
        inline: &[InlinePolicy],
        managed: &[Arn],
    ) -> Vec<NamedPolicy> {
        let inline = inline.iter().map(|it| DocumentId::Inline {
            owner: owner.clone(),
            name: it.name.clone(),
        });
        let managed = managed
            .iter()
            .map(|arn| DocumentId::Managed { arn: arn.clone() });
        inline
            .chain(managed)
            .filter_map(|it| self.named(&it))
            .collect()
    }

    fn boundary(&self, arn: Option<&Arn>) -> Option<NamedPolicy> {
        let id = DocumentId::Managed { arn: arn?.clone() };
        let name = id.name();
        Some(self.named(&id).unwrap_or_else(|| empty(name)))
    }

    fn named(&self, id: &DocumentId) -> Option<NamedPolicy> {
        let policy = self.documents.get(id)?.policy.clone()?;
        Some(NamedPolicy {
            name: id.name(),
            policy,
        })
    }
}

fn empty(name: DocumentName) -> NamedPolicy {
    NamedPolicy {
        name,
        policy: Arc::new(Policy {
            version: LanguageVersion::V2012,
            statements: Vec::new(),
            is_whole: true,
        }),
    }
}
