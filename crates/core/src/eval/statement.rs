//! Tests one statement: every element, also behind a miss.

use crate::{
    eval::{NamedPolicy, principal},
    pattern::{ActionPattern, ArnMatch, ArnPattern},
    policy::{Element, Statement},
    request::Request,
    trace::{ElementOutcome, ElementTrace, StatementRef, StatementTrace, UnresolvedVariable},
};

/// What a statement's test depends on besides the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Whether statements of this layer say whom they are about.
    pub(super) has_principal: bool,
    /// Whether the caller has a permissions boundary.
    pub(super) has_boundary: bool,
}

/// Tests every statement of a document.
pub(super) fn test_document<'a>(
    document: &'a NamedPolicy,
    request: &'a Request,
    setting: Setting,
) -> impl Iterator<Item = StatementTrace> + 'a {
    let statements = document.policy.statements.iter().enumerate();
    statements.map(move |(index, statement)| {
        let at = StatementRef {
            document: document.name.clone(),
            index,
            sid: statement.sid.as_ref().map(|it| it.value.clone()),
            span: statement.span,
        };
        test(statement, at, request, setting)
    })
}

fn test(
    statement: &Statement,
    at: StatementRef,
    request: &Request,
    setting: Setting,
) -> StatementTrace {
    let effect = statement.effect.value;
    let mut tests = Vec::new();
    let mut found = None;
    match &statement.principal {
        Some(element) if setting.has_principal => {
            let (trace, how) =
                principal::test(element, effect, &request.principal, setting.has_boundary);
            tests.push(trace);
            found = how;
        }
        None if setting.has_principal => tests.push(principal::test_missing(statement.span)),
        _ => {}
    }
    tests.push(test_action(&statement.action, request));
    tests.extend(
        statement
            .resource
            .as_ref()
            .map(|it| test_resource(it, request)),
    );
    tests.extend(
        statement
            .conditions
            .iter()
            .map(|it| crate::condition::test(it, &request.context)),
    );
    StatementTrace {
        at,
        effect,
        tests,
        principal: found,
    }
}

/// `NotAction` holds where none of its patterns takes the action in.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
fn test_action(element: &Element<ActionPattern>, request: &Request) -> ElementTrace {
    let hit = element
        .patterns
        .iter()
        .find(|it| it.value.matches(&request.action))
        .map(|it| it.span);
    ElementTrace::Action {
        span: element.span,
        negated: element.negated,
        hit,
        outcome: outcome(hit.is_some(), element.negated),
    }
}

/// `NotResource` holds where none of its patterns takes the resource in; a pattern whose variable
/// has no value takes in nothing.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>
fn test_resource(element: &Element<ArnPattern>, request: &Request) -> ElementTrace {
    let mut hit = None;
    let mut unresolved = Vec::new();
    for pattern in &element.patterns {
        match pattern
            .value
            .matches(request.resource.as_str(), &request.context)
        {
            ArnMatch::Hit => hit = hit.or(Some(pattern.span)),
            ArnMatch::Miss => {}
            ArnMatch::Unresolved(key) => unresolved.push(UnresolvedVariable {
                span: pattern.span,
                key: key.clone(),
            }),
        }
    }
    let outcome = outcome(hit.is_some(), element.negated);
    ElementTrace::Resource {
        span: element.span,
        negated: element.negated,
        hit,
        unresolved,
        outcome,
    }
}

const fn outcome(is_hit: bool, negated: bool) -> ElementOutcome {
    if is_hit == negated {
        ElementOutcome::Missed
    } else {
        ElementOutcome::Matched
    }
}
