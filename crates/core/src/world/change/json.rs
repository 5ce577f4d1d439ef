//! A thing as JSON of its own, as it stands in a scenario's file.
//!
//! Invariant: [`set_json`] reads what [`json_of`] writes back to the same world. A name that is
//! changed in the JSON is a renaming, and everything follows as it does there.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    names::Arn,
    world::{
        Account, App, Bucket, Domain, EntityId, Group, InlinePolicy, Key, LogGroup, ManagedPolicy,
        Organization, OrganizationPolicy, OrganizationalUnit, PolicyText, Repository, Role,
        SecurityGroup, Space, Subnet, Thing, User, UserProfile, Vpc, VpcEndpoint, World,
        WorldFinding, WorldFindingKind,
        change::{
            Refusal, Renamed, name,
            rename::{admit, renamed_id, settle},
            replacement::Spellings,
        },
    },
};

/// Why a text does not become a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonRefusal {
    /// It is not JSON, or not of the thing's shape.
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 where the line is empty.
        column: usize,
        /// What is wrong, as the reader says it.
        message: String,
    },
    /// It reads, and says what AWS would refuse.
    Refused(Refusal),
}

impl From<Refusal> for JsonRefusal {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The thing as JSON, indented by two; nothing where it is not there. A policy that is laid out as
/// this module would do it stands as an object, any other as its text.
pub fn json_of(world: &World, id: &EntityId) -> Option<String> {
    let organization = world.organization.as_ref();
    match &id.thing {
        Thing::ManagedPolicy { arn } => return written(world.policy(arn)?),
        Thing::Organization => return written(organization?),
        Thing::OrganizationalUnit { id } => return written(organization?.root.unit(id)?),
        Thing::OrganizationPolicy { kind, name } => {
            return written(organization?.policy(*kind, name)?);
        }
        _ => {}
    }
    let account = world.account_of(id.account.as_ref())?;
    match &id.thing {
        Thing::Account => written(account),
        Thing::User { name } => written(account.user(name)?),
        Thing::Group { name } => written(account.group(name)?),
        Thing::Role { name } => written(account.role(name)?),
        Thing::InlinePolicy { owner, name } => {
            let mut policies = account.inline_policies(owner)?.iter();
            written(policies.find(|it| it.name == *name)?)
        }
        Thing::Domain { id } => written(account.domain(id)?),
        Thing::UserProfile { domain, name } => written(account.domain(domain)?.user_profile(name)?),
        Thing::Space { domain, name } => written(account.domain(domain)?.space(name)?),
        Thing::App {
            domain,
            owner,
            app_type,
            name,
        } => written(account.domain(domain)?.app(owner, *app_type, name)?),
        Thing::Vpc { id } => written(account.vpc(id)?),
        Thing::Subnet { id } => written(account.subnet(id)?.1),
        Thing::SecurityGroup { id } => written(account.security_group(id)?.1),
        Thing::Bucket { name } => written(account.bucket(name)?),
        Thing::Repository { name } => written(account.repository(name)?),
        Thing::LogGroup { name } => written(account.log_group(name)?),
        Thing::Key { id } => written(account.key(id)?),
        Thing::VpcEndpoint { id } => written(account.vpc_endpoint(id)?),
        Thing::ManagedPolicy { .. }
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        | Thing::OrganizationPolicy { .. } => None,
    }
}

fn written<T: Serialize>(thing: &T) -> Option<String> {
    let json = serde_json::to_string_pretty(thing).ok()?;
    let mut out = String::new();
    for line in json.lines() {
        match policy_line(line) {
            Some(laid_out) => out.push_str(&laid_out),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out.pop();
    Some(out)
}

/// A line with a policy's text, with an object in its place where that says the very same.
fn policy_line(line: &str) -> Option<String> {
    let member = line.trim_start();
    let indent = line.get(..line.len() - member.len())?;
    let (name, value) = member.split_once(": ")?;
    if !["\"document\"", "\"policy\"", "\"trustPolicy\""].contains(&name) {
        return None;
    }
    let (value, comma) = match value.strip_suffix(',') {
        Some(value) => (value, ","),
        None => (value, ""),
    };
    let text: String = serde_json::from_str(value).ok()?;
    let read: PolicyText = serde_json::from_str(&text).ok()?;
    if !text.starts_with('{') || read.as_str() != text {
        return None;
    }
    let laid_out = text.replace('\n', &format!("\n{indent}"));
    Some(format!("{indent}{name}: {laid_out}{comma}"))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonRefusal> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        JsonRefusal::Shape {
            line: error.line(),
            column: error.column(),
            message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
        }
    })
}

/// Puts what a text says in the place of a thing.
///
/// # Errors
///
/// Where the text does not read, where AWS would refuse its name, or where it changes an id that
/// must stay; the world is then as it was.
pub fn set_json(world: &mut World, id: &EntityId, text: &str) -> Result<Renamed, JsonRefusal> {
    if !id.exists_in(world) {
        return Err(Refusal::Gone(id.clone()).into());
    }
    let spellings = Spellings::of(world, id);
    let mut next = world.clone();
    let to = put(&mut next, id, text)?;
    let renamed = settle(&mut next, id, to, spellings);
    *world = next;
    Ok(renamed)
}

fn put(world: &mut World, id: &EntityId, text: &str) -> Result<EntityId, JsonRefusal> {
    match &id.thing {
        Thing::Account => {
            let is_same = |new: &Account, old: &Account| new.account == old.account;
            swap(world, id, text, is_same, None, |it| account(it, id))
        }
        Thing::Organization => {
            let is_same = |new: &Organization, old: &Organization| new.id == old.id;
            swap(world, id, text, is_same, None, |it| {
                it.organization.as_mut()
            })
        }
        Thing::OrganizationalUnit { id: own } => {
            let is_same = |new: &OrganizationalUnit, old: &OrganizationalUnit| new.id == old.id;
            let name: Name<OrganizationalUnit> = |it| &it.name;
            swap(world, id, text, is_same, Some(name), |it| {
                it.organization.as_mut()?.root.unit_mut(own)
            })
        }
        Thing::OrganizationPolicy { kind, name: old } => {
            let is_same = |new: &OrganizationPolicy, old: &OrganizationPolicy| new.kind == old.kind;
            let name: Name<OrganizationPolicy> = |it| &it.name;
            swap(world, id, text, is_same, Some(name), |it| {
                it.organization.as_mut()?.policy_mut(*kind, old)
            })
        }
        Thing::ManagedPolicy { arn } => managed(world, id, arn, text),
        Thing::Domain { id: own } => {
            let is_same = |new: &Domain, old: &Domain| new.domain_id == old.domain_id;
            let name: Name<Domain> = |it| &it.domain_name;
            swap(world, id, text, is_same, Some(name), |it| {
                account(it, id)?.domain_mut(own)
            })
        }
        Thing::UserProfile { domain, name } => named(
            world,
            id,
            text,
            |it: &UserProfile| &it.user_profile_name,
            |it| {
                let domain = account(it, id)?.domain_mut(domain)?;
                domain.user_profile_mut(name)
            },
        ),
        Thing::Space { domain, name } => named(
            world,
            id,
            text,
            |it: &Space| &it.space_name,
            |it| account(it, id)?.domain_mut(domain)?.space_mut(name),
        ),
        _ => put_in_account(world, id, text),
    }
}

fn put_in_account(world: &mut World, id: &EntityId, text: &str) -> Result<EntityId, JsonRefusal> {
    match &id.thing {
        Thing::User { name } => named(
            world,
            id,
            text,
            |it: &User| &it.name,
            |it| account(it, id)?.user_mut(name),
        ),
        Thing::Group { name } => named(
            world,
            id,
            text,
            |it: &Group| &it.name,
            |it| account(it, id)?.group_mut(name),
        ),
        Thing::Role { name } => named(
            world,
            id,
            text,
            |it: &Role| &it.name,
            |it| account(it, id)?.role_mut(name),
        ),
        Thing::InlinePolicy { owner, name } => named(
            world,
            id,
            text,
            |it: &InlinePolicy| &it.name,
            |it| {
                let policies = account(it, id)?.inline_policies_mut(owner)?;
                policies.iter_mut().find(|it| it.name == *name)
            },
        ),
        Thing::App { .. } => app(world, id, text),
        Thing::Vpc { id: own } => named(
            world,
            id,
            text,
            |it: &Vpc| &it.vpc_id,
            |it| account(it, id)?.vpc_mut(own),
        ),
        Thing::Subnet { id: own } => named(
            world,
            id,
            text,
            |it: &Subnet| &it.subnet_id,
            |it| account(it, id)?.subnet_mut(own),
        ),
        Thing::SecurityGroup { id: own } => named(
            world,
            id,
            text,
            |it: &SecurityGroup| &it.group_id,
            |it| account(it, id)?.security_group_mut(own),
        ),
        Thing::Bucket { name } => named(
            world,
            id,
            text,
            |it: &Bucket| &it.name,
            |it| account(it, id)?.bucket_mut(name),
        ),
        Thing::Repository { name } => named(
            world,
            id,
            text,
            |it: &Repository| &it.name,
            |it| account(it, id)?.repository_mut(name),
        ),
        Thing::LogGroup { name } => named(
            world,
            id,
            text,
            |it: &LogGroup| &it.name,
            |it| account(it, id)?.log_group_mut(name),
        ),
        Thing::Key { id: own } => named(
            world,
            id,
            text,
            |it: &Key| &it.key_id,
            |it| account(it, id)?.key_mut(own),
        ),
        Thing::VpcEndpoint { id: own } => named(
            world,
            id,
            text,
            |it: &VpcEndpoint| &it.vpc_endpoint_id,
            |it| account(it, id)?.vpc_endpoint_mut(own),
        ),
        _ => Err(Refusal::Gone(id.clone()).into()),
    }
}

/// Another ARN of the same account is a renaming, whatever the path.
fn managed(
    world: &mut World,
    id: &EntityId,
    arn: &Arn,
    text: &str,
) -> Result<EntityId, JsonRefusal> {
    let new: ManagedPolicy = read(text)?;
    let owner = |it: &Arn| {
        it.parts()
            .map(str::to_owned)
            .into_iter()
            .take(5)
            .collect::<Vec<_>>()
    };
    if owner(&new.arn) != owner(arn) {
        return Err(Refusal::FixedId.into());
    }
    if new.name() != arn.last_segment() {
        admit(world, id, new.name())?;
    }
    let thing = Thing::ManagedPolicy {
        arn: new.arn.clone(),
    };
    let mut policies = world.accounts_mut().flat_map(|it| &mut it.policies);
    let policy = policies.find(|it| it.arn == *arn);
    *policy.ok_or_else(|| Refusal::Gone(id.clone()))? = new;
    Ok(id.beside(thing))
}

/// Another owner or kind of an app is another id, as another name is.
fn app(world: &mut World, id: &EntityId, text: &str) -> Result<EntityId, JsonRefusal> {
    let new: App = read(text)?;
    let gone = || Refusal::Gone(id.clone());
    let Thing::App {
        domain,
        owner,
        app_type,
        name,
    } = &id.thing
    else {
        return Err(gone().into());
    };
    let to = id.beside(Thing::App {
        domain: domain.clone(),
        owner: new.owner(),
        app_type: new.app_type,
        name: new.app_name.clone(),
    });
    if to != *id {
        name::admit(world, &to, &new.app_name)?;
        if to.exists_in(world) {
            let name = new.app_name.clone();
            let kind = WorldFindingKind::Taken { name };
            return Err(Refusal::Finding(Box::new(WorldFinding { entity: to, kind })).into());
        }
    }
    let domain = account(world, id).and_then(|it| it.domain_mut(domain));
    let slot = domain.and_then(|it| it.app_mut(owner, *app_type, name));
    *slot.ok_or_else(gone)? = new;
    Ok(to)
}

type Name<T> = fn(&T) -> &String;

/// Replaces a thing that goes by its name alone.
fn named<T: DeserializeOwned>(
    world: &mut World,
    id: &EntityId,
    text: &str,
    name: Name<T>,
    slot: impl FnOnce(&mut World) -> Option<&mut T>,
) -> Result<EntityId, JsonRefusal> {
    swap(world, id, text, |_, _| true, Some(name), slot)
}

/// Replaces a thing; `is_same` says whether what must stay does.
fn swap<T: DeserializeOwned>(
    world: &mut World,
    id: &EntityId,
    text: &str,
    is_same: impl FnOnce(&T, &T) -> bool,
    name: Option<Name<T>>,
    slot: impl FnOnce(&mut World) -> Option<&mut T>,
) -> Result<EntityId, JsonRefusal> {
    let new: T = read(text)?;
    let mut to = id.clone();
    if let Some(name) = name {
        let name = name(&new);
        let old = name::name_of(world, id);
        if old.as_ref() != Some(name) {
            admit(world, id, name)?;
            to = renamed_id(id, name);
        }
    }
    let old = slot(world).ok_or_else(|| Refusal::Gone(id.clone()))?;
    if !is_same(&new, old) {
        return Err(Refusal::FixedId.into());
    }
    *old = new;
    Ok(to)
}

fn account<'a>(world: &'a mut World, id: &EntityId) -> Option<&'a mut Account> {
    world.account_of_mut(id.account.as_ref())
}
