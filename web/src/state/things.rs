//! The things of a world, to be changed.
//!
//! Plain functions on core's values, tested natively. Invariant: what refers to a thing by its name
//! follows when the thing is renamed.

use rolewalk_core::{
    names::Arn,
    scenario::Scenario,
    world::{
        Bucket, Domain, EntityId, Key, Repository, SecurityGroup, Subnet, UserProfile, Vpc, World,
    },
};

/// The domain, or the domain of the profile.
pub(crate) fn domain_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Domain> {
    let (EntityId::Domain { id } | EntityId::UserProfile { domain: id, .. }) = entity else {
        return None;
    };
    world.domains.iter_mut().find(|it| it.domain_id == *id)
}

/// The domain's VPC. Where nobody has described it yet, one is added that lets nothing through. The
/// domain's subnets and security groups are in it in any case.
pub(crate) fn describe_vpc<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Vpc> {
    let domain = domain_mut(world, entity)?.clone();
    let id = domain.vpc_id.clone();
    if world.vpc(&id).is_none() {
        world.vpcs.push(Vpc {
            vpc_id: id.clone(),
            subnets: Vec::new(),
            nat_gateway: false,
            endpoints: Vec::new(),
            security_groups: Vec::new(),
        });
    }
    let vpc = world.vpcs.iter_mut().find(|it| it.vpc_id == id)?;
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

/// The profile.
pub(crate) fn profile_mut<'a>(
    world: &'a mut World,
    entity: &EntityId,
) -> Option<&'a mut UserProfile> {
    let EntityId::UserProfile { name, .. } = entity else {
        return None;
    };
    let profiles = &mut domain_mut(world, entity)?.user_profiles;
    profiles.iter_mut().find(|it| it.user_profile_name == *name)
}

/// The bucket.
pub(crate) fn bucket_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Bucket> {
    match entity {
        EntityId::Bucket { name } => world.buckets.iter_mut().find(|it| it.name == *name),
        _ => None,
    }
}

/// The repository.
pub(crate) fn repository_mut<'a>(
    world: &'a mut World,
    entity: &EntityId,
) -> Option<&'a mut Repository> {
    match entity {
        EntityId::Repository { name } => world.repositories.iter_mut().find(|it| it.name == *name),
        _ => None,
    }
}

/// The key.
pub(crate) fn key_mut<'a>(world: &'a mut World, entity: &EntityId) -> Option<&'a mut Key> {
    match entity {
        EntityId::Key { id } => world.keys.iter_mut().find(|it| it.key_id == *id),
        _ => None,
    }
}

/// The managed policies attached to a user, group or role.
pub(crate) fn attached<'a>(world: &'a World, entity: &EntityId) -> Option<&'a [Arn]> {
    match entity {
        EntityId::User { name } => world.user(name).map(|it| it.attached_policies.as_slice()),
        EntityId::Group { name } => world.group(name).map(|it| it.attached_policies.as_slice()),
        EntityId::Role { name } => world.role(name).map(|it| it.attached_policies.as_slice()),
        _ => None,
    }
}

/// Attaches or detaches a managed policy.
pub(crate) fn set_attached(world: &mut World, entity: &EntityId, arn: &Arn, is_attached: bool) {
    let policies = match entity {
        EntityId::User { name } => world
            .users
            .iter_mut()
            .find(|it| it.name == *name)
            .map(|it| &mut it.attached_policies),
        EntityId::Group { name } => world
            .groups
            .iter_mut()
            .find(|it| it.name == *name)
            .map(|it| &mut it.attached_policies),
        EntityId::Role { name } => world
            .roles
            .iter_mut()
            .find(|it| it.name == *name)
            .map(|it| &mut it.attached_policies),
        _ => None,
    };
    if let Some(policies) = policies {
        policies.retain(|it| it != arn);
        if is_attached {
            policies.push(arn.clone());
        }
    }
}

/// The permissions boundary of a user or role.
pub(crate) fn boundary<'a>(world: &'a World, entity: &EntityId) -> Option<&'a Arn> {
    match entity {
        EntityId::User { name } => world.user(name)?.permissions_boundary.as_ref(),
        EntityId::Role { name } => world.role(name)?.permissions_boundary.as_ref(),
        _ => None,
    }
}

/// Sets or takes away the permissions boundary.
pub(crate) fn set_boundary(world: &mut World, entity: &EntityId, arn: Option<Arn>) {
    match entity {
        EntityId::User { name } => {
            if let Some(user) = world.users.iter_mut().find(|it| it.name == *name) {
                user.permissions_boundary = arn;
            }
        }
        EntityId::Role { name } => {
            if let Some(role) = world.roles.iter_mut().find(|it| it.name == *name) {
                role.permissions_boundary = arn;
            }
        }
        _ => {}
    }
}

/// Puts a user into a group or takes it out.
pub(crate) fn set_member(world: &mut World, entity: &EntityId, group: &str, is_member: bool) {
    let EntityId::User { name } = entity else {
        return;
    };
    if let Some(user) = world.users.iter_mut().find(|it| it.name == *name) {
        user.groups.retain(|it| it != group);
        if is_member {
            user.groups.push(group.to_owned());
        }
    }
}

/// Renames a bucket; the scenario's data goes with it.
pub(crate) fn rename_bucket(scenario: &mut Scenario, entity: &EntityId, new: &str) {
    let EntityId::Bucket { name: old } = entity else {
        return;
    };
    if let Some(bucket) = bucket_mut(&mut scenario.world, entity) {
        new.clone_into(&mut bucket.name);
        if scenario.choice.data.bucket == *old {
            new.clone_into(&mut scenario.choice.data.bucket);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn the_data_follows_its_bucket() {
        let mut scenario = sample::scenario();
        let entity = EntityId::Bucket {
            name: "data".to_owned(),
        };
        rename_bucket(&mut scenario, &entity, "sagemaker-data");
        assert_eq!(scenario.choice.data.bucket, "sagemaker-data");
        assert!(scenario.world.bucket("sagemaker-data").is_some());
    }

    #[test]
    fn a_policy_is_attached_once() {
        let mut world = sample::scenario().world;
        let exec = EntityId::Role {
            name: "Exec".to_owned(),
        };
        let arn = world.policies[0].arn.clone();
        set_attached(&mut world, &exec, &arn, true);
        set_attached(&mut world, &exec, &arn, true);
        assert_eq!(attached(&world, &exec).unwrap(), std::slice::from_ref(&arn));
        set_attached(&mut world, &exec, &arn, false);
        assert!(attached(&world, &exec).unwrap().is_empty());
    }
}
