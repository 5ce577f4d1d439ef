//! Renames a thing, and everything that names it follows.
//!
//! What follows: attachments and boundaries, memberships of groups, owners of spaces and apps,
//! execution roles, keys by id and by ARN, attachments in the organization, and ARNs in policy texts
//! as `replacement` says. Patterns that only happen to match the old name stay.

use crate::{
    names::Arn,
    world::{
        Account, Domain, EntityId, OrganizationPolicyKind, OrganizationalUnit, PolicyText, Thing,
        World,
        change::{
            Refusal, Whole, name, network, never,
            replacement::{Replacements, Spellings},
        },
    },
};

/// A thing that got another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What it was known by.
    pub from: EntityId,
    /// What it is known by now.
    pub to: EntityId,
    replacements: Replacements,
}

impl Renamed {
    /// The thing as if it had a name that nothing has: what follows it then names it now.
    pub(super) fn gone(world: &World, id: &EntityId) -> Self {
        Self {
            from: id.clone(),
            to: id.clone(),
            replacements: Spellings::of(world, id).into_nothing(),
        }
    }

    /// For a choice of the scenario: whether it names the thing, see [`Self::value`].
    pub fn nowhere(world: &World, id: &EntityId) -> Self {
        let name = "\0";
        Self {
            to: renamed_id(id, name),
            ..Self::gone(world, id)
        }
    }

    /// What a plain value that names the thing by its ARN is now; nothing where it does not.
    pub fn value(&self, value: &str) -> Option<String> {
        self.replacements.value(value)
    }

    /// What a policy text that names the thing is now; nothing where it does not.
    pub fn text(&self, text: &str) -> Option<String> {
        self.replacements.text(text)
    }
}

/// Renames a thing: a domain and a unit get another name and keep their ids, a key and a VPC
/// endpoint get another id.
///
/// # Errors
///
/// Where AWS would refuse the name, or keeps the thing itself; the world is then as it was.
pub fn rename(world: &mut World, id: &EntityId, new: &str) -> Result<Renamed, Refusal> {
    admit(world, id, new)?;
    let spellings = Spellings::of(world, id);
    let to = renamed_id(id, new);
    set_name(world, id, new);
    Ok(settle(world, id, to, spellings))
}

/// Gives a user or a role another path: its ARN is another then, and what names it follows. A path without
/// its form is taken all the same, and found by [`check`](crate::world::check).
pub fn set_path(world: &mut World, id: &EntityId, path: &str) {
    let spellings = Spellings::of(world, id);
    let account = world.account_of_mut(id.account.as_ref());
    let own = account.and_then(|it| match &id.thing {
        Thing::User { name } => it.user_mut(name).map(|it| &mut it.path),
        Thing::Role { name } => it.role_mut(name).map(|it| &mut it.path),
        _ => None,
    });
    if let Some(own) = own {
        path.clone_into(own);
        settle(world, id, id.clone(), spellings);
    }
}

/// Whether a thing may be renamed, and have this name.
pub(super) fn admit(world: &World, id: &EntityId, new: &str) -> Result<(), Refusal> {
    if !id.exists_in(world) {
        return Err(Refusal::Gone(id.clone()));
    }
    match never(world, id, Whole::Rename) {
        Some(refusal) => Err(refusal),
        None => name::admit(world, id, new),
    }
}

/// Lets everything follow a thing that has its new name already.
pub(super) fn settle(
    world: &mut World,
    from: &EntityId,
    to: EntityId,
    before: Spellings,
) -> Renamed {
    let after = Spellings::of(world, &to);
    let renamed = Renamed {
        from: from.clone(),
        to,
        replacements: before.into(after),
    };
    follow(world, &renamed);
    renamed
}

