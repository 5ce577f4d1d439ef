//! The pages: the only modules that read the state and hand its parts to components.

mod panes;
pub(crate) mod playground;
