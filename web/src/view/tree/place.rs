//! Where in the tree something stands, worked out without making a row.
//!
//! Invariant: the keys are those that the rows have.

use rolewalk_core::{
    names::Arn,
    world::{
        Account, AppOwner, EntityId, Organization, OrganizationPolicyKind, OrganizationalUnit,
        Owner, Text, Thing, Vpc, World,
    },
};

use crate::state::selection::Selection;

/// The keys of the rows above the first that stands for a selection, the innermost last.
pub(super) fn parents(world: &World, selection: &Selection) -> Vec<String> {
    let (account, way) = match selection {
        Selection::Entity(EntityId { account, thing }) => match thing {
            Thing::OrganizationalUnit { id } => {
                let root = world.organization.as_ref().map(|it| &it.root);
                let way = root.and_then(|root| unit(root, &|it| it.id == *id));
                return way.map_or_else(Vec::new, |mut way| {
                    way.pop();
                    below("organization", &way)
                });
            }
            Thing::Subnet { .. } | Thing::SecurityGroup { .. } => {
                let own = world.account_of(account.as_ref());
                let vpc = own.and_then(|it| it.vpcs.iter().find(|vpc| is_in(thing, vpc)));
                let folder = of_thing(thing).into_iter();
                let way = folder.chain(vpc.map(|it| it.vpc_id.clone())).collect();
                (account.as_ref(), way)
            }
            thing => (account.as_ref(), of_thing(thing)),
        },
        Selection::Document(id) => match &id.text {
            Text::Managed { arn } => return attached(world, arn),
            Text::Organization { kind, name } => {
                let organization = world.organization.as_ref();
                return organization.map_or_else(Vec::new, |it| of_organization(it, *kind, name));
            }
            Text::Trust { role } => (id.account.as_ref(), owner(&Owner::Role(role.clone()))),
            Text::Inline { owner: own, .. } => (id.account.as_ref(), owner(own)),
            Text::Bucket { .. }
            | Text::Key { .. }
            | Text::Repository { .. }
            | Text::VpcEndpoint { .. } => {
                let entity = id.entity();
                let mut way = of_thing(&entity.thing);
                way.push(entity.to_string());
                (id.account.as_ref(), way)
            }
        },
    };
    let root = account.map_or_else(|| "account".to_owned(), |it| format!("account-{it}"));
    if way.is_empty() {
        return Vec::new();
    }
    below(&root, &way)
}

/// Each key of a way.
fn below(root: &str, way: &[String]) -> Vec<String> {
    let mut keys = vec![root.to_owned()];
    let mut key = root.to_owned();
    for name in way {
        key = format!("{key}/{name}");
        keys.push(key.clone());
    }
    keys
}

/// The names of the rows above a thing, below its account; none for the account itself.
fn of_thing(thing: &Thing) -> Vec<String> {
    let way: &[&str] = match thing {
        Thing::User { .. } => &["iam", "users"],
        Thing::Group { .. } => &["iam", "groups"],
        Thing::Role { .. } => &["iam", "roles"],
        Thing::Domain { .. } => &["sagemaker"],
        Thing::UserProfile { domain, .. } | Thing::Space { domain, .. } => &["sagemaker", domain],
        Thing::Bucket { .. } => &["services", "s3"],
        Thing::Repository { .. } => &["services", "ecr"],
        Thing::LogGroup { .. } => &["services", "logs"],
        Thing::Key { .. } => &["services", "kms"],
        Thing::Vpc { .. } | Thing::Subnet { .. } | Thing::SecurityGroup { .. } => {
            &["services", "networks"]
        }
        Thing::VpcEndpoint { .. } => &["services", "vpc"],
        Thing::App { domain, owner, .. } => match owner {
            AppOwner::Profile(name) => &["sagemaker", domain, name],
            AppOwner::Space(name) => &["sagemaker", domain, &format!("space-{name}")],
            AppOwner::Domain => &["sagemaker", domain],
        },
        Thing::Account
        | Thing::Organization
        | Thing::OrganizationalUnit { .. }
        // These are selected as texts.
        | Thing::ManagedPolicy { .. }
        | Thing::InlinePolicy { .. }
        | Thing::OrganizationPolicy { .. } => &[],
    };
    way.iter().map(|it| (*it).to_owned()).collect()
}

fn is_in(thing: &Thing, vpc: &Vpc) -> bool {
    match thing {
        Thing::Subnet { id } => vpc.subnets.iter().any(|it| it.subnet_id == *id),
        Thing::SecurityGroup { id } => vpc.security_groups.iter().any(|it| it.group_id == *id),
        _ => false,
    }
}

/// The way to what hangs below a user, group or role.
fn owner(owner: &Owner) -> Vec<String> {
    let (folder, name) = match owner {
        Owner::User(name) => ("users", name),
        Owner::Group(name) => ("groups", name),
        Owner::Role(name) => ("roles", name),
    };
    vec!["iam".to_owned(), folder.to_owned(), name.clone()]
}

/// Above the first row of a managed policy: with whom it is attached to, else among the policies.
fn attached(world: &World, arn: &Arn) -> Vec<String> {
    let mut accounts = world.accounts().enumerate();
    let way = accounts.find_map(|(idx, account)| {
        let way = attached_in(account, arn)?;
        let root = match idx {
            0 => "account".to_owned(),
            _ => format!("account-{}", account.account),
        };
        Some(below(&root, &way))
    });
    way.unwrap_or_default()
}

fn attached_in(account: &Account, arn: &Arn) -> Option<Vec<String>> {
    let user = || {
        account
            .users
            .iter()
            .find(|it| it.attached_policies.contains(arn))
    };
    let group = || {
        account
            .groups
            .iter()
            .find(|it| it.attached_policies.contains(arn))
    };
    let role = || {
        account
            .roles
            .iter()
            .find(|it| it.attached_policies.contains(arn))
    };
    let own = user()
        .map(|it| Owner::User(it.name.clone()))
        .or_else(|| group().map(|it| Owner::Group(it.name.clone())))
        .or_else(|| role().map(|it| Owner::Role(it.name.clone())));
    match own {
        Some(own) => Some(owner(&own)),
        None => account
            .policies
            .iter()
            .any(|it| it.arn == *arn)
            .then(|| vec!["iam".to_owned(), "policies".to_owned()]),
    }
}

/// Above the first row of a policy of the organization.
fn of_organization(
    organization: &Organization,
    kind: OrganizationPolicyKind,
    name: &str,
) -> Vec<String> {
    let has = |names: &[String]| names.iter().any(|it| it == name);
    let way = unit(&organization.root, &|it| {
        has(it.attached(kind)) || it.accounts.iter().any(|it| has(it.attached(kind)))
    });
    let mut way = way.unwrap_or_else(|| vec!["policies".to_owned()]);
    let found = way.last().and_then(|it| organization.root.unit(it));
    if let Some(unit) = found.filter(|it| !has(it.attached(kind))) {
        let mut members = unit.accounts.iter();
        let member = members.find(|it| has(it.attached(kind)));
        way.extend(member.map(|it| it.account.to_string()));
    }
    below("organization", &way)
}

/// The way to the first unit that is as asked for, itself last.
fn unit(
    unit: &OrganizationalUnit,
    is_it: &dyn Fn(&OrganizationalUnit) -> bool,
) -> Option<Vec<String>> {
    if is_it(unit) {
        return Some(vec![unit.id.clone()]);
    }
    let mut below = unit.units.iter();
    let mut way = below.find_map(|it| self::unit(it, is_it))?;
    way.insert(0, unit.id.clone());
    Some(way)
}
