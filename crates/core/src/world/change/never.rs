//! What cannot be done to a thing as a whole, whatever the world around it is like.
//!
//! Invariant: [`rename`](super::rename), [`duplicate`](super::duplicate) and [`remove`](super::remove) ask here first, so
//! what is refused here need not be offered.

use crate::world::{EntityId, Organization, Thing, World, change::Refusal};

/// What is done to a thing as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// It gets another name.
    Rename,
    /// It gets a second one like it.
    Duplicate,
    /// It goes.
    Remove,
}

/// Why that is never done to this thing; nothing where it may be done once the world allows it.
pub fn never(world: &World, id: &EntityId, what: Whole) -> Option<Refusal> {
    match (&id.thing, what) {
        (Thing::Organization, Whole::Rename | Whole::Duplicate)
        | (Thing::Account, Whole::Duplicate) => Some(Refusal::Fixed),
        (Thing::Account, Whole::Rename) => {
            let is_unknown = world.account_of(id.account.as_ref()).is_none();
            is_unknown.then_some(Refusal::Fixed)
        }
        (Thing::Account, Whole::Remove) => match &id.account {
            None => Some(Refusal::HomeAccount),
            Some(own) => {
                let manages = |it: &Organization| it.management_account == *own;
                let manages = world.organization.as_ref().is_some_and(manages);
                manages.then_some(Refusal::ManagementAccount)
            }
        },
        (Thing::OrganizationalUnit { id }, Whole::Duplicate | Whole::Remove) => {
            let is_root = |it: &Organization| it.root.id == *id;
            let is_root = world.organization.as_ref().is_some_and(is_root);
            is_root.then_some(Refusal::Root)
        }
        (Thing::ManagedPolicy { arn }, Whole::Rename | Whole::Remove) => {
            arn.is_aws_owned().then_some(Refusal::AwsManaged)
        }
        (Thing::OrganizationPolicy { kind, name }, Whole::Rename | Whole::Remove) => {
            (*name == kind.full_access()).then_some(Refusal::AwsManaged)
        }
        _ => None,
    }
}
