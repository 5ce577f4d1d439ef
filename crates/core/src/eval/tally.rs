//! What the layers say, in as few words as the rules need.
//!
//! Filled from a trace or straight from the statements: the rules in `combine` see no difference.

use crate::{
    eval::{
        key_grant,
        layer::{allows_unless_denied, is_powerless, setting},
        scope::{Say, Scope, Slot},
        statement::applies,
    },
    policy::Effect,
    request::Principal,
    trace::{Layer, LayerOutcome, LayerTrace, PrincipalMatch},
};

/// What an allow of the resource's policy, or of a grant on a key, is worth: the first most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    /// It names the caller itself, or everybody.
    Direct,
    /// It names the caller's role, or the user behind a federated one: limits still hold.
    Limited,
    /// It names the caller's account: identity policies decide.
    Account,
}

impl Worth {
    pub(super) const fn of(found: Option<PrincipalMatch>, caller: &Principal) -> Self {
        match (found, caller) {
            // The root user is the account.
            (Some(PrincipalMatch::Account), Principal::Root { .. }) => Self::Direct,
            (Some(PrincipalMatch::Account), _) => Self::Account,
            (Some(PrincipalMatch::Role), _)
            | (Some(PrincipalMatch::User), Principal::FederatedUser { .. }) => Self::Limited,
            _ => Self::Direct,
        }
    }
}

/// The words of all layers.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one layer's word, independent of the others"
)]
pub(super) struct Tally {
    pub(super) identity_allows: bool,
    /// Silent where it limits.
    pub(super) boundary: LayerOutcome,
    /// Silent where it limits; a federated user has nothing where it is absent.
    pub(super) session: LayerOutcome,
    pub(super) resource: LayerOutcome,
    pub(super) is_direct: bool,
    pub(super) is_limited: bool,
    pub(super) is_account: bool,
    /// What a grant on the key is worth, where one allows.
    pub(super) granted: Option<Worth>,
    /// Whether a level is silent.
    pub(super) is_scp_silent: bool,
    pub(super) is_endpoint_silent: bool,
}

impl Tally {
    const fn new() -> Self {
        Self {
            identity_allows: false,
            boundary: LayerOutcome::Absent,
            session: LayerOutcome::Absent,
            resource: LayerOutcome::Absent,
            is_direct: false,
            is_limited: false,
            is_account: false,
            granted: None,
            is_scp_silent: false,
            is_endpoint_silent: false,
        }
    }

    /// From a trace.
    pub(super) fn of(layers: &[LayerTrace], scope: &Scope<'_>) -> Self {
        let mut tally = Self::new();
        let caller = scope.asked.caller;
        let grants = layers.iter().flat_map(|it| &it.grants);
        tally.granted = key_grant::worth(grants, scope);
        for layer in layers {
            tally.add(layer.layer, layer.outcome);
            for it in &layer.statements {
                if it.effect != Effect::Allow || !it.applies() {
                    continue;
                }
                match layer.layer {
                    Layer::Identity => tally.identity_allows = true,
                    Layer::Resource => tally.add_grant(Worth::of(it.principal, caller)),
                    _ => {}
                }
            }
        }
        tally
    }

    /// From the statements; nothing as soon as one denies.
    pub(super) fn count(scope: &Scope<'_>) -> Option<Self> {
        let mut tally = Self::new();
        for slot in scope.slots() {
            let outcome = tally.count_slot(scope, slot)?;
            tally.add(slot.layer, outcome);
        }
        if key_grant::are_asked(scope) {
            tally.granted = key_grant::worth(key_grant::test(scope).grants.iter(), scope);
        }
        Some(tally)
    }

    fn count_slot(&mut self, scope: &Scope<'_>, slot: Slot<'_>) -> Option<LayerOutcome> {
        let documents = match slot.say {
            Say::Documents(it) => it,
            Say::Absent => return Some(LayerOutcome::Absent),
            Say::NotApplicable => return Some(LayerOutcome::NotApplicable),
        };
        let setting = setting(scope, slot.layer);
        let mut allows = allows_unless_denied(slot.layer);
        for statement in documents.iter().flat_map(|it| &it.policy.statements) {
            let effect = statement.effect.value;
            // One allow is enough where it is not asked what it is worth.
            if effect == Effect::Allow && allows && slot.layer != Layer::Resource {
                continue;
            }
            let Some(found) = applies(statement, &scope.asked, setting) else {
                continue;
            };
            match effect {
                Effect::Deny if is_powerless(scope, slot.layer) => {}
                Effect::Deny => return None,
                Effect::Allow => {
                    allows = true;
                    match slot.layer {
                        Layer::Identity => self.identity_allows = true,
                        Layer::Resource => {
                            self.add_grant(Worth::of(found.how, scope.asked.caller));
                        }
                        _ => {}
                    }
                }
            }
        }
        Some(if allows {
            LayerOutcome::Allows
        } else {
            LayerOutcome::Silent
        })
    }

    /// The same if each document that could not be read allowed, and named the caller where it names
    /// anybody.
    pub(super) fn if_unread_allows(mut self, layers: &[LayerTrace]) -> Self {
        for it in layers.iter().filter(|it| !it.unread.is_empty()) {
            match it.layer {
                Layer::Identity => self.identity_allows = true,
                Layer::Resource => {
                    self.resource = LayerOutcome::Allows;
                    self.is_direct = true;
                    self.is_account = true;
                }
                Layer::Boundary => self.boundary = LayerOutcome::Allows,
                Layer::Session => self.session = LayerOutcome::Allows,
                Layer::VpcEndpoint => self.is_endpoint_silent = false,
                Layer::Scp
                | Layer::Rcp
                | Layer::Grant
                | Layer::BlockPublicAccess
                | Layer::AwsManaged => {}
            }
        }
        // Of levels each must allow by itself.
        self.is_scp_silent = layers.iter().any(|it| {
            it.layer == Layer::Scp && it.outcome == LayerOutcome::Silent && it.unread.is_empty()
        });
        self
    }

    const fn add_grant(&mut self, grant: Worth) {
        match grant {
            Worth::Direct => self.is_direct = true,
            Worth::Limited => self.is_limited = true,
            Worth::Account => self.is_account = true,
        }
    }

    const fn add(&mut self, layer: Layer, outcome: LayerOutcome) {
        let is_silent = matches!(outcome, LayerOutcome::Silent);
        match layer {
            Layer::Boundary => self.boundary = outcome,
            Layer::Session => self.session = outcome,
            Layer::Resource => self.resource = outcome,
            Layer::Scp => self.is_scp_silent |= is_silent,
            Layer::VpcEndpoint => self.is_endpoint_silent |= is_silent,
            // The last four never are silent, or need not speak.
            Layer::Identity
            | Layer::Rcp
            | Layer::BlockPublicAccess
            | Layer::AwsManaged
            | Layer::Grant => {}
        }
    }
}
