//! What components can ask for.

use leptos::prelude::Callback;
use rolewalk_core::explain::Spot;

use crate::state::{edit::Edit, selection::Selection, wish::Wish};

/// What components can ask for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actions {
    /// Change the scenario.
    pub(crate) edit: Callback<Edit>,
    /// Open what a spot speaks of and mark its characters.
    pub(crate) open: Callback<Spot>,
    /// Open a thing or a text.
    pub(crate) select: Callback<Selection>,
    /// Add, rename, duplicate or delete a thing.
    pub(crate) wish: Callback<Wish>,
}
