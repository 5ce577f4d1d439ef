//! A scenario around a world in which nobody has chosen anything yet: somebody opens Studio in it, or makes one API call
//! where there is no Studio.
//!
//! Knows nothing of where the world came from. Invariant: every name in the choice is one of the
//! world's, or empty where it has none.

use std::collections::BTreeMap;

use crate::{
    flow::{ApiCall, Choice, DataLocation, SignIn, Workload},
    names::Arn,
    policy::{self, Effect, PolicyKind, Statement},
    scenario::{FORMAT, Scenario},
    world::{AuthMode, InlinePolicy, PolicyText, World},
};

impl Scenario {
    /// The scenario of that name in that world; `about` is the line that says what it shows.
    pub fn around(world: World, name: &str, about: &str) -> Self {
        Self {
            rolewalk: FORMAT,
            name: name.to_owned(),
            about: about.to_owned(),
            invitation: None,
            choice: choice(&world),
            checks: Vec::new(),
            world,
        }
    }
}

/// Of how many users and roles the policies are read for a call: an account has thousands.
const MOST: usize = 100;

/// The first of everything; of the users one that a profile is named after, where there is one.
fn choice(world: &World) -> Choice {
    let home = &world.home;
    let domain = home.domains.first();
    let profiles = domain.map_or(&[][..], |it| &it.user_profiles);
    let pair = home.users.iter().find_map(|user| {
        let profile = profiles
            .iter()
            .find(|it| it.user_profile_name.eq_ignore_ascii_case(&user.name))?;
        Some((user, profile))
    });
    let user = pair.map(|it| it.0).or_else(|| home.users.first());
    let profile = pair.map(|it| it.1).or_else(|| profiles.first());
    let of_identity_center = domain.is_some_and(|it| it.auth_mode == AuthMode::Sso);
    let sso_user = profile.and_then(|it| it.single_sign_on_user_value.clone());
    let user = user.map_or_else(String::new, |it| it.name.clone());
    let (sign_in, user) = match sso_user.filter(|_| of_identity_center) {
        Some(user) => (SignIn::IdentityCenter, user),
        None => (SignIn::Iam, user),
    };
    let name = |it: Option<&String>| it.cloned().unwrap_or_default();
    // Without a profile nobody opens Studio, so the walk is what an account without SageMaker has.
    let (user, workload) = match profile {
        Some(_) => (user, Workload::OpenStudio),
        None => first_call(world),
    };
    Choice {
        person: user.clone(),
        user,
        sign_in,
        mfa: true,
        role: None,
        session_tags: BTreeMap::new(),
        source_identity: None,
        external_id: None,
        session_policy_arns: Vec::new(),
        session_policy: None,
        session_seconds: 3600,
        role_chain: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_ip: None,
        source_vpce: None,
        user_agent: None,
        domain: name(domain.map(|it| &it.domain_id)),
        user_profile: name(profile.map(|it| &it.user_profile_name)),
        workload,
        data: DataLocation {
            bucket: name(home.buckets.first().map(|it| &it.name)),
            prefix: String::new(),
        },
        repository: name(home.repositories.first().map(|it| &it.name)),
        time: "2026-01-15T09:00:00Z".to_owned(),
    }
}

/// Who makes a call: the name of a user, or the ARN of a role.
enum Caller {
    User(String),
    Role(Arn),
}

/// A user and a call of theirs, or a call of a role: the first of the account of whom a policy allows an action by its
/// name, else the first of all with a call that wildcards take in.
fn first_call(world: &World) -> (String, Workload) {
    let home = &world.home;
    let users = home.users.iter().map(|user| {
        let groups = home.groups.iter();
        let own = groups.filter(|it| user.groups.contains(&it.name));
        let of_groups = own.flat_map(|it| texts(world, &it.inline_policies, &it.attached_policies));
        let own = texts(world, &user.inline_policies, &user.attached_policies);
        let texts: Vec<_> = own.into_iter().chain(of_groups).collect();
        (Caller::User(user.name.clone()), texts)
    });
    let roles = home.roles.iter().map(|role| {
        let texts = texts(world, &role.inline_policies, &role.attached_policies);
        (Caller::Role(world.role_arn(role)), texts)
    });
    let (mut first, mut found) = (None, None);
    for (caller, texts) in users.take(MOST).chain(roles.take(MOST)) {
        let call = texts.into_iter().find_map(allowed_call);
        if let Some(call) = call {
            found = Some((caller, call));
            break;
        }
        first = first.or(Some(caller));
    }
    let any = || ("s3:ListAllMyBuckets".to_owned(), "*".to_owned());
    let (caller, (action, resource)) = match found {
        Some((caller, call)) => (Some(caller), call),
        None => (first, any()),
    };
    let (user, principal) = match caller {
        Some(Caller::User(name)) => (name, None),
        Some(Caller::Role(arn)) => (String::new(), Some(arn.to_string())),
        None => (String::new(), None),
    };
    let call = ApiCall {
        principal,
        action,
        resource,
        context: BTreeMap::new(),
    };
    (user, Workload::ApiCall(call))
}

/// The texts of somebody's policies, their own first.
fn texts<'a>(
    world: &'a World,
    inline: &'a [InlinePolicy],
    attached: &'a [Arn],
) -> Vec<&'a PolicyText> {
    let attached = attached.iter().filter_map(|it| world.policy(it));
    let inline = inline.iter().map(|it| &it.document);
    inline.chain(attached.map(|it| &it.document)).collect()
}

/// The first action that a policy allows by its name, and something that it allows it on.
fn allowed_call(text: &PolicyText) -> Option<(String, String)> {
    let (policy, _) = policy::parse(text.as_str(), PolicyKind::Identity);
    let policy = policy?;
    policy.statements.iter().find_map(call_of)
}

fn call_of(statement: &Statement) -> Option<(String, String)> {
    let resource = statement.resource.as_ref()?;
    let is_plain = statement.effect.value == Effect::Allow
        && statement.conditions.is_empty()
        && !statement.action.negated
        && !resource.negated;
    let mut actions = statement.action.patterns.iter().map(|it| it.value.text());
    let action = actions.find(|it| is_plain && !it.contains(['*', '?']))?;
    let mut resources = resource.patterns.iter().map(|it| it.value.text());
    let resource = resources.find(|it| !it.contains("${"))?;
    // A wildcard takes in any name, but alone it stands for actions without a resource.
    let resource = match resource {
        "*" => resource.to_owned(),
        pattern => pattern.replace('*', "example").replace('?', "x"),
    };
    Some((action.to_owned(), resource))
}
