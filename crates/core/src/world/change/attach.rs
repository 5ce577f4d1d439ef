//! Puts one thing onto another, as dragging it there does: a policy onto whom it is for, a user into a
//! group, a role onto whose badge it becomes, a policy of the organization onto a place in it.

use crate::{
    names::Arn,
    world::{
        Account, EntityId, Limited, MemberAccount, OrganizationPolicyKind, Thing, World,
        WorldFinding, WorldFindingKind, change::Refusal,
    },
};

/// Puts a thing onto another.
///
/// # Errors
///
/// Where the two do not go together, it is so already, or AWS would have no more of them; the world is
/// then as it was.
pub fn attach(world: &mut World, what: &EntityId, to: &EntityId) -> Result<(), Refusal> {
    for it in [what, to] {
        if !it.exists_in(world) {
            return Err(Refusal::Gone(it.clone()));
        }
    }
    let no_target = || {
        if goes_somewhere(&what.thing) {
            let (what, to) = (Box::new(what.clone()), Box::new(to.clone()));
            Refusal::NoTarget { what, to }
        } else {
            Refusal::GoesNowhere(what.clone())
        }
    };
    match (&what.thing, &to.thing) {
        (
            Thing::ManagedPolicy { arn },
            Thing::User { .. } | Thing::Group { .. } | Thing::Role { .. },
        ) => managed_policy(world, arn, to),
        (Thing::User { name }, Thing::Group { name: group }) => {
            same_account(what, to)?;
            let account = account(world, to)?;
            let user = account.user_mut(name).ok_or_else(no_target)?;
            push(&mut user.groups, group, to, Limited::Groups)
        }
        (Thing::Role { name }, Thing::UserProfile { .. } | Thing::Domain { .. }) => {
            same_account(what, to)?;
            execution_role(world, what, name, to)
        }
        (Thing::OrganizationPolicy { kind, name }, _) => {
            organization_policy(world, *kind, name, to).unwrap_or_else(|| Err(no_target()))
        }
        (Thing::Account, Thing::OrganizationalUnit { id }) => {
            member(world, what, id).unwrap_or_else(|| Err(no_target()))
        }
        _ => Err(no_target()),
    }
}

/// Takes a thing off another again.
///
/// # Errors
///
/// Where it is not attached there; the world is then as it was.
pub fn detach(world: &mut World, what: &EntityId, from: &EntityId) -> Result<(), Refusal> {
    let is_done = match (&what.thing, &from.thing) {
        (Thing::ManagedPolicy { arn }, _) => {
            let account = account(world, from)?;
            let attached = account.attached_policies_mut(&from.thing);
            attached.is_some_and(|it| take(it, arn))
        }
        (Thing::User { name }, Thing::Group { name: group }) => {
            let user = account(world, what)?.user_mut(name);
            user.is_some_and(|it| take(&mut it.groups, group))
        }
        (Thing::OrganizationPolicy { kind, name }, _) => {
            let names = world.attached_at_mut(from, *kind);
            names.is_some_and(|it| take(it, name))
        }
        _ => false,
    };
    if is_done {
        Ok(())
    } else {
        Err(Refusal::AlreadyThere)
    }
}

fn take<T: PartialEq>(list: &mut Vec<T>, it: &T) -> bool {
    let n = list.len();
    list.retain(|other| other != it);
    list.len() < n
}

