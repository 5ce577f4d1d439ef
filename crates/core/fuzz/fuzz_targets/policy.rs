//! Law: any text can be read as a policy of any kind; without an error the policy is whole; every
//! place lies on characters of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolewalk_core::policy::{PolicyKind, parse};

fuzz_target!(|text: &str| {
    for kind in PolicyKind::ALL {
        let (policy, diagnostics) = parse(text, kind);
        let has_error = diagnostics.iter().any(|it| it.is_error());
        assert!(
            policy.is_some() || has_error,
            "nothing read and nothing said"
        );
        assert!(has_error || policy.is_some_and(|it| it.is_whole));
        for label in diagnostics.iter().flat_map(|it| &it.labels) {
            assert!(label.span.of(text).is_some(), "{:?}", label.span);
        }
    }
});
