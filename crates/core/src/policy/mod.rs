//! A policy document as parsed: every element with its place, every pattern compiled once.
//!
//! Knows nothing of requests or worlds. The text stays the document, spans point into it; a
//! [`Policy`] is therefore never serialised. Reading is total: [`parse`] gives whatever can be
//! understood and says what cannot.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

pub mod literal;
mod operator;
mod parse;
pub(crate) mod service_names;

use serde::{Deserialize, Serialize};

pub(crate) use self::parse::spelling;
pub use self::{operator::BASE_OPERATORS, parse::parse};
use crate::{
    names::{ContextKey, Sid},
    pattern::{ActionPattern, ArnPattern, ShortArn, Template},
    syntax::{Span, Spanned},
};

/// The elements of a policy document, in the order of AWS's reference.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
pub const DOCUMENT_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

/// The elements of a statement, in the same order.
pub const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Which kind of policy a text is meant to be: decides which elements it must and may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PolicyKind {
    /// Attached to a user, group or role.
    Identity,
    /// Attached to a bucket, key or repository.
    Resource,
    /// A role's trust policy: no `Resource`.
    Trust,
    /// A permissions boundary.
    Boundary,
    /// Passed when a session is made.
    Session,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// Attached to a VPC endpoint.
    VpcEndpoint,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Resource,
        Self::Trust,
        Self::Boundary,
        Self::Session,
        Self::Scp,
        Self::Rcp,
        Self::VpcEndpoint,
    ];

    /// Whether each statement must say whom it is about.
    pub const fn has_principal(self) -> bool {
        matches!(
            self,
            Self::Resource | Self::Trust | Self::Rcp | Self::VpcEndpoint
        )
    }

    /// Whether each statement must say what it is about.
    pub const fn has_resource(self) -> bool {
        !matches!(self, Self::Trust)
    }
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum LanguageVersion {
    /// `2008-10-17`, also where nothing is said: no policy variables.
    #[serde(rename = "2008-10-17")]
    V2008,
    /// `2012-10-17`.
    #[serde(rename = "2012-10-17")]
    V2012,
}

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The language version it is written in.
    pub version: LanguageVersion,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
    /// Whether these are all that the text has: none had to be left out.
    pub is_whole: bool,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The whole statement.
    pub span: Span,
    /// `Sid`.
    pub sid: Option<Spanned<Sid>>,
    /// `Effect`.
    pub effect: Spanned<Effect>,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<PrincipalElement>,
    /// `Action` or `NotAction`.
    pub action: Element<ActionPattern>,
    /// `Resource` or `NotResource`; a trust policy has neither.
    pub resource: Option<Element<ArnPattern>>,
    /// `Condition`, flattened: all of them must be met.
    pub conditions: Vec<Condition>,
}

/// What a statement does when it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Effect {
    /// Lets the request through, unless somebody denies it.
    Allow,
    /// Stops the request, whoever allows it.
    Deny,
}

/// An element that lists patterns, plain or as its `Not…` twin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<T> {
    /// Name and value.
    pub span: Span,
    /// Whether it is the `Not…` form.
    pub negated: bool,
    /// The patterns.
    pub patterns: Vec<Spanned<T>>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// Name and value.
    pub span: Span,
    /// Whether it is `NotPrincipal`.
    pub negated: bool,
    /// The entries.
    pub entries: Vec<Spanned<PrincipalPattern>>,
}

/// One entry of a `Principal` element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrincipalPattern {
    /// `"*"`.
    Any,
    /// `{"AWS": "*"}`: the same, but for services, where AWS's pages leave it open.
    AnyAws,
    /// An account: twelve digits, or its root ARN.
    Account(crate::names::AccountId),
    /// An ARN of a user, role, role session or federated user.
    Arn(crate::names::Arn),
    /// A service, such as `sagemaker.amazonaws.com`.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// An account by S3's canonical id.
    CanonicalUser(String),
    /// A unique id (`AIDA…`, `AROA…`): what a saved ARN becomes once its owner is deleted.
    UniqueId(String),
}

/// One key under one operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The key and its values.
    pub span: Span,
    /// The operator as written.
    pub operator: Spanned<String>,
    /// The operator, understood. `None`: unknown, so the statement cannot be evaluated.
    pub parsed: Option<Operator>,
    /// The key.
    pub key: Spanned<ContextKey>,
    /// The values: any of them will do (for a negated operator: none must match).
    pub values: Vec<Spanned<ConditionValue>>,
}

/// A value of a condition, compiled as its operator needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionValue {
    template: Template,
    /// INVARIANT: there for the operators that compare ARNs.
    arn: Option<Box<ArnPattern>>,
}

impl ConditionValue {
    /// A value for this operator.
    pub fn new(template: Template, operator: Option<BaseOperator>) -> Self {
        let is_arn = operator.is_some_and(BaseOperator::compares_arns);
        let arn =
            is_arn.then(|| Box::new(ArnPattern::new(template.clone(), ShortArn::MatchesNothing)));
        Self { template, arn }
    }

    /// The value as written.
    pub fn text(&self) -> &str {
        self.template.text()
    }

    /// The value, with its variables.
    pub const fn template(&self) -> &Template {
        &self.template
    }

    /// The value as a pattern of ARNs.
    pub fn arn(&self) -> Option<&ArnPattern> {
        self.arn.as_deref()
    }
}

/// A condition operator: `[ForAllValues:|ForAnyValue:]Base[IfExists]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operator {
    /// The set operator in front.
    pub set: Option<SetOperator>,
    /// The comparison.
    pub base: BaseOperator,
    /// Whether `IfExists` stands behind.
    pub if_exists: bool,
}

/// How a multi-valued key is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetOperator {
    /// Every value of the request must fit.
    ForAllValues,
    /// One value of the request must fit.
    ForAnyValue,
}

/// A comparison.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[expect(missing_docs, reason = "AWS's own names, listed on the page above")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BaseOperator {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnLike,
    ArnNotEquals,
    ArnNotLike,
    Null,
}
