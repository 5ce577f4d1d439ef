//! Names of things: which form they have, which are taken, and which are free.

use crate::{
    names::AccountId,
    world::{
        Account, EntityId, Form, Owner, Thing, World, WorldFinding, WorldFindingKind,
        change::Refusal,
    },
};

/// The form of the name; nothing where AWS asks for none.
const fn form(thing: &Thing) -> Option<Form> {
    Some(match thing {
        Thing::User { .. } | Thing::Role { .. } => Form::IdentityName,
        Thing::Group { .. } | Thing::ManagedPolicy { .. } | Thing::InlinePolicy { .. } => {
            Form::PolicyName
        }
        Thing::Domain { .. }
        | Thing::UserProfile { .. }
        | Thing::Space { .. }
        | Thing::App { .. } => Form::SageMakerName,
        Thing::Bucket { .. } => Form::BucketName,
        Thing::Repository { .. } => Form::RepositoryName,
        Thing::LogGroup { .. } => Form::LogGroupName,
        Thing::Key { .. } => Form::KeyId,
        Thing::Vpc { .. } => Form::VpcId,
        Thing::Subnet { .. } => Form::SubnetId,
        Thing::SecurityGroup { .. } => Form::SecurityGroupId,
        Thing::VpcEndpoint { .. } => Form::VpcEndpointId,
        Thing::OrganizationalUnit { .. } | Thing::OrganizationPolicy { .. } => {
            Form::OrganizationName
        }
        Thing::Account | Thing::Organization => return None,
    })
}

/// Whether a thing has an id that AWS gives it in place of a name.
pub(super) const fn is_known_by_id(thing: &Thing) -> bool {
    matches!(
        thing,
        Thing::Key { .. }
            | Thing::Vpc { .. }
            | Thing::Subnet { .. }
            | Thing::SecurityGroup { .. }
            | Thing::VpcEndpoint { .. }
    )
}

/// Whether a name has the form that AWS asks for; ids have forms of their own.
pub(super) fn has_form(thing: &Thing, name: &str) -> bool {
    is_known_by_id(thing) || form(thing).is_none_or(|it| it.is_met_by(name))
}

/// The name that can be changed: a domain's and a unit's name, not their ids.
pub(super) fn name_of(world: &World, id: &EntityId) -> Option<String> {
    let account = || world.account_of(id.account.as_ref());
    Some(match &id.thing {
        Thing::Account => account().map(|it| it.name.clone()).unwrap_or_default(),
        Thing::Domain { id } => account()?.domain(id)?.domain_name.clone(),
        Thing::OrganizationalUnit { id } => {
            world.organization.as_ref()?.root.unit(id)?.name.clone()
        }
        Thing::Organization => world.organization.as_ref()?.id.clone(),
        _ => id.to_string(),
    })
}

