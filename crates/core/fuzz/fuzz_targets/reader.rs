//! Law: the JSON reader accepts exactly what `serde_json` accepts, and every place it gives lies on
//! characters of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rolewalk_core::syntax::json;

fuzz_target!(|text: &str| {
    let document = json::read(text);
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    assert_eq!(document.errors.is_empty(), theirs.is_ok(), "{theirs:?}");
    for error in &document.errors {
        assert!(error.span.of(text).is_some(), "{:?}", error.span);
    }
});
