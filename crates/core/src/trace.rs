//! What evaluation found, as data: the decision, every layer, every statement, every element.
//!
//! No logic and no prose. A trace is the intermediate values of evaluation, kept; a screen, the
//! JavaScript API and the tests all read these same values. Invariant: a fact is stored once;
//! what follows from it ([`StatementTrace::outcome`]) is computed.

use serde::{Deserialize, Serialize};

use crate::{
    names::{ContextKey, DocumentName, Sid},
    policy::Effect,
    syntax::Span,
};

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Decision {
    /// Somebody allows it and nobody denies it.
    Allowed {
        /// Every statement that the answer rests on.
        by: Vec<StatementRef>,
    },
    /// A statement says `Deny`: nothing can outweigh it.
    ExplicitDeny {
        /// Every such statement, not only the first.
        by: Vec<StatementRef>,
    },
    /// Nobody says no, but somebody who had to allow did not.
    ImplicitDeny {
        /// The layers that had to allow and did not.
        missing: Vec<Layer>,
    },
}

impl Decision {
    /// Whether the request goes through.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// One kind of policy that has a say.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layer {
    /// Policies attached to the user, to the user's groups, or to the role.
    Identity,
    /// The policy attached to the resource: bucket policy, key policy, a role's trust policy.
    Resource,
    /// The permissions boundary of the user or role.
    Boundary,
}

/// What evaluation found, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// The answer.
    pub decision: Decision,
    /// Every layer, evaluated to the end whatever the others said.
    pub layers: Vec<LayerTrace>,
    /// Rules that changed what a layer's word is worth.
    pub notes: Vec<Note>,
}

impl Trace {
    /// The trace of one layer.
    pub fn layer(&self, layer: Layer) -> Option<&LayerTrace> {
        self.layers.iter().find(|it| it.layer == layer)
    }

    /// Every element that could not be judged, with its statement.
    pub fn not_evaluated(&self) -> impl Iterator<Item = (&StatementTrace, &ElementTrace)> {
        let statements = self.layers.iter().flat_map(|it| &it.statements);
        statements.flat_map(|statement| {
            let tests = statement
                .tests
                .iter()
                .filter(|it| it.outcome() == ElementOutcome::NotEvaluated);
            tests.map(move |it| (statement, it))
        })
    }
}

/// A rule of combination that mattered for this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Note {
    /// The resource's policy names the caller itself: identity policies need not allow as well.
    ResourceGrantSuffices,
    /// The resource's policy names the caller's account: identity policies decide.
    ResourceDelegatesToIdentity,
    /// The resource's policy names the caller itself, so the boundary's silence does not limit.
    BoundaryDoesNotLimit,
    /// Caller and resource lie in different accounts: both sides must allow.
    CrossAccount,
    /// A role's trust policy must always allow.
    TrustPolicyMustAllow,
    /// A key policy must allow, or delegate to the account, before identity policies count.
    KeyPolicyMustAllow,
    /// A service has no identity policies: the resource's policy alone decides.
    ServicePrincipal,
    /// The account's root user needs no identity policy.
    RootUser,
}

/// What one layer found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerTrace {
    /// Which layer.
    pub layer: Layer,
    /// Its word.
    pub outcome: LayerOutcome,
    /// Every statement of every document, in order.
    pub statements: Vec<StatementTrace>,
}

/// One layer's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LayerOutcome {
    /// A statement denies.
    Denies,
    /// A statement allows and none denies.
    Allows,
    /// No statement applies.
    Silent,
    /// There is no policy of this kind here, so it does not limit.
    Absent,
    /// This kind of policy has no say for this caller.
    NotApplicable,
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementRef {
    /// The document, by the name its owner gave it.
    pub document: DocumentName,
    /// The statement's place in the document, from 0.
    pub index: usize,
    /// Its id, where it has one.
    pub sid: Option<Sid>,
    /// The statement's text.
    pub span: Span,
}

/// What testing one statement found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementTrace {
    /// Which statement.
    pub at: StatementRef,
    /// What it says when it applies.
    pub effect: Effect,
    /// The test of each element; all are tested, also behind a miss.
    pub tests: Vec<ElementTrace>,
    /// How the `Principal` element matched, where there is one and it did.
    pub principal: Option<PrincipalMatch>,
}

impl StatementTrace {
    /// Whether the statement applies: each element matched.
    pub fn outcome(&self) -> ElementOutcome {
        let outcomes = || self.tests.iter().map(ElementTrace::outcome);
        if outcomes().any(|it| it == ElementOutcome::Missed) {
            ElementOutcome::Missed
        } else if outcomes().any(|it| it == ElementOutcome::NotEvaluated) {
            ElementOutcome::NotEvaluated
        } else {
            ElementOutcome::Matched
        }
    }

