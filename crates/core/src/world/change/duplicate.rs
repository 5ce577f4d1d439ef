//! Makes a second thing like the first.

use crate::{
    names::Arn,
    world::{
        Account, EntityId, List, OrganizationalUnit, SecurityGroup, Subnet, Thing, UserProfile,
        World,
        change::{
            Refusal, Whole, name, network, never,
            rename::{renamed_arn, renamed_id},
        },
    },
};

/// Adds a copy with a name or an id of its own behind the thing. Inline policies, attachments and
/// what is in a domain go along; what is one person's or one thing's alone does not: access keys, a
/// key's alias, a home directory, a user of IAM Identity Center. A copy of a policy that AWS keeps is
/// the home account's own.
///
/// # Errors
///
/// For accounts, the organization and its root, and for what is not there.
pub fn duplicate(world: &mut World, id: &EntityId) -> Result<EntityId, Refusal> {
    let gone = || Refusal::Gone(id.clone());
    if !id.exists_in(world) {
        return Err(gone());
    }
    if let Some(refusal) = never(world, id, Whole::Duplicate) {
        return Err(refusal);
    }
    let name = name::name_of(world, id).ok_or_else(gone)?;
    let taken = name::taken(world, id);
    let room = name::most(&id.thing).saturating_sub(5);
    let base: String = name.chars().take(room).collect();
    let copy = name::free(&format!("{base}-copy"), &taken, name::most(&id.thing));
    let copy = if name::has_form(&id.thing, &copy) {
        copy
    } else {
        // The name of the original has no right form itself.
        name::free("copy", &taken, name::most(&id.thing))
    };
    let thing = match &id.thing {
        Thing::Domain { .. } => Thing::Domain {
            id: name::domain_id(world),
        },
        Thing::Key { .. } => Thing::Key {
            id: name::key_id(world),
        },
        Thing::Vpc { .. } => Thing::Vpc {
            id: name::network_id(world, &id.thing),
        },
        Thing::Subnet { .. } => Thing::Subnet {
            id: name::network_id(world, &id.thing),
        },
        Thing::SecurityGroup { .. } => Thing::SecurityGroup {
            id: name::network_id(world, &id.thing),
        },
        Thing::VpcEndpoint { .. } => Thing::VpcEndpoint {
            id: name::endpoint_id(world),
        },
        Thing::OrganizationalUnit { .. } => Thing::OrganizationalUnit {
            id: name::unit_id(world),
        },
        Thing::ManagedPolicy { arn } => Thing::ManagedPolicy {
            arn: own_arn(world, arn, &copy),
        },
        _ => renamed_id(id, &copy).thing,
    };
    let new = id.beside(thing);
    match &id.thing {
        Thing::ManagedPolicy { arn } => managed(world, arn, &new)?,
        Thing::Vpc { id: own } => network::duplicate_vpc(world, id, own, &new).ok_or_else(gone)?,
        Thing::OrganizationalUnit { id: own } => unit(world, own, &new, copy)?,
        Thing::OrganizationPolicy { kind, name } => {
            let organization = world.organization.as_mut().ok_or_else(gone)?;
            let mut policy = organization.policy(*kind, name).ok_or_else(gone)?.clone();
            policy.name = copy;
            organization.policies.push(policy);
        }
        _ => in_account(world, id, &new, copy).ok_or_else(gone)?,
    }
    Ok(new)
}

/// The ARN of a copy: of AWS's own policies in the home account.
fn own_arn(world: &World, arn: &Arn, name: &str) -> Arn {
    if arn.is_aws_owned() {
        world.iam_arn("policy", "/", name)
    } else {
        renamed_arn(arn, name)
    }
}

fn managed(world: &mut World, arn: &Arn, new: &EntityId) -> Result<(), Refusal> {
    let gone = || Refusal::Gone(Thing::ManagedPolicy { arn: arn.clone() }.into());
    let mut policy = world.policy(arn).ok_or_else(gone)?.clone();
    let Thing::ManagedPolicy { arn: own } = &new.thing else {
        return Err(gone());
    };
    policy.arn = own.clone();
    policy.other_versions = Vec::new();
    policy.version = None;
    let owner = own.account().unwrap_or_else(|| world.home.account.clone());
    let account = world.account_mut(&owner).ok_or_else(gone)?;
    account.policies.push(policy);
    Ok(())
}

