//! The scenario around a world that was imported: somebody opens Studio in it.
//!
//! Knows nothing of where the world came from. Invariant: every name in the choice is one of the
//! world's, or empty where it has none.

use rolewalk_core::{
    flow::{Choice, DataLocation, SignIn, Workload},
    scenario::{FORMAT, Scenario},
    world::{AuthMode, World},
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
    Choice {
        person: user.clone(),
        user,
        sign_in,
        mfa: true,
        role: None,
        session_tags: std::collections::BTreeMap::new(),
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
        workload: Workload::OpenStudio,
        data: DataLocation {
            bucket: name(home.buckets.first().map(|it| &it.name)),
            prefix: String::new(),
        },
        repository: name(home.repositories.first().map(|it| &it.name)),
        time: "2026-01-15T09:00:00Z".to_owned(),
    }
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
}
