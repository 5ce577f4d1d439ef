//! Combines what the layers found into one decision.
//!
//! Knows nothing of JSON, worlds or the screen, and tests no statement. Invariants: any deny of any
//! layer decides; without one, an allow rests on statements that are named.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use crate::{
    eval::{
        layer::is_powerless,
        scope::Scope,
        service::{self, ResourceRule},
        tally::{Tally, Worth},
    },
    policy::Effect,
    request::Principal,
    trace::{Decision, Layer, LayerOutcome, LayerTrace, Note, StatementRef, StatementTrace, Trace},
};

pub(super) fn combine(layers: Vec<LayerTrace>, scope: &Scope<'_>) -> Trace {
    let denies: Vec<StatementRef> = applying(&layers, Effect::Deny)
        .filter(|it| !is_powerless(scope, it.0))
        .map(|(_, it)| it.at.clone())
        .collect();
    let case = Case {
        scope,
        tally: Tally::of(&layers, scope),
    };
    let decision = if scope.let_through.is_some() {
        Decision::Allowed { by: Vec::new() }
    } else if !denies.is_empty() {
        Decision::ExplicitDeny {
            by: denies,
            missing: case.missing(),
        }
    } else if case.is_allowed() {
        Decision::Allowed {
            by: case.by(&layers),
        }
    } else {
        Decision::ImplicitDeny {
            missing: case.missing(),
        }
    };
    Trace {
        notes: case.notes(&layers),
        unmodelled: service::unmodelled(scope.policies, scope.request),
        hinges_on_unread: case.hinges_on_unread(&decision, &layers),
        decision,
        layers,
    }
}

/// Whether the request is allowed, once no statement denies it.
pub(super) fn is_allowed(scope: &Scope<'_>, tally: Tally) -> bool {
    Case { scope, tally }.is_allowed()
}

fn applying(
    layers: &[LayerTrace],
    effect: Effect,
) -> impl Iterator<Item = (Layer, &StatementTrace)> {
    let statements = layers
        .iter()
        .flat_map(|layer| layer.statements.iter().map(|it| (layer.layer, it)));
    statements.filter(move |(_, it)| it.effect == effect && it.applies())
}

/// All that the decision depends on once no statement denies.
struct Case<'a> {
    scope: &'a Scope<'a>,
    tally: Tally,
}

/// The ways on which caller and resource come together, each open or not.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "several ways can be open at once, and each is named as a reason"
)]
struct Ways {
    /// The resource's policy names the caller itself, or everybody.
    direct: bool,
    /// It names the caller's role: boundary and session policies still limit.
    limited: bool,
    /// Identity policies allow.
    identity: bool,
    /// Both accounts allow.
    across: bool,
    /// No statement is needed.
    free: bool,
}

impl Ways {
    const fn is_open(self) -> bool {
        self.direct || self.limited || self.identity || self.across || self.free
    }
}

