//! Folds the statements of one kind of policy into that layer's word.
//!
//! A layer of several documents is their union: one deny denies, else one allow allows. Invariant:
//! every layer is in the result, in the order of [`Layer`], also where it has no say; settings of
//! S3 and what AWS keeps to itself are there where they bear on the request.

use crate::{
    eval::{
        key_grant,
        scope::{Say, Scope, Slot},
        service,
        statement::{Setting, test_document},
    },
    policy::Effect,
    trace::{Layer, LayerOutcome, LayerTrace, StatementTrace},
};

pub(super) fn test_all(scope: &Scope<'_>) -> Vec<LayerTrace> {
    let mut layers: Vec<LayerTrace> = scope.slots().map(|it| test(scope, it)).collect();
    if key_grant::are_asked(scope) {
        let after = layers.iter().position(|it| it.layer == Layer::Resource);
        layers.insert(
            after.map_or(layers.len(), |it| it + 1),
            key_grant::test(scope),
        );
    }
    let setting = |layer, denies| LayerTrace {
        layer,
        level: None,
        outcome: if denies {
            LayerOutcome::Denies
        } else {
            LayerOutcome::Allows
        },
        statements: Vec::new(),
        grants: Vec::new(),
        unread: Vec::new(),
    };
    if service::is_public_access_asked(scope.policies, scope.request) {
        let is_stopped = scope.restriction.is_some();
        layers.push(setting(Layer::BlockPublicAccess, is_stopped));
    }
    if scope.refusal.is_some() {
        layers.push(setting(Layer::AwsManaged, true));
    }
    layers
}

fn test(scope: &Scope<'_>, slot: Slot<'_>) -> LayerTrace {
    let documents = match slot.say {
        Say::Documents(it) => it,
        Say::Absent => return without_say(slot, LayerOutcome::Absent),
        Say::NotApplicable => return without_say(slot, LayerOutcome::NotApplicable),
    };
    let setting = setting(scope, slot.layer);
    let statements: Vec<StatementTrace> = documents
        .iter()
        .flat_map(|it| test_document(it, &scope.asked, setting))
        .collect();
    let says = |effect| {
        statements
            .iter()
            .any(|it| it.effect == effect && it.applies())
    };
    let outcome = if says(Effect::Deny) && !is_powerless(scope, slot.layer) {
        LayerOutcome::Denies
    } else if says(Effect::Allow) || allows_unless_denied(slot.layer) {
        LayerOutcome::Allows
    } else {
        LayerOutcome::Silent
    };
    LayerTrace {
        layer: slot.layer,
        level: slot.level,
        outcome,
        statements,
        grants: Vec::new(),
        unread: documents
            .iter()
            .filter(|it| !it.policy.is_whole)
            .map(|it| it.name.clone())
            .collect(),
    }
}

const fn without_say(slot: Slot<'_>, outcome: LayerOutcome) -> LayerTrace {
    LayerTrace {
        layer: slot.layer,
        level: slot.level,
        outcome,
        statements: Vec::new(),
        grants: Vec::new(),
        unread: Vec::new(),
    }
}

/// How the statements of a layer are tested.
pub(super) fn setting(scope: &Scope<'_>, layer: Layer) -> Setting {
    Setting {
        has_principal: matches!(layer, Layer::Resource | Layer::Rcp | Layer::VpcEndpoint),
        has_boundary: scope.has_boundary(),
        is_gateway: layer == Layer::VpcEndpoint && scope.is_gateway(),
    }
}

/// Whether a deny of this layer does not bind the caller.
pub(super) fn is_powerless(scope: &Scope<'_>, layer: Layer) -> bool {
    layer == Layer::Resource && scope.is_above_bucket_policy()
}

/// `RCPFullAWSAccess` is at every level and cannot be detached, so a level allows what it does not
/// deny, whether that policy was given or not.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html>
pub(super) const fn allows_unless_denied(layer: Layer) -> bool {
    matches!(layer, Layer::Rcp)
}
