//! Which statements of a layer to show first.

use rolewalk_core::{
    explain::counted,
    trace::{ElementOutcome, ElementTrace, Layer, LayerOutcome, LayerTrace, StatementTrace},
};

/// The statements of a layer in two heaps.
#[derive(Debug)]
pub(crate) struct Heaps<'a> {
    /// About this action: those that apply before those that miss.
    pub(crate) near: Vec<&'a StatementTrace>,
    /// About other actions.
    pub(crate) far: Vec<&'a StatementTrace>,
}

/// Sorts a layer's statements.
pub(crate) fn heaps(layer: &LayerTrace) -> Heaps<'_> {
    let rank = |it: &StatementTrace| (it.outcome(), n_missed(it));
    let (about, far): (Vec<_>, Vec<_>) =
        layer.statements.iter().partition(|it| is_about_action(it));
    let mut near: Vec<&StatementTrace> = Vec::with_capacity(about.len());
    for statement in about {
        let at = near.partition_point(|it| rank(it) <= rank(statement));
        near.insert(at, statement);
    }
    Heaps { near, far }
}

/// Whether a layer is worth a row: the three that every check is about, and of the others those that
/// have something to say here.
pub(crate) fn is_worth_showing(layer: &LayerTrace) -> bool {
    let is_usual = matches!(
        layer.layer,
        Layer::Identity | Layer::Resource | Layer::Boundary
    );
    let has_say = !matches!(
        layer.outcome,
        LayerOutcome::Absent | LayerOutcome::NotApplicable
    );
    is_usual || has_say
}

fn is_about_action(statement: &StatementTrace) -> bool {
    statement.tests.iter().all(|it| match it {
        ElementTrace::Action { outcome, .. } => *outcome != ElementOutcome::Missed,
        _ => true,
    })
}

fn n_missed(statement: &StatementTrace) -> usize {
    statement
        .tests
        .iter()
        .filter(|it| it.outcome() == ElementOutcome::Missed)
        .count()
}

/// What stands on the folded heap.
pub(crate) fn far_title(n: usize) -> String {
    counted(
        n,
        "statement that is about other actions",
        "statements that are about other actions",
    )
}