impl Case<'_> {
    const fn caller(&self) -> &Principal {
        self.scope.asked.caller
    }

    /// An absent boundary does not limit, a silent one does; the same with session policies.
    fn is_within_limits(&self) -> bool {
        self.tally.boundary != LayerOutcome::Silent && self.tally.session != LayerOutcome::Silent
    }

    /// Whether the caller is a federated user with nothing passed to its session.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
    fn is_empty_federation(&self) -> bool {
        matches!(self.caller(), Principal::FederatedUser { .. })
            && self.tally.session == LayerOutcome::Absent
    }

    const fn is_allowed_by_resource(&self) -> bool {
        self.tally.is_direct
            || self.tally.is_limited
            || self.tally.is_account
            || self.tally.granted.is_some()
    }

    /// Whether the key's policy or a grant is worth that much.
    fn is_worth(&self, worth: Worth) -> bool {
        let tally = self.tally;
        let by_policy = match worth {
            Worth::Direct => tally.is_direct,
            Worth::Limited => tally.is_limited,
            Worth::Account => tally.is_account,
        };
        by_policy || tally.granted == Some(worth)
    }

    /// The account's root user has all permissions that no policy takes away.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html>
    const fn is_root_at_home(&self) -> bool {
        matches!(self.caller(), Principal::Root { .. })
            && !self.scope.is_cross_account
            && !self.scope.rule.must_allow()
    }

    fn ways(&self) -> Ways {
        let free = self.is_root_at_home();
        let ways = if self.scope.is_cross_account {
            self.ways_across_accounts()
        } else {
            self.ways_within_account()
        };
        Ways { free, ..ways }
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>
    fn ways_within_account(&self) -> Ways {
        let tally = self.tally;
        let identity_counts = !self.scope.rule.must_allow() || self.is_worth(Worth::Account);
        Ways {
            direct: self.is_worth(Worth::Direct),
            limited: self.is_worth(Worth::Limited) && self.is_within_limits(),
            identity: tally.identity_allows
                && self.is_within_limits()
                && identity_counts
                && !self.is_empty_federation(),
            ..Ways::default()
        }
    }

    /// Both accounts must allow; however the resource's policy names the caller will do there.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
    fn ways_across_accounts(&self) -> Ways {
        let is_own_side_open = self.is_within_limits()
            && (self.tally.identity_allows || !self.scope.has_identity)
            && !self.is_empty_federation();
        Ways {
            across: self.is_allowed_by_resource() && is_own_side_open,
            ..Ways::default()
        }
    }

    fn is_allowed(&self) -> bool {
        let tally = self.tally;
        let is_stopped = self.scope.restriction.is_some() || self.scope.refusal.is_some();
        !tally.is_scp_silent && !tally.is_endpoint_silent && !is_stopped && self.ways().is_open()
    }

    /// Every statement that the answer rests on: way by way, then the limits.
    fn by(&self, layers: &[LayerTrace]) -> Vec<StatementRef> {
        let ways = self.ways();
        let must_allow = self.scope.rule.must_allow();
        let mut by: Vec<StatementRef> = Vec::new();
        let mut is_in = vec![false; applying(layers, Effect::Allow).count()];
        let mut add = |wanted: Layer, grant: Option<Worth>| {
            for (idx, (layer, statement)) in applying(layers, Effect::Allow).enumerate() {
                let is_wanted = layer == wanted
                    && grant.is_none_or(|it| Worth::of(statement.principal, self.caller()) == it);
                let is_in = is_in.get_mut(idx).filter(|it| is_wanted && !**it);
                if let Some(is_in) = is_in {
                    *is_in = true;
                    by.push(statement.at.clone());
                }
            }
        };
        if ways.direct {
            add(Layer::Resource, Some(Worth::Direct));
        }
        if ways.limited {
            add(Layer::Resource, Some(Worth::Limited));
            add(Layer::Boundary, None);
            add(Layer::Session, None);
        }
        if ways.identity || ways.across {
            add(Layer::Identity, None);
            if ways.across {
                add(Layer::Resource, Some(Worth::Direct));
                add(Layer::Resource, Some(Worth::Limited));
            }
            if ways.across || must_allow {
                add(Layer::Resource, Some(Worth::Account));
            }
            add(Layer::Boundary, None);
            add(Layer::Session, None);
        }
        add(Layer::Scp, None);
        add(Layer::Rcp, None);
        add(Layer::VpcEndpoint, None);
        by
    }

    /// Whether a document that could not be read whole could change the answer: what is allowed any of
    /// them might deny, and what nobody allows those of the layers that should have might allow. A deny
    /// that could be read stands.
    fn hinges_on_unread(&self, decision: &Decision, layers: &[LayerTrace]) -> bool {
        let scope = self.scope;
        match decision {
            Decision::ExplicitDeny { .. } => false,
            Decision::Allowed { .. } if scope.let_through.is_some() => false,
            Decision::Allowed { .. } => layers
                .iter()
                .any(|it| !it.unread.is_empty() && !is_powerless(scope, it.layer)),
            Decision::ImplicitDeny { .. } => {
                layers.iter().any(|it| !it.unread.is_empty())
                    && is_allowed(scope, self.tally.if_unread_allows(layers))
            }
        }
    }

    /// The layers that had to allow and did not.
    fn missing(&self) -> Vec<Layer> {
        let mut missing = if self.ways().is_open() {
            Vec::new()
        } else {
            self.missing_of_both_sides()
        };
        let limits = [
            (self.tally.is_scp_silent, Layer::Scp),
            (self.tally.is_endpoint_silent, Layer::VpcEndpoint),
            (self.scope.restriction.is_some(), Layer::BlockPublicAccess),
            (self.scope.refusal.is_some(), Layer::AwsManaged),
        ];
        missing.extend(limits.iter().filter(|it| it.0).map(|it| it.1));
        missing
    }

    /// Of caller and resource.
    fn missing_of_both_sides(&self) -> Vec<Layer> {
        let tally = self.tally;
        if !self.scope.has_identity {
            return vec![Layer::Resource];
        }
        let mut missing = Vec::new();
        if self.scope.is_cross_account {
            missing.extend((!tally.identity_allows).then_some(Layer::Identity));
            missing.extend((!self.is_allowed_by_resource()).then_some(Layer::Resource));
        } else if self.scope.rule.must_allow() && !self.is_allowed_by_resource() {
            return vec![Layer::Resource];
        } else if !tally.identity_allows && !self.is_worth(Worth::Limited) {
            missing.push(Layer::Identity);
            // Either would have done; a policy that names the account has left it to the other.
            let has_policy = !matches!(
                tally.resource,
                LayerOutcome::Absent | LayerOutcome::NotApplicable
            );
            missing.extend((has_policy && !tally.is_account).then_some(Layer::Resource));
        }
        missing.extend((tally.boundary == LayerOutcome::Silent).then_some(Layer::Boundary));
        let lacks_session = tally.session == LayerOutcome::Silent || self.is_empty_federation();
        missing.extend(lacks_session.then_some(Layer::Session));
        missing
    }

    fn notes(&self, layers: &[LayerTrace]) -> Vec<Note> {
        let tally = self.tally;
        let (scope, caller) = (self.scope, self.caller());
        let ways = self.ways();
        let is_at_home = !scope.is_cross_account && scope.has_identity;
        let is_direct = is_at_home && tally.is_direct;
        let is_limited = is_at_home && tally.is_limited;
        let is_federated = matches!(caller, Principal::Federated { .. });
        let has = |layer, outcome| {
            let mut found = layers.iter();
            found.any(|it| it.layer == layer && it.outcome == outcome)
        };
        let is_rcp_given = !scope.policies.rcps.is_empty();
        let rules = [
            (matches!(caller, Principal::Root { .. }), Note::RootUser),
            (
                matches!(caller, Principal::Service { .. }),
                Note::ServicePrincipal,
            ),
            (is_federated, Note::FederatedCaller),
            (scope.is_cross_account, Note::CrossAccount),
            (
                scope.rule == ResourceRule::TrustPolicy,
                Note::TrustPolicyMustAllow,
            ),
            (
                scope.rule == ResourceRule::KeyPolicy,
                Note::KeyPolicyMustAllow,
            ),
            (
                (is_direct || is_limited && ways.limited) && !ways.identity,
                Note::ResourceGrantSuffices,
            ),
            (
                is_at_home && !is_direct && !is_limited && tally.is_account,
                Note::ResourceDelegatesToIdentity,
            ),
            (tally.granted.is_some() && ways.is_open(), Note::GrantAllows),
            (
                is_direct && tally.boundary == LayerOutcome::Silent,
                Note::BoundaryDoesNotLimit,
            ),
            (
                is_direct && tally.session == LayerOutcome::Silent,
                Note::SessionPolicyDoesNotLimit,
            ),
            (
                self.is_empty_federation() && !is_direct,
                Note::FederatedUserWithoutSessionPolicy,
            ),
            (
                caller.is_service_linked() && (is_rcp_given || !scope.policies.scps.is_empty()),
                Note::ServiceLinkedRole,
            ),
            (
                is_rcp_given && !service::asks_rcp(scope.request),
                Note::RcpNotSupported,
            ),
            (
                scope.is_gateway() && has(Layer::VpcEndpoint, LayerOutcome::Silent),
                Note::GatewayEndpoint,
            ),
            (
                *scope.asked.action != scope.request.action,
                Note::AuthorizedAsAnotherAction,
            ),
            (
                scope.is_above_bucket_policy()
                    && applying(layers, Effect::Deny).any(|it| it.0 == Layer::Resource),
                Note::RootKeepsBucketPolicy,
            ),
            (
                service::ignores_bucket_tags(scope.policies.settings, scope.request),
                Note::BucketTagsDoNotCount,
            ),
        ];
        let named = rules
            .into_iter()
            .filter_map(|(holds, note)| holds.then_some(note));
        named
            .chain(scope.let_through)
            .chain(scope.restriction)
            .chain(scope.refusal)
            .collect()
    }
}
