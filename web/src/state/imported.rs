//! What the page calls the scenario around an imported world, and what it says of one that lacks something.
//!
//! Knows nothing of what is read. Invariant: nothing is said of an account in which somebody can open Studio and work.

use rolewalk_core::{scenario::Scenario, world::World};

use crate::view::markup;

/// In place of the start world that other scenarios began as: this, and behind a colon when it was imported, so that the
/// browser's Back tells one from another. Drafts of earlier have this alone.
const ORIGIN: &str = "imported";

/// What a scenario began as that is imported at this time, in milliseconds since 1970.
pub(crate) fn origin(now: u64) -> String {
    [ORIGIN, &now.to_string()].join(":")
}

/// Whether a scenario that began as this was imported.
pub(crate) fn is_origin(origin: &str) -> bool {
    let behind = origin.strip_prefix(ORIGIN);
    behind.is_some_and(|it| it.is_empty() || it.starts_with(':'))
}

/// What the world is called.
pub(crate) const NAME: &str = "Imported account";

/// A scenario in that world.
pub(crate) fn scenario(world: World) -> Scenario {
    let about = "An account as the AWS CLI tells it. Choose who does what in it.";
    let mut scenario = Scenario::around(world, NAME, about);
    // As when somebody else is chosen.
    scenario.choice.person = markup::capitalised(&scenario.choice.person);
    scenario
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sample;

    #[test]
    fn two_imports_are_two_worlds() {
        assert_ne!(origin(1), origin(2));
        for it in [ORIGIN, &origin(1)] {
            assert!(is_origin(it), "{it}");
        }
        assert!(!is_origin("imported-lessons") && !is_origin("file:imported"));
    }

    #[test]
    fn whoever_the_account_opens_on_is_called_like_everybody_that_is_chosen() {
        let scenario = scenario(sample::scenario().world);
        assert_eq!(scenario.choice.user, "alice");
        assert_eq!(scenario.choice.person, "Alice");
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
}
