//! The pages: the only modules that read the state and hand its parts to components.

pub(crate) mod embed;
pub(crate) mod learn;
mod panes;
pub(crate) mod playground;
pub(crate) mod shared;
pub(crate) mod teach;
mod workbench;
