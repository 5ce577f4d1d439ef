//! The things of a world, to be changed.
//!
//! Plain functions on core's values, tested natively. Invariant: what refers to a thing by its name
//! follows when the thing is renamed.

use rolewalk_core::{
    names::Arn,
    world::{
        Account, Bucket, Domain, EntityId, InlinePolicy, Key, OrganizationPolicyKind,
        SecurityGroup, Space, Subnet, Thing, UserProfile, Vpc, VpcEndpoint, World,
    },
};

fn account<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Account> {
    world.account_of(entity.account.as_ref())
}

fn account_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Account> {
    world.account_of_mut(entity.account.as_ref())
}

/// The domain, or the domain of the profile.
pub(crate) fn domain<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Domain> {
    match &entity.thing {
        Thing::Domain { id }
        | Thing::UserProfile { domain: id, .. }
        | Thing::Space { domain: id, .. }
        | Thing::App { domain: id, .. } => account(world, entity)?.domain(id),
        _ => None,
    }
}

/// The same, to be changed.
pub(crate) fn domain_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Domain> {
    match &entity.thing {
        Thing::Domain { id }
        | Thing::UserProfile { domain: id, .. }
        | Thing::Space { domain: id, .. } => account_mut(world, entity)?.domain_mut(id),
        _ => None,
    }
}

/// The domain's VPC. Where nobody has described it yet, one is added that lets nothing through. The
/// domain's subnets and security groups are in it in any case.
pub(crate) fn describe_vpc<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Vpc> {
    let domain = domain_mut(world, entity)?.clone();
    let id = domain.vpc_id.clone();
    let account = account_mut(world, entity)?;
    if account.vpcs.iter().all(|it| it.vpc_id != id) {
        account.vpcs.push(Vpc {
            vpc_id: id.clone(),
            subnets: Vec::new(),
            nat_gateway: false,
            endpoints: Vec::new(),
            security_groups: Vec::new(),
        });
    }
    let vpc = account.vpcs.iter_mut().find(|it| it.vpc_id == id)?;
    for subnet_id in domain.subnet_ids {
        if vpc.subnets.iter().all(|it| it.subnet_id != subnet_id) {
            vpc.subnets.push(Subnet {
                subnet_id,
                is_public: false,
            });
        }
    }
    let of_profiles = domain.user_profiles.iter().map(|it| &it.user_settings);
    let settings = of_profiles.chain([&domain.default_user_settings]);
    let of_spaces = &domain.default_space_settings.security_groups;
    for group_id in settings.flat_map(|it| &it.security_groups).chain(of_spaces) {
        if vpc
            .security_groups
            .iter()
            .all(|it| it.group_id != *group_id)
        {
            vpc.security_groups.push(SecurityGroup {
                group_id: group_id.clone(),
                allows_nfs: false,
                allows_apps: false,
            });
        }
    }
    Some(vpc)
}

/// The user profile.
pub(crate) fn profile<'a>(world: &'a World, entity: &EntityId) -> Option<&'a UserProfile> {
    match &entity.thing {
        Thing::UserProfile { name, .. } => domain(world, entity)?.user_profile(name),
        _ => None,
    }
}

/// The profile, to be changed.
pub(crate) fn profile_mut<'a>(
    world: &'a mut World,
    entity: &EntityId,
) -> Option<&'a mut UserProfile> {
    let Thing::UserProfile { name, .. } = &entity.thing else {
        return None;
    };
    let profiles = &mut domain_mut(world, entity)?.user_profiles;
    profiles.iter_mut().find(|it| it.user_profile_name == *name)
}

/// The space.
pub(crate) fn space<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Space> {
    match &entity.thing {
        Thing::Space { name, .. } => domain(world, entity)?.space(name),
        _ => None,
    }
}

/// The same, to be changed.
pub(crate) fn space_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Space> {
    let Thing::Space { name, .. } = &entity.thing else {
        return None;
    };
    domain_mut(world, entity)?.space_mut(name)
}

/// The bucket.
pub(crate) fn bucket<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Bucket> {
    match &entity.thing {
        Thing::Bucket { name } => account(world, entity)?.bucket(name),
        _ => None,
    }
}

/// The same, to be changed.
pub(crate) fn bucket_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Bucket> {
    match &entity.thing {
        Thing::Bucket { name } => account_mut(world, entity)?.bucket_mut(name),
        _ => None,
    }
}

