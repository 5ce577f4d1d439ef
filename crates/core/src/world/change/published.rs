//! Policies of AWS that come from outside of the world: attached, or copied into one of the account's own.
//!
//! Knows nothing of where they come from. Invariant: where it cannot be done, the world is as it was.

use crate::world::{
    EntityId, ManagedPolicy, Thing, World,
    change::{Refusal, attach, duplicate},
};

/// Attaches a policy that the world may not have yet, and takes it in.
///
/// # Errors
///
/// As for [`attach`].
pub fn attach_published(
    world: &mut World,
    policy: ManagedPolicy,
    to: &EntityId,
) -> Result<(), Refusal> {
    with(world, policy, |world, id| attach(world, id, to))
}

/// Copies a policy that the world may not have into a customer managed one, and gives that one.
///
/// # Errors
///
/// As for [`duplicate`].
pub fn fork(world: &mut World, policy: ManagedPolicy) -> Result<EntityId, Refusal> {
    let arn = policy.arn.clone();
    let was_there = world.policy(&arn).is_some();
    let copy = with(world, policy, duplicate)?;
    if !was_there {
        world.home.policies.retain(|it| it.arn != arn);
    }
    Ok(copy)
}

fn with<T>(
    world: &mut World,
    policy: ManagedPolicy,
    change: impl FnOnce(&mut World, &EntityId) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let arn = policy.arn.clone();
    let id: EntityId = Thing::ManagedPolicy { arn: arn.clone() }.into();
    let was_there = world.policy(&arn).is_some();
    if !was_there {
        world.home.policies.push(policy);
    }
    let done = change(world, &id);
    if done.is_err() && !was_there {
        world.home.policies.retain(|it| it.arn != arn);
    }
    done
}
