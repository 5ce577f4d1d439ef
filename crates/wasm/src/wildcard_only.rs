//! The actions that take no resource, of all services: what `wildcardOnlyAction` is where a request does not say.
//!
//! A list of names and nothing else of the catalogue, because it is small enough to be in the package's wasm: 33 kB
//! after brotli. Invariant: names are found without regard to case.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use std::{collections::BTreeMap, sync::LazyLock};

use rolewalk_core::names::ActionName;

/// A line a service: its prefix, a colon, the names with commas between, all in lower case and sorted.
const TEXT: &str = include_str!("../../../data/catalogue/wildcard-only.txt");

/// The day of AWS's lists and a hash.
const EDITION: &str = include_str!("../../../data/edition.txt").trim_ascii();

static BY_SERVICE: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let services = TEXT.lines().filter_map(|it| it.split_once(':'));
    services
        .map(|(prefix, names)| (prefix, names.split(',').collect()))
        .collect()
});

/// Whether AWS's list has the action and gives it no type of resource. An action that it does not have may have one.
pub(crate) fn takes_no_resource(action: &ActionName) -> bool {
    let (service, name) = action.folded();
    let names = BY_SERVICE.get(service);
    names.is_some_and(|it| it.binary_search(&name).is_ok())
}

/// The day of AWS's lists, such as `2026-10-27`.
pub(crate) fn date() -> &'static str {
    EDITION.split_once('+').map_or(EDITION, |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_takes_no_resource() {
        let is = |name: &str| takes_no_resource(&ActionName::parse(name).unwrap());
        for name in [
            "s3:ListAllMyBuckets",
            "STS:getcalleridentity",
            "ecr:GetAuthorizationToken",
            "sagemaker:ListDomains",
        ] {
            assert!(is(name), "{name}");
        }
        for name in [
            "s3:GetObject",
            "sagemaker:CreateTrainingJob",
            "iam:PassRole",
            "s3:Nothing",
            "nothing:At",
        ] {
            assert!(!is(name), "{name}");
        }
        assert_eq!(BY_SERVICE.values().map(Vec::len).sum::<usize>(), 6_762);
        assert!(BY_SERVICE.values().all(|it| it.is_sorted()));
    }
}
