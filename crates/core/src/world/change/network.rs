//! VPCs with their subnets and security groups: new ones, copies, and what follows another id.

use crate::world::{
    Account, EntityId, SecurityGroup, Subnet, Thing, Vpc, World,
    change::{Refusal, name},
};

/// Adds a VPC with one private subnet and one security group that lets through what Studio needs.
pub(super) fn add_vpc(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let id = |thing: Thing| name::network_id(world, &thing);
    let empty = String::new;
    let vpc_id = id(Thing::Vpc { id: empty() });
    let subnet_id = id(Thing::Subnet { id: empty() });
    let group_id = id(Thing::SecurityGroup { id: empty() });
    let account = world.account_of_mut(at.account.as_ref());
    let account = account.ok_or_else(|| Refusal::Gone(at.clone()))?;
    account.vpcs.push(Vpc {
        vpc_id: vpc_id.clone(),
        subnets: vec![subnet(subnet_id)],
        nat_gateway: false,
        endpoints: Vec::new(),
        security_groups: vec![security_group(group_id)],
    });
    Ok(at.beside(Thing::Vpc { id: vpc_id }))
}

const fn subnet(subnet_id: String) -> Subnet {
    Subnet {
        subnet_id,
        is_public: false,
    }
}

const fn security_group(group_id: String) -> SecurityGroup {
    SecurityGroup {
        group_id,
        allows_nfs: true,
        allows_apps: true,
    }
}

/// The VPC at a place: itself, the one around a subnet, a security group or an endpoint, or the one
/// of a domain; else the first.
fn vpc_at<'a>(world: &'a mut World, at: &EntityId) -> Result<&'a mut Vpc, Refusal> {
    let account = world.account_of_mut(at.account.as_ref());
    let account = account.ok_or_else(|| Refusal::Gone(at.clone()))?;
    let id = match &at.thing {
        Thing::Vpc { id } => Some(id.clone()),
        Thing::Subnet { id } => account.subnet(id).map(|it| it.0.vpc_id.clone()),
        Thing::SecurityGroup { id } => account.security_group(id).map(|it| it.0.vpc_id.clone()),
        Thing::VpcEndpoint { id } => account.vpc_endpoint(id).map(|it| it.vpc_id.clone()),
        Thing::Domain { id } => account.domain(id).map(|it| it.vpc_id.clone()),
        _ => None,
    };
    let at = id.and_then(|id| account.vpcs.iter().position(|it| it.vpc_id == id));
    let vpc = account.vpcs.get_mut(at.unwrap_or(0));
    vpc.ok_or(Refusal::NoVpc)
}

/// Adds a private subnet.
pub(super) fn add_subnet(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let empty = Thing::Subnet { id: String::new() };
    let id = name::network_id(world, &empty);
    vpc_at(world, at)?.subnets.push(subnet(id.clone()));
    Ok(at.beside(Thing::Subnet { id }))
}

/// Adds a security group that lets through what Studio needs.
pub(super) fn add_security_group(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let empty = Thing::SecurityGroup { id: String::new() };
    let id = name::network_id(world, &empty);
    let vpc = vpc_at(world, at)?;
    vpc.security_groups.push(security_group(id.clone()));
    Ok(at.beside(Thing::SecurityGroup { id }))
}

/// A second VPC, whose subnets and security groups have ids of their own.
pub(super) fn duplicate_vpc(
    world: &mut World,
    id: &EntityId,
    own: &str,
    new: &EntityId,
) -> Option<()> {
    let account = world.account_of(id.account.as_ref())?;
    let mut copy = account.vpc(own)?.clone();
    let subnets = std::mem::take(&mut copy.subnets);
    let groups = std::mem::take(&mut copy.security_groups);
    copy.vpc_id = new.to_string();
    let account = world.account_of_mut(id.account.as_ref())?;
    let at = account.vpcs.iter().position(|it| it.vpc_id == own)? + 1;
    account.vpcs.insert(at, copy);
    for mut it in subnets {
        it.subnet_id = name::network_id(world, &Thing::Subnet { id: String::new() });
        let account = world.account_of_mut(id.account.as_ref())?;
        account.vpcs.get_mut(at)?.subnets.push(it);
    }
    for mut it in groups {
        it.group_id = name::network_id(world, &Thing::SecurityGroup { id: String::new() });
        let account = world.account_of_mut(id.account.as_ref())?;
        account.vpcs.get_mut(at)?.security_groups.push(it);
    }
    Some(())
}

/// Lets everything in the account follow the new id of a VPC, a subnet or a security group.
pub(super) fn follow(account: &mut Account, thing: &Thing, old: &str, new: &str) {
    let change = |ids: Vec<&mut String>| {
        for id in ids {
            if id == old {
                new.clone_into(id);
            }
        }
    };
    match thing {
        Thing::Vpc { .. } => {
            let endpoints = account.vpc_endpoints.iter_mut().map(|it| &mut it.vpc_id);
            let domains = account.domains.iter_mut().map(|it| &mut it.vpc_id);
            change(endpoints.chain(domains).collect());
        }
        Thing::Subnet { .. } => {
            let domains = account.domains.iter_mut();
            change(domains.flat_map(|it| &mut it.subnet_ids).collect());
        }
        Thing::SecurityGroup { .. } => {
            for domain in &mut account.domains {
                let profiles = domain.user_profiles.iter_mut();
                let profiles = profiles.flat_map(|it| &mut it.user_settings.security_groups);
                let own = &mut domain.default_user_settings.security_groups;
                let spaces = &mut domain.default_space_settings.security_groups;
                let domain = &mut domain.domain_settings.security_group_ids;
                change(profiles.chain(own).chain(spaces).chain(domain).collect());
            }
        }
        _ => {}
    }
}