/// The id of a thing that gets another name.
pub(super) fn renamed_id(id: &EntityId, new: &str) -> EntityId {
    let new = || new.to_owned();
    let thing = match &id.thing {
        Thing::User { .. } => Thing::User { name: new() },
        Thing::Group { .. } => Thing::Group { name: new() },
        Thing::Role { .. } => Thing::Role { name: new() },
        Thing::ManagedPolicy { arn } => Thing::ManagedPolicy {
            arn: renamed_arn(arn, &new()),
        },
        Thing::UserProfile { domain, .. } => Thing::UserProfile {
            domain: domain.clone(),
            name: new(),
        },
        Thing::Space { domain, .. } => Thing::Space {
            domain: domain.clone(),
            name: new(),
        },
        Thing::InlinePolicy { owner, .. } => Thing::InlinePolicy {
            owner: owner.clone(),
            name: new(),
        },
        Thing::App {
            domain,
            owner,
            app_type,
            ..
        } => Thing::App {
            domain: domain.clone(),
            owner: owner.clone(),
            app_type: *app_type,
            name: new(),
        },
        Thing::Vpc { .. } => Thing::Vpc { id: new() },
        Thing::Subnet { .. } => Thing::Subnet { id: new() },
        Thing::SecurityGroup { .. } => Thing::SecurityGroup { id: new() },
        Thing::Bucket { .. } => Thing::Bucket { name: new() },
        Thing::Repository { .. } => Thing::Repository { name: new() },
        Thing::LogGroup { .. } => Thing::LogGroup { name: new() },
        Thing::Key { .. } => Thing::Key { id: new() },
        Thing::VpcEndpoint { .. } => Thing::VpcEndpoint { id: new() },
        Thing::OrganizationPolicy { kind, .. } => Thing::OrganizationPolicy {
            kind: *kind,
            name: new(),
        },
        Thing::Account
        | Thing::Domain { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. } => id.thing.clone(),
    };
    id.beside(thing)
}

/// A policy's ARN with another name; its path stays.
pub(super) fn renamed_arn(arn: &Arn, new: &str) -> Arn {
    let [_, partition, service, region, account, resource] = arn.parts();
    let path = resource.rsplit_once('/').map_or("policy", |it| it.0);
    Arn::from_parts([
        partition,
        service,
        region,
        account,
        &format!("{path}/{new}"),
    ])
}

fn set_name(world: &mut World, id: &EntityId, new: &str) {
    if let Some(name) = name_mut(world, id) {
        new.clone_into(name);
    } else if let Thing::ManagedPolicy { arn } = &id.thing {
        let policies = world.accounts_mut().flat_map(|it| &mut it.policies);
        for policy in policies.filter(|it| it.arn == *arn) {
            policy.arn = renamed_arn(arn, new);
        }
    }
}

/// The name of a thing, which is a field of its own of all but managed policies.
fn name_mut<'a>(world: &'a mut World, id: &EntityId) -> Option<&'a mut String> {
    match &id.thing {
        Thing::OrganizationalUnit { id } => {
            return Some(&mut world.organization.as_mut()?.root.unit_mut(id)?.name);
        }
        Thing::OrganizationPolicy { kind, name } => {
            return Some(&mut world.organization.as_mut()?.policy_mut(*kind, name)?.name);
        }
        _ => {}
    }
    let account = world.account_of_mut(id.account.as_ref())?;
    Some(match &id.thing {
        Thing::Account => &mut account.name,
        Thing::User { name } => &mut account.user_mut(name)?.name,
        Thing::Group { name } => &mut account.group_mut(name)?.name,
        Thing::Role { name } => &mut account.role_mut(name)?.name,
        Thing::InlinePolicy { owner, name } => {
            let mut policies = account.inline_policies_mut(owner)?.iter_mut();
            &mut policies.find(|it| it.name == *name)?.name
        }
        Thing::Domain { id } => &mut account.domain_mut(id)?.domain_name,
        Thing::UserProfile { domain, name } => {
            let domain = account.domain_mut(domain)?;
            &mut domain.user_profile_mut(name)?.user_profile_name
        }
        Thing::Space { domain, name } => {
            &mut account.domain_mut(domain)?.space_mut(name)?.space_name
        }
        Thing::App {
            domain,
            owner,
            app_type,
            name,
        } => {
            let domain = account.domain_mut(domain)?;
            &mut domain.app_mut(owner, *app_type, name)?.app_name
        }
        Thing::Vpc { id } => &mut account.vpc_mut(id)?.vpc_id,
        Thing::Subnet { id } => &mut account.subnet_mut(id)?.subnet_id,
        Thing::SecurityGroup { id } => &mut account.security_group_mut(id)?.group_id,
        Thing::Bucket { name } => &mut account.bucket_mut(name)?.name,
        Thing::Repository { name } => &mut account.repository_mut(name)?.name,
        Thing::LogGroup { name } => &mut account.log_group_mut(name)?.name,
        Thing::Key { id } => &mut account.key_mut(id)?.key_id,
        Thing::VpcEndpoint { id } => &mut account.vpc_endpoint_mut(id)?.vpc_endpoint_id,
        Thing::ManagedPolicy { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => return None,
    })
}

