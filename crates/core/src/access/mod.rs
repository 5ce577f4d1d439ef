//! Who may make a call: the same call, asked by everybody there is in a world.
//!
//! Each is asked by the walk of one API call, so a row here and the walk that somebody opens from it are the same value.
//! Knows no page. Invariant: this module decides nothing, it asks [`flow::walk`] and reads off what came.
//!
//! What nobody told is assumed as for any API call: the person's time, address and second factor are the scenario's, and a
//! condition key that neither the caller brings nor [`Question::context`] gives is not there.

mod becoming;
mod principals;
mod row;

use crate::{
    by_name::ByName,
    flow::{self, ApiCall, Choice, ContextText, Workload},
    names::{ActionName, Arn},
    request::{Context, Principal},
    world::{Documents, World},
};

pub use self::{
    becoming::{Becoming, Way, becoming},
    principals::{Principals, Who, WhoKind, principals},
    row::{Access, At, DecidedBy, Decider, Row},
};

/// What everybody is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The action, such as `s3:GetObject`.
    pub action: String,
    /// The resource's ARN, or `*` for actions that know none.
    pub resource: String,
    /// Context keys besides those that each caller brings.
    pub context: ByName<ContextText>,
}

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionError {
    /// This is no action.
    Action(String),
    /// This is neither an ARN nor `*`.
    Resource(String),
}

impl QuestionError {
    /// What is wrong.
    pub fn message(&self) -> String {
        match self {
            Self::Action(text) => format!("`{text}` is no action"),
            Self::Resource(text) => format!("`{text}` is neither an ARN nor `*`"),
        }
    }

    /// What to do.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Action(_) => "write a service and a name, such as `s3:GetObject`",
            Self::Resource(_) => {
                "write an ARN such as `arn:aws:s3:::bucket/key`, or `*` for an action that has no resource"
            }
        }
    }
}

impl Question {
    /// Why it cannot be asked; nothing where it can.
    pub fn error(&self) -> Option<QuestionError> {
        if ActionName::parse(&self.action).is_none() {
            return Some(QuestionError::Action(self.action.clone()));
        }
        let is_named = self.resource == "*" || Arn::is_arn(&self.resource);
        (!is_named).then(|| QuestionError::Resource(self.resource.clone()))
    }

    /// The choice by which one principal asks it, in the surroundings of another choice. It asks as itself: roles that the
    /// scenario's person would assume are left out. A service that assumes a role acts for something of the role's own
    /// account, unless [`Self::context`] says otherwise.
    #[must_use]
    pub fn choice(&self, world: &World, around: &Choice, principal: &str) -> Choice {
        let mut context = self.context.clone();
        for (key, value) in self.source(world, principal).into_iter().flatten() {
            let is_told = context.keys().any(|it| it.eq_ignore_ascii_case(key));
            if !is_told {
                context.insert(key.to_owned(), ContextText::One(value));
            }
        }
        Choice {
            role_chain: Vec::new(),
            workload: Workload::ApiCall(ApiCall {
                principal: Some(principal.to_owned()),
                action: self.action.clone(),
                resource: self.resource.clone(),
                context,
            }),
            ..around.clone()
        }
    }

    /// For what a service assumes a role, where it does.
    fn source(&self, world: &World, principal: &str) -> Option<[(&'static str, String); 2]> {
        let is_service = matches!(
            Principal::parse(principal, &Context::new()),
            Some(Principal::Service { .. })
        );
        if !is_service || !self.action.eq_ignore_ascii_case("sts:AssumeRole") {
            return None;
        }
        let account = Arn::parse(&self.resource)?.account()?;
        let service = principal.split('.').next().unwrap_or(principal);
        let source = world.regional_arn_in(&account, service, "*");
        Some([
            ("aws:SourceAccount", account.as_str().to_owned()),
            ("aws:SourceArn", source.as_str().to_owned()),
        ])
    }
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// A row for each who was asked: account by account the root user, users and roles, then whoever a policy names besides.
    pub rows: Vec<Row>,
    /// Whom the resource's policy names and who cannot be asked.
    pub unknown: Vec<String>,
}

/// Asks everybody.
pub fn who_can(
    world: &World,
    documents: &Documents,
    around: &Choice,
    question: &Question,
) -> Answer {
    let principals = principals(world, documents, around, question);
    let rows = principals.who.iter();
    Answer {
        rows: rows
            .map(|who| ask(world, documents, around, question, who))
            .collect(),
        unknown: principals.unknown,
    }
}

/// Asks one.
pub fn ask(
    world: &World,
    documents: &Documents,
    around: &Choice,
    question: &Question,
    who: &Who,
) -> Row {
    let choice = question.choice(world, around, &who.principal);
    let flow = flow::walk(world, documents, &choice);
    Row::of(who, &flow, world, documents)
}
