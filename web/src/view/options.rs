//! What the selects of the scenario bar and the forms offer.
//!
//! Invariant: the value that is chosen is always among the options, also where the world has no
//! such thing: nothing chosen is ever changed by showing it.

use rolewalk_core::{
    flow::Choice,
    names::ALIAS,
    world::{Account, Bucket, ManagedPolicy, Repository, Role, User, World},
};

/// One option of a select.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Choosable {
    /// What choosing it means.
    pub(crate) value: String,
    /// What it says.
    pub(crate) label: String,
}

/// An option that says something else than its value.
pub(crate) fn option(value: impl Into<String>, label: impl Into<String>) -> Choosable {
    Choosable {
        value: value.into(),
        label: label.into(),
    }
}

fn named<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Choosable> {
    names.map(|it| option(it, it)).collect()
}

/// The options, and the chosen value marked as missing where they lack it.
pub(crate) fn with_chosen(mut options: Vec<Choosable>, chosen: &str) -> Vec<Choosable> {
    if options.iter().all(|it| it.value != chosen) {
        let label = if chosen.is_empty() {
            "none yet".to_owned()
        } else {
            format!("{chosen} (not in this account)")
        };
        options.push(option(chosen, label));
    }
    options
}

/// How many options a field offers that is typed in.
const MOST_OFFERED: usize = 50;

/// The first options with the typed text in what they say, in letters of any size.
pub(crate) fn matching(options: &[Choosable], typed: &str) -> Vec<Choosable> {
    // Letter by letter, as names are: what `str` has for it knows besides where a Greek word ends.
    let lower = |it: &str| it.chars().flat_map(char::to_lowercase).collect::<String>();
    let typed = lower(typed.trim());
    let has = |it: &&Choosable| typed.is_empty() || lower(&it.label).contains(&typed);
    options
        .iter()
        .filter(has)
        .take(MOST_OFFERED)
        .cloned()
        .collect()
}

/// What the option with that value says.
pub(crate) fn label_of(options: &[Choosable], value: &str) -> String {
    let option = options.iter().find(|it| it.value == value);
    option.map_or_else(|| value.to_owned(), |it| it.label.clone())
}

/// The value of the option that says that, or has it for a value.
pub(crate) fn value_of(options: &[Choosable], text: &str) -> Option<String> {
    let text = text.trim();
    let by_label = options.iter().find(|it| it.label == text);
    let option = by_label.or_else(|| options.iter().find(|it| it.value == text))?;
    Some(option.value.clone())
}

/// Users or roles: those of the home account by name, those of others by ARN.
fn identities<'a, T: 'a, I: IntoIterator<Item = &'a T>>(
    world: &'a World,
    all: impl Fn(&'a Account) -> I,
    name: impl Fn(&'a T) -> &'a String,
    arn: impl Fn(&'a Account, &'a T) -> String,
) -> Vec<Choosable> {
    let mut options = named(all(&world.home).into_iter().map(&name));
    for account in &world.other_accounts {
        let of_account = all(account).into_iter();
        options.extend(of_account.map(|it| {
            let label = format!("{} in {}", name(it), account.account);
            option(arn(account, it), label)
        }));
    }
    options
}

/// The roles that a person may come to have: those that AWS keeps let in a service, or IAM Identity Center.
fn all_roles<'a>(world: &'a World, chosen: &str) -> Vec<Choosable> {
    let arn = |account: &Account, it: &Role| world.role_arn_in(account, it).to_string();
    let is_open = |account: &Account, it: &Role| {
        !it.is_kept_by_aws() || it.name == chosen || arn(account, it) == chosen
    };
    let roles = |account: &'a Account| {
        let all = account.roles.iter();
        all.filter(move |it| is_open(account, it))
    };
    identities(world, roles, |it| &it.name, arn)
}

/// IAM users of all accounts.
pub(crate) fn users(world: &World, choice: &Choice) -> Vec<Choosable> {
    let arn = |account: &Account, it: &User| world.user_arn_in(account, it).to_string();
    let all = identities(world, |it| &it.users, |it| &it.name, arn);
    with_chosen(all, &choice.user)
}

/// Roles to assume, of all accounts; the empty value is none.
pub(crate) fn roles(world: &World, choice: &Choice) -> Vec<Choosable> {
    let chosen = choice.role.as_deref().unwrap_or("");
    let mut all = all_roles(world, chosen);
    all.push(option("", "no role"));
    with_chosen(all, chosen)
}

/// Roles to assume with the credentials of another; the empty value is none.
pub(crate) fn next_roles(world: &World, chosen: &str) -> Vec<Choosable> {
    let mut all = vec![option("", "no further role")];
    all.extend(all_roles(world, chosen));
    with_chosen(all, chosen)
}

/// The VPC endpoints of all accounts.
pub(crate) fn vpc_endpoints(world: &World) -> Vec<Choosable> {
    let of_account = |account: &Account| {
        let own = account.vpc_endpoints.iter();
        let named = own.map(|it| {
            let id = &it.vpc_endpoint_id;
            option(id, format!("{id} to {}", it.service_name))
        });
        named.collect::<Vec<_>>()
    };
    world.accounts().flat_map(of_account).collect()
}

