//! Patterns: wildcards, policy variables, and what each takes in.
//!
//! Knows nothing of policies or requests: a variable's value comes from whoever asks, through
//! [`Variables`]. Invariant: a substituted value is literal, its `*` and `?` are characters.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

mod action;
mod arn;
mod glob;
mod template;
mod variable;

pub use self::{
    action::ActionPattern,
    arn::{ArnMatch, ArnPattern, ShortArn, Target},
    glob::Glob,
    template::{Filled, Resolved, Template, Variables, has_variable},
    variable::{Variable, VariableDefault},
};