    /// Whether the statement applies to the request.
    pub fn applies(&self) -> bool {
        self.outcome() == ElementOutcome::Matched
    }
}

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ElementOutcome {
    /// The element holds for the request.
    Matched,
    /// It does not.
    Missed,
    /// The engine cannot say; the statement is taken as not applying, and this is reported.
    NotEvaluated,
}

/// How a `Principal` entry took in the caller. What a grant is worth depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PrincipalMatch {
    /// `*`.
    Any,
    /// The caller's account.
    Account,
    /// The role the session belongs to.
    Role,
    /// Exactly this user.
    User,
    /// Exactly this session.
    Session,
    /// Exactly this service.
    Service,
    /// `NotPrincipal`: everybody but those listed.
    AllBut,
}

/// The test of one element of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "element",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ElementTrace {
    /// `Principal` or `NotPrincipal`.
    Principal {
        /// The element, name and value.
        span: Span,
        /// `NotPrincipal`.
        negated: bool,
        /// The entry that took the caller in.
        hit: Option<Span>,
        /// How it came out.
        outcome: ElementOutcome,
    },
    /// `Action` or `NotAction`.
    Action {
        /// The element, name and value.
        span: Span,
        /// `NotAction`.
        negated: bool,
        /// The pattern that took the action in.
        hit: Option<Span>,
        /// How it came out.
        outcome: ElementOutcome,
    },
    /// `Resource` or `NotResource`.
    Resource {
        /// The element, name and value.
        span: Span,
        /// `NotResource`.
        negated: bool,
        /// The pattern that took the resource in.
        hit: Option<Span>,
        /// Patterns whose variable has no value in this request, and the variable.
        unresolved: Vec<UnresolvedVariable>,
        /// How it came out.
        outcome: ElementOutcome,
    },
    /// One key under one operator of `Condition`.
    Condition {
        /// The key and its values.
        span: Span,
        /// The operator as written, such as `ForAnyValue:StringLike`.
        operator: String,
        /// The key as written.
        key: ContextKey,
        /// The request's values; `None` where the key is absent.
        requested: Option<Vec<String>>,
        /// The policy's values, variables filled in.
        wanted: Vec<String>,
        /// What the comparison found.
        result: ConditionOutcome,
    },
}

impl ElementTrace {
    /// How the test came out.
    pub const fn outcome(&self) -> ElementOutcome {
        match self {
            Self::Principal { outcome, .. }
            | Self::Action { outcome, .. }
            | Self::Resource { outcome, .. } => *outcome,
            Self::Condition { result, .. } => result.outcome(),
        }
    }

    /// The element's text.
    pub const fn span(&self) -> Span {
        match self {
            Self::Principal { span, .. }
            | Self::Action { span, .. }
            | Self::Resource { span, .. }
            | Self::Condition { span, .. } => *span,
        }
    }

    /// The narrowest text that shows the outcome: the entry that hit, else the element.
    pub const fn evidence(&self) -> Span {
        match self {
            Self::Principal { hit: Some(hit), .. }
            | Self::Action { hit: Some(hit), .. }
            | Self::Resource { hit: Some(hit), .. }
            | Self::Condition {
                result: ConditionOutcome::Met { by: hit },
                ..
            } => *hit,
            _ => self.span(),
        }
    }
}

/// A pattern that stands for nothing in this request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnresolvedVariable {
    /// The pattern.
    pub span: Span,
    /// The variable's key.
    pub key: ContextKey,
}

/// What one condition found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ConditionOutcome {
    /// A value of the policy matched.
    Met {
        /// That value.
        by: Span,
    },
    /// A negated operator, and no value of the policy matched: the condition is met.
    MetByDifference,
    /// The key is absent, and this operator is met by that.
    MetByAbsence,
    /// The key is there, but no value (for `ForAllValues`: not every value) fits.
    NoValueMatched,
    /// A negated operator, and a value of the policy did match.
    ValueMatched {
        /// That value.
        by: Span,
    },
    /// The key is absent, and this operator needs it.
    KeyAbsent,
    /// A value is not of the operator's type, or a plain operator met a multi-valued key.
    WrongShape,
    /// The operator is not known.
    NotEvaluated,
}

impl ConditionOutcome {
    /// Met, not met, or not known.
    pub const fn outcome(self) -> ElementOutcome {
        match self {
            Self::Met { .. } | Self::MetByDifference | Self::MetByAbsence => {
                ElementOutcome::Matched
            }
            Self::NoValueMatched
            | Self::ValueMatched { .. }
            | Self::KeyAbsent
            | Self::WrongShape => ElementOutcome::Missed,
            Self::NotEvaluated => ElementOutcome::NotEvaluated,
        }
    }
}