/// Everything that a thing can be put onto now, in the order of the account tree.
pub fn targets(world: &World, what: &EntityId) -> Vec<EntityId> {
    let mut all = Vec::new();
    for account in world.accounts() {
        let of = |thing| world.entity(&account.account, thing);
        match &what.thing {
            Thing::ManagedPolicy { .. } => {
                let users = account.users.iter();
                all.extend(users.map(|it| {
                    let name = it.name.clone();
                    of(Thing::User { name })
                }));
                all.extend(groups(account).map(of));
                let roles = account.roles.iter();
                all.extend(roles.map(|it| {
                    let name = it.name.clone();
                    of(Thing::Role { name })
                }));
            }
            Thing::User { .. } => all.extend(groups(account).map(of)),
            Thing::Role { .. } => {
                for domain in &account.domains {
                    let id = || domain.domain_id.clone();
                    all.push(of(Thing::Domain { id: id() }));
                    all.extend(domain.user_profiles.iter().map(|it| {
                        let (domain, name) = (id(), it.user_profile_name.clone());
                        of(Thing::UserProfile { domain, name })
                    }));
                }
            }
            _ => {}
        }
    }
    let is_of_organization = matches!(
        what.thing,
        Thing::OrganizationPolicy { .. } | Thing::Account
    );
    if let Some(organization) = world.organization.as_ref().filter(|_| is_of_organization) {
        let mut units = vec![&organization.root];
        while let Some(unit) = units.pop() {
            let id = unit.id.clone();
            all.push(Thing::OrganizationalUnit { id }.into());
            let members = unit.accounts.iter();
            all.extend(members.map(|it| world.entity(&it.account, Thing::Account)));
            units.extend(unit.units.iter().rev());
        }
    }
    all.retain(|to| may_go(world, what, to));
    all
}

/// Whether a thing can be put onto another, without a copy of the whole world for each question.
fn may_go(world: &World, what: &EntityId, to: &EntityId) -> bool {
    let account = world.account_of(to.account.as_ref());
    match (&what.thing, &to.thing) {
        (Thing::ManagedPolicy { arn }, thing) => {
            let is_near = account.is_some_and(|it| is_of(arn, it));
            let attached = account.and_then(|it| it.attached_policies(thing));
            let is_free =
                |it: &[Arn]| !it.contains(arn) && it.len() < Limited::AttachedPolicies.most();
            is_near && attached.is_some_and(is_free)
        }
        (Thing::User { name }, Thing::Group { name: group }) => {
            let user = account.and_then(|it| it.user(name));
            let is_free = |it: &[String]| !it.contains(group) && it.len() < Limited::Groups.most();
            what.account == to.account && user.is_some_and(|it| is_free(&it.groups))
        }
        (Thing::Role { .. }, _) => {
            let arn = world.arn_of(what);
            let own = account.and_then(|it| role_of(it, &to.thing));
            what.account == to.account && own != arn.as_ref().map(Arn::as_str)
        }
        (Thing::OrganizationPolicy { kind, name }, _) => {
            let Some(it) = &world.organization else {
                return false;
            };
            let names = world.attached_at(to, *kind);
            let is_on = it.enabled_policy_types.contains(kind);
            let most = limit(*kind).most();
            is_on && names.is_some_and(|it| !it.contains(name) && it.len() < most)
        }
        (Thing::Account, Thing::OrganizationalUnit { id }) => {
            let own = what.account.as_ref().unwrap_or(&world.home.account);
            let root = world.organization.as_ref().map(|it| &it.root);
            let unit = root.and_then(|it| it.unit(id));
            unit.is_some_and(|it| it.accounts.iter().all(|it| it.account != *own))
                && world
                    .organization
                    .as_ref()
                    .is_some_and(|it| it.member(own).is_some())
        }
        _ => false,
    }
}

const fn goes_somewhere(thing: &Thing) -> bool {
    matches!(
        thing,
        Thing::ManagedPolicy { .. }
            | Thing::User { .. }
            | Thing::Role { .. }
            | Thing::OrganizationPolicy { .. }
            | Thing::Account
    )
}

fn groups(account: &Account) -> impl Iterator<Item = Thing> {
    account.groups.iter().map(|it| Thing::Group {
        name: it.name.clone(),
    })
}

fn account<'a>(world: &'a mut World, id: &EntityId) -> Result<&'a mut Account, Refusal> {
    let account = world.account_of_mut(id.account.as_ref());
    account.ok_or_else(|| Refusal::Gone(id.clone()))
}

fn same_account(one: &EntityId, other: &EntityId) -> Result<(), Refusal> {
    if one.account == other.account {
        Ok(())
    } else {
        Err(Refusal::OtherAccount)
    }
}

/// Whether an account can attach a managed policy: one of its own, or one that AWS keeps.
fn is_of(arn: &Arn, account: &Account) -> bool {
    arn.is_aws_owned() || arn.account_str() == Some(account.account.as_str())
}

