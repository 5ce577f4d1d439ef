//! Evaluation: two pure steps, *test each statement*, then *combine*; the trace is what they found.
//!
//! Has never heard of `SageMaker`, of worlds or of the screen. No early exit: a learner wants all the
//! blockers. Invariant: nothing that could not be evaluated is dropped in silence.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

mod combine;
mod layer;
mod principal;
mod service;
mod statement;

use std::sync::Arc;

use crate::{names::DocumentName, policy::Policy, request::Request, trace::Trace};

/// A policy and the name under which the trace speaks of it.
#[derive(Clone, Debug)]
pub struct NamedPolicy {
    /// The name.
    pub name: DocumentName,
    /// The policy.
    pub policy: Arc<Policy>,
}

/// The policies that bear on a request, by layer.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    /// Of the caller: own, and for a user the groups'. Together they are one layer.
    pub identity: Vec<NamedPolicy>,
    /// Of the resource: bucket, key or repository policy; for `sts:AssumeRole…` the trust policy.
    pub resource: Option<NamedPolicy>,
    /// The caller's permissions boundary.
    pub boundary: Option<NamedPolicy>,
}

/// Answers a request and keeps everything the answer rests on.
pub fn evaluate(policies: &PolicySet, request: &Request) -> Trace {
    combine::combine(layer::test_all(policies, request), request)
}
