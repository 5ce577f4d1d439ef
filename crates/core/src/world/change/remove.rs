//! Removes a thing, and says first what depends on it.
//!
//! Attachments, memberships and what is inside go along. What names the thing otherwise stays as it
//! is: a boundary that is gone allows nothing, an execution role that is gone lets nobody work, and
//! `check` says so.

use crate::{
    names::Arn,
    world::{
        Account, App, AppOwner, DocumentId, Domain, EntityId, NamedBy, NamedKey,
        OrganizationPolicy, OrganizationPolicyKind, OrganizationalUnit, Thing, World,
        change::{Refusal, Whole, never, rename::Renamed},
    },
};

/// Something that depends on a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// What depends on it.
    pub entity: EntityId,
    /// How.
    pub how: Dependence,
}

/// How something depends on a thing, and what becomes of that when the thing is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependence {
    /// It is inside and goes along.
    Inside,
    /// It has the policy attached, which is detached.
    Attached,
    /// It is a member of the group, and is taken out.
    Member,
    /// It is bounded by the policy, and stays so: nothing is allowed then.
    Boundary,
    /// Its apps run as the role.
    ExecutionRole,
    /// It is encrypted with the key.
    Key,
    /// A grant on the key names it, and stays so: nobody has it then.
    Grant,
    /// It works in the VPC, the subnet or through the security group.
    Network,
    /// The space is owned by the profile, or the app is the profile's or runs in the space.
    Owner,
    /// A policy text names it.
    Text(DocumentId),
}

impl Dependence {
    /// Whether it goes with the thing, so that nothing is left that names it.
    pub const fn goes_along(&self) -> bool {
        matches!(self, Self::Inside | Self::Attached | Self::Member)
    }
}

/// Everything that depends on a thing, what goes along first.
pub fn dependents(world: &World, id: &EntityId) -> Vec<Dependent> {
    let mut all = Vec::new();
    let gone = Renamed::gone(world, id);
    let own = id.account.as_ref().unwrap_or(&world.home.account);
    for account in world.accounts() {
        let mut found = Found {
            world,
            account,
            is_own: account.account == *own,
            all: &mut all,
        };
        found.inside(id);
        found.identities(&id.thing);
        found.resources(&id.thing, &gone);
    }
    if let (Thing::OrganizationPolicy { kind, name }, Some(it)) = (&id.thing, &world.organization) {
        attached_in_organization(world, &it.root, *kind, name, &mut all);
    }
    for (document, text) in world.documents() {
        let entity = document.entity();
        let is_own = entity == *id
            || all
                .iter()
                .any(|it| it.entity == entity && it.how == Dependence::Inside);
        if !is_own && gone.text(text.as_str()).is_some() {
            let how = Dependence::Text(document);
            all.push(Dependent { entity, how });
        }
    }
    all.sort_by_key(|it| !it.how.goes_along());
    all
}

fn attached_in_organization(
    world: &World,
    unit: &OrganizationalUnit,
    kind: OrganizationPolicyKind,
    name: &String,
    all: &mut Vec<Dependent>,
) {
    let how = Dependence::Attached;
    if unit.attached(kind).contains(name) {
        let id = unit.id.clone();
        let entity = Thing::OrganizationalUnit { id }.into();
        all.push(Dependent { entity, how });
    }
    for member in &unit.accounts {
        if member.attached(kind).contains(name) {
            let entity = world.entity(&member.account, Thing::Account);
            let how = Dependence::Attached;
            all.push(Dependent { entity, how });
        }
    }
    for unit in &unit.units {
        attached_in_organization(world, unit, kind, name, all);
    }
}

struct Found<'a> {
    world: &'a World,
    account: &'a Account,
    is_own: bool,
    all: &'a mut Vec<Dependent>,
}

