//! The one place where the spans of a trace become UTF-16 units.

use std::sync::Arc;

use rolewalk_core::{
    flow::{Flow, Subject},
    names::DocumentName,
    syntax::{LineIndex, Span},
    trace::{ConditionOutcome, Decision, ElementTrace, StatementRef, Trace},
};

/// Text and lines of a document; nothing where units and bytes are the same.
pub(crate) type Lookup<'a> = dyn Fn(&DocumentName) -> Option<(&'a str, &'a LineIndex)> + 'a;

/// Turns all spans of all traces of a flow.
pub(crate) fn flow(flow: &mut Flow, lookup: &Lookup<'_>) {
    let checks = flow
        .hops
        .iter_mut()
        .flat_map(|it| &mut Arc::make_mut(it).checks);
    for check in checks {
        if let Subject::Authorization { trace: it, .. } = &mut check.subject {
            trace(it, lookup);
        }
    }
}

/// Turns all spans of a trace.
pub(crate) fn trace(trace: &mut Trace, lookup: &Lookup<'_>) {
    match &mut trace.decision {
        Decision::Allowed { by } | Decision::ExplicitDeny { by, .. } => {
            for at in by {
                reference(at, lookup);
            }
        }
        Decision::ImplicitDeny { .. } => {}
    }
    let statements = trace.layers.iter_mut().flat_map(|it| &mut it.statements);
    for statement in statements {
        let Some((text, lines)) = lookup(&statement.at.document) else {
            continue;
        };
        let units = |span: &mut Span| *span = lines.utf16(text, *span);
        units(&mut statement.at.span);
        for test in &mut statement.tests {
            element(test, &units);
        }
    }
}

fn reference(at: &mut StatementRef, lookup: &Lookup<'_>) {
    if let Some((text, lines)) = lookup(&at.document) {
        at.span = lines.utf16(text, at.span);
    }
}

fn element(test: &mut ElementTrace, units: &dyn Fn(&mut Span)) {
    match test {
        ElementTrace::Principal { span, hit, .. } | ElementTrace::Action { span, hit, .. } => {
            units(span);
            hit.iter_mut().for_each(units);
        }
        ElementTrace::Resource {
            span,
            hit,
            unresolved,
            ..
        } => {
            units(span);
            hit.iter_mut().for_each(units);
            for it in unresolved {
                units(&mut it.span);
            }
        }
        ElementTrace::Condition {
            span,
            unresolved,
            result,
            ..
        } => {
            units(span);
            for it in unresolved {
                units(&mut it.span);
            }
            if let ConditionOutcome::Met { by } | ConditionOutcome::ValueMatched { by } = result {
                units(by);
            }
        }
    }
}
