//! What of an account nobody can make, and what it names that is not there: taken out where AWS would
//! refuse it, and said.
//!
//! Knows no form. INVARIANT: whatever is taken out is said.

use crate::{
    eval::KeyGrant,
    export::some,
    names::Arn,
    world::{Account, Role, World},
};

/// The account as it can be built.
pub(super) fn makeable(world: &World, account: &Account, left_out: &mut Vec<String>) -> Account {
    let mut makeable = account.clone();
    let (refused, roles): (Vec<&Role>, Vec<&Role>) =
        account.roles.iter().partition(|it| made_by(it).is_some());
    for role in &refused {
        left_out.push(format!(
            "role `{}`: {}, and AWS refuses to make it otherwise; what names it has to wait until it is there",
            role.name,
            made_by(role).unwrap_or_default()
        ));
    }
    if !refused.is_empty() {
        makeable.roles = roles.into_iter().cloned().collect::<Vec<_>>().into();
    }
    let mut keys = Vec::new();
    for key in &account.keys {
        let mut key = key.clone();
        let grants = std::mem::take(&mut key.grants);
        for it in grants {
            match why_not(world, &makeable, &it) {
                Some(why) => left_out.push(format!(
                    "grant `{}` on the key `{}`: {why}",
                    it.grant_id,
                    key.name()
                )),
                None => key.grants.push(it),
            }
        }
        keys.push(key);
    }
    makeable.keys = keys;
    unknown_policies(&makeable, left_out);
    makeable
}

/// Who makes a role that people cannot make.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
/// <https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html>
fn made_by(role: &Role) -> Option<&'static str> {
    if role.is_service_linked() {
        Some("it is linked to a service, which makes it")
    } else if role.is_kept_by_aws() {
        Some("IAM Identity Center makes it of a permission set")
    } else {
        None
    }
}

/// Why AWS would not make a grant.
fn why_not(world: &World, account: &Account, grant: &KeyGrant) -> Option<String> {
    if !can_be_asked_for(grant) {
        let why = "only the service that it is for or that ends it makes such a grant";
        return Some(why.to_owned());
    }
    let mut named = std::iter::once(&grant.grantee_principal).chain(&grant.retiring_principal);
    let missing = named.find(|it| !may_be_there(world, account, it))?;
    Some(format!(
        "it names `{missing}`, which is not built; make it once that is there"
    ))
}

/// Whether people can make such a grant: those for and of services are made by the services alone.
fn can_be_asked_for(grant: &KeyGrant) -> bool {
    let is_arn = |it: &String| it.starts_with("arn:");
    is_arn(&grant.grantee_principal)
        && grant.retiring_principal.as_ref().is_none_or(is_arn)
        && grant.constraints.source_arn.is_none()
}

/// Of other accounts nothing is known.
fn may_be_there(world: &World, account: &Account, principal: &str) -> bool {
    let Some(arn) = Arn::parse(principal) else {
        return false;
    };
    if arn.account().as_ref() != Some(&account.account) {
        return true;
    }
    match arn.resource().split_once('/') {
        Some(("role", _)) => world.role_by_arn_in(account, principal).is_some(),
        Some(("user", _)) => world.user_by_arn_in(account, principal).is_some(),
        Some(("assumed-role", rest)) => {
            let name = rest.split('/').next().unwrap_or_default();
            account.role(name).is_some()
        }
        _ => true,
    }
}

/// Policies of the account that its identities name and that it does not have. AWS has its own.
fn unknown_policies(account: &Account, left_out: &mut Vec<String>) {
    let is_unknown =
        |arn: &&Arn| !arn.is_aws_owned() && account.policies.named(arn.as_str()).is_none();
    let groups = account.groups.iter();
    let groups = groups.map(|it| (format!("group `{}`", it.name), &it.attached_policies, None));
    let users = account.users.iter().map(|it| {
        let boundary = it.permissions_boundary.as_ref();
        (
            format!("user `{}`", it.name),
            &it.attached_policies,
            boundary,
        )
    });
    let roles = account.roles.iter().map(|it| {
        let boundary = it.permissions_boundary.as_ref();
        (
            format!("role `{}`", it.name),
            &it.attached_policies,
            boundary,
        )
    });
    for (owner, attached, boundary) in groups.chain(users).chain(roles) {
        let unknown: Vec<String> = attached
            .iter()
            .filter(is_unknown)
            .map(ToString::to_string)
            .collect();
        if !unknown.is_empty() {
            left_out.push(format!(
                "attached to {owner}, but not in the world: {}; make it first",
                some(&unknown)
            ));
        }
        if let Some(arn) = boundary.filter(is_unknown) {
            left_out.push(format!(
                "permissions boundary `{arn}` of {owner}: it is not in the world; make it first"
            ));
        }
    }
}
