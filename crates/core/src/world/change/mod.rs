//! Changes to a world as somebody makes them: a thing is added, renamed, duplicated, removed, or
//! written anew as JSON.
//!
//! Plain functions on a world; nothing of a scenario's choice is known here. Invariant: a change
//! is made whole or refused whole, and what AWS would refuse is refused with the reason. What is added or
//! renamed brings no finding of [`check`](crate::world::check); a copy has those of its original, and
//! what names a removed thing is found there.

mod access_key;
mod add;
mod app;
mod attach;
mod duplicate;
mod json;
mod name;
mod network;
mod never;
mod organization;
mod published;
mod remove;
mod rename;
mod replacement;
mod resource_policy;
mod version;

pub use self::{
    access_key::add_access_key,
    add::{Kind, add},
    app::move_app,
    attach::{attach, detach, targets},
    duplicate::duplicate,
    json::{JsonRefusal, json_of, set_json},
    never::{Whole, never},
    published::{attach_published, fork},
    remove::{Dependence, Dependent, dependents, remove},
    rename::{Renamed, rename, set_path},
    resource_policy::{add_resource_policy, has_resource_policy, remove_resource_policy},
    version::{add_version, delete_version, make_default},
};
use crate::world::{AppType, EntityId, WorldFinding};

/// Why a change is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The thing is not there.
    Gone(EntityId),
    /// The change would bring this: a name without its form, a name that is taken, too many of
    /// something.
    Finding(Box<WorldFinding>),
    /// AWS keeps the policy: it can be duplicated, but not be renamed or deleted.
    AwsManaged,
    /// The home account cannot be deleted.
    HomeAccount,
    /// The account manages the organization and cannot be taken out of it.
    ManagementAccount,
    /// The root of the organization goes only with the organization.
    Root,
    /// The unit has units or accounts in it.
    NotEmpty,
    /// There is no VPC for it to lie in.
    NoVpc,
    /// An app of this type must run in a space.
    NeedsSpace(AppType),
    /// An app of this type runs in no space.
    KnowsNoSpace(AppType),
    /// The policy has as many versions as there may be.
    LastVersion,
    /// The version is in force, and stays.
    DefaultVersion,
    /// The one thing cannot be attached to the other.
    NoTarget {
        /// What was to be attached.
        what: Box<EntityId>,
        /// What to.
        to: Box<EntityId>,
    },
    /// Things of this kind are attached to nothing.
    GoesNowhere(EntityId),
    /// The two are in different accounts.
    OtherAccount,
    /// It is attached there already.
    AlreadyThere,
    /// A thing of this kind stays the only one, or has nothing to be renamed.
    Fixed,
    /// There is no organization to put it into.
    NoOrganization,
    /// There is one organization already.
    SecondOrganization,
    /// The id of an account or of an organization cannot be changed: it is in every ARN.
    FixedId,
}