fn follow(world: &mut World, renamed: &Renamed) {
    let place = renamed.from.account.clone();
    let home = world.home.account.clone();
    let own = place.unwrap_or(home);
    for account in world.accounts_mut() {
        let is_own = account.account == own;
        follow_in_account(account, renamed, is_own);
        for text in account.texts_mut() {
            follow_in_text(text, renamed);
        }
        let own = account
            .policies
            .iter_mut()
            .filter(|it| !it.is_aws_managed());
        for version in own.flat_map(|it| &mut it.other_versions) {
            follow_in_text(&mut version.document, renamed);
        }
    }
    if let Some(organization) = &mut world.organization {
        for policy in &mut organization.policies {
            follow_in_text(&mut policy.document, renamed);
        }
        if let (
            Thing::OrganizationPolicy { kind, name },
            Thing::OrganizationPolicy { name: new, .. },
        ) = (&renamed.from.thing, &renamed.to.thing)
        {
            follow_attached(&mut organization.root, *kind, name, new);
        }
    }
}

fn follow_in_text(text: &mut PolicyText, renamed: &Renamed) {
    if let Some(new) = renamed.text(text.as_str()) {
        *text = new.into();
    }
}

fn follow_attached(
    unit: &mut OrganizationalUnit,
    kind: OrganizationPolicyKind,
    old: &str,
    new: &str,
) {
    let change = |names: &mut Vec<String>| {
        for name in names.iter_mut().filter(|it| *it == old) {
            new.clone_into(name);
        }
    };
    change(unit.attached_mut(kind));
    for member in &mut unit.accounts {
        change(member.attached_mut(kind));
    }
    for unit in &mut unit.units {
        follow_attached(unit, kind, old, new);
    }
}

fn follow_in_account(account: &mut Account, renamed: &Renamed, is_own: bool) {
    for role in account.role_fields_mut() {
        if let Some(new) = renamed.value(role) {
            *role = new;
        }
    }
    for key in account.key_fields_mut() {
        if let Some(new) = renamed.value(key) {
            *key = new;
        }
    }
    for principal in account.grant_fields_mut() {
        if let Some(new) = renamed.value(principal) {
            *principal = new;
        }
    }
    match (&renamed.from.thing, &renamed.to.thing) {
        (Thing::ManagedPolicy { arn: old }, Thing::ManagedPolicy { arn: new }) => {
            for arn in account.policy_arns_mut().filter(|it| *it == old) {
                *arn = new.clone();
            }
        }
        (Thing::Group { name: old }, Thing::Group { name: new }) if is_own => {
            let groups = account.users.iter_mut().flat_map(|it| &mut it.groups);
            for group in groups.filter(|it| *it == old) {
                new.clone_into(group);
            }
        }
        (Thing::Key { id: old }, Thing::Key { id: new }) if is_own => {
            for key in account.key_fields_mut().filter(|it| *it == old) {
                new.clone_into(key);
            }
        }
        (
            Thing::Vpc { id: old } | Thing::Subnet { id: old } | Thing::SecurityGroup { id: old },
            Thing::Vpc { id: new } | Thing::Subnet { id: new } | Thing::SecurityGroup { id: new },
        ) if is_own => network::follow(account, &renamed.from.thing, old, new),
        (Thing::UserProfile { domain, name: old }, Thing::UserProfile { name: new, .. })
            if is_own =>
        {
            if let Some(domain) = account.domain_mut(domain) {
                follow_profile(domain, old, new);
            }
        }
        (Thing::Space { domain, name: old }, Thing::Space { name: new, .. }) if is_own => {
            let apps = account.domain_mut(domain).map(|it| &mut it.apps);
            let spaces = apps.into_iter().flatten();
            for space in spaces.filter_map(|it| it.space_name.as_mut()) {
                if space == old {
                    new.clone_into(space);
                }
            }
        }
        _ => {}
    }
}

