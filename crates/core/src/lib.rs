//! Everything in Rolewalk that thinks: policy language, evaluation, worlds, flows, explanations.
//!
//! Knows nothing of wasm, the DOM, the clock or files: text and values come in, values go out, and
//! the same input gives the same bytes. Modules are in layers: each imports only those named above
//! it here (the table is checked by `tests/architecture.rs`).

pub mod by_name;
pub mod syntax;

pub mod diagnostic;

pub mod names;

pub mod pattern;

pub mod policy;
pub mod request;

pub mod catalogue;
pub mod trace;

pub mod condition;

pub mod eval;
pub mod lint;

pub mod world;

pub mod flow;
pub mod import;

pub mod explain;
pub mod scenario;

pub mod access;
pub mod advise;
pub mod export;
pub mod ide;
pub mod library;
pub mod share;

pub mod lesson;