/// Managed policies that may be passed with a session; the empty value is none.
pub(crate) fn session_policies(world: &World, chosen: &str) -> Vec<Choosable> {
    let mut all = vec![option("", "no session policy")];
    let known = managed_policies(world, &world.home).into_iter();
    all.extend(known.map(|it| option(it.arn.as_str(), it.arn.last_segment())));
    with_chosen(all, chosen)
}

/// Roles of permission sets; the empty value is none.
pub(crate) fn permission_sets(world: &World, choice: &Choice) -> Vec<Choosable> {
    let mut all = vec![option("", "no permission set")];
    for account in world.accounts() {
        let kept = account.roles.iter();
        let kept = kept.filter(|it| it.path.starts_with("/aws-reserved/sso.amazonaws.com/"));
        all.extend(kept.map(|it| {
            let label = format!("{} in {}", it.name, account.account);
            option(world.role_arn_in(account, it).as_str(), label)
        }));
    }
    with_chosen(all, &permission_set(choice))
}

/// The chosen one of [`permission_sets`]: a role for IAM users is none.
pub(crate) fn permission_set(choice: &Choice) -> String {
    let role = choice.role.as_deref().unwrap_or_default();
    let is_kept = role.contains("/aws-reserved/sso.amazonaws.com/");
    if is_kept { role } else { "" }.to_owned()
}

/// Domains of all accounts, by id.
pub(crate) fn domains(world: &World, choice: &Choice) -> Vec<Choosable> {
    let home = world.home.domains.iter();
    let mut all: Vec<_> = home
        .map(|it| option(&it.domain_id, &it.domain_name))
        .collect();
    for account in &world.other_accounts {
        all.extend(account.domains.iter().map(|it| {
            let label = format!("{} in {}", it.domain_name, account.account);
            option(&it.domain_id, label)
        }));
    }
    with_chosen(all, &choice.domain)
}

/// The profiles of the chosen domain.
pub(crate) fn profiles(world: &World, choice: &Choice) -> Vec<Choosable> {
    let owner = world.domain_owner(&choice.domain);
    let profiles = owner
        .and_then(|it| it.domain(&choice.domain))
        .map(|it| it.user_profiles.as_slice())
        .unwrap_or_default();
    with_chosen(
        named(profiles.iter().map(|it| &it.user_profile_name)),
        &choice.user_profile,
    )
}

/// The roles of an account that SageMaker may be handed, by ARN.
pub(crate) fn role_arns(world: &World, account: &Account) -> Vec<Choosable> {
    role_arns_with(world, account, "")
}

/// The same with the chosen one.
pub(crate) fn role_arns_with(world: &World, account: &Account, chosen: &str) -> Vec<Choosable> {
    let roles = account.roles.iter();
    let all = roles.map(|it| (it, world.role_arn_in(account, it)));
    all.filter(|(it, arn)| it.may_trust_sagemaker() || arn.as_str() == chosen)
        .map(|(it, arn)| option(arn.as_str(), &it.name))
        .collect()
}

/// Buckets of all accounts.
pub(crate) fn buckets(world: &World, choice: &Choice) -> Vec<Choosable> {
    let all = world.accounts().flat_map(|it| &it.buckets);
    with_chosen(named(all.map(|it| &it.name)), &choice.data.bucket)
}

/// Repositories: those of the home account by name, those of others by ARN.
pub(crate) fn repositories(world: &World, choice: &Choice) -> Vec<Choosable> {
    let arn = |account: &Account, it: &Repository| {
        let resource = format!("repository/{}", it.name);
        let arn = world.regional_arn_in(&account.account, "ecr", &resource);
        arn.to_string()
    };
    let all = identities(world, |it| &it.repositories, |it| &it.name, arn);
    with_chosen(all, &choice.repository)
}

/// Keys of an account, by id; the empty value is none.
pub(crate) fn keys(account: &Account, chosen: Option<&str>, none: &str) -> Vec<Choosable> {
    let mut all = vec![option("", none)];
    all.extend(account.keys.iter().map(|it| option(&it.key_id, it.name())));
    // A key may be named by its alias; the list has it by its id.
    let by_alias = chosen.and_then(|it| it.strip_prefix(ALIAS));
    let is_here = |it: &&str| {
        account
            .keys
            .iter()
            .any(|key| key.alias.as_deref() == Some(it))
    };
    if let Some(alias) = by_alias.filter(is_here) {
        let named = format!("{ALIAS}{alias}");
        all.push(option(named.clone(), named));
    }
    with_chosen(all, chosen.unwrap_or(""))
}

/// In place of a key: S3's own, of which nobody has said that it is.
pub(crate) const ASSUMED: &str = "assumed";

/// The key of a bucket, as [`keys_of_bucket`] offers it.
pub(crate) fn key_of(bucket: &Bucket) -> &str {
    match &bucket.kms_key_id {
        Some(key) => key,
        None if bucket.is_key_assumed => ASSUMED,
        None => "",
    }
}