impl Found<'_> {
    fn push(&mut self, thing: Thing, how: Dependence) {
        let entity = self.world.entity(&self.account.account, thing);
        self.all.push(Dependent { entity, how });
    }

    fn inside(&mut self, id: &EntityId) {
        if !self.is_own {
            return;
        }
        let account = self.account;
        match &id.thing {
            Thing::Domain { id } => {
                for it in account.domain(id).iter().flat_map(|it| &it.user_profiles) {
                    let (domain, name) = (id.clone(), it.user_profile_name.clone());
                    self.push(Thing::UserProfile { domain, name }, Dependence::Inside);
                }
                for it in account.domain(id).iter().flat_map(|it| &it.spaces) {
                    let (domain, name) = (id.clone(), it.space_name.clone());
                    self.push(Thing::Space { domain, name }, Dependence::Inside);
                }
                self.apps(id, |_| true);
            }
            Thing::UserProfile { domain, name } => self.apps(
                domain,
                |it| matches!(it, AppOwner::Profile(own) if own.eq_ignore_ascii_case(name)),
            ),
            Thing::Space { domain, name } => {
                self.apps(
                    domain,
                    |it| matches!(it, AppOwner::Space(own) if own == name),
                );
            }
            Thing::Vpc { id } => {
                for it in account.vpc(id).iter().flat_map(|it| &it.subnets) {
                    let id = it.subnet_id.clone();
                    self.push(Thing::Subnet { id }, Dependence::Inside);
                }
                for it in account.vpc(id).iter().flat_map(|it| &it.security_groups) {
                    let id = it.group_id.clone();
                    self.push(Thing::SecurityGroup { id }, Dependence::Inside);
                }
            }
            Thing::Account => {
                for it in &account.users {
                    let name = it.name.clone();
                    self.push(Thing::User { name }, Dependence::Inside);
                }
                for it in &account.roles {
                    let name = it.name.clone();
                    self.push(Thing::Role { name }, Dependence::Inside);
                }
                for it in &account.buckets {
                    let name = it.name.clone();
                    self.push(Thing::Bucket { name }, Dependence::Inside);
                }
                for it in &account.keys {
                    let id = it.key_id.clone();
                    self.push(Thing::Key { id }, Dependence::Inside);
                }
            }
            _ => {}
        }
    }

    fn apps(&mut self, domain: &str, is_it: impl Fn(&AppOwner) -> bool) {
        let apps = self.account.domain(domain).map_or(&[][..], |it| &it.apps);
        for it in apps {
            let owner = it.owner();
            if is_it(&owner) {
                let app = Thing::App {
                    domain: domain.to_owned(),
                    owner,
                    app_type: it.app_type,
                    name: it.app_name.clone(),
                };
                self.push(app, Dependence::Inside);
            }
        }
    }

    fn identities(&mut self, thing: &Thing) {
        let account = self.account;
        let has =
            |arns: &[Arn]| matches!(thing, Thing::ManagedPolicy { arn } if arns.contains(arn));
        let is = |bound: Option<&Arn>| matches!(thing, Thing::ManagedPolicy { arn } if Some(arn) == bound);
        for it in &account.users {
            let user = || Thing::User {
                name: it.name.clone(),
            };
            if has(&it.attached_policies) {
                self.push(user(), Dependence::Attached);
            }
            if is(it.permissions_boundary.as_ref()) {
                self.push(user(), Dependence::Boundary);
            }
            if self.is_own && matches!(thing, Thing::Group { name } if it.groups.contains(name)) {
                self.push(user(), Dependence::Member);
            }
        }
        for it in &account.groups {
            if has(&it.attached_policies) {
                let name = it.name.clone();
                self.push(Thing::Group { name }, Dependence::Attached);
            }
        }
        for it in &account.roles {
            let role = || Thing::Role {
                name: it.name.clone(),
            };
            if has(&it.attached_policies) {
                self.push(role(), Dependence::Attached);
            }
            if is(it.permissions_boundary.as_ref()) {
                self.push(role(), Dependence::Boundary);
            }
        }
    }

    fn resources(&mut self, thing: &Thing, gone: &Renamed) {
        let account = self.account;
        let is_own = self.is_own;
        let names = |value: Option<&String>| value.is_some_and(|it| gone.value(it).is_some());
        let by_alias = |value: &String| {
            let key = self.world.key_named(&account.account, value);
            matches!(NamedKey::read(value).by, NamedBy::Alias(_)) && key == gone.from
        };
        let is_key = |value: Option<&String>| {
            let is_id = is_own && matches!(thing, Thing::Key { id } if value == Some(id));
            is_id || names(value) || value.is_some_and(by_alias)
        };
        let is_role = matches!(thing, Thing::Role { .. });
        for it in &account.domains {
            let id = || it.domain_id.clone();
            let settings = &it.domain_settings.r_studio_server_pro_domain_settings;
            let roles = [
                &it.default_user_settings.execution_role,
                &it.default_space_settings.execution_role,
                &settings.domain_execution_role_arn,
            ];
            if is_role && roles.iter().any(|it| names(it.as_ref())) {
                self.push(Thing::Domain { id: id() }, Dependence::ExecutionRole);
            }
            if is_key(it.kms_key_id.as_ref()) {
                self.push(Thing::Domain { id: id() }, Dependence::Key);
            }
            for profile in &it.user_profiles {
                if is_role && names(profile.user_settings.execution_role.as_ref()) {
                    let name = profile.user_profile_name.clone();
                    let domain = id();
                    self.push(
                        Thing::UserProfile { domain, name },
                        Dependence::ExecutionRole,
                    );
                }
            }
            self.in_domain(thing, &it.domain_id);
        }
        for it in &account.keys {
            let principals = it.grants.iter().flat_map(|it| {
                std::iter::once(&it.grantee_principal).chain(&it.retiring_principal)
            });
            let mut principals = principals.map(Some);
            if !(is_own && matches!(thing, Thing::Key { id } if *id == it.key_id))
                && principals.any(names)
            {
                let id = it.key_id.clone();
                self.push(Thing::Key { id }, Dependence::Grant);
            }
        }
        if let (Thing::Vpc { id }, true) = (thing, is_own) {
            for it in account.vpc_endpoints.iter().filter(|it| it.vpc_id == *id) {
                let id = it.vpc_endpoint_id.clone();
                self.push(Thing::VpcEndpoint { id }, Dependence::Network);
            }
        }
        for it in &account.buckets {
            if is_key(it.kms_key_id.as_ref()) {
                let name = it.name.clone();
                self.push(Thing::Bucket { name }, Dependence::Key);
            }
        }
    }

    fn in_domain(&mut self, thing: &Thing, id: &str) {
        let account = self.account;
        let Some(it) = account.domain(id).filter(|_| self.is_own) else {
            return;
        };
        self.in_network(thing, it);
        match thing {
            Thing::UserProfile { domain, name } if domain == id => {
                let is_owner = |owner: &str| owner.eq_ignore_ascii_case(name);
                for space in &it.spaces {
                    if is_owner(&space.owner_user_profile_name) {
                        let (domain, name) = (domain.clone(), space.space_name.clone());
                        self.push(Thing::Space { domain, name }, Dependence::Owner);
                    }
                }
            }
            _ => {}
        }
    }

    fn in_network(&mut self, thing: &Thing, it: &Domain) {
        let id = &it.domain_id;
        let (is_of_domain, is_of) = match thing {
            Thing::Vpc { id } => (it.vpc_id == *id, None),
            Thing::Subnet { id } => (it.subnet_ids.contains(id), None),
            Thing::SecurityGroup { id } => {
                let groups = &it.default_user_settings.security_groups;
                let of_spaces = &it.default_space_settings.security_groups;
                let of_domain = &it.domain_settings.security_group_ids;
                let mut all = groups.iter().chain(of_spaces).chain(of_domain);
                (all.any(|it| it == id), Some(id))
            }
            _ => return,
        };
        if is_of_domain {
            self.push(Thing::Domain { id: id.clone() }, Dependence::Network);
        }
        for profile in &it.user_profiles {
            if is_of.is_some_and(|it| profile.user_settings.security_groups.contains(it)) {
                let (domain, name) = (id.clone(), profile.user_profile_name.clone());
                self.push(Thing::UserProfile { domain, name }, Dependence::Network);
            }
        }
    }
}

