//! What a policy most likely does not mean: one file for each rule, one table of them.
//!
//! Looks at one policy as parsed, at its text and at the catalogue; knows nothing of worlds and requests, and changes no
//! decision. What AWS would refuse to save is told by `policy::parse`, not here. Invariant: a rule that needs a service
//! which the catalogue does not have finds nothing.

use crate::{
    catalogue::Catalogue,
    diagnostic::Diagnostic,
    policy::{Policy, PolicyKind},
};

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The document as written.
    pub text: &'a str,
    /// What it is meant to be.
    pub kind: PolicyKind,
    /// The document as parsed.
    pub policy: &'a Policy,
    /// What AWS has.
    pub catalogue: &'a Catalogue,
}

/// What all rules find, in order of place.
pub fn lint(_subject: &Subject<'_>) -> Vec<Diagnostic> {
    Vec::new()
}
