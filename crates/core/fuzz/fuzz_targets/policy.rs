//! Law: any text can be read as a policy of any kind; without an error the policy is whole; every
//! place lies on characters of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolewalk_core::policy::{PolicyKind, parse};

const KINDS: [PolicyKind; 8] = [
    PolicyKind::Identity,
    PolicyKind::Resource,
    PolicyKind::Trust,
    PolicyKind::Boundary,
    PolicyKind::Session,
    PolicyKind::Scp,
    PolicyKind::Rcp,
    PolicyKind::VpcEndpoint,
];

fuzz_target!(|text: &str| {
    for kind in KINDS {
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