/// Removes a thing with its attachments, its memberships and what is inside.
///
/// # Errors
///
/// Where AWS would refuse it; the world is then as it was.
pub fn remove(world: &mut World, id: &EntityId) -> Result<(), Refusal> {
    let gone = || Refusal::Gone(id.clone());
    if !id.exists_in(world) {
        return Err(gone());
    }
    if let Some(refusal) = never(world, id, Whole::Remove) {
        return Err(refusal);
    }
    match &id.thing {
        Thing::ManagedPolicy { arn } => {
            for account in world.accounts_mut() {
                account.policies.retain(|it| it.arn != *arn);
                for attached in account.attached_mut() {
                    attached.retain(|it| it != arn);
                }
            }
        }
        Thing::Organization => world.organization = None,
        Thing::OrganizationPolicy { kind, name } => {
            let organization = world.organization.as_mut().ok_or_else(gone)?;
            let is_it = |it: &OrganizationPolicy| it.kind == *kind && it.name == *name;
            organization.policies.retain(|it| !is_it(it));
            detach(&mut organization.root, *kind, name);
        }
        Thing::OrganizationalUnit { id } => unit(world, id)?,
        Thing::Account => account(world, id)?,
        _ => in_account(world, id).ok_or_else(gone)?,
    }
    Ok(())
}