/// The key, to be changed.
pub(crate) fn key_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Key> {
    match &entity.thing {
        Thing::Key { id } => account_mut(world, entity)?.key_mut(id),
        _ => None,
    }
}

/// The VPC endpoint.
pub(crate) fn vpc_endpoint<'a>(world: &'a World, entity: &EntityId) -> Option<&'a VpcEndpoint> {
    match &entity.thing {
        Thing::VpcEndpoint { id } => account(world, entity)?.vpc_endpoint(id),
        _ => None,
    }
}

/// Attaches a policy of the organization to a unit or an account, or detaches it.
pub(crate) fn set_organization_policy(
    world: &mut World,
    entity: &EntityId,
    kind: OrganizationPolicyKind,
    name: &str,
    is_attached: bool,
) {
    if let Some(names) = world.attached_at_mut(entity, kind) {
        set(names, &name.to_owned(), is_attached);
    }
}

/// What a user, group or role has of its own and hangs on from elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity<'a> {
    /// Its own policies.
    pub(crate) inline: &'a [InlinePolicy],
    /// The managed policies attached to it.
    pub(crate) attached: &'a [Arn],
    /// Its permissions boundary; a group has none.
    pub(crate) boundary: Option<&'a Arn>,
    /// The groups of a user.
    pub(crate) groups: &'a [String],
}

/// The user, group or role.
pub(crate) fn identity<'a>(world: &'a World, entity: &EntityId) -> Option<Identity<'a>> {
    let account = account(world, entity)?;
    Some(match &entity.thing {
        Thing::User { name } => {
            let user = account.user(name)?;
            Identity {
                inline: &user.inline_policies,
                attached: &user.attached_policies,
                boundary: user.permissions_boundary.as_ref(),
                groups: &user.groups,
            }
        }
        Thing::Group { name } => {
            let group = account.group(name)?;
            Identity {
                inline: &group.inline_policies,
                attached: &group.attached_policies,
                boundary: None,
                groups: &[],
            }
        }
        Thing::Role { name } => {
            let role = account.role(name)?;
            Identity {
                inline: &role.inline_policies,
                attached: &role.attached_policies,
                boundary: role.permissions_boundary.as_ref(),
                groups: &[],
            }
        }
        _ => return None,
    })
}

/// Attaches or detaches a managed policy.
pub(crate) fn set_attached(world: &mut World, entity: &EntityId, arn: &Arn, is_attached: bool) {
    let account = account_mut(world, entity);
    let policies = account.and_then(|it| it.attached_policies_mut(&entity.thing));
    if let Some(policies) = policies {
        set(policies, arn, is_attached);
    }
}

fn set<T: Clone + PartialEq>(list: &mut Vec<T>, item: &T, is_in: bool) {
    list.retain(|it| it != item);
    if is_in {
        list.push(item.clone());
    }
}

/// Sets or takes away the permissions boundary.
pub(crate) fn set_boundary(world: &mut World, entity: &EntityId, arn: Option<Arn>) {
    let boundary = account_mut(world, entity).and_then(|account| {
        Some(match &entity.thing {
            Thing::User { name } => &mut account.user_mut(name)?.permissions_boundary,
            Thing::Role { name } => &mut account.role_mut(name)?.permissions_boundary,
            _ => return None,
        })
    });
    if let Some(boundary) = boundary {
        *boundary = arn;
    }
}

/// Puts a user into a group or takes it out.
pub(crate) fn set_member(world: &mut World, entity: &EntityId, group: &str, is_member: bool) {
    let Thing::User { name } = &entity.thing else {
        return;
    };
    if let Some(user) = account_mut(world, entity).and_then(|it| it.user_mut(name)) {
        set(&mut user.groups, &group.to_owned(), is_member);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn a_policy_is_attached_once() {
        let mut world = sample::scenario().world;
        let exec = EntityId::home(Thing::Role {
            name: "Exec".to_owned(),
        });
        let arn = world.home.policies[0].arn.clone();
        set_attached(&mut world, &exec, &arn, true);
        set_attached(&mut world, &exec, &arn, true);
        let attached = |world: &World| identity(world, &exec).unwrap().attached.to_vec();
        assert_eq!(attached(&world), std::slice::from_ref(&arn));
        set_attached(&mut world, &exec, &arn, false);
        assert!(attached(&world).is_empty());
    }
}
