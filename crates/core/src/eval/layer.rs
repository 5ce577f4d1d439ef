//! Folds the statements of one kind of policy into that layer's word.
//!
//! A layer of several documents is their union: one deny denies, else one allow allows. Invariant:
//! every layer is in the result, in the order of [`Layer`], also where it has no say.

use crate::{
    eval::{
        NamedPolicy, PolicySet,
        service::{ResourceRule, resource_rule},
        statement::{Setting, test_document},
    },
    policy::Effect,
    request::{Principal, Request},
    trace::{Layer, LayerOutcome, LayerTrace, StatementTrace},
};

pub(super) fn test_all(policies: &PolicySet, request: &Request) -> Vec<LayerTrace> {
    // Only users and roles have identity policies and boundaries.
    let has_identity = matches!(
        request.principal,
        Principal::User { .. } | Principal::RoleSession { .. }
    );
    let has_resource_policy =
        resource_rule(request, policies.resource.is_some()) != ResourceRule::NoPolicy;
    let setting = |has_principal| Setting {
        has_principal,
        has_boundary: policies.boundary.is_some() && has_identity,
    };
    vec![
        if has_identity {
            // Without any policy the layer is silent, not absent: it is there to grant.
            test_layer(Layer::Identity, &policies.identity, request, setting(false))
        } else {
            without_say(Layer::Identity, LayerOutcome::NotApplicable)
        },
        match &policies.resource {
            _ if !has_resource_policy => without_say(Layer::Resource, LayerOutcome::NotApplicable),
            None => without_say(Layer::Resource, LayerOutcome::Absent),
            Some(it) => test_layer(
                Layer::Resource,
                std::slice::from_ref(it),
                request,
                setting(true),
            ),
        },
        match &policies.boundary {
            _ if !has_identity => without_say(Layer::Boundary, LayerOutcome::NotApplicable),
            None => without_say(Layer::Boundary, LayerOutcome::Absent),
            Some(it) => test_layer(
                Layer::Boundary,
                std::slice::from_ref(it),
                request,
                setting(false),
            ),
        },
    ]
}

const fn without_say(layer: Layer, outcome: LayerOutcome) -> LayerTrace {
    LayerTrace {
        layer,
        outcome,
        statements: Vec::new(),
    }
}

fn test_layer(
    layer: Layer,
    documents: &[NamedPolicy],
    request: &Request,
    setting: Setting,
) -> LayerTrace {
    let statements: Vec<StatementTrace> = documents
        .iter()
        .flat_map(|it| test_document(it, request, setting))
        .collect();
    let says = |effect| {
        statements
            .iter()
            .any(|it| it.effect == effect && it.applies())
    };
    let outcome = if says(Effect::Deny) {
        LayerOutcome::Denies
    } else if says(Effect::Allow) {
        LayerOutcome::Allows
    } else {
        LayerOutcome::Silent
    };
    LayerTrace {
        layer,
        outcome,
        statements,
    }
}
