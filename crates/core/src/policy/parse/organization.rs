//! What AWS Organizations asks of resource control policies, besides the grammar.
//!
//! Such policies only take away. AWS's own `RCPFullAWSAccess` is the one that allows. Statements
//! that break a rule here can be understood all the same, so they are kept.
//!
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::{
    diagnostic::Diagnostic,
    policy::{Effect, PolicyKind, PrincipalPattern, Statement, parse::element::Findings},
};

pub(super) fn check(statements: &[Statement], findings: &mut Findings) {
    if findings.kind != PolicyKind::Rcp || matches!(statements, [only] if is_full_access(only)) {
        return;
    }
    for statement in statements {
        if findings.is_full() {
            return;
        }
        for diagnostic in broken_rules(statement) {
            findings.push_tolerated(diagnostic);
        }
    }
}

fn broken_rules(statement: &Statement) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if statement.effect.value == Effect::Allow {
        found.push(Diagnostic::error(
            "rcp-allow",
            statement.effect.span,
            "a resource control policy allows nothing",
            "write `Deny`; what is allowed stands in the policies of identities and resources",
        ));
    }
    let action = &statement.action;
    if action.negated {
        found.push(Diagnostic::error(
            "rcp-not-action",
            action.span,
            "`NotAction` may not stand in a resource control policy",
            "list in `Action` what is denied",
        ));
    }
    if let Some(any) = action.patterns.iter().find(|it| it.value.is_any()) {
        found.push(Diagnostic::error(
            "rcp-any-action",
            any.span,
            "a resource control policy names the service of each action",
            "write `service:*`, one entry for each service",
        ));
    }
    if let Some(principal) = &statement.principal {
        let is_star =
            matches!(principal.entries.as_slice(), [only] if only.value == PrincipalPattern::Any);
        if principal.negated || !is_star {
            found.push(Diagnostic::error(
                "rcp-principal",
                principal.span,
                "the principal of a resource control policy is `*`",
                "write `\"Principal\": \"*\"` and a condition on who is meant",
            ));
        }
    }
    found
}

/// `RCPFullAWSAccess`, which AWS attaches itself.
fn is_full_access(statement: &Statement) -> bool {
    let resource = statement.resource.as_ref();
    statement.effect.value == Effect::Allow
        && statement.conditions.is_empty()
        && !statement.action.negated
        && statement.action.patterns.iter().any(|it| it.value.is_any())
        && resource.is_some_and(|it| !it.negated && it.patterns.iter().any(|it| it.value.is_any()))
}
