//! Combines what the layers found into one decision.
//!
//! Knows nothing of JSON, worlds or the screen, and tests no statement. Invariant: any deny of
//! any layer decides; without one, an allow rests on statements that are named.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use crate::{
    eval::service::{ResourceRule, resource_rule},
    policy::Effect,
    request::{Principal, Request},
    trace::{
        Decision, Layer, LayerOutcome, LayerTrace, Note, PrincipalMatch, StatementRef,
        StatementTrace, Trace,
    },
};

pub(super) fn combine(layers: Vec<LayerTrace>, request: &Request) -> Trace {
    let denies: Vec<StatementRef> = applying(&layers, Effect::Deny)
        .map(|(_, it)| it.at.clone())
        .collect();
    let case = Case::new(&layers, request);
    let decision = if denies.is_empty() {
        match case.granted() {
            Some(by) => Decision::Allowed { by },
            None => Decision::ImplicitDeny {
                missing: case.missing(),
            },
        }
    } else {
        Decision::ExplicitDeny { by: denies }
    };
    let notes = case.notes();
    Trace {
        decision,
        layers,
        notes,
    }
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
    caller: &'a Principal,
    is_cross_account: bool,
    rule: ResourceRule,
    has_resource_policy: bool,
    boundary: LayerOutcome,
    /// Statements that allow, by layer.
    by_identity: Vec<&'a StatementRef>,
    by_boundary: Vec<&'a StatementRef>,
    /// The resource's policy names the caller itself, or everybody.
    by_direct: Vec<&'a StatementRef>,
    /// It names the caller's role: boundaries still limit.
    by_role: Vec<&'a StatementRef>,
    /// It names the caller's account: identity policies decide.
    by_account: Vec<&'a StatementRef>,
}

impl<'a> Case<'a> {
    fn new(layers: &'a [LayerTrace], request: &'a Request) -> Self {
        let outcome = |layer| {
            let found = layers.iter().find(|it| it.layer == layer);
            found.map_or(LayerOutcome::Absent, |it| it.outcome)
        };
        let mut case = Self {
            caller: &request.principal,
            is_cross_account: request.is_cross_account(),
            rule: resource_rule(request, outcome(Layer::Resource) != LayerOutcome::Absent),
            has_resource_policy: !matches!(
                outcome(Layer::Resource),
                LayerOutcome::Absent | LayerOutcome::NotApplicable
            ),
            boundary: outcome(Layer::Boundary),
            by_identity: Vec::new(),
            by_boundary: Vec::new(),
            by_direct: Vec::new(),
            by_role: Vec::new(),
            by_account: Vec::new(),
        };
        for (layer, statement) in applying(layers, Effect::Allow) {
            let list = match (layer, statement.principal) {
                (Layer::Identity, _) => &mut case.by_identity,
                (Layer::Boundary, _) => &mut case.by_boundary,
                // The root user is the account.
                (Layer::Resource, Some(PrincipalMatch::Account))
                    if !matches!(case.caller, Principal::Root { .. }) =>
                {
                    &mut case.by_account
                }
                (Layer::Resource, Some(PrincipalMatch::Role)) => &mut case.by_role,
                (Layer::Resource, _) => &mut case.by_direct,
            };
            list.push(&statement.at);
        }
        case
    }

    /// Whether the caller has policies of its own.
    const fn has_identity(&self) -> bool {
        matches!(
            self.caller,
            Principal::User { .. } | Principal::RoleSession { .. }
        )
    }

    /// An absent boundary does not limit, a silent one does.
    fn is_within_boundary(&self) -> bool {
        self.boundary != LayerOutcome::Silent
    }

    /// Within the account: whether an allow of the identity policies is worth something.
    fn identity_counts(&self) -> bool {
        !self.rule.must_allow() || !self.by_account.is_empty()
    }

    /// The statements that grant the request; nothing where it is not granted.
    fn granted(&self) -> Option<Vec<StatementRef>> {
        let ways = if self.is_cross_account {
            self.ways_across_accounts()
        } else {
            self.ways_within_account()
        };
        let mut by: Vec<StatementRef> = Vec::new();
        for statement in ways.iter().flatten().flat_map(|it| it.iter().copied()) {
            if !by.contains(statement) {
                by.push(statement.clone());
            }
        }
        let is_root_at_home = matches!(self.caller, Principal::Root { .. })
            && !self.is_cross_account
            && !self.rule.must_allow();
        // The account's root user has all permissions that no policy takes away.
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html>
        (!ways.is_empty() || is_root_at_home).then_some(by)
    }