/// What a bucket may be encrypted with; that S3's own key is assumed is nothing to choose, but it may be so.
pub(crate) fn keys_of_bucket(account: &Account, chosen: &str) -> Vec<Choosable> {
    let is_assumed = chosen == ASSUMED;
    let mut all = keys(
        account,
        Some(chosen).filter(|_| !is_assumed),
        "S3’s own key",
    );
    if is_assumed {
        let label = "S3’s own key, assumed: the import was not told";
        all.insert(0, option(ASSUMED, label));
    }
    all
}

/// The managed policies that an account can attach: its own, and AWS's, wherever they are kept.
pub(crate) fn managed_policies<'a>(world: &'a World, account: &Account) -> Vec<&'a ManagedPolicy> {
    let all = world.accounts().flat_map(|it| &it.policies);
    let is_own = |it: &&ManagedPolicy| {
        it.is_aws_managed() || it.arn.account_str() == Some(account.account.as_str())
    };
    all.filter(is_own).collect()
}

/// Managed policies to bound somebody with; the empty value is none.
pub(crate) fn boundaries(world: &World, account: &Account, chosen: Option<&str>) -> Vec<Choosable> {
    let mut all = vec![option("", "none")];
    let policies = managed_policies(world, account).into_iter();
    all.extend(policies.map(|it| option(it.arn.as_str(), it.name())));
    with_chosen(all, chosen.unwrap_or(""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_a_long_list_the_typed_words_choose() {
        let mut all: Vec<super::Choosable> = (0..5000)
            .map(|n| super::option(format!("role-{n:04}"), format!("role-{n:04}")))
            .collect();
        all.push(super::option("", "no role"));
        assert_eq!(super::matching(&all, "").len(), super::MOST_OFFERED);
        assert_eq!(super::matching(&all, " ROLE-432").len(), 10);
        assert_eq!(super::label_of(&all, ""), "no role");
        assert_eq!(super::value_of(&all, "no role").as_deref(), Some(""));
        assert_eq!(super::value_of(&all, "role-432"), None);
        assert_eq!(
            super::value_of(&all, "role-4321").as_deref(),
            Some("role-4321")
        );
    }

    use super::*;
    use crate::state::sample;

    #[test]
    fn a_choice_that_the_world_lacks_is_still_an_option() {
        let mut scenario = sample::scenario();
        assert_eq!(
            users(&scenario.world, &scenario.choice),
            [option("alice", "alice")]
        );
        scenario.choice.user = "bob".to_owned();
        let users = users(&scenario.world, &scenario.choice);
        assert_eq!(users.last().unwrap().label, "bob (not in this account)");
        assert_eq!(roles(&scenario.world, &scenario.choice).len(), 3);
    }

    #[test]
    fn a_key_that_nobody_told_is_assumed_until_one_is_chosen() {
        let mut scenario = sample::scenario();
        let account = &mut scenario.world.home;
        let mut bucket = account.buckets[0].clone();
        bucket.kms_key_id = None;
        let labels = |bucket: &Bucket| {
            let all = keys_of_bucket(account, key_of(bucket)).into_iter();
            all.map(|it| it.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&bucket)[0], "S3’s own key");
        bucket.is_key_assumed = true;
        let offered = labels(&bucket);
        assert_eq!(key_of(&bucket), ASSUMED);
        assert!(offered[0].contains("assumed"), "{offered:?}");
        assert_eq!(offered[1], "S3’s own key", "it can be made a fact");
        bucket.kms_key_id = Some("data".to_owned());
        assert_eq!(key_of(&bucket), "data");
    }

    #[test]
    fn what_aws_keeps_is_offered_to_nobody_but_where_it_is_chosen() {
        let mut scenario = sample::scenario();
        let roles_of = |scenario: &rolewalk_core::scenario::Scenario| {
            let all = roles(&scenario.world, &scenario.choice);
            let all: Vec<String> = all.into_iter().map(|it| it.label).collect();
            all
        };
        let name = scenario.world.home.roles[0].name.clone();
        let n_handed = role_arns(&scenario.world, &scenario.world.home).len();
        scenario.choice.role = None;
        assert!(roles_of(&scenario).contains(&name));
        for (path, is_own) in [
            ("/aws-service-role/autoscaling.amazonaws.com/", false),
            ("/aws-reserved/sso.amazonaws.com/", false),
            ("/aws-service-role/sagemaker.amazonaws.com/", true),
        ] {
            scenario.world.home.roles[0].path = path.to_owned();
            assert!(!roles_of(&scenario).contains(&name), "{path}");
            let (world, home) = (&scenario.world, &scenario.world.home);
            let n_left = role_arns(world, home).len();
            assert_eq!(n_left + usize::from(!is_own), n_handed, "{path}");
            let arn = world.role_arn_in(home, &home.roles[0]).to_string();
            let with_chosen = role_arns_with(world, home, &arn);
            assert_eq!(with_chosen.len(), n_handed, "{path}");
        }
        scenario.choice.role = Some(name.clone());
        assert!(roles_of(&scenario).contains(&name));
    }
}
