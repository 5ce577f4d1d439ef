//! What evaluation found, as data: the decision, every layer, every statement, every element.
//!
//! No prose, and no logic but what follows from the values of one trace. A trace is the intermediate values of evaluation, kept; a screen, the
//! JavaScript API and the tests all read these same values. Invariant: a fact is stored once;
//! what follows from it ([`StatementTrace::outcome`]) is computed.

mod grant;
mod missing;
mod note;

use serde::{Deserialize, Serialize};

pub use self::{
    grant::{GrantMiss, GrantTrace},
    note::{Choice, Note, Unmodelled},
};
use crate::{
    names::{ContextKey, DocumentName, Sid},
    pattern::Variable,
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
        /// The layers that had to allow and did not, besides.
        missing: Vec<Layer>,
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

    /// The answer without its reasons, in AWS's own words.
    pub const fn kind(&self) -> EvalDecision {
        match self {
            Self::Allowed { .. } => EvalDecision::Allowed,
            Self::ExplicitDeny { .. } => EvalDecision::ExplicitDeny,
            Self::ImplicitDeny { .. } => EvalDecision::ImplicitDeny,
        }
    }

    /// The layers that had to allow and did not.
    pub fn missing(&self) -> &[Layer] {
        match self {
            Self::Allowed { .. } => &[],
            Self::ExplicitDeny { missing, .. } | Self::ImplicitDeny { missing } => missing,
        }
    }
}

/// The answer alone.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EvalDecision {
    /// Somebody allows it and nobody denies it.
    Allowed,
    /// Nobody who had to allow did.
    ImplicitDeny,
    /// A statement says `Deny`.
    ExplicitDeny,
}

/// One kind of policy, or setting, that has a say.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layer {
    /// Policies attached to the user, to the user's groups, or to the role.
    Identity,
    /// The policy attached to the resource: bucket policy, key policy, a role's trust policy.
    Resource,
    /// Grants on a KMS key: there only where the key has some.
    Grant,
    /// The permissions boundary of the user or role.
    Boundary,
    /// The policies passed when the session was made.
    Session,
    /// Service control policies of the caller's organization.
    Scp,
    /// Resource control policies of the resource's organization.
    Rcp,
    /// The policy of the VPC endpoint that the request goes through.
    VpcEndpoint,
    /// S3 Block Public Access: settings, no policy.
    BlockPublicAccess,
    /// What AWS itself keeps in its hands, whatever policies say.
    AwsManaged,
}

impl Layer {
    /// The layer's name among those that block.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Grant => "grant",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::VpcEndpoint => "vpce",
            Self::BlockPublicAccess => "s3-bpa",
            Self::AwsManaged => "aws-managed",
        }
    }
}

/// One layer, or one level of one, that by itself keeps a request from going through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blocker {
    /// Which layer.
    pub layer: Layer,
    /// Which level, for policies of an organization; from 0, the root's.
    pub level: Option<usize>,
    /// Whether it denies, or only fails to allow.
    pub denies: bool,
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
    /// Rules of services that bear on this request and that the engine does not know.
    pub unmodelled: Vec<Unmodelled>,
    /// Whether what could not be read of a document might change the answer: then nothing is known.
    #[serde(skip_serializing_if = "is_false")]
    pub hinges_on_unread: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
const fn is_false(it: &bool) -> bool {
    !*it
}

impl Trace {
    /// Everything that stands in the way by itself: removing one is not enough while another is
    /// there. Empty where the request is allowed.
    pub fn blockers(&self) -> Vec<Blocker> {
        let missing = self.decision.missing();
        let is_allowed = self.decision.is_allowed();
        let block = |it: &LayerTrace| {
            let denies = it.outcome == LayerOutcome::Denies;
            let lacks = missing.contains(&it.layer)
                && (it.level.is_none() || it.outcome == LayerOutcome::Silent);
            (!is_allowed && (denies || lacks)).then_some(Blocker {
                layer: it.layer,
                level: it.level,
                denies,
            })
        };
        self.layers.iter().filter_map(block).collect()
    }

    /// The same by the names of the layers, each once.
    pub fn blocked_by(&self) -> Vec<&'static str> {
        let mut words: Vec<_> = self.blockers().iter().map(|it| it.layer.word()).collect();
        words.dedup();
        words
    }

    /// Where the documentation is silent or says two things, and the choice made mattered.
    pub fn choices(&self) -> impl Iterator<Item = Choice> {
        let statements = self.layers.iter().flat_map(|it| &it.statements);
        let of_statements = statements.flat_map(|it| it.choices.iter().copied());
        let of_notes = self.notes.iter().filter_map(|it| it.choice());
        of_statements.chain(of_notes)
    }

    /// Whether the answer stands: nothing that could change it was left unjudged or unread. What is not
    /// allowed stays so where a statement does not apply because it could not be judged.
    pub fn is_judged(&self) -> bool {
        let is_known = self.unmodelled.is_empty() && self.not_evaluated().next().is_none();
        !self.hinges_on_unread && (is_known || !self.decision.is_allowed())
    }

    /// The documents on which the answer hinges and that could not be read whole.
    pub fn unread(&self) -> impl Iterator<Item = (&LayerTrace, &DocumentName)> {
        let missing = self.decision.missing();
        let layers = self.layers.iter().filter(move |it| {
            let is_asked = missing.is_empty() || missing.contains(&it.layer);
            self.hinges_on_unread && is_asked
        });
        layers.flat_map(|layer| layer.unread.iter().map(move |it| (layer, it)))
    }

    /// The trace of one layer; of a layer in levels, the first.
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

/// What one layer found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerTrace {
    /// Which layer.
    pub layer: Layer,
    /// Which level, for policies of an organization; from 0, the root's.
    pub level: Option<usize>,
    /// Its word.
    pub outcome: LayerOutcome,
    /// Every statement of every document, in order.
    pub statements: Vec<StatementTrace>,
    /// Every grant, for the layer of grants, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantTrace>,
    /// Its documents that could not be read whole: AWS would not save them, and what they are meant to
    /// say besides their statements here is not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<DocumentName>,
}

/// One layer's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LayerOutcome {
    /// A statement denies, or a setting does.
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
    /// Choices behind its outcome, where AWS's pages leave one.
    pub choices: Vec<Choice>,
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
    /// Exactly this user; for a federated user, the one that issued its session.
    User,
    /// Exactly this session.
    Session,
    /// Exactly this federated user.
    FederatedUser,
    /// Exactly this service.
    Service,
    /// The identity provider that vouches for the caller.
    Federated,
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
        /// Values whose variable has no value in this request, and the variable.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        unresolved: Vec<UnresolvedVariable>,
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

    /// Whether it is a `Not…` element.
    pub const fn is_negated(&self) -> bool {
        match self {
            Self::Principal { negated, .. }
            | Self::Action { negated, .. }
            | Self::Resource { negated, .. } => *negated,
            Self::Condition { .. } => false,
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
    /// A default that stands in double quotes, and so is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misquoted_default: Option<String>,
}

impl UnresolvedVariable {
    /// That the variable has no value where it stands in the pattern at `span`.
    pub fn new(span: Span, variable: &Variable) -> Self {
        Self {
            span,
            key: variable.key.clone(),
            misquoted_default: variable.misquoted().map(str::to_owned),
        }
    }
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
