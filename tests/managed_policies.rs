//! AWS's own managed policies, as they stand in the lessons, read without an error.

use std::{fs, path::Path};

use rolewalk_core::policy::{PolicyKind, parse};

#[test]
fn every_managed_policy_is_read_without_an_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/lessons/policies");
    let mut n_policies = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        n_policies += 1;
        let text = fs::read_to_string(&path).unwrap();
        let (policy, diagnostics) = parse(&text, PolicyKind::Identity);
        let errors: Vec<_> = diagnostics.iter().filter(|it| it.is_error()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        assert!(!policy.unwrap().statements.is_empty(), "{}", path.display());
    }
    assert!(n_policies > 0, "{} is empty", folder.display());
}
