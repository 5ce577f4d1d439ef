//! How much comparing of pairs a rule may do in one document.
//!
//! Knows no rule. A policy that AWS takes never comes near the limit; a text made to be slow ends there. Invariant: what
//! is not compared any more counts as different, so a rule finds less, never more.

use std::cell::Cell;

/// Steps of one rule: a byte or a pair compared is one. Far above what any managed policy of AWS needs.
pub(super) const MAX: usize = 400_000;

/// The longest pattern that is compared with others, in bytes: ARNs of AWS have 2,048 characters at most.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
pub(super) const MAX_PATTERN: usize = 2_048;

/// What a rule has left.
#[derive(Debug)]
pub(super) struct Steps {
    left: Cell<usize>,
}

impl Steps {
    pub(super) const fn new() -> Self {
        Self {
            left: Cell::new(MAX),
        }
    }

    /// Takes so many steps. No: there are not as many left, and from now on there are none.
    pub(super) fn take(&self, n: usize) -> bool {
        let left = self.left.get().checked_sub(n);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether none are left.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// As many as in the beginning: each rule has its own, so that none takes another's.
    pub(super) fn renew(&self) {
        self.left.set(MAX);
    }

    /// How many are taken.
    pub(super) fn n_taken(&self) -> usize {
        MAX - self.left.get()
    }
}
