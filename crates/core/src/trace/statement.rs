//! What testing one statement found: each of its elements, by itself.
//!
//! Knows no layer and no decision. Invariant: whether a statement applies follows from its elements.

use serde::Serialize;

use crate::{
    names::ContextKey,
    pattern::Variable,
    policy::Effect,
    syntax::Span,
    trace::{Choice, StatementRef},
};

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
