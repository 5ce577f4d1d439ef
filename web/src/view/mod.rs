//! From core's values to what a screen shows: rows, labels, geometry.
//!
//! Pure functions, tested natively; no signals, no DOM. Invariant: nothing here decides anything
//! about access; every word of a verdict comes from `rolewalk_core::explain`.

pub(crate) mod advice;
pub(crate) mod agenda;
pub(crate) mod attachments;
pub(crate) mod authored;
pub(crate) mod change;
pub(crate) mod code;
pub(crate) mod course;
pub(crate) mod decisions;
pub(crate) mod door;
pub(crate) mod export;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod goal;
pub(crate) mod grants;
pub(crate) mod icon;
pub(crate) mod import;
pub(crate) mod layers;
pub(crate) mod markup;
pub(crate) mod model;
pub(crate) mod options;
pub(crate) mod picture;
pub(crate) mod plain;
pub(crate) mod present;
pub(crate) mod qr;
pub(crate) mod settings;
pub(crate) mod statements;
pub(crate) mod svg;
pub(crate) mod term;
pub(crate) mod tree;
pub(crate) mod verdict;
pub(crate) mod who;
pub(crate) mod workload;
