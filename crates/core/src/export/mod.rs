//! A world as what would build it: commands of the AWS CLI, a template of
//! `CloudFormation`.
//!
//! Text in, text out; runs nothing. Policies go out as they were typed. Invariants: the same world
//! gives the same bytes; no name of a world, whatever is in it, can end a quoted string.
//!
//! What AWS gives itself (ids of domains and keys, file systems) cannot be asked for, so what is
//! built has ids of its own; networks, organizations and access keys are not built.

mod cloud_formation;
mod commands;
mod sagemaker;

pub use self::{cloud_formation::cloud_formation, commands::commands};
