//! Which keys that are not in a request could change its answer.
//!
//! Looks at each layer by itself, so it may name a key that changes nothing after all: where two keys would be needed.
//! Invariant: where nothing that the request could bring changes the answer, no key is named.

use std::collections::BTreeSet;

use crate::{
    names::ContextKey,
    policy::Effect,
    trace::{
        ConditionOutcome, Decision, ElementOutcome, ElementTrace, Layer, LayerOutcome, LayerTrace,
        Note, StatementTrace, Trace, UnresolvedVariable,
    },
};

impl Trace {
    /// Keys that are not in the request and that alone decide whether some statement applies: with
    /// a value for one of them the answer could be another.
    pub fn missing_keys(&self) -> BTreeSet<&ContextKey> {
        let statements = || self.layers.iter().flat_map(|it| &it.statements);
        match &self.decision {
            // What is allowed a deny could stop, or an allow that rests on the absence of a key no longer carry.
            Decision::Allowed { .. } => statements()
                .filter(|it| it.applies() == (it.effect == Effect::Allow))
                .flat_map(StatementTrace::missing_keys)
                .collect(),
            Decision::ExplicitDeny { by, .. } => {
                let denying = || statements().filter(|it| by.contains(&it.at));
                let is_fixed = |it: &StatementTrace| it.missing_keys().is_empty();
                if denying().any(is_fixed) {
                    return BTreeSet::new();
                }
                denying().flat_map(StatementTrace::missing_keys).collect()
            }
            Decision::ImplicitDeny { missing } => self.keys_that_could_allow(missing),
        }
    }

    /// A grant of the resource's policy to the caller itself asks neither identity policies nor boundary and session.
    fn keys_that_could_allow(&self, missing: &[Layer]) -> BTreeSet<&ContextKey> {
        let never = [Layer::BlockPublicAccess, Layer::AwsManaged];
        let wanting = |layer: Layer| {
            self.layers.iter().filter(move |it| {
                it.layer == layer && it.outcome != LayerOutcome::Allows && missing.contains(&layer)
            })
        };
        let could_allow = |layer: &Layer| wanting(*layer).all(|it| !keys_of(it).is_empty());
        let around = [Layer::Scp, Layer::VpcEndpoint];
        if never.iter().any(|it| missing.contains(it)) || !around.iter().all(could_allow) {
            return BTreeSet::new();
        }
        let is_across = self.notes.contains(&Note::CrossAccount);
        let limits = [Layer::Boundary, Layer::Session];
        let own = [Layer::Identity, Layer::Boundary, Layer::Session];
        let mut layers: Vec<&LayerTrace> = Vec::new();
        // Within an account the resource's policy need not allow as well.
        let is_own_side_open = if is_across || !missing.contains(&Layer::Identity) {
            own.iter().all(could_allow) && could_allow(&Layer::Resource)
        } else {
            own.iter().all(could_allow)
        };
        if is_own_side_open {
            layers.extend(own.into_iter().flat_map(wanting));
        }
        let of_resource = self.layer(Layer::Resource);
        let is_open_for_resource = if is_across {
            is_own_side_open
        } else {
            of_resource.is_some_and(|it| !keys_of(it).is_empty())
        };
        if is_open_for_resource {
            layers.extend(of_resource);
            layers.extend(limits.into_iter().flat_map(wanting));
        }
        if is_own_side_open || is_open_for_resource {
            layers.extend(around.into_iter().flat_map(wanting));
        }
        layers.into_iter().flat_map(keys_of).collect()
    }
}

fn keys_of(layer: &LayerTrace) -> BTreeSet<&ContextKey> {
    let allows = layer.statements.iter();
    let allows = allows.filter(|it| it.effect == Effect::Allow && !it.applies());
    allows.flat_map(StatementTrace::missing_keys).collect()
}

/// A default in double quotes takes the place of no key.
fn keys_of_variables(variables: &[UnresolvedVariable]) -> Vec<&ContextKey> {
    let named = variables.iter().filter(|it| it.misquoted_default.is_none());
    named.map(|it| &it.key).collect()
}

impl StatementTrace {
    /// Keys that are not in the request, where all that does not look at them holds.
    fn missing_keys(&self) -> BTreeSet<&ContextKey> {
        let mut others = self.tests.iter().filter(|it| it.absent_keys().is_empty());
        if others.any(|it| it.outcome() != ElementOutcome::Matched) {
            return BTreeSet::new();
        }
        let keys = self.tests.iter().flat_map(ElementTrace::absent_keys);
        keys.collect()
    }
}

impl ElementTrace {
    /// The keys without a value that decide how the test came out.
    fn absent_keys(&self) -> Vec<&ContextKey> {
        match self {
            Self::Condition {
                requested: None,
                key,
                ..
            } => vec![key],
            Self::Condition {
                result: ConditionOutcome::Met { .. } | ConditionOutcome::ValueMatched { .. },
                ..
            } => Vec::new(),
            Self::Condition { unresolved, .. }
            | Self::Resource {
                unresolved,
                hit: None,
                ..
            } => keys_of_variables(unresolved),
            _ => Vec::new(),
        }
    }
}