/// The names of things of the same kind that this one must not have, its own among them.
pub(super) fn taken(world: &World, id: &EntityId) -> Vec<String> {
    let account = world.account_of(id.account.as_ref());
    let Some(account) = account else {
        return Vec::new();
    };
    let domain = |id: &str| account.domain(id);
    match &id.thing {
        Thing::User { .. } => account.users.iter().map(|it| it.name.clone()).collect(),
        Thing::Group { .. } => account.groups.iter().map(|it| it.name.clone()).collect(),
        Thing::Role { .. } => account.roles.iter().map(|it| it.name.clone()).collect(),
        Thing::ManagedPolicy { arn } => {
            // Whatever its path, an account has one policy of a name.
            let owner = arn.account().and_then(|it| world.account(&it));
            let own = owner.unwrap_or(&world.home).policies.iter();
            let own = own.filter(|it| !it.is_aws_managed());
            own.map(|it| it.name().to_owned()).collect()
        }
        Thing::InlinePolicy { owner, .. } => inline(account, owner),
        Thing::Domain { .. } => {
            let domains = account.domains.iter();
            domains.map(|it| it.domain_name.clone()).collect()
        }
        Thing::UserProfile { domain: id, .. } => {
            let profiles = domain(id).map_or(&[][..], |it| &it.user_profiles).iter();
            profiles.map(|it| it.user_profile_name.clone()).collect()
        }
        Thing::Space { domain: id, .. } => {
            let spaces = domain(id).map_or(&[][..], |it| &it.spaces).iter();
            spaces.map(|it| it.space_name.clone()).collect()
        }
        Thing::App {
            domain: id,
            owner,
            app_type,
            ..
        } => {
            let apps = domain(id).map_or(&[][..], |it| &it.apps).iter();
            let of_owner = apps.filter(|it| it.app_type == *app_type && it.owner() == *owner);
            of_owner.map(|it| it.app_name.clone()).collect()
        }
        Thing::Bucket { .. } => {
            let buckets = world.accounts().flat_map(|it| &it.buckets);
            buckets.map(|it| it.name.clone()).collect()
        }
        Thing::Repository { .. } => {
            let repositories = account.repositories.iter();
            repositories.map(|it| it.name.clone()).collect()
        }
        Thing::LogGroup { .. } => account
            .log_groups
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        Thing::Key { .. } => account.keys.iter().map(|it| it.key_id.clone()).collect(),
        Thing::Vpc { .. } => {
            let vpcs = world.accounts().flat_map(|it| &it.vpcs);
            vpcs.map(|it| it.vpc_id.clone()).collect()
        }
        Thing::Subnet { .. } => {
            let vpcs = world.accounts().flat_map(|it| &it.vpcs);
            let subnets = vpcs.flat_map(|it| &it.subnets);
            subnets.map(|it| it.subnet_id.clone()).collect()
        }
        Thing::SecurityGroup { .. } => {
            let vpcs = world.accounts().flat_map(|it| &it.vpcs);
            let groups = vpcs.flat_map(|it| &it.security_groups);
            groups.map(|it| it.group_id.clone()).collect()
        }
        Thing::VpcEndpoint { .. } => {
            let endpoints = world.accounts().flat_map(|it| &it.vpc_endpoints);
            endpoints.map(|it| it.vpc_endpoint_id.clone()).collect()
        }
        Thing::OrganizationalUnit { id } => {
            let root = world.organization.as_ref().map(|it| &it.root);
            let parent = root.and_then(|it| it.parent_of(id));
            let units = parent.map_or(&[][..], |it| &it.units).iter();
            units.map(|it| it.name.clone()).collect()
        }
        Thing::OrganizationPolicy { kind, .. } => {
            let policies = world.organization.iter().flat_map(|it| &it.policies);
            let of_kind = policies.filter(|it| it.kind == *kind);
            of_kind.map(|it| it.name.clone()).collect()
        }
        Thing::Account | Thing::Organization => Vec::new(),
    }
}

fn inline(account: &Account, owner: &Owner) -> Vec<String> {
    let policies = account.inline_policies(owner).unwrap_or_default();
    policies.iter().map(|it| it.name.clone()).collect()
}

/// Whether a thing may have a new name.
pub(super) fn admit(world: &World, id: &EntityId, new: &str) -> Result<(), Refusal> {
    let finding = |kind| {
        let entity = id.clone();
        Err(Refusal::Finding(Box::new(WorldFinding { entity, kind })))
    };
    if let Some(form) = form(&id.thing)
        && !form.is_met_by(new)
    {
        let found = new.to_owned();
        return finding(WorldFindingKind::Form { form, found });
    }
    // Two domains of one name are told apart by their ids.
    let own = name_of(world, id).filter(|_| !matches!(id.thing, Thing::Domain { .. }));
    let Some(own) = own else {
        return Ok(());
    };
    let others = taken(world, id).into_iter().filter(|it| *it != own);
    let is_same = |it: &String| is_same(&id.thing, it, new);
    match others.into_iter().find(is_same) {
        Some(name) => finding(WorldFindingKind::Taken { name }),
        None => Ok(()),
    }
}

/// Whether AWS takes two names of such things for the same.
fn is_same(thing: &Thing, one: &str, other: &str) -> bool {
    match thing {
        Thing::User { .. }
        | Thing::Group { .. }
        | Thing::Role { .. }
        | Thing::ManagedPolicy { .. }
        | Thing::UserProfile { .. }
        | Thing::Space { .. }
        | Thing::App { .. }
        | Thing::OrganizationalUnit { .. } => one.eq_ignore_ascii_case(other),
        _ => one == other,
    }
}