fn follow_profile(domain: &mut Domain, old: &str, new: &str) {
    let of_spaces = domain.spaces.iter_mut();
    let of_spaces = of_spaces.map(|it| &mut it.owner_user_profile_name);
    let of_apps = domain.apps.iter_mut();
    let of_apps = of_apps.filter_map(|it| it.user_profile_name.as_mut());
    for name in of_spaces.chain(of_apps) {
        if name.eq_ignore_ascii_case(old) {
            new.clone_into(name);
        }
    }
}

impl Account {
    /// Every field with the ARN of an execution role.
    fn role_fields_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.domains.iter_mut().flat_map(|it| {
            let profiles = it.user_profiles.iter_mut();
            let profiles = profiles.map(|it| &mut it.user_settings.execution_role);
            let r_studio = &mut it.domain_settings.r_studio_server_pro_domain_settings;
            let own = [
                &mut it.default_user_settings.execution_role,
                &mut it.default_space_settings.execution_role,
                &mut r_studio.domain_execution_role_arn,
            ];
            profiles.chain(own).flatten()
        })
    }

    /// Every principal of a grant on a key, and the resource on whose behalf one may be used.
    fn grant_fields_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.keys
            .iter_mut()
            .flat_map(|it| &mut it.grants)
            .flat_map(|it| {
                let others = [&mut it.retiring_principal, &mut it.constraints.source_arn];
                std::iter::once(&mut it.grantee_principal).chain(others.into_iter().flatten())
            })
    }

    /// Every field with the id or the ARN of a key.
    fn key_fields_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let domains = self.domains.iter_mut().map(|it| &mut it.kms_key_id);
        let buckets = self.buckets.iter_mut().map(|it| &mut it.kms_key_id);
        domains.chain(buckets).flatten()
    }

    /// Every ARN of a managed policy that is attached or a boundary.
    fn policy_arns_mut(&mut self) -> impl Iterator<Item = &mut Arn> {
        let users = self.users.iter_mut().flat_map(|it| {
            let boundary = it.permissions_boundary.iter_mut();
            it.attached_policies.iter_mut().chain(boundary)
        });
        let groups = self.groups.iter_mut();
        let groups = groups.flat_map(|it| &mut it.attached_policies);
        let roles = self.roles.iter_mut().flat_map(|it| {
            let boundary = it.permissions_boundary.iter_mut();
            it.attached_policies.iter_mut().chain(boundary)
        });
        users.chain(groups).chain(roles)
    }

    /// The lists of attached policies, each with its owner.
    pub(super) fn attached_mut(&mut self) -> impl Iterator<Item = &mut Vec<Arn>> {
        let users = self.users.iter_mut().map(|it| &mut it.attached_policies);
        let groups = self.groups.iter_mut().map(|it| &mut it.attached_policies);
        let roles = self.roles.iter_mut().map(|it| &mut it.attached_policies);
        users.chain(groups).chain(roles)
    }
}