fn managed_policy(world: &mut World, arn: &Arn, to: &EntityId) -> Result<(), Refusal> {
    let account = account(world, to)?;
    if !is_of(arn, account) {
        return Err(Refusal::OtherAccount);
    }
    let list = account.attached_policies_mut(&to.thing);
    let list = list.ok_or_else(|| Refusal::Gone(to.clone()))?;
    push(list, arn, to, Limited::AttachedPolicies)
}

/// The role that a profile or a domain names itself.
fn role_of<'a>(account: &'a Account, thing: &Thing) -> Option<&'a str> {
    let settings = match thing {
        Thing::Domain { id } => &account.domain(id)?.default_user_settings,
        Thing::UserProfile { domain, name } => {
            &account.domain(domain)?.user_profile(name)?.user_settings
        }
        _ => return None,
    };
    settings.execution_role.as_deref()
}

fn execution_role(
    world: &mut World,
    what: &EntityId,
    name: &str,
    to: &EntityId,
) -> Result<(), Refusal> {
    let owner = account(world, what)?.account.clone();
    let owner = world.account(&owner);
    let role = owner.and_then(|it| Some(world.role_arn_in(it, it.role(name)?)));
    let role = role.ok_or_else(|| Refusal::Gone(what.clone()))?;
    let account = account(world, to)?;
    let settings = match &to.thing {
        Thing::Domain { id } => account
            .domain_mut(id)
            .map(|it| &mut it.default_user_settings),
        Thing::UserProfile { domain, name } => {
            let domain = account.domain_mut(domain);
            let profile = domain.and_then(|it| it.user_profile_mut(name));
            profile.map(|it| &mut it.user_settings)
        }
        _ => None,
    };
    let settings = settings.ok_or_else(|| Refusal::Gone(to.clone()))?;
    let role = Some(role.as_str().to_owned());
    if settings.execution_role == role {
        return Err(Refusal::AlreadyThere);
    }
    settings.execution_role = role;
    Ok(())
}

const fn limit(kind: OrganizationPolicyKind) -> Limited {
    match kind {
        OrganizationPolicyKind::Scp => Limited::Scps,
        OrganizationPolicyKind::Rcp => Limited::Rcps,
    }
}

/// Nothing where the organization has no such place.
fn organization_policy(
    world: &mut World,
    kind: OrganizationPolicyKind,
    name: &String,
    to: &EntityId,
) -> Option<Result<(), Refusal>> {
    let organization = world.organization.as_ref()?;
    let is_on = organization.enabled_policy_types.contains(&kind);
    let names = world.attached_at_mut(to, kind)?;
    if !is_on {
        let kind = WorldFindingKind::SwitchedOff { kind };
        let entity = to.clone();
        return Some(Err(Refusal::Finding(Box::new(WorldFinding {
            entity,
            kind,
        }))));
    }
    Some(push(names, name, to, limit(kind)))
}

/// Moves an account into a unit; nothing where it or the unit is not in the organization.
fn member(world: &mut World, what: &EntityId, unit: &str) -> Option<Result<(), Refusal>> {
    let id = what.account.as_ref().unwrap_or(&world.home.account).clone();
    let root = &mut world.organization.as_mut()?.root;
    let member: MemberAccount = root.member_mut(&id)?.clone();
    let is_there = |it: &MemberAccount| it.account == id;
    if root.unit(unit)?.accounts.iter().any(is_there) {
        return Some(Err(Refusal::AlreadyThere));
    }
    root.take_out(&id);
    root.unit_mut(unit)?.accounts.push(member);
    Some(Ok(()))
}

fn push<T: Clone + PartialEq>(
    list: &mut Vec<T>,
    it: &T,
    to: &EntityId,
    what: Limited,
) -> Result<(), Refusal> {
    if list.contains(it) {
        return Err(Refusal::AlreadyThere);
    }
    let n = list.len() + 1;
    if n > what.most() {
        return Err(Refusal::Finding(Box::new(WorldFinding {
            entity: to.clone(),
            kind: WorldFindingKind::TooMany { what, n },
        })));
    }
    list.push(it.clone());
    Ok(())
}