/// `base`, or `base-2`, `base-3`, … where that is taken; not longer than `most` characters.
pub(super) fn free(base: &str, taken: &[String], most: usize) -> String {
    let is_free = |name: &String| !taken.iter().any(|it| it.eq_ignore_ascii_case(name));
    let numbered = (2_u32..).map(|n| {
        let end = format!("-{n}");
        let room = most.saturating_sub(end.len());
        let cut: String = base.chars().take(room).collect();
        format!("{cut}{end}")
    });
    let cut: String = base.chars().take(most).collect();
    let mut names = std::iter::once(cut).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// The most characters that a name of a thing may have.
pub(super) const fn most(thing: &Thing) -> usize {
    match thing {
        Thing::Domain { .. }
        | Thing::UserProfile { .. }
        | Thing::Space { .. }
        | Thing::App { .. }
        | Thing::Bucket { .. } => 63,
        Thing::Vpc { .. } | Thing::Subnet { .. } | Thing::SecurityGroup { .. } => 32,
        Thing::User { .. } | Thing::Role { .. } => 64,
        Thing::Repository { .. } => 256,
        Thing::LogGroup { .. } => 512,
        _ => 128,
    }
}

/// An id that no other has: the first of those that `write` gives for 1, 2, 3, …
pub(super) fn free_id(write: impl Fn(u32) -> String, taken: impl Fn(&str) -> bool) -> String {
    let mut ids = (1_u32..).map(write);
    ids.find(|it| !taken(it)).unwrap_or_default()
}

/// The id of a new domain, unique among all accounts.
pub(super) fn domain_id(world: &World) -> String {
    let is_taken = |id: &str| world.accounts().any(|it| it.domain(id).is_some());
    free_id(|n| format!("d-{n:012}"), is_taken)
}

/// The id of a new key, unique among all accounts.
pub(super) fn key_id(world: &World) -> String {
    let is_taken = |id: &str| world.accounts().any(|it| it.key(id).is_some());
    free_id(|n| format!("00000000-0000-4000-8000-{n:012}"), is_taken)
}

/// The id of a new VPC endpoint, unique among all accounts.
pub(super) fn endpoint_id(world: &World) -> String {
    let is_taken = |id: &str| world.vpc_endpoint(id).is_some();
    free_id(|n| format!("vpce-{n:08}"), is_taken)
}

/// The id of a new VPC, subnet or security group, unique among all accounts.
pub(super) fn network_id(world: &World, thing: &Thing) -> String {
    let prefix = match thing {
        Thing::Subnet { .. } => "subnet",
        Thing::SecurityGroup { .. } => "sg",
        _ => "vpc",
    };
    let taken = taken(world, &thing.clone().into());
    free_id(
        |n| format!("{prefix}-{n:08}"),
        |id| taken.iter().any(|it| it == id),
    )
}

/// The id of a new unit of the organization.
pub(super) fn unit_id(world: &World) -> String {
    let root = world.organization.as_ref().map(|it| &it.root);
    let of_root = root
        .and_then(|it| it.id.strip_prefix("r-"))
        .unwrap_or("0000");
    let is_taken = |id: &str| root.is_some_and(|it| it.unit(id).is_some());
    free_id(|n| format!("ou-{of_root}-{n:08}"), is_taken)
}

/// The id of a new account.
pub(super) fn account_id(world: &World) -> Option<AccountId> {
    let is_taken = |id: &str| {
        let id = AccountId::parse(id);
        id.is_none_or(|id| {
            let organization = world.organization.as_ref();
            world.account(&id).is_some() || organization.is_some_and(|it| it.member(&id).is_some())
        })
    };
    // Such as the documentation's: 111122223333, 222233334444, …
    AccountId::parse(&free_id(
        |n| format!("{:012}", 100_000_000_000 + u64::from(n)),
        is_taken,
    ))
}

/// The POSIX user id of a new home directory in a domain.
pub(super) fn posix_uid(uids: impl Iterator<Item = String>) -> String {
    let highest = uids.filter_map(|it| it.parse::<u64>().ok()).max();
    let next = highest.unwrap_or(200_000).saturating_add(1);
    if next > 9_999_999_999 {
        String::new()
    } else {
        next.to_string()
    }
}
