//! What is on the page: props in, callbacks out; one folder per panel, one file per part.
//!
//! Knows nothing of storage or the address and never reads context. Invariant: a component changes
//! nothing itself; it calls one of its [`actions::Actions`].

pub(crate) mod actions;
pub(crate) mod advice;
pub(crate) mod ask;
pub(crate) mod attach;
pub(crate) mod choose;
pub(crate) mod dialog;
pub(crate) mod editor;
pub(crate) mod export;
pub(crate) mod flow;
pub(crate) mod glossary;
pub(crate) mod handed_out;
pub(crate) mod icon;
pub(crate) mod import;
pub(crate) mod late;
pub(crate) mod lesson;
pub(crate) mod library;
pub(crate) mod live;
pub(crate) mod managed;
pub(crate) mod menu;
pub(crate) mod model;
pub(crate) mod other_tab;
pub(crate) mod refused;
pub(crate) mod rename;
pub(crate) mod save_picture;
pub(crate) mod scenario_bar;
pub(crate) mod scenario_file;
pub(crate) mod share;
pub(crate) mod splitter;
pub(crate) mod state_chip;
pub(crate) mod tabs;
pub(crate) mod top_bar;
pub(crate) mod tree;
pub(crate) mod who;
pub(crate) mod words;