    /// Each way that is open, as the lists of statements that it rests on.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>
    fn ways_within_account(&self) -> Vec<Vec<&[&'a StatementRef]>> {
        let mut ways = Vec::new();
        if !self.by_direct.is_empty() {
            ways.push(vec![self.by_direct.as_slice()]);
        }
        if !self.by_role.is_empty() && self.is_within_boundary() {
            ways.push(vec![self.by_role.as_slice(), &self.by_boundary]);
        }
        if self.is_granted_by_identity() {
            let delegation: &[_] = if self.rule.must_allow() {
                &self.by_account
            } else {
                &[]
            };
            ways.push(vec![
                self.by_identity.as_slice(),
                delegation,
                &self.by_boundary,
            ]);
        }
        ways
    }

    /// Both accounts must allow; however the resource's policy names the caller will do there.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
    fn ways_across_accounts(&self) -> Vec<Vec<&[&'a StatementRef]>> {
        let is_open = self.is_allowed_by_resource()
            && self.is_within_boundary()
            && (!self.by_identity.is_empty() || !self.has_identity());
        if !is_open {
            return Vec::new();
        }
        vec![vec![
            self.by_identity.as_slice(),
            &self.by_direct,
            &self.by_role,
            &self.by_account,
            &self.by_boundary,
        ]]
    }

    fn is_allowed_by_resource(&self) -> bool {
        [&self.by_direct, &self.by_role, &self.by_account]
            .iter()
            .any(|it| !it.is_empty())
    }

    /// The layers that had to allow and did not.
    fn missing(&self) -> Vec<Layer> {
        if !self.has_identity() {
            return vec![Layer::Resource];
        }
        let mut missing = Vec::new();
        let is_allowed_by_identity = !self.by_identity.is_empty();
        if self.is_cross_account {
            missing.extend((!is_allowed_by_identity).then_some(Layer::Identity));
            missing.extend((!self.is_allowed_by_resource()).then_some(Layer::Resource));
        } else if self.rule.must_allow() && !self.is_allowed_by_resource() {
            return vec![Layer::Resource];
        } else if !is_allowed_by_identity && self.by_role.is_empty() {
            missing.push(Layer::Identity);
            // Either would have done; a policy that names the account has left it to the other.
            missing.extend(
                (self.has_resource_policy && self.by_account.is_empty()).then_some(Layer::Resource),
            );
        }
        missing.extend((!self.is_within_boundary()).then_some(Layer::Boundary));
        missing
    }

    /// Within the account: whether identity policies grant the request by themselves.
    fn is_granted_by_identity(&self) -> bool {
        !self.by_identity.is_empty() && self.is_within_boundary() && self.identity_counts()
    }

    fn notes(&self) -> Vec<Note> {
        let is_at_home = !self.is_cross_account && self.has_identity();
        let is_direct = is_at_home && !self.by_direct.is_empty();
        let is_by_role = is_at_home && !self.by_role.is_empty();
        let rules = [
            (
                matches!(self.caller, Principal::Root { .. }),
                Note::RootUser,
            ),
            (
                matches!(self.caller, Principal::Service { .. }),
                Note::ServicePrincipal,
            ),
            (self.is_cross_account, Note::CrossAccount),
            (
                self.rule == ResourceRule::TrustPolicy,
                Note::TrustPolicyMustAllow,
            ),
            (
                self.rule == ResourceRule::KeyPolicy,
                Note::KeyPolicyMustAllow,
            ),
            (
                (is_direct || is_by_role && self.is_within_boundary())
                    && !self.is_granted_by_identity(),
                Note::ResourceGrantSuffices,
            ),
            (
                is_at_home && !is_direct && !is_by_role && !self.by_account.is_empty(),
                Note::ResourceDelegatesToIdentity,
            ),
            (
                is_direct && !self.is_within_boundary(),
                Note::BoundaryDoesNotLimit,
            ),
        ];
        rules
            .into_iter()
            .filter_map(|(holds, note)| holds.then_some(note))
            .collect()
    }
}
