//! Which Rolewalk this is.

use rolewalk_core::scenario::FORMAT;
use serde::Serialize;

/// What `version` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Of the engine and the package.
    pub engine: &'static str,
    /// The date of the catalogue of actions and condition keys; `null` where there is none yet.
    pub catalogue: Option<&'static str>,
    /// The version of the scenario format that is written.
    pub scenario_format: u32,
}

/// Which Rolewalk this is.
pub const fn version() -> Version {
    Version {
        engine: env!("CARGO_PKG_VERSION"),
        catalogue: None,
        scenario_format: FORMAT,
    }
}
