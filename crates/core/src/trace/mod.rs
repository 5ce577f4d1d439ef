//! What evaluation found, as data: the decision, every layer, every statement, every element.
//!
//! No prose, and no logic but what follows from the values of one trace. A trace is the intermediate values of
//! evaluation, kept; a screen, the JavaScript API and the tests all read these same values. Invariant: a fact is stored
//! once; what follows from it ([`StatementTrace::outcome`]) is computed.

mod grant;
mod missing;
mod note;
mod statement;

use serde::{Deserialize, Serialize};

pub use self::{
    grant::{GrantMiss, GrantTrace},
    note::{Choice, Note, Unmodelled},
    statement::{
        ConditionOutcome, ElementOutcome, ElementTrace, PrincipalMatch, StatementTrace,
        UnresolvedVariable,
    },
};
use crate::{
    names::{DocumentName, Sid},
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
