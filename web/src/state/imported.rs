//! The scenario around a world that was imported: somebody opens Studio in it, or makes one API call where there is no
//! Studio.
//!
//! Knows nothing of where the world came from. Invariant: every name in the choice is one of the
//! world's, or empty where it has none.

use std::collections::BTreeMap;

use rolewalk_core::{
    flow::{ApiCall, Choice, DataLocation, SignIn, Workload},
    names::Arn,
    policy::{self, Effect, PolicyKind, Statement},
    scenario::{FORMAT, Scenario},
    world::{AuthMode, InlinePolicy, PolicyText, World},
};

/// In place of the start world that other scenarios began as.
pub(crate) const ORIGIN: &str = "imported";

/// What the world is called.
pub(crate) const NAME: &str = "Imported account";

/// A scenario in that world.
pub(crate) fn scenario(world: World) -> Scenario {
    Scenario {
        rolewalk: FORMAT,
        name: NAME.to_owned(),
        about: "An account as the AWS CLI tells it. Choose who does what in it.".to_owned(),
        invitation: None,
        choice: choice(&world),
        checks: Vec::new(),
        world,
    }
}

/// What an account needs for somebody to work in Studio, and the import did not bring; nothing where all is there.
pub(crate) fn missing(world: &World) -> Option<String> {
    let home = &world.home;
    let has_profile = home.domains.iter().any(|it| !it.user_profiles.is_empty());
    let kinds = [
        (
            home.users.is_empty() && home.roles.is_empty(),
            "IAM user or role",
        ),
        (home.domains.is_empty(), "SageMaker domain"),
        (!has_profile, "user profile"),
        (home.buckets.is_empty(), "S3 bucket"),
        (home.repositories.is_empty(), "ECR repository"),
    ];
    let missing: Vec<_> = kinds.iter().filter(|it| it.0).map(|it| it.1).collect();
    let (last, before) = missing.split_last()?;
    let listed = if before.is_empty() {
        (*last).to_owned()
    } else {
        format!("{} and no {last}", before.join(", no "))
    };
    Some(format!(
        "The import brought no {listed}. What walks there cannot be judged: import more with Import, or add it in the account."
    ))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn the_choice_is_out_of_the_world() {
        let world = sample::scenario().world;
        let scenario = scenario(world);
        assert!(scenario.world.user(&scenario.choice.user).is_some());
        let domain = scenario.world.domain(&scenario.choice.domain).unwrap();
        assert!(domain.user_profile(&scenario.choice.user_profile).is_some());
        let text = scenario.to_json();
        assert_eq!(Scenario::from_json(&text).unwrap(), scenario);
    }

    #[test]
    fn what_the_import_did_not_bring_is_told() {
        let mut world = sample::scenario().world;
        let told = |world: &World| missing(world).unwrap_or_default();
        world.home.repositories.clear();
        assert!(told(&world).starts_with("The import brought no ECR repository. "));
        world.home.buckets.clear();
        world.home.domains.clear();
        assert!(told(&world).starts_with(
            "The import brought no SageMaker domain, no user profile, no S3 bucket and no ECR repository. "
        ));
    }

    fn call(world: &World) -> (String, ApiCall) {
        let scenario = scenario(world.clone());
        let Workload::ApiCall(call) = scenario.choice.workload else {
            panic!("{:?}", scenario.choice.workload)
        };
        (scenario.choice.user, call)
    }

    #[test]
    fn without_studio_somebody_makes_a_call_that_a_policy_of_theirs_allows() {
        let mut world = sample::scenario().world;
        world.home.domains.clear();
        world.home.policies.clear();
        let policy = |text: &str| InlinePolicy {
            name: "own".to_owned(),
            document: text.into(),
        };
        for it in &mut world.home.users {
            it.inline_policies.clear();
            it.attached_policies.clear();
            it.groups.clear();
        }
        for it in &mut world.home.roles {
            it.inline_policies.clear();
            it.attached_policies.clear();
        }
        let first = world.home.users.first().unwrap().name.clone();
        let (user, it) = call(&world);
        assert_eq!(
            (user, it.principal, it.action.as_str()),
            (first.clone(), None, "s3:ListAllMyBuckets")
        );

        // A role has one by its name, the user only wildcards.
        let wild = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
        let named = r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
            {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": ["arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::data/*"]}]}"#;
        world.home.users.first_mut().unwrap().inline_policies = vec![policy(wild)];
        world.home.roles.first_mut().unwrap().inline_policies = vec![policy(named)];
        let (user, it) = call(&world);
        let role = world
            .role_arn(world.home.roles.first().unwrap())
            .to_string();
        assert_eq!(user, "");
        assert_eq!(it.principal, Some(role));
        assert_eq!(
            (it.action.as_str(), it.resource.as_str()),
            ("s3:GetObject", "arn:aws:s3:::data/example")
        );

        // The user has it through a group.
        world.home.users.first_mut().unwrap().groups = vec!["team".to_owned()];
        world.home.groups.push(rolewalk_core::world::Group {
            name: "team".to_owned(),
            attached_policies: Vec::new(),
            inline_policies: vec![policy(named)],
        });
        let (user, it) = call(&world);
        assert_eq!(
            (user, it.principal, it.action.as_str()),
            (first, None, "s3:GetObject")
        );
    }

    #[test]
    fn an_account_with_nobody_in_it_has_a_start_too() {
        let mut world = sample::scenario().world;
        world.home = rolewalk_core::world::Account::new(world.home.account.clone());
        let (user, it) = call(&world);
        assert_eq!(
            (user.as_str(), it.principal, it.resource.as_str()),
            ("", None, "*")
        );
    }
}
