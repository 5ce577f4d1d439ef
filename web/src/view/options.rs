//! What the selects of the scenario bar and the forms offer.
//!
//! Invariant: the value that is chosen is always among the options, also where the world has no
//! such thing: nothing chosen is ever changed by showing it.

use rolewalk_core::{
    flow::{Choice, Workload},
    world::World,
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
fn with_chosen(mut options: Vec<Choosable>, chosen: &str) -> Vec<Choosable> {
    if options.iter().all(|it| it.value != chosen) {
        options.push(option(chosen, format!("{chosen} (not in this account)")));
    }
    options
}

/// IAM users.
pub(crate) fn users(world: &World, choice: &Choice) -> Vec<Choosable> {
    with_chosen(named(world.users.iter().map(|it| &it.name)), &choice.user)
}

/// Roles to assume; the empty value is none.
pub(crate) fn roles(world: &World, choice: &Choice) -> Vec<Choosable> {
    let mut all = named(world.roles.iter().map(|it| &it.name));
    all.push(option("", "no role"));
    with_chosen(all, choice.role.as_deref().unwrap_or(""))
}

/// Domains, by id.
pub(crate) fn domains(world: &World, choice: &Choice) -> Vec<Choosable> {
    let all = world
        .domains
        .iter()
        .map(|it| option(&it.domain_id, &it.domain_name));
    with_chosen(all.collect(), &choice.domain)
}

/// The profiles of the chosen domain.
pub(crate) fn profiles(world: &World, choice: &Choice) -> Vec<Choosable> {
    let profiles = world
        .domain(&choice.domain)
        .map(|it| it.user_profiles.as_slice())
        .unwrap_or_default();
    with_chosen(
        named(profiles.iter().map(|it| &it.user_profile_name)),
        &choice.user_profile,
    )
}

/// What a person can do.
pub(crate) fn workloads() -> Vec<Choosable> {
    vec![
        option("studio", "opens Studio"),
        option("training", "starts a training job"),
    ]
}

/// Which of [`workloads`] is chosen.
pub(crate) const fn workload_value(workload: &Workload) -> &'static str {
    match workload {
        Workload::OpenStudio => "studio",
        Workload::TrainingJob { .. } => "training",
    }
}

/// The roles that can be handed to a job; the empty value is the execution role itself.
pub(crate) fn job_roles(world: &World, choice: &Choice) -> Vec<Choosable> {
    let mut all = vec![option("", "the same execution role")];
    all.extend(role_arns(world));
    let chosen = match &choice.workload {
        Workload::TrainingJob { role, .. } => role.as_deref().unwrap_or(""),
        Workload::OpenStudio => "",
    };
    with_chosen(all, chosen)
}

/// All roles, by ARN.
pub(crate) fn role_arns(world: &World) -> Vec<Choosable> {
    let roles = world.roles.iter();
    roles
        .map(|it| option(world.role_arn(it).as_str(), &it.name))
        .collect()
}

/// Buckets.
pub(crate) fn buckets(world: &World, choice: &Choice) -> Vec<Choosable> {
    with_chosen(
        named(world.buckets.iter().map(|it| &it.name)),
        &choice.data.bucket,
    )
}

/// Repositories.
pub(crate) fn repositories(world: &World, choice: &Choice) -> Vec<Choosable> {
    with_chosen(
        named(world.repositories.iter().map(|it| &it.name)),
        &choice.repository,
    )
}

/// Keys, by id; the empty value is none.
pub(crate) fn keys(world: &World, chosen: Option<&str>, none: &str) -> Vec<Choosable> {
    let mut all = vec![option("", none)];
    all.extend(world.keys.iter().map(|it| option(&it.key_id, it.name())));
    with_chosen(all, chosen.unwrap_or(""))
}

/// Managed policies to bound somebody with; the empty value is none.
pub(crate) fn boundaries(world: &World, chosen: Option<&str>) -> Vec<Choosable> {
    let mut all = vec![option("", "none")];
    all.extend(
        world
            .policies
            .iter()
            .map(|it| option(it.arn.as_str(), it.name())),
    );
    with_chosen(all, chosen.unwrap_or(""))
}

/// `alice` as a person: `Alice`.
pub(crate) fn person(user: &str) -> String {
    let mut name = user.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
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
    fn people_begin_with_a_capital() {
        assert_eq!(person("alice"), "Alice");
        assert_eq!(person(""), "");
    }
}
