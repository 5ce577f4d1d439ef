//! A scenario around a world in which nobody has chosen anything yet: somebody opens Studio in it, or makes one API call
//! where there is no Studio.
//!
//! Knows nothing of where the world came from. Invariant: every name in the choice is one of the
//! world's, or empty where it has none.

use std::collections::BTreeMap;

use crate::{
    by_name::{ByName, Tags},
    flow::{ApiCall, Choice, DataLocation, SignIn, Workload},
    names::{ActionName, Arn},
    policy::{self, Effect, PolicyKind, Statement},
    scenario::{FORMAT, Scenario},
    world::{AuthMode, Domain, InlinePolicy, PolicyText, Role, Status, User, UserProfile, World},
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

/// The first of everything; of people one who can open Studio and whose profile it is, where there is one.
fn choice(world: &World) -> Choice {
    let home = &world.home;
    let start = start(world);
    let (domain, profile) = (start.domain, start.profile);
    let of_identity_center = domain.is_some_and(|it| it.auth_mode == AuthMode::Sso);
    let sso_user = profile.and_then(|it| it.single_sign_on_user_value.clone());
    let user = start.user.map_or_else(String::new, |it| it.name.clone());
    let role = start.role.map(|it| it.name.clone());
    let (sign_in, user, role) = match sso_user.filter(|_| of_identity_center) {
        Some(user) => (SignIn::IdentityCenter, user, None),
        None => (SignIn::Iam, user, role),
    };
    let name = |it: Option<&String>| it.cloned().unwrap_or_default();
    // Without a profile nobody opens Studio, so the walk is what an account without SageMaker has.
    let (user, role, workload) = if profile.is_some() {
        (user, role, Workload::OpenStudio)
    } else {
        let (user, workload) = first_call(world);
        (user, None, workload)
    };
    Choice {
        person: user.clone(),
        user,
        sign_in,
        mfa: true,
        role,
        session_tags: Tags::new(),
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

/// Who opens Studio, in which domain as which profile.
#[derive(Clone, Copy, Debug, Default)]
struct Start<'a> {
    user: Option<&'a User>,
    /// The role that they assume first, where they can do nothing without it.
    role: Option<&'a Role>,
    domain: Option<&'a Domain>,
    profile: Option<&'a UserProfile>,
}

/// A user with a profile of their own first, then one whose policies let them get there, then one of whom the profile has
/// the name to the letter. Somebody whose policies say nothing of it, such as a machine’s user, comes last.
fn start(world: &World) -> Start<'_> {
    let home = &world.home;
    let profiles = home.domains.iter();
    let profiles =
        profiles.flat_map(|domain| domain.user_profiles.iter().map(move |it| (domain, it)));
    let mut of_names: BTreeMap<String, (&Domain, &UserProfile)> = BTreeMap::new();
    for (domain, profile) in profiles.clone() {
        let known = of_names.entry(bare(&profile.user_profile_name));
        let known = known.or_insert((domain, profile));
        if known.1.status != Status::InService && profile.status == Status::InService {
            *known = (domain, profile);
        }
    }
    let own = |user: &User| {
        let person = user.name.split('@').next().unwrap_or_default();
        of_names.get(&bare(person)).copied()
    };
    let has_own = home.users.iter().any(|it| own(it).is_some());
    let candidates = home.users.iter().filter(|it| !has_own || own(it).is_some());
    let mut best: Option<((bool, bool), &User, Way<'_>)> = None;
    for user in candidates.take(MOST) {
        let way = way(world, user);
        let is_exact =
            own(user).is_some_and(|it| it.1.user_profile_name.eq_ignore_ascii_case(&user.name));
        let rank = (way.is_open(), is_exact);
        if best.as_ref().is_none_or(|it| it.0 < rank) {
            best = Some((rank, user, way));
        }
    }
    let user = best.as_ref().map(|it| it.1);
    let is_ready = |it: &(&Domain, &UserProfile)| it.1.status == Status::InService;
    let found = user
        .and_then(own)
        .or_else(|| profiles.clone().find(is_ready))
        .or_else(|| profiles.clone().next());
    Start {
        user,
        role: best.and_then(|it| match it.2 {
            Way::By(role) => Some(role),
            Way::Own | Way::None => None,
        }),
        domain: found.map(|it| it.0).or_else(|| home.domains.first()),
        profile: found.map(|it| it.1),
    }
}

/// A name without what a profile’s name cannot have and a user’s can.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How a user gets to Studio, as far as their policies tell.
#[derive(Clone, Copy, Debug)]
enum Way<'a> {
    /// They may open it themselves.
    Own,
    /// They may assume this role.
    By(&'a Role),
    None,
}

impl Way<'_> {
    const fn is_open(self) -> bool {
        !matches!(self, Self::None)
    }
}

fn way<'a>(world: &'a World, user: &User) -> Way<'a> {
    let opens = ActionName::new("sagemaker", "CreatePresignedDomainUrl");
    let assumes = ActionName::new("sts", "AssumeRole");
    let mut by = None;
    for text in texts_of_user(world, user) {
        let (policy, _) = policy::parse(text.as_str(), PolicyKind::Identity);
        for it in policy.iter().flat_map(|it| &it.statements) {
            let allows = |action: &ActionName| {
                let mut patterns = it.action.patterns.iter();
                it.effect.value == Effect::Allow
                    && patterns.any(|it| it.value.matches(action)) != it.action.negated
            };
            if allows(&opens) {
                return Way::Own;
            }
            if by.is_none() && allows(&assumes) {
                let named = it.resource.iter().filter(|it| !it.negated);
                let mut named = named.flat_map(|it| &it.patterns);
                by = named.find_map(|it| {
                    let role = world.role_by_arn_in(&world.home, it.value.text());
                    role.filter(|it| !it.is_kept_by_aws())
                });
            }
        }
    }
    by.map_or(Way::None, Way::By)
}

/// The texts of a user's policies, their own first.
fn texts_of_user<'a>(world: &'a World, user: &'a User) -> Vec<&'a PolicyText> {
    let mut all = texts(world, &user.inline_policies, &user.attached_policies);
    let own = world
        .home
        .groups
        .iter()
        .filter(|it| user.groups.contains(&it.name));
    for it in own {
        all.extend(texts(world, &it.inline_policies, &it.attached_policies));
    }
    all
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
    let users = home.users.iter();
    let users = users.map(|it| (Caller::User(it.name.clone()), texts_of_user(world, it)));
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
        context: ByName::new(),
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
