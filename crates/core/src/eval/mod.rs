//! Evaluation: two pure steps, *test each statement*, then *combine*; the trace is what they found.
//!
//! Has never heard of `SageMaker`, of worlds or of the screen. [`evaluate`] has no early exit: a
//! learner wants all the blockers. [`decide`] gives the answer alone, by the same rules over the
//! same statements, and stops where nothing can change it. Invariants: nothing that could not be
//! evaluated is dropped in silence; `decide(x) == evaluate(x).decision.kind()`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

mod combine;
mod key_grant;
mod layer;
mod principal;
mod scope;
mod service;
mod settings;
mod statement;
mod tally;

use std::sync::Arc;

pub(crate) use self::service::{
    action_of_operation, asks_trust_policy, authorized_as, names_key_by_alias,
};
pub use self::{
    key_grant::{GRANT_OPERATIONS, GrantConstraints, KeyGrant},
    service::{RCP_SERVICES, as_asked, resource_asked},
    settings::{BlockPublicAccess, S3Settings, Settings},
};
use self::{scope::Scope, tally::Tally};
use crate::{
    names::DocumentName,
    policy::{LanguageVersion, Policy},
    request::Request,
    trace::{EvalDecision, Trace},
};

/// A policy and the name under which the trace speaks of it.
#[derive(Clone, Debug)]
pub struct NamedPolicy {
    /// The name.
    pub name: DocumentName,
    /// The policy.
    pub policy: Arc<Policy>,
}

impl NamedPolicy {
    /// One that says nothing, in place of a policy that is not there.
    pub(crate) fn empty(name: DocumentName) -> Self {
        Self {
            name,
            policy: Arc::new(Policy {
                version: LanguageVersion::V2012,
                statements: Vec::new(),
                is_whole: true,
            }),
        }
    }

    /// A document of which nothing could be read.
    pub(crate) fn unread(name: DocumentName) -> Self {
        Self {
            name,
            policy: Arc::new(Policy {
                version: LanguageVersion::V2012,
                statements: Vec::new(),
                is_whole: false,
            }),
        }
    }
}

/// The policies that bear on a request, by layer.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    /// Of the caller: own, and for a user the groups'. Together they are one layer.
    pub identity: Vec<NamedPolicy>,
    /// Of the resource: bucket, key or repository policy; for `sts:AssumeRole…` the trust policy.
    pub resource: Option<NamedPolicy>,
    /// The caller's permissions boundary. AWS has one; several would be one layer together.
    pub boundary: Vec<NamedPolicy>,
    /// Passed when the caller's session was made. Together they are one layer.
    pub session: Vec<NamedPolicy>,
    /// Service control policies by level, from the organization's root over its units to the
    /// caller's account: within a level one may allow, and each level must. Empty where they do not
    /// apply: no organization, or the management account.
    pub scps: Vec<Vec<NamedPolicy>>,
    /// Resource control policies of the resource's account, likewise.
    pub rcps: Vec<Vec<NamedPolicy>>,
    /// Of the VPC endpoint, where the request goes through one.
    pub vpc_endpoint: Option<NamedPolicy>,
    /// The grants on the key that the request is about.
    pub grants: Vec<KeyGrant>,
    /// What is set at the resource, besides policies.
    pub settings: Settings,
}

/// Answers a request and keeps everything the answer rests on.
pub fn evaluate(policies: &PolicySet, request: &Request) -> Trace {
    let request = as_asked(request);
    let scope = Scope::new(policies, &request);
    let layers = layer::test_all(&scope);
    combine::combine(layers, &scope)
}

/// Answers a request, and nothing besides: for grids and searches.
pub fn decide(policies: &PolicySet, request: &Request) -> EvalDecision {
    let request = as_asked(request);
    let scope = Scope::new(policies, &request);
    if scope.let_through.is_some() {
        return EvalDecision::Allowed;
    }
    match Tally::count(&scope) {
        None => EvalDecision::ExplicitDeny,
        Some(tally) if combine::is_allowed(&scope, tally) => EvalDecision::Allowed,
        Some(_) => EvalDecision::ImplicitDeny,
    }
}