/// A unit's attachments, without what is in it.
fn unit(world: &mut World, id: &str, new: &EntityId, name: String) -> Result<(), Refusal> {
    let root = world.organization.as_mut().map(|it| &mut it.root);
    let parent = root.and_then(|it| it.parent_of_mut(id));
    let parent = parent.ok_or(Refusal::Root)?;
    let Some(unit) = parent.units.iter().find(|it| it.id == id) else {
        return Err(Refusal::Root);
    };
    let copy = OrganizationalUnit {
        id: new.to_string(),
        name,
        scps: unit.scps.clone(),
        rcps: unit.rcps.clone(),
        units: Vec::new(),
        accounts: Vec::new(),
    };
    parent.units.push(copy);
    Ok(())
}

/// Puts a copy behind its original.
fn copy<T: Clone>(
    list: &mut dyn List<T>,
    is_it: impl Fn(&T) -> bool,
    change: impl FnOnce(&mut T),
) -> Option<()> {
    let at = (0..list.len()).find(|it| list.get(*it).is_some_and(&is_it))?;
    let mut copy = list.get(at)?.clone();
    change(&mut copy);
    list.insert(at + 1, copy);
    Some(())
}

fn in_account(world: &mut World, id: &EntityId, new: &EntityId, name: String) -> Option<()> {
    let account = world.account_of_mut(id.account.as_ref())?;
    let of_new = new.to_string();
    match &id.thing {
        Thing::User { name: old } => copy(
            &mut account.users,
            |it| it.name == *old,
            |it| {
                it.name = name;
                it.access_keys = Vec::new();
            },
        ),
        Thing::Group { name: old } => copy(
            &mut account.groups,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::Role { name: old } => copy(
            &mut account.roles,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::InlinePolicy { owner, name: old } => copy(
            account.inline_policies_mut(owner)?,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::Domain { id: old } => copy(
            &mut account.domains,
            |it| it.domain_id == *old,
            |it| {
                it.domain_id = of_new;
                it.domain_name = name;
            },
        ),
        Thing::UserProfile { domain, name: old } => {
            let profiles = &mut account.domain_mut(domain)?.user_profiles;
            let uids = profiles.iter();
            let uid = name::posix_uid(uids.map(|it| it.home_efs_file_system_uid.clone()));
            let is_it = |it: &UserProfile| it.user_profile_name.eq_ignore_ascii_case(old);
            copy(profiles, is_it, |it| {
                it.user_profile_name = name;
                it.home_efs_file_system_uid = uid;
                it.single_sign_on_user_identifier = None;
                it.single_sign_on_user_value = None;
            })
        }
        Thing::Space { domain, name: old } => copy(
            &mut account.domain_mut(domain)?.spaces,
            |it| it.space_name == *old,
            |it| {
                it.space_name = name;
                it.home_efs_file_system_uid = String::new();
            },
        ),
        Thing::App { .. } | Thing::Subnet { .. } | Thing::SecurityGroup { .. } => {
            in_domain_or_vpc(account, id, of_new, name)
        }
        Thing::Bucket { name: old } => copy(
            &mut account.buckets,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::Repository { name: old } => copy(
            &mut account.repositories,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::LogGroup { name: old } => copy(
            &mut account.log_groups,
            |it| it.name == *old,
            |it| it.name = name,
        ),
        Thing::Key { id: old } => copy(
            &mut account.keys,
            |it| it.key_id == *old,
            |it| {
                it.key_id = of_new;
                it.alias = None;
            },
        ),
        Thing::VpcEndpoint { id: old } => copy(
            &mut account.vpc_endpoints,
            |it| it.vpc_endpoint_id == *old,
            |it| it.vpc_endpoint_id = of_new,
        ),
        Thing::Account
        | Thing::ManagedPolicy { .. }
        | Thing::Vpc { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => None,
    }
}

fn in_domain_or_vpc(
    account: &mut Account,
    id: &EntityId,
    of_new: String,
    name: String,
) -> Option<()> {
    match &id.thing {
        Thing::App {
            domain,
            owner,
            app_type,
            name: old,
        } => copy(
            &mut account.domain_mut(domain)?.apps,
            |it| it.is(owner, *app_type, old),
            |it| it.app_name = name,
        ),
        Thing::Subnet { id: old } => {
            let mut vpcs = account.vpcs.iter_mut();
            let is_it = |it: &Subnet| it.subnet_id == *old;
            let vpc = vpcs.find(|it| it.subnets.iter().any(is_it))?;
            copy(&mut vpc.subnets, is_it, |it| it.subnet_id = of_new)
        }
        Thing::SecurityGroup { id: old } => {
            let mut vpcs = account.vpcs.iter_mut();
            let is_it = |it: &SecurityGroup| it.group_id == *old;
            let vpc = vpcs.find(|it| it.security_groups.iter().any(is_it))?;
            copy(&mut vpc.security_groups, is_it, |it| it.group_id = of_new)
        }
        _ => None,
    }
}
