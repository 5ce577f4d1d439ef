//! Additions to an organization: the organization itself, its units, accounts and policies.

use crate::{
    names::AccountId,
    world::{
        Account, EntityId, Limited, MemberAccount, Organization, OrganizationPolicy,
        OrganizationPolicyKind, OrganizationalUnit, Thing, World, WorldFinding, WorldFindingKind,
        change::{Refusal, name},
    },
};

/// A limit that denies one thing nobody needs.
const SCP: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "organizations:LeaveOrganization",
      "Resource": "*"
    }
  ]
}"#;

const RCP: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "false"
        }
      }
    }
  ]
}"#;

/// An organization with every account of the world right below its root, the home account among
/// them. A new account manages it: what limits the others does not limit that one.
pub(super) fn organization(world: &mut World) -> Result<EntityId, Refusal> {
    if world.organization.is_some() {
        return Err(Refusal::SecondOrganization);
    }
    let management_account = name::account_id(world).ok_or(Refusal::Fixed)?;
    let names = |kind: OrganizationPolicyKind| vec![kind.full_access().to_owned()];
    let scps = || names(OrganizationPolicyKind::Scp);
    let rcps = || names(OrganizationPolicyKind::Rcp);
    let member = |account: &AccountId| MemberAccount {
        account: account.clone(),
        scps: scps(),
        rcps: rcps(),
    };
    let accounts = world.accounts().map(|it| &it.account);
    let accounts = [&management_account].into_iter().chain(accounts);
    let root = OrganizationalUnit {
        id: "r-0001".to_owned(),
        name: "Root".to_owned(),
        scps: scps(),
        rcps: rcps(),
        units: Vec::new(),
        accounts: accounts.map(member).collect(),
    };
    let policies = OrganizationPolicyKind::ALL.map(full_access_policy);
    world.organization = Some(Organization {
        id: "o-0000000001".to_owned(),
        management_account,
        enabled_policy_types: OrganizationPolicyKind::ALL.to_vec(),
        policies: policies.to_vec(),
        root,
    });
    Ok(Thing::Organization.into())
}

/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
fn full_access_policy(kind: OrganizationPolicyKind) -> OrganizationPolicy {
    let document = kind.full_access_text();
    OrganizationPolicy {
        name: kind.full_access().to_owned(),
        kind,
        document: document.into(),
    }
}

/// What AWS attaches to a new unit or account by itself.
fn attached(organization: &mut Organization, kind: OrganizationPolicyKind) -> Vec<String> {
    if !organization.enabled_policy_types.contains(&kind) {
        return Vec::new();
    }
    let name = kind.full_access();
    if organization.policy(kind, name).is_none() {
        organization.policies.push(full_access_policy(kind));
    }
    vec![name.to_owned()]
}

/// The unit at a place, else the root.
fn unit_at<'a>(
    organization: &'a mut Organization,
    at: &EntityId,
) -> Result<&'a mut OrganizationalUnit, Refusal> {
    match &at.thing {
        Thing::OrganizationalUnit { id } => {
            let unit = organization.root.unit_mut(id);
            unit.ok_or_else(|| Refusal::Gone(at.clone()))
        }
        _ => Ok(&mut organization.root),
    }
}

pub(super) fn unit(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let id = name::unit_id(world);
    let organization = world.organization.as_mut().ok_or(Refusal::NoOrganization)?;
    let depth = match &at.thing {
        Thing::OrganizationalUnit { id } => organization.root.depth_of(id).unwrap_or(0),
        _ => 0,
    };
    let entity = EntityId::home(Thing::OrganizationalUnit { id: id.clone() });
    if depth >= Limited::NestedUnits.most() {
        return Err(Refusal::Finding(Box::new(WorldFinding {
            entity,
            kind: WorldFindingKind::TooMany {
                what: Limited::NestedUnits,
                n: depth + 1,
            },
        })));
    }
    let scps = attached(organization, OrganizationPolicyKind::Scp);
    let rcps = attached(organization, OrganizationPolicyKind::Rcp);
    let parent = unit_at(organization, at)?;
    let taken: Vec<String> = parent.units.iter().map(|it| it.name.clone()).collect();
    parent.units.push(OrganizationalUnit {
        id,
        name: name::free("new-unit", &taken, 128),
        scps,
        rcps,
        units: Vec::new(),
        accounts: Vec::new(),
    });
    Ok(entity)
}

pub(super) fn account(world: &mut World, at: &EntityId) -> Result<EntityId, Refusal> {
    let id = name::account_id(world).ok_or(Refusal::Fixed)?;
    if let Some(organization) = &mut world.organization {
        let member = MemberAccount {
            account: id.clone(),
            scps: attached(organization, OrganizationPolicyKind::Scp),
            rcps: attached(organization, OrganizationPolicyKind::Rcp),
        };
        unit_at(organization, at)?.accounts.push(member);
    }
    let taken: Vec<String> = world.accounts().map(|it| it.name.clone()).collect();
    let mut account = Account::new(id.clone());
    account.name = name::free("new-account", &taken, 128);
    world.other_accounts.push(account);
    Ok(world.entity(&id, Thing::Account))
}

pub(super) fn organization_policy(
    world: &mut World,
    kind: OrganizationPolicyKind,
) -> Result<EntityId, Refusal> {
    let of = |name| EntityId::home(Thing::OrganizationPolicy { kind, name });
    let taken = name::taken(world, &of(String::new()));
    let (base, document) = match kind {
        OrganizationPolicyKind::Scp => ("new-scp", SCP),
        OrganizationPolicyKind::Rcp => ("new-rcp", RCP),
    };
    let name = name::free(base, &taken, 128);
    let organization = world.organization.as_mut().ok_or(Refusal::NoOrganization)?;
    organization.policies.push(OrganizationPolicy {
        name: name.clone(),
        kind,
        document: document.into(),
    });
    Ok(of(name))
}
