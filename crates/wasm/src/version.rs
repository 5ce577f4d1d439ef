//! Which Rolewalk this is.

use rolewalk_core::scenario::FORMAT;
use serde::Serialize;

use crate::wildcard_only;

/// What `version` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Of the engine and the package.
    pub engine: &'static str,
    /// The day of AWS's lists of actions, such as `2026-10-27`.
    pub catalogue: &'static str,
    /// The version of the scenario format that is written.
    pub scenario_format: u32,
}

/// Which Rolewalk this is.
pub fn version() -> Version {
    Version {
        engine: env!("CARGO_PKG_VERSION"),
        catalogue: wildcard_only::date(),
        scenario_format: FORMAT,
    }
}