fn detach(unit: &mut OrganizationalUnit, kind: OrganizationPolicyKind, name: &str) {
    unit.attached_mut(kind).retain(|it| it != name);
    for member in &mut unit.accounts {
        member.attached_mut(kind).retain(|it| it != name);
    }
    for unit in &mut unit.units {
        detach(unit, kind, name);
    }
}

fn unit(world: &mut World, id: &str) -> Result<(), Refusal> {
    let root = world.organization.as_mut().map(|it| &mut it.root);
    let parent = root.and_then(|it| it.parent_of_mut(id));
    let parent = parent.ok_or(Refusal::Root)?;
    let is_empty = |it: &OrganizationalUnit| it.units.is_empty() && it.accounts.is_empty();
    if parent.units.iter().any(|it| it.id == id && !is_empty(it)) {
        return Err(Refusal::NotEmpty);
    }
    parent.units.retain(|it| it.id != id);
    Ok(())
}

fn account(world: &mut World, id: &EntityId) -> Result<(), Refusal> {
    let Some(own) = &id.account else {
        return Err(Refusal::HomeAccount);
    };
    if let Some(organization) = &mut world.organization {
        organization.root.take_out(own);
    }
    world.other_accounts.retain(|it| it.account != *own);
    Ok(())
}

fn in_account(world: &mut World, id: &EntityId) -> Option<()> {
    let account = world.account_of_mut(id.account.as_ref())?;
    match &id.thing {
        Thing::User { name } => account.users.retain(|it| it.name != *name),
        Thing::Group { name } => {
            account.groups.retain(|it| it.name != *name);
            for user in &mut account.users {
                user.groups.retain(|it| it != name);
            }
        }
        Thing::Role { name } => account.roles.retain(|it| it.name != *name),
        Thing::InlinePolicy { owner, name } => account
            .inline_policies_mut(owner)?
            .retain(|it| it.name != *name),
        Thing::Domain { id } => account.domains.retain(|it| it.domain_id != *id),
        Thing::UserProfile { domain, name } => {
            let domain = account.domain_mut(domain)?;
            let is_it = |it: &str| it.eq_ignore_ascii_case(name);
            domain
                .user_profiles
                .retain(|it| !is_it(&it.user_profile_name));
            let is_its = |it: &App| matches!(it.owner(), AppOwner::Profile(own) if is_it(&own));
            domain.apps.retain(|it| !is_its(it));
        }
        Thing::Space { domain, name } => {
            let domain = account.domain_mut(domain)?;
            domain.spaces.retain(|it| it.space_name != *name);
            let owner = AppOwner::Space(name.clone());
            domain.apps.retain(|it| it.owner() != owner);
        }
        Thing::App {
            domain,
            owner,
            app_type,
            name,
        } => account
            .domain_mut(domain)?
            .apps
            .retain(|it| !it.is(owner, *app_type, name)),
        Thing::Vpc { id } => account.vpcs.retain(|it| it.vpc_id != *id),
        Thing::Subnet { id } => {
            for vpc in &mut account.vpcs {
                vpc.subnets.retain(|it| it.subnet_id != *id);
            }
        }
        Thing::SecurityGroup { id } => {
            for vpc in &mut account.vpcs {
                vpc.security_groups.retain(|it| it.group_id != *id);
            }
        }
        Thing::Bucket { name } => account.buckets.retain(|it| it.name != *name),
        Thing::Repository { name } => account.repositories.retain(|it| it.name != *name),
        Thing::LogGroup { name } => account.log_groups.retain(|it| it.name != *name),
        Thing::Key { id } => account.keys.retain(|it| it.key_id != *id),
        Thing::VpcEndpoint { id } => account.vpc_endpoints.retain(|it| it.vpc_endpoint_id != *id),
        Thing::Account
        | Thing::ManagedPolicy { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => return None,
    }
    Some(())
}
