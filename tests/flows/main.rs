//! Every workload: the way that is open, and the doors that shut for a reason.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test: a failed read is a failed test"
)]

mod cases;
mod documented;
mod fixes;
mod reference;
mod rules;
mod start;
mod studio;
